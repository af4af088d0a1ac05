#include "templates/runtime/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geometry/core/text.hpp"
#include "templates/runtime/hints.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr std::size_t max_text = 1000;

bool is_list(ArgKind kind) { return kind == ArgKind::profiles || kind == ArgKind::solids; }
bool takes_table(ArgKind kind) {
  return is_list(kind) || kind == ArgKind::vector || kind == ArgKind::points || kind == ArgKind::places ||
         kind == ArgKind::numbers;
}

bool names_coordinates(const Tree& table) {
  return table.list.empty() && !table.fields.empty() &&
         std::all_of(table.fields.begin(), table.fields.end(),
                     [](const TreeField& f) { return f.name == "x" || f.name == "y" || f.name == "z"; });
}

class Matcher {
 public:
  Matcher(const Operation& operation, const ArgumentSource& source)
      : operation_(operation), source_(source), args_(operation.args.size()), given_(operation.args.size()) {}

  Result<std::vector<Arg>> match(std::vector<Tree> given) {
    // A list in a table may hold one shape; one that stands alone was to be joined with something that is not there.
    if (!operation_.args.empty() && is_list(operation_.args.front().kind) && given.size() == 1 &&
        given.front().is(Tree::Type::node))
      return refuse(fmt::format("{} is given one shape alone, and nothing to go with it", operation_.script_name()),
                    "give it the other shapes; a function that makes one must end with return");
    std::vector<TreeField> named = take_named(given);
    FW_CHECK(positional(given));
    for (TreeField& field : named) FW_CHECK(this->named(field));
    return std::move(args_);
  }

 private:
  tl::unexpected<Error> refuse(std::string message, std::string suggestion = {}) const {
    Error error;
    error.kind = ErrorKind::script;
    error.message = std::move(message);
    error.operation = operation_.script_name();
    error.suggestion = std::move(suggestion);
    return fail(std::move(error));
  }

  tl::unexpected<Error> refuse(const ArgSpec& spec, std::string_view what) const {
    return refuse(
        fmt::format("{} of {} {}; it must be a {}", spec.name, operation_.script_name(), what, to_string(spec.kind)));
  }

  /// Takes the named arguments out of the last one, if that is a table of such.
  std::vector<TreeField> take_named(std::vector<Tree>& given) const {
    if (given.empty() || !given.back().is(Tree::Type::table)) return {};
    const std::size_t last = given.size() - 1;
    const ArgSpec* spec = last < operation_.args.size() ? &operation_.args[last] : nullptr;
    if (spec && spec->kind == ArgKind::vector && names_coordinates(given.back())) return {};
    if (given.back().fields.empty() && spec && takes_table(spec->kind)) return {};
    // After a list of shapes, which may be any number of values, a plain table stands for itself.
    const auto after_list =
        std::min(operation_.args.begin() + static_cast<std::ptrdiff_t>(last), operation_.args.end());
    const bool listed =
        std::any_of(operation_.args.begin(), after_list, [](const ArgSpec& s) { return is_list(s.kind); });
    if (given.back().fields.empty() && (!spec || listed)) return {};
    Tree table = std::move(given.back());
    given.pop_back();
    for (Tree& value : table.list) given.push_back(std::move(value));
    return std::move(table.fields);
  }

