// What the command line asks for, and the commands that answer it. Each returns the exit status.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/engine/engine.hpp"

namespace fitwright::cli {

struct Options {
  std::string subject;  ///< template id, design, folder or file
  std::string preset;
  std::vector<std::string> settings;  ///< "name=value"
  std::vector<std::string> outputs;   ///< paths
  std::string process, material;
  std::string pose;                              ///< "made", "assembled"; empty: each format's own
  std::string deflection;                        ///< a length; empty: the usual
  std::string size, view;                        ///< of a picture: "1200x900", "iso"; empty: the usual
  std::string kerf, bit, tabs, relief, profile;  ///< of flat drawings: lengths, "dogbone" or "tbone", a profile's id
  std::string sheet, margin, spacing, saw_kerf;  ///< of layouts on sheets and beds: "2500x1250", lengths
  std::string grain;                             ///< of layouts on sheets: "part", "any", "long"; empty: "part"
  bool labels = false, per_sheet = false, per_plate = false;
  bool orthographic = false, transparent = false;
  bool per_part = false, force = false, json = false;
  std::string service;             ///< a shop's id
  bool isolated = false;           ///< build behind a process boundary, as is done for what does not ship
  std::vector<std::string> words;  ///< of `machines`: what to do, a machine, KEY=VALUE ...
  int count = 40;                  ///< random settings of `test`
  std::uint64_t seed = 1;
};

/// A command's outcome: exit status, or the error that ends it.
using Outcome = Result<int>;
/// Warnings for standard error; main prints them after the error, which scripts expect in the first line.
using Notes = std::vector<std::string>;

Outcome list(const Options& options, Notes& notes);
Outcome show(const Options& options, Notes& notes);
Outcome make(const Options& options, Notes& notes);
Outcome check(const Options& options, Notes& notes);
Outcome quote(const Options& options, Notes& notes);
Outcome pack(const Options& options, Notes& notes);
Outcome render(const Options& options, Notes& notes);
Outcome formats(const Options& options, Notes& notes);
Outcome processes(const Options& options, Notes& notes);
Outcome materials(const Options& options, Notes& notes);
Outcome services(const Options& options, Notes& notes);
Outcome machines(const Options& options, Notes& notes);
Outcome create(const Options& options, Notes& notes);
Outcome test(const Options& options, Notes& notes);
/// Returns only if the desktop app cannot be started: this process becomes the app.
Outcome app(const Options& options, Notes& notes);

}  // namespace fitwright::cli
