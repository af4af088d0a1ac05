// A document at work: every edit goes through script, rules and kernel in the background, and what comes back is kept
// for whoever draws it. No window, no drawing; edits and questions come from one thread, the work is done on others.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "app/engine/handler.hpp"
#include "app/session/document.hpp"

namespace fitwright {

/// An edit that went too far, and was taken back as far as it had to be.
struct Stopped {
  std::vector<std::string> parameters;  ///< that were edited
  Error error;                          ///< the rule or range, in words
};

/// All there is to show. Cheap to copy: the model is shared.
struct Snapshot {
  std::uint64_t revision = 0;  ///< of the document; grows with every edit
  DocumentState document;
  std::filesystem::path path;  ///< where it is saved; empty: nowhere yet
  bool dirty = false, can_undo = false, can_redo = false;
  std::string undo_text, redo_text;

  Template about;                 ///< empty until the template has been read
  Values values;                  ///< complete and legal: those of the last edit that kept the rules
  std::set<std::string> visible;  ///< parameters to show

  std::shared_ptr<const Response> model;  ///< the last good one; null before the first
  bool stale = false;                     ///< the model is not that of the values
  std::optional<Error> error;             ///< why there is none of the values
  std::optional<Stopped> stopped;
  std::shared_ptr<const Response> checked;  ///< findings of the values; null while they are not known

  bool busy = false;
  std::string stage;  ///< of the work under way
  double share = 0;
};

class Session {
 public:
  /// `wake` is called on other threads whenever there is something new to show.
  explicit Session(std::unique_ptr<RequestHandler> handler, std::function<void()> wake = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Leaves what was open and works on a design; `path` is where it was loaded from.
  void open(Design design, std::filesystem::path path = {});
  /// Any edit, undo and redo among them. `change` is called at once.
  void edit(const std::function<void(Document&)>& change);
  Snapshot snapshot() const;

  /// Errors: file.
  Result<void> save(const std::filesystem::path& path);
  /// From now on what is not saved is kept in this file too, and the file goes when all is saved.
  void keep_recovery(std::filesystem::path file);

  /// Blocks until nothing is under way: for tests, and before the end.
  void settle() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
