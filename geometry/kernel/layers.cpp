#include "geometry/kernel/layers.hpp"

#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_Line.hxx>
#include <Geom_Circle.hxx>
#include <Geom_CylindricalSurface.hxx>
#include <Geom_Line.hxx>
#include <Geom_Plane.hxx>
#include <Geom_SurfaceOfLinearExtrusion.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Pln.hxx>

#include <algorithm>
#include <cmath>

#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/laid_profile.hpp"

namespace fitwright {

namespace {

/// Gives a cell complex its vertices, edges and faces.
class Maker {
 public:
  Maker(const Arrangement& a, const CellComplex& cells, const std::vector<LaidProfile>& profiles)
      : a_(a),
        cells_(cells),
        profiles_(profiles),
        edges_(cells.edges.size()),
        vertices_(a.vertices.size() * cells.levels.size()) {}

  const TopoDS_Edge& edge(std::size_t i) {
    if (edges_[i].IsNull()) edges_[i] = cells_.edges[i].upright ? upright(cells_.edges[i]) : level(i);
    return edges_[i];
  }

  TopoDS_Face flat(const CellFlat& flat) {
    TopoDS_Face face;
    builder_.MakeFace(face, new Geom_Plane(gp_Pln(gp_Pnt(0, 0, cells_.levels[flat.level]), gp_Dir(0, 0, 1))),
                      kernel_tolerance);
    for (const CellLoop& loop : flat.loops) add_wire(face, loop, false);
    return face;
  }

  TopoDS_Face wall(const CellWall& w) {
    const PlaneCurve c = directed(w.piece);
    TopoDS_Face face;
    if (c.kind == PlaneCurve::Kind::line) {
      const gp_Dir along(c.to.x - c.from.x, c.to.y - c.from.y, 0);
      const gp_Dir outward(along.Y(), -along.X(), 0);
      builder_.MakeFace(face, new Geom_Plane(gp_Pln(gp_Ax3(to_pnt(c.from), outward, along))), kernel_tolerance);
      for (const CellLoop& loop : w.loops) add_wire(face, loop, false);
      return face;
    }
    const Sheet sheet = c.kind == PlaneCurve::Kind::arc ? cylinder(w, c) : extrusion(w);
    builder_.MakeFace(face, sheet.surface, kernel_tolerance);
    for (const CellLoop& loop : w.loops)
      for (const EdgeUse& use : loop) give_curve(face, sheet, use, w.round);
    for (const CellLoop& loop : w.loops) add_wire(face, loop, !sheet.outward);
    return sheet.outward ? face : TopoDS::Face(face.Reversed());
  }

 private:
  /// A curved wall's surface: u along the outline, v = z.
  struct Sheet {
    opencascade::handle<Geom_Surface> surface;
    bool outward = true;  ///< the surface's normal looks out of the material
    Vec2 centre, start;   ///< arcs: u is the angle from `start`
    bool arc() const { return length(start) > 0; }
    double u0 = 0, u1 = 2 * M_PI;  ///< of a seam
  };

  std::size_t nodes_per_vertex() const { return cells_.levels.size(); }
  Vec2 place(std::size_t node) const { return a_.vertices[node / nodes_per_vertex()]; }
  double height(std::size_t node) const { return cells_.levels[node % nodes_per_vertex()]; }

  const TopoDS_Vertex& vertex(std::size_t node) {
    TopoDS_Vertex& v = vertices_[node];
    if (v.IsNull()) {
      const Vec2 p = place(node);
      builder_.MakeVertex(v, gp_Pnt(p.x, p.y, height(node)), kernel_tolerance);
    }
    return v;
  }

  PlaneCurve directed(const CellEdge::Piece& piece) const {
    const PlaneCurve& c = a_.atoms[piece.atom].curve;
    return piece.forward ? c : c.reversed();
  }
  /// The profile's own edge below a piece, and whether the edge's curve runs as the piece does.
  std::pair<TopoDS_Edge, bool> source(const CellEdge::Piece& piece) const {
    const Atom::Use& use = a_.atoms[piece.atom].uses.front();
    const TopoDS_Edge& edge = profiles_[use.region].edges[use.curve];
    return {edge, (edge.Orientation() != TopAbs_REVERSED) == (use.forward == piece.forward)};
  }

  TopoDS_Edge between(const opencascade::handle<Geom_Curve>& curve, double first, double last, std::size_t from,
                      std::size_t to) {
    return edge_between(curve, first, last, vertex(from), vertex(to));
  }

  TopoDS_Edge upright(const CellEdge& edge) {
    const Vec2 p = place(edge.from);
    return between(new Geom_Line(gp_Pnt(p.x, p.y, height(edge.from)), gp_Dir(0, 0, 1)), 0,
                   height(edge.to) - height(edge.from), edge.from, edge.to);
  }

