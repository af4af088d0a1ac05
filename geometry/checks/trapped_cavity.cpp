// Cavities that keep resin or powder in them: closed ones, and those with too narrow ways out.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geometry/checks/regions.hpp"
#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"
#include "geometry/checks/words.hpp"

namespace fitwright {

namespace {

std::string in_cm3(double volume) { return number_text(std::round(volume) / 1000); }

std::string advice(const Specimen& specimen, const Quantity& hole) {
  const auto count = specimen.process().find("escape_hole_count");
  return fmt::format("lead {} holes of {} mm from the cavity to the outside, or fill it",
                     count ? number_text(count->value) : "two", number_text(hole.value));
}

void report_closed(Specimen& specimen, CheckSink& sink) {
  const Quantity& hole = specimen.limits[0].quantity;
  for (const MeshShell& shell : mesh_shells(specimen.mesh())) {
    if (shell.volume >= 0) continue;
    Finding finding;
    finding.severity = Severity::blocks;
    finding.require(hole);
    finding.measured = 0;
    finding.at = shell.at;
    finding.message = fmt::format("a closed cavity of {} cm3 traps what is not hardened: {} needs a way out of {} mm",
                                  in_cm3(-shell.volume), specimen.process().name, number_text(hole.value));
    finding.suggestion = advice(specimen, hole);
    finding.detail = "a shell of the mesh that faces inwards and is not connected to the outside";
    sink.found(std::move(finding));
  }
}

// The surface, cut apart at its round holes that are narrower than a way out must be.
class Rooms {
 public:
  Rooms(Specimen& specimen, double way_out)
      : specimen_(specimen), surface_(specimen.surface()), way_out_(way_out - specimen.rounding()) {
    rooms_ = regions(
        surface_, [&](std::uint32_t t) { return door(t) == Surface::none; },
        [](std::uint32_t) { return Surface::none; });
  }

  struct Cavity {
    double volume = 0;             // mm3
    std::set<std::uint32_t> ways;  // out, into Specimen::rounds()
  };
  // Rooms that face inwards when their doors are closed.
  std::vector<Cavity> cavities() const {
    std::vector<Cavity> found;
    for (const auto& room : rooms_) {
      Cavity cavity = look(room);
      if (cavity.volume > 0 && !cavity.ways.empty()) found.push_back(std::move(cavity));
    }
    return found;
  }

 private:
  // The narrow hole that a triangle belongs to.
  std::uint32_t door(std::uint32_t t) const {
    const std::uint32_t hole = specimen_.hole_of()[t];
    return hole != Surface::none && 2 * specimen_.rounds()[hole].radius < way_out_ ? hole : Surface::none;
  }

  // Volume within the triangles and flat covers over their rims. Each rim is closed, so that covers about any point
  // near its middle enclose the same as long as it is flat.
  Cavity look(const std::vector<std::uint32_t>& room) const {
    Cavity cavity;
    struct Rim {
      Vec3 sum;
      std::vector<std::pair<Vec3, Vec3>> edges;
    };
    std::map<std::pair<std::uint32_t, bool>, Rim> rims;  // by hole and its end
    const Vec3 base = surface_.middle(room.front());
    double six_fold = 0;
    for (const std::uint32_t t : room) {
      const Corners c = surface_.corners(t);
      six_fold += dot(c[0] - base, cross(c[1] - base, c[2] - base));
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t next = surface_.neighbour(t, k);
        const std::uint32_t hole = next == Surface::none ? Surface::none : door(next);
        if (hole == Surface::none) continue;
        const Round& round = specimen_.rounds()[hole];
        const Vec3 middle = (round.low + round.high) * 0.5;
        Rim& rim = rims[{hole, dot(c[k] - middle, round.axis) > 0}];
        rim.edges.emplace_back(c[k], c[(k + 1) % 3]);
        rim.sum = rim.sum + c[k];
        cavity.ways.insert(hole);
      }
    }
    for (const auto& [key, rim] : rims) {
      const Vec3 middle = rim.sum * (1.0 / static_cast<double>(rim.edges.size())) - base;
      for (const auto& [a, b] : rim.edges) six_fold += dot(middle, cross(b - base, a - base));
    }
    cavity.volume = -six_fold / 6;
    return cavity;
  }

  Specimen& specimen_;
  const Surface& surface_;
  double way_out_;
  std::vector<std::vector<std::uint32_t>> rooms_;
};

void report_narrow(Specimen& specimen, CheckSink& sink) {
  const Quantity& needed = specimen.limits[0].quantity;
  for (const Rooms::Cavity& cavity : Rooms(specimen, needed.value).cavities()) {
    const auto wider = [&](std::uint32_t a, std::uint32_t b) {
      return specimen.rounds()[a].radius < specimen.rounds()[b].radius;
    };
    const Round& widest = specimen.rounds()[*std::max_element(cavity.ways.begin(), cavity.ways.end(), wider)];
    // What is no larger than the hole itself is the end of a drilling, not a room behind it.
    if (cavity.volume < std::pow(2 * widest.radius, 3)) continue;
    Finding finding;
    finding.severity = Severity::blocks;
    finding.require(needed);
    finding.measured = 2 * widest.radius;
    finding.at = (widest.low + widest.high) * 0.5;
    finding.faces = specimen.faces_of(widest.triangles);
    finding.message = fmt::format(
        "a cavity of {} cm3 opens only through {} of {}, too narrow for what is not hardened: {} needs {} mm",
        in_cm3(cavity.volume), cavity.ways.size() == 1 ? "a hole" : "holes", mm(2 * widest.radius),
        specimen.process().name, number_text(needed.value));
    finding.suggestion = advice(specimen, needed);
    finding.detail =
        "a part of the surface that faces inwards and hangs together with the rest by round holes only; "
        "the widest of them counts";
    sink.found(std::move(finding));
  }
}

void run(Specimen& specimen, CheckSink& sink) {
  report_closed(specimen, sink);
  report_narrow(specimen, sink);
}

}  // namespace

const Check trapped_cavity_check{
    "trapped_cavity",
    "Closed cavities",
    "No cavity is closed all round, or opens only through round holes that are too narrow: resin or powder in it could "
    "not get out.",
    {ProcessKind::layers, ProcessKind::powder},
    {{"escape hole", {"escape_hole_diameter_mm"}}},
    true,
    run,
    "Shells that face inwards; and parts of the surface that face inwards when round holes narrower than the limit are "
    "thought closed. Narrow ways out that are not round are not found."};

}  // namespace fitwright
