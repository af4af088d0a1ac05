// Requests in the background: the latest wins, and nothing else is ever shown.
#include "app/session/worker.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "tests/catch.hpp"

using namespace fitwright;
using namespace std::chrono_literals;

namespace {

struct Script {
  std::atomic<std::chrono::milliseconds> takes = 0ms;
  bool stoppable = true;
  std::atomic<int> begun = 0, stopped = 0;
};

/// Answers with the request's name as the template's id.
class Echo : public RequestHandler {
 public:
  explicit Echo(Script& script) : script_(script) {}
  Response handle(const Request& request, std::stop_token stop, const Progress& progress) override {
    const auto until = std::chrono::steady_clock::now() + script_.takes.load();
    ++script_.begun;  // from here on the test may tell the next one something else
    Response response;
    response.about.id = request.design_name;
    progress("build", 0.25);
    while (std::chrono::steady_clock::now() < until) {
      if (script_.stoppable && stop.stop_requested()) {
        ++script_.stopped;
        response.error = make_error(ErrorKind::cancelled, "stopped");
        return response;
      }
      std::this_thread::sleep_for(1ms);
    }
    return response;
  }

 private:
  Script& script_;
};

Request named(std::string name) {
  Request request;
  request.design_name = std::move(name);
  return request;
}

void wait_for(const std::atomic<int>& count, int wanted) {
  while (count < wanted) std::this_thread::sleep_for(1ms);
}

}  // namespace

TEST_CASE("a worker answers what it is asked") {
  Script script;
  Worker worker(std::make_unique<Echo>(script));
  CHECK(worker.state().asked == 0);
  CHECK_FALSE(worker.state().busy);
  const auto number = worker.ask(named("a"));
  worker.settle();
  const Worker::State state = worker.state();
  CHECK(state.asked == number);
  CHECK(state.answered == number);
  CHECK_FALSE(state.busy);
  REQUIRE(state.answer);
  CHECK(state.answer->about.id == "a");
}

TEST_CASE("a newer request stops the one that runs and takes the place of one that waits") {
  Script script;
  script.takes = 10s;
  Worker worker(std::make_unique<Echo>(script));
  const auto start = std::chrono::steady_clock::now();
  worker.ask(named("first"));
  wait_for(script.begun, 1);
  CHECK(worker.state().busy);
  script.takes = 0ms;
  for (const char* name : {"b", "c", "d"}) worker.ask(named(name));
  worker.settle();
  CHECK(std::chrono::steady_clock::now() - start < 5s);
  CHECK(script.stopped == 1);
  REQUIRE(worker.state().answer);
  CHECK(worker.state().answer->about.id == "d");
  CHECK(worker.state().asked == 4);
}

TEST_CASE("what cannot be stopped is not shown either, and the last answer stays meanwhile") {
  Script script;
  script.stoppable = false;
  std::atomic<bool> wrong = false;
  Worker* shown = nullptr;
  Worker worker(std::make_unique<Echo>(script), [&] {
    if (!shown) return;
    const Worker::State state = shown->state();
    wrong = wrong || (state.answer && state.answer->about.id == "slow");
  });
  shown = &worker;
  worker.ask(named("old"));
  worker.settle();
  script.takes = 50ms;
  worker.ask(named("slow"));
  wait_for(script.begun, 2);
  worker.ask(named("new"));
  const Worker::State state = worker.state();
  CHECK(state.answer->about.id == "old");
  CHECK(state.answered == 1);
  CHECK(state.asked == 3);
  worker.settle();
  CHECK(worker.state().answer->about.id == "new");
  CHECK_FALSE(wrong);
}

TEST_CASE("after a cancel there is no answer, and the next request is answered again") {
  Script script;
  script.takes = 10s;
  Worker worker(std::make_unique<Echo>(script));
  worker.ask(named("a"));
  wait_for(script.begun, 1);
  worker.cancel();
  CHECK_FALSE(worker.state().busy);
  CHECK(worker.state().asked == worker.state().answered);
  worker.settle();
  CHECK(script.stopped == 1);
  CHECK_FALSE(worker.state().answer);
  script.takes = 0ms;
  worker.ask(named("b"));
  worker.settle();
  CHECK(worker.state().answer->about.id == "b");
  worker.cancel();
  CHECK_FALSE(worker.state().answer);
}

TEST_CASE("whoever is woken sees progress and may ask again") {
  Script script;
  std::atomic<bool> progressed = false;
  std::atomic<int> asked_again = 0;
  Worker* shown = nullptr;
  Worker worker(std::make_unique<Echo>(script), [&] {
    const Worker::State state = shown->state();
    progressed = progressed || (state.stage == "build" && state.share == 0.25);
    if (state.answer && asked_again++ == 0) shown->ask(named("again"));
  });
  shown = &worker;
  worker.ask(named("a"));
  worker.settle();
  CHECK(progressed);
  CHECK(worker.state().answer->about.id == "again");
  CHECK(worker.state().stage.empty());
}

TEST_CASE("a worker ends at once, whatever it is in the midst of") {
  Script script;
  script.takes = 30s;
  const auto start = std::chrono::steady_clock::now();
  {
    Worker worker(std::make_unique<Echo>(script));
    worker.ask(named("a"));
    wait_for(script.begun, 1);
  }
  CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("asked and cancelled from all sides a worker stays consistent") {
  Script script;
  std::atomic<int> woken = 0;
  Worker worker(std::make_unique<Echo>(script), [&] { ++woken; });
  std::vector<std::thread> crowd;
  for (int i = 0; i < 4; ++i)
    crowd.emplace_back([&worker, i] {
      for (int n = 0; n < 100; ++n) {
        worker.ask(named(std::to_string(i)));
        if (n % 7 == 0) worker.cancel();
        const Worker::State state = worker.state();
        if (!state.busy && state.answered != state.asked) std::abort();
      }
    });
  for (std::thread& one : crowd) one.join();
  worker.ask(named("last"));
  worker.settle();
  CHECK(worker.state().asked == 401);
  CHECK(worker.state().answer->about.id == "last");
}
