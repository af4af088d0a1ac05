#include "geometry/kernel/thread.hpp"

#include <BRepBuilderAPI_MakeFace.hxx>
#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRep_Builder.hxx>
#include <Geom_Circle.hxx>
#include <Geom_ConicalSurface.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <TopoDS_Vertex.hxx>
#include <gp_Pln.hxx>

#include <cmath>
#include <numbers>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/hermite.hpp"
#include "geometry/kernel/patch.hpp"
#include "geometry/kernel/profile.hpp"
#include "geometry/kernel/screw.hpp"

namespace fitwright {

namespace {

constexpr double pi = std::numbers::pi;

// In cylindrical coordinates every surface and edge of a thread is straight: going up by z turns by z * twist, a flank
// runs from crest to root at a constant rate, a lead-in is a cone. So edges are curves whose radius, angle and height
// are linear in their parameter, and their curves in the surfaces' parameters are lines.
struct Polar {
  double r, a, z;
};
Polar mix(const Polar& from, const Polar& to, double t) {
  return {from.r + t * (to.r - from.r), from.a + t * (to.a - from.a), from.z + t * (to.z - from.z)};
}
gp_Pnt to_pnt(const Polar& p) { return {p.r * std::cos(p.a), p.r * std::sin(p.a), p.z}; }

CurveHandle spiral(const Polar& from, const Polar& to, double first, double last) {
  const double span = last - first, dr = (to.r - from.r) / span, da = (to.a - from.a) / span,
               dz = (to.z - from.z) / span;
  const auto curve = [&](double t) {
    const Polar p = mix(from, to, (t - first) / span);
    const double c = std::cos(p.a), s = std::sin(p.a);
    return Jet{{p.r * c, p.r * s, p.z},
               {dr * c - p.r * da * s, dr * s + p.r * da * c, dz},
               {-2 * dr * da * s - p.r * da * da * c, 2 * dr * da * c - p.r * da * da * s, 0}};
  };
  // Sixth derivative of r(t) e^(i a(t)) with both linear.
  const double sixth =
      std::max(from.r, to.r) * std::pow(std::abs(da), 6) + 6 * std::abs(dr) * std::pow(std::abs(da), 5);
  return hermite_spline(first, last, hermite_pieces(first, last, sixth, 1e-7), curve);
}

/// Radians a mm.
double twist_of(const ThreadForm& form) { return (form.left ? -2 : 2) * pi / (form.pitch * form.starts); }

/// One corner of the profile on its way up: the line where two strips meet.
struct Corner {
  Polar low, high;
  TopoDS_Vertex first, last;
  TopoDS_Edge helix;
};

class ThreadBuilder {
 public:
  explicit ThreadBuilder(const ThreadForm& form) : form_(form) { twist_ = twist_of(form); }

  Result<Body> run() {
    make_corners();
    make_edges();
    for (std::size_t k = 0; k < corners_.size(); ++k) add_strip(k);
    for (const bool top : {false, true})
      for (std::size_t k = 0; k < corners_.size(); ++k)
        if (is_flush(k) && lead_in(top) > 0) add_cone(k, top);
    add_end(false);
    add_end(true);
    std::vector<TopoDS_Shape> faces;
    for (const auto& [face, role] : faces_) faces.push_back(face);
    const TopoDS_Shape solid = oriented_solid(faces);
    if (solid.IsNull()) return geometry_error("the faces of a thread do not close");
    if (const std::string fault = solid_fault(solid); !fault.empty())
      return geometry_error("a thread gave a solid that " + fault);
    TraceCollector traces(TopAbs_FACE);
    for (const auto& [face, role] : faces_) traces.add(face, Trace::of_role(role));
    Body body = traces.finish(solid, "flank");
    FW_TRY(body.prisms, piece_of(body));
    return body;
  }

 private:
  Result<std::vector<PrismPiece>> piece_of(const Body& body) const {
    FW_TRY(const Body disc, make_disc({}, form_.crest));
    PrismPiece piece{disc.shape, {}, form_.length, {0, 0}, std::make_shared<const ThreadForm>(form_)};
    for (std::size_t i = 0; i < body.traces.size(); ++i) {
      const std::string& role = body.traces[i].origins.front()->role();
      if (role == "bottom") piece.faces[0] = i;
      if (role == "top") piece.faces[1] = i;
    }
    return std::vector{std::move(piece)};
  }

