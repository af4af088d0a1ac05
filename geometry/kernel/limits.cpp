#include "geometry/kernel/limits.hpp"

#include <algorithm>
#include <cmath>

namespace fitwright {

namespace {

// A little less, so that people can read it: 7.9371 becomes 7.9 where that is within the search's own precision.
double readable(double works, double fails) {
  for (int digits = 1; digits < 6; ++digits) {
    const double unit = std::pow(10.0, std::floor(std::log10(works)) - digits);
    const double rounded = std::floor(works / unit + 1e-9) * unit;
    if (rounded >= works - std::max(fails - works, 0.02 * works)) return rounded;
  }
  return works;
}

}  // namespace

std::optional<WorkingSize> largest_working(Evaluator& evaluator, const Product& product, const Node& failing,
                                           std::chrono::milliseconds budget, std::stop_token stop) {
  const auto& specs = failing.operation().args;
  const auto spec = std::find_if(specs.begin(), specs.end(), [](const ArgSpec& s) { return s.sought; });
  if (spec == specs.end()) return std::nullopt;
  const auto arg = static_cast<std::size_t>(spec - specs.begin());
  const double* asked = arg < failing.args().size() ? std::get_if<double>(&failing.args()[arg]) : nullptr;
  if (!asked || *asked == 0) return std::nullopt;
  const auto until = std::chrono::steady_clock::now() + budget;
  const auto time_is_up = [&] { return stop.stop_requested() || std::chrono::steady_clock::now() >= until; };
  const auto builds = [&](double size) {
    std::vector<Arg> args = failing.args();
    args[arg] = std::copysign(size, *asked);
    const auto node = make_node(failing.operation(), std::move(args));
    return node && evaluator.solid(*node, product, stop).has_value();
  };
  double works = 0, fails = std::abs(*asked);
  for (int i = 0; i < 8 && works == 0 && !time_is_up(); ++i) {
    if (builds(fails / 2))
      works = fails / 2;
    else
      fails /= 2;
  }
  if (works == 0) return std::nullopt;
  while (fails - works > 0.01 * works && !time_is_up()) {
    const double middle = (works + fails) / 2;
    (builds(middle) ? works : fails) = middle;
  }
  if (const double shown = readable(works, fails); shown == works || builds(shown)) works = shown;
  return WorkingSize{arg, *asked, std::copysign(works, *asked)};
}

}  // namespace fitwright
