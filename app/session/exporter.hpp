// Export in two steps: first the files are made in memory, so that their size and triangles can be shown, then written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/session/worker.hpp"

namespace fitwright {

/// How fine a mesh follows the exact surface, in plain words.
struct Fineness {
  std::string_view id, title, note;  ///< "draft", "Draft", "quick to slice; facets show on curves"
  double deflection;                 ///< mm
};
std::span<const Fineness> finenesses();

/// What is wanted.
struct ExportChoice {
  std::string format = "3mf";  ///< id of the format table
  std::optional<Pose> pose;    ///< empty: the format's own
  bool per_part = false;
  std::string part;          ///< this part alone (a file of its own); empty: all
  double deflection = 0.1;   ///< mm
  std::filesystem::path folder;
  std::string stem;    ///< file name without extension
  bool force = false;  ///< in spite of a blocking finding
  bool operator==(const ExportChoice&) const = default;
};

/// One file as it would be written.
struct PlannedFile {
  std::filesystem::path path;
  std::size_t bytes = 0;
  bool exists = false;  ///< and would be overwritten
};

class Exporter {
 public:
  explicit Exporter(std::unique_ptr<RequestHandler> handler, std::function<void()> wake = {});

  /// Makes the files of a design (a session's `build_request`) in memory. Names alone changed: nothing is made again.
  void prepare(const Request& design, const ExportChoice& choice);
  void cancel();

  struct Plan {
    bool ready = false, busy = false;
    std::string stage;
    double share = 0;
    std::optional<Error> error;   ///< also: a finding blocks
    bool blocked = false;         ///< by a finding; `force` would write all the same
    std::vector<PlannedFile> files;
    std::uint64_t triangles = 0;  ///< of one copy of each part that goes into the files
  };
  Plan plan() const;

  /// Writes the files, each whole or not at all. Errors: usage (not ready), file (also: `overwrite` is false and a file is
  /// there, naming it).
  Result<std::vector<std::filesystem::path>> write(bool overwrite);
  void settle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The name of a design as it may stand in a file name: "my shelf/hall" becomes "my-shelf-hall".
std::string file_stem(std::string_view name);

}  // namespace fitwright
