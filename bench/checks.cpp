// What it costs to measure a part of 50 000 triangles: manifold, overhang and wall thickness, beside CGAL's tree.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numbers>
#include <stop_token>
#include <thread>

#include "bench/workbench.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/checks/narrow.hpp"
#include "geometry/checks/overhang.hpp"
#include "geometry/checks/reference_tree.hpp"

namespace fitwright::bench {

namespace {

// A torus shell of two skins: a thick ring with `around` times `across` quads each, and a hollow inside.
TriangleMesh ring(double radius, double outer, double inner, std::uint32_t around, std::uint32_t across) {
  TriangleMesh mesh;
  for (const double r : {outer, inner}) {
    const auto base = static_cast<std::uint32_t>(mesh.vertices.size());
    for (std::uint32_t i = 0; i < around; ++i)
      for (std::uint32_t j = 0; j < across; ++j) {
        const double u = 2 * std::numbers::pi * i / around, v = 2 * std::numbers::pi * j / across;
        const double out = radius + r * std::cos(v);
        mesh.vertices.push_back({out * std::cos(u), out * std::sin(u), r * std::sin(v)});
      }
    const auto at = [&](std::uint32_t i, std::uint32_t j) { return base + i % around * across + j % across; };
    for (std::uint32_t i = 0; i < around; ++i)
      for (std::uint32_t j = 0; j < across; ++j) {
        Triangle a{at(i, j), at(i + 1, j), at(i + 1, j + 1)}, b{at(i, j), at(i + 1, j + 1), at(i, j + 1)};
        if (r == inner) {
          std::swap(a[1], a[2]);
          std::swap(b[1], b[2]);
        }
        mesh.triangles.insert(mesh.triangles.end(), {a, b});
      }
  }
  return mesh;
}

double median_ms(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return percentile(std::move(times), 50);
}

// The same part's thickness by one ray from each triangle's middle, CGAL's way, on one thread.
double cgal_ms(const TriangleMesh& mesh, const Surface& surface) {
  return median_ms([&] {
    const ReferenceTree tree(mesh);
    std::size_t hits = 0;
    for (std::uint32_t t = 0; t < surface.size(); ++t) {
      const Vec3 inwards = surface.normal(t) * -1, from = surface.middle(t) + inwards * 1e-6;
      hits += tree.meets(from, from + inwards * 0.8);
    }
    (void)hits;
  });
}

void time_part(std::string_view name, const TriangleMesh& mesh) {
  const double manifold = median_ms([&] { (void)mesh_faults(mesh); });
  const double prepare = median_ms([&] { const Surface surface(mesh); });
  const Surface surface(mesh);
  const double overhang = median_ms([&] { (void)find_hangs(surface, 45, 0.2); });
  const double walls = median_ms([&] { (void)narrow_places(surface, Between::material, 0.8, 0.005); });
  fmt::print(
      "{:<22} {} triangles: manifold {:.1f} + prepare {:.1f} + overhang {:.1f} + walls {:.1f} = {:.1f} ms; "
      "one ray a triangle by CGAL's tree: {:.1f} ms\n",
      name, mesh.triangles.size(), manifold, prepare, overhang, walls, manifold + prepare + overhang + walls,
      cgal_ms(mesh, surface));
}

// The longest that checks go on after they are told to stop, at twenty moments of their work.
double slowest_stop_ms(const CheckInput& input, double all_ms) {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  double slowest = 0;
  for (int i = 0; i < 20; ++i) {
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    std::thread hand([&] {
      std::this_thread::sleep_for(Milliseconds(all_ms * (i + 0.5) / 20));
      asked = std::chrono::steady_clock::now();
      stop.request_stop();
    });
    const bool stopped = !run_checks(std::span(&input, 1), stop.get_token());
    const auto ended = std::chrono::steady_clock::now();
    hand.join();
    if (stopped) slowest = std::max(slowest, Milliseconds(ended - asked).count());
  }
  return slowest;
}

// All rows for a filament printer, one after the other, as the app runs them in the background.
void time_all(std::string_view name, const TriangleMesh& mesh) {
  Process process;
  process.id = process.name = "filament";
  process.input_kind = "solid";
  process.needs_supports = true;
  process.build_volumes = {{"bed", {250, 210, 220}, "", DataStatus::unsourced}};
  process.facts["needs_supports"] = {true, "", "", DataStatus::unsourced};
  for (const auto& [key, value] :
       std::initializer_list<std::pair<std::string, double>>{{"nozzle_diameter_default_mm", 0.4},
                                                             {"layer_height_default_mm", 0.2},
                                                             {"min_wall_supported_mm", 0.8},
                                                             {"clearance_moving_mm", 0.5},
                                                             {"min_hole_diameter_mm", 2},
                                                             {"min_pin_diameter_mm", 3},
                                                             {"max_pin_height_to_diameter_ratio", 5},
                                                             {"max_overhang_from_vertical_deg", 45},
                                                             {"max_bridge_mm", 10}})
    process.facts[key] = {value, "mm", "", DataStatus::unsourced};
  const CheckInput input{"part", &mesh, nullptr, &process};
  std::size_t findings = 0;
  const double all = median_ms([&] { findings = run_checks(std::span(&input, 1))->findings.size(); });
  fmt::print(
      "{:<22} {} triangles: all checks of filament printing {:.0f} ms, {} findings; stopped after at most {:.0f} ms\n",
      name, mesh.triangles.size(), all, findings, slowest_stop_ms(input, all));
}

}  // namespace

int run_checks_bench() {
  time_part("wall of 5 mm", ring(60, 15, 10, 156, 80));
  time_part("wall of 1 mm", ring(60, 15, 14, 156, 80));
  time_part("thin wall, 0.7 mm", ring(60, 15, 14.3, 156, 80));
  time_all("wall of 5 mm", ring(60, 15, 10, 312, 160));
  time_all("thin wall, 0.7 mm", ring(60, 15, 14.3, 312, 160));
  return 0;
}

}  // namespace fitwright::bench
