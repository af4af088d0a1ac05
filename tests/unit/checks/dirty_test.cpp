// Meshes as the world sends them: an answer or a clear refusal, in bounded time, and the same verdict as programs that
// repair such files.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>
#include <regex>
#include <thread>

#include "tests/outside.hpp"
#include "tests/unit/checks/bodies.hpp"
#include "tests/unit/checks/printers.hpp"
#include "tests/unit/mesh/shapes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

using Clock = std::chrono::steady_clock;

CheckReport report_on(const TriangleMesh& mesh) {
  const Process process = test_printer();
  const CheckInput input{"part", &mesh, nullptr, &process};
  const auto report = run_checks(std::span(&input, 1));
  REQUIRE(report);
  return *report;
}

bool has(const CheckReport& report, std::string_view check) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& f) { return f.check == check; });
}

std::string stl(const TriangleMesh& mesh) {
  std::string bytes(80, ' ');
  const auto put = [&](const auto& value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
  put(static_cast<std::uint32_t>(mesh.triangles.size()));
  for (const Triangle& t : mesh.triangles) {
    for (int i = 0; i < 3; ++i) put(0.0f);
    for (const std::uint32_t v : t) {
      const Vec3& p = mesh.vertices[v];
      for (const double x : {p.x, p.y, p.z}) put(static_cast<float>(x));
    }
    put(std::uint16_t{0});
  }
  return bytes;
}

// A ball with one kind of damage, or none.
enum class Damage { none, hole, flipped, twice, nothing_left };
TriangleMesh damaged(Damage damage, std::mt19937& random) {
  TriangleMesh mesh = sphere_mesh({-0.7, 0.3, -1.1}, 13.3, 3);
  const std::size_t at = random() % mesh.triangles.size();
  switch (damage) {
    case Damage::hole: mesh.triangles.erase(mesh.triangles.begin() + static_cast<std::ptrdiff_t>(at)); break;
    case Damage::flipped: std::swap(mesh.triangles[at][0], mesh.triangles[at][1]); break;
    case Damage::twice: mesh.triangles.push_back(mesh.triangles[at]); break;
    case Damage::none:
    case Damage::nothing_left: break;
  }
  return mesh;
}

// Two skins of a ring: many triangles with walls everywhere.
TriangleMesh ring(std::uint32_t around, std::uint32_t across) {
  TriangleMesh mesh;
  for (const double r : {15.0, 14.3}) {
    const auto base = static_cast<std::uint32_t>(mesh.vertices.size());
    for (std::uint32_t i = 0; i < around; ++i)
      for (std::uint32_t j = 0; j < across; ++j) {
        const double u = 2 * 3.14159265358979 * i / around, v = 2 * 3.14159265358979 * j / across;
        const double out = 60 + r * std::cos(v);
        mesh.vertices.push_back({out * std::cos(u), out * std::sin(u), r * std::sin(v)});
      }
    const auto at = [&](std::uint32_t i, std::uint32_t j) { return base + i % around * across + j % across; };
    for (std::uint32_t i = 0; i < around; ++i)
      for (std::uint32_t j = 0; j < across; ++j) {
        Triangle a{at(i, j), at(i + 1, j), at(i + 1, j + 1)}, b{at(i, j), at(i + 1, j + 1), at(i, j + 1)};
        if (r < 15) {
          std::swap(a[1], a[2]);
          std::swap(b[1], b[2]);
        }
        mesh.triangles.insert(mesh.triangles.end(), {a, b});
      }
  }
  return mesh;
}

// Of the processor, on all threads: what the clock says on a busy machine says nothing of us.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

}  // namespace

TEST_CASE("admesh and PrusaSlicer agree on which meshes need repair") {
  const TemporaryFolder folder;
  std::mt19937 random(11);
  for (int i = 0; i < 12; ++i)
    for (const Damage damage : {Damage::none, Damage::hole, Damage::flipped, Damage::twice}) {
      const TriangleMesh mesh = damaged(damage, random);
      const CheckReport report = report_on(mesh);
      CHECK(has(report, "manifold") == (damage != Damage::none));
      const auto path = folder.put("ball.stl", stl(mesh));
      const std::string admesh = run_command("timeout 20 admesh " + path.string() + " </dev/null").text;
      INFO(admesh);
      REQUIRE(admesh.find("Backwards edges") != std::string::npos);
      const std::regex repairs("(Edges fixed|Facets removed|Facets added|Facets reversed|Backwards edges) *: *[1-9]");
      CHECK(std::regex_search(admesh, repairs) == (damage != Damage::none));
      if (i >= 1) continue;  // a slicer takes a second for each
      const std::string slicer = run_command("timeout 60 prusa-slicer --info " + path.string() + " </dev/null").text;
      INFO(slicer);
      REQUIRE(slicer.find("manifold = ") != std::string::npos);
      const std::regex repaired("manifold = no|facets_removed|facets_reversed|edges_fixed|backwards_edges");
      CHECK(std::regex_search(slicer, repaired) == (damage != Damage::none));
    }
}

