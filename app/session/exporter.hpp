// Export in two steps: first the files are made in memory, so that their size and triangles can be shown, then written.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/worker.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// How closely a mesh follows the exact surface, in plain words.
struct Fineness {
  std::string_view id, title, note;  ///< "draft", "Draft", what it is good for
  double deflection;                 ///< mm
};
/// From coarse to fine; "normal" is among them.
std::span<const Fineness> finenesses();

/// What is wanted.
struct ExportChoice {
  std::string format = "3mf";  ///< id of the format table
  std::optional<Pose> pose;    ///< empty: the format's own
  bool per_part = false;
  FlatOptions flat = {};    ///< for formats that draw flat parts
  std::string part;         ///< this part alone (a file of its own); empty: all
  double deflection = 0.1;  ///< mm
  std::filesystem::path folder;
  std::string stem;       ///< file name without extension; a part's file is called STEM-part
  std::string check_for;  ///< as Wants::check_for
  bool force = false;     ///< in spite of a blocking finding
  bool operator==(const ExportChoice&) const = default;
};

/// Whose limits count for files of a format, as Wants::check_for: those of the process that is chosen if the format is
/// one of its own, else of the first of the template's that it serves, else of none in particular: a file for the mill
/// is not kept back by what a printer cannot do.
std::string judged_for(std::string_view format, const std::string& process, const Template& about,
                       const Catalog& catalog);

/// One file as it would be written.
struct PlannedFile {
  std::filesystem::path path;
  std::size_t bytes = 0;
  bool exists = false;  ///< and would be overwritten
};

class Exporter {
 public:
  /// `wake` is called on another thread whenever the plan has changed.
  explicit Exporter(std::unique_ptr<RequestHandler> handler, std::function<void()> wake = {});
  ~Exporter();  ///< stops what is under way

  /// Makes the files of a design (a session's `build_request`) in memory. Where only the folder, the stem, the part or
  /// `force` changed, nothing is made again; nor is it where making failed, before `cancel`.
  void prepare(const Request& design, const ExportChoice& choice);
  /// Stops what is under way and drops what was made.
  void cancel();

  struct Plan {
    bool ready = false;  ///< `write` may be called
    bool busy = false;
    std::string stage;
    double share = 0;
    std::optional<Error> error;      ///< why nothing can be written; also: a finding blocks, the stem is no file name
    bool blocked = false;            ///< by a finding; with `force` it is written all the same
    std::vector<PlannedFile> files;  ///< also while blocked
    std::uint64_t triangles = 0;     ///< of one copy of each part that goes into the files
  };
  /// Looks up which files exist, so it is as of now.
  Plan plan() const;

  /// Writes the files, each whole or not at all; returns their paths. Errors: usage (not ready), finding, file (also:
  /// `overwrite` is false and a file is there, naming it), and those of the build.
  Result<std::vector<std::filesystem::path>> write(bool overwrite);
  void settle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The name of a design as it may stand in a file name: "my shelf/hall" becomes "my-shelf-hall". Never empty, never a
/// hidden file, at most 100 bytes.
std::string file_stem(std::string_view name);

}  // namespace fitwright
