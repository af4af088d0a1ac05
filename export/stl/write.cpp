#include <bit>
#include <cmath>
#include <cstring>

#include "export/float_mesh.hpp"
#include "export/rows.hpp"
#include "export/stl/stl.hpp"

namespace fitwright {

namespace {

static_assert(std::endian::native == std::endian::little, "binary STL is little-endian");

template <class T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

Vec3f facet_normal(Vec3f a, Vec3f b, Vec3f c) {
  const auto wide = [](Vec3f v) { return Vec3{v.x, v.y, v.z}; };
  const Vec3 n = cross(wide(b) - wide(a), wide(c) - wide(a));
  const double l = length(n);
  if (l == 0) return {};
  return {static_cast<float>(n.x / l), static_cast<float>(n.y / l), static_cast<float>(n.z / l)};
}

void append_facets(std::string& bytes, const FloatMesh& mesh) {
  for (const Triangle& t : mesh.triangles) {
    const Vec3f &a = mesh.vertices[t[0]], &b = mesh.vertices[t[1]], &c = mesh.vertices[t[2]];
    append(bytes, facet_normal(a, b, c));
    append(bytes, a);
    append(bytes, b);
    append(bytes, c);
    append(bytes, std::uint16_t{0});
  }
}

Result<std::string> write(const Scene& scene, const ScenePlacements& placements) {
  // Readers take a header that starts with "solid" for a text file.
  std::string bytes = "Fitwright, millimetres: " + scene.metadata.title;
  bytes.resize(stl_header_bytes, '\0');
  bytes.resize(stl_header_bytes + sizeof(std::uint32_t));
  for (std::size_t part = 0; part < scene.parts.size(); ++part)
    for (const Placement& copy : placements[part]) {
      FW_TRY(const FloatMesh mesh, float_mesh(scene.parts[part].mesh, copy, scene.parts[part].name));
      append_facets(bytes, mesh);
    }
  const std::size_t count = (bytes.size() - stl_header_bytes - sizeof(std::uint32_t)) / stl_facet_bytes;
  if (count > UINT32_MAX) return fail(ErrorKind::geometry, "the model has more triangles than an STL file can hold");
  const auto stored = static_cast<std::uint32_t>(count);
  std::memcpy(bytes.data() + stl_header_bytes, &stored, sizeof stored);
  return bytes;
}

}  // namespace

const Format stl_format{"stl",
                        "STL",
                        {".stl"},
                        "model/stl",
                        "Triangles in millimetres, binary; no names, no colours.",
                        "3D printing",
                        "for slicers that do not read 3MF",
                        Pose::made,
                        false,
                        false,
                        write,
                        read_stl};

}  // namespace fitwright
