// A fence between threads that ThreadSanitizer can see.
#pragma once

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

}  // namespace fitwright
