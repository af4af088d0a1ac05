// Long drags: one value after another, one evaluator. What it holds stays within its bound.
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>

#include "templates/schema/values.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

/// Resident memory of this process in bytes.
std::size_t resident() {
  std::size_t whole = 0, pages = 0;
  std::ifstream("/proc/self/statm") >> whole >> pages;
  return pages * 4096;
}

/// Moves one number of one of the products at a time to any legal place.
class Drag {
 public:
  explicit Drag(const std::string& id)
      : script_(product_script(id)), about_(script_.describe().value()), environment_(environment_with_font(id)) {
    values_ = complete_values(about_, {}).value();
  }

  /// The product after a move; none when a rule forbids it.
  std::optional<Product> move(std::mt19937& random) {
    const auto numbers = [&] {
      std::vector<const Parameter*> all;
      for (const Parameter& p : about_.parameters)
        if (p.min && p.max) all.push_back(&p);
      return all;
    }();
    const Parameter& chosen = *numbers[random() % numbers.size()];
    Values moved = values_;
    double value = std::uniform_real_distribution<double>(*chosen.min, *chosen.max)(random);
    if (chosen.kind == ParameterKind::count) value = std::round(value);
    moved[chosen.name] = value;
    auto run = script_.run(moved, environment_);
    if (!run) return std::nullopt;
    values_ = run->values;
    return std::move(run->product);
  }

 private:
  TemplateScript script_;
  Template about_;
  BuildEnvironment environment_;
  Values values_;
};

double p95(std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  return ms[ms.size() * 95 / 100];
}

// Speed is only told: how fast a machine is is nothing to assert.
void drag(int count) {
  constexpr std::size_t bound = std::size_t{24} << 20;
  Evaluator evaluator({.memo_bytes = bound, .read_solids = read_step_solids});
  std::vector<Drag> drags;
  for (const std::string& id : product_ids) drags.emplace_back(id);
  std::mt19937 random(99);
  std::vector<double> first, last;
  std::size_t settled = 0;
  const int span = count / 10;
  for (int done = 0; done < count;) {
    const auto product = drags[random() % drags.size()].move(random);
    if (!product) continue;
    const auto start = std::chrono::steady_clock::now();
    const auto built = evaluator.build(*product, {}, {}, nullptr, done % 2 ? Order::preview : Order::canonical);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (!built && built.error().kind == ErrorKind::rule) continue;  // what was measured says no
    if (!built) FAIL(describe(built.error()));
    REQUIRE(evaluator.memo_bytes() <= bound);
    if (done < span) first.push_back(ms);
    if (done >= count - span) last.push_back(ms);
    if (++done == count / 3) settled = resident();
  }
  const std::size_t end = resident();
  std::cout << count << " moves: p95 of the first " << span << ": " << p95(first) << " ms, of the last: " << p95(last)
            << " ms; resident " << (settled >> 20) << " MB after a third, " << (end >> 20) << " MB at the end\n";
  // What is remembered fills up in the first third; after it the process may breathe, not grow.
  if (count >= 10000) CHECK(end < settled + (std::size_t{64} << 20));
}

}  // namespace

TEST_CASE("moves: 300 in a row stay within the memo's bound") { drag(300); }
TEST_CASE("moves: 10000 in a row stay within the memo's bound", "[slow]") { drag(10000); }

}  // namespace fitwright::test
