#include "app/view/finding_view.hpp"

#include <algorithm>
#include <cmath>

#include "app/view/pick.hpp"
#include "export/layout.hpp"

namespace fitwright {
namespace {

std::optional<std::size_t> find_part(const ViewScene& scene, const std::string& name) {
  for (std::size_t i = 0; i < scene.parts.size(); ++i)
    if (scene.parts[i].part->built.name == name && scene.parts[i].visible && !scene.parts[i].copies.empty()) return i;
  return std::nullopt;
}

/// From the pose that the checks look at to the scene.
Placement to_scene(const ViewPart& part, bool foreign) {
  if (foreign) return part.copies.front();
  const ResponsePart& built = *part.part;
  return part.copies.front() * made_placement(built.built.mesh, built.up).inverse();
}

Box3 box_of(const ViewPart& part) {
  Box3 all;
  const Box3& box = part.part->built.box;
  for (int corner = 0; corner < 8; ++corner)
    all.add(part.copies.front().apply(
        {corner & 1 ? box.max.x : box.min.x, corner & 2 ? box.max.y : box.min.y, corner & 4 ? box.max.z : box.min.z}));
  return all;
}

/// The line of sight to a point ends near it, and a little less near on a face that is meant.
class Sight {
 public:
  Sight(const ViewScene& scene, const std::vector<FaceRef>& meant, Vec3 at, double near, double aspect,
        const std::optional<SectionPlane>& section)
      : scene_(scene), meant_(meant), at_(at), near_(near), aspect_(aspect), section_(section) {}

  bool reaches(const Camera& camera) const {
    const auto seen = camera.project(at_, aspect_);
    if (!seen) return false;
    const auto hit = pick_along(scene_, camera.ray(seen->at, aspect_), !camera.perspective, section_);
    if (!hit) return true;
    const bool meant = std::find(meant_.begin(), meant_.end(), hit->face) != meant_.end();
    return length(hit->at - at_) <= (meant ? 4 : 1) * near_;
  }

  /// The camera as it is, else turned to the first of the other sides from which the place is seen.
  Camera best(const Camera& camera) const {
    if (reaches(camera)) return camera;
    for (int turn = 0; turn < 8; ++turn)
      for (const double pitch : {25.0, 60.0, -30.0, -65.0}) {
        Camera other = camera;
        other.yaw = camera.yaw + 45 * turn;
        other.pitch = pitch;
        if (reaches(other)) return other;
      }
    return camera;
  }

 private:
  const ViewScene& scene_;
  const std::vector<FaceRef>& meant_;
  Vec3 at_;
  double near_, aspect_;
  const std::optional<SectionPlane>& section_;
};

}  // namespace

std::optional<FindingView> finding_view(const ViewScene& scene, const Finding& finding, const Camera& from,
                                        double aspect, bool foreign, const std::optional<SectionPlane>& section) {
  const auto index = find_part(scene, finding.part);
  if (!index) return std::nullopt;
  const ViewPart& part = scene.parts[*index];
  FindingView view;
  view.camera = from;
  for (const std::uint32_t face : finding.faces)
    if (face < part.part->built.faces.size()) view.faces.push_back({*index, 0, face});
  if (!finding.at) {
    view.camera.fit(box_of(part), aspect);
    return view;
  }
  const Placement placement = to_scene(part, foreign);
  for (const Vec3& place : finding.places) view.places.push_back(placement.apply(place));
  const Vec3 at = placement.apply(*finding.at);
  if (view.places.empty()) view.places = {at};
  // Near enough to see what is narrow, far enough to see where it is.
  const double whole = length(part.part->built.box.size()), least = std::min(12.0, whole / 4);
  const double size = finding.measured && finding.unit == "mm" ? 6 * *finding.measured : 0;
  const double room = std::clamp(size, least, std::max(least, whole / 3));
  Box3 box;
  box.add(at - Vec3{room, room, room});
  box.add(at + Vec3{room, room, room});
  view.camera.fit(box, aspect);
  view.camera = Sight(scene, view.faces, at, room / 4, aspect, section).best(view.camera);
  return view;
}

}  // namespace fitwright
