#include "app/desktop/desk.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/desktop/system.hpp"
#include "app/desktop/words.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/process.hpp"
#include "app/engine/subject.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t most_file_bytes = std::size_t{32} << 20;  // of a file that a parameter names

/// The command-line program beside this one.
Library::Draw thumbnail_drawer(const fs::path& programs) {
  return [program = programs / "fitwright"](const fs::path& script, const fs::path& png) -> Result<void> {
    const Finished done = run_program(
        {program.string(), "render", script.string(), "-o", png.string(), "--size", "640x360", "--transparent"});
    if (done.status == 0) return {};
    return fail(ErrorKind::file, fmt::format("{} could not be drawn", script.string()));
  };
}

bool is_font(const fs::path& file) {
  const std::string extension = file.extension().string();
  return extension == ".ttf" || extension == ".otf" || extension == ".ttc";
}

}  // namespace

Result<std::unique_ptr<Desk>> Desk::create(const std::function<void()>& wake) {
  std::unique_ptr<Desk> desk(new Desk());
  FW_CHECK(desk->set_up(wake));
  return desk;
}

Desk::~Desk() {
  session.reset();  // nobody writes the recovery file any more
  if (recovery_ && left_) recovery_->discard();
}

Result<void> Desk::set_up(const std::function<void()>& wake) {
  folders_ = user_folders();
  FW_TRY(assets_, asset_folder());
  FW_TRY(const fs::path program, engine_program());
  if (auto loaded = load_settings(folders_.config / "settings.json"))
    settings = std::move(*loaded);
  else
    complain(loaded.error());
  saved_settings_ = settings;
  if (auto loaded = Catalog::load(assets_ / "data")) catalog_ = std::move(*loaded);
  const auto engine = [&](std::chrono::milliseconds time) {
    return std::make_unique<EngineProcess>(program, assets_, ProcessLimits{.time = time});
  };
  session = std::make_unique<Session>(engine(5s), wake);
  load_own_figures();
  comparison = std::make_unique<Worker>(engine(20s), wake);
  mapper = std::make_unique<Worker>(engine(60s), wake);
  exporter = std::make_unique<Exporter>(engine(10min), wake);
  orderer = std::make_unique<Orderer>(engine(10min), assets_, wake);
  library =
      std::make_unique<Library>(assets_, folders_.cache, engine(10s), thumbnail_drawer(program.parent_path()), wake);
  rescan();
  if (auto made = RecoveryFile::make(folders_)) {
    recovery_.emplace(std::move(*made));
    session->keep_recovery(recovery_->path());
  } else {
    complain(made.error());
  }
  offer_recovery();
  return {};
}

void Desk::load_own_figures() {
  auto text = load_workshop(workshop_file(folders_));
  if (!text) return complain(text.error());
  use_workshop(std::move(*text));
}

void Desk::use_workshop(std::string text) {
  workshop_ = std::move(text);
  own_catalog_.reset();
  std::vector<std::string> warnings;
  if (catalog_ && !workshop_.empty()) {
    if (auto own = catalog_->with_workshop(workshop_, warnings))
      own_catalog_ = std::move(*own);
    else
      complain(own.error());
  }
  for (const std::string& warning : warnings) complain(make_error(ErrorKind::value, warning));
  session->use_workshop(workshop_);
}

Result<void> Desk::keep_workshop(const std::string& text) {
  FW_CHECK(save_workshop(workshop_file(folders_), text));
  use_workshop(text);
  return {};
}

const Process* Desk::process() const {
  if (!catalog() || !now.model) return nullptr;
  const auto process = catalog()->process(now.model->process);
  return process ? *process : nullptr;
}

void Desk::begin_frame(bool mouse_down) {
  now = session->snapshot();
  values = with_defaults(now.about, values_of(now.document, now.document.variant));
  if (recovery_ && noted_path_ != now.path) {
    noted_path_ = now.path;
    if (const auto noted = recovery_->note(now.path); !noted) spdlog::warn("{}", noted.error().message);
  }
  if (!mouse_down) keep_settings();
}

void Desk::keep_settings() {
  if (settings == saved_settings_) return;
  saved_settings_ = settings;
  if (const auto kept = save_settings(settings, folders_.config / "settings.json"); !kept) complain(kept.error());
}

void Desk::leave() {
  keep_settings();
  left_ = true;
}

void Desk::rescan() {
  const auto shown = std::min<std::size_t>(settings.recent.size(), 12);
  library->scan({settings.folders.begin(), settings.folders.end()},
                {settings.recent.begin(), settings.recent.begin() + static_cast<std::ptrdiff_t>(shown)});
}

void Desk::open(const std::string& subject) {
  when_saved([this, subject] { open_now(subject); });
}

void Desk::open_now(const std::string& subject) {
  fs::path script;
  auto design = open_subject(assets_, subject, script);
  if (!design) return complain(design.error());
  const bool saved = script.empty();
  const fs::path path = saved ? fs::absolute(subject) : fs::path();
  script_ = script;
  open_design(std::move(*design), path, false);
  if (saved) remember_recent(settings, path);
}

