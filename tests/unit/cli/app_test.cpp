// app: which program it turns into, and what that is told. A script stands in for the desktop app.
#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;

namespace {

/// The program alone in a folder of its own, with an app beside it that tells its arguments and its process id.
class Installed {
 public:
  Installed() { fs::copy(FITWRIGHT_BINARY_DIR "/bin/fitwright", folder_.path()); }

  void add_app() const {
    spill(folder_ / "fitwright-app",
          "#!/bin/sh\nprintf 'app of %s in %s:' $$ \"$PWD\"\nprintf ' <%s>' \"$@\"\nexit 7\n");
    fs::permissions(folder_ / "fitwright-app", fs::perms::owner_all);
  }
  void add_text_as_app() const { spill(folder_ / "fitwright-app", "not a program"); }

  /// Runs it with only these settings of the environment; `out` begins with the process id that the shell saw.
  Said says(const std::string& arguments, const std::string& settings = "") const {
    const std::string command = "cd / && env -i " + settings + " sh -c 'echo $$ && exec \"" + (folder_ / "fitwright") +
                                "\" " + arguments + "' >'" + folder_ / "out" + "' 2>'" + folder_ / "err" + "'";
    const int raw = std::system(command.c_str());
    return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, slurp(folder_ / "out"), slurp(folder_ / "err")};
  }

 private:
  Scratch folder_;
};

}  // namespace

TEST_CASE("app turns into the app beside the program, with the subject as it was given") {
  const Installed installed;
  installed.add_app();
  const Said said = installed.says("app \"my shelf.fitwright\"");
  CHECK(said.status == 7);
  const std::string pid = said.out.substr(0, said.out.find('\n'));
  CHECK(said.out == pid + "\napp of " + pid + " in /: <my shelf.fitwright>");
  CHECK(said.err.empty());
  CHECK(installed.says("app knob", "DISPLAY=:7").status == 7);
  CHECK(contains(installed.says("app knob spare").err, "no use for \"spare\""));
}

TEST_CASE("the program alone opens the app where there is a desktop") {
  const Installed installed;
  installed.add_app();
  for (const char* desktop : {"DISPLAY=:7", "WAYLAND_DISPLAY=wayland-0"}) {
    const Said said = installed.says("", desktop);
    CHECK(said.status == 7);
    CHECK(contains(said.out, "app of "));
  }
  for (const char* none : {"", "DISPLAY= WAYLAND_DISPLAY="}) {
    const Said said = installed.says("", none);
    CHECK(said.status == 1);
    CHECK_FALSE(contains(said.out, "app of "));
    CHECK(said.err.rfind("error: no command was given", 0) == 0);
  }
}

TEST_CASE("an app that is missing or no program is an error that says so") {
  const Installed installed;
  for (const char* arguments : {"app", ""}) {
    const Said said = installed.says(arguments, "DISPLAY=:7");
    CHECK(said.status == 1);
    CHECK(said.err.rfind("error: fitwright-app is not installed", 0) == 0);
  }
  installed.add_text_as_app();
  const Said said = installed.says("app");
  CHECK(said.status == 4);
  CHECK(contains(said.err, "fitwright-app cannot be started"));
}
