#include "geometry/kernel/stamp.hpp"

#include <BRepAdaptor_Surface.hxx>
#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepTools.hxx>
#include <TopExp_Explorer.hxx>
#include <TopoDS.hxx>
#include <gp_Pln.hxx>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/shape_info.hpp"
#include "geometry/kernel/thread.hpp"

namespace fitwright {

namespace {

constexpr double same = 1e-7;   // mm: levels that are meant to be equal
constexpr double apart = 1e-4;  // mm: levels nearer than this but not the same are left to the general tier

/// A coordinate axis to stamp along, with the plane across it.
struct Axis {
  int index = 2;  ///< 0, 1, 2 for x, y, z
  View view() const {
    static const std::array<View, 3> views = {View{{0, 1, 0}, {0, 0, 1}}, View{{0, 0, 1}, {1, 0, 0}},
                                              View{{1, 0, 0}, {0, 1, 0}}};
    return views[static_cast<std::size_t>(index)];
  }
  gp_Dir direction() const { return {index == 0 ? 1.0 : 0.0, index == 1 ? 1.0 : 0.0, index == 2 ? 1.0 : 0.0}; }
  double along(Vec3 p) const { return index == 0 ? p.x : index == 1 ? p.y : p.z; }
  Box2 across(const Box3& box) const {
    Box2 b;
    b.add(view()(to_pnt(box.min)));
    b.add(view()(to_pnt(box.max)));
    return b;
  }
};

/// A face of the shell that grows, with what stamping asks of it.
struct ShellFace {
  TopoDS_Face face;
  Trace trace;
  Box3 box;
  int normal_axis = -1;  ///< plane faces across a coordinate axis: which, else -1
  double normal_sign = 0;
  double level = 0;                      ///< position of such a face on its axis
  std::optional<FacePolygons> polygons;  ///< of such a face, in its axis' view
};

ShellFace shell_face(const TopoDS_Face& face, Trace trace) {
  ShellFace f{face, std::move(trace), quick_bounds_of(face)};
  const BRepAdaptor_Surface surface(face, false);
  if (surface.GetType() == GeomAbs_Plane) {
    gp_Vec n(surface.Plane().Axis().Direction());
    if (!surface.Plane().Direct()) n.Reverse();
    if (face.Orientation() == TopAbs_REVERSED) n.Reverse();
    for (int i = 0; i < 3; ++i)
      if (std::abs(std::abs(n.Coord(i + 1)) - 1) < 1e-12) {
        f.normal_axis = i;
        f.normal_sign = n.Coord(i + 1) > 0 ? 1 : -1;
        f.level = surface.Plane().Location().Coord(i + 1);
      }
  }
  return f;
}

const FacePolygons& outlines(ShellFace& f) {
  if (!f.polygons) f.polygons = polygons_of(f.face, Axis{f.normal_axis}.view());
  return *f.polygons;
}

/// A tool as a stamp: its profile in place, and its range along the axis.
struct Stamp {
  Axis axis;
  double low = 0, high = 0;
  bool upwards = true;  ///< the prism's own top lies at `high`
  PrismPiece piece;
  Trace bottom, top;
  std::vector<Trace> sides;
  std::map<std::string, Trace> by_role;  ///< of a thread's faces
  std::vector<Polygon> outers;           ///< outer outline of the footprint (one), in the axis' view
  Box2 box;

