// The pipeline behind a document, against a handler that does as it is told.
#include "app/session/session.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

#include "app/engine/process.hpp"
#include "templates/schema/values.hpp"
#include "tests/catch.hpp"

using namespace fitwright;
using namespace std::chrono_literals;

namespace {

Template about() {
  Template t;
  t.id = "box";
  t.parameters = {{.name = "width", .fallback = 800.0, .min = 100, .max = 5000, .step = 10},
                  {.name = "depth", .fallback = 300.0, .min = 100, .max = 5000, .step = 10}};
  t.processes = {"fdm"};
  return t;
}

/// What a test tells the handler to do, and what it saw.
struct Script {
  std::atomic<std::chrono::milliseconds> takes = 0ms;
  std::atomic<int> builds = 0, explained = 0, stopped = 0, rated = 0, drawn = 0;
  std::atomic<bool> checks_fail = false;
  std::set<std::string> held;  ///< parameters that no suggestion may change
  std::function<std::optional<Error>(double width, double depth)> fails = [](double, double) { return std::nullopt; };
};

/// Widths above 1000 break a rule. A part is as wide as it is asked to be.
class Puppet : public RequestHandler {
 public:
  explicit Puppet(Script& script) : script_(script) {}
  Response handle(const Request& request, std::stop_token stop, const Progress&) override {
    Response response;
    response.about = about();
    auto values = complete_values(response.about, request.values);
    if (!values) return failed(response, values.error());
    response.values = *values;
    const double width = std::get<double>(response.values.at("width"));
    const double depth = std::get<double>(response.values.at("depth"));
    if (width > 1000) return failed(response, make_error(ErrorKind::rule, "A board of that width bends."));
    if (!request.wants.parts && !request.wants.check && !request.wants.handles) return response;
    if (request.wants.check && script_.checks_fail) return failed(response, make_error(ErrorKind::geometry, "stuck"));
    if (request.wants.parts) ++script_.builds;
    const auto until = std::chrono::steady_clock::now() + script_.takes.load();
    while (std::chrono::steady_clock::now() < until) {
      if (stop.stop_requested()) {
        ++script_.stopped;
        return failed(response, make_error(ErrorKind::cancelled, "stopped"));
      }
      std::this_thread::sleep_for(1ms);
    }
    if (auto error = script_.fails(width, depth)) {
      if (error->operation == engine_operation) return failed({}, *error);  // nothing but the error is left
      if (request.wants.explain_ms > 0) {
        ++script_.explained;
        error->suggestion = "set depth to 500 mm or less";
      }
      return failed(response, *error);
    }
    ResponsePart part;
    part.built.name = "board";
    part.built.box.max = {width, depth, 1};
    part.built.faces = {FaceInfo{.origins = {"right"}}, FaceInfo{.origins = {"back"}}};
    if (request.wants.face_parameters) part.behind = {{"right", {0}}, {"back", {1, 0}}};
    response.handles = {{"width", {width / 2, 0, 0}, {1, 0, 0}}, {"depth", {0, depth, 0}, {0, 1, 0}}};
    if (request.wants.handles) {
      ++script_.rated;
      response.handles[0].rate = 0.5;
      response.handles[1].rate = 1;
    }
    if (request.wants.outlines) {
      ++script_.drawn;
      part.outline.emplace().thickness = width;
      response.cut_list = {{.label = "board", .length = width}};
    }
    response.parts = {part};
    if (request.wants.visibility) response.visible = {"width", "depth"};
    if (request.wants.check && depth < 200) {
      Finding thin;
      thin.check = "thin";
      thin.part = "board";
      thin.severity = Severity::blocks;
      response.report.findings = {thin};
      if (request.wants.suggest_ms > 0) {
        script_.held = request.wants.fixed;
        response.remedies = {{"depth", 200.0, {0}}};
      }
    }
    return response;
  }

