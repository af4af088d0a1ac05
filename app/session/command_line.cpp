#include "app/session/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fitwright {

namespace {

/// As `--set` reads it, with every digit: shown texts are rounded.
std::string exact_text(const ParameterValue& value) {
  if (const double* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  return std::get<std::string>(value);
}

/// A path that cannot be taken for an option, nor for the id of a template.
std::string path_word(const std::filesystem::path& path) {
  return shell_word(path.is_absolute() ? path.string() : (std::filesystem::path(".") / path).string());
}

}  // namespace

std::string shell_word(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:,+@%=").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string command_line(const Snapshot& s) {
  const bool saved = !s.path.empty();
  const DocumentState base = saved ? s.saved : DocumentState{};
  std::string line = "fitwright make ";
  line += saved              ? path_word(s.path)
          : s.script.empty() ? shell_word(s.document.package->template_id)
                             : path_word(s.script);
  const Values values = with_defaults(s.about, s.values);
  for (const std::string& name : differing(s.about, base.values, values))
    line += " --set " + shell_word(name + "=" + exact_text(values.at(name)));
  const std::string usual = s.about.processes.empty() ? "" : s.about.processes[0];
  const std::string& process = s.document.process.empty() ? usual : s.document.process;
  if (process != (base.process.empty() ? usual : base.process)) line += " --process " + shell_word(process);
  // Without one of its own the document takes the process's usual, which only the model can name.
  const std::string usual_material = s.model ? s.model->material : "";
  const std::string& material = s.document.material.empty() ? usual_material : s.document.material;
  if (s.document.material != base.material && !material.empty()) line += " --material " + shell_word(material);
  return line;
}

}  // namespace fitwright
