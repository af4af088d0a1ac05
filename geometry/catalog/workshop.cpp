#include "geometry/catalog/workshop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geometry/catalog/catalog.hpp"
#include "geometry/core/text.hpp"
#include "geometry/core/units.hpp"

namespace fitwright {
namespace {

/// Short names of what a maker knows of a machine.
struct ShortName {
  std::string_view name, key;
};
constexpr std::array short_names{ShortName{"nozzle", "nozzle_diameter_default_mm"},
                                 ShortName{"layer", "layer_height_default_mm"}, ShortName{"kerf", "kerf_mm"},
                                 ShortName{"bit", "tool_diameter_mm"}};

constexpr double longest = 1e6;  // mm

std::string_view key_of(std::string_view name) {
  for (const ShortName& one : short_names)
    if (one.name == name) return one.key;
  return name;
}

bool is_fit(std::string_view key) { return key.starts_with("fit_"); }
bool is_size(std::string_view key) {
  return std::any_of(short_names.begin(), short_names.end(), [&](const ShortName& one) { return one.name == key; });
}

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

tl::unexpected<Error> fault(std::string_view where, std::string_view what) {
  return fail(ErrorKind::file, fmt::format("the workshop's {}: {}", where, what));
}

Result<toml::table> parse(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& e) {
    return fault("file", fmt::format("line {}: {}", e.source().begin.line, e.description()));
  }
}

Result<double> size_of(std::string_view where, std::string_view key, const toml::node& node, bool zero) {
  const auto value = node.value<double>();
  if (value && std::isfinite(*value) && (zero ? *value >= -longest : *value > 0) && *value <= longest) return *value;
  return fault(where, fmt::format("{} must be a {}number of millimetres", key, zero ? "" : "positive "));
}

Result<std::vector<double>> bed_of(std::string_view where, const toml::node& node) {
  std::vector<double> bed;
  if (const toml::array* sizes = node.as_array())
    for (const toml::node& size : *sizes) {
      FW_TRY(const double one, size_of(where, "bed", size, false));
      bed.push_back(one);
    }
  if (bed.size() == 2 || bed.size() == 3) return bed;
  return fault(where, "bed must be two or three lengths, as in [250, 210, 220]");
}

/// A flag, number or text; nothing for what cannot be a fact, or a number whose key states no unit.
std::optional<Fact> fact_of(std::string_view key, const toml::node& node, const std::string& source) {
  Fact fact{{}, "", source, DataStatus::sourced};
  if (const auto* flag = node.as_boolean()) {
    fact.value = flag->get();
  } else if (const auto* words = node.as_string()) {
    fact.value = words->get();
  } else if (const auto number = node.value<double>(); number && std::isfinite(*number)) {
    const auto unit = unit_of_key(key);
    if (!unit) return std::nullopt;
    fact.value = *number;
    fact.unit = *unit;
  } else {
    return std::nullopt;
  }
  return fact;
}

Result<WorkshopTable> read_table(const std::string& kind, const std::string& id, const toml::table& table) {
  WorkshopTable read;
  const std::string where = kind + " " + id;
  read.id = id;
  read.name = table["name"].value_or(id);
  read.process = table["process"].value_or(std::string());
  const bool machine = kind == "machine";
  if (machine && read.process.empty()) return fault(where, "process is missing: which one does it do?");
  const std::string source = machine ? "measured on " + read.name : "own figure";
  for (auto&& [given, node] : table) {
    const std::string_view key = given.str();
    if (key == "name" || key == "process") continue;
    if (machine && key == "bed") {
      FW_TRY(read.bed, bed_of(where, node));
    } else if (machine && is_fit(key)) {
      const std::string name(key.substr(4));
      FW_CHECK(fit_class(name));
      FW_TRY(const double clearance, size_of(where, key, node, true));
      read.fits.emplace_back(name, clearance);
    } else {
      if (machine && is_size(key)) FW_CHECK(size_of(where, key, node, false));
      const std::string_view full = machine ? key_of(key) : key;
      const bool price = full.starts_with("price") || full.find("_eur_") != std::string_view::npos;
      if (const auto value = node.value<double>(); price && value && !(*value >= 0))
        return fault(where, fmt::format("{} must not be negative", key));
      const std::string own = price ? "own price" : source;
      if (auto fact = fact_of(full, node, own)) read.facts.insert_or_assign(std::string(full), std::move(*fact));
    }
  }
  return read;
}

Result<std::vector<WorkshopTable>> read_tables(const toml::table& root, const std::string& kind) {
  std::vector<WorkshopTable> all;
  const toml::node* node = root.get(kind);
  if (!node) return all;
  if (!node->is_table()) return fault("file", fmt::format("{} must be tables: [{}.NAME]", kind, kind));
  std::vector<std::pair<toml::source_position, WorkshopTable>> found;
  for (auto&& [id, table] : *node->as_table()) {
    if (!table.is_table()) return fault("file", fmt::format("{}.{} must be a table", kind, id.str()));
    if (!is_id(id.str())) return fault("file", fmt::format("\"{}\" cannot be the id of a {}", id.str(), kind));
    FW_TRY(WorkshopTable read, read_table(kind, std::string(id.str()), *table.as_table()));
    found.emplace_back(table.source().begin, std::move(read));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [at, table] : found) all.push_back(std::move(table));
  return all;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string trimmed(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return std::string(line.substr(from, line.find_last_not_of(" \t\r") - from + 1));
}

/// The lines of a machine or material: its heading and all up to the next heading.
struct Section {
  std::size_t heading = 0, end = 0;
};
std::optional<Section> find_section(const std::vector<std::string>& lines, const std::string& kind,
                                    const std::string& id) {
  const auto is_heading = [](const std::string& line) { return trimmed(line).starts_with('['); };
  const auto is_own = [&](const std::string& line) {
    const std::string text = trimmed(line.substr(0, line.find('#')));
    return text == "[" + kind + "." + id + "]" || text == "[" + kind + ".\"" + id + "\"]";
  };
  const auto heading = std::find_if(lines.begin(), lines.end(), is_own);
  if (heading == lines.end()) return std::nullopt;
  const auto end = std::find_if(heading + 1, lines.end(), is_heading);
  return Section{static_cast<std::size_t>(heading - lines.begin()), static_cast<std::size_t>(end - lines.begin())};
}

Result<std::string> number_of(const std::string& key, const std::string& value) {
  const bool length = is_size(key) || is_fit(key) || key.ends_with("_mm") || key == "bed";
  FW_TRY(const double number, parse_quantity(value, length ? Dimension::length : Dimension::number));
  return number_text(number);
}

Result<std::string> bed_text(const std::string& value) {
  std::vector<std::string> sizes;
  std::string rest = value;
  for (;;) {
    const std::size_t cross = rest.find_first_of("x,");
    FW_TRY(const std::string size, number_of("bed", trimmed(rest.substr(0, cross))));
    sizes.push_back(size);
    if (cross == std::string::npos) return fmt::format("[{}]", fmt::join(sizes, ", "));
    rest = rest.substr(cross + 1);
  }
}

/// An entered value as TOML.
Result<std::string> value_text(const std::string& key, const std::string& value) {
  if (key == "bed") return bed_text(value);
  const bool text = key == "name" || key == "process" || (!is_size(key) && !is_fit(key) && !unit_of_key(key));
  if (!text) return number_of(key, value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

bool sets(const std::string& line, const std::string& key) {
  const std::string text = trimmed(line);
  return text.starts_with(key) && trimmed(text.substr(key.size())).starts_with('=');
}

Result<void> check_machine_key(const std::string& key) {
  std::vector<std::string> known{"name", "process", "bed"};
  for (const ShortName& one : short_names) known.emplace_back(one.name);
  for (const char* fit : {"press", "slide", "free", "thread", "rest"}) known.push_back(std::string("fit_") + fit);
  const bool named = std::find(known.begin(), known.end(), key) != known.end();
  if (named || (is_id(key) && !is_fit(key) && unit_of_key(key))) return {};
  const std::string near = nearest_name(key, known);
  return fail(ErrorKind::value, fmt::format("a machine has no \"{}\"", key),
              near.empty() ? fmt::format("it has {}, and the limits of its process (fitwright processes --json)",
                                         fmt::join(known, ", "))
                           : fmt::format("did you mean {}?", near));
}

Result<void> check_material_key(const std::string& key) {
  if (is_id(key) && unit_of_key(key)) return {};
  return fail(ErrorKind::value, fmt::format("a material has no \"{}\"", key),
              "it has price_per_kg, real_thickness_mm and what materials.toml says");
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// `text` with the values of one table set; `check` says which keys it may have.
Result<std::string> set_table(std::string_view text, const std::string& kind, const std::string& id,
                              const std::vector<Entry>& entries, Result<void> (*check)(const std::string&)) {
  FW_CHECK(read_workshop(text));
  if (!is_id(id))
    return fail(ErrorKind::value, fmt::format("\"{}\" cannot be the id of a {}", id, kind),
                "use letters, digits, - and _");
  std::vector<std::string> lines = lines_of(text);
  if (!find_section(lines, kind, id)) {
    if (!lines.empty() && !trimmed(lines.back()).empty()) lines.emplace_back();
    lines.push_back("[" + kind + "." + id + "]");
  }
  for (const auto& [key, value] : entries) {
    FW_CHECK(check(key));
    Section section = *find_section(lines, kind, id);
    const auto at = [&](std::size_t line) { return lines.begin() + static_cast<std::ptrdiff_t>(line); };
    const auto old = std::find_if(at(section.heading + 1), at(section.end),
                                  [&, name = key](const std::string& line) { return sets(line, name); });
    const bool there = old != at(section.end);
    if (value.empty()) {
      if (there) lines.erase(old);
      continue;
    }
    auto written = value_text(key, value);
    if (!written) return fail(ErrorKind::value, fmt::format("{}: {}", key, written.error().message));
    const std::string line = key + " = " + *written;
    if (there) {
      *old = line;
      continue;
    }
    // Behind the last line that says something, before the blank ones.
    std::size_t end = section.end;
    while (end > section.heading + 1 && trimmed(lines[end - 1]).empty()) --end;
    lines.insert(at(end), line);
  }
  std::string changed = joined(lines);
  if (const auto read = read_workshop(changed); !read) return fail(ErrorKind::value, read.error().message);
  return changed;
}

}  // namespace

Result<Workshop> read_workshop(std::string_view text) {
  FW_TRY(const toml::table root, parse(text));
  Workshop workshop;
  FW_TRY(workshop.machines, read_tables(root, "machine"));
  FW_TRY(workshop.materials, read_tables(root, "material"));
  return workshop;
}

Result<std::string> set_machine(std::string_view text, const std::string& id, const std::vector<Entry>& entries) {
  return set_table(text, "machine", id, entries, check_machine_key);
}

Result<std::string> set_material(std::string_view text, const std::string& id, const std::vector<Entry>& entries) {
  return set_table(text, "material", id, entries, check_material_key);
}

Result<std::string> remove_machine(std::string_view text, const std::string& id) {
  FW_TRY(const Workshop workshop, read_workshop(text));
  std::vector<std::string> lines = lines_of(text);
  const auto section = find_section(lines, "machine", id);
  if (!section) {
    std::vector<std::string> known;
    for (const WorkshopTable& machine : workshop.machines) known.push_back(machine.id);
    return fail(ErrorKind::value, fmt::format("there is no machine \"{}\"", id),
                known.empty() ? "none is known yet: fitwright machines add ID process=fdm"
                              : fmt::format("there are {}", fmt::join(known, ", ")));
  }
  const auto at = [&](std::size_t line) { return lines.begin() + static_cast<std::ptrdiff_t>(line); };
  lines.erase(at(section->heading), at(section->end));
  std::string changed = joined(lines);
  FW_CHECK(read_workshop(changed));
  return changed;
}

}  // namespace fitwright
