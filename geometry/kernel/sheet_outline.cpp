// A part can be cut from a sheet when all its faces are floors (across the sheet) or walls (along its thickness) and
// nothing hangs over: then the top faces and floors seen from above tile its outline. Holes drilled into its edges lie
// in between and change neither.
#include "geometry/kernel/sheet_outline.hpp"

#include <BRepAlgoAPI_Fuse.hxx>
#include <ShapeUpgrade_UnifySameDomain.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedDataMapOfShapeListOfShape.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geometry/core/text.hpp"
#include "geometry/kernel/arc_fit.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/shape_info.hpp"

namespace fitwright {

namespace {

constexpr double same_height = 1e-6;       // mm
constexpr double engraving_depth = 1.001;  // mm; what is no deeper is a mark

/// A plane face across the sheet.
struct Level {
  TopoDS_Face face;
  const FaceInfo* info;
  double height;  ///< along the thickness
};

/// The faces of a part, sorted by what they are to a sheet.
struct Levels {
  std::vector<Level> up, down;  ///< by where they look
  std::vector<Level> lying;     ///< round holes along the sheet; their height is that of the axis
  double bottom = 1e300, top = -1e300;
};

std::string place_text(Vec3 p) {
  return "(" + number_text(p.x) + ", " + number_text(p.y) + ", " + number_text(p.z) + ")";
}

tl::unexpected<Error> not_a_sheet(const BuiltPart& part, const std::string& why, Vec3 at, double measured,
                                  double required, std::string unit) {
  Error error = make_error(ErrorKind::geometry,
                           "part \"" + part.name + "\" cannot be cut from a sheet: " + why + " at " + place_text(at),
                           "leave it out of the drawings, or let its template give no sheet direction for it");
  error.part = part.name;
  error.at = at;
  error.measured = measured;
  error.required = required;
  error.unit = std::move(unit);
  return fail(std::move(error));
}

Vec3 middle_of(const FaceInfo& face) { return (face.box.min + face.box.max) * 0.5; }

tl::unexpected<Error> leaning(const BuiltPart& part, const FaceInfo& face, Vec3 up) {
  const double to_axis = std::acos(std::clamp(std::abs(dot(face.direction, up)), 0.0, 1.0)) * 180 / std::numbers::pi;
  switch (face.kind) {
    case SurfaceKind::plane:
      return not_a_sheet(part, "a plane face leans " + number_text(90 - to_axis) + " degrees from upright",
                         middle_of(face), 90 - to_axis, 0, "deg");
    case SurfaceKind::cylinder:
      return not_a_sheet(part,
                         "the axis of a " + std::string(face.concave ? "hole" : "rounding") + " of " +
                             number_text(2 * face.radius) + " mm diameter leans " + number_text(to_axis) +
                             " degrees from upright",
                         middle_of(face), to_axis, 0, "deg");
    default: {
      // Neither across nor along the sheet everywhere: how far it reaches through the thickness tells which one it is.
      const Vec3 size = face.box.size();
      const double rise = std::abs(size.x * up.x) + std::abs(size.y * up.y) + std::abs(size.z * up.z);
      return not_a_sheet(part,
                         "a face (" + std::string(to_string(face.kind)) + ") slopes over " + number_text(rise) +
                             " mm of the thickness",
                         middle_of(face), rise, 0, "mm");
    }
  }
}

Result<Levels> levels_of(const BuiltPart& part, Vec3 up) {
  const auto faces = faces_of(part.solid->shape());
  const gp_Dir axis(to_vec(up));
  Levels levels;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const TopoDS_Face& face = TopoDS::Face(faces[i]);
    const FaceInfo& info = part.faces[i];
    if (is_wall(BRepAdaptor_Surface(face, false), axis)) continue;
    const double lean = dot(info.direction, up);
    if (info.kind == SurfaceKind::cylinder && info.concave && std::abs(lean) < 1e-12) {
      levels.lying.push_back({face, &info, dot(info.point, up)});
      continue;
    }
    if (info.kind != SurfaceKind::plane || std::abs(std::abs(lean) - 1) > 1e-12) return leaning(part, info, up);
    const double height = dot(info.point, up);
    (lean > 0 ? levels.up : levels.down).push_back({face, &info, height});
    levels.bottom = std::min(levels.bottom, height);
    levels.top = std::max(levels.top, height);
  }
  if (levels.up.empty() || levels.down.empty())
    return fail(ErrorKind::geometry, "part \"" + part.name + "\" has no two faces across its sheet direction");
  for (const Level& hole : levels.lying)
    if (hole.height - hole.info->radius < levels.bottom + same_height ||
        hole.height + hole.info->radius > levels.top - same_height)
      return leaning(part, *hole.info, up);
  return levels;
}

bool is_level(const std::vector<Level>& faces, double height) {
  return std::all_of(faces.begin(), faces.end(),
                     [&](const Level& face) { return std::abs(face.height - height) < same_height; });
}

/// Reads contours off faces across the sheet.
class Drawing {
 public:
  explicit Drawing(Vec3 up) : frame_(Placement::turning(up, {0, 0, 1})), up_(to_vec(up)) {}

