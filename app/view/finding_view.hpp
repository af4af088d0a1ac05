// Where in a picture a finding is: the faces it is about, its places, and a camera that sees them.
#pragma once

#include <optional>
#include <vector>

#include "app/view/renderer.hpp"

namespace fitwright {

struct FindingView {
  std::vector<FaceRef> faces;  ///< of the first copy of the part
  std::vector<Vec3> places;    ///< in the scene
  Camera camera;               ///< near to the worst place, from a side from which it is seen; else around the part
};

/// None when the finding's part is not shown. `from` is the camera as it is: it is turned only when it has to be.
/// `foreign`: the model came from outside, and was checked as it stands.
std::optional<FindingView> finding_view(const ViewScene& scene, const Finding& finding, const Camera& from,
                                        double aspect, bool foreign = false,
                                        const std::optional<SectionPlane>& section = {});

}  // namespace fitwright