  double sweep_of(const CellEdge& edge) const {
    double sweep = 0;
    for (const CellEdge::Piece& p : edge.pieces) sweep += (p.forward ? 1 : -1) * a_.atoms[p.atom].curve.sweep;
    return sweep;
  }

  TopoDS_Edge level(std::size_t i) {
    const CellEdge& edge = cells_.edges[i];
    const PlaneCurve c = directed(edge.pieces.front());
    const Vec2 from = place(edge.from), to = place(edge.to);
    const double z = height(edge.from);
    const gp_Pnt start(from.x, from.y, z);
    if (c.kind == PlaneCurve::Kind::line) {
      const Vec2 d = to - from;
      return between(new Geom_Line(start, gp_Dir(d.x, d.y, 0)), 0, length(d), edge.from, edge.to);
    }
    if (c.kind == PlaneCurve::Kind::arc) {
      const double sweep = sweep_of(edge);
      const Vec2 arm = from - c.centre;
      const gp_Ax2 axes(gp_Pnt(c.centre.x, c.centre.y, z), gp_Dir(0, 0, sweep > 0 ? 1 : -1), gp_Dir(arm.x, arm.y, 0));
      return between(new Geom_Circle(axes, c.radius), 0, std::abs(sweep), edge.from, edge.to);
    }
    const auto [own, along] = source(edge.pieces.front());
    double first = 0, last = 0;
    const opencascade::handle<Geom_Curve> drawn = BRep_Tool::Curve(own, first, last);
    const auto lifted = opencascade::handle<Geom_Curve>::DownCast(drawn->Translated(gp_Vec(0, 0, z)));
    const TopoDS_Edge e =
        along ? between(lifted, first, last, edge.from, edge.to) : between(lifted, first, last, edge.to, edge.from);
    return along ? e : TopoDS::Edge(e.Reversed());
  }

  void add_wire(TopoDS_Face& face, const CellLoop& loop, bool backwards) {
    TopoDS_Wire wire;
    builder_.MakeWire(wire);
    const auto add = [&](const EdgeUse& use) {
      const TopoDS_Edge& e = edge(use.edge);
      builder_.Add(wire, use.forward != backwards ? e : TopoDS::Edge(e.Reversed()));
    };
    if (backwards)
      std::for_each(loop.rbegin(), loop.rend(), add);
    else
      std::for_each(loop.begin(), loop.end(), add);
    wire.Closed(true);
    builder_.Add(face, wire);
  }

  Sheet cylinder(const CellWall& w, const PlaneCurve& c) const {
    Sheet sheet;
    sheet.centre = c.centre;
    sheet.start = a_.vertices[w.start] - c.centre;
    sheet.outward = c.sweep > 0;
    const gp_Ax3 axes(to_pnt(c.centre), gp_Dir(0, 0, 1), gp_Dir(sheet.start.x, sheet.start.y, 0));
    sheet.surface = new Geom_CylindricalSurface(axes, c.radius);
    return sheet;
  }

  Sheet extrusion(const CellWall& w) const {
    Sheet sheet;
    const auto [own, along] = source(w.piece);
    const opencascade::handle<Geom_Curve> drawn = BRep_Tool::Curve(own, sheet.u0, sheet.u1);
    sheet.surface = new Geom_SurfaceOfLinearExtrusion(drawn, gp_Dir(0, 0, 1));
    sheet.outward = along;
    return sheet;
  }

  // Where an edge starts and how it runs in the sheet's parameters: its own parameter grows along the line.
  opencascade::handle<Geom2d_Line> line_on(const Sheet& sheet, const EdgeUse& use, bool round) const {
    const CellEdge& edge = cells_.edges[use.edge];
    const double z = height(edge.from);
    if (edge.upright) return new Geom2d_Line(gp_Pnt2d(upright_u(sheet, edge.from, use, round), z), gp_Dir2d(0, 1));
    if (!sheet.arc()) return new Geom2d_Line(gp_Pnt2d(0, z), gp_Dir2d(1, 0));
    const bool onwards = sweep_of(edge) > 0;
    double u = angle(sheet, edge.from);
    if (round && !onwards && u < 1e-6) u = sheet.u1;
    return new Geom2d_Line(gp_Pnt2d(u, z), gp_Dir2d(onwards ? 1 : -1, 0));
  }
  double angle(const Sheet& sheet, std::size_t node) const {
    const Vec2 arm = place(node) - sheet.centre;
    const double u = std::atan2(cross(sheet.start, arm), dot(sheet.start, arm));
    return u < -1e-6 ? u + 2 * M_PI : u;
  }
  double upright_u(const Sheet& sheet, std::size_t node, const EdgeUse& use, bool round) const {
    if (!sheet.arc()) {
      if (round) return use.forward == sheet.outward ? sheet.u1 : sheet.u0;
      const Vec2 p = place(node);
      const gp_Pnt a = sheet.surface->Value(sheet.u0, 0), b = sheet.surface->Value(sheet.u1, 0);
      return length(p - Vec2{a.X(), a.Y()}) < length(p - Vec2{b.X(), b.Y()}) ? sheet.u0 : sheet.u1;
    }
    const double u = angle(sheet, node);
    // On the seam's line outlines end, and go up, on one side of it: at u1 if they run along u.
    return round && u < 1e-6 && use.forward == sheet.outward ? sheet.u1 : u;
  }

