#include "geometry/kernel/rim_outline.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopTools_MapOfShape.hxx>
#include <TopoDS.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/shape_info.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double clear = 1e-4;  // mm

class Reader {
 public:
  Reader(const std::vector<RimFace>& faces, std::size_t cap, const TopoDS_Wire& wire, double size)
      : faces_(faces), cap_(cap), wire_(wire), size_(size), surface_(faces[cap].face, false) {
    outline_.normal = gp_Vec(surface_.Plane().Axis().Direction());
    if (!surface_.Plane().Direct()) outline_.normal.Reverse();
    if (faces[cap].face.Orientation() == TopAbs_REVERSED) outline_.normal.Reverse();
    level_ = outline_.normal.Dot(gp_Vec(surface_.Plane().Location().XYZ()));
  }

  RimOutline read() {
    read_outline();
    find_uprights();
    check_room();
    return outline_;
  }

 private:
  void read_outline() {
    std::vector<TopoDS_Edge> edges;
    for (TopoDS_Iterator it(wire_); it.More(); it.Next()) edges.push_back(TopoDS::Edge(it.Value()));
    if (wire_.Orientation() == TopAbs_REVERSED) std::reverse(edges.begin(), edges.end());
    std::vector<gp_Vec> leaves, arrives;
    for (const TopoDS_Edge& edge : edges) {
      RimSide side;
      side.edge = edge;
      require(!BRep_Tool::Degenerated(edge));
      const BRepAdaptor_Curve curve(side.edge);
      const bool reversed = side.edge.Orientation() == TopAbs_REVERSED;
      const double a = curve.FirstParameter(), b = curve.LastParameter();
      const auto tangent = [&](double t) { return curve.DN(t, 1).Normalized() * (reversed ? -1.0 : 1.0); };
      leaves.push_back(tangent(reversed ? b : a));
      arrives.push_back(tangent(reversed ? a : b));
      if (curve.GetType() == GeomAbs_Circle) {
        const gp_Circ circle = curve.Circle();
        const double turn = gp_Vec(circle.Axis().Direction()).Dot(outline_.normal) * (reversed ? -1 : 1);
        require(std::abs(std::abs(turn) - 1) < 1e-9);
        side.arc = true;
        side.length = b - a;
        side.centre = circle.Location();
        side.radius = circle.Radius();
        side.sense = turn > 0 ? 1 : -1;
        require(side.sense < 0 || side.radius > size_ + clear);
      } else {
        require(curve.GetType() == GeomAbs_Line);
        side.along = leaves.back();
        side.length = b - a;
      }
      RimCorner corner;
      corner.vertex = TopExp::FirstVertex(side.edge, true);
      corner.place = BRep_Tool::Pnt(corner.vertex);
      corner.inward = outline_.normal.Crossed(leaves.back()).Normalized();
      outline_.corners.push_back(corner);
      outline_.sides.push_back(side);
    }
    require(!outline_.sides.empty());
    for (std::size_t i = 0; i < outline_.sides.size(); ++i) {
      const std::size_t next = (i + 1) % outline_.sides.size();
      require(TopExp::LastVertex(outline_.sides[i].edge, true).IsSame(outline_.corners[next].vertex));
      require(arrives[i].Angle(leaves[next]) < 1e-6);
    }
  }

  bool square_to_cap(const BRepAdaptor_Surface& wall) const { return is_wall(wall, gp_Dir(outline_.normal)); }

