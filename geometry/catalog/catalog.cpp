#include "geometry/catalog/catalog.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <mutex>

#include "geometry/catalog/toml_records.hpp"
#include "geometry/catalog/workshop.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {
namespace fs = std::filesystem;

namespace {

constexpr std::array kFits{FitClass::press, FitClass::slide, FitClass::free, FitClass::thread, FitClass::rest};

tl::unexpected<Error> unknown(std::string_view what, std::string_view given, const std::vector<std::string>& known) {
  const std::string near = nearest_name(given, known);
  return fail(ErrorKind::value, fmt::format("there is no {} \"{}\"", what, given),
              near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near));
}

template <class Row>
Result<const Row*> find_row(std::string_view what, std::string_view id, std::span<const Row> rows) {
  std::vector<std::string> known;
  for (const Row& row : rows) {
    if (row.id == id) return &row;
    known.push_back(row.id);
  }
  return unknown(what, id, known);
}

std::vector<BuildVolume> build_volumes(const Record& record) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  std::vector<BuildVolume> volumes;
  for (const Record& row : record.list("build")) {
    const auto x = row.find("x_mm"), y = row.find("y_mm"), z = row.find("z_mm");
    if (x && y) volumes.push_back({row.id, {x->value, y->value, z ? z->value : unbounded}, x->source, x->status});
  }
  return volumes;
}

Result<Process> make_process(Record record) {
  Process process{std::move(record), "", "", "", false, {}};
  process.does = process.id;
  process.name = process.text("name");
  process.input_kind = process.text("input_kind");
  process.needs_supports = process.flag("needs_supports");
  process.build_volumes = build_volumes(process);
  if (process.name.empty() || process.input_kind.empty())
    return fail(ErrorKind::file, fmt::format("{}: name or input_kind is missing", process.label));
  return process;
}

Result<Material> make_material(Record record) {
  Material material{std::move(record), "", {}};
  material.name = material.text("name");
  material.processes = material.texts("processes");
  if (material.name.empty() || material.processes.empty())
    return fail(ErrorKind::file, fmt::format("{}: name or processes is missing", material.label));
  return material;
}

Result<Service> make_service(Record record) {
  Service service{std::move(record), "", {}, ""};
  service.name = service.text("name");
  service.kinds = service.texts("kind");
  service.operating = service.text("operating");
  if (service.name.empty() || service.kinds.empty())
    return fail(ErrorKind::file, fmt::format("{}: name or kind is missing", service.label));
  return service;
}

/// What a nozzle of another width than the usual one can draw: these widths are multiples of it.
void follow_nozzle(Process& process, const Quantity& nozzle, double usual, const WorkshopTable& machine) {
  for (const std::string_view key : {"min_wall_supported_mm", "min_wall_unsupported_mm", "recommended_wall_mm",
                                     "min_emboss_width_mm", "min_engrave_width_mm", "extrusion_width_default_mm"}) {
    const auto fact = process.facts.find(key);
    double* value = fact == process.facts.end() ? nullptr : std::get_if<double>(&fact->second.value);
    if (!value || machine.facts.contains(key)) continue;
    *value = std::round(*value * nozzle.value / usual * 1e6) / 1e6;
    fact->second.status = DataStatus::inferred;
    fact->second.source = fmt::format("{}, for the nozzle of {}", fact->second.source, machine.name);
  }
}

Process make_machine(const Process& base, const WorkshopTable& machine) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  Process made = base;
  made.id = machine.id;
  made.name = machine.name;
  for (const auto& [key, fact] : machine.facts) made.facts.insert_or_assign(key, fact);
  constexpr std::string_view nozzle_key = "nozzle_diameter_default_mm";
  const auto usual = base.find(nozzle_key), nozzle = made.find(nozzle_key);
  if (usual && nozzle && usual->value > 0) follow_nozzle(made, *nozzle, usual->value, machine);
  const std::string source = "measured on " + machine.name;
  if (machine.bed.size() >= 2)
    made.build_volumes = {{machine.name,
                           {machine.bed[0], machine.bed[1], machine.bed.size() > 2 ? machine.bed[2] : unbounded},
                           source,
                           DataStatus::sourced}};
  std::vector<Record>& fits = made.rows["fit"];
  for (const auto& [name, clearance] : machine.fits) {
    auto row = std::find_if(fits.begin(), fits.end(), [&](const Record& r) { return r.text("class") == name; });
    if (row == fits.end()) {
      row = fits.insert(fits.end(), Record{});
      row->facts["class"] = {name, "", source, DataStatus::sourced};
    }
    row->facts["clearance_per_side_mm"] = {clearance, "mm", source, DataStatus::sourced};
  }
  return made;
}

}  // namespace

