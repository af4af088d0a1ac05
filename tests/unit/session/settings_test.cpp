// What is remembered between two runs.
#include "app/session/settings.hpp"

#include <algorithm>
#include <cstdlib>

#include "tests/catch.hpp"
#include "tests/unit/session/folder.hpp"

using namespace fitwright;
using namespace fitwright::test;
namespace fs = std::filesystem;

namespace {

/// An environment variable for as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Variable() { old_.empty() ? unsetenv(name_) : setenv(name_, old_.c_str(), 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string old_;
};

}  // namespace

TEST_CASE("folders follow the base directory specification") {
  const Variable home("HOME", "/home/mia");
  const Variable config("XDG_CONFIG_HOME", "/etc/mia"), cache("XDG_CACHE_HOME", "not/absolute");
  const Variable state("XDG_STATE_HOME", nullptr);
  const UserFolders folders = user_folders();
  CHECK(folders.config == "/etc/mia/fitwright");
  CHECK(folders.cache == "/home/mia/.cache/fitwright");
  CHECK(folders.state == "/home/mia/.local/state/fitwright");
}

TEST_CASE("settings come back as they were saved") {
  const Folder folder;
  const fs::path file = folder / "not yet there/settings.json";
  CHECK(load_settings(file).value() == Settings{});
  Settings settings;
  settings.theme = "dark";
  settings.inches = true;
  settings.font_scale = 1.25;
  settings.panel_width = 420.5;
  settings.window_width = 1900;
  settings.window_height = 1000;
  settings.perspective = settings.edges = settings.shadow = false;
  settings.export_folder = "/tmp/für Mia";
  settings.fineness = "fine";
  settings.recent = {"/a.fitwright", "/b \"quoted\".fitwright"};
  settings.folders = {"/templates"};
  REQUIRE(save_settings(settings, file));
  CHECK(load_settings(file).value() == settings);
}

TEST_CASE("fields of newer programs stay, also when this one saves") {
  const Folder folder;
  const fs::path file = folder / "settings.json";
  spill(file, R"({"theme": "dark", "toolbar": {"side": "left", "size": [1, 2]}, "zoom": 3})");
  Settings settings = load_settings(file).value();
  CHECK(settings.theme == "dark");
  settings.theme = "light";
  REQUIRE(save_settings(settings, file));
  const std::string text = slurp(file);
  CHECK(text.find("\"toolbar\"") != std::string::npos);
  CHECK(text.find("\"zoom\": 3") != std::string::npos);
  CHECK(text.find("\"theme\": \"light\"") != std::string::npos);
  CHECK(load_settings(file).value() == settings);
}

TEST_CASE("a field of the wrong type or out of range takes its default, and no other field does") {
  const Folder folder;
  const fs::path file = folder / "settings.json";
  spill(file, R"({"theme": "pink", "inches": 1, "font_scale": 40, "panel_width": "wide", "window_width": -1,
                  "window_height": 700, "fineness": 3, "recent": "all",
                  "folders": ["/a", 7, null, "/b"], "edges": false})");
  Settings expected;
  expected.window_height = 700;
  expected.folders = {"/a", "/b"};
  expected.edges = false;
  CHECK(load_settings(file).value() == expected);
}

TEST_CASE("damaged settings are an error, and are kept beside") {
  const Folder folder;
  const fs::path file = folder / "settings.json";
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  for (const std::string& text :
       {std::string("{\"theme\": \"da"), std::string("[]"), std::string(), "{\"x\": " + deep + "}",
        std::string("{\"x\": 1e999}"), std::string("{\"x\": \"\xff\"}")}) {
    INFO(text);
    spill(file, text);
    const auto loaded = load_settings(file);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == ErrorKind::file);
    CHECK(loaded.error().message.find("defaults") != std::string::npos);
    CHECK(slurp(folder / "settings.json.damaged") == text);
    CHECK(load_settings(file).value() == Settings{});  // the next start is undisturbed
  }
}

TEST_CASE("what JSON cannot hold is left out, and the rest is saved") {
  const Folder folder;
  const fs::path file = folder / "settings.json";
  Settings settings;
  settings.recent = {"/bad\xff.fitwright", "/good.fitwright"};
  settings.export_folder = "/bad\xff";
  REQUIRE(save_settings(settings, file));
  const Settings loaded = load_settings(file).value();
  CHECK(loaded.recent == std::vector<std::string>{"/good.fitwright"});
  CHECK(loaded.export_folder.empty());
}

TEST_CASE("settings that cannot be saved say so") {
  const Folder folder;
  spill(folder / "file", "");
  const auto saved = save_settings({}, folder / "file/settings.json");
  REQUIRE_FALSE(saved);
  CHECK(saved.error().kind == ErrorKind::file);
}

TEST_CASE("recent designs: the latest first, each once, twelve at most") {
  Settings settings;
  for (int i = 0; i < 15; ++i) remember_recent(settings, "/d/" + std::to_string(i));
  remember_recent(settings, "/d/x/../10");
  CHECK(settings.recent.size() == 12);
  CHECK(settings.recent[0] == "/d/10");
  CHECK(settings.recent[1] == "/d/14");
  CHECK(std::count(settings.recent.begin(), settings.recent.end(), "/d/10") == 1);
}