TEST_CASE("every kind of dirt gets an answer that names it") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  const auto verdict = [](const TriangleMesh& mesh) { return report_on(mesh).verdict(); };
  CHECK(verdict({}) == Verdict::blocked);
  for (const double bad : {nan, infinity, -infinity, 1e300, -1e300}) {
    TriangleMesh mesh = unit_cube();
    mesh.vertices[3].y = bad;
    CHECK(verdict(mesh) == Verdict::blocked);
  }
  TriangleMesh out_of_range = unit_cube();
  out_of_range.triangles[5][1] = 4'000'000'000u;
  CHECK(verdict(out_of_range) == Verdict::blocked);
  TriangleMesh three = unit_cube();  // a fin: three triangles at one edge
  three.vertices.push_back({5, 5, 5});
  three.triangles.push_back({0, 1, 8});
  CHECK(verdict(three) == Verdict::blocked);
  CHECK(verdict(turned_inside_out(unit_cube())) == Verdict::blocked);
  CHECK(verdict(together(unit_cube(), unit_cube())) == Verdict::blocked);
  TriangleMesh folded = sphere_mesh({}, 10, 3);
  for (std::size_t i = 0; i < folded.vertices.size(); i += 3) folded.vertices[i] = folded.vertices[i] * -1;
  CHECK(verdict(folded) == Verdict::blocked);
  TriangleMesh all_in_one_place = sphere_mesh({}, 10, 3);
  for (Vec3& v : all_in_one_place.vertices) v = {1, 2, 3};
  CHECK(verdict(all_in_one_place) == Verdict::blocked);
  TriangleMesh flat = sphere_mesh({}, 10, 3);
  for (Vec3& v : flat.vertices) v.z = 0;
  CHECK(verdict(flat) == Verdict::blocked);
}

TEST_CASE("a part far from the origin is measured as long as its numbers allow, and then said not to be") {
  for (const double off : {1e4, -3e4}) {
    CHECK(has(report_on(box_mesh({off, off, off}, {off + 60, off + 40, off + 0.6})), "wall_thickness"));
    CHECK_FALSE(has(report_on(box_mesh({off, off, off}, {off + 60, off + 40, off + 3})), "wall_thickness"));
  }
  const CheckReport far = report_on(box_mesh({1e6, 1e6, 1e6}, {1e6 + 60, 1e6 + 40, 1e6 + 3}));
  CHECK(far.verdict() == Verdict::unverified);
  CHECK(std::any_of(far.unchecked.begin(), far.unchecked.end(),
                    [](const Unchecked& one) { return one.check == "wall_thickness"; }));
  CHECK(has(report_on(box_mesh({-1e6, -1e6, -1e6}, {1e6, 1e6, 1e6})), "units"));
}

TEST_CASE("noise in all coordinates is no reason to crash") {
  std::mt19937 random(17);
  std::uniform_real_distribution<double> noise(-1, 1);
  for (const double size : {1e-9, 1e-3, 0.5, 20.0}) {
    TriangleMesh mesh = sphere_mesh({}, 10, 3);
    for (Vec3& v : mesh.vertices) v = v + Vec3{noise(random), noise(random), noise(random)} * size;
    (void)report_on(mesh);
    std::shuffle(mesh.triangles.begin(), mesh.triangles.end(), random);
    for (int i = 0; i < 40; ++i) mesh.triangles[random() % mesh.triangles.size()][random() % 3] = random() % 100;
    CHECK(report_on(mesh).verdict() == Verdict::blocked);
  }
}

TEST_CASE("checks stop within 200 ms of being asked to, whatever they are at") {
  const TriangleMesh mesh = ring(312, 160);  // 200 000 triangles
  const Process process = test_printer();
  const CheckInput input{"part", &mesh, nullptr, &process};
  for (const int after_ms : {0, 20, 60, 120, 250, 400, 700, 1000}) {
    std::stop_source source;
    double asked = 0;
    std::thread asking([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
      asked = cpu_seconds();
      source.request_stop();
    });
    const auto report = run_checks(std::span(&input, 1), source.get_token());
    const double ended = cpu_seconds();
    asking.join();
    if (report) continue;  // done before
    CHECK(report.error().kind == ErrorKind::cancelled);
    const double late = (ended - asked) / std::max(1u, std::thread::hardware_concurrency());
    CHECK(late < 0.2 * FITWRIGHT_SLOWDOWN);
    UNSCOPED_INFO("after " << after_ms << " ms: stopped within " << late * 1000 << " ms");
  }
}

TEST_CASE("large meshes are answered in bounded time and memory", "[slow]") {
  const TriangleMesh mesh = ring(1250, 400);  // 2 000 000 triangles
  REQUIRE(mesh.triangles.size() == 2'000'000);
  for (const bool whole : {true, false}) {
    TriangleMesh given = mesh;
    if (!whole) given.triangles.resize(given.triangles.size() - 1000);
    const auto start = Clock::now();
    const CheckReport report = report_on(given);
    const double took = seconds_since(start);
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    std::printf("2 000 000 triangles, %s: %.1f s, %ld MB at most\n", whole ? "sound" : "open", took,
                use.ru_maxrss / 1024);
    CHECK(report.verdict() == Verdict::blocked);
    CHECK(took < 120);
    CHECK(use.ru_maxrss < 4'000'000);
  }
}
