// STL, binary and text.
#pragma once

#include <cstddef>

#include "export/import.hpp"

namespace fitwright {

inline constexpr std::size_t stl_header_bytes = 80;  ///< then the number of facets, 4 bytes
inline constexpr std::size_t stl_facet_bytes = 50;

/// Reads either kind, told apart by the size that a binary file must have. Errors: file.
Result<ImportedModel> read_stl(const ImportSource& source);

}  // namespace fitwright
