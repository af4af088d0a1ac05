// The format table: one row a file format. Adding a format touches its own folder and one line in format.cpp.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "export/flat_options.hpp"
#include "export/import.hpp"
#include "export/make/drawing.hpp"
#include "export/scene.hpp"
#include "geometry/core/result.hpp"

namespace fitwright {

struct Format {
  std::string_view id;                       ///< stable: "stl", "3mf", "step"
  std::string_view title;                    ///< for people
  std::vector<std::string_view> extensions;  ///< lower case, with the dot; the first is the usual one
  std::string_view mime;
  std::string_view note;     ///< units and what the format carries, one sentence
  std::string_view purpose;  ///< what one wants files for when this is the format for it: "3D printing"
  std::string_view advice;   ///< when to take it among those of its purpose, a few words
  Pose default_pose;
  bool keeps_parts;  ///< parts, names and colours survive in one file
  bool exact;        ///< writes the exact solid, not triangles
  /// The file's bytes; equal input gives equal bytes. The meshes have been checked. Null: not written.
  Result<std::string> (*write)(const Scene& scene, const ScenePlacements& placements);
  /// Null: not read.
  Result<ImportedModel> (*read)(const ImportSource& source);
  /// In place of `write` for formats that draw or list flat parts: they look at `ScenePart::flat`. `colours` is null
  /// when no profile was asked for.
  Result<std::string> (*write_flat)(const Scene& scene, const FlatOptions& options,
                                    const ColourProfile* colours) = nullptr;
  /// A sheet on which parts have been laid; null for formats that draw none.
  Result<std::string> (*write_sheet)(const SceneMetadata& data, const DrawnSheet& sheet, const FlatOptions& options,
                                     const ColourProfile* colours) = nullptr;
  bool lists = false;  ///< tells of all parts, so it is one file even where others are written for each part

  bool writes() const { return write || write_flat; }
  /// It has something to say of such a part alone.
  bool takes(bool cut_from_sheet) const { return cut_from_sheet || !write_flat; }
};

/// Every format there is; of those for one purpose the best comes first.
std::span<const Format> formats();

/// The format of a path, by extension (case ignored). Errors: ErrorKind::usage, naming those there are.
Result<const Format*> find_format(const std::filesystem::path& path);

/// The bytes of the scene in a format; `pose` empty takes the format's own. Every mesh is checked first.
/// Errors: geometry, naming part and place (a mesh that is not sound, a missing exact solid); internal.
Result<std::string> write_scene(const Format& format, const Scene& scene, std::optional<Pose> pose = {},
                                const FlatOptions& options = {}, const ColourProfile* colours = nullptr);

/// The first fault of any part's mesh as an error (geometry) naming part and place.
Result<void> check_meshes(const Scene& scene);

}  // namespace fitwright
