#include <cmath>

#include "app/engine/run.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

/// Legal values next to this one, so near that a curve looks straight; binary fractions, so that differences are exact.
std::vector<double> near(const Parameter& parameter, double value) {
  const double step = parameter.kind == ParameterKind::count ? 1 : 1.0 / 64;
  std::vector<double> values{value + step, value - step};
  for (const auto& bound : {parameter.max, parameter.min})  // where the whole range is narrower than that
    if (bound && std::abs(*bound - value) < step) values.push_back(*bound);
  std::erase_if(values, [&](double other) { return other == value || !check_value(parameter, other); });
  return values;
}

double rate(const ScriptRun& run, std::size_t index, const TemplateScript& script,
            const BuildEnvironment& environment) {
  const Handle& handle = run.product.handles[index];
  const Parameter* parameter = run.about.find_parameter(handle.parameter);
  const double* value = std::get_if<double>(&run.values.at(handle.parameter));
  if (!parameter || !value) return 0;
  // Both ways, for at a kink the point may follow in one direction alone.
  for (const double other : near(*parameter, *value)) {
    Values moved = run.values;
    moved[handle.parameter] = other;
    const auto there = script.run(moved, environment, Rules::ignored);
    const Handle* found = there ? counterpart(run.product.handles, index, there->product.handles) : nullptr;
    if (!found) continue;
    const double rate = dot(found->at - handle.at, handle.direction) / (other - *value);
    if (std::isfinite(rate) && std::abs(rate) > 1e-9) return rate;
  }
  return 0;
}

}  // namespace

std::vector<Handle> rated_handles(const ScriptRun& run, const TemplateScript& script,
                                  const BuildEnvironment& environment) {
  std::vector<Handle> handles = run.product.handles;
  for (std::size_t i = 0; i < handles.size(); ++i) handles[i].rate = rate(run, i, script, environment);
  return handles;
}

}  // namespace fitwright
