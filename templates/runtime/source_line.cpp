#include "templates/runtime/source_line.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace fitwright {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Braces, and the key in front of them, if any: rules = { ... }.
struct Braces {
  std::size_t open, close = none;
  std::string_view key;
  std::size_t parent = none;
};

struct Token {
  std::size_t at;
  std::string_view text;
  bool quoted = false;
  std::string_view key;       ///< of a quoted text: name = "..."
  bool first = false;         ///< nothing stands between it and the opening brace
  std::size_t within = none;  ///< innermost braces
};

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// As much of Lua as it takes to tell tables, names and texts apart.
class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {
    while (at_ < source_.size()) step();
  }

  std::vector<Braces> braces;
  std::vector<Token> tokens;

 private:
  void step() {
    const char c = source_[at_];
    if (source_.substr(at_, 2) == "--") {
      at_ += 2;
      if (const auto length = long_bracket()) return skip(*length);
      return skip(std::min(source_.find('\n', at_), source_.size()) - at_);
    }
    if (std::isspace(static_cast<unsigned char>(c))) return skip(1);
    if (c == '"' || c == '\'') return quoted(c);
    if (const auto length = c == '[' ? long_bracket() : std::nullopt) return after(*length);
    if (in_name(c)) return name();
    if (c == '{') {
      braces.push_back({at_, none, assigned_, inner()});
      open_.push_back(braces.size() - 1);
      skip(1);
      assigned_ = {};
      fresh_ = true;
      return;
    }
    if (c == '}' && !open_.empty()) {
      braces[open_.back()].close = at_;
      open_.pop_back();
    }
    if (c == '=' && source_.substr(at_, 2) != "==") {
      assigned_ = last_name_;
      last_name_ = {};
      return skip(1);
    }
    after(1);
  }

  std::size_t inner() const { return open_.empty() ? none : open_.back(); }
  void skip(std::size_t count) { at_ += count; }
  /// Something that is neither a key nor its value has passed.
  void after(std::size_t count) {
    at_ += count;
    assigned_ = last_name_ = {};
    fresh_ = false;
  }

  /// How long the [[...]] or [==[...]==] is that begins here.
  std::optional<std::size_t> long_bracket() const {
    if (at_ >= source_.size() || source_[at_] != '[') return std::nullopt;
    const std::size_t second = source_.find_first_not_of('=', at_ + 1);
    if (second == none || source_[second] != '[') return std::nullopt;
    const std::string end = "]" + std::string(second - at_ - 1, '=') + "]";
    const std::size_t close = source_.find(end, second);
    return (close == none ? source_.size() : close + end.size()) - at_;
  }

  void quoted(char mark) {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != mark && source_[end] != '\n') end += source_[end] == '\\' ? 2 : 1;
    end = std::min(end, source_.size());
    tokens.push_back({at_, source_.substr(at_ + 1, end - at_ - 1), true, assigned_, fresh_, inner()});
    after(end + 1 - at_);
  }

  void name() {
    std::size_t end = at_;
    while (end < source_.size() && in_name(source_[end])) ++end;
    const std::string_view text = source_.substr(at_, end - at_);
    tokens.push_back({at_, text, false, {}, false, inner()});
    after(end - at_);
    last_name_ = text;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;
  std::string_view last_name_, assigned_;
  bool fresh_ = false;
};

/// The token by which a named table is known: the first of its braces, or its name or message. Long messages are put
/// together of several texts.
/// Tables of the list that is meant come first: a preset may be called like a parameter.
const Token* named_token(const Scanner& scan, std::string_view name, std::string_view list) {
  const Token* other = nullptr;
  for (const Token& token : scan.tokens) {
    if (!token.quoted || token.within == none) continue;
    const bool leads = token.first && scan.braces[token.within].key.empty() && token.text == name;
    const bool keyed = (token.key == "name" && token.text == name) ||
                       (token.key == "message" && !token.text.empty() && name.starts_with(token.text));
    if (!leads && !keyed) continue;
    const std::size_t outer = scan.braces[token.within].parent;
    if (outer != none && scan.braces[outer].key == list) return &token;
    if (!other) other = &token;
  }
  return other;
}

/// The braces at a position of the last list of that name.
std::size_t listed(const Scanner& scan, const TablePlace& place) {
  std::size_t list = none;
  for (std::size_t i = 0; i < scan.braces.size(); ++i)
    if (scan.braces[i].key == place.list) list = i;
  std::size_t left = place.position;
  for (std::size_t i = 0; list != none && i < scan.braces.size(); ++i)
    if (scan.braces[i].parent == list && left-- == 0) return i;
  return none;
}

}  // namespace

int line_of(const TablePlace& place, std::string_view source) {
  const Scanner scan(source);
  std::size_t table = none, at = none;
  if (!place.name.empty()) {
    const Token* token = named_token(scan, place.name, place.list);
    if (!token) return 0;
    table = token->within;
    at = token->at;
  } else if (!place.list.empty()) {
    table = listed(scan, place);
    if (table == none) return 0;
    at = scan.braces[table].open;
  } else {
    // The table that the template returns is its last.
    for (std::size_t i = 0; i < scan.braces.size(); ++i)
      if (scan.braces[i].parent == none) table = i;
  }
  const auto inside = [&](const Token& token) {
    return table == none || (token.at > scan.braces[table].open && token.at < scan.braces[table].close);
  };
  for (const Token& token : scan.tokens) {
    if (place.field.empty() || token.quoted || token.text != place.field || !inside(token)) continue;
    at = token.at;
    if (token.within == table) break;  // rather the table's own field than one of a table in it
  }
  if (at == none) return 0;
  return 1 + static_cast<int>(std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace fitwright
