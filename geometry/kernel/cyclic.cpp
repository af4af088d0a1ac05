#include "geometry/kernel/cyclic.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAdaptor_Surface.hxx>
#include <BRepTools.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_Curve.hxx>
#include <Geom2d_Line.hxx>
#include <Geom_Circle.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_MapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/meridian.hpp"
#include "geometry/kernel/polygon.hpp"
#include "geometry/kernel/prism.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr std::size_t fewest = 6;  // copies for which a sector pays

// Points that tell one solid from another: ends and middles of all edges, in order.
std::vector<gp_Pnt> marks_of(const TopoDS_Shape& solid) {
  std::vector<gp_Pnt> marks;
  for (const TopoDS_Shape& edge : carriers(solid, TopAbs_EDGE)) {
    const BRepAdaptor_Curve curve(TopoDS::Edge(edge));
    const double a = curve.FirstParameter(), b = curve.LastParameter();
    for (const double t : {a, (2 * a + b) / 3, b}) marks.push_back(curve.Value(t));
  }
  return marks;
}

bool same_marks(const std::vector<gp_Pnt>& a, const std::vector<gp_Pnt>& b, const gp_Trsf& turn) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].Transformed(turn).Distance(b[i]) > kernel_tolerance) return false;
  return true;
}

gp_Trsf turned(const gp_Ax1& axis, double angle) {
  gp_Trsf t;
  t.SetRotation(axis, angle);
  return t;
}

/// One sector of the base, cut, and all that is needed to repeat it.
class Cyclic {
 public:
  Cyclic(const Body& base, const std::vector<SolidUse>& tools, const gp_Ax1& axis, BooleanTask& task)
      : base_(base), tools_(tools), axis_(axis), task_(task), step_(2 * M_PI / static_cast<double>(tools.size())) {}

  Result<Body> cut() {
    check_tools();
    FW_TRY(const Body sector, cut_sector());
    sector_volume_ = volume_of(sector.shape);
    read(sector);
    for (std::size_t k = 0; k < tools_.size(); ++k)
      turns_.push_back(k == 0 ? TopLoc_Location() : TopLoc_Location(turned(axis_, step_ * static_cast<double>(k))));
    return assemble();
  }

 private:
  /// Faces of the sector by where they come from.
  struct Piece {
    TopoDS_Face face;
    std::size_t origin = 0;  ///< face of the base, or of the first tool
    bool of_tool = false;
    bool at_start = false, at_end = false;  ///< touches the sector's first, last side
  };

  gp_Ax3 frame() const {
    // Angles are counted from the middle of the first tool.
    return gp_Ax3(axis_.Location(), axis_.Direction(), gp_Dir(middle_));
  }

  // All tools alike, prisms along the axis, each within its own share of the turn.
  void check_tools() {
    const auto first = marks_of(tools_.front().body.shape);
    for (std::size_t k = 1; k < tools_.size(); ++k)
      require(same_marks(first, marks_of(tools_[k].body.shape), turned(axis_, step_ * static_cast<double>(k))));
    for (const SolidUse& tool : tools_) require(tool.body.traces.size() == tools_.front().body.traces.size());
    const auto& prisms = tools_.front().body.prisms;
    require(prisms.size() == 1 && !prisms.front().thread);
    const gp_Vec along = to_vec(prisms.front().at.apply_direction({0, 0, 1}));
    require(gp_Dir(along).IsParallel(axis_.Direction(), 1e-10));
    const gp_Vec x(gp_Ax2(axis_.Location(), axis_.Direction()).XDirection());
    const gp_Vec y = gp_Vec(axis_.Direction()).Crossed(x);
    const Polygon outline =
        polygons_of(TopoDS::Face(moved_shape(prisms.front().profile, prisms.front().at)), View{x, y}).outer;
    const View view{x, y};
    const Vec2 centre = view(axis_.Location());
    Vec2 sum;
    for (const Vec2& p : outline.points) sum = sum + (p - centre);
    require(length(sum) > 1e-6);
    const Vec2 towards = sum * (1 / length(sum));
    middle_ = x * towards.x + y * towards.y;
    for (const Vec2& p : outline.points) {
      const Vec2 arm = p - centre;
      const double reach = length(arm);
      require(reach > 10 * outline.slack + 1e-3);
      const double angle = std::abs(std::atan2(cross(towards, arm), dot(towards, arm)));
      require(angle + std::asin(std::min(1.0, 2 * outline.slack / reach)) + 1e-3 / reach < step_ / 2);
    }
  }