  /// `open` says of an edge that no wall stands on it.
  template <class Open>
  Contour2D contour(const TopoDS_Shape& wire, const TopoDS_Face& face, const Open& open) {
    Contour2D out;
    for (const TopoDS_Edge& edge : edges_in_order(TopoDS::Wire(wire.Oriented(TopAbs_FORWARD)), face)) {
      Contour2D pieces = along(edge);
      for (Piece2D& piece : pieces) piece.open = open(edge);
      out.insert(out.end(), pieces.begin(), pieces.end());
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      Piece2D& next = out[(i + 1) % out.size()];
      next.from = out[i].to;
    }
    return joined(out);
  }

  /// All contours of a face, the outer one first and counter-clockwise, the others clockwise.
  template <class Open>
  std::vector<Contour2D> contours(const TopoDS_Face& face, const Open& open) {
    std::vector<Contour2D> all;
    for (TopExp_Explorer wires(face, TopAbs_WIRE); wires.More(); wires.Next())
      if (Contour2D one = contour(wires.Current(), face, open); !one.empty()) all.push_back(std::move(one));
    const auto extent = [](const Contour2D& a) { return std::abs(signed_area(a)); };
    const auto outer =
        std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return extent(a) < extent(b); });
    if (outer != all.end()) std::rotate(all.begin(), outer, outer + 1);
    for (std::size_t i = 0; i < all.size(); ++i)
      if ((signed_area(all[i]) > 0) != (i == 0)) all[i] = reversed(all[i]);
    return all;
  }

  double deviation() const { return deviation_; }

  Vec2 flat(Vec3 p) const {
    const Vec3 turned = frame_.apply_direction(p);
    return {turned.x, turned.y};
  }

 private:
  Vec2 flat(const gp_XYZ& p) const { return flat(from_occt(p)); }

  Contour2D along(const TopoDS_Edge& edge) {
    const BRepAdaptor_Curve curve(edge);
    const double a = curve.FirstParameter(), b = curve.LastParameter();
    const Vec2 from = flat(curve.Value(a).XYZ()), to = flat(curve.Value(b).XYZ());
    Contour2D pieces;
    if (curve.GetType() == GeomAbs_Line) {
      pieces = {line2d(from, to)};
    } else if (curve.GetType() == GeomAbs_Circle) {
      const gp_Circ circle = curve.Circle();
      const bool with_up = gp_Vec(circle.Axis().Direction()).Dot(up_) > 0;
      const bool whole = edge.Closed() || b - a > 2 * std::numbers::pi - 1e-9;
      pieces = {arc2d(from, whole ? from : to, flat(circle.Location().XYZ()), with_up ? b - a : a - b)};
    } else {
      pieces = fit_arcs(curve, [this](const gp_XYZ& p) { return flat(p); });
      deviation_ = outline_tolerance;
    }
    return edge.Orientation() == TopAbs_REVERSED ? reversed(pieces) : pieces;
  }

  Placement frame_;
  gp_Vec up_;
  double deviation_ = 0;
};

