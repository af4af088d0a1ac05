#include <algorithm>

#include "geometry/checks/rows.hpp"

namespace fitwright {

namespace {

void run(Subject& subject, std::stop_token, CheckSink& sink) {
  std::vector<MeshShell> pieces = mesh_shells(subject.mesh());
  std::erase_if(pieces, [](const MeshShell& shell) { return shell.volume <= 0; });  // cavities
  if (pieces.size() < 2) return;
  const MeshShell& smallest = *std::min_element(
      pieces.begin(), pieces.end(), [](const MeshShell& a, const MeshShell& b) { return a.volume < b.volume; });
  Finding finding;
  // A file may hold a plate of several things on purpose; a part of a template is meant as one.
  finding.severity = subject.input.built ? Severity::risk : Severity::advice;
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

const Check pieces_check{"pieces", "One piece", "The part hangs together: nothing falls off or rattles inside.", {}, {},
                         false,    run};

}  // namespace fitwright