void Desk::open_design(Design design, const fs::path& path, bool unsaved) {
  session->open(std::move(design), path, unsaved);
  const bool shipped = script_.string().starts_with(assets_.string());
  if (!script_.empty() && !shipped)
    session->watch(script_, [assets = assets_](const fs::path& script) -> Result<Package> {
      FW_TRY(Design read, read_template(assets, script));
      return package_of(read);
    });
  screen = Screen::workbench;
  ++opened;
  begin_frame(false);
}

void Desk::drop(const fs::path& file) {
  const std::string extension = file.extension().string();
  std::error_code ignored;
  if (extension == ".fitwright" || extension == ".lua" || fs::is_directory(file, ignored)) return open(file.string());
  const ParameterKind wanted = is_font(file) ? ParameterKind::font : ParameterKind::file;
  if (screen == Screen::workbench)
    for (const Parameter& parameter : now.about.parameters)
      if (parameter.kind == wanted && now.visible.contains(parameter.name)) return take_file(parameter, file);
  complain(
      make_error(ErrorKind::usage, fmt::format("{} is neither a design nor a template, and no value of what is open "
                                               "takes a file like it",
                                               file.filename().string())));
}

void Desk::take_file(const Parameter& parameter, const fs::path& path) {
  auto bytes = read_file(path, most_file_bytes);
  if (!bytes) return complain(bytes.error());
  const std::string name = path.filename().string();
  edit([&](Document& document) {
    if (parameter.kind == ParameterKind::font)
      document.add_font(name, std::move(*bytes));
    else
      document.add_file(name, std::move(*bytes));
    document.set(parameter.name, name);
  });
}

// What is shown changes with the next frame: panels hold on to values while they draw.
void Desk::edit(const std::function<void(Document&)>& change) { session->edit(change); }

void Desk::when_saved(const std::function<void()>& then) {
  if (screen != Screen::workbench || !now.dirty) return then();
  const std::string name = now.document.name.empty() ? now.about.name : now.document.name;
  question = Question{"Save your changes?",
                      fmt::format("\"{}\" has changes that are not saved yet.", name),
                      "Save",
                      "Don't save",
                      [this, then] {
                        if (now.path.empty())
                          ask_name(then);
                        else if (save())
                          then();
                      },
                      then};
}

bool Desk::save() { return !now.path.empty() && save_as(now.path); }

bool Desk::save_as(fs::path path) {
  if (path.extension() != ".fitwright") path += ".fitwright";
  if (now.document.name.empty() || now.document.name == now.about.name)
    edit([&](Document& document) { document.rename(path.stem().string()); });
  if (const auto saved = session->save(path); !saved) {
    complain(saved.error());
    return false;
  }
  remember_recent(settings, fs::absolute(path));
  begin_frame(false);
  say("Saved " + path.filename().string());
  return true;
}

void Desk::show_library() {
  screen = Screen::library;
  rescan();
}

void Desk::say(std::string text, fs::path file) {
  toasts.push_back({std::move(text), false, std::move(file), Clock::now() + 4s});
}

std::string Desk::told(const std::string& text) const { return sentence(in_units(text, settings.inches)); }

void Desk::complain(const Error& error) {
  spdlog::warn("{}", describe(error));
  std::string text = error.message;
  if (!error.suggestion.empty()) text += "; " + error.suggestion;
  toasts.push_back({std::move(text), true, {}, Clock::now() + 9s});
}

void Desk::offer_recovery() {
  for (const Recovered& found : find_recovered(folders_)) {
    if (found.error) {
      complain(*found.error);
      continue;
    }
    const std::string name = found.name.empty() ? "a design" : "\"" + found.name + "\"";
    question = Question{"Go on where you were?",
                        fmt::format("Fitwright ended without saving {}. Nothing of it is lost.", name),
                        "Restore it",
                        "Throw it away",
                        [this, found] { recover(found); },
                        [this, found] {
                          if (const auto gone = discard_recovered(found); !gone) complain(gone.error());
                          offer_recovery();
                        },
                        "Ask again at the next start"};
    return;
  }
}

void Desk::recover(const Recovered& found) {
  auto design = load_design(found.file);
  if (!design) return complain(design.error());
  // This run's own copy is there before the old one goes.
  const auto bytes = design_to_json(*design);
  const auto copied = bytes && recovery_ ? write_file_atomic(recovery_->path(), *bytes) : Result<void>();
  script_.clear();
  open_design(std::move(*design), found.saved_as, true);
  if (!bytes || !copied || !recovery_) return;
  if (const auto gone = discard_recovered(found); !gone) complain(gone.error());
}

std::string Desk::diagnostics() const {
  std::string text = fmt::format("Fitwright {}\n{}\n{}\n", FITWRIGHT_VERSION, system_description(), graphics);
  if (now.about.id.empty()) return text;
  text += fmt::format("{} {}\n", now.about.id, now.about.version);
  for (const auto& [name, value] : values)
    if (const Parameter* parameter = now.about.find_parameter(name); parameter && value != parameter->fallback)
      text += fmt::format("{} = {}\n", name, value_text(*parameter, value));
  if (now.error) text += describe(*now.error) + "\n";
  return text + "Log: " + (folders_.state / "log.txt").string();
}

}  // namespace fitwright::desktop
