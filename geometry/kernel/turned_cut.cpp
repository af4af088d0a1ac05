#include "geometry/kernel/turned_cut.hpp"

#include <BRep_Builder.hxx>
#include <Geom2d_BSplineCurve.hxx>
#include <Geom2d_Line.hxx>
#include <Geom_BSplineCurve.hxx>
#include <Geom_Circle.hxx>
#include <Geom_ConicalSurface.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <Geom_Line.hxx>
#include <Geom_Plane.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Pln.hxx>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/hermite.hpp"
#include "geometry/kernel/laid_profile.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/meridian.hpp"
#include "geometry/kernel/uncertain.hpp"

namespace fitwright {

namespace {

constexpr double spline_error = 1e-8;  // mm, a tenth of the kernel's tolerance

bool about_axis(const PlaneCurve& c) { return c.kind == PlaneCurve::Kind::arc && length(c.centre) < kernel_tolerance; }

double span_of(const PlaneCurve& c) {
  return c.kind == PlaneCurve::Kind::line ? length(c.to - c.from) : std::abs(c.sweep);
}

/// A plan curve and what stands above it on a cone, along its length (lines) or angle (arcs), with derivatives.
struct Lift {
  const PlaneCurve& curve;
  const MeridianLine& line;

  struct Plan {
    Vec2 p, d, dd;
    double r = 0, r1 = 0, r2 = 0;  ///< radius
  };
  Plan plan(double t) const {
    Plan x;
    if (curve.kind == PlaneCurve::Kind::line) {
      x.d = (curve.to - curve.from) * (1 / span_of(curve));
      x.p = curve.from + x.d * t;
    } else {
      const double sense = curve.sweep > 0 ? 1 : -1;
      const Vec2 a = curve.from - curve.centre;
      const double c = std::cos(t), s = sense * std::sin(t);
      const Vec2 arm{a.x * c - a.y * s, a.x * s + a.y * c};
      x.p = curve.centre + arm;
      x.d = Vec2{-arm.y, arm.x} * sense;
      x.dd = arm * -1;
    }
    x.r = length(x.p);
    x.r1 = dot(x.p, x.d) / x.r;
    x.r2 = (dot(x.d, x.d) + dot(x.p, x.dd) - x.r1 * x.r1) / x.r;
    return x;
  }
  Jet in_space(double t) const {
    const Plan x = plan(t);
    return {{x.p.x, x.p.y, line.at(x.r)}, {x.d.x, x.d.y, line.slope * x.r1}, {x.dd.x, x.dd.y, line.slope * x.r2}};
  }
  /// Angle from the start, and distance along the cone's generatrix from its inner end.
  Jet on_cone(double t, double sine) const {
    const Plan x = plan(t);
    const double turn = cross(x.p, x.d) / (x.r * x.r);
    const double angle = std::atan2(cross(curve.from, x.p), dot(curve.from, x.p));
    return {{angle, (x.r - line.inner) / sine, 0},
            {turn, x.r1 / sine, 0},
            {(cross(x.p, x.dd) - 2 * x.r * x.r1 * turn) / (x.r * x.r), x.r2 / sine, 0}};
  }
};

/// Gives a plan its vertices, edges and faces.
class Maker {
 public:
  Maker(const TurnedPlan& plan, const Meridian& meridian)
      : plan_(plan), meridian_(meridian), nodes_at_(plan.vertices.size()) {}

  TopoDS_Face face(const TurnedFace& f, bool top) {
    const MeridianLine& line = meridian_.lines[f.line];
    if (line.flat()) {
      TopoDS_Face face;
      builder_.MakeFace(face, new Geom_Plane(gp_Pln(gp_Pnt(0, 0, line.height), gp_Dir(0, 0, 1))), kernel_tolerance);
      for (const RailLoop& loop : f.loops) {
        Walk walk;
        for (const RailUse& use : loop) walk.push_back({edge(use.rail, f.line).edge, use.forward});
        add_wire(face, walk, false);
      }
      return top ? face : TopoDS::Face(face.Reversed());
    }
    return cone(f, line, top);
  }

