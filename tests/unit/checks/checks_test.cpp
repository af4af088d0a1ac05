#include <limits>
#include <set>

#include "geometry/checks/check.hpp"
#include "tests/catch.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

Process printer() {
  Process process;
  process.id = "fdm";
  process.name = "printing";
  process.build_volumes = {{"desktop", {250, 210, 220}, "the maker's page", DataStatus::sourced}};
  return process;
}

// What is asked of every part, however it is made.
CheckReport report_on(const TriangleMesh& mesh, const Process* process, const BuiltPart* built = nullptr) {
  const CheckInput input{"shelf", &mesh, built, process};
  auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  const auto is_special = [](const auto& one) {
    return std::any_of(checks().begin(), checks().end(),
                       [&](const Check& check) { return check.id == one.check && !check.kinds.empty(); });
  };
  std::erase_if(report->findings, is_special);
  std::erase_if(report->unchecked, is_special);
  return *report;
}

}  // namespace

TEST_CASE("the check table is sound") {
  std::set<std::string_view> ids;
  for (const Check& check : checks()) {
    CHECK(ids.insert(check.id).second);
    CHECK_FALSE(check.title.empty());
    CHECK_FALSE(check.summary.empty());
    CHECK(check.run != nullptr);
  }
  CHECK(ids.count("manifold") + ids.count("self_intersection") + ids.count("build_volume") == 3);
}

TEST_CASE("a sound part that fits is clean") {
  const Process process = printer();
  const CheckReport report = report_on(box_mesh({0, 0, 0}, {100, 100, 10}), &process);
  CHECK(report.findings.empty());
  CHECK(report.verdict() == Verdict::clean);
}

TEST_CASE("without a process the verdict is unverified, with the reason") {
  const CheckReport report = report_on(unit_cube(), nullptr);
  REQUIRE(report.unchecked.size() == 1);
  CHECK(report.unchecked[0].check == "build_volume");
  CHECK(report.unchecked[0].part == "shelf");
  CHECK(report.verdict() == Verdict::unverified);
}

TEST_CASE("an open mesh blocks, with part, place and count") {
  TriangleMesh mesh = unit_cube();
  mesh.triangles.pop_back();
  const Process process = printer();
  const CheckReport report = report_on(mesh, &process);
  REQUIRE(report.findings.size() == 1);
  const Finding& finding = report.findings[0];
  CHECK(finding.check == "manifold");
  CHECK(finding.part == "shelf");
  CHECK(finding.severity == Severity::blocks);
  CHECK(finding.measured == 3.0);
  REQUIRE(finding.at);
  CHECK(finding.at->x == 1);
  CHECK(report.verdict() == Verdict::blocked);
}

TEST_CASE("bodies run through each other block, with a place") {
  const Process process = printer();
  const CheckReport report = report_on(together(unit_cube(), box_mesh({0.5, 0.5, 0.5}, {2, 2, 2})), &process);
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].check == "pieces");
  const Finding& crossing = report.findings[1];
  CHECK(crossing.check == "self_intersection");
  REQUIRE(crossing.at);
  for (const double x : {crossing.at->x, crossing.at->y, crossing.at->z}) {
    CHECK(x >= 0.5);
    CHECK(x <= 1);
  }
}

TEST_CASE("loose pieces are told with the place of the smallest; a cavity is none, a rattle inside it is") {
  const Process process = printer();
  const TriangleMesh two = together(box_mesh({0, 0, 0}, {10, 10, 10}), box_mesh({20, 0, 0}, {21, 1, 1}));
  const BuiltPart part{"shelf", two, {}, {}, 0, 0, {}, nullptr};
  for (const BuiltPart* built : {&part, static_cast<const BuiltPart*>(nullptr)}) {
    const auto found = report_on(two, &process, built).findings;
    REQUIRE(found.size() == 1);
    CHECK(found[0].check == "pieces");
    CHECK(found[0].measured == 2.0);
    CHECK(found[0].severity == (built ? Severity::risk : Severity::advice));
    REQUIRE(found[0].at);
    CHECK(found[0].at->x >= 20);
  }
  TriangleMesh hole = box_mesh({2, 2, 2}, {8, 8, 8});
  for (Triangle& t : hole.triangles) std::swap(t[0], t[1]);
  const TriangleMesh hollow = together(box_mesh({0, 0, 0}, {10, 10, 10}), hole);
  CHECK(report_on(hollow, &process).findings.empty());
  const auto rattle = report_on(together(hollow, box_mesh({4, 4, 4}, {5, 5, 5})), &process).findings;
  REQUIRE(rattle.size() == 1);
  CHECK(rattle[0].measured == 2.0);
}

