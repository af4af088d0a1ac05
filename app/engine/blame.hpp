// From what the checks found to what a maker can change.
#pragma once

#include <span>

#include "app/engine/message.hpp"
#include "templates/runtime/runtime.hpp"
#include "templates/runtime/touch.hpp"

namespace fitwright {

/// Fills the parameters of findings, nearest first: those behind the faces that a finding is about, else behind the
/// face nearest to its place, else behind the whole part. `touches` begin with what shapes least; `parts`
/// are those of the run, with meshes, faces and what stands behind these.
void blame_parameters(const ScriptRun& run, std::span<const Touch> touches, std::span<const ResponsePart> parts,
                      CheckReport& report);

/// One finding where several say the same: the same check about the same part, as grave, with the same limit and the
/// same nearest parameter. It says what the worst of them says, and knows all their places.
void gather_findings(CheckReport& report);

/// What people call the check of each finding.
void title_findings(CheckReport& report);

}  // namespace fitwright
