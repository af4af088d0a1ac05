// docs/checks.md is made from the check table and the limits in assets/data. With FITWRIGHT_WRITE_DOCS set, this test
// writes the page; otherwise it demands that the page in the repository is what they give.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "geometry/checks/assembly.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/core/text.hpp"
#include "tests/catch.hpp"

using namespace fitwright;  // NOLINT(google-build-using-namespace)

namespace {

const char* const page_path = FITWRIGHT_SOURCE_DIR "/docs/checks.md";

const char* const head =
    "# Checks\n\n"
    "What `fitwright check` and the app look at before a part is made. This page is made from the table in\n"
    "`geometry/checks` and the limits in `assets/data/processes.toml`; after a change run\n"
    "`FITWRIGHT_WRITE_DOCS=1 ./dev test -R checks_page`. The pictures come from `docs/pictures/checks.py`.\n\n"
    "A finding *blocks* (the part cannot be made like this), is a *risk*, or *advice*. A value exactly at its limit\n"
    "passes. A row that applies but cannot be decided, for want of a limit that somebody has published or of a sound\n"
    "mesh, makes the verdict *unverified*, never clean. The status of a limit says how far to trust it: *sourced* (as\n"
    "printed), *derived* (converted, or chosen among sources), *inferred* (our reading), *unsourced* (practice).\n";

std::string_view kind_name(ProcessKind kind) {
  switch (kind) {
    case ProcessKind::filament: return "filament printing";
    case ProcessKind::layers: return "resin and metal printing";
    case ProcessKind::powder: return "powder printing";
    case ProcessKind::milling: return "milling";
    case ProcessKind::sheet: return "laser and router";
    case ProcessKind::bending: return "bending";
    case ProcessKind::panels: break;
  }
  return "panel saw";
}

std::string made_for(const Check& check) {
  if (check.kinds.empty()) return "every part";
  std::string text;
  for (const ProcessKind kind : check.kinds) text += (text.empty() ? "" : ", ") + std::string(kind_name(kind));
  return text;
}

std::string limits_table(const Check& check, std::span<const Process> processes) {
  std::string rows;
  for (const LimitNeeded& needed : check.limits)
    for (const Process& process : processes) {
      const ProcessKind kind = kind_of(process);
      if (std::find(check.kinds.begin(), check.kinds.end(), kind) == check.kinds.end()) continue;
      const auto limit = find_limit(needed, process);
      if (!limit) continue;
      const Quantity& q = limit->quantity;
      rows += fmt::format("| {} | {} | {}{} | `{}` | {} |\n", needed.name, process.name, number_text(q.value),
                          q.unit.empty() ? "" : " " + q.unit, limit->key, to_string(q.status));
    }
  if (rows.empty()) return "";
  return "\n| limit | process | value | key | status |\n|---|---|---|---|---|\n" + rows;
}

std::string section(std::string_view id, std::string_view title, std::string_view summary, std::string_view how,
                    const std::string& whom) {
  return fmt::format("\n## {}\n\n![{}](pictures/checks/{}.svg)\n\n{}\n\n- Row: `{}`, for {}\n- How: {}\n", title, title,
                     id, summary, id, whom, how);
}

std::string page() {
  const auto catalog = Catalog::load(FITWRIGHT_SOURCE_DIR "/assets/data");
  REQUIRE(catalog);
  const auto processes = catalog->processes();
  REQUIRE(processes);
  std::string text = head;
  for (const Check& check : checks())
    text += section(check.id, check.title, check.summary, check.how, made_for(check)) + limits_table(check, *processes);
  for (const AssemblyCheck& check : assembly_checks())
    text += section(check.id, check.title, check.summary, check.how, "products of several parts");
  return text;
}

}  // namespace

TEST_CASE("the page of checks says what the tables say") {
  const std::string wanted = page();
  if (std::getenv("FITWRIGHT_WRITE_DOCS")) REQUIRE(write_file_atomic(page_path, wanted));
  INFO("To bring the page up to date: FITWRIGHT_WRITE_DOCS=1 ./dev test -R checks_page");
  CHECK(read_file(page_path) == wanted);
}

TEST_CASE("every check says how it measures and has a picture") {
  const auto has_picture = [](std::string_view id) {
    return std::filesystem::exists(fmt::format("{}/docs/pictures/checks/{}.svg", FITWRIGHT_SOURCE_DIR, id));
  };
  for (const Check& check : checks()) {
    INFO(std::string(check.id));
    CHECK(check.how.size() > 20);
    CHECK(has_picture(check.id));
  }
  for (const AssemblyCheck& check : assembly_checks()) CHECK(has_picture(check.id));
}
