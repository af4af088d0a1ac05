// A template that is edited while it is worked on.
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"
#include "app/session/session.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"

using namespace fitwright;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A folder of a test's own, with a template in it.
struct Workshop {
  fs::path folder = fs::temp_directory_path() / ("fitwright-reload-" + std::to_string(getpid()));
  fs::path script = folder / "template.lua";
  std::atomic<int> reads = 0;

  Workshop() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Workshop() { fs::remove_all(folder); }

  void write(const std::string& text, const std::string& name = "template.lua") const {
    REQUIRE(write_file_atomic(folder / name, text));
  }
  TemplateWatch::Read reader() {
    return [this](const fs::path& path) -> Result<Package> {
      ++reads;
      Package package;
      FW_TRY(package.source, read_file(path));
      FW_TRY(package.modules, read_modules(path.parent_path()));
      package.modules.erase("template");
      return package;
    };
  }
};

std::string board(const std::string& parameters, const std::string& solid = "box(p.width, 20, 10)",
                  const std::string& rules = "", const std::string& head = "") {
  return head + R"(return { id="board", version="1.0.0", name="Board", summary="A board.", description="A board.",
    licence="CC-BY-4.0", author="Tester", processes={"fdm"}, parameters={)" +
         parameters + "}, rules={" + rules +
         "}, build=function(p, ctx) return { parts={ { name=\"board\", solid=" + solid + " } } } end }";
}
std::string width(int most) {
  return "{\"width\", kind=\"length\", default=40, min=10, max=" + std::to_string(most) + ", label=\"Width\"},";
}
const std::string depth = R"({"depth", kind="length", default=20, min=10, max=90, label="Depth"},)";

Design design_of(const std::string& source) {
  Design design;
  design.template_id = "board";
  design.template_version = "1.0.0";
  design.source = source;
  return design;
}

/// Waits until a snapshot is as wanted.
template <class Test>
Snapshot wait(const Session& session, const Test& test) {
  for (int i = 0; i < 1000; ++i) {
    Snapshot s = session.snapshot();
    if (test(s)) {
      session.settle();
      return session.snapshot();
    }
    std::this_thread::sleep_for(5ms);
  }
  FAIL("the session never came to what was waited for");
  return {};
}

double volume(const Snapshot& s) { return s.model->parts.at(0).built.volume; }
bool fresh(const Snapshot& s) { return s.model && !s.stale; }

struct Bench {
  Workshop workshop;
  Session session{std::make_unique<Engine>(asset_folder().value())};

  explicit Bench(const std::string& source) {
    workshop.write(source);
    session.open(design_of(source));
    session.settle();
    REQUIRE(fresh(session.snapshot()));
    session.watch(workshop.script, workshop.reader());
  }
  void set(const std::string& name, double value) {
    session.edit([&](Document& document) { document.set(name, value); });
    session.settle();
  }
};

}  // namespace

TEST_CASE("a template saved anew is built anew, with the values kept, as one step of undo") {
  Bench bench(board(width(100)));
  bench.set("width", 50);
  CHECK(volume(bench.session.snapshot()) == Approx(50 * 20 * 10));
  CHECK(bench.session.snapshot().script == bench.workshop.script);
  bench.workshop.write(board(width(100), "box(p.width, 30, 10)"));
  Snapshot s = wait(bench.session, [](const Snapshot& now) { return fresh(now) && volume(now) > 14999; });
  CHECK(volume(s) == Approx(50 * 30 * 10));
  CHECK(s.dropped.empty());
  CHECK(s.undo_text == "template");
  CHECK_FALSE(s.error);
  bench.session.edit([](Document& document) { document.undo(); });
  bench.session.settle();
  CHECK(volume(bench.session.snapshot()) == Approx(50 * 20 * 10));
  CHECK(bench.session.snapshot().undo_text == "width");
}

TEST_CASE("values that the new template has no place for are left out and told, in variants too") {
  Bench bench(board(width(100) + depth, "box(p.width, p.depth, 10)"));
  bench.set("width", 90);
  bench.set("depth", 30);
  bench.session.edit([](Document& document) { document.duplicate_variant("Long"); });
  bench.set("width", 95);
  bench.workshop.write(board(width(92), "box(p.width, 20, 10)"));  // no depth any more
  const Snapshot s = wait(bench.session, [](const Snapshot& now) { return !now.dropped.empty(); });
  CHECK(s.dropped == std::set<std::string>{"depth", "width"});
  CHECK(s.document.values == Values{{"width", 90.0}});
  CHECK(s.document.variants.at(0).values.empty());
  CHECK(fresh(s));
  CHECK(volume(s) == Approx(90 * 20 * 10));
  bench.session.edit([](Document& document) { document.undo(); });
  bench.session.settle();
  CHECK(bench.session.snapshot().dropped.empty());
  CHECK(volume(bench.session.snapshot()) == Approx(95 * 30 * 10));
}

