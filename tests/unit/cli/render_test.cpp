// render: pictures that an independent reader can read, or a refusal and no file.
#include <array>
#include <cstdio>

#include "tests/catch.hpp"
#include "tests/unit/cli/program.hpp"

using namespace fitwright;

namespace {

/// What read_png.py sees in a picture.
Json look_at(const std::string& path) {
  const std::string command = "python3 '" FITWRIGHT_SOURCE_DIR "/tests/unit/cli/read_png.py' '" + path + "'";
  std::string said;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) said += buffer.data();
  REQUIRE(pclose(pipe) == 0);
  return Json::parse(said);
}

/// Runs the program as the address sanitizer can bear it: see tests/unit/view/CMakeLists.txt. Without whole call stacks
/// the leaks of libraries cannot be told apart.
Said render(const std::string& arguments) {
  return fitwright_says("render " + arguments, "ASAN_OPTIONS=\"$ASAN_OPTIONS:fast_unwind_on_malloc=1:detect_leaks=0\"");
}

std::string quoted(const std::string& path) { return " -o '" + path + "'"; }

}  // namespace

TEST_CASE("render writes a picture of the size asked for") {
  const Scratch scratch;
  const Said said = render("organiser --size 160x120" + quoted(scratch / "a.png"));
  INFO(said.err);
  REQUIRE(said.status == 0);
  CHECK(contains(said.out, "160 x 120"));
  CHECK(scratch.names() == std::set<std::string>{"a.png"});
  const Json seen = look_at(scratch / "a.png");
  CHECK(seen["size"] == Json{160, 120});
  CHECK(seen["transparent"] == 0);
  CHECK(seen["middle"] != seen["corner"]);

  render("organiser --size 160x120" + quoted(scratch / "b.png"));
  CHECK(slurp(scratch / "b.png") == slurp(scratch / "a.png"));
}

TEST_CASE("render has views, poses, presets and values, and can leave the background out") {
  const Scratch scratch;
  const auto drawn = [&](const std::string& options) {
    const Said said = render("bookshelf --transparent --size 100x100 " + options + quoted(scratch / "p.png"));
    INFO(said.err);
    REQUIRE(said.status == 0);
    return look_at(scratch / "p.png");
  };
  const Json front = drawn("--view front --orthographic");
  CHECK(front["corner"] == Json{0, 0, 0, 0});
  CHECK(front["middle"][3] == 255);
  // 800 x 1800 mm: 92 % of the height, and as much less of the width.
  CHECK(front["transparent"].get<double>() == Approx(10000 - 92 * 92 * 800.0 / 1800).margin(400));
  CHECK(drawn("--view top --orthographic") != front);
  CHECK(drawn("--view front --orthographic --set width=1000") != front);
  CHECK(drawn("--view front --orthographic --pose made") != front);
}

TEST_CASE("render takes designs and strangers' templates") {
  const Scratch scratch;
  REQUIRE(fitwright_says("make knob -o '" + scratch / "k.fitwright" + "'").status == 0);
  CHECK(render("'" + scratch / "k.fitwright" + "' --size 64x64" + quoted(scratch / "k.png")).status == 0);
  CHECK(look_at(scratch / "k.png")["size"] == Json{64, 64});
}

TEST_CASE("render refuses what it cannot do, and writes nothing") {
  const Scratch scratch;
  const std::string out = quoted(scratch / "a.png");
  CHECK(refused(render("knob"), 1));
  CHECK(refused(render("knob -o a.png -o b.png"), 1));
  const Said jpeg = render("knob" + quoted(scratch / "a.jpg"));
  CHECK(refused(jpeg, 1));
  CHECK(contains(jpeg.err, ".png"));
  CHECK(refused(render("knob -o /nowhere/at/all/a.png"), 1));
  for (const char* size : {"15x100", "100x8193", "100", "x100", "100x", "100x100x", "-100x100", "1e3x100", "''"})
    CHECK(refused(render("knob --size " + std::string(size) + out), 1));
  const Said view = render("knob --view above" + out);
  CHECK(refused(view, 1));
  CHECK(contains(view.err, "iso, front, back, left, right, top and bottom"));
  CHECK(refused(render("knob --pose lying" + out), 1));
  CHECK(refused(render("knbo" + out), 1));
  CHECK(refused(render("bookshelf --set width=9m" + out), 2));
  CHECK(scratch.names().empty());
}

TEST_CASE("render says what is missing where there is no OpenGL") {
  const Scratch scratch;
  const Said said =
      fitwright_says("render knob" + quoted(scratch / "a.png"), "__EGL_VENDOR_LIBRARY_FILENAMES=/dev/null DISPLAY=");
  CHECK(refused(said, 1));
  CHECK(contains(said.err, "libgl1-mesa-dri"));
  CHECK(scratch.names().empty());
}