constexpr auto closed = [](const TopoDS_Edge&) { return false; };

/// The faces moved to one height and united where they touch.
Result<std::vector<TopoDS_Face>> united(const std::vector<Level>& tiles, Vec3 up) {
  std::vector<TopoDS_Face> whole;
  if (tiles.size() == 1) return std::vector{tiles.front().face};
  TopTools_ListOfShape arguments, tools;
  for (const Level& tile : tiles) {
    gp_Trsf lift;
    lift.SetTranslation(to_vec(up) * (tiles.front().height - tile.height));
    (arguments.IsEmpty() ? arguments : tools).Append(tile.face.Moved(TopLoc_Location(lift)).Oriented(TopAbs_FORWARD));
  }
  BRepAlgoAPI_Fuse fuse;
  fuse.SetArguments(arguments);
  fuse.SetTools(tools);
  fuse.Build();
  if (!fuse.IsDone()) return geometry_error("uniting the faces of a sheet part failed");
  ShapeUpgrade_UnifySameDomain unify(fuse.Shape(), true, true, false);
  unify.Build();
  for (const TopoDS_Shape& face : faces_of(unify.Shape())) whole.push_back(TopoDS::Face(face));
  return whole;
}

Result<void> add_outline(const BuiltPart& part, const Levels& levels, Vec3 up, Drawing& drawing, Outline2D& outline) {
  const bool flat_top = is_level(levels.up, levels.top), flat_bottom = is_level(levels.down, levels.bottom);
  const bool from_below = flat_bottom && !(flat_top && levels.up.size() < levels.down.size());
  const std::vector<Level>& tiles = from_below ? levels.down : levels.up;
  FW_TRY(const std::vector<TopoDS_Face> faces, united(tiles, up));
  double covered = 0, whole = 0;
  for (const Level& tile : tiles) covered += tile.info->area;
  for (const TopoDS_Face& face : faces) whole += std::abs(measure_face(FaceOutline(face)).area);
  if (covered - whole > 1e-6 * covered) {
    const auto over = std::find_if(levels.down.begin(), levels.down.end(),
                                   [&](const Level& face) { return face.height > levels.bottom + same_height; });
    return not_a_sheet(part,
                       "material hangs over a hollow of " + number_text(covered - whole) +
                           " mm2 that can be reached from neither side, under a face",
                       middle_of(*over->info), covered - whole, 0, "mm2");
  }
  if (faces.size() != 1) {
    const double count = static_cast<double>(faces.size());
    return not_a_sheet(part, "it falls into " + number_text(count) + " pieces, one of them",
                       middle_of(*tiles.front().info), count, 1, "");
  }
  for (Contour2D& contour : drawing.contours(faces.front(), closed)) {
    if (outline.outer.empty())
      outline.outer = std::move(contour);
    else if (is_circle(contour))
      outline.drillings.push_back(
          {contour[0].centre, 2 * contour[0].radius(), outline.thickness, true, SheetSide::top});
    else
      outline.inner.push_back(std::move(contour));
  }
  return {};
}

double distance(const Contour2D& contour, Vec2 from) {
  double least = 1e300;
  for (const Piece2D& piece : contour) {
    const double step = std::max(1e-12, piece.length());
    const double share = piece.is_arc() ? 0.5 : dot(from - piece.from, piece.to - piece.from) / (step * step);
    for (double at : {0.0, std::clamp(share, 0.0, 1.0), 1.0}) least = std::min(least, length(piece.at(at) - from));
  }
  return least;
}

