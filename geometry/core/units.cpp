#include "geometry/core/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <vector>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr std::size_t max_text = 200;
constexpr int max_nesting = 32;

struct Unit {
  std::string_view name;
  Dimension dimension;
  double factor;
};

// A name that begins with another stands before it.
constexpr std::array units{
    Unit{"millimetres", Dimension::length, 1},
    Unit{"millimeters", Dimension::length, 1},
    Unit{"millimetre", Dimension::length, 1},
    Unit{"millimeter", Dimension::length, 1},
    Unit{"mm", Dimension::length, 1},
    Unit{"centimetres", Dimension::length, 10},
    Unit{"centimeters", Dimension::length, 10},
    Unit{"centimetre", Dimension::length, 10},
    Unit{"centimeter", Dimension::length, 10},
    Unit{"cm", Dimension::length, 10},
    Unit{"um", Dimension::length, 0.001},
    Unit{"µm", Dimension::length, 0.001},
    Unit{"metres", Dimension::length, 1000},
    Unit{"meters", Dimension::length, 1000},
    Unit{"metre", Dimension::length, 1000},
    Unit{"meter", Dimension::length, 1000},
    Unit{"m", Dimension::length, 1000},
    Unit{"inches", Dimension::length, 25.4},
    Unit{"inch", Dimension::length, 25.4},
    Unit{"in", Dimension::length, 25.4},
    Unit{"\"", Dimension::length, 25.4},
    Unit{"feet", Dimension::length, 304.8},
    Unit{"foot", Dimension::length, 304.8},
    Unit{"ft", Dimension::length, 304.8},
    Unit{"'", Dimension::length, 304.8},
    Unit{"degrees", Dimension::angle, 1},
    Unit{"degree", Dimension::angle, 1},
    Unit{"deg", Dimension::angle, 1},
    Unit{"°", Dimension::angle, 1},
    Unit{"rad", Dimension::angle, 180 / std::numbers::pi},
};

struct Token {
  enum class Type { number, unit, symbol, end } type = Type::end;
  double number = 0;
  const Unit* unit = nullptr;
  char symbol = 0;
  bool whole = false;  ///< number written without a mark
  std::size_t at = 0;  ///< byte offset, for messages
  bool is(char c) const { return type == Type::symbol && symbol == c; }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "MM" and "Inch" are what they look like.
bool same_letters(std::string_view text, std::string_view lower) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), same);
}

/// A number, or a product of a number and a unit. `power` counts the units in it.
struct Quantity {
  double value = 0;
  int power = 0;
};

class QuantityParser {
 public:
  QuantityParser(std::string_view text, Dimension dimension) : text_(text), dimension_(dimension) {}

  Result<double> parse() {
    if (text_.size() > max_text) return refuse(0, "is too long to be a quantity");
    FW_CHECK(tokenise());
    if (tokens_.size() == 1) return refuse(0, "is empty");
    const double scale = take_common_unit();
    FW_TRY(Quantity result, sum(0));
    if (peek().type != Token::Type::end) return refuse(peek().at, "cannot be understood");
    const double value = result.value * scale;
    if (result.power < 0 || result.power > 1 || (result.power == 0 && saw_unit_))
      return refuse(0, fmt::format("does not come out as {}", expected()));
    if (!std::isfinite(value)) return refuse(0, "is not a finite number");
    return rounded(value);
  }

 private:
  std::string_view expected() const {
    return dimension_ == Dimension::length  ? "a length"
           : dimension_ == Dimension::angle ? "an angle"
                                            : "a plain number";
  }

  tl::unexpected<Error> refuse(std::size_t at, std::string_view what) const {
    std::string quoted(text_.substr(0, max_text));
    const std::string_view example = dimension_ == Dimension::length  ? "800, 31.5 in or 2*18+3 mm"
                                     : dimension_ == Dimension::angle ? "45, 45 deg or 0.5 rad"
                                                                      : "4 or 2.5";
    if (at == 0)
      return fail(ErrorKind::value, fmt::format("\"{}\" {}", quoted, what),
                  fmt::format("write for example {}", example));
    return fail(ErrorKind::value,
                fmt::format("\"{}\" {} at \"{}\"", quoted, what, quoted.substr(std::min(at, quoted.size()))),
                fmt::format("write for example {}", example));
  }

