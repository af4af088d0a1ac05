#include "geometry/kernel/boolean.hpp"

#include <BRepAdaptor_Curve.hxx>
#include <BRepAlgoAPI_Common.hxx>
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepAlgoAPI_Fuse.hxx>
#include <BRepClass3d_SolidClassifier.hxx>
#include <BRep_Tool.hxx>
#include <TopExp.hxx>
#include <TopExp_Explorer.hxx>
#include <TopTools_IndexedMapOfShape.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Shell.hxx>

#include <algorithm>

#include "geometry/kernel/bounds.hpp"
#include "geometry/kernel/cyclic.hpp"
#include "geometry/kernel/groups.hpp"
#include "geometry/kernel/measures.hpp"
#include "geometry/kernel/stamp.hpp"
#include "geometry/kernel/turned_cut.hpp"

namespace fitwright {

namespace {

std::vector<TopoDS_Shape> solids_of(const TopoDS_Shape& shape) { return carriers(shape, TopAbs_SOLID); }

bool touch(const Box3& a, const Box3& b) {
  const double gap = 1e-4;
  return a.min.x <= b.max.x + gap && b.min.x <= a.max.x + gap && a.min.y <= b.max.y + gap && b.min.y <= a.max.y + gap &&
         a.min.z <= b.max.z + gap && b.min.z <= a.max.z + gap;
}

// Splits bodies of several solids, so that groups are formed solid by solid.
std::vector<SolidUse> split(const std::vector<SolidUse>& members) {
  std::vector<SolidUse> all;
  for (const SolidUse& member : members) {
    const auto solids = solids_of(member.body.shape);
    if (solids.size() == 1) {
      all.push_back(member);
      continue;
    }
    TraceCollector traces(TopAbs_FACE);
    traces.inherit(member.body, nullptr);
    std::size_t first = 0;  // number of the solid's first face among all: solids share no face
    for (std::size_t i = 0; i < solids.size(); ++i) {
      SolidUse one{traces.finish(solids[i], "face")};
      if (!member.body.prisms.empty()) {
        one.body.prisms = {member.body.prisms[i]};
        for (std::size_t& face : one.body.prisms[0].faces) face -= first;
      }
      first += one.body.traces.size();
      all.push_back(std::move(one));
    }
  }
  return all;
}

std::vector<std::vector<std::size_t>> touching_groups(const std::vector<Box3>& boxes) {
  return connected_groups(boxes.size(), [&](std::size_t i, std::size_t j) { return touch(boxes[i], boxes[j]); });
}

std::vector<Box3> boxes_of(const std::vector<SolidUse>& members) {
  std::vector<Box3> boxes;
  for (const SolidUse& member : members) boxes.push_back(quick_bounds_of(member.body.shape));
  return boxes;
}

template <class Algorithm>
Result<Body> run(const Body& base, const std::vector<SolidUse>& tools, const std::stop_token& stop,
                 std::string_view what) {
  Algorithm algorithm;
  TopTools_ListOfShape objects, others;
  objects.Append(base.shape);
  for (const SolidUse& tool : tools) others.Append(tool.body.shape);
  algorithm.SetArguments(objects);
  algorithm.SetTools(others);
  algorithm.SetNonDestructive(true);  // else it widens tolerances of what other values share
  const opencascade::handle<StopIndicator> indicator = new StopIndicator(stop);
  algorithm.Build(indicator->Start());
  if (stop.stop_requested()) return cancelled_error();
  if (algorithm.HasErrors() || !algorithm.IsDone())
    return geometry_error(std::string(what) + " failed: the solids meet in a way the kernel cannot resolve",
                          "move or resize one of them a little, so that faces and edges do not almost touch");
  simplify(algorithm);
  const auto solids = solids_of(algorithm.Shape());
  if (solids.empty())
    return geometry_error("nothing is left after " + std::string(what),
                          "check sizes and positions of what is cut away");
  TraceCollector traces(TopAbs_FACE);
  traces.inherit(base, algorithm.History());
  for (const SolidUse& tool : tools) traces.inherit(tool.body, algorithm.History());
  return traces.finish(gather(solids), "face");
}

std::string solid_fault(const TopoDS_Shape& shape, double volume) {
  if (solids_of(shape).empty()) return "has no inside";
  for (TopExp_Explorer it(shape, TopAbs_SHELL); it.More(); it.Next())
    if (!BRep_Tool::IsClosed(TopoDS::Shell(it.Current()))) return "is not closed";
  return volume > 0 ? "" : "has no positive volume";
}

Result<Body> checked(Body body, double low, double high, std::string_view what) {
  const double volume = volume_of(body.shape);
  if (const std::string fault = solid_fault(body.shape, volume); !fault.empty())
    return geometry_error(std::string(what) + " gave a solid that " + fault);
  const double slack = 1e-4 * (std::abs(high) + std::abs(low)) + 1e-6;
  if (volume < low - slack || volume > high + slack) {
    Error error = make_error(ErrorKind::geometry, std::string(what) + " gave a solid of impossible volume");
    error.measured = volume;
    error.required = volume < low ? low : high;
    error.unit = "mm3";
    return fail(std::move(error));
  }
  return body;
}

// Between helicoids and planes the kernel sometimes finds no intersection, and answers with less than all or with all.
const char* const near_misses =
    "move or turn one of them a little, or let its ends lie in the faces that it goes through";

/// Whether the middle of one of the shape's edges, those in `known` left out, lies well inside a solid, or well
/// outside.
bool reaches(const TopoDS_Shape& shape, TopAbs_State where, const TopoDS_Shape& solid,
             const TopTools_IndexedMapOfShape& known = {}) {
  BRepClass3d_SolidClassifier classifier(solid);
  TopTools_IndexedMapOfShape edges;
  TopExp::MapShapes(shape, TopAbs_EDGE, edges);
  for (int i = 1; i <= edges.Extent(); ++i) {
    const TopoDS_Edge& edge = TopoDS::Edge(edges(i));
    if (BRep_Tool::Degenerated(edge) || known.Contains(edge)) continue;
    const BRepAdaptor_Curve curve(edge);
    classifier.Perform(curve.Value((curve.FirstParameter() + curve.LastParameter()) / 2), 1e-5);
    if (classifier.State() == where) return true;
  }
  return false;
}

Result<Body> fuse(const std::vector<SolidUse>& group, BooleanTask& task) {
  if (group.size() == 1) return group.front().body;
  task.served = Tier::general;
  double largest = 0, sum = 0;
  for (const SolidUse& member : group) {
    const double v = volume_of(member.body.shape);
    largest = std::max(largest, v);
    sum += v;
  }
  FW_TRY(Body united,
         (run<BRepAlgoAPI_Fuse>(group.front().body, {group.begin() + 1, group.end()}, task.stop, "uniting solids")));
  FW_TRY(united, checked(std::move(united), largest, sum, "uniting solids"));
  // Nothing that is united may be lost: what is no longer an edge lies inside.
  TopTools_IndexedMapOfShape kept;
  TopExp::MapShapes(united.shape, TopAbs_EDGE, kept);
  const auto is_lost = [&](const SolidUse& member) {
    return reaches(member.body.shape, TopAbs_OUT, united.shape, kept);
  };
  if (std::any_of(group.begin(), group.end(), is_lost))
    return geometry_error("uniting solids failed: the kernel lost a part of one of them", near_misses);
  return united;
}

std::vector<SolidUse> pick(const std::vector<SolidUse>& from, const std::vector<std::size_t>& indices) {
  std::vector<SolidUse> picked;
  for (const std::size_t i : indices) picked.push_back(from[i]);
  return picked;
}

Result<Body> cut_generally(const Body& base, const std::vector<SolidUse>& tools, BooleanTask& task) {
  if (task.shortcuts) {
    if (auto turned = cut_turned(base, tools); turned && *turned) {
      task.served = std::max(task.served, Tier::profiles);
      return std::move(**turned);
    }
    FW_TRY(auto cyclic, cut_cyclic(base, tools, task));
    if (cyclic) return std::move(*cyclic);
  }
  task.served = Tier::general;
  std::vector<SolidUse> fused;
  double removed = 0;
  for (const auto& indices : touching_groups(boxes_of(tools))) {
    FW_TRY(Body united, fuse(pick(tools, indices), task));
    removed += volume_of(united.shape);
    fused.push_back({std::move(united)});
  }
  const double whole = volume_of(base.shape);
  FW_TRY(Body cut, run<BRepAlgoAPI_Cut>(base, fused, task.stop, "cutting solids"));
  FW_TRY(cut, checked(std::move(cut), std::max(0.0, whole - removed), whole, "cutting solids"));
  const auto is_ignored = [&](const SolidUse& tool) { return reaches(tool.body.shape, TopAbs_IN, base.shape); };
  if (volume_of(cut.shape) >= whole * (1 - 1e-12) && std::any_of(fused.begin(), fused.end(), is_ignored))
    return geometry_error("cutting solids failed: the kernel finds no intersection where there is one", near_misses);
  return cut;
}

Result<Body> unite_generally(const Body& base, std::vector<SolidUse> tools, BooleanTask& task) {
  tools.insert(tools.begin(), {base});
  return fuse(tools, task);
}

/// Stamps what can be stamped; the rest goes through `general`, before the stamps: a boolean is the quicker the
/// fewer faces it sees. A stamp that fails is none.
template <class General>
Result<Body> combine(const Body& base, const std::vector<SolidUse>& tools, StampKind kind, BooleanTask& task,
                     const General& general) {
  if (!task.shortcuts) return general(base, tools, task);
  auto first = stamp(base, tools, kind);
  if (!first || first->stamped.empty()) return general(base, tools, task);
  task.served = std::max(task.served, Tier::stamped);
  if (first->rest.empty()) return std::move(first->body);
  FW_TRY(const Body partly, general(base, pick(tools, first->rest), task));
  const auto others = pick(tools, first->stamped);
  auto second = stamp(partly, others, kind);
  if (!second) return general(partly, others, task);
  if (second->rest.empty()) return std::move(second->body);
  return general(second->body, pick(others, second->rest), task);
}

/// The member to stamp the others on: one that is no prism itself, else the largest that is no thread.
std::size_t stamping_base(const std::vector<SolidUse>& group) {
  std::size_t best = 0;
  const auto rank = [](const SolidUse& member) {
    const Vec3 size = quick_bounds_of(member.body.shape).size();
    const bool thread = !member.body.prisms.empty() && member.body.prisms.front().thread;
    return std::tuple(member.body.prisms.empty(), !thread, size.x * size.y * size.z);
  };
  for (std::size_t i = 1; i < group.size(); ++i)
    if (rank(group[i]) > rank(group[best])) best = i;
  return best;
}

Result<Body> unite_group(std::vector<SolidUse> group, BooleanTask& task) {
  if (group.size() == 1) return group.front().body;
  if (!task.shortcuts) return fuse(group, task);
  const auto base = group.begin() + static_cast<std::ptrdiff_t>(stamping_base(group));
  const Body body = base->body;
  group.erase(base);
  return combine(body, group, StampKind::unite, task, unite_generally);
}

}  // namespace

std::vector<SolidUse> uses_below(const std::vector<const Body*>& bodies, std::uint16_t arg) {
  std::vector<SolidUse> uses;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const Slot slot{arg, static_cast<std::uint16_t>(i)};
    SolidUse use{{bodies[i]->shape, {}, bodies[i]->prisms}};
    for (const Trace& trace : bodies[i]->traces) use.body.traces.push_back(trace.below(slot));
    uses.push_back(std::move(use));
  }
  return uses;
}

