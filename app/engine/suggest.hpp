// Changes of one parameter that clear what the checks found, proven by trying them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/engine/message.hpp"

namespace fitwright {

/// What came of building and checking other values.
struct Trial {
  /// A finding as the checks tell it, and the origins of the faces it is about.
  struct Seen {
    Finding finding;
    std::set<std::string> origins;
  };
  std::vector<Seen> findings;
  std::set<std::pair<std::string, std::string>> unchecked;  ///< check and part
  std::vector<std::string> parts;                           ///< names, in order
};

/// The same as a trial tells it, of the response's own parts and report.
Trial trial_of(const Response& response);

struct SuggestionTask {
  const Template& about;
  const Values& values;              ///< complete
  const Trial& found;                ///< at these values, gathered
  std::set<std::string> may_change;  ///< parameters that are shown and not held fast
  /// Whether other values keep the rules; cheap.
  std::function<bool(const Values&)> legal;
  /// Builds and checks other, legal values. An error: they cannot be built.
  std::function<Result<Trial>(const Values&)> try_out;
  std::function<bool()> enough;  ///< time is up, or nobody wants to know any more
};

/// For each finding, the gravest first, the smallest change of one of the few parameters nearest to it that clears it
/// and raises no other: within range, step and rules, every part still there, and nothing undecided that was decided. A
/// finding that an earlier remedy clears is not asked about again. Same task, same answer, unless time was up.
std::vector<Remedy> find_remedies(const SuggestionTask& task);

/// "Wall thickness 1.2 -> 1.6 mm clears 3 findings".
std::string remedy_text(const Template& about, const Values& values, const Remedy& remedy);

}  // namespace fitwright