  /// A level along the axis as a height above the piece's own bottom. The stamp's ends are the piece's to the last
  /// digit: the difference of two levels would be off by rounding, and a thread that ends a hair short has no lead-in.
  double own_height(double level) const {
    if (level == low || level == high) return (level == low) == upwards ? 0 : piece.height;
    const double start = axis.along(piece.at.offset);
    return upwards ? level - start : start - level;
  }
  /// Two levels as own heights, in rising order.
  std::pair<double, double> own_heights(double a, double b) const {
    return upwards ? std::pair(own_height(a), own_height(b)) : std::pair(own_height(b), own_height(a));
  }
};

std::optional<Stamp> as_stamp(const SolidUse& tool) {
  if (tool.body.prisms.size() != 1) return std::nullopt;
  Stamp s;
  s.piece = tool.body.prisms.front();
  const Vec3 d = s.piece.at.apply_direction({0, 0, 1});
  const Vec3 start = s.piece.at.offset;
  int index = -1;
  for (int i = 0; i < 3; ++i)
    if (std::abs(std::abs(i == 0 ? d.x : i == 1 ? d.y : d.z) - 1) < 1e-12) index = i;
  if (index < 0) return std::nullopt;
  s.axis.index = index;
  s.upwards = s.axis.along(d) > 0;
  const double a = s.axis.along(start), b = a + (s.upwards ? s.piece.height : -s.piece.height);
  s.low = std::min(a, b);
  s.high = std::max(a, b);
  s.bottom = tool.body.traces[s.piece.faces[0]];
  s.top = tool.body.traces[s.piece.faces[1]];
  if (s.piece.thread) {
    for (const Trace& trace : tool.body.traces) {
      const auto [known, added] = s.by_role.emplace(final_role(*trace.origins.front()), trace);
      if (!added && (known->second != trace)) return std::nullopt;
    }
  }
  for (std::size_t i = 2; i < s.piece.faces.size(); ++i) s.sides.push_back(tool.body.traces[s.piece.faces[i]]);
  const TopoDS_Shape placed = moved_shape(s.piece.profile, s.piece.at);
  s.outers.push_back(polygons_of(TopoDS::Face(placed), s.axis.view()).outer);
  s.box = s.outers.front().box;
  return s;
}

/// A stretch of the stamp that changes something. An end that is no face of the shell gets a cap.
struct Stretch {
  double low, high;
  std::optional<std::size_t> low_face, high_face;
};

/// A shell that stamps are added to.
class Shell {
 public:
  explicit Shell(const Body& base) {
    const auto faces = faces_of(base.shape);
    for (std::size_t i = 0; i < faces.size(); ++i) faces_.push_back(shell_face(TopoDS::Face(faces[i]), base.traces[i]));
  }

  /// Adds the stamp if its effect is certain; otherwise changes nothing and returns false.
  Result<bool> add(const Stamp& stamp, StampKind kind) {
    std::vector<std::size_t> column;
    if (!find_column(stamp, column)) return false;
    const auto stretches = stretches_of(stamp, kind, column);
    if (!stretches) return false;
    if (stamp.piece.thread)
      for (const Stretch& stretch : *stretches)
        if (const auto [from, to] = stamp.own_heights(stretch.low, stretch.high);
            !slice_of(*stamp.piece.thread, from, to))
          return false;
    for (const Stretch& stretch : *stretches) FW_CHECK(stitch(stamp, kind, stretch));
    return true;
  }

  Result<Body> finish() const {
    TraceCollector traces(TopAbs_FACE);
    std::vector<TopoDS_Shape> faces;
    for (const ShellFace& f : faces_) {
      faces.push_back(f.face);
      traces.add(f.face, f.trace);
    }
    const TopoDS_Shape solid = solid_inside(faces);
    if (solid.IsNull()) return geometry_error("stamping left the solid open");
    return traces.finish(solid, "face");
  }

 private:
  // Plane faces that the stamp's column pierces, lowest first. False when some face may touch the column in
  // another way.
  bool find_column(const Stamp& s, std::vector<std::size_t>& column) {
    const Polygon& outline = s.outers.front();
    for (std::size_t i = 0; i < faces_.size(); ++i) {
      ShellFace& f = faces_[i];
      if (s.axis.along(f.box.min) > s.high + apart || s.axis.along(f.box.max) < s.low - apart) continue;
      if (!s.axis.across(f.box).near(s.box, outline.slack + apart)) continue;
      if (f.normal_axis == s.axis.index) {
        const Place place = place_in(outlines(f), outline);
        if (place == Place::crossing) return false;
        if (place == Place::inside) column.push_back(i);
      } else {
        const BRepAdaptor_Surface surface(f.face, false);
        const bool wall = is_wall(surface, s.axis.direction());
        if (!wall && !is_graph(surface, s.axis.direction())) return false;
        if (!edges_clear(f, s) || (!wall && lies_below(f, s))) return false;
      }
    }
    std::sort(column.begin(), column.end(),
              [&](std::size_t a, std::size_t b) { return faces_[a].level < faces_[b].level; });
    return true;
  }

