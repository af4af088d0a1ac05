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
#include "app/session/template_watch.hpp"

namespace fitwright {

/// An edit that went too far, and was taken back as far as it had to be.
struct Stopped {
  std::vector<std::string> parameters;  ///< that were edited
  Error error;                          ///< the rule or range, in words
  std::optional<double> wanted;         ///< of a single number: what it was to be
  bool dragged = false;                 ///< by a hand that saw where it stopped, not by a value that was typed
  /// A number that was typed is remembered while it stays where it was stopped, whatever else is edited.
  std::optional<double> reached;
  bool earlier = false;   ///< other values were edited since
  bool possible = false;  ///< and they have made room for it
  Values allowing;        ///< of other parameters: each alone would make room for it, as was tried
};

/// A number that was not taken because it is out of its range, and how far ranges and rules let it go.
struct Refused {
  std::string parameter;
  double wanted = 0;
  std::optional<double> nearest;  ///< none while it is looked for, and where the value cannot come nearer at all
  std::optional<Error> rule;      ///< that keeps it from coming nearer; none where only the range does
};

/// All there is to show. Cheap to copy: the model is shared.
struct Snapshot {
  std::uint64_t revision = 0;  ///< of the document; grows with every edit
  DocumentState document;
  DocumentState saved;           ///< as it was last saved, or opened
  std::filesystem::path path;    ///< where it is saved; empty: nowhere yet
  std::filesystem::path script;  ///< the template's file that is under watch; empty: none
  bool dirty = false, can_undo = false, can_redo = false;
  std::string undo_text, redo_text;

  Template about;                 ///< empty until the template has been read
  Values values;                  ///< complete and legal: those of the last edit that kept the rules
  std::set<std::string> visible;  ///< parameters to show

  std::shared_ptr<const Response> model;  ///< the last good one; null before the first
  std::uint64_t model_revision = 0;       ///< that it was built for
  bool stale = false;                     ///< the model is not that of the values
  std::optional<Error> error;  ///< why there is none of the values, or what is wrong with the script under watch
  std::optional<Stopped> stopped;
  std::optional<Refused> refused;  ///< what was asked about last; until the next edit
  std::set<std::string>
      dropped;  ///< parameters whose values the template's last edit did away with; until the next edit
  /// Of the model, with rates as they were last known: those of a drag are of the moment before it.
  std::vector<Handle> handles;
  std::shared_ptr<const Response> related;  ///< what face_parameters asks; may be of earlier values, null at first
  /// What estimates are made from; of earlier values until `measured_revision` is the revision. Null at first.
  std::shared_ptr<const Response> measured;
  std::uint64_t measured_revision = 0;
  std::shared_ptr<const Response> checked;  ///< findings of the values; null while they are not known
  bool suggesting = false;                  ///< changes that would clear the findings are being tried

  bool busy = false;
  std::string stage;  ///< of the work under way
  double share = 0;
};

/// Names of the parameters behind a face of the snapshot's model, nearest first; empty while they are not known.
/// `part` and `face` are indices into the model's parts and their faces.
std::vector<std::string> face_parameters(const Snapshot& snapshot, std::size_t part, std::size_t face);

class Session {
 public:
  /// `wake` is called on other threads whenever there is something new to show.
  explicit Session(std::unique_ptr<RequestHandler> handler, std::function<void()> wake = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Leaves what was open and works on a design; `path` is where it was loaded from. `unsaved`: it holds changes that
  /// are in no file that the maker knows of.
  void open(Design design, std::filesystem::path path = {}, bool unsaved = false);
  /// Whenever the script is edited, the document gets the new template, with all of its values that still fit, as one
  /// step of undo; a script that is wrong is told as the snapshot's error and changes nothing. `read` gives the package
  /// as read from the script and what lies beside it, on another thread; its id and version may be empty. An empty path
  /// ends the watch, and so does `open`.
  void watch(std::filesystem::path script, TemplateWatch::Read read = {});
  /// Any edit, undo and redo among them. `change` is called at once.
  void edit(const std::function<void(Document&)>& change);
  /// A number out of its range is not to be taken, but its maker to be told what is possible: the answer comes as the
  /// snapshot's `refused`.
  void seek_nearest(const std::string& parameter, double wanted);
  Snapshot snapshot() const;
  /// The maker's own machines and figures (geometry/catalog/workshop.hpp): what is open is built and checked anew.
  void use_workshop(std::string text);
  /// From now on the model comes with what is cut from sheet for each part, and with its cut list; or no longer.
  void want_outlines(bool wanted);
  /// Takes a remedy that was found for the findings in `checked`: one step of undo.
  void apply(const Remedy& remedy);

  /// What is worked on, at its last legal values, for an engine of the caller's own. Nothing is wanted yet.
  Request build_request() const;
  /// The same of any variant, at the values that it has now; of the design itself for none.
  Request variant_request(std::optional<std::size_t> variant) const;

  /// Errors: file.
  Result<void> save(const std::filesystem::path& path);
  /// From now on what is not saved is kept in this file too, and the file goes when all is saved.
  void keep_recovery(std::filesystem::path file);

  /// Blocks until nothing is under way, but for changes of a script that were not noticed yet: for tests, and before
  /// the end.
  void settle() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
