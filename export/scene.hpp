// What is written to a file: parts, where their copies go, and what is said about them. Plain data.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geometry/core/math.hpp"
#include "geometry/core/result.hpp"
#include "geometry/graph/product.hpp"
#include "geometry/mesh/mesh.hpp"
#include "geometry/mesh/outline2d.hpp"

namespace fitwright {

/// Where the copies of the parts stand in the file.
enum class Pose {
  made,       ///< on the bed: each copy's `up` is +z, resting on z = 0, side by side
  assembled,  ///< as in the finished product
};
std::string_view to_string(Pose pose);

/// One kind of piece with all its copies.
struct ScenePart {
  std::string name;  ///< unique in the scene, UTF-8
  Colour colour;
  TriangleMesh mesh;                        ///< mm, part coordinates
  std::shared_ptr<const ExactSolid> solid;  ///< part coordinates; needed by exact formats only
  std::vector<Placement> assembled{{}};     ///< one for each copy; never empty
  Vec3 up{0, 0, 1};                         ///< direction of the part that points up while it is made
  std::string role = {}, material = {};     ///< for cut lists; the id of the material's data
  Grain grain = Grain::none;
  std::vector<std::string> edges = {};  ///< that get banding, as Part names them
  /// What is cut from a sheet, or why it cannot be; none for parts that are not meant to be, or when no format asks.
  std::optional<Result<Outline2D>> flat = {};
  /// The inside corners of `flat` that need room for a part that comes there; none: nobody knows, all get it.
  std::optional<std::vector<Vec2>> met_corners = {};
  std::string label = {};  ///< name for people; empty: none is known
};

struct SceneMetadata {
  std::string title;  ///< name of the design
  std::string author;
  std::string description;
  std::string licence;      ///< SPDX id or text; covers the design
  std::string template_id;  ///< empty when the scene comes from no template
  std::string template_version;
  std::vector<std::pair<std::string, std::string>> parameters;  ///< name and value with unit, in the template's order
};

/// Sheets that parts can be cut from, or the bed that they are printed on.
struct Stock {
  std::string material;     ///< id; empty: whatever the material
  std::vector<Vec2> sizes;  ///< mm; one of them is chosen
  std::string source;       ///< where the sizes come from, for people
};

/// Where and how the parts are made, as far as layouts need it.
struct Shop {
  std::vector<Stock> sheets;
  std::optional<Vec3> bed;             ///< mm, of a printer
  double margin = 0, spacing = 0;      ///< mm, usual with the process
  double saw_kerf = 3, saw_trim = 10;  ///< mm that a panel saw takes, and that is cut off a board's edges first
};

struct Scene {
  std::vector<ScenePart> parts;
  SceneMetadata metadata;
  std::vector<HardwareItem> hardware = {};
  Shop shop = {};
};

/// Where the copies of each part go, one list a part, in the order of `assembled`.
using ScenePlacements = std::vector<std::vector<Placement>>;

/// The scene of one part alone, one copy of it, in part coordinates.
Scene single_part(const Scene& scene, std::size_t part);

}  // namespace fitwright
