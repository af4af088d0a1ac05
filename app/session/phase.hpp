// What the engine is asked for one revision of a document, one question after the other: the picture first.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "app/engine/message.hpp"

namespace fitwright {

enum class Phase {
  build,    ///< the model to be seen
  explain,  ///< why it could not be built
  measure,  ///< what estimates are about
  check,    ///< whether it can be made
  refine,   ///< the model again, its curves finer, now that the hand rests
  relate,   ///< which parameters are behind which face
  suggest,  ///< changes that clear findings
  done,
};

/// What a question depends on beside the document.
struct PhaseNeeds {
  bool outlines = false;        ///< of flat parts, with the model
  bool rates = false;           ///< of handles, with the model: none are known yet
  std::set<std::string> fixed;  ///< parameters that no suggestion may change
};

/// `request` with what is wanted in a phase.
Request question_of(Phase phase, Request request, const PhaseNeeds& needs);

/// Of the picture at rest: outlines of all radii look round. What is checked keeps the usual deflection.
inline constexpr Deflection picture_deflection{0.05, 8};
/// False for models whose usual triangles are so many that finer ones would only make the window slow.
bool may_refine(const Response& model);

}  // namespace fitwright
