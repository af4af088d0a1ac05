#include "geometry/kernel/rim.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_Line.hxx>
#include <Geom_Circle.hxx>
#include <Geom_ConicalSurface.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <Geom_Line.hxx>
#include <Geom_Plane.hxx>
#include <Geom_ToroidalSurface.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_DataMapOfShapeShape.hxx>
#include <TopTools_MapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/rim_outline.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

/// Blends one outline of one plane face.
class Rim {
 public:
  Rim(std::vector<RimFace>& faces, std::size_t cap, const TopoDS_Wire& wire, Blend blend, double size)
      : faces_(faces), cap_(cap), wire_(wire), blend_(blend), size_(size), surface_(faces[cap].face, false) {}

  /// Adds the faces of the blend and changes those around it.
  void apply() {
    auto outline = read_rim(faces_, cap_, wire_, size_);
    require(outline.has_value());
    corners_ = std::move(outline->corners);
    sides_ = std::move(outline->sides);
    normal_ = outline->normal;
    up_ = outline->up;
    make_corners();
    for (std::size_t i = 0; i < sides_.size(); ++i) make_side(i);
    check_outline();
    std::vector<RimFace> blends;
    for (std::size_t i = 0; i < sides_.size(); ++i) blends.push_back({make_blend(i), trace_of(sides_[i]), cap_});
    replace_cap();
    replace_walls();
    faces_.insert(faces_.end(), blends.begin(), blends.end());
  }

 private:
  const RimCorner& start(std::size_t i) const { return corners_[i]; }
  const RimCorner& end(std::size_t i) const { return corners_[(i + 1) % corners_.size()]; }

  TopoDS_Vertex vertex_at(const gp_Pnt& p) const {
    TopoDS_Vertex v;
    BRep_Builder().MakeVertex(v, p, kernel_tolerance);
    return v;
  }

  void make_corners() {
    for (RimCorner& corner : corners_) {
      const gp_Pnt a = corner.place.Translated(corner.inward * size_);
      const gp_Pnt b = corner.place.Translated(normal_ * (up_ * size_));
      corner.on_cap = vertex_at(a);
      corner.on_wall = vertex_at(b);
      if (blend_ == Blend::chamfer) {
        const gp_Vec across(a, b);
        corner.rib =
            edge_between(new Geom_Line(a, gp_Dir(across)), 0, across.Magnitude(), corner.on_cap, corner.on_wall);
      } else {
        // From the ball's middle the cap lies at -up * normal, the wall at -inward.
        const gp_Vec x = normal_ * -up_, y = -corner.inward;
        const gp_Ax2 axes(a.Translated(normal_ * (up_ * size_)), gp_Dir(x.Crossed(y)), gp_Dir(x));
        corner.rib = edge_between(new Geom_Circle(axes, size_), 0, M_PI / 2, corner.on_cap, corner.on_wall);
      }
    }
  }

  void make_side(std::size_t i) {
    RimSide& side = sides_[i];
    const RimCorner &from = start(i), &to = end(i);
    const auto row = [&](const gp_Vec& shift, double radius, const TopoDS_Vertex& a, const TopoDS_Vertex& b) {
      if (!side.arc)
        return edge_between(new Geom_Line(from.place.Translated(shift), gp_Dir(side.along)), 0, side.length, a, b);
      const gp_Ax2 axes(side.centre.Translated(normal_ * shift.Dot(normal_)), gp_Dir(normal_ * side.sense),
                        gp_Dir(gp_Vec(side.centre, from.place)));
      return edge_between(new Geom_Circle(axes, radius), 0, side.length, a, b);
    };
    side.on_cap = row(from.inward * size_, side.radius - side.sense * size_, from.on_cap, to.on_cap);
    side.on_wall = row(normal_ * (up_ * size_), side.radius, from.on_wall, to.on_wall);
  }