  TopoDS_Face wall(const TurnedWall& w) {
    const PlaneCurve c = curve_of(w.rails.front());
    TopoDS_Face face;
    if (c.kind == PlaneCurve::Kind::line) {
      const gp_Dir along(c.to.x - c.from.x, c.to.y - c.from.y, 0);
      builder_.MakeFace(face, new Geom_Plane(gp_Pln(gp_Ax3(to_pnt(c.from), gp_Dir(along.Y(), -along.X(), 0), along))),
                        kernel_tolerance);
      add_wire(face, wall_walk(w), false);
      return face;
    }
    const bool outward = c.sweep > 0;
    const Vec2 start = c.from - c.centre;
    builder_.MakeFace(
        face,
        new Geom_CylindricalSurface(gp_Ax3(to_pnt(c.centre), gp_Dir(0, 0, 1), gp_Dir(start.x, start.y, 0)), c.radius),
        kernel_tolerance);
    double u = 0;
    for (const RailUse& use : w.rails) {
      for (const bool upper : {false, true}) give_cylinder_curve(face, use, line_at(use, upper), u);
      u += curve_of(use).sweep;
    }
    const auto upright_curve = [](double at) { return new Geom2d_Line(gp_Pnt2d(at, 0), gp_Dir2d(0, 1)); };
    const TopoDS_Edge first = upright(w.rails.front(), false), last = upright(w.rails.back(), true);
    if (w.round) {
      // Upwards the material's outline ends, so the seam's forward use lies at the far end.
      builder_.UpdateEdge(first, upright_curve(outward ? u : 0), upright_curve(outward ? 0 : u), face,
                          kernel_tolerance);
    } else {
      if (!first.IsNull()) builder_.UpdateEdge(first, upright_curve(0), face, kernel_tolerance);
      if (!last.IsNull()) builder_.UpdateEdge(last, upright_curve(u), face, kernel_tolerance);
    }
    add_wire(face, wall_walk(w), !outward);
    return outward ? face : TopoDS::Face(face.Reversed());
  }

 private:
  /// A rail lifted onto a line.
  struct Lifted {
    TopoDS_Edge edge;
    opencascade::handle<Geom_BSplineCurve> spline;  ///< null for level edges
    int pieces = 0;
  };
  using Walk = std::vector<std::pair<TopoDS_Edge, bool>>;

  PlaneCurve curve_of(const RailUse& use) const {
    const PlaneCurve& c = plan_.rails[use.rail].curve;
    return use.forward ? c : c.reversed();
  }
  std::size_t line_at(const RailUse& use, bool upper) const {
    const Rail& rail = plan_.rails[use.rail];
    const MeridianRing& ring = meridian_.rings[rail.left ? *rail.left : *rail.right];
    return upper ? ring.upper : ring.lower;
  }

  // Lines that meet above a place share its node.
  std::size_t node(std::size_t vertex, std::size_t line) {
    const Vec2 p = plan_.vertices[vertex];
    const double z = meridian_.lines[line].at(length(p));
    for (const std::size_t known : nodes_at_[vertex]) {
      if (std::abs(heights_[known] - z) < kernel_tolerance) return known;
      require(std::abs(heights_[known] - z) > 1e-5);
    }
    TopoDS_Vertex v;
    builder_.MakeVertex(v, gp_Pnt(p.x, p.y, z), kernel_tolerance);
    nodes_at_[vertex].push_back(heights_.size());
    heights_.push_back(z);
    vertices_.push_back(v);
    return vertices_.size() - 1;
  }

  const Lifted& edge(std::size_t number, std::size_t on) {
    const Rail& rail = plan_.rails[number];
    const std::size_t from = node(rail.from, on), to = node(rail.to, on);
    // Circles about the axis are shared by the lines that meet there; everything else has a line of its own.
    Lifted& lifted = about_axis(rail.curve) ? circles_[{number, from}] : edges_[{number, on}];
    if (!lifted.edge.IsNull()) return lifted;
    const MeridianLine& line = meridian_.lines[on];
    const PlaneCurve& c = rail.curve;
    opencascade::handle<Geom_Curve> curve;
    if (line.flat() || about_axis(c)) {
      const gp_Pnt start(c.from.x, c.from.y, heights_[from]);
      if (c.kind == PlaneCurve::Kind::line) {
        curve = new Geom_Line(start, gp_Dir(c.to.x - c.from.x, c.to.y - c.from.y, 0));
      } else {
        const Vec2 arm = c.from - c.centre;
        curve = new Geom_Circle(gp_Ax2(gp_Pnt(c.centre.x, c.centre.y, heights_[from]),
                                       gp_Dir(0, 0, c.sweep > 0 ? 1 : -1), gp_Dir(arm.x, arm.y, 0)),
                                c.radius);
      }
    } else {
      std::tie(lifted.spline, lifted.pieces) = lift({c, line});
      curve = lifted.spline;
    }
    lifted.edge = edge_between(curve, 0, span_of(c), vertices_[from], vertices_[to]);
    return lifted;
  }

