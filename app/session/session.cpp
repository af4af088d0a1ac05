#include "app/session/session.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/engine/process.hpp"
#include "app/session/legal.hpp"
#include "app/session/phase.hpp"
#include "app/session/request.hpp"
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

/// In a drag the engine looks for no rates: those of before do.
std::vector<Handle> with_rates(std::vector<Handle> handles, const std::vector<Handle>& known) {
  for (std::size_t i = 0; i < handles.size(); ++i)
    if (const Handle* before = counterpart(handles, i, known); before && handles[i].rate == 0)
      handles[i].rate = before->rate;
  return handles;
}

}  // namespace

struct Session::State {
  std::unique_ptr<RequestHandler> handler;
  std::function<void()> wake;

  mutable std::mutex mutex;
  mutable std::condition_variable changed_state;
  Document document{Design{}};
  std::uint64_t opened = 0;  ///< documents so far
  bool closing = false;
  Phase phase = Phase::done;  ///< what comes next for the current revision
  bool running = false;
  std::uint64_t running_revision = 0;
  Clock::time_point started, edited;
  std::stop_source stop;
  std::string workshop;
  bool outlines = false;  ///< wanted with the model
  bool drawn = false;     ///< they were, with the model that is shown
  DocumentState legal;    ///< the last state that kept ranges and rules
  Snapshot shown;
  fs::path recovery;
  std::uint64_t recovered = 0;                      ///< revision that the recovery file holds
  bool reviewing = false;                           ///< what becomes of `shown.stopped` is to be found out
  bool seeking = false;                             ///< `shown.refused` waits for its answer
  bool searching = false;                           ///< that is being looked for
  bool recovering = false;                          ///< the recovery file is being written, without the lock
  std::shared_ptr<const Result<Package>> reloaded;  ///< template edited outside that waits for the worker
  std::optional<Error> template_error;              ///< of the last one, if it was none
  std::thread worker, watcher;
  std::unique_ptr<TemplateWatch> template_watch;  ///< belongs to the thread that edits

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
    shown.suggesting = false;
    if (!own) follow_stopped();
    shown.refused.reset();
    seeking = false;
    shown.dropped.clear();
    changed_state.notify_all();
  }

  // Another edit: what was stopped is still wanted while it stays where it was stopped.
  void follow_stopped() {
    const auto& stopped = shown.stopped;
    const Values values = with_defaults(shown.about, document.values());
    const auto at = stopped && stopped->reached ? values.find(stopped->parameters.front()) : values.end();
    reviewing = at != values.end() && at->second == ParameterValue(*stopped->reached);
    if (!reviewing) return shown.stopped.reset();
    shown.stopped->earlier = true;
    shown.stopped->allowing.clear();
  }

  Request request() const {
    Request asked = request_for(document.state(), document.state().variant);
    asked.wants.explain_ms = 0;
    return asked;
  }
  Request request_for(const DocumentState& state, std::optional<std::size_t> variant) const {
    Request asked = request_of(state, variant);
    asked.workshop = workshop;
    return asked;
  }

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      const auto has_work = [this] {
        return closing || reloaded || seeking || reviewing || undrawn() || phase != Phase::done;
      };
      if (recovery_due())
        changed_state.wait_until(lock, edited + recovery_delay, has_work);
      else
        changed_state.wait(lock, [&] { return has_work() || recovery_due(); });
      if (closing) return;
      if (reloaded)
        adopt_template(lock);
      else if (seeking)
        find_nearest(lock);
      else if (reviewing && phase != Phase::build && phase != Phase::explain)
        review(lock);
      else if (undrawn())
        draw(lock);
      else if (phase != Phase::done)
        run(lock);
      else if (recovery_due() && Clock::now() >= edited + recovery_delay)
        write_recovery(lock);
    }
  }

  /// The model stands, and its outlines have come to be wanted since.
  bool undrawn() const {
    return outlines && !drawn && shown.model && !shown.stale && phase != Phase::build && phase != Phase::explain;
  }
  // The same model once more: the engine knows its parts.
  void draw(std::unique_lock<std::mutex>& lock) {
    const std::uint64_t revision = shown.revision;
    Request asked = request();
    asked.wants = {.parts = true, .outlines = true, .preview = true, .explain_ms = 0};
    if (may_refine(*shown.model)) asked.deflection = picture_deflection;
    begin();
    const std::stop_token token = stop.get_token();
    lock.unlock();
    Response response = handler->handle(asked, token, {});
    lock.lock();
    end();
    if (revision == shown.revision && outlines) {
      drawn = !response.error || response.error->kind != ErrorKind::cancelled;  // what fails would fail again
      if (!response.error) shown.model = std::make_shared<const Response>(std::move(response));
    }
    tell(lock);
  }

  void run(std::unique_lock<std::mutex>& lock) {
    const Phase now = phase;
    const std::uint64_t revision = shown.revision, opening = opened;
    const Request asked = question_of(now, request(), {outlines, shown.handles.empty(), document.state().locked});
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
    if (opening == opened) take(now, revision == shown.revision, state, std::move(response), lock);
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

  void take(Phase now, bool latest, DocumentState state, Response response, std::unique_lock<std::mutex>& lock) {
    if (response.error && response.error->kind == ErrorKind::cancelled) return;
    if (!response.about.id.empty()) identify(response.about, state);
    if (now == Phase::measure) return take_measures(latest, std::move(response));
    if (now == Phase::refine) return take_finer(latest, std::move(response));
    if (now == Phase::relate) return take_relation(latest, std::move(response));
    if (now == Phase::suggest) return take_suggestions(latest, std::move(response));
    if (now == Phase::build && response.error && refuses_values(*response.error)) {
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
      shown.handles = with_rates(response.handles, shown.handles);
      drawn = !response.cut_list.empty();
      shown.model = std::make_shared<const Response>(std::move(response));
      shown.model_revision = running_revision;
      shown.stale = !latest;
      shown.error.reset();
      if (latest) phase = Phase::measure;
    } else if (latest) {
      shown.checked = std::make_shared<const Response>(std::move(response));
      phase = may_refine(*shown.model) ? Phase::refine : Phase::relate;
    }
    shown.busy = phase != Phase::done;
  }

  void identify(const Template& about, DocumentState& state) {
    shown.about = about;
    const bool current = state.package == document.state().package;
    document.identify(about);
    if (current) state.package = document.state().package;
  }

  void take_measures(bool latest, Response response) {
    if (!latest) return;
    phase = Phase::check;
    if (response.error) return;  // the checks go on without
    shown.measured = std::make_shared<const Response>(std::move(response));
    shown.measured_revision = running_revision;
  }

  // Faces and edges are those of the model, only their meshes are finer.
  void take_finer(bool latest, Response response) {
    if (!latest) return;
    phase = Phase::relate;
    if (response.error || response.parts.size() != shown.model->parts.size()) return;  // the coarser one stands
    auto finer = std::make_shared<Response>(*shown.model);
    for (std::size_t i = 0; i < finer->parts.size(); ++i) finer->parts[i].built = std::move(response.parts[i].built);
    shown.model = std::move(finer);
  }

  void take_relation(bool latest, Response response) {
    if (!latest) return;
    shown.suggesting = shown.checked && !shown.checked->report.findings.empty();
    phase = shown.suggesting ? Phase::suggest : Phase::done;
    shown.busy = shown.suggesting;
    if (response.error) return;  // the model stands without
    shown.handles = response.handles;
    shown.related = std::make_shared<const Response>(std::move(response));
  }

  void take_suggestions(bool latest, Response response) {
    if (!latest) return;
    phase = Phase::done;
    shown.busy = shown.suggesting = false;
    if (!response.error) shown.checked = std::make_shared<const Response>(std::move(response));
  }

  void take_error(Phase now, bool latest, Error error) {
    if (!latest) return;
    const bool of_engine = error.operation == engine_operation;
    if (of_engine && error.parameters.empty() && shown.model)
      if (const auto values = complete_values(shown.about, document.values()))
        error.parameters = changed(shown.model->values, *values);
    // What ended the engine once would end it again.
    phase = now == Phase::build && error.kind == ErrorKind::geometry && !of_engine ? Phase::explain : Phase::done;
    if (now == Phase::check) return take_failed_check(error);
    shown.error = std::move(error);
    shown.stale = shown.model != nullptr;
  }

  // The model stands; that nothing is known of it is what the checks say.
  void take_failed_check(const Error& error) {
    Response unknown;
    unknown.report.unchecked.push_back({"all checks", "", error.message});
    shown.checked = std::make_shared<const Response>(std::move(unknown));
    shown.stale = false;
  }

  // The last edit broke a rule: it goes back to the last legal state, or as near to the rule as its numbers can go.
  void take_back(const DocumentState& state, Error error, std::unique_lock<std::mutex>& lock) {
    if (!legal.package || state.package != legal.package) {  // nothing to go back to
      shown.error = std::move(error);
      phase = Phase::done;
      return;
    }
    const Values before = with_defaults(shown.about, values_of(legal, legal.variant));
    const Values after = with_defaults(shown.about, document.values());
    const auto names = changed(before, after);
    const std::uint64_t revision = shown.revision;
    std::optional<Nearest> nearest;
    const Parameter* known = names.size() == 1 ? shown.about.find_parameter(names[0]) : nullptr;
    if (known) {
      const Parameter parameter = *known;
      const Request question = request();
      lock.unlock();
      nearest = nearest_legal(*handler, parameter, before.at(names[0]), after.at(names[0]), question);
      lock.lock();
      if (shown.revision != revision) return;  // the drag went on, or something else was opened
      if (nearest && nearest->value == after.at(names[0])) nearest.reset();  // it was refused: never once more
    }
    const std::string gesture = document.retract(legal);
    shown.stopped = Stopped{names, std::move(error), number_of(after, names), !gesture.empty(), {}, false, false, {}};
    reviewing = nearest && gesture.empty();
    if (reviewing) shown.stopped->reached = std::get<double>(nearest->value);
    if (nearest && nearest->value != before.at(names[0])) {
      document.set(names[0], nearest->value, gesture);
      touch(true);
    } else {
      shown.stale = false;
      phase = Phase::measure;
    }
  }

  // Whether later edits have made room for what was stopped, and which could.
  void review(std::unique_lock<std::mutex>& lock) {
    reviewing = false;
    const std::uint64_t revision = shown.revision;
    const std::string name = shown.stopped->parameters.front();
    const Template about = shown.about;
    Request question = request();
    question.values[name] = *shown.stopped->wanted;
    question.wants.fixed = document.state().locked;
    begin();
    const std::stop_token token = stop.get_token();
    lock.unlock();
    Outlook found = outlook(*handler, about, question, name, token);
    lock.lock();
    end();
    if (revision == shown.revision && shown.stopped && !token.stop_requested()) {
      shown.stopped->possible = !found.error;
      shown.stopped->allowing = std::move(found.allowing);
      if (found.error) shown.stopped->error = std::move(*found.error);
    }
    tell(lock);
  }

  void find_nearest(std::unique_lock<std::mutex>& lock) {
    seeking = false;
    const std::string name = shown.refused->parameter;
    const double wanted = shown.refused->wanted;
    const Parameter* known = shown.about.find_parameter(name);
    if (!known) return;
    const Parameter parameter = *known;
    const Values values = with_defaults(shown.about, document.values());
    const Request question = request();
    searching = true;
    lock.unlock();
    const auto nearest = nearest_legal(*handler, parameter, values.at(name), wanted, question);
    lock.lock();
    searching = false;
    const bool current = shown.refused && shown.refused->parameter == name && shown.refused->wanted == wanted;
    if (current && nearest && nearest->value != values.at(name)) {
      shown.refused->nearest = std::get<double>(nearest->value);
      shown.refused->rule = nearest->rule;
    }
    tell(lock);
  }

  // What the watch found: the document's values go along as far as the new template has a place for them.
  void adopt_template(std::unique_lock<std::mutex>& lock) {
    const auto found = reloaded;
    const DocumentState state = document.state();
    const std::uint64_t revision = shown.revision;
    shown.busy = true;
    lock.unlock();
    Result<Fitted> fitted = *found ? fit_values(*handler, **found, state) : fail(found->error());
    lock.lock();
    if (reloaded != found || shown.revision != revision) return;  // saved again, or edited here: once more
    reloaded.reset();
    template_error = fitted ? std::nullopt : std::optional(fitted.error());
    if (fitted) {
      document.replace_template(std::move(fitted->package), std::move(fitted->values), std::move(fitted->variants));
      if (!(document.state() == state)) touch(false);
      shown.handles.clear();
      shown.dropped = std::move(fitted->dropped);
    }
    shown.busy = phase != Phase::done;
    tell(lock);
  }

  // A build that an edit made pointless is stopped when it takes long.
  void watch() {
    std::unique_lock lock(mutex);
    const auto pointless = [&] {
      return running && (reloaded || running_revision != shown.revision) && !stop.stop_requested();
    };
    while (!closing) {
      changed_state.wait(lock, [&] { return closing || pointless(); });
      changed_state.wait_until(lock, started + patience, [&] { return closing || !pointless(); });
      if (pointless() && Clock::now() >= started + patience) stop.request_stop();
    }
  }

  bool recovery_due() const { return opened > 0 && !recovery.empty() && recovered != shown.revision; }
  void write_recovery(std::unique_lock<std::mutex>& lock) {
    const std::uint64_t revision = shown.revision;
    const bool dirty = document.dirty();
    const Design design = document.design();
    const fs::path file = recovery;
    recovering = true;
    lock.unlock();
    std::error_code ignored;
    if (!dirty)
      fs::remove(file, ignored);
    else if (const auto text = design_to_json(design))
      (void)write_file_atomic(file, *text);  // the next edit tries again
    lock.lock();
    recovering = false;
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
  state_->template_watch.reset();
  {
    const std::scoped_lock lock(state_->mutex);
    state_->closing = true;
    state_->stop.request_stop();
    state_->changed_state.notify_all();
  }
  state_->worker.join();
  state_->watcher.join();
}

void Session::open(Design design, fs::path path, bool unsaved) {
  state_->template_watch.reset();  // first, so that nothing of what was open comes in later
  const std::scoped_lock lock(state_->mutex);
  State& s = *state_;
  s.document = Document(std::move(design), unsaved);
  s.legal = {};
  s.reloaded.reset();
  s.template_error.reset();
  const std::uint64_t revision = s.shown.revision;
  s.shown = {};
  s.shown.revision = revision;
  s.shown.path = std::move(path);
  ++s.opened;
  s.touch(false);
}

void Session::watch(fs::path script, TemplateWatch::Read read) {
  State& s = *state_;
  s.template_watch.reset();
  {
    const std::scoped_lock lock(s.mutex);
    s.shown.script = script;
    s.reloaded.reset();
    s.template_error.reset();
    s.changed_state.notify_all();
  }
  if (script.empty()) return;
  s.template_watch = std::make_unique<TemplateWatch>(std::move(script), std::move(read), [&s](Result<Package> package) {
    const std::scoped_lock lock(s.mutex);
    s.reloaded = std::make_shared<const Result<Package>>(std::move(package));
    s.changed_state.notify_all();
  });
}

void Session::edit(const std::function<void(Document&)>& change) {
  const std::scoped_lock lock(state_->mutex);
  const DocumentState before = state_->document.state();
  change(state_->document);
  const DocumentState& after = state_->document.state();
  if (before.variant != after.variant) state_->shown.stopped.reset();  // it was about the other's values
  if (!(before == after) || before.variant != after.variant) state_->touch(false);
}

void Session::seek_nearest(const std::string& parameter, double wanted) {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->legal.package) return;  // nothing is known to be possible
  state_->shown.refused = Refused{parameter, wanted, {}};
  state_->seeking = true;
  state_->changed_state.notify_all();
}

