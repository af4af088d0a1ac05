#include "geometry/kernel/occt.hpp"

#include <BRepBuilderAPI_Transform.hxx>
#include <BRepLib.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <ShapeFix_Shell.hxx>
#include <TopExp.hxx>
#include <TopLoc_Location.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS_Compound.hxx>
#include <TopoDS_Shell.hxx>
#include <TopoDS_Solid.hxx>

#include "geometry/kernel/boolean.hpp"

namespace fitwright {

gp_Trsf to_trsf(const Placement& p) {
  gp_Trsf t;
  const auto& l = p.linear;
  t.SetValues(l[0].x, l[0].y, l[0].z, p.offset.x, l[1].x, l[1].y, l[1].z, p.offset.y, l[2].x, l[2].y, l[2].z,
              p.offset.z);
  return t;
}

tl::unexpected<Error> geometry_error(std::string message, std::string suggestion) {
  return fail(ErrorKind::geometry, std::move(message), std::move(suggestion));
}

tl::unexpected<Error> cancelled_error() { return fail(ErrorKind::cancelled, "the work was cancelled"); }

TopAbs_ShapeEnum carrier_of(Kind kind) { return kind == Kind::profile ? TopAbs_EDGE : TopAbs_FACE; }

std::size_t Value::bytes() const {
  // Faces of typical models were measured at 2 to 4 KB with their edges, curves and provenance.
  return 256 + body_.traces.size() * 4096;
}

const std::stop_token& BuildContext::stop() const { return task_.stop; }

Result<const std::string*> BuildContext::blob(std::size_t arg) const {
  const auto it = blobs_.find(text(arg));
  if (it == blobs_.end()) return fail(ErrorKind::geometry, "a file or font that the design uses is missing from it");
  return &it->second;
}

Result<std::shared_ptr<const ExactSolid>> BuildContext::solids(std::size_t arg) const {
  FW_TRY(const std::string* bytes, blob(arg));
  if (!read_solids_) return fail(ErrorKind::geometry, "models cannot be imported here");
  return read_solids_(*bytes);
}

void TraceCollector::add(const TopoDS_Shape& carrier, const Trace& trace) {
  if (Trace* known = traces_.ChangeSeek(carrier))
    known->merge(trace);
  else
    traces_.Add(carrier, trace);
}

void TraceCollector::inherit(const Body& input, Slot slot, const opencascade::handle<BRepTools_History>& history) {
  Body seen_from_parent{input.shape, {}};
  seen_from_parent.traces.reserve(input.traces.size());
  for (const Trace& trace : input.traces) seen_from_parent.traces.push_back(trace.below(slot));
  inherit(seen_from_parent, history);
}

void TraceCollector::inherit(const Body& input, const opencascade::handle<BRepTools_History>& history) {
  const std::vector<TopoDS_Shape> subs = carriers(input.shape, carrier_);
  for (std::size_t i = 0; i < subs.size(); ++i) {
    const TopTools_ListOfShape* images = nullptr;
    if (!history.IsNull()) {
      if (history->IsRemoved(subs[i])) continue;
      images = &history->Modified(subs[i]);
    }
    if (images && !images->IsEmpty())
      for (const TopoDS_Shape& image : *images) add(image, input.traces[i]);
    else
      add(subs[i], input.traces[i]);
  }
}

Body TraceCollector::finish(const TopoDS_Shape& result, std::string_view fallback_role) const {
  Body body{result, {}};
  for (const TopoDS_Shape& sub : carriers(result, carrier_)) {
    const Trace* known = traces_.Seek(sub);
    body.traces.push_back(known ? *known : Trace::of_role(std::string(fallback_role)));
  }
  return body;
}

std::vector<TopoDS_Shape> carriers(const TopoDS_Shape& shape, TopAbs_ShapeEnum type) {
  TopTools_IndexedMapOfShape map;
  TopExp::MapShapes(shape, type, map);
  std::vector<TopoDS_Shape> all;
  all.reserve(map.Extent());
  for (int i = 1; i <= map.Extent(); ++i) all.push_back(map(i));
  return all;
}

TopoDS_Shape gather(const std::vector<TopoDS_Shape>& members) {
  if (members.size() == 1) return members.front();
  TopoDS_Compound compound;
  BRep_Builder builder;
  builder.MakeCompound(compound);
  for (const TopoDS_Shape& member : members) builder.Add(compound, member);
  return compound;
}

TopoDS_Edge edge_between(const opencascade::handle<Geom_Curve>& curve, double first, double last,
                         const TopoDS_Shape& from, const TopoDS_Shape& to) {
  TopoDS_Edge edge;
  BRep_Builder builder;
  builder.MakeEdge(edge, curve, kernel_tolerance);
  builder.Add(edge, from.Oriented(TopAbs_FORWARD));
  builder.Add(edge, to.Oriented(TopAbs_REVERSED));
  builder.Range(edge, first, last);
  if (from.IsSame(to)) edge.Closed(true);
  return edge;
}

namespace {

TopoDS_Shell shell_of(const std::vector<TopoDS_Shape>& faces) {
  BRep_Builder builder;
  TopoDS_Shell shell;
  builder.MakeShell(shell);
  for (const TopoDS_Shape& face : faces) builder.Add(shell, face);
  return shell;
}

TopoDS_Solid solid_of(TopoDS_Shell shell) {
  shell.Closed(true);
  BRep_Builder builder;
  TopoDS_Solid solid;
  builder.MakeSolid(solid);
  builder.Add(solid, shell);
  return solid;
}

}  // namespace

TopoDS_Shape solid_inside(const std::vector<TopoDS_Shape>& faces) {
  const TopoDS_Shell shell = shell_of(faces);
  return BRep_Tool::IsClosed(shell) ? TopoDS_Shape(solid_of(shell)) : TopoDS_Shape();
}

TopoDS_Shape oriented_solid(const std::vector<TopoDS_Shape>& faces) {
  ShapeFix_Shell fix;
  fix.FixFaceOrientation(shell_of(faces));
  if (fix.NbShells() != 1 || !BRep_Tool::IsClosed(fix.Shell())) return {};
  TopoDS_Solid solid = solid_of(fix.Shell());
  BRepLib::OrientClosedSolid(solid);
  return solid;
}

TopoDS_Shape moved_shape(const TopoDS_Shape& shape, const Placement& placement) {
  const gp_Trsf whole = to_trsf(placement) * shape.Location().Transformation();
  return shape.Located(whole.Form() == gp_Identity ? TopLoc_Location() : TopLoc_Location(whole));
}

Result<Body> transformed(const Body& body, Kind kind, Slot slot, const Placement& placement) {
  return guarded("moving a shape", [&]() -> Result<Body> {
    Body moved;
    if (placement.mirrors()) {
      BRepBuilderAPI_Transform transform(body.shape, to_trsf(placement), true);
      moved.shape = transform.Shape();
      // The copy keeps the order of sub-shapes, so traces stay aligned.
    } else {
      moved.shape = moved_shape(body.shape, placement);
    }
    const std::size_t count = carriers(moved.shape, carrier_of(kind)).size();
    if (count != body.traces.size()) return geometry_error("moving a shape changed its faces");
    moved.traces.reserve(count);
    for (const Trace& trace : body.traces) moved.traces.push_back(trace.below(slot));
    if (!placement.mirrors()) {
      moved.prisms = body.prisms;
      for (PrismPiece& piece : moved.prisms) piece.at = placement * piece.at;
    }
    return moved;
  });
}

}  // namespace fitwright
