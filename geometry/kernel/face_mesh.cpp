#include "geometry/kernel/face_mesh.hpp"

#include <ElSLib.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/cdt.hpp"
#include "geometry/kernel/edge_record.hpp"

namespace fitwright {

namespace {

/// A wire of the face as a closed chain of nodes.
struct Chain {
  std::vector<std::uint32_t> nodes;
};

/// Largest steps in u and v for which a chord stays within the deflection.
struct Steps {
  double u, v;
};

/// Divides one face. UV coordinates are scaled so that a step is about 1 in both directions.
class FaceMesher {
 public:
  FaceMesher(const FaceOutline& face, const Deflection& deflection)
      : face_(face),
        surface_(face.surface),
        plane_(surface_.GetType() == GeomAbs_Plane),
        flat_(plane_ ? surface_.Plane() : gp_Pln()),
        deflection_(deflection) {}

  Result<FaceMesh> run() {
    std::size_t uses = 0;
    for (const OutlineWire& wire : face_.wires) uses += wire.edges.size();
    mesh_.borders.reserve(uses);
    for (const OutlineWire& wire : face_.wires) {
      FW_TRY(Chain chain, walk(wire));
      if (chain.nodes.size() >= 3) loops_.push_back(std::move(chain.nodes));
    }
    if (plane_ && convex_fan()) {
      finish();
      return std::move(mesh_);
    }
    if (straight_strip()) {
      finish();
      return std::move(mesh_);
    }
    if (!plane_) scale(measure_steps());
    RegionTriangulation region(uv_, loops_);
    if (region.crossing())
      return geometry_error("the outline of a face crosses itself when divided this coarsely",
                            "use a smaller deflection");
    if (!plane_) {
      insert_grid(region);
      refine(region);
    }
    mesh_.triangles = region.triangles();
    finish();
    return std::move(mesh_);
  }

 private:
  // The nodes of a wire, each shared by the edge that ends and the edge that starts there.
  Result<Chain> walk(const OutlineWire& wire) {
    Chain chain;
    const auto& edges = wire.edges;
    if (!wire.chained) return geometry_error("the outline of a face is not one closed chain of edges");
    std::uint32_t first = 0, last = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) append(edges[i], i == 0, i + 1 == edges.size(), first, last, chain);
    return chain;
  }

  void append(const OutlineEdge& edge, bool opens, bool closes, std::uint32_t& first, std::uint32_t& last,
              Chain& chain) {
    const EdgeMesh& points = edge.record->mesh;
    const bool reversed = edge.reversed();
    const std::size_t n = points.points.size();
    FaceMesh::Border border{edge.edge, edge.first, edge.last, std::vector<std::uint32_t>(n)};
    Vec2 shift;
    if (face_.winds && !opens)
      shift = turns_between(surface_, uv_of(points, reversed ? n - 1 : 0, edge.pcurve), uv_[last]);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = reversed ? n - 1 - i : i;
      std::uint32_t node;
      if (i == 0 && !opens) {
        node = last;
      } else if (i + 1 == n && closes) {
        node = first;
      } else {
        node = add_node(points.points[k], uv_of(points, k, edge.pcurve) + shift);
        chain.nodes.push_back(node);
      }
      if (i == 0 && opens) first = node;
      last = node;
      border.nodes[k] = node;
    }
    mesh_.borders.push_back(std::move(border));
  }

  Vec2 uv_of(const EdgeMesh& points, std::size_t k, const opencascade::handle<Geom2d_Curve>& pcurve) const {
    if (!pcurve.IsNull()) {
      const gp_Pnt2d p = pcurve->Value(points.parameters[k]);
      return {p.X(), p.Y()};
    }
    double u, v;
    ElSLib::Parameters(flat_, to_pnt(points.points[k]), u, v);
    return {u, v};
  }

  std::uint32_t add_node(Vec3 point, Vec2 uv) {
    mesh_.nodes.push_back(point);
    uv_.push_back(uv);
    return static_cast<std::uint32_t>(uv_.size() - 1);
  }