  // The new outline turns as the old one does and keeps clear of itself; the cap's other outlines lie on the same side
  // of the new one as of the old one, so none lies in the band between.
  void check_outline() const {
    const View across{gp_Vec(surface_.Plane().XAxis().Direction()), gp_Vec(surface_.Plane().YAxis().Direction())};
    std::vector<Polygon> rows;
    Polygon before, after;
    for (const RimSide& side : sides_) {
      rows.push_back(polygon_of(side.on_cap, across));
      append(before, polygon_of(side.edge, across));
      append(after, rows.back());
    }
    require(signed_area2(before) * signed_area2(after) > 0);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = i + 2; j < rows.size(); ++j)
        if (i != 0 || j + 1 != rows.size()) require(clear_of(rows[i], rows[j]));
    for (TopExp_Explorer it(faces_[cap_].face, TopAbs_WIRE); it.More(); it.Next()) {
      if (it.Current().IsSame(wire_)) continue;
      const Polygon other = polygon_of(TopoDS::Wire(it.Current()), across);
      require(clear_of(after, other));
      require(contains(before, other.points.front()) == contains(after, other.points.front()));
      require(contains(other, before.points.front()) == contains(other, after.points.front()));
    }
  }
  // Adds an open row to a closed outline that is being put together.
  static void append(Polygon& outline, const Polygon& row) {
    outline.points.insert(outline.points.end(), row.points.begin(), row.points.end() - 1);
    outline.box.add(row.box.min);
    outline.box.add(row.box.max);
    outline.slack = std::max(outline.slack, row.slack);
  }

  /// The surface of the blend along a side, and where its rows lie in its parameters.
  struct Sheet {
    opencascade::handle<Geom_Surface> surface;
    bool plain = false;  ///< a plane, which needs no curves in its parameters
    gp_Pnt2d cap, wall;  ///< where the rows start
    gp_Dir2d along;      ///< how they run
  };

  Sheet sheet_of(std::size_t i) const {
    const RimSide& side = sides_[i];
    const RimCorner& from = start(i);
    const gp_Vec up = normal_ * up_;
    const gp_Pnt middle = from.place.Translated((from.inward + up) * size_);
    if (!side.arc) {
      if (blend_ == Blend::chamfer) {
        const gp_Dir outward(normal_ + from.inward * up_);
        return {new Geom_Plane(gp_Ax3(BRep_Tool::Pnt(from.on_cap), outward, gp_Dir(side.along))), true, {}, {}, {}};
      }
      const gp_Vec x = -up, y = -from.inward, z = x.Crossed(y);
      const double sense = z.Dot(side.along) > 0 ? 1 : -1;
      return {new Geom_CylindricalSurface(gp_Ax3(middle, gp_Dir(z), gp_Dir(x)), size_),
              false,
              {0, 0},
              {M_PI / 2, 0},
              {0, sense}};
    }
    // Angles about the cap's normal; where the outline turns right they are counted from its end.
    const double major = side.radius - side.sense * size_;
    const gp_Pnt zero = side.sense > 0 ? from.place : end(i).place;
    const double u = side.sense > 0 ? 0 : side.length;
    const gp_Dir2d along(side.sense, 0);
    const gp_Dir x(gp_Vec(side.centre, zero));
    if (blend_ == Blend::chamfer) {
      const double slope = side.sense * up_ * M_PI / 4;
      return {new Geom_ConicalSurface(gp_Ax3(side.centre, gp_Dir(normal_), x), slope, major),
              false,
              {u, 0},
              {u, up_ * size_ * std::sqrt(2.0)},
              along};
    }
    const double cap = up_ < 0 ? M_PI / 2 : 3 * M_PI / 2;
    const double wall = side.sense < 0 ? M_PI : up_ < 0 ? 0 : 2 * M_PI;
    return {new Geom_ToroidalSurface(gp_Ax3(side.centre.Translated(up * size_), gp_Dir(normal_), x), major, size_),
            false,
            {u, cap},
            {u, wall},
            along};
  }

  TopoDS_Face make_blend(std::size_t i) {
    const RimSide& side = sides_[i];
    const Sheet sheet = sheet_of(i);
    BRep_Builder builder;
    TopoDS_Face face;
    builder.MakeFace(face, sheet.surface, kernel_tolerance);
    const bool outward = looks_outward(i, sheet);
    const bool closed = sides_.size() == 1;
    if (!sheet.plain) {
      builder.UpdateEdge(side.on_cap, new Geom2d_Line(sheet.cap, sheet.along), face, kernel_tolerance);
      builder.UpdateEdge(side.on_wall, new Geom2d_Line(sheet.wall, sheet.along), face, kernel_tolerance);
      give_ribs(face, i, sheet, outward, closed);
    }
    // Seen from outside: along the wall's row, over the rib to the cap, back, and down again.
    std::vector<TopoDS_Edge> loop = {side.on_wall, TopoDS::Edge(end(i).rib.Reversed()),
                                     TopoDS::Edge(side.on_cap.Reversed()), start(i).rib};
    TopoDS_Wire wire;
    builder.MakeWire(wire);
    if (!outward) std::reverse(loop.begin(), loop.end());
    for (const TopoDS_Edge& e : loop) builder.Add(wire, outward ? e : TopoDS::Edge(e.Reversed()));
    wire.Closed(true);
    builder.Add(face, wire);
    return outward ? face : TopoDS::Face(face.Reversed());
  }

  // A rib's own parameter is an angle for a fillet, a length for a chamfer, and so is the surface's along it.
  void give_ribs(const TopoDS_Face& face, std::size_t i, const Sheet& sheet, bool outward, bool closed) const {
    const gp_Vec2d across(sheet.cap, sheet.wall), run = gp_Vec2d(sheet.along) * sides_[i].length;
    const auto curve = [&](const gp_Vec2d& shift) {
      return opencascade::handle<Geom2d_Curve>(new Geom2d_Line(sheet.cap.Translated(shift), gp_Dir2d(across)));
    };
    BRep_Builder builder;
    if (!closed) {
      builder.UpdateEdge(start(i).rib, curve({0, 0}), face, kernel_tolerance);
      builder.UpdateEdge(end(i).rib, curve(run), face, kernel_tolerance);
      return;
    }
    // The seam: forward it closes the start of the rows, as the loop stands in the face before it is turned over.
    const auto first = curve({0, 0}), last = curve(run);
    builder.UpdateEdge(start(i).rib, outward ? first : last, outward ? last : first, face, kernel_tolerance);
  }

  bool looks_outward(std::size_t i, const Sheet& sheet) const {
    if (sheet.plain) return true;
    const gp_Vec2d run = gp_Vec2d(sheet.along) * sides_[i].length;
    const gp_Pnt2d middle((sheet.cap.XY() + sheet.wall.XY() + run.XY()) / 2);
    gp_Pnt p;
    gp_Vec du, dv;
    sheet.surface->D1(middle.X(), middle.Y(), p, du, dv);
    gp_Vec inward = start(i).inward;
    if (sides_[i].arc) {
      inward = gp_Vec(p, sides_[i].centre) * sides_[i].sense;
      inward -= normal_ * inward.Dot(normal_);
      inward.Normalize();
    }
    return du.Crossed(dv).Dot(normal_ + inward * up_) > 0;
  }

  Trace trace_of(const RimSide& side) const {
    Trace sources;
    for (const std::size_t face : {cap_, side.wall})
      for (const OriginPtr& origin : faces_[face].trace.origins) sources.merge({{origin->rest()}, {}});
    std::vector<OriginPtr> of;
    for (const OriginPtr& origin : sources.origins) of.push_back(Origin::below({0, 0}, origin));
    return {{Origin::make(std::string(to_string(blend_)), of)}, {}};
  }

  // A face with some of its edges replaced. New edges run as the old ones do.
  static TopoDS_Face rebuilt(const TopoDS_Face& face, const TopTools_DataMapOfShapeShape& by) {
    BRep_Builder builder;
    const TopoDS_Face bare = TopoDS::Face(face.Oriented(TopAbs_FORWARD));
    TopoDS_Face fresh = TopoDS::Face(bare.EmptyCopied());
    for (TopoDS_Iterator wires(bare); wires.More(); wires.Next()) {
      TopoDS_Wire wire;
      builder.MakeWire(wire);
      const TopoDS_Shape old = wires.Value().Oriented(TopAbs_FORWARD);
      for (TopoDS_Iterator it(old); it.More(); it.Next()) {
        const TopoDS_Shape* other = by.Seek(it.Value());
        const bool turned = it.Value().Orientation() == TopAbs_REVERSED;
        builder.Add(wire, !other ? it.Value() : turned ? other->Reversed() : *other);
      }
      wire.Closed(true);
      builder.Add(fresh, wire.Oriented(wires.Value().Orientation()));
    }
    return TopoDS::Face(fresh.Oriented(face.Orientation()));
  }

  // Our rows run along the outline; the map wants them to run as the old edge's own curve.
  static TopoDS_Shape as_old(const TopoDS_Edge& row, const TopoDS_Edge& old) {
    return old.Orientation() == TopAbs_REVERSED ? row.Reversed() : TopoDS_Shape(row);
  }

  void replace_cap() {
    BRep_Builder builder;
    const TopoDS_Face& old = faces_[cap_].face;
    const TopoDS_Face bare = TopoDS::Face(old.Oriented(TopAbs_FORWARD));
    TopoDS_Face fresh = TopoDS::Face(bare.EmptyCopied());
    const bool reversed = old.Orientation() == TopAbs_REVERSED;
    for (TopoDS_Iterator wires(bare); wires.More(); wires.Next()) {
      if (!wires.Value().IsSame(wire_)) {
        builder.Add(fresh, wires.Value());
        continue;
      }
      TopoDS_Wire wire;
      builder.MakeWire(wire);
      std::vector<TopoDS_Shape> rows;
      for (const RimSide& side : sides_) rows.push_back(reversed ? side.on_cap.Reversed() : TopoDS_Shape(side.on_cap));
      if (reversed) std::reverse(rows.begin(), rows.end());
      for (const TopoDS_Shape& row : rows) builder.Add(wire, row);
      wire.Closed(true);
      builder.Add(fresh, wire);
    }
    faces_[cap_].face = TopoDS::Face(fresh.Oriented(old.Orientation()));
  }

  void replace_walls() {
    TopTools_DataMapOfShapeShape by;
    for (const RimCorner& corner : corners_) by.Bind(corner.upright, shortened(corner));
    std::vector<std::size_t> walls;
    for (const RimSide& side : sides_) walls.push_back(side.wall);
    std::sort(walls.begin(), walls.end());
    walls.erase(std::unique(walls.begin(), walls.end()), walls.end());
    for (const std::size_t w : walls) {
      TopTools_DataMapOfShapeShape all = by;
      for (const RimSide& side : sides_)
        if (side.wall == w) all.Bind(side.edge, lowered(side, faces_[w].face));
      faces_[w].face = rebuilt(faces_[w].face, all);
    }
  }

  /// The wall's row in place of an edge, running as the edge's own curve does, with its curve on the wall.
  TopoDS_Shape lowered(const RimSide& side, const TopoDS_Face& wall) const {
    const BRepAdaptor_Surface surface(wall, false);
    if (surface.GetType() != GeomAbs_Plane) {
      double a, b;
      const TopoDS_Edge own = TopoDS::Edge(side.edge.Oriented(TopAbs_FORWARD));
      const opencascade::handle<Geom2d_Curve> old =
          BRep_Tool::CurveOnSurface(own, TopoDS::Face(wall.Oriented(TopAbs_FORWARD)), a, b);
      require(!old.IsNull() && !BRep_Tool::IsClosed(own, wall));
      const gp_Vec axis(surface.GetType() == GeomAbs_Cylinder ? surface.Cylinder().Axis().Direction()
                                                              : surface.Direction());
      const gp_Vec2d shift(0, axis.Dot(normal_) * up_ * size_);
      const bool reversed = side.edge.Orientation() == TopAbs_REVERSED;
      const gp_Pnt2d from = old->Value(reversed ? b : a).Translated(shift),
                     to = old->Value(reversed ? a : b).Translated(shift);
      BRep_Builder().UpdateEdge(side.on_wall, new Geom2d_Line(from, gp_Dir2d(gp_Vec2d(from, to))), wall,
                                kernel_tolerance);
    }
    return as_old(side.on_wall, side.edge);
  }

  TopoDS_Shape shortened(const RimCorner& corner) const {
    BRep_Builder builder;
    TopoDS_Edge fresh = TopoDS::Edge(corner.upright.EmptyCopied());
    const BRepAdaptor_Curve line(corner.upright);
    const double first = line.FirstParameter(), last = line.LastParameter();
    const TopoDS_Vertex a = TopExp::FirstVertex(corner.upright), b = TopExp::LastVertex(corner.upright);
    const bool at_first = a.IsSame(corner.vertex);
    builder.Add(fresh, (at_first ? corner.on_wall : a).Oriented(TopAbs_FORWARD));
    builder.Add(fresh, (at_first ? b : corner.on_wall).Oriented(TopAbs_REVERSED));
    builder.Range(fresh, at_first ? first + size_ : first, at_first ? last : last - size_);
    return fresh;
  }

  std::vector<RimFace>& faces_;
  const std::size_t cap_;
  const TopoDS_Wire wire_;
  const Blend blend_;
  const double size_;
  const BRepAdaptor_Surface surface_;
  gp_Vec normal_;
  double up_ = 0;
  std::vector<RimCorner> corners_;
  std::vector<RimSide> sides_;
};