  // The wedge between the planes half a step before and after the tool's middle.
  Result<Body> wedge_tool() const {
    const Box3 box = quick_bounds_of(base_.shape);
    const double far = 2 * length(box.size()) / std::cos(step_ / 2) + 1;
    const gp_Ax3 f = frame();
    const gp_Vec x(f.XDirection()), y(f.YDirection()), z(f.Direction());
    double low = 1e300, high = -1e300;
    for (const double bx : {box.min.x, box.max.x})
      for (const double by : {box.min.y, box.max.y})
        for (const double bz : {box.min.z, box.max.z}) {
          const double h = gp_Vec(axis_.Location(), gp_Pnt(bx, by, bz)).Dot(z);
          low = std::min(low, h - 1);
          high = std::max(high, h + 1);
        }
    const double c = far * std::cos(step_ / 2), s = far * std::sin(step_ / 2);
    FW_TRY(const Body triangle, make_region({{0, 0}, {{{c, -s}, "start"}, {{c, s}, "far"}, {{0, 0}, "end"}}}));
    Placement place;
    place.linear = {Vec3{x.X(), y.X(), z.X()}, Vec3{x.Y(), y.Y(), z.Y()}, Vec3{x.Z(), y.Z(), z.Z()}};
    place.offset = from_occt(axis_.Location().Translated(z * low));
    FW_TRY(Body prism, make_prism(triangle, {Trace::of_role("low")}, {Trace::of_role("high")}, 0, high - low, task_));
    prism.shape = moved_shape(prism.shape, place);
    return prism;
  }

  // Traces of the result say where its faces come from: "base 3", "tool 1", "start", "end".
  Result<Body> cut_sector() const {
    const auto numbered = [](const TopoDS_Shape& shape, std::size_t count, const std::string& name) {
      Body body{shape, {}};
      for (std::size_t i = 0; i < count; ++i) body.traces.push_back(Trace::of_role(name + std::to_string(i)));
      return body;
    };
    // The base's own seams are turned away from the sector.
    const double away = M_PI + seam_angle();
    const TopoDS_Shape turned_base = base_.shape.Moved(TopLoc_Location(turned(axis_, away)));
    FW_TRY(const Body wedge, wedge_tool());
    BooleanTask task{task_.stop, false};
    FW_TRY(const Body part, intersect({numbered(turned_base, base_.traces.size(), "base ")}, {{wedge}}, task));
    const double share = volume_of(base_.shape) / static_cast<double>(tools_.size());
    require(std::abs(volume_of(part.shape) - share) <= 1e-6 * share);
    const Body& tool = tools_.front().body;
    return subtract({part}, {{numbered(tool.shape, tool.traces.size(), "tool ")}}, task);
  }
  // How far the tool's middle lies beyond the base's seams.
  double seam_angle() const {
    for (const TopoDS_Shape& edge : carriers(base_.shape, TopAbs_EDGE)) {
      const BRepAdaptor_Curve curve(TopoDS::Edge(edge));
      if (curve.GetType() != GeomAbs_Circle) continue;
      const gp_Vec arm(curve.Circle().Location(), curve.Value(curve.FirstParameter()));
      return gp_Dir(arm).AngleWithRef(gp_Dir(middle_), axis_.Direction());
    }
    return 0;
  }