/// Of a hole's two ends the one at the outline is its mouth.
void add_edge_drilling(const Level& hole, double bottom, const Drawing& drawing, Outline2D& outline) {
  const Vec3 axis = hole.info->direction;
  double from = 1e300, to = -1e300;
  for (TopExp_Explorer corners(hole.face, TopAbs_VERTEX); corners.More(); corners.Next()) {
    const double at = dot(from_occt(BRep_Tool::Pnt(TopoDS::Vertex(corners.Current())).XYZ()) - hole.info->point, axis);
    from = std::min(from, at);
    to = std::max(to, at);
  }
  Vec2 mouth = drawing.flat(hole.info->point + axis * from), end = drawing.flat(hole.info->point + axis * to);
  const auto to_outline = [&](Vec2 p) {
    double least = distance(outline.outer, p);
    for (const Contour2D& inner : outline.inner) least = std::min(least, distance(inner, p));
    return least;
  };
  if (to_outline(end) < to_outline(mouth)) std::swap(mouth, end);
  const EdgeDrilling2D found{mouth, (end - mouth) * (1 / length(end - mouth)), 2 * hole.info->radius,
                             length(end - mouth), hole.height - bottom};
  // A hole may come in two halves.
  for (const EdgeDrilling2D& other : outline.edge_drillings)
    if (length(other.mouth - mouth) < same_height && std::abs(other.height - found.height) < same_height) return;
  outline.edge_drillings.push_back(found);
}

bool is_tagged(const FaceInfo& face, std::string_view tag) {
  return std::find(face.tags.begin(), face.tags.end(), tag) != face.tags.end();
}

/// Pockets and blind holes from their floors.
class Floors {
 public:
  Floors(const TopoDS_Shape& shape, Drawing& drawing, Outline2D& outline) : drawing_(drawing), outline_(outline) {
    TopExp::MapShapesAndAncestors(shape, TopAbs_EDGE, TopAbs_FACE, faces_at_);
  }

  void add(const Level& floor, double depth, SheetSide side) {
    Pocket2D pocket;
    pocket.depth = depth;
    pocket.side = side;
    pocket.engraved = depth <= engraving_depth || is_tagged(*floor.info, "engrave");
    const auto open = [&](const TopoDS_Edge& edge) { return !rises(edge, floor.face); };
    for (Contour2D& contour : drawing_.contours(floor.face, open)) {
      // A contour without any wall leads down into something deeper, which is part of the pocket.
      if (pocket.outer.empty())
        pocket.outer = std::move(contour);
      else if (std::any_of(contour.begin(), contour.end(), [](const Piece2D& piece) { return !piece.open; }))
        pocket.islands.push_back(std::move(contour));
    }
    const Piece2D& first = pocket.outer.front();
    if (is_circle(pocket.outer) && pocket.islands.empty() && !first.open)
      outline_.drillings.push_back({first.centre, 2 * first.radius(), depth, false, side});
    else
      outline_.pockets.push_back(std::move(pocket));
  }

 private:
  // Whether a wall stands on this edge of a floor.
  bool rises(const TopoDS_Edge& edge, const TopoDS_Face& floor) const {
    for (const TopoDS_Shape& other : faces_at_.FindFromKey(edge))
      if (!other.IsSame(floor)) return dihedral_deg(edge, floor, TopoDS::Face(other)) > 181;
    return false;
  }

  TopTools_IndexedDataMapOfShapeListOfShape faces_at_;
  Drawing& drawing_;
  Outline2D& outline_;
};

}  // namespace

Result<Outline2D> sheet_outline(const BuiltPart& part, Vec3 up) {
  if (!part.solid) return fail(ErrorKind::internal, "the exact solid of part \"" + part.name + "\" is missing");
  up = normalized(up);
  return guarded("drawing the outline", [&]() -> Result<Outline2D> {
    FW_TRY(const Levels levels, levels_of(part, up));
    Outline2D outline;
    outline.thickness = levels.top - levels.bottom;
    Drawing drawing(up);
    FW_CHECK(add_outline(part, levels, up, drawing, outline));
    Floors floors(part.solid->shape(), drawing, outline);
    for (const Level& face : levels.up)
      if (const double depth = levels.top - face.height; depth > same_height) floors.add(face, depth, SheetSide::top);
    for (const Level& face : levels.down)
      if (const double depth = face.height - levels.bottom; depth > same_height)
        floors.add(face, depth, SheetSide::bottom);
    for (const Level& hole : levels.lying) add_edge_drilling(hole, levels.bottom, drawing, outline);
    outline.deviation = drawing.deviation();
    return outline;
  });
}

}  // namespace fitwright
