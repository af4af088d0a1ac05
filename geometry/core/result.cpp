#include "geometry/core/result.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fitwright {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::file: return "file";
    case ErrorKind::script: return "script";
    case ErrorKind::value: return "value";
    case ErrorKind::rule: return "rule";
    case ErrorKind::geometry: return "geometry";
    case ErrorKind::finding: return "finding";
    case ErrorKind::cancelled: return "cancelled";
    case ErrorKind::internal: return "internal";
  }
  return "internal";
}

int exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::value:
    case ErrorKind::rule: return 2;
    case ErrorKind::finding: return 3;
    case ErrorKind::geometry:
    case ErrorKind::cancelled:
    case ErrorKind::internal: return 4;
    default: return 1;
  }
}

std::string describe(const Error& error) {
  std::string text = error.message;
  const auto line = [&text](std::string_view label, const std::string& what) {
    if (!what.empty()) text += fmt::format("\n  {}: {}", label, what);
  };
  line("part", error.part);
  line("operation", error.operation);
  line("where",
       error.source.line > 0 ? fmt::format("{}:{}", error.source.chunk, error.source.line) : error.source.chunk);
  line("parameters behind it", fmt::format("{}", fmt::join(error.parameters, ", ")));
  const auto quantity = [&](double value) {
    return fmt::format("{:.6g}{}{}", value, error.unit.empty() ? "" : " ", error.unit);
  };
  if (error.measured) line("measured", quantity(*error.measured));
  if (error.required) line("required", quantity(*error.required));
  if (error.at) line("at", fmt::format("({:.6g}, {:.6g}, {:.6g}) mm", error.at->x, error.at->y, error.at->z));
  line("what would work", error.suggestion);
  return text;
}

}  // namespace fitwright
