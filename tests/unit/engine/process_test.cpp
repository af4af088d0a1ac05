// The engine behind a process boundary: the same answers, and nothing that happens there reaches us.
#include "app/engine/process.hpp"

#include <unistd.h>
#include <csignal>
#include <thread>

#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;
using namespace std::chrono_literals;

namespace {

EngineProcess process(ProcessLimits limits = {.time = std::chrono::seconds(30) * FITWRIGHT_SLOWDOWN}) {
  return EngineProcess(engine_program().value(), asset_folder().value(), limits);
}

Request parts() {
  Request request = block();
  request.wants.parts = true;
  return request;
}

// Many cylinders through a ball at odd angles: seconds of general booleans, which can be cancelled.
Request slow() {
  Request request = parts();
  request.source = R"lua(return {
  id = "slow", version = "1.0.0", name = "Slow", summary = "S.", description = "S.", licence = "CC0-1.0",
  author = "T", processes = { "fdm" }, parameters = { { "n", kind = "count", default = 60, min = 1, max = 100, label = "N" } },
  build = function(p)
    local tools = {}
    for i = 1, p.n do tools[i] = cylinder(1, 100):move { z = -50 }:rotate("x", 7.3 * i):rotate("z", 3.1 * i):move { x = 0.1 * i } end
    return { parts = { { name = "ball", solid = sphere(20):cut(tools) } } }
  end }
)lua";
  return request;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a process answers as the engine does") {
  EngineProcess engine_process = process();
  const Response there = engine_process.handle(parts()), here = ask(parts());
  REQUIRE_FALSE(there.error);
  REQUIRE(there.parts.size() == here.parts.size());
  CHECK(there.parts[0].built.mesh == here.parts[0].built.mesh);
  CHECK(there.values == here.values);
  Request wrong = parts();
  wrong.values["size"] = 13.0;
  const Response refused = engine_process.handle(wrong);
  REQUIRE(refused.error);
  CHECK(refused.error->kind == ErrorKind::rule);
  CHECK(engine_process.starts() == 1);
}

TEST_CASE("progress comes through") {
  EngineProcess engine_process = process();
  std::vector<std::string> stages;
  engine_process.handle(parts(), {}, [&](std::string_view stage, double) { stages.emplace_back(stage); });
  REQUIRE(stages.size() >= 3);
  CHECK(stages.front() == "script");
  CHECK(stages.back() == "done");
}

TEST_CASE("a process that is killed in mid-build is an error, and the next request starts another") {
  EngineProcess engine_process = process();
  REQUIRE_FALSE(engine_process.handle(parts()).error);
  std::thread killer([&] {
    std::this_thread::sleep_for(200ms);
    kill(engine_process.pid(), SIGKILL);
  });
  const Response response = engine_process.handle(slow());
  killer.join();
  REQUIRE(response.error);
  CHECK(response.error->kind == ErrorKind::geometry);
  CHECK(contains(response.error->message, "crashed"));
  CHECK_FALSE(engine_process.handle(parts()).error);
  CHECK(engine_process.starts() == 2);
}

TEST_CASE("a process that died between requests is replaced without a word") {
  EngineProcess engine_process = process();
  REQUIRE_FALSE(engine_process.handle(parts()).error);
  kill(engine_process.pid(), SIGSEGV);
  std::this_thread::sleep_for(100ms * FITWRIGHT_SLOWDOWN);  // sanitizers report at length before they die
  CHECK_FALSE(engine_process.handle(parts()).error);
  CHECK(engine_process.starts() == 2);
}

TEST_CASE("a process that hangs is ended when its time is up") {
  EngineProcess engine_process = process({.time = 1500ms * FITWRIGHT_SLOWDOWN});
  engine_process.handle(parts());
  REQUIRE(engine_process.pid() != 0);
  kill(engine_process.pid(), SIGSTOP);
  const auto start = std::chrono::steady_clock::now();
  const Response response = engine_process.handle(parts());
  REQUIRE(response.error);
  CHECK(contains(response.error->message, FITWRIGHT_SLOWDOWN == 1 ? "longer than 1.5 s" : "longer than 15 s"));
  CHECK(std::chrono::steady_clock::now() - start < 5s * FITWRIGHT_SLOWDOWN);
  CHECK(engine_process.pid() == 0);
}

TEST_CASE("a stop is passed on") {
  EngineProcess engine_process = process();
  REQUIRE_FALSE(engine_process.handle(parts()).error);
  std::stop_source stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(100ms);
    stop.request_stop();
  });
  const Response response = engine_process.handle(slow(), stop.get_token());
  stopper.join();
  REQUIRE(response.error);
  CHECK(response.error->kind == ErrorKind::cancelled);
  CHECK(engine_process.starts() == 1);
}

TEST_CASE("the process ends with its parent's end of the channel") {
  int pid = 0;
  {
    EngineProcess engine_process = process();
    REQUIRE_FALSE(engine_process.handle(parts()).error);
    pid = engine_process.pid();
    CHECK(kill(pid, 0) == 0);
  }
  CHECK(kill(pid, 0) != 0);
}

TEST_CASE("a program that is missing is an error") {
  EngineProcess engine_process("/nonexistent/fitwright-engine", asset_folder().value());
  const Response response = engine_process.handle(parts());
  REQUIRE(response.error);
  CHECK(contains(response.error->message, "cannot be started"));
}
