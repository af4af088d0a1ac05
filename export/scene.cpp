#include "export/scene.hpp"

namespace fitwright {

std::string_view to_string(Pose pose) { return pose == Pose::made ? "made" : "assembled"; }

Scene single_part(const Scene& scene, std::size_t part) {
  Scene single{{scene.parts[part]}, scene.metadata, {}, scene.shop};
  single.parts[0].assembled.assign(1, Placement{});
  return single;
}

}  // namespace fitwright
