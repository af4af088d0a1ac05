// Small bridges between our plain types and OpenCASCADE's, shared inside the kernel.
#pragma once

#include <BRepTools_History.hxx>
#include <Geom_Curve.hxx>
#include <Message_ProgressIndicator.hxx>
#include <Message_ProgressRange.hxx>
#include <NCollection_IndexedDataMap.hxx>
#include <Standard_Failure.hxx>
#include <TopAbs_ShapeEnum.hxx>
#include <TopTools_ListOfShape.hxx>
#include <TopTools_ShapeMapHasher.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Shape.hxx>
#include <gp_Dir.hxx>
#include <gp_Pnt.hxx>
#include <gp_Trsf.hxx>

#include <exception>
#include <stop_token>

#include "geometry/kernel/value.hpp"

namespace fitwright {

inline gp_Pnt to_pnt(Vec3 v) { return {v.x, v.y, v.z}; }
inline gp_Pnt to_pnt(Vec2 v) { return {v.x, v.y, 0}; }
inline gp_Vec to_vec(Vec3 v) { return {v.x, v.y, v.z}; }
inline Vec3 from_occt(const gp_XYZ& p) { return {p.X(), p.Y(), p.Z()}; }
inline Vec3 from_occt(const gp_Pnt& p) { return from_occt(p.XYZ()); }
inline Vec3 from_occt(const gp_Dir& d) { return from_occt(d.XYZ()); }
gp_Trsf to_trsf(const Placement& placement);

/// A geometry error of an operation.
tl::unexpected<Error> geometry_error(std::string message, std::string suggestion = {});
tl::unexpected<Error> cancelled_error();

/// Runs `f` (returning a Result) and turns what OpenCASCADE throws into an Error: "`what` failed (...)".
template <class F>
auto guarded(std::string_view what, F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (const Standard_Failure& failure) {
    const char* text = failure.GetMessageString();
    return geometry_error(std::string(what) + " failed in the geometry kernel" +
                          (text && *text ? " (" + std::string(text) + ")" : ""));
  } catch (const std::exception& e) {
    return geometry_error(std::string(what) + " failed in the geometry kernel (" + e.what() + ")");
  }
}

/// Lets long OpenCASCADE algorithms poll a stop token.
class StopIndicator : public Message_ProgressIndicator {
 public:
  explicit StopIndicator(std::stop_token stop) : stop_(std::move(stop)) {}
  Standard_Boolean UserBreak() override { return stop_.stop_requested(); }

 protected:
  void Show(const Message_ProgressScope&, const Standard_Boolean) override {}

 private:
  std::stop_token stop_;
};

/// TopAbs_FACE for solids, TopAbs_EDGE for profiles.
TopAbs_ShapeEnum carrier_of(Kind kind);

/// Gathers the traces of a result's carriers while an operation runs.
class TraceCollector {
 public:
  explicit TraceCollector(TopAbs_ShapeEnum carrier) : carrier_(carrier) {}

  /// Remembers (merges) a trace for a carrier.
  void add(const TopoDS_Shape& carrier, const Trace& trace);
  /// Carries the traces of an input over by the history of the operation; null history: unchanged.
  void inherit(const Body& input, Slot slot, const opencascade::handle<BRepTools_History>& history);
  /// The same for traces that already have their final path.
  void inherit(const Body& input, const opencascade::handle<BRepTools_History>& history);
  bool has(const TopoDS_Shape& carrier) const { return traces_.Contains(carrier); }
  /// The body; carriers that nobody spoke of get `fallback_role`.
  Body finish(const TopoDS_Shape& result, std::string_view fallback_role) const;

 private:
  TopAbs_ShapeEnum carrier_;
  NCollection_IndexedDataMap<TopoDS_Shape, Trace, TopTools_ShapeMapHasher> traces_;
};

/// The shape's carriers in the order of Body::traces.
std::vector<TopoDS_Shape> carriers(const TopoDS_Shape& shape, TopAbs_ShapeEnum type);
inline std::vector<TopoDS_Shape> faces_of(const TopoDS_Shape& shape) { return carriers(shape, TopAbs_FACE); }

/// A shape of the given members: the member itself when there is one, else a compound.
TopoDS_Shape gather(const std::vector<TopoDS_Shape>& members);

constexpr double kernel_tolerance = 1e-7;  ///< mm, of the vertices, edges and faces that we build ourselves

/// An edge on a curve, from one vertex to another or back to the same.
TopoDS_Edge edge_between(const opencascade::handle<Geom_Curve>& curve, double first, double last,
                         const TopoDS_Shape& from, const TopoDS_Shape& to);
/// The solid inside the faces; null when they leave it open.
TopoDS_Shape solid_inside(const std::vector<TopoDS_Shape>& faces);

/// The same for faces that may look either way: they are turned to look outward.
TopoDS_Shape oriented_solid(const std::vector<TopoDS_Shape>& faces);

/// The shape moved rigidly, geometry shared. One location replaces the chain that Moved would build up,
/// which makes every later question to the shape slower.
TopoDS_Shape moved_shape(const TopoDS_Shape& shape, const Placement& placement);

/// A body moved; child traces get `slot` in front. Rigid motions share the geometry, mirrors copy it.
Result<Body> transformed(const Body& body, Kind kind, Slot slot, const Placement& placement);

}  // namespace fitwright
