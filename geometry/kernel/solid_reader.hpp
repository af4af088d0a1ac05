// How files with exact solids get in: the kernel knows no formats and is given a reader.
#pragma once

#include <memory>
#include <string_view>

#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// Reads the solids of a STEP file, in mm. Errors: file.
using SolidReader = Result<std::shared_ptr<const ExactSolid>> (*)(std::string_view bytes);

}  // namespace fitwright
