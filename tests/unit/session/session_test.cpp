// The pipeline behind a document: edits, drags, rules, variants, recovery.
#include "tests/unit/session/puppet.hpp"

using namespace fitwright;
using namespace fitwright::test;

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

TEST_CASE("at rest the picture is finer, where that is not too much, and all else stays as it was") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  const auto corners = [](const Response& answer) { return answer.parts.at(0).built.mesh.vertices.size(); };
  const Snapshot s = session.snapshot();
  CHECK(corners(*s.model) == 45);    // 360 / 8
  CHECK(corners(*s.checked) == 18);  // 360 / 20, the usual deflection
  CHECK(s.model->visible == std::set<std::string>{"width", "depth"});
  CHECK_FALSE(s.stale);
  script.triangles = 1'000'000;
  set(session, "width", 700);
  session.settle();
  CHECK(corners(*session.snapshot().model) == 18);
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
  REQUIRE(s.refused->rule);
  CHECK(s.refused->rule->message == "A board of that width bends.");
  CHECK(s.values.at("width") == ParameterValue(800.0));
  CHECK_FALSE(s.can_undo);
  session.seek_nearest("depth", 9000);
  session.settle();
  CHECK(session.snapshot().refused->nearest == 5000);
  CHECK_FALSE(session.snapshot().refused->rule);  // the range alone says no
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

TEST_CASE("a drag into a rule on what is measured stops at the last value that can be built") {
  Script script;
  script.widest_built = 853;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  set(session, "width", 990, "drag");
  session.settle();
  const Snapshot s = session.snapshot();
  CHECK(built_width(s) == 850);
  CHECK(number(s.values, "width") == 850);
  REQUIRE(s.stopped);
  CHECK(s.stopped->error.message.find("carried") != std::string::npos);
}

TEST_CASE("a number that was typed and stopped is remembered until it is possible, taken or given another value") {
  Script script;
  script.widest = [](double depth) { return depth < 400 ? 1000 : 1500; };
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  set(session, "width", 1200);
  session.settle();
  Snapshot s = session.snapshot();
  REQUIRE(s.stopped);
  CHECK(number(s.document.values, "width") == 1000);
  CHECK(s.stopped->wanted == 1200);
  CHECK_FALSE(s.stopped->earlier);
  CHECK_FALSE(s.stopped->possible);
  // The nearest depth that makes room for it was found by trying.
  CHECK(s.stopped->allowing == Values{{"depth", 400.0}});
  const auto depth_and_stop = [&](double depth) {
    set(session, "depth", depth);
    session.settle();
    s = session.snapshot();
    return s.stopped.has_value();
  };
  REQUIRE(depth_and_stop(350));
  CHECK(s.stopped->earlier);
  CHECK_FALSE(s.stopped->possible);
  CHECK(s.stopped->error.message == "A board of that width bends.");
  CHECK(s.stopped->allowing == Values{{"depth", 400.0}});
  REQUIRE(depth_and_stop(500));
  CHECK(s.stopped->possible);
  CHECK(s.stopped->allowing.empty());
  set(session, "width", 1200);
  session.settle();
  CHECK_FALSE(session.snapshot().stopped);
  CHECK(built_width(session.snapshot()) == 1200);
}

TEST_CASE("what is locked is not offered to make room") {
  Script script;
  script.widest = [](double depth) { return depth < 400 ? 1000 : 1500; };
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.edit([](Document& d) { d.lock("depth", true); });
  session.settle();
  set(session, "width", 1200);
  session.settle();
  const Snapshot s = session.snapshot();
  REQUIRE(s.stopped);
  CHECK(s.stopped->allowing.empty());
}

TEST_CASE("what another variant was stopped at is not told of this one") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  session.edit([](Document& d) { d.duplicate_variant("Wide"); });
  session.settle();
  set(session, "width", 1200);
  session.settle();
  REQUIRE(session.snapshot().stopped);
  session.edit([](Document& d) { d.select_variant({}); });
  session.settle();
  CHECK_FALSE(session.snapshot().stopped);
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