std::string_view to_string(FitClass fit) {
  switch (fit) {
    case FitClass::press: return "press";
    case FitClass::slide: return "slide";
    case FitClass::free: return "free";
    case FitClass::thread: return "thread";
    case FitClass::rest: return "rest";
  }
  return "rest";
}

Result<FitClass> fit_class(std::string_view name) {
  std::vector<std::string> known;
  for (const FitClass fit : kFits) {
    if (name == to_string(fit)) return fit;
    known.emplace_back(to_string(fit));
  }
  return unknown("fit", name, known);
}

struct Catalog::State {
  fs::path folder;
  std::recursive_mutex mutex;
  std::map<std::string, std::unique_ptr<Record>, std::less<>> files;
  std::optional<std::vector<Process>> processes;
  std::optional<std::vector<Material>> materials;
  std::optional<std::vector<Service>> services;
  std::shared_ptr<State> base;  ///< below a maker's own figures: has the files

  Result<const Record*> file(std::string_view name) {
    if (base) return base->file(name);
    const std::lock_guard lock(mutex);
    if (const auto it = files.find(name); it != files.end()) return it->second.get();
    FW_TRY(Record record, read_records(folder / name));
    return files.emplace(name, std::make_unique<Record>(std::move(record))).first->second.get();
  }

  template <class Row>
  Result<std::span<const Row>> rows(std::optional<std::vector<Row>>& cache, std::string_view file_name,
                                    std::string_view list, Result<Row> (*make)(Record)) {
    const std::lock_guard lock(mutex);
    if (!cache) {
      FW_TRY(const Record* tree, file(file_name));
      std::vector<Row> made;
      for (const Record& record : tree->list(list)) {
        FW_TRY(Row row, make(record));
        made.push_back(std::move(row));
      }
      cache = std::move(made);
    }
    return std::span<const Row>(*cache);
  }
};

