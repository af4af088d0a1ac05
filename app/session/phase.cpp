#include "app/session/phase.hpp"

#include <utility>

namespace fitwright {
namespace {

/// Milliseconds for finding what would work: more than the search needs, which ends by itself, so that a busy machine
/// comes to the same answer as an idle one; and less than an engine may take. The next edit ends it.
constexpr std::uint32_t most_explaining = 3000;
constexpr std::uint32_t suggest_ms = 8000;

constexpr std::uint64_t most_refined = 150'000;  // triangles

Wants wants_of(Phase phase, const PhaseNeeds& needs) {
  switch (phase) {
    case Phase::measure: return {.measures = true, .preview = true, .explain_ms = 0};
    // In preview order, as the model was built: the faces that findings name are the model's.
    case Phase::check: return {.check = true, .preview = true, .explain_ms = 0};
    case Phase::refine: return {.parts = true, .preview = true, .explain_ms = 0};
    case Phase::relate:
      return {.ways = true, .handles = true, .face_parameters = true, .preview = true, .explain_ms = 0};
    case Phase::suggest:
      return {.check = true, .preview = true, .explain_ms = 0, .suggest_ms = suggest_ms, .fixed = needs.fixed};
    default: break;
  }
  return {.visibility = true,
          .parts = true,
          .outlines = needs.outlines,
          .quick_check = true,
          .handles = needs.rates,  // before any are known nothing could be dragged
          .preview = true,
          .explain_ms = phase == Phase::explain ? most_explaining : 0U};
}

}  // namespace

Request question_of(Phase phase, Request request, const PhaseNeeds& needs) {
  request.wants = wants_of(phase, needs);
  if (phase == Phase::refine) request.deflection = picture_deflection;
  return request;
}

bool may_refine(const Response& model) {
  std::uint64_t triangles = 0;
  for (const ResponsePart& part : model.parts) triangles += part.triangles;
  return triangles <= most_refined;
}

}  // namespace fitwright
