// OpenCASCADE's own mesher, for solids that ours cannot divide.
#pragma once

#include "geometry/kernel/face_mesh.hpp"

namespace fitwright {

/// One mesh a face, in the order of faces_of. Works on a copy of the topology, so that the shape itself is
/// never touched and no result depends on an earlier one. Errors: geometry, cancelled.
Result<std::vector<FaceMesh>> fallback_meshes(const TopoDS_Shape& shape, const Deflection& deflection,
                                              const std::stop_token& stop);

}  // namespace fitwright