  void read(const Body& sector) {
    const auto shapes = faces_of(sector.shape);
    std::vector<TopoDS_Face> starts, ends;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      require(sector.traces[i].origins.size() == 1);
      const std::string& role = final_role(*sector.traces[i].origins.front());
      const TopoDS_Face& face = TopoDS::Face(shapes[i]);
      if (role == "start")
        starts.push_back(face);
      else if (role == "end")
        ends.push_back(face);
      else
        pieces_.push_back({face, std::stoul(role.substr(5)), role.starts_with("tool")});
    }
    require(!starts.empty() && starts.size() == ends.size());
    for (const auto& [faces, map] : {std::pair(&starts, &start_edges_), std::pair(&ends, &end_edges_)})
      for (const TopoDS_Face& face : *faces)
        for (TopExp_Explorer it(face, TopAbs_EDGE); it.More(); it.Next()) map->Add(it.Current());
    for (Piece& piece : pieces_) {
      bool plain = true;  // no seam or apex of its own, which only a face that is copied whole may have
      for (TopExp_Explorer it(piece.face, TopAbs_EDGE); it.More(); it.Next()) {
        const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
        plain &= !BRep_Tool::Degenerated(edge) && !BRep_Tool::IsClosed(edge, piece.face);
        piece.at_start |= start_edges_.Contains(edge);
        piece.at_end |= end_edges_.Contains(edge);
      }
      require(plain || (!piece.at_start && !piece.at_end));
    }
    for (const TopTools_MapOfShape* edges : {&start_edges_, &end_edges_})
      for (TopTools_MapOfShape::Iterator it(*edges); it.More(); it.Next())
        for (TopExp_Explorer v(it.Value(), TopAbs_VERTEX); v.More(); v.Next())
          (edges == &start_edges_ ? start_vertices_ : end_vertices_).Add(v.Current());
  }

  TopoDS_Shape copy(const TopoDS_Shape& shape, std::size_t k) const { return shape.Moved(turns_[k % turns_.size()]); }

  bool at_start(const TopoDS_Edge& e) const {
    return start_vertices_.Contains(TopExp::FirstVertex(e)) || start_vertices_.Contains(TopExp::LastVertex(e));
  }
  bool at_end(const TopoDS_Edge& e) const {
    return end_vertices_.Contains(TopExp::FirstVertex(e)) || end_vertices_.Contains(TopExp::LastVertex(e));
  }

  /// An arc of the sector seen counter-clockwise about the axis.
  struct Arc {
    TopoDS_Vertex first, last;
    bool forward = true;  ///< its own curve runs counter-clockwise
    double sweep = 0, radius = 0;
    gp_Pnt centre;
  };
  Arc arc_of(const TopoDS_Edge& edge) const {
    const BRepAdaptor_Curve curve(edge);
    require(curve.GetType() == GeomAbs_Circle && coaxial(curve.Circle().Axis(), axis_));
    Arc arc;
    arc.forward = curve.Circle().Axis().Direction().Dot(axis_.Direction()) > 0;
    arc.sweep = curve.LastParameter() - curve.FirstParameter();
    arc.radius = curve.Circle().Radius();
    arc.centre = curve.Circle().Location();
    const TopoDS_Edge own = TopoDS::Edge(edge.Oriented(TopAbs_FORWARD));
    arc.first = arc.forward ? TopExp::FirstVertex(own) : TopExp::LastVertex(own);
    arc.last = arc.forward ? TopExp::LastVertex(own) : TopExp::FirstVertex(own);
    return arc;
  }

  /// Whether a face all around it is bounded by the arc's outline and needs a seam.
  bool at_ring(const TopoDS_Edge& edge) const {
    return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
      if (!needs_seam(piece)) return false;
      for (TopExp_Explorer it(piece.face, TopAbs_EDGE); it.More(); it.Next())
        if (it.Current().IsSame(edge)) return true;
      return false;
    });
  }
  static bool needs_seam(const Piece& piece) {
    return piece.at_start && piece.at_end && BRepAdaptor_Surface(piece.face, false).GetType() != GeomAbs_Plane;
  }

  TopoDS_Edge new_arc(const Arc& shape, const TopoDS_Shape& from, const TopoDS_Shape& to, double sweep) const {
    const gp_Pnt start = BRep_Tool::Pnt(TopoDS::Vertex(from));
    const gp_Ax2 axes(shape.centre, axis_.Direction(), gp_Dir(gp_Vec(shape.centre, start)));
    return edge_between(new Geom_Circle(axes, shape.radius), 0, sweep, from, to);
  }

  /// What becomes of an arc that ends on the sector's side, in each copy.
  struct Joint {
    Arc arc;                         ///< the one that ends at the sector's last side, or runs right across
    TopoDS_Edge next;                ///< the one that starts at the first side; null if it runs right across
    std::vector<TopoDS_Edge> edges;  ///< copy k's, joined with copy k + 1's; one circle if it runs right across
    TopoDS_Edge opening;             ///< where a seam keeps the first side's vertex: from there on
  };

  // Arcs about the axis that end on the sector's sides become one with the next sector's.
  void join_arcs() {
    TopTools_MapOfShape seen;
    std::vector<TopoDS_Edge> ending, starting;
    for (const Piece& piece : pieces_)
      for (TopExp_Explorer it(piece.face, TopAbs_EDGE); it.More(); it.Next()) {
        const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
        if (start_edges_.Contains(edge) || end_edges_.Contains(edge) || !seen.Add(edge)) continue;
        if (at_end(edge))
          ending.push_back(edge);
        else if (at_start(edge))
          starting.push_back(edge);
      }
    for (const TopoDS_Edge& edge : ending) {
      Joint joint;
      joint.arc = arc_of(edge);
      if (at_start(edge)) {
        const TopoDS_Shape vertex = joint.arc.first;
        joint.edges = {new_arc(joint.arc, vertex, vertex, 2 * M_PI)};
      } else {
        const gp_Pnt end = BRep_Tool::Pnt(joint.arc.last);
        const gp_Trsf turn = turned(axis_, step_);
        const auto next = std::find_if(starting.begin(), starting.end(), [&](const TopoDS_Edge& e) {
          return BRep_Tool::Pnt(arc_of(e).first).Transformed(turn).Distance(end) < 10 * kernel_tolerance;
        });
        require(next != starting.end());
        joint.next = *next;
        const Arc onward = arc_of(*next);
        const std::size_t n = tools_.size();
        const bool opens = at_ring(edge);
        for (std::size_t k = 0; k < n; ++k) {
          const bool closing = opens && k + 1 == n;
          joint.edges.push_back(closing ? new_arc(joint.arc, copy(joint.arc.first, k), onward.first, joint.arc.sweep)
                                        : new_arc(joint.arc, copy(joint.arc.first, k), copy(onward.last, k + 1),
                                                  joint.arc.sweep + onward.sweep));
        }
        if (opens) joint.opening = new_arc(onward, onward.first, onward.last, onward.sweep);
      }
      joints_.Add(edge, joint);
      if (!joint.next.IsNull()) openings_.Add(joint.next, edge);
    }
    require(openings_.Extent() == static_cast<int>(starting.size()));
  }

  /// A face put together from pieces of one face of the base in neighbouring sectors.
  class Merged {
   public:
    Merged(const Cyclic& all, const Piece& piece)
        : all_(all),
          seam_(needs_seam(piece)),
          orientation_(piece.face.Orientation()),
          surface_(BRep_Tool::Surface(piece.face)) {
      if (BRepAdaptor_Surface(piece.face, false).GetType() != GeomAbs_Plane) sense_ = sense_of(piece.face);
      builder_.MakeFace(face_, surface_, kernel_tolerance);
    }

    void add(const Piece& piece, std::size_t k) {
      const TopoDS_Face bare = TopoDS::Face(piece.face.Oriented(TopAbs_FORWARD));
      for (TopExp_Explorer it(bare, TopAbs_EDGE); it.More(); it.Next()) {
        const TopoDS_Edge& edge = TopoDS::Edge(it.Current());
        if (all_.end_edges_.Contains(edge)) continue;  // inside the merged face, as the first side is but for a seam
        if (all_.start_edges_.Contains(edge)) {
          if (seam_ && k == 0) add_seam(edge, bare);
        } else if (const Joint* joint = all_.joints_.Seek(edge)) {
          const bool across = joint->next.IsNull();
          if (!across || k == 0) add_arc(joint->edges[k], joint->arc, edge, bare, k, across);
        } else if (const TopoDS_Shape* before = all_.openings_.Seek(edge)) {
          const Joint& joint_before = all_.joints_.FindFromKey(*before);
          if (!joint_before.opening.IsNull() && k % all_.tools_.size() == 0)
            add_arc(joint_before.opening, all_.arc_of(edge), edge, bare, k, false);
        } else {
          add_copy(edge, bare, k);
        }
      }
    }

    TopoDS_Face finish() {
      std::vector<bool> used(uses_.size());
      for (std::size_t i = 0; i < uses_.size(); ++i) {
        if (used[i]) continue;
        TopoDS_Wire wire;
        builder_.MakeWire(wire);
        for (std::size_t at = i; !used[at]; at = following(at)) {
          used[at] = true;
          builder_.Add(wire, uses_[at].edge);
        }
        wire.Closed(true);
        builder_.Add(face_, wire);
      }
      return TopoDS::Face(face_.Oriented(orientation_));
    }

   private:
    /// An edge as it stands in the face. Places at a seam are told apart by the side they lie on.
    struct Use {
      TopoDS_Edge edge;
      int from_side = 0, to_side = 0;
    };

    std::size_t following(std::size_t at) const {
      const TopoDS_Vertex end = TopExp::LastVertex(uses_[at].edge, true);
      std::optional<std::size_t> found;
      for (std::size_t i = 0; i < uses_.size(); ++i)
        if (uses_[i].from_side == uses_[at].to_side && TopExp::FirstVertex(uses_[i].edge, true).IsSame(end)) {
          require(!found);
          found = i;
        }
      require(found.has_value());
      return *found;
    }

    // Plane faces need no curves in parameters. On the others u is an angle; which way it grows is asked of the
    // surface, whose frame may be left-handed.
    double sense_of(const TopoDS_Face& face) const {
      double u0, u1, v0, v1;
      BRepTools::UVBounds(face, u0, u1, v0, v1);
      gp_Pnt p;
      gp_Vec du, dv;
      surface_->D1((u0 + u1) / 2, (v0 + v1) / 2, p, du, dv);
      const gp_Vec onward = gp_Vec(all_.axis_.Direction()).Crossed(gp_Vec(all_.axis_.Location(), p));
      return du.Dot(onward) > 0 ? 1 : -1;
    }
    double turn_of(std::size_t k) const { return sense_ * all_.step_ * static_cast<double>(k); }

    opencascade::handle<Geom2d_Curve> curve_on(const TopoDS_Edge& edge, const TopoDS_Face& bare, double& a,
                                               double& b) const {
      const auto curve = BRep_Tool::CurveOnSurface(TopoDS::Edge(edge.Oriented(TopAbs_FORWARD)), bare, a, b);
      require(!curve.IsNull());
      return curve;
    }
    static opencascade::handle<Geom2d_Curve> shifted(const opencascade::handle<Geom2d_Curve>& curve, double du) {
      return opencascade::handle<Geom2d_Curve>::DownCast(curve->Translated(gp_Vec2d(du, 0)));
    }

    void add_copy(const TopoDS_Edge& edge, const TopoDS_Face& bare, std::size_t k) {
      const TopoDS_Edge moved = TopoDS::Edge(all_.copy(edge, k));
      if (sense_ != 0) {
        double a, b;
        const auto curve = curve_on(edge, bare, a, b);
        builder_.UpdateEdge(TopoDS::Edge(moved.Oriented(TopAbs_FORWARD)), shifted(curve, turn_of(k)), surface_,
                            TopLoc_Location(), kernel_tolerance);
      }
      uses_.push_back({moved});
    }

    void add_arc(const TopoDS_Edge& fresh, const Arc& arc, const TopoDS_Edge& edge, const TopoDS_Face& bare,
                 std::size_t k, bool across) {
      if (sense_ != 0) {
        double a, b;
        const auto curve = curve_on(edge, bare, a, b);
        const gp_Pnt2d start = curve->Value(arc.forward ? a : b);
        builder_.UpdateEdge(fresh, new Geom2d_Line(gp_Pnt2d(start.X() + turn_of(k), start.Y()), gp_Dir2d(sense_, 0)),
                            surface_, TopLoc_Location(), kernel_tolerance);
      }
      const bool counter_clockwise = (edge.Orientation() != TopAbs_REVERSED) == arc.forward;
      Use use{counter_clockwise ? fresh : TopoDS::Edge(fresh.Reversed())};
      if (seam_) {
        // Counter-clockwise ends at a seam lie before it, starts behind it.
        const bool ends_there = across || k + 1 == all_.tools_.size();
        const int start_side = 0, end_side = ends_there ? 1 : 0;
        use.from_side = counter_clockwise ? start_side : end_side;
        use.to_side = counter_clockwise ? end_side : start_side;
      }
      uses_.push_back(use);
    }

    void add_seam(const TopoDS_Edge& edge, const TopoDS_Face& bare) {
      double a, b;
      const auto here = curve_on(edge, bare, a, b);
      const auto there = shifted(here, sense_ * 2 * M_PI);
      double first, last;
      const opencascade::handle<Geom_Curve> curve = BRep_Tool::Curve(edge, first, last);
      const TopoDS_Edge own = TopoDS::Edge(edge.Oriented(TopAbs_FORWARD));
      const TopoDS_Edge seam = edge_between(curve, first, last, TopExp::FirstVertex(own), TopExp::LastVertex(own));
      const bool forward = edge.Orientation() != TopAbs_REVERSED;
      builder_.UpdateEdge(seam, forward ? here : there, forward ? there : here, surface_, TopLoc_Location(),
                          kernel_tolerance);
      uses_.push_back({TopoDS::Edge(seam.Oriented(edge.Orientation())), 0, 0});
      uses_.push_back({TopoDS::Edge(seam.Oriented(TopAbs::Reverse(edge.Orientation()))), 1, 1});
    }

    const Cyclic& all_;
    const bool seam_;
    const TopAbs_Orientation orientation_;
    const opencascade::handle<Geom_Surface> surface_;
    double sense_ = 0;  ///< 1: u grows counter-clockwise about the axis; -1: the other way; 0: a plane
    TopoDS_Face face_;
    BRep_Builder builder_;
    std::vector<Use> uses_;
  };

  Result<Body> assemble() {
    join_arcs();
    const std::size_t n = tools_.size();
    TraceCollector traces(TopAbs_FACE);
    std::vector<TopoDS_Shape> faces;
    const auto keep = [&](const TopoDS_Shape& face, const Trace& trace) {
      faces.push_back(face);
      traces.add(face, trace);
    };
    for (const Piece& piece : pieces_) {
      const Trace& own = piece.of_tool ? tools_.front().body.traces[piece.origin] : base_.traces[piece.origin];
      if (!piece.at_start && !piece.at_end) {
        for (std::size_t k = 0; k < n; ++k)
          keep(copy(piece.face, k), piece.of_tool ? tools_[k].body.traces[piece.origin] : own);
        continue;
      }
      require(!piece.of_tool);
      if (piece.at_start && piece.at_end) {
        Merged ring(*this, piece);
        for (std::size_t k = 0; k < n; ++k) ring.add(piece, k);
        keep(ring.finish(), own);
      } else if (piece.at_end) {
        const auto onward = std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& other) {
          return other.at_start && !other.at_end && !other.of_tool && other.origin == piece.origin;
        });
        require(onward != pieces_.end());
        for (std::size_t k = 0; k < n; ++k) {
          Merged face(*this, piece);
          face.add(piece, k);
          face.add(*onward, k + 1);
          keep(face.finish(), own);
        }
      }
    }
    const TopoDS_Shape solid = solid_inside(faces);
    require(!solid.IsNull());
    const double volume = volume_of(solid), expected = sector_volume_ * static_cast<double>(n);
    require(std::abs(volume - expected) <= 1e-6 * expected && volume < volume_of(base_.shape));
    return traces.finish(solid, "face");
  }

  const Body& base_;
  const std::vector<SolidUse>& tools_;
  const gp_Ax1 axis_;
  BooleanTask& task_;
  const double step_;
  gp_Vec middle_;
  double sector_volume_ = 0;
  std::vector<Piece> pieces_;
  TopTools_MapOfShape start_edges_, end_edges_, start_vertices_, end_vertices_;
  std::vector<TopLoc_Location> turns_;
  NCollection_IndexedDataMap<TopoDS_Shape, Joint, TopTools_ShapeMapHasher> joints_;           // by the arc that ends
  NCollection_IndexedDataMap<TopoDS_Shape, TopoDS_Shape, TopTools_ShapeMapHasher> openings_;  // starting arc: ending
};

}  // namespace

Result<std::optional<Body>> cut_cyclic(const Body& base, const std::vector<SolidUse>& tools, BooleanTask& task) {
  if (tools.size() < fewest || carriers(base.shape, TopAbs_SHELL).size() != 1) return std::nullopt;
  const auto axis = revolution_axis(base.shape);
  if (!axis) return std::nullopt;
  try {
    // Patterns turn counter-clockwise about +z or -z: one of the two is the axis' own sense.
    for (const gp_Ax1& sense : {*axis, axis->Reversed()}) {
      const gp_Trsf turn = turned(sense, 2 * M_PI / static_cast<double>(tools.size()));
      if (!same_marks(marks_of(tools[0].body.shape), marks_of(tools[1].body.shape), turn)) continue;
      auto body = Cyclic(base, tools, sense, task).cut();
      if (!body && body.error().kind == ErrorKind::cancelled) return tl::unexpected(std::move(body).error());
      if (!body) return std::nullopt;
      task.served = std::max(task.served, Tier::repeated);
      return std::optional(std::move(*body));
    }
  } catch (const Uncertain&) {
  } catch (const Standard_Failure&) {
  }
  return std::nullopt;
}

}  // namespace fitwright