  // A line along the axis meets a face of such a surface once at most.
  static bool is_graph(const BRepAdaptor_Surface& surface, const gp_Dir& axis) {
    if (surface.GetType() == GeomAbs_Plane) return std::abs(surface.Plane().Axis().Direction().Dot(axis)) > 1e-6;
    return surface.GetType() == GeomAbs_Cone &&
           std::abs(std::abs(surface.Cone().Axis().Direction().Dot(axis)) - 1) < 1e-12;
  }

  static bool edges_clear(const ShellFace& f, const Stamp& s) {
    const Polygon& outline = s.outers.front();
    for (TopExp_Explorer it(f.face, TopAbs_EDGE); it.More(); it.Next()) {
      const Polygon edge = polygon_of(TopoDS::Edge(it.Current()), s.axis.view());
      if (edge.points.empty()) continue;
      if (!clear_of(edge, outline) || contains(outline, edge.points.front())) return false;
    }
    return true;
  }

  // Whether the footprint, clear of the face's edges, is a part of the face's view. A seam counts twice, so not at all.
  static bool lies_below(const ShellFace& f, const Stamp& s) {
    const Vec2 p = s.outers.front().points.front();
    bool inside = false;
    for (TopExp_Explorer it(f.face, TopAbs_EDGE); it.More(); it.Next()) {
      const Polygon edge = polygon_of(TopoDS::Edge(it.Current()), s.axis.view());
      for (std::size_t i = 1; i < edge.points.size(); ++i) {
        const Vec2 a = edge.points[i - 1], b = edge.points[i];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
      }
    }
    return inside;
  }

  // The parts of the stamp's range where it meets material (cut) or none (unite). Absent when an end nearly
  // meets a face, when nothing would change, or when a part would hang free.
  std::optional<std::vector<Stretch>> stretches_of(const Stamp& s, StampKind kind,
                                                   const std::vector<std::size_t>& column) const {
    if (column.empty()) return std::nullopt;
    // Below the lowest face lies material exactly if that face looks up.
    bool material = faces_[column.front()].normal_sign > 0;
    const auto wanted = [&](bool m) { return m == (kind == StampKind::cut); };
    std::vector<Stretch> all;
    std::optional<Stretch> open;
    if (wanted(material)) open = Stretch{s.low, s.low, std::nullopt, std::nullopt};
    for (const std::size_t i : column) {
      const ShellFace& f = faces_[i];
      if ((f.normal_sign > 0) != material) return std::nullopt;  // faces out of order: not a plain column
      material = !material;
      const bool at_low = std::abs(f.level - s.low) <= apart, at_high = std::abs(f.level - s.high) <= apart;
      if (at_low && (std::abs(f.level - s.low) > same || !wanted(material))) return std::nullopt;
      if (at_high && (std::abs(f.level - s.high) > same || wanted(material))) return std::nullopt;
      if (wanted(material)) {
        open = Stretch{f.level, f.level, i, std::nullopt};
      } else if (open) {
        open->high = f.level;
        open->high_face = i;
        all.push_back(*open);
        open.reset();
      }
    }
    if (open) {
      open->high = s.high;
      all.push_back(*open);
    }
    for (const Stretch& stretch : all)
      if (!stretch.low_face && !stretch.high_face) return std::nullopt;
    if (all.empty()) return std::nullopt;
    return all;
  }

  // The piece of the tool between two levels, in the coordinates of the tool's own piece.
  static Result<Body> piece_between(const Stamp& s, double low, double high) {
    const auto [from, to] = s.own_heights(low, high);
    if (!s.piece.thread) return make_prism(Body{s.piece.profile, s.sides}, {s.bottom}, {s.top}, from, to - from, {});
    FW_TRY(const Body thread, make_thread(*slice_of(*s.piece.thread, from, to)));
    FW_TRY(Body raised, transformed(thread, Kind::solid, {}, Placement::translation({0, 0, from})));
    for (std::size_t i = 0; i < raised.traces.size(); ++i)
      raised.traces[i] = s.by_role.at(thread.traces[i].origins.front()->role());
    return raised;
  }