  double lead_in(bool top) const { return top ? form_.lead_in_top : form_.lead_in_bottom; }
  /// How far a lead-in reaches in at a radius.
  double inset(double r, bool top) const {
    const double share = (r - form_.root) / (form_.crest - form_.root);
    return lead_in(top) * (form_.flared ? 1 - share : share);
  }
  std::size_t next(std::size_t k) const { return (k + 1) % corners_.size(); }
  bool is_crest(std::size_t k) const { return k % 4 == 0; }
  bool is_root(std::size_t k) const { return k % 4 == 2; }
  /// Strips that reach the plane ends in spite of a lead-in.
  bool is_flush(std::size_t k) const { return form_.flared ? is_crest(k) : is_root(k); }

  // Going along the axis by z is going round by z * twist, so the profile's widths appear as angles.
  void make_corners() {
    const double unit = std::abs(twist_) * form_.pitch;
    const double flank = unit * (1 - form_.crest_width - form_.root_width) / 2;
    const double widths[] = {unit * form_.crest_width, flank, unit * form_.root_width, flank};
    double a = form_.phase - widths[0] / 2;
    for (int k = 0; k < 4 * form_.starts; ++k) {
      const double r = k % 4 < 2 ? form_.crest : form_.root, z = inset(r, false), top = form_.length - inset(r, true);
      Corner corner{{r, a + twist_ * z, z}, {r, a + twist_ * top, top}, {}, {}, {}};
      BRep_Builder builder;
      builder.MakeVertex(corner.first, to_pnt(corner.low), kernel_tolerance);
      builder.MakeVertex(corner.last, to_pnt(corner.high), kernel_tolerance);
      // The parameter is the share of the height, as in the flanks' surfaces.
      const double first = z / form_.length, last = top / form_.length;
      corner.helix = edge_between(spiral(corner.low, corner.high, first, last), first, last, corner.first, corner.last);
      corners_.push_back(std::move(corner));
      a += widths[k % 4];
    }
  }

  /// A corner's end `steps` after corner k, at an angle that goes on from there instead of starting over.
  Polar low(std::size_t k, std::size_t steps = 0) const { return onward(&Corner::low, k + steps); }
  Polar high(std::size_t k, std::size_t steps = 0) const { return onward(&Corner::high, k + steps); }
  Polar onward(Polar Corner::*end, std::size_t i) const {
    Polar p = corners_[i % corners_.size()].*end;
    const std::size_t turns = i / corners_.size();
    p.a += 2 * pi * static_cast<double>(turns);
    return p;
  }

  TopoDS_Edge arc(const Polar& from, const Polar& to, const TopoDS_Vertex& first, const TopoDS_Vertex& last) const {
    const opencascade::handle<Geom_Circle> circle =
        new Geom_Circle(gp_Ax2(gp_Pnt(0, 0, from.z), gp_Dir(0, 0, 1), gp_Dir(1, 0, 0)), from.r);
    return edge_between(circle, from.a, to.a, first, last);
  }

  // The edges round both ends, strip by strip.
  void make_edges() {
    for (std::size_t k = 0; k < corners_.size(); ++k) {
      const Corner &c = corners_[k], &n = corners_[next(k)];
      const auto along = [&](const Polar& from, const Polar& to, const TopoDS_Vertex& a, const TopoDS_Vertex& b) {
        return is_crest(k) || is_root(k) ? arc(from, to, a, b) : edge_between(spiral(from, to, 0, 1), 0, 1, a, b);
      };
      low_.push_back(along(low(k), low(k, 1), c.first, n.first));
      high_.push_back(along(high(k), high(k, 1), c.last, n.last));
    }
  }

  void add(const TopoDS_Face& face, const char* role) { faces_.push_back({face, role}); }

