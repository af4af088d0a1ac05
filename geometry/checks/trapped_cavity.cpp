#include <fmt/format.h>

#include <cmath>

#include "geometry/checks/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

void run(Subject& subject, std::stop_token, CheckSink& sink) {
  const Quantity& hole = subject.limits[0].quantity;
  for (const MeshShell& shell : mesh_shells(subject.mesh())) {
    if (shell.volume >= 0) continue;
    Finding finding;
    finding.severity = Severity::blocks;
    finding.require(hole);
    finding.measured = 0;
    finding.at = shell.at;
    finding.message = fmt::format("a closed cavity of {} cm3 traps what is not hardened: {} needs a way out of {} mm",
                                  number_text(std::round(-shell.volume) / 1000), subject.input.process->name,
                                  number_text(hole.value));
    const auto count = subject.input.process->find("escape_hole_count");
    finding.suggestion = fmt::format("lead {} holes of {} mm from the cavity to the outside, or fill it",
                                     count ? number_text(count->value) : "two", number_text(hole.value));
    finding.detail = "a shell of the mesh that faces inwards and is not connected to the outside";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check trapped_cavity_check{"trapped_cavity",
                                 "Closed cavities",
                                 "No cavity is closed all round: resin or powder in it could not get out.",
                                 {ProcessKind::layers, ProcessKind::powder},
                                 {{"escape hole", {"escape_hole_diameter_mm"}}},
                                 true,
                                 run};

}  // namespace fitwright
