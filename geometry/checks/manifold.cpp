#include "geometry/checks/rows.hpp"

namespace fitwright {

namespace {

void run(Subject& subject, std::stop_token, CheckSink& sink) {
  for (const MeshFault& fault : subject.faults()) {
    Finding finding;
    finding.severity = Severity::blocks;
    finding.message = "the surface of the part is not sound: " + describe(fault);
    finding.measured = static_cast<double>(fault.count);
    finding.required = 0;
    finding.unit = std::string(to_string(fault.kind));
    if (fault.kind != MeshFaultKind::empty) finding.at = fault.at;
    finding.suggestion = fault.kind == MeshFaultKind::inside_out
                             ? "turn the surface over in the program that wrote the file"
                             : "repair the mesh in the program that wrote the file, or export it again more finely";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check manifold_check{"manifold",
                           "Closed surface",
                           "The mesh is closed, faces outward everywhere and has no degenerate or double triangle.",
                           {},
                           {},
                           false,
                           run};

}  // namespace fitwright