void Session::use_workshop(std::string text) {
  const std::scoped_lock lock(state_->mutex);
  if (state_->workshop == text) return;
  state_->workshop = std::move(text);
  if (state_->opened > 0) state_->touch(true);
}

void Session::want_outlines(bool wanted) {
  const std::scoped_lock lock(state_->mutex);
  State& s = *state_;
  if (std::exchange(s.outlines, wanted) == wanted) return;
  if (s.running && s.undrawn()) s.stop.request_stop();  // what is learnt of the model can wait
  s.changed_state.notify_all();
}

void Session::apply(const Remedy& remedy) {
  edit([&](Document& document) { document.set(remedy.parameter, remedy.value); });
}

Snapshot Session::snapshot() const {
  const std::scoped_lock lock(state_->mutex);
  const Document& document = state_->document;
  Snapshot all = state_->shown;
  all.document = document.state();
  all.saved = document.saved();
  all.dirty = document.dirty();
  all.can_undo = document.can_undo();
  all.can_redo = document.can_redo();
  all.undo_text = document.undo_text();
  all.redo_text = document.redo_text();
  if (state_->template_error) {
    all.error = state_->template_error;
    all.stale = all.model != nullptr;
  }
  return all;
}

Request Session::build_request() const {
  const std::scoped_lock lock(state_->mutex);
  const DocumentState& state = state_->legal.package ? state_->legal : state_->document.state();
  return state_->request_for(state, state.variant);
}

Request Session::variant_request(std::optional<std::size_t> variant) const {
  const std::scoped_lock lock(state_->mutex);
  return state_->request_for(state_->document.state(), variant);
}

Result<void> Session::save(const fs::path& path) {
  std::unique_lock lock(state_->mutex);
  FW_CHECK(save_design(state_->document.design(), path));
  state_->document.mark_saved();
  state_->shown.path = path;
  // At once: a crash right after saving must not offer what was before.
  state_->changed_state.wait(lock, [this] { return !state_->recovering; });
  std::error_code ignored;
  if (!state_->recovery.empty()) fs::remove(state_->recovery, ignored);
  state_->recovered = state_->shown.revision;
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
  state_->changed_state.wait(lock, [this] {
    const State& s = *state_;
    return s.phase == Phase::done && !s.running && !s.undrawn() && !s.reloaded && !s.reviewing && !s.seeking &&
           !s.searching && !s.recovery_due();
  });
}

}  // namespace fitwright
