// The exact kernel as the rest of Fitwright sees it: no OpenCASCADE type appears here.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/graph/operation.hpp"
#include "geometry/graph/product.hpp"
#include "geometry/kernel/solid_reader.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

/// Every operation there is; rows live in geometry/kernel/ops.
const OperationTable& operations();

/// How far a mesh may stray from the exact surface.
struct Deflection {
  double linear = 0.1;  ///< mm, largest distance of a chord from the surface
  double angular = 20;  ///< degrees, largest turn of the normal along one chord
  bool operator==(const Deflection&) const = default;
};

/// How a node's value was made; docs/planner.md describes the tiers.
enum class Tier : std::uint8_t {
  memo,      ///< nothing to do: remembered
  direct,    ///< a primitive, extrusion or placement: no boolean involved
  profiles,  ///< A: solids along one axis became one extruded profile
  stamped,   ///< B: stitched into plane faces without a boolean
  repeated,  ///< one sector by the general boolean, the others its copies
  general,   ///< C: general boolean, fillet, chamfer
};
std::string_view to_string(Tier tier);

struct EvaluatorOptions {
  std::size_t memo_bytes = std::size_t{512} << 20;  ///< bound of all that is remembered, a quarter of it faces' meshes
  bool rewrite = true;                ///< false: every operation takes the general tier (the reference for tests)
  int threads = 0;                    ///< 0: as many as there are cores
  SolidReader read_solids = nullptr;  ///< for the operation `step`; null: it is an error
};

/// In which order booleans are made. Both give the same solids up to rounding; what is written to files is canonical.
enum class Order {
  canonical,  ///< as the graph says: a function of the graph alone
  preview,    ///< what changed since the preview before goes last, so that the rest can be remembered
};

/// What one call of build cost.
struct BuildStats {
  double plan_ms = 0, build_ms = 0, tessellate_ms = 0;
  std::size_t evaluated = 0;  ///< nodes whose value was computed in this call
  std::size_t reordered = 0;  ///< those of them that were made in preview order
  Tier tier = Tier::memo;     ///< the slowest tier that served it
};

/// Turns graphs into exact solids and meshes. Remembers results by structural hash within `memo_bytes`.
/// Calls on one evaluator from several threads take turns; canonical results never depend on thread timing or on
/// what was evaluated before.
class Evaluator {
 public:
  explicit Evaluator(EvaluatorOptions options = {});
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// All parts, in the product's order, built and tessellated; measure rules decided. Meshes are as the
  /// tessellator gave them: callers run mesh_faults before they trust them.
  /// Errors: geometry (part, operation, template line, node), rule, cancelled.
  Result<std::vector<BuiltPart>> build(const Product& product, const Deflection& deflection, std::stop_token stop = {},
                                       BuildStats* stats = nullptr, Order order = Order::canonical);

  /// Exact solid only.
  Result<std::shared_ptr<const ExactSolid>> solid(const NodePtr& node, const Product& product,
                                                  std::stop_token stop = {});
  /// Value of a symbolic measure.
  Result<double> number(const NodePtr& node, const Product& product, std::stop_token stop = {});

  std::size_t memo_bytes() const;  ///< held now

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Volume in mm3 by adaptive integration to the given relative error.
double exact_volume(const ExactSolid& solid, double relative_error = 1e-7);

/// Faces and edges of a solid, tessellated. The name is given to the part. Errors: geometry, cancelled.
Result<BuiltPart> tessellate(std::shared_ptr<const ExactSolid> solid, std::string name, const Deflection& deflection,
                             std::stop_token stop = {});

/// A text set in a font, measured without building geometry.
struct TextMeasure {
  double width = 0, height = 0;      ///< mm, of the ink
  std::vector<std::string> missing;  ///< characters that the font lacks, UTF-8
};
/// `font` is the content of a TrueType or OpenType file; `size` the cap height in mm.
/// Errors: script (font unreadable).
Result<TextMeasure> measure_text(std::string_view text, const std::string& font, double size);

}  // namespace fitwright
