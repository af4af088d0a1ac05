#include "geometry/kernel/prism.hpp"

#include <BRepPrimAPI_MakePrism.hxx>
#include <TopExp.hxx>
#include <TopTools_IndexedMapOfShape.hxx>

#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/layers.hpp"

namespace fitwright {

namespace {

// Each face of the profile as a prism of its own; absent where the layout is not certain.
Result<std::optional<Body>> laid_out(const Body& profile, const std::vector<Trace>& bottom,
                                     const std::vector<Trace>& top, double low, double height) {
  TraceCollector traces(TopAbs_EDGE);
  traces.inherit(profile, nullptr);
  PrismTree tree{PrismTree::How::unite, {}, 0, bottom.size()};
  std::vector<LayerPrism> prisms;
  const auto faces = faces_of(profile.shape);
  for (std::size_t i = 0; i < faces.size(); ++i) {
    prisms.push_back({traces.finish(faces[i], "edge"), bottom[i], top[i], {low, low + height}});
    tree.members.push_back({PrismTree::How::leaf, {}, i, 1});
  }
  return layered_solid(tree, prisms);
}

}  // namespace

Result<Body> make_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                        double low, double height, const BooleanTask& task) {
  if (task.shortcuts) {
    if (auto quick = laid_out(profile, bottom, top, low, height); quick && *quick) return std::move(**quick);
  }
  const Vec3 offset{0, 0, low};
  return guarded("extruding a profile", [&]() -> Result<Body> {
    const TopoDS_Shape base = moved_shape(profile.shape, Placement::translation(offset));
    BRepPrimAPI_MakePrism prism(base, gp_Vec(0, 0, height));
    if (!prism.IsDone()) return geometry_error("extruding a profile failed");
    const TopoDS_Shape solids = gather(carriers(prism.Shape(), TopAbs_SOLID));
    TraceCollector traces(TopAbs_FACE);
    TopTools_IndexedMapOfShape order;
    TopExp::MapShapes(solids, TopAbs_FACE, order);
    const auto place = [&](const TopoDS_Shape& face) { return static_cast<std::size_t>(order.FindIndex(face) - 1); };
    std::vector<PrismPiece> pieces;
    const auto edges = carriers(base, TopAbs_EDGE);
    TopTools_IndexedMapOfShape edge_order;
    TopExp::MapShapes(base, TopAbs_EDGE, edge_order);
    std::vector<TopoDS_Shape> sides(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (const TopoDS_Shape& side : prism.Generated(edges[i]))
        if (side.ShapeType() == TopAbs_FACE) {
          traces.add(side, profile.traces[i]);
          sides[i] = side;
        }
    const auto faces = faces_of(base), drawn = faces_of(profile.shape);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      const TopoDS_Shape first = prism.FirstShape(faces[i]), last = prism.LastShape(faces[i]);
      traces.add(first, bottom[i]);
      traces.add(last, top[i]);
      PrismPiece piece{drawn[i], Placement::translation(offset), height, {place(first), place(last)}};
      for (const TopoDS_Shape& edge : carriers(faces[i], TopAbs_EDGE))
        piece.faces.push_back(place(sides[static_cast<std::size_t>(edge_order.FindIndex(edge) - 1)]));
      pieces.push_back(std::move(piece));
    }
    Body body = traces.finish(solids, "side");
    if (pieces.size() == carriers(solids, TopAbs_SOLID).size()) body.prisms = std::move(pieces);
    return body;
  });
}

}  // namespace fitwright