  Result<void> positional(std::vector<Tree>& given) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < operation_.args.size() && next < given.size(); ++i) {
      if (is_list(operation_.args[i].kind)) {
        const std::size_t first = next;
        while (next < given.size() && belongs_to_list(given[next], i)) FW_CHECK(set(i, given[next++]));
        const bool last = i + 1 == operation_.args.size();
        if (last && next == first) return refuse(operation_.args[i], fmt::format("is {}", describe(given[next].type)));
      } else {
        FW_CHECK(set(i, given[next++]));
      }
    }
    // The shape in front of the colon is an argument to Lua, but to nobody who writes it.
    const bool method = !given.empty() && given[0].is(Tree::Type::node);
    if (next < given.size())
      return refuse(fmt::format("{} takes at most {} arguments{}, {} were given", operation_.script_name(),
                                operation_.args.size() - method, method ? " besides the shape" : "",
                                given.size() - method));
    return {};
  }

  /// Whether a value goes into the list that argument `arg` takes, and not to the argument after it.
  bool belongs_to_list(const Tree& value, std::size_t arg) const {
    if (!value.is(Tree::Type::table)) return value.is(Tree::Type::node) || value.is(Tree::Type::nil);
    const bool numbers_follow = arg + 1 < operation_.args.size() && operation_.args[arg + 1].kind == ArgKind::numbers;
    return !(numbers_follow && !value.list.empty() && value.list.front().is(Tree::Type::number));
  }

  Result<void> named(const TreeField& field) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < operation_.args.size(); ++i) {
      const ArgSpec& spec = operation_.args[i];
      names.emplace_back(spec.name);
      if (spec.name != field.name) continue;
      if (given_[i] && !is_list(spec.kind))
        return refuse(fmt::format("{} of {} is given twice", spec.name, operation_.script_name()));
      return set(i, field.value);
    }
    return refuse(fmt::format("{} has no argument \"{}\"", operation_.script_name(), printable(field.name, 100)),
                  did_you_mean(field.name, names));
  }

  Result<void> set(std::size_t i, const Tree& value) {
    const ArgSpec& spec = operation_.args[i];
    if (is_list(spec.kind)) {
      FW_CHECK(append(i, value));
    } else {
      FW_TRY(args_[i], convert(spec, value));
    }
    given_[i] = true;
    return {};
  }

  Result<void> append(std::size_t i, const Tree& value) {
    if (!std::holds_alternative<std::vector<NodePtr>>(args_[i])) args_[i] = std::vector<NodePtr>{};
    auto& list = std::get<std::vector<NodePtr>>(args_[i]);
    const ArgSpec& spec = operation_.args[i];
    if (value.is(Tree::Type::node)) {
      list.push_back(source_.node(value.node));
    } else if (value.is(Tree::Type::table)) {
      if (value.stray_keys || !value.fields.empty()) return refuse(spec, "has a gap or named members");
      for (const Tree& member : value.list) {
        if (!member.is(Tree::Type::node))
          return refuse(spec, fmt::format("has {} at position {}", describe(member.type), list.size() + 1));
        list.push_back(source_.node(member.node));
      }
    } else {
      return refuse(spec, fmt::format("has {} at position {}", describe(value.type), list.size() + 1));
    }
    return {};
  }

  Result<Arg> convert(const ArgSpec& spec, const Tree& value) const {
    switch (value.type) {
      case Tree::Type::nil: return Arg{};
      case Tree::Type::number: return Arg{value.number};
      case Tree::Type::boolean: return Arg{value.flag};
      case Tree::Type::text: return text(spec, value.text);
      case Tree::Type::node: return Arg{source_.node(value.node)};
      case Tree::Type::table:
        if (spec.kind == ArgKind::vector) return vector(spec, value);
        if (spec.kind == ArgKind::points) return points<Vec2>(spec, value);
        if (spec.kind == ArgKind::places) return points<Vec3>(spec, value);
        if (spec.kind == ArgKind::numbers) return numbers(spec, value);
        break;
      case Tree::Type::function: break;
    }
    return refuse(spec, fmt::format("is {}", describe(value.type)));
  }

  Result<Arg> text(const ArgSpec& spec, const std::string& text) const {
    const bool length = spec.kind == ArgKind::length || spec.kind == ArgKind::angle;
    if (length && !text.empty() && text.find_first_not_of("0123456789. ") != 0)
      return refuse(fmt::format("{} of {} is a text, \"{}\"", spec.name, operation_.script_name(), printable(text, 30)),
                    "write the number alone: lengths are in mm, angles in degrees");
    if (!utf8_length(text)) return refuse(spec, "is not valid UTF-8");
    if (text.size() > max_text) return refuse(spec, fmt::format("is a text of more than {} bytes", max_text));
    if (spec.kind != ArgKind::blob) return Arg{text};
    FW_TRY(std::string hash, source_.blob(spec, text));
    return Arg{std::move(hash)};
  }

  /// Coordinates as {1, 2, 3} or {x=1, y=2, z=3}; a name left out is 0.
  Result<Vec3> coordinates(const ArgSpec& spec, const Tree& table, std::size_t count) const {
    double xyz[3] = {0, 0, 0};
    const auto wrong = [&] { return refuse(spec, fmt::format("is not a table of {} numbers", count)); };
    if (!table.is(Tree::Type::table) || table.stray_keys) return wrong();
    const bool named = names_coordinates(table);
    if (!named && (!table.fields.empty() || table.list.size() != count)) return wrong();
    for (std::size_t i = 0; i < (named ? table.fields.size() : count); ++i) {
      const Tree& value = named ? table.fields[i].value : table.list[i];
      const std::size_t axis = named ? static_cast<std::size_t>(table.fields[i].name[0] - 'x') : i;
      if (value.is(Tree::Type::node))
        return refuse(spec, "holds a shape or measure; only plain numbers can stand there");
      if (!value.is(Tree::Type::number) || axis >= count) return wrong();
      xyz[axis] = value.number;
    }
    return Vec3{xyz[0], xyz[1], xyz[2]};
  }

  Result<Arg> vector(const ArgSpec& spec, const Tree& table) const {
    FW_TRY(const Vec3 v, coordinates(spec, table, 3));
    return Arg{v};
  }

  template <class Point>
  Result<Arg> points(const ArgSpec& spec, const Tree& table) const {
    if (table.stray_keys || !table.fields.empty()) return refuse(spec, "has a gap or named members");
    constexpr bool flat = std::is_same_v<Point, Vec2>;
    std::vector<Point> points;
    points.reserve(table.list.size());
    for (const Tree& member : table.list) {
      FW_TRY(const Vec3 v, coordinates(spec, member, flat ? 2 : 3));
      if constexpr (flat)
        points.push_back({v.x, v.y});
      else
        points.push_back(v);
    }
    return Arg{std::move(points)};
  }

  Result<Arg> numbers(const ArgSpec& spec, const Tree& table) const {
    if (table.stray_keys || !table.fields.empty()) return refuse(spec, "has a gap or named members");
    std::vector<double> numbers;
    for (const Tree& member : table.list) {
      if (!member.is(Tree::Type::number))
        return refuse(spec, fmt::format("has {} at position {}", describe(member.type), numbers.size() + 1));
      numbers.push_back(member.number);
    }
    return Arg{std::move(numbers)};
  }

  const Operation& operation_;
  const ArgumentSource& source_;
  std::vector<Arg> args_;
  std::vector<bool> given_;
};

}  // namespace

Result<std::vector<Arg>> match_arguments(const Operation& operation, std::vector<Tree> given,
                                         const ArgumentSource& source) {
  return Matcher(operation, source).match(std::move(given));
}

}  // namespace fitwright