  // The walls beyond the outline, whether they go down (the edge is convex) or up, and the edges between them.
  void find_uprights() {
    TopTools_IndexedMapOfShape sides, corners;
    for (const RimSide& side : outline_.sides) sides.Add(side.edge);
    for (const RimCorner& corner : outline_.corners) corners.Add(corner.vertex);
    require(static_cast<std::size_t>(sides.Extent()) == outline_.sides.size() &&
            static_cast<std::size_t>(corners.Extent()) == outline_.corners.size());
    std::vector<bool> found(outline_.sides.size());
    for (std::size_t f = 0; f < faces_.size(); ++f) {
      if (f == cap_) continue;
      for (TopExp_Explorer it(faces_[f].face, TopAbs_EDGE); it.More(); it.Next()) {
        const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
        if (const int side = sides.FindIndex(edge); side > 0) {
          const auto i = static_cast<std::size_t>(side - 1);
          require(!found[i]);
          found[i] = true;
          outline_.sides[i].wall = f;
          note_direction(edge, f);
          continue;
        }
        for (const TopoDS_Vertex& end : {TopExp::FirstVertex(edge), TopExp::LastVertex(edge)}) {
          const int corner = corners.FindIndex(end);
          if (corner == 0) continue;
          TopoDS_Edge& upright = outline_.corners[static_cast<std::size_t>(corner - 1)].upright;
          require(upright.IsNull() || upright.IsSame(edge));
          upright = TopoDS::Edge(edge.Oriented(TopAbs_FORWARD));
        }
      }
    }
    require(std::all_of(found.begin(), found.end(), [](bool b) { return b; }));
    for (const RimCorner& corner : outline_.corners) {
      require(!corner.upright.IsNull());
      require(is_upright(corner.upright));
      const BRepAdaptor_Curve line(corner.upright);
      require(line.LastParameter() - line.FirstParameter() > size_ + clear);
    }
  }
  void note_direction(const TopoDS_Edge& edge, std::size_t wall) {
    const BRepAdaptor_Surface surface(faces_[wall].face, false);
    require(square_to_cap(surface));
    const auto side = side_at(edge, surface);
    require(side.has_value());
    const double up = side->inward.Dot(outline_.normal) > 0 ? 1 : -1;
    require(outline_.up == 0 || outline_.up == up);
    outline_.up = up;
  }

