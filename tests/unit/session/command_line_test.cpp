// The command that makes what is shown, as a shell reads it.
#include "app/session/command_line.hpp"

#include <array>
#include <cstdio>

#include "templates/schema/values.hpp"
#include "tests/catch.hpp"

using namespace fitwright;

namespace {

using Words = std::vector<std::string>;

/// The words that a shell makes of a line.
Words as_shell(const std::string& line) {
  FILE* pipe = popen(("printf '%s\\0' " + line).c_str(), "r");
  REQUIRE(pipe);
  std::string out;
  std::array<char, 256> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), n);
  REQUIRE(pclose(pipe) == 0);
  Words words;
  for (std::size_t from = 0; from < out.size();) {
    const std::size_t end = out.find('\0', from);
    words.push_back(out.substr(from, end - from));
    from = end + 1;
  }
  return words;
}

Snapshot sign() {
  Snapshot s;
  s.document.package = std::make_shared<const Package>(Package{.template_id = "sign"});
  s.about.id = "sign";
  s.about.processes = {"fdm", "sla"};
  s.about.parameters = {{.name = "width", .fallback = 80.0},
                        {.name = "text", .kind = ParameterKind::text, .fallback = std::string("Name")},
                        {.name = "raised", .kind = ParameterKind::toggle, .fallback = true}};
  s.values = with_defaults(s.about, {});
  return s;
}

}  // namespace

TEST_CASE("only what differs from the defaults is said") {
  Snapshot s = sign();
  CHECK(command_line(s) == "fitwright make sign");
  s.document.process = "fdm";  // which is taken anyhow
  CHECK(command_line(s) == "fitwright make sign");
  s.document.process = "sla";
  s.document.material = "resin_tough";
  s.values["width"] = 31.5;
  s.values["raised"] = false;
  CHECK(command_line(s) == "fitwright make sign --set width=31.5 --set raised=no --process sla --material resin_tough");
}

TEST_CASE("a number survives as far as the command reads one, to a picometre") {
  for (const double width : {0.1 + 0.2, 1.0 / 3, 1e-7, 123456789.125, 25.4}) {
    Snapshot s = sign();
    s.values["width"] = width;
    const Words words = as_shell(command_line(s));
    REQUIRE(words.size() == 5);
    const auto read = parse_value(s.about.parameters[0], words[4].substr(words[4].find('=') + 1));
    INFO(words[4]);
    REQUIRE(read);
    CHECK(std::get<double>(*read) == Approx(width).margin(1e-9).epsilon(0));
  }
}

TEST_CASE("a shell gets every text as it was typed") {
  for (const std::string text : {"", " two words ", "it's", "''", "$HOME `id` $(id)", "a\"b\\c", "; rm -rf *", "-n",
                                 "~", "Größe ∅", "a\tb", "!x", "#1", "x>y&z|"}) {
    Snapshot s = sign();
    s.values["text"] = text;
    CHECK(as_shell(command_line(s)) == Words{"fitwright", "make", "sign", "--set", "text=" + text});
  }
}

TEST_CASE("a saved design is named by its path, and what was changed since") {
  Snapshot s = sign();
  s.path = "/home/me/my signs/it's.fitwright";
  s.saved.values = {{"width", 100.0}};
  s.saved.process = "sla";
  s.document.process = "sla";
  s.values["width"] = 100.0;
  CHECK(as_shell(command_line(s)) == Words{"fitwright", "make", "/home/me/my signs/it's.fitwright"});
  s.values["width"] = 80.0;  // back to the default, of which the file knows nothing
  s.document.process = "";
  CHECK(as_shell(command_line(s)) ==
        Words{"fitwright", "make", "/home/me/my signs/it's.fitwright", "--set", "width=80", "--process", "fdm"});
  s.path.clear();
  s.script = "-odd/template.lua";
  CHECK(as_shell(command_line(s))[2] == "./-odd/template.lua");
}
