#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"

namespace fitwright {

namespace {

void run(Specimen& specimen, CheckSink& sink) {
  for (const MeshFault& fault : specimen.faults()) {
    Finding finding;
    finding.severity = Severity::blocks;
    finding.message = "the surface of the part is not sound: " + describe(fault);
    finding.measured = static_cast<double>(fault.count);
    finding.required = 0;
    finding.unit = std::string(to_string(fault.kind));
    if (fault.kind != MeshFaultKind::empty) finding.at = fault.at;
    finding.suggestion = specimen.input.built
                             ? "make fillets, chamfers and walls of the template a little smaller or larger"
                         : fault.kind == MeshFaultKind::inside_out
                             ? "turn the surface over in the program that wrote the file"
                             : "repair the mesh in the program that wrote the file, or export it again more finely";
    sink.found(std::move(finding));
  }
}

}  // namespace

const Check manifold_check{
    "manifold",
    "Closed surface",
    "The mesh is closed, faces outward everywhere and has no degenerate or double triangle.",
    {},
    {},
    false,
    run,
    "Every edge is used by exactly two triangles that run along it in opposite directions; every shell encloses "
    "material, or is a cavity in another; all coordinates are numbers. Decided on indices, not on distances."};

}  // namespace fitwright
