// What was worked out for faces of the B-Rep, so that a face that stays costs nothing.
#pragma once

#include "geometry/kernel/face_mesh.hpp"
#include "geometry/kernel/memo.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

/// A face's triangles with what else BuiltPart says of it (origins and tags aside).
struct FaceRecord {
  FaceMesh mesh;
  FaceInfo info;
  /// Of each of the mesh's borders. The side is that at its middle.
  struct Border {
    EdgeMeasure measure;
    std::optional<EdgeSide> side;
  };
  std::vector<Border> borders;
  double flux = 0;  ///< integral of position . normal, mm3
  std::size_t bytes() const;
};

/// A shape at a deflection. It holds the shape, so a key never speaks of another one.
struct ShapeKey {
  TopoDS_Shape shape;
  Deflection deflection;
  bool operator==(const ShapeKey& other) const { return shape.IsSame(other.shape) && deflection == other.deflection; }
};
struct ShapeKeyHash {
  std::size_t operator()(const ShapeKey& key) const {
    // Copies in a pattern share their TShape: where they stand, and how they are turned, tells them apart.
    const gp_Trsf at = key.shape.Location().Transformation();
    std::size_t hash = std::hash<const void*>()(key.shape.TShape().get());
    for (const double v :
         {at.TranslationPart().X(), at.TranslationPart().Y(), at.TranslationPart().Z(), at.Value(1, 1), at.Value(2, 1)})
      hash = hash * 31 + std::hash<double>()(v);
    return hash;
  }
};

using FaceCache = Memo<ShapeKey, std::shared_ptr<const FaceRecord>, ShapeKeyHash>;

/// tessellate() with a cache.
Result<BuiltPart> tessellate(std::shared_ptr<const ExactSolid> solid, std::string name, const Deflection& deflection,
                             std::stop_token stop, FaceCache& cache);

}  // namespace fitwright