  // As many pieces as it takes, in space and on the cone; the error, measured between the joints, falls with their
  // length's sixth power.
  std::pair<opencascade::handle<Geom_BSplineCurve>, int> lift(const Lift& l) {
    const double span = span_of(l.curve), sine = sine_of(l.line);
    for (int attempt = 0; attempt < 8; ++attempt) {
      const auto spline = hermite_spline(0, span, pieces_, [&](double t) { return l.in_space(t); });
      const auto flat = hermite_spline(0, span, pieces_, [&](double t) { return l.on_cone(t, sine); });
      double worst = 0;
      for (int i = 0; i < 2 * pieces_; ++i) {
        const double t = (i + 0.5) * span / (2 * pieces_);
        const Jet want = l.in_space(t), cone = l.on_cone(t, sine);
        const gp_Pnt uv = flat->Value(t);
        worst = std::max({worst, length(from_occt(spline->Value(t)) - want.place), std::abs(uv.Y() - cone.place.y),
                          std::abs(uv.X() - cone.place.x) * length(Vec2{want.place.x, want.place.y})});
      }
      if (worst <= spline_error) return {spline, pieces_};
      const double more = std::clamp(1.1 * std::pow(worst / spline_error, 1.0 / 6), 1.2, 8.0);
      pieces_ = static_cast<int>(std::ceil(pieces_ * more));
      require(pieces_ <= 1000);
    }
    throw Uncertain{};
  }

  // From the lower to the upper line at a wall's end; null where they meet.
  TopoDS_Edge upright(const RailUse& use, bool at_end) {
    const Rail& rail = plan_.rails[use.rail];
    const std::size_t vertex = use.forward == at_end ? rail.to : rail.from;
    const std::size_t from = node(vertex, line_at(use, false)), to = node(vertex, line_at(use, true));
    if (from == to) return {};
    TopoDS_Edge& e = uprights_[{from, to}];
    if (e.IsNull()) {
      const Vec2 p = plan_.vertices[vertex];
      e = edge_between(new Geom_Line(gp_Pnt(p.x, p.y, 0), gp_Dir(0, 0, 1)), heights_[from], heights_[to],
                       vertices_[from], vertices_[to]);
    }
    return e;
  }

  // Counter-clockwise seen from outside.
  Walk wall_walk(const TurnedWall& w) {
    Walk walk;
    for (const RailUse& use : w.rails) walk.push_back({edge(use.rail, line_at(use, false)).edge, use.forward});
    const TopoDS_Edge first = upright(w.rails.front(), false), last = upright(w.rails.back(), true);
    if (!last.IsNull()) walk.push_back({last, true});
    for (auto use = w.rails.rbegin(); use != w.rails.rend(); ++use)
      walk.push_back({edge(use->rail, line_at(*use, true)).edge, !use->forward});
    if (!first.IsNull()) walk.push_back({first, false});
    return walk;
  }

  void add_wire(TopoDS_Face& face, const Walk& walk, bool backwards) {
    TopoDS_Wire wire;
    builder_.MakeWire(wire);
    const auto add = [&](const std::pair<TopoDS_Edge, bool>& step) {
      builder_.Add(wire, step.second != backwards ? step.first : TopoDS::Edge(step.first.Reversed()));
    };
    if (backwards)
      std::for_each(walk.rbegin(), walk.rend(), add);
    else
      std::for_each(walk.begin(), walk.end(), add);
    wire.Closed(true);
    builder_.Add(face, wire);
  }

  // On a cylinder the height of a lifted arc over its angle has the very coefficients of its spline in space.
  void give_cylinder_curve(const TopoDS_Face& face, const RailUse& use, std::size_t on, double u) {
    const Lifted& lifted = edge(use.rail, on);
    const PlaneCurve& own = plan_.rails[use.rail].curve;
    const double start = use.forward ? u : u - own.sweep, sense = own.sweep > 0 ? 1 : -1;
    if (lifted.spline.IsNull()) {
      const double z = meridian_.lines[on].at(length(own.from));
      builder_.UpdateEdge(lifted.edge, new Geom2d_Line(gp_Pnt2d(start, z), gp_Dir2d(sense, 0)), face, kernel_tolerance);
      return;
    }
    const TColStd_Array1OfReal& knots = lifted.spline->KnotSequence();
    TColgp_Array1OfPnt2d poles(1, lifted.spline->NbPoles());
    for (int i = 1; i <= poles.Length(); ++i) {
      double t = 0;  // where the pole stands: the mean of its inner knots
      for (int k = 1; k <= lifted.spline->Degree(); ++k) t += knots(i + k) / lifted.spline->Degree();
      poles(i) = {start + sense * t, lifted.spline->Pole(i).Z()};
    }
    builder_.UpdateEdge(lifted.edge,
                        new Geom2d_BSplineCurve(poles, lifted.spline->Knots(), lifted.spline->Multiplicities(),
                                                lifted.spline->Degree()),
                        face, kernel_tolerance);
  }

