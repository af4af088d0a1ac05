#include "geometry/kernel/revolve.hpp"

#include <BRepPrimAPI_MakeRevol.hxx>
#include <TopExp_Explorer.hxx>
#include <gp_Ax1.hxx>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/bounds.hpp"

namespace fitwright {

Result<Body> make_revolution(const Body& profile, double angle_deg) {
  return guarded("revolving a profile", [&]() -> Result<Body> {
    const Box3 box = bounds_of(profile.shape);
    if (box.min.x < -1e-7) {
      Error error = make_error(
          ErrorKind::geometry,
          "a profile to revolve must lie at x >= 0; this one reaches to x = " + number_text(box.min.x) + " mm");
      error.measured = box.min.x;
      error.required = 0;
      error.unit = "mm";
      return fail(std::move(error));
    }
    // Profile x is the radius, profile y the height: stand the profile up, then turn it about z.
    const Placement upright = Placement::rotation({1, 0, 0}, 90);
    const TopoDS_Shape standing = moved_shape(profile.shape, upright);
    const gp_Ax1 axis(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1));
    const bool full = angle_deg >= 360;
    BRepPrimAPI_MakeRevol revol =
        full ? BRepPrimAPI_MakeRevol(standing, axis) : BRepPrimAPI_MakeRevol(standing, axis, angle_deg * M_PI / 180);
    if (!revol.IsDone())
      return geometry_error("revolving a profile failed",
                            "keep the profile clear of the axis, or let a straight edge lie on it");
    TraceCollector traces(TopAbs_FACE);
    const auto edges = carriers(standing, TopAbs_EDGE);
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (const TopoDS_Shape& face : revol.Generated(edges[i]))
        if (face.ShapeType() == TopAbs_FACE) traces.add(face, profile.traces[i]);
    if (!full) {
      for (TopExp_Explorer it(revol.FirstShape(), TopAbs_FACE); it.More(); it.Next())
        traces.add(it.Current(), Trace::of_role("start"));
      for (TopExp_Explorer it(revol.LastShape(), TopAbs_FACE); it.More(); it.Next())
        traces.add(it.Current(), Trace::of_role("end"));
    }
    const TopoDS_Shape solid = gather(carriers(revol.Shape(), TopAbs_SOLID));
    if (const std::string fault = solid_fault(solid); !fault.empty())
      return geometry_error("revolving a profile gave a solid that " + fault);
    return traces.finish(solid, "side");
  });
}

}  // namespace fitwright