void simplify(BRepAlgoAPI_BuilderAlgo& algorithm) {
  try {
    algorithm.SimplifyResult(true, true);
  } catch (const Standard_Failure&) {
    // It stumbles over edges of no direction between letters that run into each other; nothing was changed yet.
    algorithm.SimplifyResult(false, true);
  }
}

std::string solid_fault(const TopoDS_Shape& shape) { return solid_fault(shape, volume_of(shape)); }

Result<Body> unite(std::vector<SolidUse> members, BooleanTask& task) {
  return guarded("uniting solids", [&]() -> Result<Body> {
    const auto parts = split(members);
    TraceCollector traces(TopAbs_FACE);
    std::vector<TopoDS_Shape> solids;
    std::vector<PrismPiece> prisms;
    std::size_t first = 0;
    for (const auto& indices : touching_groups(boxes_of(parts))) {
      FW_TRY(const Body united, unite_group(pick(parts, indices), task));
      traces.inherit(united, nullptr);
      for (const TopoDS_Shape& solid : solids_of(united.shape)) solids.push_back(solid);
      if (united.prisms.size() == 1) {
        prisms.push_back(united.prisms.front());
        for (std::size_t& face : prisms.back().faces) face += first;
      }
      first += united.traces.size();
    }
    Body body = traces.finish(gather(solids), "face");
    if (prisms.size() == solids.size()) body.prisms = std::move(prisms);
    return body;
  });
}

Result<Body> subtract(SolidUse base, std::vector<SolidUse> tools, BooleanTask& task) {
  return guarded("cutting solids", [&]() -> Result<Body> {
    const Box3 base_box = quick_bounds_of(base.body.shape);
    auto parts = split(tools);
    std::erase_if(parts, [&](const SolidUse& tool) { return !touch(quick_bounds_of(tool.body.shape), base_box); });
    if (parts.empty()) return base.body;
    return combine(base.body, parts, StampKind::cut, task, cut_generally);
  });
}

Result<Body> intersect(SolidUse base, std::vector<SolidUse> tools, BooleanTask& task) {
  return guarded("intersecting solids", [&]() -> Result<Body> {
    task.served = Tier::general;
    for (const SolidUse& tool : tools) {
      const double bound = std::min(volume_of(base.body.shape), volume_of(tool.body.shape));
      FW_TRY(Body common, run<BRepAlgoAPI_Common>(base.body, {tool}, task.stop, "intersecting solids"));
      FW_TRY(base.body, checked(std::move(common), 0, bound, "intersecting solids"));
    }
    return base.body;
  });
}

}  // namespace fitwright