  // Nothing but upright walls in the layer that the blend takes, and walls bounded by the cap or beyond the layer.
  void check_room() const {
    Box2 band;
    const View across{gp_Vec(surface_.Plane().XAxis().Direction()), gp_Vec(surface_.Plane().YAxis().Direction())};
    for (const RimSide& side : outline_.sides) {
      const Polygon outline = polygon_of(side.edge, across);
      band.add(outline.box.min);
      band.add(outline.box.max);
    }
    // Within the cap's outer outline the blend reaches inwards only, around a hole's outwards: what keeps further off
    // than that is not its business, such as a neighbour that was blended before.
    const bool outer = covers(band, view_box(faces_[cap_].face, across));
    const double reach = outer ? clear : size_ + clear;
    const double low = std::min(0.0, outline_.up * size_) - clear, high = std::max(0.0, outline_.up * size_) + clear;
    // Blends along the cap's other outlines keep clear if their rows on the cap do: check_outline sees to that.
    TopTools_MapOfShape blended;
    for (const RimFace& face : faces_)
      if (face.cap == cap_)
        for (TopExp_Explorer it(face.face, TopAbs_EDGE); it.More(); it.Next()) blended.Add(it.Current());
    for (std::size_t f = 0; f < faces_.size(); ++f) {
      if (f == cap_ || faces_[f].cap == cap_ || !in_layer(faces_[f].face, low, high)) continue;
      if (!square_to_cap(BRepAdaptor_Surface(faces_[f].face, false))) {
        // What lies in the cap's own plane lies beside the cap.
        const auto [bottom, top] = range_of(faces_[f].face);
        const bool level = bottom > -10 * kernel_tolerance && top < 10 * kernel_tolerance;
        require(level || !view_box(faces_[f].face, across).near(band, reach));
        continue;
      }
      for (TopExp_Explorer it(faces_[f].face, TopAbs_EDGE); it.More(); it.Next()) {
        const auto [bottom, top] = range_of(it.Current());
        const bool on_cap = bottom > -10 * kernel_tolerance && top < 10 * kernel_tolerance;
        const bool beyond = bottom > high || top < low;
        require(on_cap || beyond || is_upright(TopoDS::Edge(it.Current())) || blended.Contains(it.Current()) ||
                !view_box(it.Current(), across).near(band, reach));
      }
    }
  }
  /// Heights over the cap between which an edge or face lies.
  std::pair<double, double> range_of(const TopoDS_Shape& shape) const {
    std::pair<double, double> range{1e300, -1e300};
    const auto add = [&](double middle, double reach) {
      range.first = std::min(range.first, middle - reach - level_);
      range.second = std::max(range.second, middle + reach - level_);
    };
    const auto height = [&](const gp_Pnt& p) { return outline_.normal.Dot(gp_Vec(p.XYZ())); };
    if (shape.ShapeType() == TopAbs_FACE && is_ruled(BRepAdaptor_Surface(TopoDS::Face(shape), false))) {
      for (TopExp_Explorer it(shape, TopAbs_EDGE); it.More(); it.Next()) {
        const auto [low, high] = range_of(it.Current());
        range = {std::min(range.first, low), std::max(range.second, high)};
      }
      return range;
    }
    if (shape.ShapeType() == TopAbs_EDGE) {
      const BRepAdaptor_Curve curve(TopoDS::Edge(shape));
      if (curve.GetType() == GeomAbs_Line) {
        add(height(curve.Value(curve.FirstParameter())), 0);
        add(height(curve.Value(curve.LastParameter())), 0);
        return range;
      }
      if (curve.GetType() == GeomAbs_Circle) {
        const gp_Circ circle = curve.Circle();
        const double tilt = gp_Vec(circle.Axis().Direction()).Crossed(outline_.normal).Magnitude();
        add(height(circle.Location()), circle.Radius() * tilt);
        return range;
      }
    }
    const Box3 box = quick_bounds_of(shape);
    const gp_XYZ n = outline_.normal.XYZ();
    const Vec3 middle = (box.min + box.max) * 0.5, half = (box.max - box.min) * 0.5;
    add(n.X() * middle.x + n.Y() * middle.y + n.Z() * middle.z,
        std::abs(n.X()) * half.x + std::abs(n.Y()) * half.y + std::abs(n.Z()) * half.z);
    return range;
  }
  bool in_layer(const TopoDS_Shape& shape, double low, double high) const {
    const auto [bottom, top] = range_of(shape);
    return bottom < high && top > low;
  }
  bool is_upright(const TopoDS_Edge& edge) const {
    const BRepAdaptor_Curve curve(edge);
    return curve.GetType() == GeomAbs_Line &&
           std::abs(std::abs(gp_Vec(curve.Line().Direction()).Dot(outline_.normal)) - 1) < 1e-12;
  }
  static bool covers(const Box2& all, const Box2& part) {
    return part.min.x >= all.min.x - clear && part.min.y >= all.min.y - clear && part.max.x <= all.max.x + clear &&
           part.max.y <= all.max.y + clear;
  }
  static Box2 view_box(const TopoDS_Shape& shape, const View& view) {
    const Box3 box = quick_bounds_of(shape);
    Box2 flat;
    for (const double x : {box.min.x, box.max.x})
      for (const double y : {box.min.y, box.max.y})
        for (const double z : {box.min.z, box.max.z}) flat.add(view(gp_Pnt(x, y, z)));
    return flat;
  }

  const std::vector<RimFace>& faces_;
  const std::size_t cap_;
  const TopoDS_Wire wire_;
  const double size_;
  const BRepAdaptor_Surface surface_;
  double level_ = 0;  ///< of the cap along its normal
  RimOutline outline_;
};

}  // namespace

std::optional<RimOutline> read_rim(const std::vector<RimFace>& faces, std::size_t cap, const TopoDS_Wire& wire,
                                   double size) {
  return if_certain([&] { return Reader(faces, cap, wire, size).read(); });
}

}  // namespace fitwright
