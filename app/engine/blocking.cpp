#include "app/engine/blocking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fitwright {

Error blocking_error(const Response& response, std::string message) {
  Error error;
  error.kind = ErrorKind::finding;
  error.message = std::move(message);
  for (const Finding& finding : response.report.findings) {
    if (finding.severity != Severity::blocks) continue;
    error.message += fmt::format(": {}", finding.message);
    error.part = finding.part;
    constexpr std::size_t nearest = 4;
    error.parameters = finding.parameters;
    error.parameters.resize(std::min(nearest, error.parameters.size()));
    error.suggestion = finding.suggestion;
    break;
  }
  return error;
}

}  // namespace fitwright
