// machines: the maker's own machines, kept in the workshop file.
#include <fmt/format.h>

#include <cstdio>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/engine/assets.hpp"
#include "app/engine/user_folders.hpp"
#include "geometry/catalog/workshop.hpp"
#include "geometry/core/text.hpp"

namespace fitwright::cli {
namespace {

struct OwnMachines {
  std::vector<WorkshopTable> tables;
  std::vector<std::string> warnings;
};

/// Those that the catalog takes, held to it: a machine's process must be known.
Result<OwnMachines> read_machines(const std::string& text) {
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const Catalog catalog, Catalog::load(assets / "data"));
  OwnMachines own;
  FW_TRY(const Catalog with, catalog.with_workshop(text, own.warnings));
  FW_TRY(const Workshop workshop, read_workshop(text));
  own.tables = workshop.machines;
  return own;
}

std::string bed_text(const std::vector<double>& bed) {
  std::string text;
  for (const double size : bed) text += (text.empty() ? "" : " x ") + number_text(size);
  return text.empty() ? text : text + " mm";
}

Json to_json(const WorkshopTable& machine) {
  Json facts = Json::object(), fits = Json::object();
  for (const auto& [key, fact] : machine.facts) facts[key] = cli::to_json(fact);
  for (const auto& [name, clearance] : machine.fits) fits[name] = clearance;
  return {{"id", machine.id},      {"name", machine.name},       {"process", machine.process},
          {"bed_mm", machine.bed}, {"fits_mm", std::move(fits)}, {"facts", std::move(facts)}};
}

void print_machines(const std::vector<WorkshopTable>& machines) {
  std::vector<std::vector<std::string>> rows;
  for (const WorkshopTable& machine : machines) {
    std::string facts;
    const auto add = [&](const std::string& what) { facts += (facts.empty() ? "" : ", ") + what; };
    for (const auto& [key, fact] : machine.facts)
      if (const double* value = std::get_if<double>(&fact.value))
        add(fmt::format("{} {} {}", base_of_key(key), number_text(*value), fact.unit));
    for (const auto& [name, clearance] : machine.fits) add(fmt::format("fit_{} {} mm", name, number_text(clearance)));
    rows.push_back({machine.id, machine.name, machine.process, bed_text(machine.bed), facts});
  }
  fmt::print("{}", table(rows));
}

Result<std::vector<Entry>> entries_of(const std::vector<std::string>& words) {
  std::vector<Entry> entries;
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorKind::usage, fmt::format("fitwright machines takes KEY=VALUE; it was given \"{}\"", words[i]));
    entries.emplace_back(words[i].substr(0, equals), words[i].substr(equals + 1));
  }
  return entries;
}

Result<std::string> changed(const std::string& text, const std::vector<std::string>& words) {
  const std::string &what = words[0], &id = words[1];
  if (what == "remove") return remove_machine(text, id);
  FW_TRY(const Workshop workshop, read_workshop(text));
  const bool there = std::any_of(workshop.machines.begin(), workshop.machines.end(),
                                 [&](const WorkshopTable& machine) { return machine.id == id; });
  if (what == "add" && there)
    return fail(ErrorKind::value, fmt::format("there is a machine \"{}\" already", id),
                fmt::format("change it by: fitwright machines set {} KEY=VALUE", id));
  if (what == "set" && !there) return remove_machine(text, id);  // says which there are
  FW_TRY(const auto entries, entries_of(words));
  return set_machine(text, id, entries);
}

}  // namespace

Outcome machines(const Options& options, Notes& notes) {
  const auto file = workshop_file(user_folders());
  FW_TRY(std::string text, load_workshop(file));
  const auto& words = options.words;
  if (!words.empty()) {
    const bool known = words[0] == "add" || words[0] == "set" || words[0] == "remove";
    if (!known || words.size() < 2)
      return fail(ErrorKind::usage, "fitwright machines takes add ID, set ID or remove ID",
                  "fitwright machines add prusa process=fdm bed=250x210x220 nozzle=0.4");
    FW_TRY(text, changed(text, words));
    FW_TRY(const OwnMachines own, read_machines(text));
    if (words[0] != "remove" && !own.warnings.empty()) return fail(ErrorKind::value, own.warnings.front());
    FW_CHECK(save_workshop(file, text));
  }
  FW_TRY(const OwnMachines own, read_machines(text));
  for (const std::string& warning : own.warnings) notes.push_back("warning: " + warning);
  if (options.json) {
    Json json = Json::array();
    for (const WorkshopTable& machine : own.tables) json.push_back(to_json(machine));
    print_json(json);
  } else if (own.tables.empty()) {
    fmt::print("none yet: fitwright machines add prusa process=fdm bed=250x210x220 nozzle=0.4\n");
  } else {
    print_machines(own.tables);
  }
  return 0;
}

}  // namespace fitwright::cli
