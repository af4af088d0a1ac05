#include "app/session/session.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/engine/process.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

/// A build that goes on longer while a newer edit waits is stopped; a shorter one is let finish, or a fast drag would
/// never show anything.
constexpr auto patience = 60ms;
constexpr auto recovery_delay = 500ms;  // between an edit and its copy on disk

/// What is done for one revision of the document, one after the other.
enum class Phase { build, explain, check, done };

bool refused(const Error& error) { return error.kind == ErrorKind::rule || error.kind == ErrorKind::value; }

std::vector<std::string> changed(const Values& a, const Values& b) {
  std::vector<std::string> names;
  for (const auto& [name, value] : b)
    if (const auto it = a.find(name); it == a.end() || it->second != value) names.push_back(name);
  for (const auto& [name, value] : a)
    if (!b.contains(name)) names.push_back(name);
  return names;
}

}  // namespace

struct Session::State {
  std::unique_ptr<RequestHandler> handler;
  std::function<void()> wake;

  mutable std::mutex mutex;
  mutable std::condition_variable changed_state;
  Document document{Design{}};
  bool opened = false, closing = false;
  Phase phase = Phase::done;  ///< what comes next for the current revision
  bool running = false;
  std::uint64_t running_revision = 0;
  Clock::time_point started, edited;
  std::stop_source stop;
  DocumentState legal;  ///< the last state that kept ranges and rules
  Snapshot shown;
  fs::path recovery;
  std::uint64_t recovered = 0;  ///< revision that the recovery file holds
  std::thread worker, watcher;

  // Without the lock while somebody else's code runs.
  void tell(std::unique_lock<std::mutex>& lock) {
    changed_state.notify_all();
    if (!wake) return;
    lock.unlock();
    wake();
    lock.lock();
  }

  // Under the lock, after any change of the document.
  void touch(bool own) {
    ++shown.revision;
    phase = Phase::build;
    edited = Clock::now();
    shown.stale = shown.model != nullptr;
    shown.checked.reset();
    if (!own) shown.stopped.reset();
    changed_state.notify_all();
  }