  // Of the angle between a cone's axis and its generatrix, which goes up; negative when it narrows upwards.
  static double sine_of(const MeridianLine& line) { return (line.slope > 0 ? 1 : -1) / std::hypot(1.0, line.slope); }

  TopoDS_Face cone(const TurnedFace& f, const MeridianLine& line, bool top) {
    const double sine = sine_of(line);
    const bool normal_up = sine < 0;
    const Vec2 zero = curve_of(f.loops.front().front()).from;  // where angles are counted from
    TopoDS_Face face;
    builder_.MakeFace(
        face,
        new Geom_ConicalSurface(gp_Ax3(gp_Pnt(0, 0, line.height), gp_Dir(0, 0, 1), gp_Dir(zero.x, zero.y, 0)),
                                std::asin(sine), line.inner),
        kernel_tolerance);
    double low = 0, high = 0;  // angles of the outer loop
    std::vector<Walk> walks;
    for (std::size_t i = 0; i < f.loops.size(); ++i) {
      const Vec2 first = curve_of(f.loops[i].front()).from;
      double u = std::atan2(cross(zero, first), dot(zero, first));
      if (f.seam && i == 1)
        u = 2 * M_PI;
      else if (i > 0)
        u += 2 * M_PI * std::round(((low + high) / 2 - u) / (2 * M_PI));
      Walk walk;
      for (const RailUse& use : f.loops[i]) {
        u = give_cone_curve(face, use, f.line, sine, u);
        low = std::min(low, u);
        high = std::max(high, u);
        walk.push_back({edge(use.rail, f.line).edge, use.forward});
      }
      walks.push_back(std::move(walk));
    }
    if (f.seam) {
      const TopoDS_Edge seam = seam_edge(face, f, line, sine, normal_up);
      walks[0].push_back({seam, false});
      walks[0].insert(walks[0].end(), walks[1].begin(), walks[1].end());
      walks[0].push_back({seam, true});
      walks.erase(walks.begin() + 1);
    }
    for (const Walk& walk : walks) add_wire(face, walk, !normal_up);
    return top == normal_up ? face : TopoDS::Face(face.Reversed());
  }

  // The angle at the end of the use.
  double give_cone_curve(const TopoDS_Face& face, const RailUse& use, std::size_t on, double sine, double u) {
    const Lifted& lifted = edge(use.rail, on);
    const PlaneCurve& own = plan_.rails[use.rail].curve;
    const MeridianLine& line = meridian_.lines[on];
    if (lifted.spline.IsNull()) {
      const double start = use.forward ? u : u - own.sweep;
      builder_.UpdateEdge(
          lifted.edge,
          new Geom2d_Line(gp_Pnt2d(start, (own.radius - line.inner) / sine), gp_Dir2d(own.sweep > 0 ? 1 : -1, 0)), face,
          kernel_tolerance);
      return use.forward ? u + own.sweep : u - own.sweep;
    }
    const Lift l{own, line};
    const double turn = std::atan2(cross(own.from, own.to), dot(own.from, own.to));
    const double start = use.forward ? u : u - turn;
    const auto flat = hermite_spline(0, span_of(own), lifted.pieces, [&](double t) {
      Jet jet = l.on_cone(t, sine);
      jet.place.x += start;
      return jet;
    });
    TColgp_Array1OfPnt2d poles(1, flat->NbPoles());
    for (int i = 1; i <= poles.Length(); ++i) poles(i) = {flat->Pole(i).X(), flat->Pole(i).Y()};
    builder_.UpdateEdge(lifted.edge,
                        new Geom2d_BSplineCurve(poles, flat->Knots(), flat->Multiplicities(), flat->Degree()), face,
                        kernel_tolerance);
    return use.forward ? u + turn : u - turn;
  }