// A wire of a plane face all of whose edges are among those to blend; with walls square to the face.
std::optional<std::pair<std::size_t, TopoDS_Wire>> next_outline(const std::vector<RimFace>& faces,
                                                                const TopTools_MapOfShape& wanted) {
  for (std::size_t f = 0; f < faces.size(); ++f) {
    if (BRepAdaptor_Surface(faces[f].face, false).GetType() != GeomAbs_Plane) continue;
    for (TopoDS_Iterator wires(faces[f].face); wires.More(); wires.Next()) {
      bool all = true;
      for (TopoDS_Iterator it(wires.Value()); all && it.More(); it.Next()) all = wanted.Contains(it.Value());
      if (all) return std::pair(f, TopoDS::Wire(wires.Value()));
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Blend blend) { return blend == Blend::fillet ? "fillet" : "chamfer"; }

Result<std::optional<Body>> blend_rims(const Body& body, const std::vector<TopoDS_Edge>& edges, Blend blend,
                                       double size) {
  return guarded(to_string(blend), [&]() -> Result<std::optional<Body>> {
    if (carriers(body.shape, TopAbs_SHELL).size() != 1) return std::nullopt;
    std::vector<RimFace> faces;
    auto shapes = faces_of(body.shape);
    for (std::size_t i = 0; i < shapes.size(); ++i)
      faces.push_back({TopoDS::Face(shapes[i]), body.traces[i].below({0, 0})});
    TopTools_MapOfShape wanted;
    for (const TopoDS_Edge& edge : edges) wanted.Add(edge);
    try {
      while (!wanted.IsEmpty()) {
        const auto outline = next_outline(faces, wanted);
        if (!outline) return std::nullopt;
        Rim(faces, outline->first, outline->second, blend, size).apply();
        for (TopoDS_Iterator it(outline->second); it.More(); it.Next()) wanted.Remove(it.Value());
      }
    } catch (const Uncertain&) {
      return std::nullopt;
    }
    TraceCollector traces(TopAbs_FACE);
    shapes.clear();
    for (const RimFace& f : faces) {
      shapes.push_back(f.face);
      traces.add(f.face, f.trace);
    }
    const TopoDS_Shape solid = solid_inside(shapes);
    if (solid.IsNull()) return std::nullopt;
    return std::optional(traces.finish(solid, to_string(blend)));
  });
}

}  // namespace fitwright
