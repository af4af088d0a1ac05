// What the window works on, between the session and the panels: what is open, what is asked, what was said. No drawing.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/exporter.hpp"
#include "app/session/library.hpp"
#include "app/session/orderer.hpp"
#include "app/session/recovery.hpp"
#include "app/session/session.hpp"
#include "app/session/settings.hpp"
#include "app/session/worker.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright::desktop {

using Clock = std::chrono::steady_clock;

enum class Screen { library, workbench };

/// A passing message.
struct Toast {
  std::string text;
  bool bad = false;
  std::filesystem::path file;  ///< that it is about: offered to be shown in its folder
  Clock::time_point until;
};

/// A question that must be answered before anything else goes on.
struct Question {
  std::string title, text;
  std::string yes, no;  ///< buttons; an empty `no`: there is nothing to choose
  std::function<void()> on_yes, on_no;
  std::string neither = "Cancel";  ///< leaves all as it is
};

class Desk {
 public:
  /// Errors: file (a part of Fitwright is missing).
  static Result<std::unique_ptr<Desk>> create(const std::function<void()>& wake);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Once a frame, before anything is drawn.
  void begin_frame(bool mouse_down);

  /// Opens what somebody named: the id of a template, its file or folder, or a saved design. Asks first when there are
  /// unsaved changes. What cannot be opened is told, and what was open stays.
  void open(const std::string& subject);
  /// A file dropped on the window: a design, a template, or a file or font for the parameter that takes one.
  void drop(const std::filesystem::path& file);
  /// Does something that would lose unsaved changes, after asking; `ask_name` is called when there is no file yet.
  void when_saved(const std::function<void()>& then);
  /// Asks for a file name, then saves and goes on. Set by whoever can ask.
  std::function<void(std::function<void()> then)> ask_name;
  /// False: the design has no file yet, and a name must be asked for.
  bool save();
  /// False, and told, when it could not be written.
  bool save_as(std::filesystem::path path);
  void show_library();
  void rescan();

  void edit(const std::function<void(Document&)>& change);
  /// A file's bytes into the design, and its name into the parameter.
  void take_file(const Parameter& parameter, const std::filesystem::path& path);

  /// As a sentence, lengths in the unit that is shown.
  std::string told(const std::string& text) const;
  void say(std::string text, std::filesystem::path file = {});
  void complain(const Error& error);
  std::string diagnostics() const;
  /// The window closes because its user wants it to, who was asked about what is not saved: settings stay, what is left
  /// unsaved goes.
  void leave();

  const std::filesystem::path& assets() const { return assets_; }
  const UserFolders& folders() const { return folders_; }
  /// With the maker's own machines and figures over it.
  const Catalog* catalog() const { return own_catalog_ ? &*own_catalog_ : catalog_ ? &*catalog_ : nullptr; }
  /// How the design on screen is made; null while that is not known.
  const Process* process() const;
  /// The text of the workshop file (geometry/catalog/workshop.hpp).
  const std::string& workshop() const { return workshop_; }
  /// Keeps another text in the file and works with it. Errors: file.
  Result<void> keep_workshop(const std::string& text);
  /// The template's own file while a template is worked on; empty for a saved design.
  const std::filesystem::path& script() const { return script_; }

  Settings settings;
  Snapshot now;   ///< of this frame
  Values values;  ///< of the document, complete; while an edit is under way they may not be legal
  Screen screen = Screen::library;
  std::vector<Toast> toasts;
  std::optional<Question> question;
  std::string graphics;      ///< for diagnostics
  std::uint64_t opened = 0;  ///< grows with every document that is opened

  std::unique_ptr<Session> session;
  std::unique_ptr<Library> library;
  std::unique_ptr<Worker> comparison, mapper;  ///< the other variant; the figures to colour the model by
  std::unique_ptr<Exporter> exporter;
  std::unique_ptr<Orderer> orderer;

 private:
  Desk() = default;
  Result<void> set_up(const std::function<void()>& wake);
  void offer_recovery();
  void open_now(const std::string& subject);
  void open_design(Design design, const std::filesystem::path& path, bool unsaved);
  void recover(const Recovered& found);
  void keep_settings();
  void load_own_figures();
  void use_workshop(std::string text);

  std::filesystem::path assets_, script_;
  UserFolders folders_;
  std::optional<Catalog> catalog_, own_catalog_;
  std::string workshop_;
  std::optional<RecoveryFile> recovery_;
  bool left_ = false;
  std::filesystem::path noted_path_;
  Settings saved_settings_;
};

}  // namespace fitwright::desktop
