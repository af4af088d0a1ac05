// A fence between threads that ThreadSanitizer can see.
#pragma once

#include <tbb/parallel_for.h>

#include <atomic>

namespace fitwright {

/// Makes what one thread wrote visible to the next. TBB does so itself, but unseen by ThreadSanitizer, which watches
/// instrumented code only; with this a report of a race is a race.
class Handover {
 public:
  void operator()() { turns_.fetch_add(1, std::memory_order_acq_rel); }

 private:
  std::atomic<unsigned> turns_{0};
};

/// Calls take(i) for every i below `count`, at least `grain` of them at a time on one thread.
template <class Take>
void each(std::size_t count, std::size_t grain, const Take& take) {
  Handover handover;
  handover();
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain), [&](const auto& range) {
    handover();
    for (std::size_t i = range.begin(); i != range.end(); ++i) take(i);
    handover();
  });
  handover();
}

}  // namespace fitwright