  // Unit conversion leaves 2.3 m a rounding error away from 2300; a picometre is below anything that is made.
  double rounded(double value) const {
    if (dimension_ == Dimension::number || std::abs(value) > 1e6) return value;
    return std::round(value * 1e9) / 1e9 + 0.0;
  }

  Result<void> tokenise() {
    std::size_t i = 0;
    while (i < text_.size()) {
      const char c = text_[i];
      if (c == ' ' || c == '\t') {
        ++i;
      } else if (is_digit(c) || (c == '.' && i + 1 < text_.size() && is_digit(text_[i + 1]))) {
        FW_TRY(i, number(i));
      } else if (c == '+' || c == '-' || c == '*' || c == '/' || c == '(' || c == ')') {
        tokens_.push_back({.type = Token::Type::symbol, .symbol = c, .at = i++});
      } else {
        FW_TRY(i, unit(i));
      }
    }
    tokens_.push_back({.type = Token::Type::end, .at = text_.size()});
    return {};
  }

  /// One number from `start`; returns the offset behind it.
  Result<std::size_t> number(std::size_t start) {
    std::size_t i = start;
    std::string digits;
    std::size_t mark = std::string::npos;
    char mark_char = 0;
    for (; i < text_.size() && (is_digit(text_[i]) || text_[i] == '.' || text_[i] == ','); ++i) {
      if (is_digit(text_[i])) {
        digits += text_[i];
        continue;
      }
      if (mark != std::string::npos) return refuse(start, "has a number with two decimal marks");
      mark = digits.size();
      mark_char = text_[i];
      digits += '.';
    }
    if (mark_char == ',') {
      const std::size_t behind = digits.size() - mark - 1;
      if (behind == 0) return refuse(start, "has a comma without decimals");
      // "1,200" is twelve hundred to some and one point two to others.
      if (behind == 3 && mark <= 3 && digits[0] != '0')
        return refuse(start, "has a comma that may group thousands or mark decimals; use a point for decimals");
    }
    const bool whole = mark == std::string::npos;
    const std::size_t sign = i + 1 < text_.size() && (text_[i + 1] == '-' || text_[i + 1] == '+') ? 1 : 0;
    const bool exponent =
        i + 1 + sign < text_.size() && (text_[i] == 'e' || text_[i] == 'E') && is_digit(text_[i + 1 + sign]);
    if (exponent) {
      digits += text_[i + 1] == '-' ? "e-" : "e";
      for (i += 1 + sign; i < text_.size() && is_digit(text_[i]); ++i) digits += text_[i];
    }
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
      return refuse(start, "has a number that cannot be read");
    tokens_.push_back({.type = Token::Type::number, .number = value, .whole = whole && !exponent, .at = start});
    return i;
  }

  Result<std::size_t> unit(std::size_t start) {
    const std::string_view rest = text_.substr(start);
    for (const Unit& unit : units) {
      if (!same_letters(rest.substr(0, unit.name.size()), unit.name)) continue;
      const std::size_t end = start + unit.name.size();
      if (is_letter(unit.name.back()) && end < text_.size() && is_letter(text_[end])) continue;
      if (unit.dimension != dimension_)
        return refuse(start, fmt::format("has the unit {} where {} is wanted", unit.name, expected()));
      tokens_.push_back({.type = Token::Type::unit, .unit = &unit, .at = start});
      saw_unit_ = true;
      return end;
    }
    if (dimension_ == Dimension::number) return refuse(start, "has something that is no number");
    return refuse(start, fmt::format("has something that is neither a number nor a known unit ({})",
                                     dimension_ == Dimension::length ? "mm, cm, m, in or ft" : "deg or rad"));
  }

