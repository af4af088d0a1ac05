#include "app/engine/blocking.hpp"

#include <fmt/format.h>

namespace fitwright {

Error blocking_error(const Response& response, std::string message) {
  Error error;
  error.kind = ErrorKind::finding;
  error.message = std::move(message);
  for (const Finding& finding : response.report.findings) {
    if (finding.severity != Severity::blocks) continue;
    error.message += fmt::format("; {}: {}", finding.check, finding.message);
    error.part = finding.part;
    error.parameters = finding.parameters;
    error.suggestion = finding.suggestion;
    break;
  }
  return error;
}

}  // namespace fitwright