  void add_strip(std::size_t k) {
    const Corner &c = corners_[k], &n = corners_[next(k)];
    const Polar n_low = low(k, 1), n_high = high(k, 1);
    if (is_crest(k) || is_root(k)) {
      const auto uv = [](const Polar& p) { return Vec2{p.a, p.z}; };
      add(make_patch(new Geom_CylindricalSurface(gp_Ax3(), c.low.r),
                     {straight_side(low_[k], uv(c.low), uv(n_low)), straight_side(n.helix, uv(n_low), uv(n_high)),
                      straight_side(high_[k], uv(c.high), uv(n_high)), straight_side(c.helix, uv(c.low), uv(c.high))}),
          is_crest(k) ? "crest" : "root");
      return;
    }
    // The whole helicoid between z = 0 and the length; lead-ins cut it along straight lines of its parameters.
    const auto at_zero = [&](const Polar& p) { return Polar{p.r, p.a - twist_ * p.z, 0}; };
    const auto surface =
        turned_surface(spiral(at_zero(c.low), at_zero(n_low), 0, 1), form_.length, twist_ * form_.length * 180 / pi);
    const auto uv = [&](double side, const Polar& p) { return Vec2{side, p.z / form_.length}; };
    add(make_patch(surface, {straight_side(low_[k], uv(0, c.low), uv(1, n_low)),
                             straight_side(n.helix, uv(1, n_low), uv(1, n_high)),
                             straight_side(high_[k], uv(0, c.high), uv(1, n_high)),
                             straight_side(c.helix, uv(0, c.low), uv(0, c.high))}),
        "flank");
  }

  // The cone between one flush strip and the next at one end: an arc in the end's plane, the edges of the three strips
  // between.
  void add_cone(std::size_t flush, bool top) {
    const std::size_t k = next(flush), m = next(k), l = next(m), after = next(l);
    const auto& edges = top ? high_ : low_;
    const auto vertex = [&](std::size_t i) { return top ? corners_[i].last : corners_[i].first; };
    const auto polar = [&](std::size_t steps) { return top ? high(k, steps) : low(k, steps); };
    const Polar a = polar(0), b = polar(1), c = polar(2), d = polar(3);
    const TopoDS_Edge closing = arc(a, d, vertex(k), vertex(after));
    // Towards positive z the cone widens at a bolt's bottom and at the top of a nut's tool.
    const double half = std::atan2(form_.crest - form_.root, lead_in(top)), sense = top == form_.flared ? 1 : -1;
    const gp_Ax3 frame(gp_Pnt(0, 0, a.z), gp_Dir(0, 0, sense), gp_Dir(1, 0, 0));
    const auto uv = [&](const Polar& p) { return Vec2{sense * p.a, sense * (p.z - a.z) / std::cos(half)}; };
    add(make_patch(new Geom_ConicalSurface(frame, half, a.r),
                   {straight_side(edges[k], uv(a), uv(b)), straight_side(edges[m], uv(b), uv(c)),
                    straight_side(edges[l], uv(c), uv(d)), straight_side(closing, uv(a), uv(d))}),
        "lead_in");
    (top ? closing_high_ : closing_low_).push_back({flush, closing});
  }

  // The plane at an end, inside the edges that lie in it.
  void add_end(bool top) {
    BRepBuilderAPI_MakeWire wire;
    const auto& edges = top ? high_ : low_;
    const auto& closing = top ? closing_high_ : closing_low_;
    if (closing.empty())
      for (const TopoDS_Edge& edge : edges) wire.Add(edge);
    for (const auto& [flush, arc] : closing) {
      wire.Add(edges[flush]);
      wire.Add(arc);
    }
    const gp_Pln plane(gp_Pnt(0, 0, top ? form_.length : 0), gp_Dir(0, 0, 1));
    add(BRepBuilderAPI_MakeFace(plane, wire.Wire(), true).Face(), top ? "top" : "bottom");
  }

  const ThreadForm& form_;
  double twist_;  ///< radians a mm
  std::vector<Corner> corners_;
  std::vector<TopoDS_Edge> low_, high_;  ///< by strip
  std::vector<std::pair<std::size_t, TopoDS_Edge>> closing_low_, closing_high_;
  std::vector<std::pair<TopoDS_Face, std::string>> faces_;
};

}  // namespace

std::optional<ThreadForm> slice_of(const ThreadForm& form, double from, double to) {
  ThreadForm slice = form;
  const bool whole_bottom = from == 0, whole_top = to == form.length;
  if ((!whole_bottom && from < form.lead_in_bottom) || (!whole_top && to > form.length - form.lead_in_top))
    return std::nullopt;
  if (!whole_bottom) slice.lead_in_bottom = 0;
  if (!whole_top) slice.lead_in_top = 0;
  slice.length = to - from;
  slice.phase = form.phase + twist_of(form) * from;
  if (slice.lead_in_bottom + slice.lead_in_top >= slice.length) return std::nullopt;
  return slice;
}

Result<Body> make_thread(const ThreadForm& form) {
  return guarded("a thread", [&] { return ThreadBuilder(form).run(); });
}

}  // namespace fitwright