TEST_CASE("values that break a new rule are left out") {
  Bench bench(board(width(100)));
  bench.set("width", 90);
  bench.workshop.write(
      board(width(100), "box(p.width, 20, 10)",
            R"({ check=function(p) return p.width < 80 end, message="Too wide.", parameters={"width"} })"));
  const Snapshot s = wait(bench.session, [](const Snapshot& now) { return !now.dropped.empty(); });
  CHECK(s.dropped == std::set<std::string>{"width"});
  CHECK(fresh(s));
  CHECK(volume(s) == Approx(40 * 20 * 10));
}

TEST_CASE("an error in the script leaves the model, marked stale, until the script is mended") {
  Bench bench(board(width(100)));
  bench.set("width", 50);
  const std::string good = board(width(100), "box(p.width, 30, 10)");
  bench.workshop.write("\n\nlocal x = = 3\n" + good);
  Snapshot s = wait(bench.session, [](const Snapshot& now) { return now.error.has_value(); });
  CHECK(s.error->kind == ErrorKind::script);
  CHECK(s.error->source.line == 3);
  CHECK(s.stale);
  CHECK(volume(s) == Approx(50 * 20 * 10));
  CHECK(s.undo_text == "width");  // the document is not touched
  bench.set("width", 60);         // which goes on with the template that it has
  s = bench.session.snapshot();
  CHECK(volume(s) == Approx(60 * 20 * 10));
  CHECK(s.error);
  bench.workshop.write(good);
  s = wait(bench.session, [](const Snapshot& now) { return !now.error && fresh(now); });
  CHECK(volume(s) == Approx(60 * 30 * 10));
}

TEST_CASE("a module beside the script is watched as well") {
  const auto source = board(width(100), "box(p.width, sizes.depth, 10)", "", "local sizes = require \"sizes\"\n");
  Workshop workshop;
  workshop.write(source);
  workshop.write("return { depth = 20 }", "sizes.lua");
  Design design = design_of(source);
  design.modules = {{"sizes", "return { depth = 20 }"}};
  Session session(std::make_unique<Engine>(asset_folder().value()));
  session.open(design);
  session.watch(workshop.script, workshop.reader());
  workshop.write("return { depth = 25 } --", "sizes.lua");
  const Snapshot s = wait(session, [](const Snapshot& now) { return fresh(now) && volume(now) > 9999; });
  CHECK(volume(s) == Approx(40 * 25 * 10));
}

TEST_CASE("a file that is missing or empty is waited for, and edits of the document are not lost") {
  Bench bench(board(width(100)));
  fs::remove(bench.workshop.script);
  std::this_thread::sleep_for(700ms);
  CHECK_FALSE(bench.session.snapshot().error);
  std::ofstream(bench.workshop.script).flush();  // created, but nothing written yet
  std::this_thread::sleep_for(700ms);
  CHECK_FALSE(bench.session.snapshot().error);
  CHECK(bench.workshop.reads == 0);
  bench.workshop.write(board(width(100), "box(p.width, 30, 10)"));
  // A drag goes on all the while.
  double w = 40;
  const auto start = std::chrono::steady_clock::now();
  while (volume(bench.session.snapshot()) < w * 30 * 10 - 1 && std::chrono::steady_clock::now() - start < 10s) {
    w = w < 90 ? w + 0.5 : 41;
    bench.session.edit([&](Document& document) { document.set("width", w, "drag"); });
    std::this_thread::sleep_for(10ms);
    bench.session.settle();
  }
  CHECK(volume(bench.session.snapshot()) == Approx(w * 30 * 10));
  bench.session.edit([](Document& document) {
    while (document.can_undo()) document.undo();
  });
  bench.session.settle();
  CHECK(volume(bench.session.snapshot()) == Approx(40 * 20 * 10));
}

TEST_CASE("what is no longer watched is no longer read") {
  Bench bench(board(width(100)));
  const std::string other = board(width(100), "box(p.width, 30, 10)");
  SECTION("after the watch was ended") { bench.session.watch({}); }
  SECTION("after something else was opened") { bench.session.open(design_of(board(width(100)))); }
  bench.session.settle();
  CHECK(bench.session.snapshot().script.empty());
  bench.workshop.write(other);
  std::this_thread::sleep_for(700ms);
  CHECK(bench.workshop.reads == 0);
  CHECK(volume(bench.session.snapshot()) == Approx(40 * 20 * 10));
}