 private:
  static Response failed(Response response, Error error) {
    response.error = std::move(error);
    return response;
  }
  Script& script_;
};

Design box() {
  Design design;
  design.name = "Box";
  design.template_id = "box";
  design.source = "return {}";
  design.values = {{"width", 800.0}};
  return design;
}

void set(Session& session, const std::string& name, double value, const std::string& gesture = {}) {
  session.edit([&](Document& document) { document.set(name, value, gesture); });
}
double number(const Values& values, const std::string& name) { return std::get<double>(values.at(name)); }
double built_width(const Snapshot& s) { return s.model->parts.front().built.box.max.x; }

}  // namespace

TEST_CASE("measures come with every model, before the checks, and stay until the next are known") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  const Snapshot before = session.snapshot();
  REQUIRE(before.measured);
  CHECK(before.measured_revision == before.revision);
  CHECK(number(before.measured->values, "width") == 800);
  script.takes = 40ms;
  set(session, "width", 700);
  CHECK(session.snapshot().measured == before.measured);
  CHECK(session.snapshot().measured_revision != session.snapshot().revision);
  Snapshot now = session.snapshot();
  for (int i = 0; i < 2000 && now.measured_revision != now.revision; ++i) {
    std::this_thread::sleep_for(1ms);
    now = session.snapshot();
  }
  CHECK(number(now.measured->values, "width") == 700);
  CHECK_FALSE(now.checked);  // they are still at work
  session.settle();
  set(session, "width", 2000);  // against a rule: goes back, and is measured as it is then
  session.settle();
  now = session.snapshot();
  CHECK(now.measured_revision == now.revision);
  CHECK(number(now.measured->values, "width") == number(now.values, "width"));
}

TEST_CASE("what would clear a finding comes last, and is taken in one step of undo") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  CHECK(session.snapshot().checked->remedies.empty());
  CHECK_FALSE(session.snapshot().suggesting);
  session.edit([](Document& document) { document.lock("width", true); });
  set(session, "depth", 150);
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.checked->remedies.size() == 1);
  CHECK(s.related);
  CHECK_FALSE(s.suggesting);
  CHECK_FALSE(s.busy);
  CHECK(script.held == std::set<std::string>{"width"});
  session.apply(s.checked->remedies[0]);
  session.settle();
  CHECK(number(session.snapshot().values, "depth") == 200);
  CHECK(session.snapshot().checked->report.findings.empty());
  session.edit([](Document& document) { document.undo(); });
  session.settle();
  CHECK(number(session.snapshot().values, "depth") == 150);
}

TEST_CASE("checks that fail leave the model, and say that nothing is known") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  script.checks_fail = true;
  set(session, "depth", 400);
  session.settle();
  const Snapshot s = session.snapshot();
  CHECK_FALSE(s.error);
  CHECK_FALSE(s.stale);
  CHECK(s.model);
  REQUIRE(s.checked);
  CHECK(s.checked->report.verdict() == Verdict::unverified);
  CHECK(s.checked->report.unchecked[0].reason == "stuck");
}

TEST_CASE("own machines and another way up go with every request, and are no edits") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  const int builds = script.builds;
  session.use_workshop("[machine.x]");
  session.settle();
  CHECK(script.builds > builds);
  session.lay("board", Vec3{0, 1, 0});
  session.settle();
  CHECK(session.build_request().workshop == "[machine.x]");
  CHECK(session.build_request().ups.at("board") == Vec3{0, 1, 0});
  CHECK(session.variant_request({}).ups.size() == 1);
  CHECK_FALSE(session.snapshot().dirty);
  session.lay("board", {});
  CHECK(session.build_request().ups.empty());
  session.lay("board", Vec3{0, 1, 0});
  session.open(box());
  CHECK(session.build_request().ups.empty());
}

TEST_CASE("opening builds and checks, with values complete") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  CHECK_FALSE(session.snapshot().model);
  session.open(box());
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.model);
  CHECK_FALSE(s.stale);
  CHECK_FALSE(s.busy);
  CHECK(s.checked);
  CHECK(built_width(s) == 800);
  CHECK(number(s.values, "depth") == 300);
  CHECK(s.visible == std::set<std::string>{"width", "depth"});
  CHECK_FALSE(s.dirty);
}

