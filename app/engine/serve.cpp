#include "app/engine/serve.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/engine/engine.hpp"

namespace fitwright {

namespace {

struct Task {
  std::uint64_t id = 0;
  Result<Request> request;
  std::stop_source stop;
};

class Server {
 public:
  Server(Channel channel, const std::filesystem::path& assets) : channel_(std::move(channel)), engine_(assets) {}

  [[noreturn]] void run() {
    std::thread([this] { work(); }).detach();
    for (;;) {
      auto received = channel_.receive();
      // The other end is gone, or talks nonsense: nobody waits for an answer any more.
      if (!received || !*received) _exit(0);
      take(**received);
    }
  }

 private:
  void take(const Received& received) {
    if (received.frame.kind == FrameKind::request) {
      Task task{received.frame.id, decode_request(received.body), {}};
      const std::scoped_lock lock(mutex_);
      tasks_.push_back(std::move(task));
      wake_.notify_one();
    } else if (received.frame.kind == FrameKind::cancel) {
      const std::scoped_lock lock(mutex_);
      for (Task& task : tasks_)
        if (task.id == received.frame.id) task.stop.request_stop();
    }
  }

  // The task in hand stays in front of the queue, so that it can be cancelled.
  [[noreturn]] void work() {
    for (;;) {
      Task* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return !tasks_.empty(); });
        task = &tasks_.front();
      }
      answer(*task);
      const std::scoped_lock lock(mutex_);
      tasks_.pop_front();
    }
  }

  void answer(const Task& task) {
    const Progress progress = [&](std::string_view stage, double share) {
      Frame frame{.kind = FrameKind::progress, .id = task.id, .share = share};
      std::copy_n(stage.begin(), std::min(stage.size(), frame.stage.size() - 1), frame.stage.begin());
      if (!channel_.send(frame)) _exit(0);
    };
    Response response;
    if (task.request)
      response = engine_.handle(*task.request, task.stop.get_token(), progress);
    else
      response.error = task.request.error();
    const Frame frame{.kind = FrameKind::response, .id = task.id};
    if (!channel_.send(frame, encoded_size(response), [&](char* to) { encode(response, to); })) _exit(0);
  }

  Channel channel_;
  Engine engine_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;  ///< elements never move
};

void limit_memory(std::size_t bytes) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which reserve terabytes
  if (bytes == 0) return;
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_DATA, &limit);
#else
  (void)bytes;
#endif
}

}  // namespace

void serve(Channel channel, const std::filesystem::path& assets, std::size_t memory_bytes) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  limit_memory(memory_bytes);
  Server(std::move(channel), assets).run();
}

}  // namespace fitwright