  Request request() const {
    const Package& package = *document.state().package;
    Request r;
    r.source = package.source;
    r.chunk = package.chunk;
    r.modules = package.modules;
    r.files = package.files;
    r.fonts = package.fonts;
    r.design_name = document.state().name;
    r.values = document.values();
    r.process = document.state().process;
    r.material = document.state().material;
    r.wants.explain_ms = 0;
    return r;
  }

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      const auto has_work = [this] { return closing || phase != Phase::done; };
      if (recovery_due())
        changed_state.wait_until(lock, edited + recovery_delay, has_work);
      else
        changed_state.wait(lock, [&] { return has_work() || recovery_due(); });
      if (closing) return;
      if (phase != Phase::done)
        run(lock);
      else if (recovery_due() && Clock::now() >= edited + recovery_delay)
        write_recovery(lock);
    }
  }

  void run(std::unique_lock<std::mutex>& lock) {
    const Phase now = phase;
    const std::uint64_t revision = shown.revision;
    Request asked = request();
    if (now == Phase::check)
      asked.wants.check = true;
    else
      asked.wants.parts = asked.wants.visibility = asked.wants.preview = true;
    if (now == Phase::explain) asked.wants.explain_ms = 300;
    const DocumentState state = document.state();
    begin();
    const std::stop_token token = stop.get_token();
    lock.unlock();
    Response response = handler->handle(asked, token, [&](std::string_view stage, double share) {
      const std::scoped_lock guard(mutex);
      shown.stage = stage;
      shown.share = share;
    });
    lock.lock();
    end();
    take(now, revision == shown.revision, state, std::move(response), lock);
    tell(lock);
  }
  void begin() {
    running = true;
    running_revision = shown.revision;
    started = Clock::now();
    stop = std::stop_source();
    shown.busy = true;
    changed_state.notify_all();
  }
  void end() {
    running = false;
    shown.busy = phase != Phase::done;
    shown.stage.clear();
    shown.share = 0;
  }

  void take(Phase now, bool latest, const DocumentState& state, Response response, std::unique_lock<std::mutex>& lock) {
    if (response.error && response.error->kind == ErrorKind::cancelled) return;
    if (!response.about.id.empty()) shown.about = response.about;
    const bool legal_now = !response.error || !refused(*response.error);
    if (now == Phase::build && !legal_now) {
      if (latest) take_back(state, std::move(*response.error), lock);
      return;
    }
    if (now == Phase::build) {
      legal = state;
      if (!response.values.empty()) shown.values = response.values;  // an engine that died tells none
      if (!response.visible.empty()) shown.visible = response.visible;
    }
    if (response.error) {
      take_error(now, latest, std::move(*response.error));
    } else if (now != Phase::check) {
      shown.model = std::make_shared<const Response>(std::move(response));
      shown.stale = !latest;
      shown.error.reset();
      if (latest) phase = Phase::check;
    } else if (latest) {
      shown.checked = std::make_shared<const Response>(std::move(response));
      phase = Phase::done;
    }
    shown.busy = phase != Phase::done;
  }

  void take_error(Phase now, bool latest, Error error) {
    if (!latest) return;
    const bool of_engine = error.operation == engine_operation;
    if (of_engine && error.parameters.empty() && shown.model)
      if (const auto values = complete_values(shown.about, document.values()))
        error.parameters = changed(shown.model->values, *values);
    // What ended the engine once would end it again.
    phase = now == Phase::build && error.kind == ErrorKind::geometry && !of_engine ? Phase::explain : Phase::done;
    if (now != Phase::check) shown.error = std::move(error);
    shown.stale = now != Phase::check && shown.model != nullptr;
  }

  // The last edit broke a rule: it goes back to the last legal state, or as near to the rule as its numbers can go.
  void take_back(const DocumentState& state, Error error, std::unique_lock<std::mutex>& lock) {
    if (!legal.package || state.package != legal.package) {  // nothing to go back to
      shown.error = std::move(error);
      phase = Phase::done;
      return;
    }
    const Values before = with_defaults(values_of(legal)), after = with_defaults(document.values());
    const auto names = changed(before, after);
    const std::uint64_t revision = shown.revision;
    std::optional<ParameterValue> nearest;
    const Parameter* known = names.size() == 1 ? shown.about.find_parameter(names[0]) : nullptr;
    if (known) {
      const Parameter parameter = *known;
      const Request question = request();
      lock.unlock();
      nearest = nearest_legal(parameter, before.at(names[0]), after.at(names[0]), question);
      lock.lock();
      if (shown.revision != revision) return;  // the drag went on
    }
    document.retract(legal);
    shown.stopped = Stopped{names, std::move(error)};
    if (nearest && *nearest != before.at(names[0])) {
      document.set(names[0], *nearest, "limit");
      touch(true);
    } else {
      shown.stale = false;
      phase = Phase::check;
    }
  }
  Values with_defaults(Values values) const {
    for (const Parameter& parameter : shown.about.parameters) values.try_emplace(parameter.name, parameter.fallback);
    return values;
  }
  static Values values_of(const DocumentState& state) {
    if (!state.variant) return state.values;
    Values all = state.variants[*state.variant].values;
    all.insert(state.values.begin(), state.values.end());
    return all;
  }

  /// The value furthest towards `wanted` that keeps ranges and rules, by bisection on the parameter's steps.
  /// Called without the lock.
  std::optional<ParameterValue> nearest_legal(const Parameter& parameter, const ParameterValue& from,
                                              const ParameterValue& wanted, Request question) const {
    const double *a = std::get_if<double>(&from), *b = std::get_if<double>(&wanted);
    if (!a || !b) return std::nullopt;
    const double low = parameter.min.value_or(-1e9), high = parameter.max.value_or(1e9);
    const double target = std::clamp(*b, low, high);
    const double step =
        parameter.kind == ParameterKind::count ? 1 : parameter.step.value_or(std::abs(target - *a) / 64);
    if (!(step > 0)) return std::nullopt;
    question.wants.values = true;
    const auto keeps = [&](double value) {
      question.values[parameter.name] = value;
      return !handler->handle(question).error;
    };
    const double sign = target > *a ? 1 : -1;
    long long legal_steps = 0, broken = static_cast<long long>(std::floor(std::abs(target - *a) / step + 1e-9)) + 1;
    const auto at = [&](long long steps) {
      return std::clamp(*a + sign * step * static_cast<double>(steps), low, high);
    };
    while (broken - legal_steps > 1) {
      const long long middle = legal_steps + (broken - legal_steps) / 2;
      (keeps(at(middle)) ? legal_steps : broken) = middle;
    }
    return legal_steps == 0 ? from : ParameterValue(at(legal_steps));
  }

  // A build that an edit made pointless is stopped when it takes long.
  void watch() {
    std::unique_lock lock(mutex);
    const auto pointless = [&] { return running && running_revision != shown.revision && !stop.stop_requested(); };
    while (!closing) {
      changed_state.wait(lock, [&] { return closing || pointless(); });
      changed_state.wait_until(lock, started + patience, [&] { return closing || !pointless(); });
      if (pointless() && Clock::now() >= started + patience) stop.request_stop();
    }
  }

  bool recovery_due() const { return opened && !recovery.empty() && recovered != shown.revision; }
  void write_recovery(std::unique_lock<std::mutex>& lock) {
    const std::uint64_t revision = shown.revision;
    const bool dirty = document.dirty();
    const Design design = document.design();
    const fs::path file = recovery;
    lock.unlock();
    std::error_code ignored;
    if (!dirty)
      fs::remove(file, ignored);
    else if (const auto text = design_to_json(design))
      (void)write_file_atomic(file, *text);  // the next edit tries again
    lock.lock();
    recovered = revision;
    changed_state.notify_all();
  }
};

