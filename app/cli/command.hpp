// What the command line asks for, and the commands that answer it. Each returns the exit status.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/engine/engine.hpp"

namespace fitwright::cli {

struct Options {
  std::string subject;               ///< template id, design, folder or file
  std::string preset;
  std::vector<std::string> settings; ///< "name=value"
  std::vector<std::string> outputs;  ///< paths
  std::string process, material;
  std::string pose;                  ///< "made", "assembled"; empty: each format's own
  std::string deflection;            ///< a length; empty: the usual
  bool per_part = false, force = false, json = false;
  int count = 40;                    ///< random settings of `test`
  std::uint64_t seed = 1;
};

/// A command's outcome: exit status, or the error that ends it.
using Outcome = Result<int>;

Outcome list(const Options& options);
Outcome show(const Options& options);
Outcome make(const Options& options);
Outcome check(const Options& options);
Outcome formats(const Options& options);
Outcome processes(const Options& options);
Outcome materials(const Options& options);
Outcome services(const Options& options);
Outcome create(const Options& options);
Outcome test(const Options& options);

}  // namespace fitwright::cli
