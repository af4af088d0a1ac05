#include "app/engine/run.hpp"

#include <fmt/format.h>

#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright {
namespace {

Result<const Preset*> require_preset(const Template& about, const std::string& name) {
  if (const Preset* preset = about.find_preset(name)) return preset;
  std::vector<std::string> known;
  for (const Preset& preset : about.presets) known.push_back(preset.name);
  const std::string near = nearest_name(name, known);
  std::string all;
  for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
  return fail(ErrorKind::value, fmt::format("{} has no preset \"{}\"", about.id, name),
              near.empty() ? fmt::format("it has {}", all) : fmt::format("did you mean {}?", near));
}

}  // namespace

Result<Values> gather_values(const Request& request, const Template& about) {
  Values values;
  if (!request.preset.empty()) {
    FW_TRY(const Preset* preset, require_preset(about, request.preset));
    values = preset->values;
  }
  for (const auto& [name, value] : request.values) values[name] = value;
  for (const auto& [name, text] : request.entered) {
    FW_TRY(const Parameter* parameter, require_parameter(about, name));
    FW_TRY(values[name], parse_value(*parameter, text));
  }
  return complete_values(about, values);
}

}  // namespace fitwright