  /// One unit, behind everything: it holds for the whole text.
  double take_common_unit() {
    std::size_t count = 0;
    for (const Token& token : tokens_) count += token.type == Token::Type::unit;
    const std::size_t last = tokens_.size() - 2;
    if (count != 1 || tokens_[last].type != Token::Type::unit || last == 0) return 1;
    const double factor = tokens_[last].unit->factor;
    tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(last));
    saw_unit_ = false;
    return factor;
  }

  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(next_ + ahead, tokens_.size() - 1)]; }
  const Token& take() { return tokens_[next_++]; }

  Result<Quantity> sum(int depth) {
    FW_TRY(Quantity left, product(depth));
    while (peek().is('+') || peek().is('-')) {
      const Token sign = take();
      FW_TRY(const Quantity right, product(depth));
      if (left.power != right.power)
        return refuse(sign.at,
                      "adds a number without unit to one with a unit; write a unit behind each, or once at the end");
      left.value += sign.is('+') ? right.value : -right.value;
    }
    return left;
  }

  Result<Quantity> product(int depth) {
    FW_TRY(Quantity left, factor(depth));
    while (peek().is('*') || peek().is('/')) {
      const Token sign = take();
      FW_TRY(const Quantity right, factor(depth));
      if (sign.is('*')) {
        left = {left.value * right.value, left.power + right.power};
      } else if (right.value == 0) {
        return refuse(sign.at, "divides by zero");
      } else {
        left = {left.value / right.value, left.power - right.power};
      }
    }
    return left;
  }

  Result<Quantity> factor(int depth) {
    if (depth > max_nesting) return refuse(peek().at, "is nested too deeply");
    if (peek().is('-') || peek().is('+')) {
      const bool minus = take().is('-');
      FW_TRY(Quantity inner, factor(depth + 1));
      return Quantity{minus ? -inner.value : inner.value, inner.power};
    }
    if (peek().is('(')) {
      const std::size_t at = take().at;
      FW_TRY(const Quantity inner, sum(depth + 1));
      if (!peek().is(')')) return refuse(at, "lacks a closing parenthesis");
      take();
      return with_unit(inner);
    }
    if (peek().type != Token::Type::number) return refuse(peek().at, "lacks a number");
    return literal();
  }

  /// "12", "1 1/2", "12 in", and a unit followed by a smaller one: 5' 3", 80 cm 5 mm.
  Result<Quantity> literal() {
    const Token first = take();
    Quantity quantity{first.number, 0};
    const bool fraction = first.whole && peek().type == Token::Type::number && peek().whole && peek(1).is('/') &&
                          peek(2).type == Token::Type::number && peek(2).whole;
    if (fraction) {
      const double over = take().number;
      const std::size_t at = take().at;
      const double under = take().number;
      if (under == 0) return refuse(at, "divides by zero");
      quantity.value += over / under;
    }
    const Unit* unit = peek().type == Token::Type::unit ? peek().unit : nullptr;
    FW_TRY(quantity, with_unit(quantity));
    if (unit && peek().type == Token::Type::number) {
      FW_TRY(const Quantity rest, literal());
      if (rest.power != 1) return refuse(first.at, "has a number without unit behind one with a unit");
      if (rest.value >= unit->factor) return refuse(first.at, "has two lengths without a sign between them");
      quantity.value += rest.value;
    }
    return quantity;
  }

  Result<Quantity> with_unit(Quantity quantity) {
    if (peek().type != Token::Type::unit) return quantity;
    const Token token = take();
    if (quantity.power != 0) return refuse(token.at, "has two units behind one number");
    return Quantity{quantity.value * token.unit->factor, 1};
  }

  std::string_view text_;
  Dimension dimension_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  bool saw_unit_ = false;
};

}  // namespace

Result<double> parse_quantity(std::string_view text, Dimension dimension) {
  return QuantityParser(text, dimension).parse();
}

}  // namespace fitwright
