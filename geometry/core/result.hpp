// Errors are values. Every function that can fail for a reason a maker or designer can act on
// returns Result<T>; exceptions of third-party libraries are translated where they enter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "geometry/core/hash.hpp"
#include "geometry/core/math.hpp"

namespace fitwright {

/// What went wrong, in the classes that callers treat differently (exit status, what the app offers).
enum class ErrorKind {
  usage,      ///< the command line or request is malformed
  file,       ///< a file cannot be read, parsed or written
  script,     ///< the template itself is broken or exceeds a sandbox limit
  value,      ///< a parameter value is unknown, of the wrong kind or out of range
  rule,       ///< a combination of values breaks a rule of the template
  geometry,   ///< the kernel cannot build the solid
  finding,    ///< a check found something that blocks making the part
  cancelled,  ///< a newer request replaced this one
  internal,   ///< a broken invariant of ours: a defect
};

std::string_view to_string(ErrorKind kind);

/// Exit status of the command line for an error of this kind (docs/command-line.md).
int exit_status(ErrorKind kind);

/// Where in a template something was made: chunk name and 1-based line; line 0 means unknown.
struct SourceLocation {
  std::string chunk;
  int line = 0;
  bool operator==(const SourceLocation&) const = default;
};

/// A failure with all that is known about it. `message` is one sentence a maker can act on;
/// the other fields are filled as far as they are known and empty otherwise.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string part;                     ///< name of the product's part
  std::string operation;                ///< operation name, e.g. "fillet"
  SourceLocation source;                ///< template line, joined from the Product's side table
  std::vector<std::string> parameters;  ///< parameters behind the failure
  std::optional<double> measured;       ///< in `unit`
  std::optional<double> required;       ///< in `unit`
  std::string unit;                     ///< "mm", "deg", ... of measured and required
  std::optional<Vec3> at;               ///< place in mm, in the part's own coordinates
  std::string suggestion;               ///< what would work, one sentence
  Hash128 node;                         ///< failing graph node; zero if none

  bool operator==(const Error&) const = default;
};

/// The whole error as text: the message first, then one line for each further fact.
std::string describe(const Error& error);

template <class T>
using Result = tl::expected<T, Error>;

inline Error make_error(ErrorKind kind, std::string message, std::string suggestion = {}) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.suggestion = std::move(suggestion);
  return error;
}
/// Shorthand for returning a failure: `return fail(ErrorKind::value, "...")`.
inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string suggestion = {}) {
  return tl::unexpected<Error>(make_error(kind, std::move(message), std::move(suggestion)));
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

// Evaluates `expr` (a Result); on failure returns its error from the enclosing function,
// otherwise binds the value to `decl`.
#define FW_CONCAT_(a, b) a##b
#define FW_CONCAT(a, b) FW_CONCAT_(a, b)
#define FW_TRY(decl, expr) FW_TRY_(FW_CONCAT(fw_try_, __LINE__), decl, expr)
#define FW_TRY_(tmp, decl, expr)                           \
  auto tmp = (expr);                                       \
  if (!tmp) return tl::unexpected(std::move(tmp).error()); \
  decl = std::move(*tmp)
// The same for Result<void>.
#define FW_CHECK(expr)                                                                         \
  do {                                                                                         \
    if (auto fw_check = (expr); !fw_check) return tl::unexpected(std::move(fw_check).error()); \
  } while (false)

}  // namespace fitwright
