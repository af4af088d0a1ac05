#include <algorithm>

#include "geometry/checks/rows.hpp"
#include "geometry/checks/specimen.hpp"

namespace fitwright {

namespace {

void run(Specimen& specimen, CheckSink& sink) {
  std::vector<MeshShell> pieces = mesh_shells(specimen.mesh());
  std::erase_if(pieces, [](const MeshShell& shell) { return shell.volume <= 0; });  // cavities
  if (pieces.size() < 2) return;
  const MeshShell& smallest = *std::min_element(
      pieces.begin(), pieces.end(), [](const MeshShell& a, const MeshShell& b) { return a.volume < b.volume; });
  Finding finding;
  // A file may hold a plate of several things on purpose; a part of a template is meant as one.
  finding.severity = specimen.input.built ? Severity::risk : Severity::advice;
  finding.message = "the part is " + std::to_string(pieces.size()) +
                    " separate bodies: loose pieces, or pieces that were never joined";
  finding.measured = static_cast<double>(pieces.size());
  finding.required = 1;
  finding.unit = "pieces";
  finding.at = smallest.at;
  finding.suggestion = "join them where they meet, or make them parts of their own";
  sink.found(std::move(finding));
}

}  // namespace

const Check pieces_check{"pieces",
                         "One piece",
                         "The part hangs together: nothing falls off or rattles inside.",
                         {},
                         {},
                         false,
                         run,
                         "Triangles that hang together by their edges are one piece; cavities do not count."};

}  // namespace fitwright
