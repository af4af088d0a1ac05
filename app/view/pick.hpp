// What is seen at a place of the picture, found by following the line of sight through the exact numbers of the meshes:
// no picture is drawn, and the answer is as precise as the mesh.
#pragma once

#include "app/view/renderer.hpp"

namespace fitwright {

/// The first face of a visible copy that the section leaves on the ray, or the cap that closes the copy there.
std::optional<Pick> pick_along(const ViewScene& scene, const Ray& ray, bool behind_origin,
                               const std::optional<SectionPlane>& section);

}  // namespace fitwright
