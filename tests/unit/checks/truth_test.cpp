// Does each check say what is true? Families of parts swept through the limit.
#include <algorithm>
#include <iostream>
#include <optional>
#include <random>

#include "geometry/kernel/sheet_outline.hpp"
#include "tests/unit/checks/families.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

CheckReport report_on(const CheckInput& input) {
  auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  return *report;
}

std::optional<Finding> finding(const CheckReport& report, const std::string& check) {
  std::optional<Finding> worst;
  for (const Finding& one : report.findings)
    if (one.check == check &&
        (!worst || std::abs(*one.measured - *one.required) > std::abs(*worst->measured - *worst->required)))
      worst = one;
  return worst;
}

// What is left of a mesh in an STL file.
TriangleMesh through_stl(const TriangleMesh& mesh) {
  std::vector<Vec3> corners;
  for (const Triangle& t : mesh.triangles)
    for (const std::uint32_t v : t) {
      const Vec3& p = mesh.vertices[v];
      corners.push_back({static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
    }
  return weld(corners);
}

bool wrong(const Family& family, double value) { return family.too_much ? value > family.limit : value < family.limit; }
double band(const Family& family) { return std::max(0.02 * family.limit, 0.05); }

// How far a place is from where the fault is, across the direction in which it stretches.
double off_place(const Family& family, double value, Vec3 at) {
  const Vec3 off = at - family.place(value);
  return length(off - family.along * dot(off, family.along));
}

struct Tally {
  int parts = 0, misses = 0, false_alarms = 0, misplaced = 0, beside = 0;
  double worst = 0;  // error of what was measured
};

// One part in all forms: exact, finer, turned, and as it comes back from a file.
void judge(const Family& family, double value, const Placement& placement, Tally& tally) {
  const Process process = family.process();
  const NodePtr node = family.make(value);
  const BuiltPart part = build(node), fine = build(node, true, {.linear = 0.05});
  struct Form {
    std::string_view name;
    TriangleMesh mesh;
    const BuiltPart* built;
    Placement placement;
  };
  const TriangleMesh turned = placed(part.mesh, placement);
  const std::vector<Form> forms{{"exact", part.mesh, &part, {}},
                                {"finer", fine.mesh, &fine, {}},
                                {"turned", turned, &part, placement},
                                {"file", through_stl(part.mesh), nullptr, {}},
                                {"turned file", through_stl(turned), nullptr, placement}};
  const FlatPart flat{sheet_outline(part, {0, 0, 1}), {}, {{18, 17.5, 18.5, "this test", DataStatus::sourced}}};
  for (const Form& form : forms) {
    if (family.flat && form.mesh != part.mesh) continue;
    if (family.square && !(form.placement == Placement{})) continue;
    ++tally.parts;
    const CheckReport report = report_on({"part", &form.mesh, form.built, &process, family.flat ? &flat : nullptr});
    const auto found = finding(report, family.check);
    const bool expected = wrong(family, value);
    // An exact part is judged exactly; a file may be off by what its triangles are off.
    const bool told = std::abs(value - family.limit) >= band(family) || (form.built && !family.by_mesh);
    if (found.has_value() != expected && told) {
      ++(expected ? tally.misses : tally.false_alarms);
      std::cout << (expected ? "missed: " : "false alarm: ") << family.name << " " << value << " " << form.name;
      if (found)
        std::cout << " measured " << *found->measured << " at " << found->at->x << " " << found->at->y << " "
                  << found->at->z;
      std::cout << "\n";
    }
    // Only the row that is meant may block.
    for (const Finding& other : report.findings)
      if (other.severity == Severity::blocks && other.check != family.check) {
        ++tally.beside;
        std::cout << "beside the point: " << family.name << " " << value << " " << form.name << ": " << other.message
                  << "\n";
      }
    if (!found || !expected) continue;
    if (family.name != "ledge" && found->unit != "mm2")
      tally.worst = std::max(tally.worst, std::abs(*found->measured - value));
    if (family.place && off_place(family, value, form.placement.inverse().apply(*found->at)) > 1) {
      ++tally.misplaced;
      std::cout << "misplaced: " << family.name << " " << value << " " << form.name << " at " << found->at->x << " "
                << found->at->y << " " << found->at->z << "\n";
    }
  }
}

void sweep(const std::vector<double>& parts_of_limit, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> angle(-180, 180), jitter(0.985, 1.015);
  Tally whole;
  for (const Family& family : families()) {
    Tally tally;
    for (const double part : parts_of_limit) {
      const double value = part == 1 ? family.limit : family.limit * part * jitter(random);
      const Vec3 axis = family.upright ? Vec3{0, 0, 1} : normalized(Vec3{angle(random), angle(random), angle(random)});
      judge(family, value, Placement::rotation(axis, angle(random), {3, 4, 5}), tally);
    }
    std::printf(
        "%-25s %5d parts  %3d missed  %3d false alarms  %3d misplaced  %3d beside the point  measured to within %.4f\n",
        family.name.c_str(), tally.parts, tally.misses, tally.false_alarms, tally.misplaced, tally.beside, tally.worst);
    CHECK(tally.misses + tally.false_alarms == 0);
    CHECK(tally.misplaced == 0);
    CHECK(tally.beside == 0);
    whole.parts += tally.parts;
    whole.misses += tally.misses;
    whole.false_alarms += tally.false_alarms;
  }
  std::printf("%-25s %5d parts  %3d missed  %3d false alarms\n", "all", whole.parts, whole.misses, whole.false_alarms);
}

}  // namespace

TEST_CASE("every check is right on both sides of its limit, and at it") { sweep({0.6, 0.94, 1, 1.07, 1.3}, 1); }

TEST_CASE("confusion table over generated parts", "[slow]") {
  sweep({0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 1, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5}, 2);
}