TEST_CASE("handles have rates from the first model on, which a drag keeps and rest renews") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  Snapshot s = session.snapshot();
  REQUIRE(s.handles.size() == 2);
  CHECK(s.handles[0].at == Vec3{400, 0, 0});
  CHECK(s.handles[0].rate == 0.5);
  CHECK(script.rated == 2);  // with the first build, and at rest
  script.takes = 5ms;
  for (int i = 1; i <= 10; ++i) {
    set(session, "width", 800 - i, "drag");
    std::this_thread::sleep_for(4ms);
    s = session.snapshot();
    CHECK(s.handles[0].rate == 0.5);
    CHECK(s.handles[1].rate == 1);
  }
  session.settle();
  CHECK(session.snapshot().handles[0].at == Vec3{395, 0, 0});
  session.open(box());
  CHECK(session.snapshot().handles.empty());
}

TEST_CASE("outlines come with the model from the moment on that they are wanted") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  CHECK(script.drawn == 0);
  CHECK(session.snapshot().model->cut_list.empty());
  const auto checked = session.snapshot().checked;
  session.want_outlines(true);
  session.settle();
  CHECK(script.drawn == 1);
  CHECK(session.snapshot().model->cut_list.at(0).length == 800);
  CHECK(session.snapshot().checked == checked);  // what was known of the model is still known
  session.want_outlines(true);
  session.settle();
  CHECK(script.drawn == 1);
  set(session, "width", 900);
  session.settle();
  CHECK(session.snapshot().model->cut_list.at(0).length == 900);
  CHECK(script.drawn == 2);
  session.want_outlines(false);
  set(session, "width", 700);
  session.settle();
  CHECK(script.drawn == 2);
  CHECK(session.snapshot().model->cut_list.empty());
}

TEST_CASE("outlines do not wait for suggestions, which come all the same") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  Design design = box();
  design.values["depth"] = 150.0;
  session.open(std::move(design));
  session.want_outlines(true);
  session.settle();
  CHECK(session.snapshot().model->cut_list.size() == 1);
  REQUIRE(session.snapshot().checked);
  CHECK(session.snapshot().checked->remedies.size() == 1);
}

TEST_CASE("the parameters behind a face are known at rest") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  CHECK(face_parameters(session.snapshot(), 0, 0).empty());
  session.open(box());
  session.settle();
  const Snapshot s = session.snapshot();
  CHECK(face_parameters(s, 0, 0) == std::vector<std::string>{"width"});
  CHECK(face_parameters(s, 0, 1) == std::vector<std::string>{"depth", "width"});
  CHECK(face_parameters(s, 0, 2).empty());
  CHECK(face_parameters(s, 1, 0).empty());
}

TEST_CASE("requests for others hold the legal values, and those of any variant") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.edit([](Document& d) { d.duplicate_variant("Narrow"); });
  set(session, "width", 400);
  session.settle();
  CHECK(number(session.build_request().values, "width") == 400);
  CHECK(session.build_request().wants == Wants{});
  CHECK(number(session.variant_request({}).values, "width") == 800);
  CHECK(number(session.variant_request(0).values, "width") == 400);
  CHECK(number(session.variant_request(7).values, "width") == 800);
  script.takes = 5s;
  set(session, "width", 3000);
  CHECK(number(session.build_request().values, "width") <= 1000);  // this width breaks a rule
}

TEST_CASE("what was opened first does not come into what was opened after it") {
  Script script;
  script.takes = 40ms;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  std::this_thread::sleep_for(10ms);
  Design other = box();
  other.values["width"] = 500.0;
  session.open(other);
  for (int i = 0; i < 60; ++i) {
    const Snapshot s = session.snapshot();
    if (s.model) CHECK(built_width(s) == 500);
    std::this_thread::sleep_for(1ms);
  }
  session.settle();
  CHECK(built_width(session.snapshot()) == 500);
}

