#include "app/session/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/session/exporter.hpp"
#include "geometry/core/file_io.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_bytes = std::size_t{1} << 20;
constexpr int max_depth = 16;
constexpr std::size_t max_recent = 12;

bool is_utf8(const std::string& text) { return utf8_length(text).has_value(); }

bool is_theme(const std::string& id) { return id == "light" || id == "dark"; }
bool is_fineness(const std::string& id) {
  const auto all = finenesses();
  return std::any_of(all.begin(), all.end(), [&](const Fineness& one) { return one.id == id; });
}

/// One visit for reading and writing: which fields there are, and what they may hold.
template <class Visitor>
void fields(Visitor& visit, auto& settings) {
  visit.text("theme", settings.theme, is_theme);
  visit.flag("inches", settings.inches);
  visit.number("font_scale", settings.font_scale, 0.75, 2.5);
  visit.number("panel_width", settings.panel_width, 200, 2000);
  visit.number("window_width", settings.window_width, 320, 16384);
  visit.number("window_height", settings.window_height, 240, 16384);
  visit.flag("perspective", settings.perspective);
  visit.flag("edges", settings.edges);
  visit.flag("shadow", settings.shadow);
  visit.text("export_folder", settings.export_folder, is_utf8);
  visit.text("fineness", settings.fineness, is_fineness);
  visit.paths("recent", settings.recent, max_recent);
  visit.paths("folders", settings.folders, 1000);
}

/// Takes the fields out of an object, so that what stays is unknown to this program.
class Reader {
 public:
  explicit Reader(Json& json) : json_(json) {}

  void flag(const char* name, bool& into) {
    if (const Json value = take(name); value.is_boolean()) into = value.get<bool>();
  }
  template <class Number>
  void number(const char* name, Number& into, double low, double high) {
    const Json value = take(name);
    if (!value.is_number()) return;
    if (const double number = value.get<double>(); number >= low && number <= high) into = static_cast<Number>(number);
  }
  void text(const char* name, std::string& into, bool (*allowed)(const std::string&)) {
    const Json value = take(name);
    if (value.is_string() && allowed(value.get<std::string>())) into = value.get<std::string>();
  }
  void paths(const char* name, std::vector<std::string>& into, std::size_t most) {
    const Json value = take(name);
    if (!value.is_array()) return;
    for (const Json& item : value)
      if (item.is_string() && into.size() < most) into.push_back(item.get<std::string>());
  }

 private:
  Json take(const char* name) {
    const auto it = json_.find(name);
    if (it == json_.end()) return nullptr;
    Json value = std::move(*it);
    json_.erase(it);
    return value;
  }
  Json& json_;
};

class Writer {
 public:
  explicit Writer(Json& json) : json_(json) {}

  void flag(const char* name, bool value) { json_[name] = value; }
  void number(const char* name, auto value, double, double) { json_[name] = value; }
  void text(const char* name, const std::string& value, bool (*)(const std::string&)) {
    if (is_utf8(value)) json_[name] = value;
  }
  void paths(const char* name, const std::vector<std::string>& values, std::size_t most) {
    Json list = Json::array();
    for (const std::string& value : values)
      if (is_utf8(value) && list.size() < most) list.push_back(value);
    json_[name] = std::move(list);
  }

 private:
  Json& json_;
};

/// The object that a text holds. The error is a half-sentence. Deep nesting is refused: it would exhaust the stack when
/// it is written again.
tl::expected<Json, std::string> parse_object(const std::string& text) {
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) { return !(too_deep = too_deep || depth > max_depth); };
  try {
    Json json = Json::parse(text, watch);
    if (json.is_object() && !too_deep) return json;
    return tl::unexpected<std::string>(too_deep ? "it is nested too deeply" : "it holds no JSON object");
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    return tl::unexpected(fmt::format("no valid JSON from line {} on", 1 + std::count(text.begin(), end, '\n')));
  } catch (const Json::exception&) {
    return tl::unexpected<std::string>("it holds a number that is too large");
  }
}

tl::unexpected<Error> damaged(const fs::path& file, const std::string& why) {
  const fs::path kept = file.string() + ".damaged";
  std::error_code error;
  fs::rename(file, kept, error);
  return fail(ErrorKind::file,
              fmt::format("the settings in {} are damaged ({}), so the defaults are used", file.string(), why),
              error ? "" : fmt::format("the damaged file is kept as {}", kept.string()));
}

}  // namespace

Result<Settings> load_settings(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return Settings{};
  FW_TRY(const std::string text, read_file(file, max_bytes));
  auto json = parse_object(text);
  if (!json) return damaged(file, json.error());
  Settings settings;
  Reader reader(*json);
  fields(reader, settings);
  settings.unknown = json->dump();
  return settings;
}

Result<void> save_settings(const Settings& settings, const fs::path& file) {
  Json json = Json::parse(settings.unknown, nullptr, false);
  if (!json.is_object()) json = Json::object();
  Writer writer(json);
  fields(writer, settings);
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  if (error)
    return fail(ErrorKind::file,
                fmt::format("the folder {} cannot be made: {}", file.parent_path().string(), error.message()));
  return write_file_atomic(file, json.dump(2) + "\n");
}

void remember_recent(Settings& settings, const fs::path& path) {
  const std::string full = fs::absolute(path).lexically_normal().string();
  std::erase(settings.recent, full);
  settings.recent.insert(settings.recent.begin(), full);
  if (settings.recent.size() > max_recent) settings.recent.resize(max_recent);
}

}  // namespace fitwright
