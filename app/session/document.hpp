// The document that a maker works on: a design with variants, every edit of which can be undone. No geometry.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "templates/schema/design.hpp"

namespace fitwright {

/// What a design carries besides the maker's choices: large, rarely changed, shared by all states of a document.
struct Package {
  std::string template_id, template_version;
  std::string source, chunk = "template.lua";
  std::map<std::string, std::string> modules, files, fonts;
  bool operator==(const Package&) const = default;
};

/// One state of a document, as undo comes back to it.
struct DocumentState {
  std::shared_ptr<const Package> package;
  std::string name;
  Values values;  ///< the design's own
  std::string process, material;
  std::set<std::string> locked;     ///< parameters that keep their values until they are unlocked, in every variant
  std::map<std::string, Vec3> ups;  ///< of parts that are made another way up than their template says
  std::vector<Variant> variants;
  std::optional<std::size_t> variant;  ///< the one worked on; none: the design itself
  std::string unknown = "{}";
  bool operator==(const DocumentState& other) const;
};

/// The values of a variant, and below them the design's; of the design itself for none, or one that there is not.
Values values_of(const DocumentState& state, std::optional<std::size_t> variant);
/// The same with the template's defaults below: what a table of variants shows.
Values with_defaults(const Template& about, Values values);
/// Names of the parameters whose values, completed with defaults, are not the same; in the template's order.
std::vector<std::string> differing(const Template& about, const Values& a, const Values& b);

/// What of a design belongs to its package.
Package package_of(Design& design);

class Document {
 public:
  /// A new document has nothing to lose, unless it is said to be unsaved.
  explicit Document(Design design, bool unsaved = false);

  const DocumentState& state() const { return state_; }
  /// As it was when it was last saved, or opened.
  const DocumentState& saved() const { return saved_; }
  /// As it is saved.
  Design design() const;
  /// The values that count now: the variant's, and below them the design's.
  Values values() const { return values_of(state_, state_.variant); }

  /// Edits. Those with one and the same gesture (a drag of a slider, typing a text) are one step of undo; an empty
  /// gesture merges with nothing. An edit that changes nothing is none, and neither is one of a locked value.
  void set(const std::string& parameter, ParameterValue value, const std::string& gesture = {});
  /// Several at once, locked ones aside.
  void set_all(const Values& values, const std::string& what);
  /// Back to the template's default, `fallback`; also in a variant whose design says otherwise.
  void reset(const std::string& parameter, const ParameterValue& fallback);
  /// The same of all that are not locked.
  void reset_all(const Template& about);
  /// The preset's values, and the default of what it does not name; what is locked stays as it is. The process and the
  /// material that it is meant for are chosen too, unless `does`, the process in use or that of the machine in use, is
  /// that process already.
  void apply_preset(const Template& about, const Preset& preset, const std::string& does = {});
  void lock(const std::string& parameter, bool locked);
  void rename(std::string name);
  /// What the template turned out to be, for a document that was opened without knowing: its id and version, and its
  /// name for one without. Not an edit; does nothing where the id is known.
  void identify(const Template& about);
  void choose_process(std::string process);
  void choose_material(std::string material);
  /// Makes a part another way up than its template says, for checks, pictures and files; none: as it says.
  void lay(const std::string& part, std::optional<Vec3> up);
  /// A file that a parameter names, kept with the design.
  void add_file(const std::string& name, std::string bytes);
  void add_font(const std::string& name, std::string bytes);
  /// The template was edited outside. `values` and `variants` are what of the document's fits the new one; what it gave
  /// its files and fonts stays where the package names none.
  void replace_template(Package package, Values values, std::vector<Variant> variants);

  /// A copy of what is worked on, under a name of its own, which is then worked on.
  void duplicate_variant(std::string name);
  void rename_variant(std::size_t variant, std::string name);
  void remove_variant(std::size_t variant);
  /// None: the design itself. Not an edit: undo does not come back to it.
  void select_variant(std::optional<std::size_t> variant);

  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }
  /// What the next undo takes back, e.g. "width"; empty when there is none.
  std::string undo_text() const { return past_.empty() ? "" : past_.back().what; }
  std::string redo_text() const { return future_.empty() ? "" : future_.back().what; }
  void undo();
  void redo();
  /// Takes the last edit back without a trace: it turned out not to be legal. Gives its gesture, for the edit that
  /// takes its place to be the same step of undo.
  std::string retract(const DocumentState& legal);

  /// There is something that is not saved.
  bool dirty() const { return unsaved_ || !(state_ == saved_); }
  void mark_saved() {
    saved_ = state_;
    unsaved_ = false;
  }

 private:
  struct Step {
    DocumentState before;  ///< of an undo; for redo: after
    std::string what, gesture;
  };
  template <class Change>
  void edit(const std::string& what, const std::string& gesture, const Change& change);
  bool is_locked(const std::string& parameter) const { return state_.locked.contains(parameter); }
  void put_back(const std::string& parameter, const ParameterValue& fallback);
  Values& own_values() { return state_.variant ? state_.variants[*state_.variant].values : state_.values; }

  DocumentState state_, saved_;
  bool unsaved_ = false;  ///< whatever it holds is in no file that the maker knows of
  std::deque<Step> past_, future_;
};

}  // namespace fitwright