Session::Session(std::unique_ptr<RequestHandler> handler, std::function<void()> wake)
    : state_(std::make_unique<State>()) {
  state_->handler = std::move(handler);
  state_->wake = std::move(wake);
  state_->worker = std::thread([this] { state_->work(); });
  state_->watcher = std::thread([this] { state_->watch(); });
}

Session::~Session() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->closing = true;
    state_->stop.request_stop();
    state_->changed_state.notify_all();
  }
  state_->worker.join();
  state_->watcher.join();
}

void Session::open(Design design, fs::path path) {
  const std::scoped_lock lock(state_->mutex);
  State& s = *state_;
  s.document = Document(std::move(design));
  s.legal = {};
  const std::uint64_t revision = s.shown.revision;
  s.shown = {};
  s.shown.revision = revision;
  s.shown.path = std::move(path);
  s.opened = true;
  s.touch(false);
}

void Session::edit(const std::function<void(Document&)>& change) {
  const std::scoped_lock lock(state_->mutex);
  const DocumentState before = state_->document.state();
  change(state_->document);
  const DocumentState& after = state_->document.state();
  if (!(before == after) || before.variant != after.variant) state_->touch(false);
}

Snapshot Session::snapshot() const {
  const std::scoped_lock lock(state_->mutex);
  const Document& document = state_->document;
  Snapshot all = state_->shown;
  all.document = document.state();
  all.dirty = document.dirty();
  all.can_undo = document.can_undo();
  all.can_redo = document.can_redo();
  all.undo_text = document.undo_text();
  all.redo_text = document.redo_text();
  return all;
}

Result<void> Session::save(const fs::path& path) {
  std::unique_lock lock(state_->mutex);
  FW_CHECK(save_design(state_->document.design(), path));
  state_->document.mark_saved();
  state_->shown.path = path;
  state_->recovered = 0;
  state_->tell(lock);
  return {};
}

void Session::keep_recovery(fs::path file) {
  const std::scoped_lock lock(state_->mutex);
  state_->recovery = std::move(file);
  state_->recovered = 0;
  state_->changed_state.notify_all();
}

void Session::settle() const {
  std::unique_lock lock(state_->mutex);
  state_->changed_state.wait(
      lock, [this] { return state_->phase == Phase::done && !state_->running && !state_->recovery_due(); });
}

}  // namespace fitwright