TEST_CASE("of a fast drag the last value wins, and not every one is built") {
  Script script;
  script.takes = 20ms;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  script.builds = 0;
  int shown = 0;
  double last = 0;
  for (int i = 1; i <= 60; ++i) {
    set(session, "width", 400 + i, "drag");
    std::this_thread::sleep_for(5ms);
    const Snapshot s = session.snapshot();
    if (built_width(s) != last) ++shown;
    last = built_width(s);
  }
  session.settle();
  const Snapshot s = session.snapshot();
  CHECK(built_width(s) == 460);
  CHECK_FALSE(s.stale);
  CHECK(script.builds < 60);
  CHECK(shown >= 3);  // something moved while it was dragged
  session.edit([](Document& document) { document.undo(); });
  session.settle();
  CHECK(built_width(session.snapshot()) == 800);
}

TEST_CASE("a number out of its range is answered with the nearest that the rules allow too, and changes nothing") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.seek_nearest("width", 9000);
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.refused);
  CHECK(s.refused->wanted == 9000);
  CHECK(s.refused->nearest == 1000);  // its range ends at 5000, but a rule forbids what is above 1000
  CHECK(s.values.at("width") == ParameterValue(800.0));
  CHECK_FALSE(s.can_undo);
  session.seek_nearest("depth", 9000);
  session.settle();
  CHECK(session.snapshot().refused->nearest == 5000);
  session.edit([](Document& document) { document.set("depth", 310.0); });
  CHECK_FALSE(session.snapshot().refused);
}

TEST_CASE("a design opens on the variant that it was saved on") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  Design design = box();
  design.variants = {{.name = "Wide", .values = {{"width", 900.0}}}};
  session.open(design);
  session.edit([](Document& document) { document.select_variant(0); });
  const auto file = std::filesystem::temp_directory_path() / "fitwright-variant.fitwright";
  REQUIRE(session.save(file));
  const auto loaded = load_design(file);
  std::filesystem::remove(file);
  REQUIRE(loaded);
  session.open(*loaded);
  session.settle();
  CHECK(session.snapshot().document.variant == std::optional<std::size_t>(0));
  CHECK(session.snapshot().values.at("width") == ParameterValue(900.0));
}

TEST_CASE("a long build that an edit made pointless is stopped") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  script.takes = 20s;
  set(session, "width", 700);
  std::this_thread::sleep_for(30ms);
  const auto start = std::chrono::steady_clock::now();
  script.takes = 0ms;
  set(session, "width", 600);
  session.settle();
  CHECK(std::chrono::steady_clock::now() - start < 5s);
  CHECK(script.stopped == 1);
  CHECK(built_width(session.snapshot()) == 600);
}

TEST_CASE("a drag into a broken rule stops at the last legal value and names the rule") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  set(session, "width", 900, "drag");
  session.settle();
  set(session, "width", 3000, "drag");
  session.settle();
  Snapshot s = session.snapshot();
  REQUIRE(s.stopped);
  CHECK(s.stopped->error.message == "A board of that width bends.");
  CHECK(s.stopped->parameters == std::vector<std::string>{"width"});
  CHECK(number(s.document.values, "width") == 1000);
  CHECK(built_width(s) == 1000);
  CHECK_FALSE(s.stale);
  CHECK_FALSE(s.error);
  // Another edit ends it.
  set(session, "depth", 400);
  session.settle();
  s = session.snapshot();
  CHECK_FALSE(s.stopped);
  CHECK(built_width(s) == 1000);
}

TEST_CASE("a value that was never touched stops at the rule too") {
  Script script;
  Design design = box();
  design.values.clear();
  Session session(std::make_unique<Puppet>(script));
  session.open(design);
  session.settle();
  set(session, "width", 3000, "drag");
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.stopped);
  CHECK(built_width(s) == 1000);
}

TEST_CASE("several values that break a rule together go back together") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.edit([](Document& d) { d.set_all({{"width", 2000.0}, {"depth", 500.0}}, "preset"); });
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.stopped);
  CHECK(number(s.values, "width") == 800);
  CHECK(number(s.values, "depth") == 300);
  CHECK_FALSE(s.dirty);
  CHECK_FALSE(s.can_undo);
}

