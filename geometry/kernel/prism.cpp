#include "geometry/kernel/prism.hpp"

#include <BRepPrimAPI_MakePrism.hxx>

#include "geometry/kernel/boolean.hpp"

namespace fitwright {

Result<Body> make_prism(const Body& profile, const std::vector<Trace>& bottom, const std::vector<Trace>& top,
                        Vec3 offset, double height) {
  return guarded("extruding a profile", [&]() -> Result<Body> {
    const TopoDS_Shape base = moved_shape(profile.shape, Placement::translation(offset));
    BRepPrimAPI_MakePrism prism(base, gp_Vec(0, 0, height));
    if (!prism.IsDone()) return geometry_error("extruding a profile failed");
    TraceCollector traces(TopAbs_FACE);
    const auto edges = carriers(base, TopAbs_EDGE);
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (const TopoDS_Shape& side : prism.Generated(edges[i]))
        if (side.ShapeType() == TopAbs_FACE) traces.add(side, profile.traces[i]);
    const auto faces = faces_of(base);
    for (std::size_t i = 0; i < faces.size(); ++i) {
      traces.add(prism.FirstShape(faces[i]), bottom[i]);
      traces.add(prism.LastShape(faces[i]), top[i]);
    }
    return traces.finish(gather(carriers(prism.Shape(), TopAbs_SOLID)), "side");
  });
}

}  // namespace fitwright
