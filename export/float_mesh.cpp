#include "export/float_mesh.hpp"

#include <algorithm>
#include <map>

namespace fitwright {

namespace {

Vec3 rounded(Vec3 v) {
  return {static_cast<double>(static_cast<float>(v.x)), static_cast<double>(static_cast<float>(v.y)),
          static_cast<double>(static_cast<float>(v.z))};
}

void drop_collapsed(TriangleMesh& mesh) {
  std::erase_if(mesh.triangles, [](const Triangle& t) { return t[0] == t[1] || t[1] == t[2] || t[2] == t[0]; });
}

// Starts with the lowest index, keeping the orientation.
Triangle turned_to_lowest(Triangle t) {
  std::rotate(t.begin(), std::min_element(t.begin(), t.end()), t.end());
  return t;
}

// A sliver thinner than the rounding becomes two triangles back to back: both go.
void drop_back_to_back(TriangleMesh& mesh) {
  std::map<Triangle, std::vector<std::size_t>> unmatched;
  std::vector<bool> gone(mesh.triangles.size(), false);
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    const Triangle t = turned_to_lowest(mesh.triangles[i]);
    const auto opposite = unmatched.find({t[0], t[2], t[1]});
    if (opposite == unmatched.end() || opposite->second.empty()) {
      unmatched[t].push_back(i);
      continue;
    }
    gone[i] = gone[opposite->second.back()] = true;
    opposite->second.pop_back();
  }
  std::size_t index = 0;
  std::erase_if(mesh.triangles, [&](const Triangle&) { return gone[index++]; });
}

}  // namespace

Result<FloatMesh> float_mesh(const TriangleMesh& mesh, const Placement& placement, std::string_view part) {
  std::vector<Vec3> corners;
  corners.reserve(3 * mesh.triangles.size());
  for (Triangle t : mesh.triangles) {
    if (placement.mirrors()) std::swap(t[1], t[2]);
    for (const std::uint32_t i : t) corners.push_back(rounded(placement.apply(mesh.vertices[i])));
  }
  TriangleMesh joined = weld(corners);
  drop_collapsed(joined);
  std::vector<MeshFault> faults = mesh_faults(joined);
  if (!faults.empty()) {
    drop_back_to_back(joined);
    faults = mesh_faults(joined);
  }
  if (!faults.empty()) {
    Error error;
    error.kind = ErrorKind::geometry;
    error.message = "the surface of part \"" + std::string(part) +
                    "\" is not sound in the precision of the file format (" + describe(faults.front()) + ")";
    error.part = part;
    if (faults.front().kind != MeshFaultKind::empty) error.at = placement.inverse().apply(faults.front().at);
    error.suggestion = "make the part so that its surface does not touch itself there";
    return fail(std::move(error));
  }
  FloatMesh result;
  result.vertices.reserve(joined.vertices.size());
  for (const Vec3& v : joined.vertices)
    result.vertices.push_back({static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)});
  result.triangles = std::move(joined.triangles);
  return result;
}

}  // namespace fitwright