TEST_CASE("what cannot be built leaves the last good model, marked stale, and is explained at rest") {
  Script script;
  script.fails = [](double, double depth) -> std::optional<Error> {
    if (depth <= 500) return std::nullopt;
    return make_error(ErrorKind::geometry, "too deep");
  };
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  set(session, "depth", 900);
  session.settle();
  Snapshot s = session.snapshot();
  REQUIRE(s.error);
  CHECK(s.error->message == "too deep");
  CHECK(s.error->suggestion == "set depth to 500 mm or less");
  CHECK(script.explained == 1);
  CHECK(s.stale);
  REQUIRE(s.model);
  CHECK(s.model->parts.front().built.box.max.y == 300);
  CHECK(number(s.values, "depth") == 900);  // the maker's own: legal, only not built
  set(session, "depth", 450);
  session.settle();
  s = session.snapshot();
  CHECK_FALSE(s.error);
  CHECK_FALSE(s.stale);
}

TEST_CASE("when the engine dies the error says which setting did it") {
  Script script;
  script.fails = [](double width, double) -> std::optional<Error> {
    if (width != 666) return std::nullopt;
    Error error = make_error(ErrorKind::geometry, "the geometry kernel crashed");
    error.operation = engine_operation;
    return error;
  };
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  set(session, "width", 666);
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.error);
  CHECK(s.error->parameters == std::vector<std::string>{"width"});
  CHECK(s.model);
  CHECK(script.explained == 0);  // it would only crash again
  CHECK(s.values.size() == 2);   // nothing of the panel is lost
}

TEST_CASE("a template that nobody has run yet is known by what the engine says of it") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  Design fresh = box();
  fresh.template_id = fresh.name = "";
  session.open(fresh);
  session.settle();
  const Snapshot s = session.snapshot();
  CHECK(s.document.package->template_id == "box");
  CHECK_FALSE(s.dirty);
  CHECK_FALSE(s.can_undo);
  set(session, "width", 1200);  // over the rule: taken back to what was legal before
  session.settle();
  CHECK(session.snapshot().stopped);
  CHECK_FALSE(session.snapshot().error);
}

TEST_CASE("variants are worked on one at a time") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.edit([](Document& d) { d.duplicate_variant("Narrow"); });
  set(session, "width", 400);
  session.settle();
  CHECK(built_width(session.snapshot()) == 400);
  session.edit([](Document& d) { d.select_variant({}); });
  session.settle();
  CHECK(built_width(session.snapshot()) == 800);
}

TEST_CASE("what is not saved is kept for recovery, until it is saved") {
  const auto folder = std::filesystem::temp_directory_path() / ("fitwright-session-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto recovery = folder / "recovery.fitwright", saved = folder / "mine.fitwright";
  {
    Script script;
    Session session(std::make_unique<Puppet>(script));
    session.keep_recovery(recovery);
    session.open(box());
    session.settle();
    CHECK_FALSE(std::filesystem::exists(recovery));
    set(session, "width", 555);
    session.settle();
    REQUIRE(std::filesystem::exists(recovery));
    CHECK(number(load_design(recovery).value().values, "width") == 555);
    REQUIRE(session.save(saved));
    CHECK_FALSE(std::filesystem::exists(recovery));  // at once: a crash may follow
    session.settle();
    CHECK_FALSE(std::filesystem::exists(recovery));
    CHECK_FALSE(session.snapshot().dirty);
    CHECK(session.snapshot().path == saved);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("a session ends at once, whatever it is in the midst of") {
  Script script;
  const auto start = std::chrono::steady_clock::now();
  {
    Session session(std::make_unique<Puppet>(script));
    session.open(box());
    session.settle();
    script.takes = 30s;
    set(session, "width", 500);
    std::this_thread::sleep_for(20ms);
  }
  CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("whoever draws is woken") {
  Script script;
  std::atomic<int> woken = 0;
  Session* shown = nullptr;
  Session session(std::make_unique<Puppet>(script), [&] {
    if (shown) (void)shown->snapshot();  // as who draws may
    ++woken;
  });
  shown = &session;
  session.open(box());
  session.settle();
  CHECK(woken >= 2);
}