  // Most plane faces are convex with a few corners: a fan needs no triangulation.
  bool convex_fan() {
    if (loops_.size() != 1 || loops_[0].size() > 8) return false;
    const auto& loop = loops_[0];
    const std::size_t n = loop.size();
    double sign = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const Vec2 a = uv_[loop[i]], b = uv_[loop[(i + 1) % n]], c = uv_[loop[(i + 2) % n]];
      const double turn = cross(b - a, c - b);
      if (std::abs(turn) <= 1e-9 * length(b - a) * length(c - b) || turn * sign < 0) return false;
      sign = turn;
    }
    for (std::size_t i = 1; i + 1 < n; ++i) {
      Triangle t{loop[0], loop[i], loop[i + 1]};
      if (sign < 0) std::swap(t[1], t[2]);
      mesh_.triangles.push_back(t);
    }
    return true;
  }

  // A band between two rows of points, straight from row to row: quadrilaterals cut in two, nothing else to do.
  bool straight_strip() {
    const GeomAbs_SurfaceType type = surface_.GetType();
    const bool ruled = type == GeomAbs_Cylinder || type == GeomAbs_Cone || type == GeomAbs_SurfaceOfExtrusion;
    if (!ruled || loops_.size() != 1 || loops_[0].size() % 2 != 0) return false;
    std::vector<std::uint32_t> low, high;
    double v0 = 1e300, v1 = -1e300;
    for (const std::uint32_t node : loops_[0]) {
      v0 = std::min(v0, uv_[node].y);
      v1 = std::max(v1, uv_[node].y);
    }
    for (const std::uint32_t node : loops_[0]) {
      if (uv_[node].y - v0 < 1e-9)
        low.push_back(node);
      else if (v1 - uv_[node].y < 1e-9)
        high.push_back(node);
      else
        return false;
    }
    if (low.size() != high.size() || v1 - v0 < 1e-6) return false;
    for (auto* row : {&low, &high})
      std::sort(row->begin(), row->end(), [&](std::uint32_t a, std::uint32_t b) { return uv_[a].x < uv_[b].x; });
    for (std::size_t i = 0; i < low.size(); ++i) {
      if (std::abs(uv_[low[i]].x - uv_[high[i]].x) > 1e-7) return false;
      if (i > 0 && uv_[low[i]].x - uv_[low[i - 1]].x < 1e-9) return false;
    }
    for (std::size_t i = 0; i + 1 < low.size(); ++i) {
      mesh_.triangles.push_back({low[i], low[i + 1], high[i + 1]});
      mesh_.triangles.push_back({low[i], high[i + 1], high[i]});
    }
    return true;
  }

  // From second derivatives on a coarse net: a chord of a curve with curvature k and step s strays k s^2 / 8.
  Steps measure_steps() const {
    Vec2 low{1e300, 1e300}, high{-1e300, -1e300};
    for (const Vec2& p : uv_) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const bool simple = surface_.GetType() == GeomAbs_Cylinder || surface_.GetType() == GeomAbs_Sphere;
    const int net = simple ? 1 : 8;
    double bend_u = 0, bend_v = 0, turn_u = 0, turn_v = 0;
    for (int i = 0; i <= net; ++i)
      for (int j = 0; j <= net; ++j) {
        gp_Pnt p;
        gp_Vec du, dv, duu, dvv, duv;
        surface_.D2(low.x + (high.x - low.x) * (i + 0.5) / (net + 1), low.y + (high.y - low.y) * (j + 0.5) / (net + 1),
                    p, du, dv, duu, dvv, duv);
        gp_Vec n = du.Crossed(dv);
        if (n.SquareMagnitude() < 1e-20) continue;
        n.Normalize();
        bend_u = std::max(bend_u, std::abs(duu.Dot(n)));
        bend_v = std::max(bend_v, std::abs(dvv.Dot(n)));
        turn_u = std::max(turn_u, std::abs(duu.Dot(n)) / std::max(du.Magnitude(), 1e-9));
        turn_v = std::max(turn_v, std::abs(dvv.Dot(n)) / std::max(dv.Magnitude(), 1e-9));
      }
    const double radians = deflection_.angular * M_PI / 180;
    const auto step = [&](double range, double bend, double turn) {
      double s = range;
      if (bend > 1e-12) s = std::min(s, std::sqrt(8 * deflection_.linear / bend));
      if (turn > 1e-12) s = std::min(s, radians / turn);
      return std::max(s, range / 2000);
    };
    return {step(high.x - low.x, bend_u, turn_u), step(high.y - low.y, bend_v, turn_v)};
  }

  void scale(const Steps& steps) {
    step_ = {std::max(steps.u, 1e-12), std::max(steps.v, 1e-12)};
    for (Vec2& p : uv_) p = {p.x / step_.u, p.y / step_.v};
    for (const auto& loop : loops_)
      for (const std::uint32_t node : loop) border_.push_back(uv_[node]);
  }

  // Free points on a net of whole steps, away from the outline's own points.
  void insert_grid(RegionTriangulation& region) {
    Vec2 low{1e300, 1e300}, high{-1e300, -1e300};
    for (const Vec2& p : uv_) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const int nu = static_cast<int>(std::ceil(high.x - low.x - 1e-9)),
              nv = static_cast<int>(std::ceil(high.y - low.y - 1e-9));
    for (int i = 1; i < nu; ++i)
      for (int j = 1; j < nv; ++j) {
        const Vec2 p{low.x + (high.x - low.x) * i / nu, low.y + (high.y - low.y) * j / nv};
        const bool crowded = std::any_of(border_.begin(), border_.end(), [&](Vec2 b) { return length(p - b) < 0.4; });
        if (!crowded) insert(region, p);
      }
  }

  bool insert(RegionTriangulation& region, Vec2 p) {
    if (!region.insert(p)) return false;
    uv_.push_back(p);
    mesh_.nodes.push_back(from_occt(surface_.Value(p.x * step_.u, p.y * step_.v)));
    return true;
  }

  // Splits inner edges, and triangles of surfaces curved both ways, whose middle strays from the surface.
  void refine(RegionTriangulation& region) {
    const bool ruled = is_ruled(surface_);
    // Middles are not always where it strays most.
    const double limit = deflection_.linear * (ruled ? 1.01 : 0.95);
    for (int round = 0; round < 12; ++round) {
      std::vector<Vec2> wanted;
      const auto check = [&](Vec2 middle, Vec3 chord, double size) {
        const Vec3 exact = from_occt(surface_.Value(middle.x * step_.u, middle.y * step_.v));
        if (length(chord - exact) > limit && size > 1e-3) wanted.push_back(middle);
      };
      for (const auto& [a, b] : region.inner_edges())
        check((uv_[a] + uv_[b]) * 0.5, (mesh_.nodes[a] + mesh_.nodes[b]) * 0.5, length(uv_[a] - uv_[b]));
      // A triangle's middle strays by up to four thirds of what its edges do.
      if (wanted.empty() && !ruled)
        for (const auto& [a, b, c] : region.triangles())
          check((uv_[a] + uv_[b] + uv_[c]) * (1.0 / 3), (mesh_.nodes[a] + mesh_.nodes[b] + mesh_.nodes[c]) * (1.0 / 3),
                length(uv_[a] - uv_[b]));
      if (wanted.empty()) return;
      for (const Vec2& p : wanted) insert(region, p);
    }
  }

  void finish() {
    const bool reversed = face_.face().Orientation() == TopAbs_REVERSED;
    if (reversed)  // counter-clockwise in the surface's own coordinates is seen from its normal's side
      for (Triangle& t : mesh_.triangles) std::swap(t[1], t[2]);
    if (plane_) {
      gp_Dir up = flat_.Axis().Direction();
      if (flat_.Direct() == reversed) up.Reverse();
      mesh_.normals.assign(mesh_.nodes.size(), to_normal(up));
      return;
    }
    mesh_.normals.reserve(mesh_.nodes.size());
    for (std::size_t i = 0; i < mesh_.nodes.size(); ++i) mesh_.normals.push_back(normal(i, reversed));
  }

  // Zero where the surface has none (an apex); the triangle's own is used there.
  Vec3f normal(std::size_t node, bool reversed) const {
    gp_Vec n;
    if (surface_.GetType() == GeomAbs_Sphere) {  // which has one at its poles too
      n = gp_Vec(surface_.Sphere().Location(), to_pnt(mesh_.nodes[node]));
      n.Normalize();
      if (!surface_.Sphere().Direct()) n.Reverse();
    } else {
      gp_Pnt p;
      gp_Vec du, dv;
      surface_.D1(uv_[node].x * step_.u, uv_[node].y * step_.v, p, du, dv);
      n = du.Crossed(dv);
      if (n.SquareMagnitude() < 1e-16) return {};
      n.Normalize();
    }
    if (reversed) n.Reverse();
    return to_normal(n);
  }
  static Vec3f to_normal(const gp_Vec& n) {
    return {static_cast<float>(n.X()), static_cast<float>(n.Y()), static_cast<float>(n.Z())};
  }

  const FaceOutline& face_;
  const BRepAdaptor_Surface& surface_;
  const bool plane_;
  const gp_Pln flat_;  ///< where it is a plane
  const Deflection deflection_;
  FaceMesh mesh_;
  std::vector<Vec2> uv_;      ///< by node; scaled for curved faces
  std::vector<Vec2> border_;  ///< scaled outline points
  std::vector<std::vector<std::uint32_t>> loops_;
  Steps step_{1, 1};
};

}  // namespace

Result<FaceMesh> mesh_face(const FaceOutline& face, const Deflection& deflection) {
  return guarded("dividing a face into triangles", [&] { return FaceMesher(face, deflection).run(); });
}

}  // namespace fitwright