  void give_curve(const TopoDS_Face& face, const Sheet& sheet, const EdgeUse& use, bool round) {
    const TopoDS_Edge e = TopoDS::Edge(edge(use.edge).Oriented(TopAbs_FORWARD));
    if (!cells_.edges[use.edge].seam()) {
      builder_.UpdateEdge(e, line_on(sheet, use, round), face, kernel_tolerance);
    } else if (use.forward) {  // comes once in each direction
      const double z = height(cells_.edges[use.edge].from);
      builder_.UpdateEdge(e, new Geom2d_Line(gp_Pnt2d(sheet.u1, z), gp_Dir2d(0, 1)),
                          new Geom2d_Line(gp_Pnt2d(sheet.u0, z), gp_Dir2d(0, 1)), face, kernel_tolerance);
    }
  }

  const Arrangement& a_;
  const CellComplex& cells_;
  const std::vector<LaidProfile>& profiles_;
  BRep_Builder builder_;
  std::vector<TopoDS_Edge> edges_;
  std::vector<TopoDS_Vertex> vertices_;
};

/// The profiles laid over each other and their boundary found.
struct Layout {
  std::vector<LaidProfile> profiles;
  Arrangement arrangement;
  CellComplex cells;
};

std::optional<Layout> lay_out(const PrismTree& tree, std::vector<LaidProfile> profiles,
                              std::span<const LeafRange> ranges) {
  std::vector<PlaneRegion> regions;
  for (const LaidProfile& profile : profiles) regions.push_back(profile.region);
  auto arrangement = arrange(regions);
  if (!arrangement) return std::nullopt;
  auto cells = cell_complex(*arrangement, tree, ranges);
  if (!cells || cells->flats.empty()) return std::nullopt;
  return Layout{std::move(profiles), std::move(*arrangement), std::move(*cells)};
}

// Walls and level faces that hang together, as lists of numbers: walls first, then level faces.
std::vector<std::vector<std::size_t>> shells_of(const CellComplex& cells) {
  std::vector<std::vector<std::size_t>> faces_of_edge(cells.edges.size());
  const auto note = [&](const std::vector<CellLoop>& loops, std::size_t face) {
    for (const CellLoop& loop : loops)
      for (const EdgeUse& use : loop) faces_of_edge[use.edge].push_back(face);
  };
  for (std::size_t w = 0; w < cells.walls.size(); ++w) note(cells.walls[w].loops, w);
  for (std::size_t f = 0; f < cells.flats.size(); ++f) note(cells.flats[f].loops, cells.walls.size() + f);
  Joined shells(cells.walls.size() + cells.flats.size());
  for (const auto& faces : faces_of_edge)
    for (const std::size_t face : faces) shells.join(faces.front(), face);
  return shells.groups();
}

double volume_of(const CellComplex& cells, const std::vector<std::size_t>& shell) {
  double volume = 0;
  for (const std::size_t face : shell)
    if (face >= cells.walls.size()) {
      const CellFlat& flat = cells.flats[face - cells.walls.size()];
      volume += (flat.up ? 1 : -1) * flat.area * cells.levels[flat.level];
    }
  return volume;
}

// A solid of one bottom, one top and walls between them is a prism again.
std::optional<PrismPiece> as_prism(const CellComplex& cells, const std::vector<std::size_t>& shell, Maker& maker) {
  std::vector<std::size_t> flats;
  for (std::size_t i = 0; i < shell.size(); ++i)
    if (shell[i] >= cells.walls.size()) flats.push_back(i);
  if (flats.size() != 2) return std::nullopt;
  const auto flat = [&](std::size_t i) -> const CellFlat& { return cells.flats[shell[flats[i]] - cells.walls.size()]; };
  const bool ordered = !flat(0).up;
  const CellFlat &bottom = flat(ordered ? 0 : 1), &top = flat(ordered ? 1 : 0);
  const double low = cells.levels[bottom.level], high = cells.levels[top.level];
  NCollection_IndexedDataMap<TopoDS_Shape, std::size_t, TopTools_ShapeMapHasher> walls;
  for (const CellLoop& loop : bottom.loops)
    for (const EdgeUse& use : loop) {
      const auto at = std::find(shell.begin(), shell.end(), cells.edges[use.edge].wall);
      walls.Add(maker.edge(use.edge), static_cast<std::size_t>(at - shell.begin()));
    }
  const TopoDS_Face face = maker.flat(bottom);
  PrismPiece piece{moved_shape(face, Placement::translation({0, 0, -low})),
                   Placement::translation({0, 0, low}),
                   high - low,
                   {flats[ordered ? 0 : 1], flats[ordered ? 1 : 0]}};
  for (const TopoDS_Shape& edge : carriers(face, TopAbs_EDGE)) piece.faces.push_back(walls.FindFromKey(edge));
  return piece;
}

}  // namespace

Result<std::optional<Body>> layered_solid(const PrismTree& tree, const std::vector<LayerPrism>& prisms) {
  return guarded("stacking prisms", [&]() -> Result<std::optional<Body>> {
    std::vector<LaidProfile> profiles;
    std::vector<LeafRange> ranges;
    for (const LayerPrism& prism : prisms) {
      profiles.push_back(lay(prism.profile.shape));
      ranges.push_back(prism.range);
    }
    const auto layout = lay_out(tree, std::move(profiles), ranges);
    if (!layout) return std::nullopt;
    const CellComplex& cells = layout->cells;
    Maker maker(layout->arrangement, cells, layout->profiles);
    TraceCollector traces(TopAbs_FACE);
    const auto make_wall = [&](const CellWall& wall) {
      Trace trace;
      for (const auto& [prism, curve] : wall.sources)
        trace.merge(prisms[prism].profile.traces[layout->profiles[prism].traces[curve]]);
      const TopoDS_Face face = maker.wall(wall);
      traces.add(face, trace);
      return face;
    };
    const auto make_flat = [&](const CellFlat& flat) {
      Trace trace;
      for (const std::size_t prism : flat.leaves) {
        // A tool's own bottom may be what looks up: the end is told by its place.
        const bool top = std::abs(prisms[prism].range.high - cells.levels[flat.level]) <
                         std::abs(prisms[prism].range.low - cells.levels[flat.level]);
        trace.merge(top ? prisms[prism].top : prisms[prism].bottom);
      }
      const TopoDS_Face face = maker.flat(flat);
      const TopoDS_Face turned = flat.up ? face : TopoDS::Face(face.Reversed());
      traces.add(turned, trace);
      return turned;
    };
    std::vector<TopoDS_Shape> solids;
    std::vector<PrismPiece> pieces;
    std::size_t first = 0;
    for (const auto& group : shells_of(cells)) {
      if (volume_of(cells, group) <= 0) return std::nullopt;  // a hollow inside
      std::vector<TopoDS_Shape> faces;
      for (const std::size_t face : group)
        faces.push_back(face < cells.walls.size() ? make_wall(cells.walls[face])
                                                  : make_flat(cells.flats[face - cells.walls.size()]));
      solids.push_back(solid_inside(faces));
      if (solids.back().IsNull()) return std::nullopt;
      if (auto piece = as_prism(cells, group, maker)) {
        for (std::size_t& face : piece->faces) face += first;
        pieces.push_back(std::move(*piece));
      }
      first += group.size();
    }
    Body body = traces.finish(gather(solids), "face");
    if (pieces.size() == solids.size()) body.prisms = std::move(pieces);
    return std::optional(std::move(body));
  });
}

Result<std::optional<Regions>> layered_regions(const PrismTree& tree, const std::vector<RegionUse>& uses) {
  return guarded("combining profiles", [&]() -> Result<std::optional<Regions>> {
    std::vector<LaidProfile> profiles;
    for (const RegionUse& use : uses) profiles.push_back(lay(use.body.shape));
    const auto layout = lay_out(tree, std::move(profiles), std::vector<LeafRange>(uses.size(), {0, 1}));
    if (!layout) return std::nullopt;
    const CellComplex& cells = layout->cells;
    Maker maker(layout->arrangement, cells, layout->profiles);
    TraceCollector edges(TopAbs_EDGE), areas(TopAbs_FACE);
    std::vector<TopoDS_Shape> faces;
    for (const CellFlat& flat : cells.flats) {
      if (flat.up) continue;
      const TopoDS_Face face = maker.flat(flat);
      Trace area;
      for (const std::size_t use : flat.leaves) area.merge(uses[use].region);
      areas.add(face, area);
      faces.push_back(face);
    }
    for (std::size_t i = 0; i < cells.edges.size(); ++i)
      if (const CellEdge& edge = cells.edges[i]; !edge.upright && !edge.up)
        for (const auto& [use, curve] : cells.walls[edge.wall].sources)
          edges.add(maker.edge(i), uses[use].body.traces[layout->profiles[use].traces[curve]]);
    const TopoDS_Shape shape = gather(faces);
    return std::optional(Regions{edges.finish(shape, "edge"), areas.finish(shape, "").traces});
  });
}

}  // namespace fitwright