  // From the inner to the outer outline.
  TopoDS_Edge seam_edge(const TopoDS_Face& face, const TurnedFace& f, const MeridianLine& line, double sine,
                        bool normal_up) {
    const auto start = [&](const RailLoop& loop) {
      const Rail& rail = plan_.rails[loop.front().rail];
      return loop.front().forward ? rail.from : rail.to;
    };
    const std::size_t inner = node(start(f.loops[1]), f.line), outer = node(start(f.loops[0]), f.line);
    const Vec2 p = plan_.vertices[start(f.loops[1])], q = plan_.vertices[start(f.loops[0])];
    const gp_Pnt from(p.x, p.y, heights_[inner]), to(q.x, q.y, heights_[outer]);
    const double reach = from.Distance(to);
    const TopoDS_Edge seam =
        edge_between(new Geom_Line(from, gp_Dir(gp_Vec(from, to))), 0, reach, vertices_[inner], vertices_[outer]);
    const double v = (length(p) - line.inner) / sine, sense = sine > 0 ? 1 : -1;
    const auto at = [&](double u) { return new Geom2d_Line(gp_Pnt2d(u, v), gp_Dir2d(0, sense)); };
    // Inwards along the outline seen from above it lies at the end of the turn; walks may run backwards.
    builder_.UpdateEdge(seam, at(normal_up ? 0 : 2 * M_PI), at(normal_up ? 2 * M_PI : 0), face, kernel_tolerance);
    return seam;
  }

  const TurnedPlan& plan_;
  const Meridian& meridian_;
  BRep_Builder builder_;
  std::vector<std::vector<std::size_t>> nodes_at_;
  std::vector<double> heights_;
  std::vector<TopoDS_Vertex> vertices_;
  std::map<std::pair<std::size_t, std::size_t>, Lifted> circles_, edges_;
  std::map<std::pair<std::size_t, std::size_t>, TopoDS_Edge> uprights_;
  int pieces_ = 4;  ///< what the last lift took: the next is likely to be its copy
};

/// A tool's outline in the base's plan.
struct LaidTool {
  LaidProfile laid;
  const PrismPiece* piece = nullptr;
};

// Absent: not a prism along the axis right through the base.
std::optional<LaidTool> lay_tool(const Body& tool, const TurnedSolid& base) {
  if (tool.prisms.size() != 1 || tool.prisms.front().thread) return std::nullopt;
  const PrismPiece& piece = tool.prisms.front();
  const Placement at = base.at.inverse() * piece.at;
  const double up = at.apply_direction({0, 0, 1}).z;
  if (std::abs(std::abs(up) - 1) > 1e-12) return std::nullopt;
  const double a = at.offset.z, b = at.offset.z + up * piece.height;
  if (std::min(a, b) > base.low - 1e-5 || std::max(a, b) < base.high + 1e-5) return std::nullopt;
  LaidTool tool_laid{lay(moved_shape(piece.profile, at)), &piece};
  // Turned over, the region lies to the right of its outline.
  if (up < 0)
    for (PlaneCurve& c : tool_laid.laid.region.boundary) c = c.reversed();
  return tool_laid;
}

// The middle of the widest sector about the axis that no tool reaches into; tools around the axis are left out.
double free_angle(const std::vector<PlaneRegion>& tools) {
  std::vector<std::pair<double, double>> taken;
  for (const PlaneRegion& tool : tools) {
    double low = 0, high = 0, angle = 0;
    const Vec2 zero = tool.boundary.front().from;
    Vec2 last = zero;
    const auto see = [&](Vec2 p) {
      angle += std::atan2(cross(last, p), dot(last, p));
      last = p;
      low = std::min(low, angle);
      high = std::max(high, angle);
    };
    for (const PlaneCurve& c : tool.boundary) {
      see(c.from);
      const int n = c.kind == PlaneCurve::Kind::line ? 1 : 32;
      for (int i = 1; i <= n; ++i) see(c.at(1.0 * i / n));
    }
    if (high - low >= M_PI) continue;
    const double start = std::atan2(zero.y, zero.x);
    for (const double turn : {-2 * M_PI, 0.0, 2 * M_PI}) taken.emplace_back(start + low + turn, start + high + turn);
  }
  std::sort(taken.begin(), taken.end());
  double best = 0, widest = 0, reached = -M_PI;
  for (const auto& [low, high] : taken) {
    const double until = std::min(low, M_PI);
    if (until - reached > widest + 1e-9) {
      widest = until - reached;
      best = (until + reached) / 2;
    }
    reached = std::max(reached, high);
  }
  return taken.empty() ? 0 : best;
}

// Faces and walls that hang together: faces first, then walls.
std::vector<std::vector<std::size_t>> shells_of(const TurnedPlan& plan) {
  Joined shells(plan.faces.size() + plan.walls.size());
  std::vector<std::optional<std::size_t>> owner(plan.rails.size());
  const auto note = [&](const RailLoop& loop, std::size_t face) {
    for (const RailUse& use : loop) {
      if (owner[use.rail]) shells.join(*owner[use.rail], face);
      owner[use.rail] = face;
    }
  };
  for (std::size_t f = 0; f < plan.faces.size(); ++f)
    for (const RailLoop& loop : plan.faces[f].loops) note(loop, f);
  for (std::size_t w = 0; w < plan.walls.size(); ++w) note(plan.walls[w].rails, plan.faces.size() + w);
  return shells.groups();
}

class TurnedCut {
 public:
  TurnedCut(const Body& base, const std::vector<SolidUse>& tools, TurnedSolid solid)
      : base_(base), tools_(tools), solid_(std::move(solid)) {
    for (const MeridianRing& ring : solid_.meridian.rings) upper_.insert(ring.upper);
  }