TEST_CASE("a part fits the machine as it stands, turned about z, only lying otherwise, or not at all") {
  const Process process = printer();
  CHECK(report_on(box_mesh({-5, 0, 0}, {245, 210, 220}), &process).findings.empty());  // exactly full
  CHECK(report_on(box_mesh({0, 0, 0}, {210, 250, 1}), &process).findings.empty());

  const auto lying = report_on(box_mesh({0, 0, 0}, {10, 10, 240}), &process).findings;
  REQUIRE(lying.size() == 1);
  CHECK(lying[0].severity == Severity::advice);
  CHECK(lying[0].measured == 240.0);
  CHECK(lying[0].required == 220.0);

  const auto large = report_on(box_mesh({0, 0, 0}, {912, 200, 18}), &process).findings;
  REQUIRE(large.size() == 1);
  CHECK(large[0].severity == Severity::blocks);
  CHECK(large[0].measured == 912.0);
  CHECK(large[0].required == 250.0);
  CHECK(large[0].source == "the maker's page");
  CHECK(large[0].message.find("912 x 200 x 18 mm") != std::string::npos);
}

TEST_CASE("a bar longer than the bed lies across it, or leans in the machine") {
  Process process = printer();
  // The bed's diagonal is 326.5 mm. A bar of l x w lies along it when l cos a + w sin a <= 250 and so on.
  CHECK(report_on(box_mesh({0, 0, 0}, {300, 10, 10}), &process).findings.empty());
  CHECK(report_on(box_mesh({0, 0, 0}, {330, 10, 10}), &process).findings[0].severity == Severity::advice);
  CHECK(report_on(box_mesh({0, 0, 0}, {395, 10, 10}), &process).findings[0].severity == Severity::blocks);
  process.input_kind = "cut_list";
  process.build_volumes = {{"board", {250, 210, std::numeric_limits<double>::infinity()}, "", DataStatus::sourced}};
  CHECK(report_on(box_mesh({0, 0, 0}, {300, 10, 10}), &process).findings[0].severity == Severity::blocks);
}

TEST_CASE("triangles without area are told, with their number and place") {
  const Process process = printer();
  TriangleMesh mesh = box_mesh({0, 0, 0}, {10, 10, 10});
  // The first edge gets a third corner on it: its two triangles become three, one of them flat as a line.
  const Triangle first = mesh.triangles[0];
  const auto middle = static_cast<std::uint32_t>(mesh.vertices.size());
  mesh.vertices.push_back((mesh.vertices[first[0]] + mesh.vertices[first[1]]) * 0.5);
  mesh.triangles[0] = {first[0], middle, first[2]};
  mesh.triangles.push_back({middle, first[1], first[2]});
  mesh.triangles.push_back({first[0], first[1], middle});
  const auto found = report_on(mesh, &process).findings;
  REQUIRE(!found.empty());
  CHECK(found[0].check == "degenerate");
  CHECK(*found[0].measured == 1);
  CHECK(found[0].severity == Severity::advice);
}

TEST_CASE("a part that only a larger than the usual machine takes is a risk that names both sizes") {
  Process process = printer();
  process.build_volumes.push_back({"industrial", {900, 600, 900}, "", DataStatus::inferred});
  CHECK(report_on(box_mesh({0, 0, 0}, {240, 200, 18}), &process).findings.empty());
  const CheckReport report = report_on(box_mesh({0, 0, 0}, {500, 200, 100}), &process);
  CHECK(report.verdict() == Verdict::risks);
  REQUIRE(report.findings.size() == 1);
  CHECK(*report.findings[0].measured == 500);
  CHECK(*report.findings[0].required == 250);
  for (const char* words : {"usual desktop machine", "250 x 210 x 220 mm", "900 x 600 x 900 mm"})
    CHECK(report.findings[0].message.find(words) != std::string::npos);
  CHECK(report_on(box_mesh({0, 0, 0}, {2000, 300, 18}), &process).verdict() == Verdict::blocked);
}

TEST_CASE("a sheet machine bounds no height") {
  Process process = printer();
  process.build_volumes = {
      {"full sheet", {2440, 1220, std::numeric_limits<double>::infinity()}, "", DataStatus::sourced}};
  CHECK(report_on(box_mesh({0, 0, 0}, {1200, 2400, 18}), &process).findings.empty());
  const auto large = report_on(box_mesh({0, 0, 0}, {3000, 300, 18}), &process).findings;
  REQUIRE(large.size() == 1);  // it would "fit" standing on its end, which no sheet machine does
  CHECK(large[0].required == 2440.0);
}

TEST_CASE("meshes without numbers or triangles are told, not crashed on") {
  const Process process = printer();
  TriangleMesh mesh = unit_cube();
  mesh.vertices[2].x = std::numeric_limits<double>::quiet_NaN();
  CHECK(report_on(mesh, &process).verdict() == Verdict::blocked);
  CHECK(report_on({}, &process).verdict() == Verdict::blocked);
}

TEST_CASE("checks can be cancelled") {
  std::stop_source stop;
  stop.request_stop();
  const TriangleMesh mesh = unit_cube();
  const CheckInput input{"part", &mesh, nullptr, nullptr};
  const auto report = run_checks(std::span(&input, 1), stop.get_token());
  REQUIRE_FALSE(report);
  CHECK(report.error().kind == ErrorKind::cancelled);
}
