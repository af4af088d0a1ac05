#include "templates/runtime/hints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

struct Hint {
  std::string_view first, second;  ///< both stand in the message, in this order
  std::string_view text;
};

// The first that fits is taken: special cases stand above general ones.
constexpr std::array hints{
    Hint{"near '!", "", "\"not equal\" is written ~=, \"not\" as a word"},
    Hint{"near '&", "", "\"and\" is written as a word"},
    Hint{"near '|", "", "\"or\" is written as a word"},
    Hint{"'then' expected near '='", "", "to compare, write == in place of ="},
    Hint{"near '<\\226>'", "", "texts stand between straight quotes: \"text\""},
    Hint{"syntax error near '+'", "", "write a = a + 1: there is no += in Lua"},
    Hint{"syntax error near '-'", "", "write a = a - 1: there is no -= in Lua"},
    Hint{"syntax error near '*'", "", "write a = a * 2: there is no *= in Lua"},
    Hint{"unfinished string", "", "a quote is missing at the end of the text"},
    Hint{"'}' expected", "near <eof>", "a } is missing"},
    Hint{"'}' expected", "near ", "is a comma missing before this?"},
    Hint{"'end' expected", "near <eof>", "an end is missing; \"else if\" takes an end of its own, elseif does not"},
    Hint{"'<eof>' expected near 'end'", "", "there is one end too many"},
    Hint{"')' expected", "", "is a comma or a ) missing before this?"},
    Hint{"attempt to index a nil value (local 'p')", "",
         "build is called with p and ctx by itself: write build = build, without brackets"},
    Hint{"attempt to index a nil value (local 'ctx')", "", "only build gets ctx: hand it on to what needs it"},
    Hint{"attempt to perform arithmetic on a solid value", "", "write a:cut(b) to take away, a:union(b) to join"},
    Hint{"attempt to perform arithmetic on a profile value", "", "write a:cut(b) to take away, a:union(b) to join"},
    Hint{"attempt to perform arithmetic on a nil value", "", "something there has no value: is its name right?"},
};

struct Synonym {
  std::string_view other, ours;
};

constexpr std::array synonyms{
    Synonym{"cube", "box"},
    Synonym{"cuboid", "box"},
    Synonym{"ball", "sphere"},
    Synonym{"rod", "cylinder"},
    Synonym{"substract", "cut"},
    Synonym{"subtract", "cut"},
    Synonym{"difference", "cut"},
    Synonym{"minus", "cut"},
    Synonym{"add", "union"},
    Synonym{"join", "union"},
    Synonym{"fuse", "union"},
    Synonym{"combine", "union"},
    Synonym{"intersection", "intersect"},
    Synonym{"translate", "move"},
    Synonym{"turn", "rotate"},
    Synonym{"round", "fillet"},
    Synonym{"bevel", "chamfer"},
    Synonym{"square", "rectangle"},
    Synonym{"radius", "r"},
    Synonym{"height", "h"},
    Synonym{"diameter", "d"},
    Synonym{"params", "parameters"},
    Synonym{"bool", "toggle"},
    Synonym{"boolean", "toggle"},
    Synonym{"checkbox", "toggle"},
    Synonym{"string", "text"},
    Synonym{"integer", "count"},
    Synonym{"int", "count"},
    Synonym{"float", "number"},
    Synonym{"enum", "choice"},
    Synonym{"select", "choice"},
    Synonym{"color", "colour"},
};

}  // namespace

std::string hint_for(std::string_view message) {
  for (const Hint& hint : hints) {
    const std::size_t at = message.find(hint.first);
    if (at != std::string_view::npos && message.find(hint.second, at + hint.first.size()) != std::string_view::npos)
      return std::string(hint.text);
  }
  return {};
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  std::string meant = nearest_name(word, known);
  const auto usual =
      std::find_if(synonyms.begin(), synonyms.end(), [&](const Synonym& one) { return one.other == word; });
  if (usual != synonyms.end() && std::find(known.begin(), known.end(), usual->ours) != known.end()) meant = usual->ours;
  return meant.empty() ? "" : fmt::format("did you mean {}?", meant);
}

}  // namespace fitwright