  Body cut() {
    std::vector<PlaneRegion> regions;
    for (const SolidUse& tool : tools_) {
      auto laid = lay_tool(tool.body, solid_);
      require(laid.has_value());
      regions.push_back(laid->laid.region);
      laid_.push_back(std::move(*laid));
    }
    const auto plan = plan_turned(solid_.meridian, regions, free_angle(regions));
    require(plan.has_value());
    Maker maker(*plan, solid_.meridian);
    TraceCollector traces(TopAbs_FACE);
    std::vector<TopoDS_Shape> solids;
    for (const auto& shell : shells_of(*plan)) {
      std::vector<TopoDS_Shape> faces;
      for (const std::size_t i : shell) {
        const bool is_wall = i >= plan->faces.size();
        TopoDS_Face face;
        if (is_wall) {
          const TurnedWall& wall = plan->walls[i - plan->faces.size()];
          face = maker.wall(wall);
          traces.add(face, trace_of(*plan, wall));
        } else {
          const TurnedFace& f = plan->faces[i];
          face = maker.face(f, upper_.contains(f.line));
          traces.add(face, base_.traces[solid_.face_of_line[f.line]]);
        }
        faces.push_back(face);
      }
      solids.push_back(solid_inside(faces));
      require(!solids.back().IsNull());
    }
    require(!solids.empty());
    Body body = traces.finish(gather(solids), "face");
    require(std::abs(volume_of(body.shape) - plan->volume) <= 1e-7 * plan->volume);
    body.shape = moved_shape(body.shape, solid_.at);
    return body;
  }

 private:
  // A wall is the tools' where they end, and the base's own where it does.
  Trace trace_of(const TurnedPlan& plan, const TurnedWall& wall) const {
    const std::size_t rings = solid_.meridian.rings.size();
    Trace trace;
    for (const RailUse& use : wall.rails)
      for (const Atom::Use& source : plan.rails[use.rail].uses)
        if (source.region >= rings) {
          const std::size_t tool = source.region - rings;
          const std::size_t side = laid_[tool].piece->faces[2 + laid_[tool].laid.traces[source.curve]];
          trace.merge(tools_[tool].body.traces[side]);
        }
    if (!trace.origins.empty()) return trace;
    const double radius = plan.rails[wall.rails.front().rail].curve.radius;
    for (const TurnedSolid::Wall& own : solid_.walls)
      if (std::abs(own.radius - radius) < kernel_tolerance) trace.merge(base_.traces[own.face]);
    return trace;
  }

  const Body& base_;
  const std::vector<SolidUse>& tools_;
  const TurnedSolid solid_;
  std::set<std::size_t> upper_;
  std::vector<LaidTool> laid_;
};

}  // namespace

Result<std::optional<Body>> cut_turned(const Body& base, const std::vector<SolidUse>& tools) {
  return guarded("cutting a solid of revolution", [&]() -> Result<std::optional<Body>> {
    auto solid = read_turned(base.shape);
    if (!solid) return std::nullopt;
    return if_certain([&] { return TurnedCut(base, tools, std::move(*solid)).cut(); });
  });
}

}  // namespace fitwright
