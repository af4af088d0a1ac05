// What running a template yields: named parts, each a graph node, with poses and mates. No geometry.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geometry/core/math.hpp"
#include "geometry/core/result.hpp"
#include "geometry/graph/operation.hpp"

namespace fitwright {

struct Colour {
  double r = 0.8, g = 0.8, b = 0.8;  ///< sRGB, 0 to 1
  bool operator==(const Colour&) const = default;
};

/// Which way the grain of the sheet runs in a part, by the part's finished size.
enum class Grain {
  none,    ///< any way
  length,  ///< along its longer side
  width,   ///< along its shorter side
};

/// One kind of piece; `assembled` has one placement for each identical copy, so its size is the quantity.
struct Part {
  std::string name;      ///< unique in the product, e.g. "shelf"; files carry it
  std::string label;     ///< what people are shown, e.g. "Left side"; empty: made of the name
  NodePtr solid;         ///< Kind::solid
  std::string role;      ///< free text for cut lists, e.g. "side board"
  std::string material;  ///< id of the material data; empty: the request's
  Colour colour;
  std::vector<Placement> assembled;  ///< part coordinates to product coordinates; never empty
  Vec3 up{0, 0, 1};                  ///< direction of the part that points up while it is made
  std::optional<Vec3> sheet;         ///< thickness direction if cut from sheet; unit vector
  Grain grain = Grain::none;
  /// Edges that get banding, as the part is drawn: "front" (low y), "back", "left" (low x), "right".
  std::vector<std::string> edges;
  std::size_t quantity() const { return assembled.size(); }
};

enum class MateKind { press, slide, thread, rest };

/// Two parts meant to touch or fit. `clearance` in mm, per side, as designed.
struct Mate {
  MateKind kind;
  std::string a, b;
  double clearance = 0;
};

/// What is bought rather than made, e.g. { "confirmat 7x50", 8 }; the count is for the whole product.
struct HardwareItem {
  std::string item;
  std::uint32_t count = 0;
  bool operator==(const HardwareItem&) const = default;
};

/// A parameter that can be dragged in the model: an arrow at `at` along `direction`, in product coordinates.
struct Handle {
  std::string parameter;
  Vec3 at, direction;
  /// How far `at` moves along `direction` for each unit of the parameter: mm, or mm per degree. A width centred on the
  /// origin has 0.5 at its end. 0: it does not move, or nobody has looked; it cannot be dragged.
  double rate = 0;
  bool operator==(const Handle&) const = default;
};

/// The same handle of another run of the template: of those of its parameter, the one with the same rank; null when
/// there is none.
const Handle* counterpart(const std::vector<Handle>& handles, std::size_t index, const std::vector<Handle>& others);

/// A rule on a symbolic measure, decided after the build: min <= measure <= max.
struct MeasureRule {
  NodePtr measure;  ///< Kind::number
  std::optional<double> min, max;
  std::string unit, message;
  std::vector<std::string> parameters;
};

struct Product {
  std::vector<Part> parts;
  std::vector<Mate> mates;
  std::vector<HardwareItem> hardware;
  std::vector<Handle> handles;
  std::vector<MeasureRule> measure_rules;
  std::vector<std::string> warnings;  ///< e.g. a glyph that the font lacks
  /// Where each node was made. Kept beside the graph, so that sharing and memo stay intact.
  std::unordered_map<const Node*, SourceLocation> made_at;
  /// Content of files and fonts used, by content hash.
  std::map<std::string, std::string> blobs;
};

/// The first node with this hash among a node and what hangs below it; null when there is none.
NodePtr find_below(const NodePtr& root, Hash128 node);

/// Place of the first node with this hash below the part's solid; line 0 when there is none.
SourceLocation locate(const Product& product, const Part& part, Hash128 node);

}  // namespace fitwright