  Result<void> stitch(const Stamp& s, StampKind kind, const Stretch& stretch) {
    FW_TRY(const Body prism, piece_between(s, stretch.low, stretch.high));
    const auto& piece = prism.prisms.front();
    std::vector<TopoDS_Shape> faces;
    for (const TopoDS_Shape& face : faces_of(moved_shape(prism.shape, s.piece.at))) faces.push_back(face);
    const auto orient = [&](const TopoDS_Shape& face) {
      return TopoDS::Face(kind == StampKind::cut ? face.Reversed() : face);
    };
    for (std::size_t i = 0; i < faces.size(); ++i)
      if (i != piece.faces[0] && i != piece.faces[1]) faces_.push_back(shell_face(orient(faces[i]), prism.traces[i]));
    const std::size_t low_cap = s.upwards ? piece.faces[0] : piece.faces[1];
    const std::size_t high_cap = s.upwards ? piece.faces[1] : piece.faces[0];
    for (const auto& [cap, target] : {std::pair(low_cap, stretch.low_face), std::pair(high_cap, stretch.high_face)}) {
      if (target) {
        FW_CHECK(open_face(*target, TopoDS::Face(faces[cap]), s.axis));
      } else {
        faces_.push_back(shell_face(orient(faces[cap]), prism.traces[cap]));
      }
    }
    return {};
  }

  // Takes the cap's area out of a face; areas inside the cap's own holes stay as islands.
  Result<void> open_face(std::size_t target, const TopoDS_Face& cap, const Axis& axis) {
    const TopoDS_Face old = faces_[target].face;
    const TopoDS_Face bare = TopoDS::Face(old.Oriented(TopAbs_FORWARD));
    // Counter-clockwise in the view means counter-clockwise on the surface if the bare face looks along the axis.
    const double outward = faces_[target].normal_sign * (old.Orientation() == TopAbs_REVERSED ? -1 : 1);
    const auto turned = [&](const TopoDS_Wire& wire, bool hole) {
      const TopoDS_Wire plain = TopoDS::Wire(wire.Oriented(TopAbs_FORWARD));
      const bool counter_clockwise = signed_area2(polygon_of(plain, axis.view())) * outward > 0;
      return TopoDS::Wire(plain.Oriented(counter_clockwise == hole ? TopAbs_REVERSED : TopAbs_FORWARD));
    };
    const TopoDS_Wire outer = BRepTools::OuterWire(cap);
    BRepBuilderAPI_MakeFace opened(bare);
    opened.Add(turned(outer, true));
    if (!opened.IsDone()) return geometry_error("a plane face could not be opened");
    const Trace trace = faces_[target].trace;
    FacePolygons polygons = outlines(faces_[target]);
    polygons.holes.push_back(polygon_of(outer, axis.view()));
    for (TopExp_Explorer it(cap, TopAbs_WIRE); it.More(); it.Next()) {
      if (it.Current().IsSame(outer)) continue;
      BRepBuilderAPI_MakeFace island(BRepAdaptor_Surface(bare, false).Plane(),
                                     turned(TopoDS::Wire(it.Current()), false), false);
      if (!island.IsDone()) return geometry_error("a plane face could not be divided");
      faces_.push_back(shell_face(TopoDS::Face(island.Face().Oriented(old.Orientation())), trace));
    }
    faces_[target].face = TopoDS::Face(opened.Face().Oriented(old.Orientation()));
    faces_[target].polygons = std::move(polygons);
    return {};
  }

  std::vector<ShellFace> faces_;
};

bool one_plain_solid(const TopoDS_Shape& shape) {
  return carriers(shape, TopAbs_SOLID).size() == 1 && carriers(shape, TopAbs_SHELL).size() == 1;
}

}  // namespace

Result<Stamped> stamp(const Body& base, const std::vector<SolidUse>& tools, StampKind kind) {
  Stamped result{base, {}, {}};
  std::optional<Shell> shell;
  if (one_plain_solid(base.shape)) shell.emplace(base);
  for (std::size_t i = 0; i < tools.size(); ++i) {
    const auto prism = shell ? as_stamp(tools[i]) : std::nullopt;
    bool done = false;
    if (prism) {
      FW_TRY(done, shell->add(*prism, kind));
    }
    (done ? result.stamped : result.rest).push_back(i);
  }
  if (!result.stamped.empty()) {
    FW_TRY(result.body, shell->finish());
  }
  return result;
}

}  // namespace fitwright