Catalog::Catalog(std::shared_ptr<State> state) : state_(std::move(state)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Result<Catalog> Catalog::load(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    return fail(ErrorKind::file, fmt::format("the data folder {} does not exist", folder.string()),
                "set FITWRIGHT_ASSETS to Fitwright's shared folder, or install it again");
  auto state = std::make_shared<State>();
  state->folder = folder;
  return Catalog(std::move(state));
}

Result<Catalog> Catalog::with_workshop(std::string_view text, std::vector<std::string>& warnings) const {
  FW_TRY(const Workshop workshop, read_workshop(text));
  FW_TRY(const auto known_processes, processes());
  FW_TRY(const auto known_materials, materials());
  auto state = std::make_shared<State>();
  state->folder = state_->folder;
  state->base = state_;
  state->processes.emplace(known_processes.begin(), known_processes.end());
  state->materials.emplace(known_materials.begin(), known_materials.end());
  for (const WorkshopTable& machine : workshop.machines) {
    const auto base = find_row("process", machine.process, known_processes);
    const bool taken = find_row("process", machine.id, known_processes).has_value();
    if (base && !taken)
      state->processes->push_back(make_machine(**base, machine));
    else
      warnings.push_back(
          fmt::format("the machine {} of the workshop is left out: {}", machine.name,
                      taken ? fmt::format("\"{}\" is the id of a process", machine.id) : base.error().message));
  }
  for (const WorkshopTable& own : workshop.materials) {
    const auto row = std::find_if(state->materials->begin(), state->materials->end(),
                                  [&](const Material& material) { return material.id == own.id; });
    if (row == state->materials->end())
      warnings.push_back(fmt::format("the workshop's material {} is left out: there is none of that id", own.id));
    else {
      if (own.facts.contains("price_per_kg")) row->facts.erase("price_currency");  // an own price is in EUR
      for (const auto& [key, fact] : own.facts) row->facts.insert_or_assign(key, fact);
    }
  }
  return Catalog(std::move(state));
}

Result<std::span<const Process>> Catalog::processes() const {
  return state_->rows(state_->processes, "processes.toml", "process", make_process);
}
Result<std::span<const Material>> Catalog::materials() const {
  return state_->rows(state_->materials, "materials.toml", "material", make_material);
}
Result<std::span<const Service>> Catalog::services() const {
  State& state = state_->base ? *state_->base : *state_;
  return state.rows(state.services, "services.toml", "service", make_service);
}

Result<const Process*> Catalog::process(std::string_view id) const {
  FW_TRY(const auto rows, processes());
  return find_row("process", id, rows);
}
Result<const Material*> Catalog::material(std::string_view id) const {
  FW_TRY(const auto rows, materials());
  return find_row("material", id, rows);
}
Result<const Service*> Catalog::service(std::string_view id) const {
  FW_TRY(const auto rows, services());
  return find_row("service", id, rows);
}

Result<Quantity> Catalog::fit(std::string_view process_id, FitClass fit) const {
  FW_TRY(const Process* found, process(process_id));
  std::vector<std::string> known;
  for (const Record& row : found->list("fit")) {
    if (row.text("class") == to_string(fit)) return row.quantity("clearance_per_side_mm");
    known.push_back(row.text("class"));
  }
  return fail(ErrorKind::value, fmt::format("{} has no {} fit", found->name, to_string(fit)),
              fmt::format("it has {}", fmt::join(known, ", ")));
}

Result<const Record*> Catalog::metric(std::string_view size) const {
  FW_TRY(const Record* hardware, file("hardware.toml"));
  std::vector<std::string> known;
  for (const Record& metric : hardware->list("metric"))
    for (const Record& row : metric.list("size")) {
      if (row.id == size) return &row;
      known.push_back(row.id);
    }
  return unknown("thread size", size, known);
}

Result<std::vector<const Record*>> Catalog::sheets(std::string_view material) const {
  FW_TRY(const Record* hardware, file("hardware.toml"));
  std::vector<const Record*> found;
  std::vector<std::string> known;
  for (const Record& row : hardware->list("sheet")) {
    if (row.text("material") == material) found.push_back(&row);
    known.push_back(row.text("material"));
  }
  if (found.empty()) return unknown("sheet material", material, known);
  return found;
}

std::vector<Vec2> sold_sizes(const Record& sheet, const Process& process) {
  const auto fits = [&](double longer, double shorter) {
    return process.build_volumes.empty() ||
           std::any_of(process.build_volumes.begin(), process.build_volumes.end(), [&](const BuildVolume& bed) {
             return shorter <= std::min(bed.size.x, bed.size.y) && longer <= std::max(bed.size.x, bed.size.y);
           });
  };
  std::vector<Vec2> sizes;
  const auto fact = sheet.facts.find("sizes_mm");
  if (fact == sheet.facts.end()) return sizes;
  const auto* pairs = std::get_if<std::vector<std::vector<double>>>(&fact->second.value);
  for (std::size_t i = 0; pairs && i < pairs->size(); ++i) {
    const std::vector<double>& pair = (*pairs)[i];
    if (pair.size() == 2 && fits(std::max(pair[0], pair[1]), std::min(pair[0], pair[1])))
      sizes.push_back({pair[0], pair[1]});
  }
  return sizes;
}

Result<const Record*> Catalog::file(std::string_view name) const { return state_->file(name); }

std::vector<std::string> Catalog::files() const { return files(""); }

std::vector<std::string> Catalog::files(std::string_view folder) const {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(state_->folder / folder, ignored))
    if (entry.path().extension() == ".toml") names.push_back((fs::path(folder) / entry.path().filename()).string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace fitwright
