// What comes with a model or after it: findings, suggestions, measures, outlines, rates of handles.
#include "tests/unit/session/puppet.hpp"

using namespace fitwright;
using namespace fitwright::test;

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

TEST_CASE("own machines and another way up go with every request; machines are no edit, ways up are one") {
  Script script;
  Session session(std::make_unique<Puppet>(script));
  session.open(box());
  session.settle();
  const int builds = script.builds;
  session.use_workshop("[machine.x]");
  session.settle();
  CHECK(script.builds > builds);
  CHECK_FALSE(session.snapshot().dirty);
  const auto lay = [&](std::optional<Vec3> up) {
    session.edit([&](Document& document) { document.lay("board", up); });
  };
  lay(Vec3{0, 1, 0});
  session.settle();
  CHECK(session.build_request().workshop == "[machine.x]");
  CHECK(session.build_request().ups.at("board") == Vec3{0, 1, 0});
  CHECK(session.variant_request({}).ups.size() == 1);
  CHECK(session.snapshot().dirty);
  CHECK(session.snapshot().undo_text == "way up of board");
  lay({});
  session.settle();
  CHECK(session.build_request().ups.empty());
  session.edit([](Document& document) { document.undo(); });
  session.settle();
  CHECK(session.build_request().ups.size() == 1);
  session.open(box());
  CHECK(session.build_request().ups.empty());
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
