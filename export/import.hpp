// Models from outside: anybody's file, so nothing in it is trusted.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// One object of a file, in mm, where the file puts it.
struct ImportedPart {
  std::string name;  ///< as in the file, else the file's own name; may repeat
  TriangleMesh mesh;
  std::shared_ptr<const ExactSolid> solid;  ///< exact formats only, as are the next two
  std::vector<FaceInfo> faces = {};
  std::vector<EdgeInfo> edges = {};
};

struct ImportedModel {
  std::string format;               ///< id of the format
  std::vector<ImportedPart> parts;  ///< never empty
  std::vector<std::string> notes;   ///< what was left out or assumed, for people
};

/// A file to be read, held in memory.
struct ImportSource {
  std::string name;        ///< file name, for messages
  std::string stem;        ///< name for a part that has none
  std::string_view bytes;  ///< not empty
};

inline constexpr std::size_t max_import_bytes = std::size_t{256} << 20;  ///< of a file, and of what it unpacks to
inline constexpr std::size_t max_import_triangles = std::size_t{3} << 20;

/// Reads STL (binary or ASCII), 3MF or STEP, by extension. Memory stays below about 1 GB whatever the file
/// says of itself. The meshes may be unsound: that is for the checks to tell.
/// Errors (ErrorKind::file): missing, truncated, no model inside, too large, not what its extension says.
Result<ImportedModel> read_model(const std::filesystem::path& path);

}  // namespace fitwright
