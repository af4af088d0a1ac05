#include "app/session/worker.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace fitwright {

struct Worker::Impl {
  std::unique_ptr<RequestHandler> handler;
  std::function<void()> wake;

  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::optional<Request> next;
  std::uint64_t wanted = 0;  ///< the only number whose answer is shown; 0: none
  State shown;
  bool running = false, closing = false;
  std::stop_source stop;
  std::thread thread;

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return closing || next; });
      if (closing) return;
      run(lock);
    }
  }

  void run(std::unique_lock<std::mutex>& lock) {
    const Request request = std::move(*next);
    const std::uint64_t number = wanted;
    next.reset();
    running = true;
    stop = std::stop_source();
    const std::stop_token token = stop.get_token();
    lock.unlock();
    auto answer = std::make_shared<const Response>(
        handler->handle(request, token, [&](std::string_view stage, double share) { report(number, stage, share); }));
    lock.lock();
    if (number == wanted) take(number, std::move(answer), lock);
    running = false;
    changed.notify_all();
  }

  void take(std::uint64_t number, std::shared_ptr<const Response> answer, std::unique_lock<std::mutex>& lock) {
    shown = {.asked = number, .answered = number, .answer = std::move(answer)};
    tell(lock);
  }

  void report(std::uint64_t number, std::string_view stage, double share) {
    std::unique_lock lock(mutex);
    if (number != wanted) return;
    shown.stage = stage;
    shown.share = share;
    tell(lock);
  }

  // Without the lock while somebody else's code runs.
  void tell(std::unique_lock<std::mutex>& lock) const {
    if (!wake) return;
    lock.unlock();
    wake();
    lock.lock();
  }
};

Worker::Worker(std::unique_ptr<RequestHandler> handler, std::function<void()> wake) : impl_(std::make_unique<Impl>()) {
  impl_->handler = std::move(handler);
  impl_->wake = std::move(wake);
  impl_->thread = std::thread([this] { impl_->work(); });
}

Worker::~Worker() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
    impl_->wanted = 0;
    impl_->stop.request_stop();
    impl_->changed.notify_all();
  }
  impl_->thread.join();
}

std::uint64_t Worker::ask(Request request) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->next = std::move(request);
  impl_->wanted = ++impl_->shown.asked;
  impl_->shown.busy = true;
  impl_->shown.stage.clear();
  impl_->shown.share = 0;
  impl_->stop.request_stop();
  impl_->changed.notify_all();
  return impl_->wanted;
}

void Worker::cancel() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->next.reset();
  impl_->wanted = 0;
  impl_->stop.request_stop();
  impl_->shown = {.asked = impl_->shown.asked, .answered = impl_->shown.asked};
  impl_->changed.notify_all();
}

Worker::State Worker::state() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->shown;
}

void Worker::settle() const {
  std::unique_lock lock(impl_->mutex);
  impl_->changed.wait(lock, [this] { return !impl_->running && !impl_->next; });
}

}  // namespace fitwright
