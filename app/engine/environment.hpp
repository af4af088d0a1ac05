// The world that a template sees through `ctx`, put together from the catalog and the request.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/engine/message.hpp"
#include "geometry/catalog/catalog.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright {

/// Process and material of a request, found in the catalog.
struct Making {
  const Process* process = nullptr;    ///< null: the template names none
  std::shared_ptr<const Process> own;  ///< holds `process` where the request's limits make another of it
  const Material* material = nullptr;  ///< null: none is known for the process
  std::vector<std::string> warnings;   ///< choices that the template or the process does not foresee
  std::string unsuited;                ///< why the checks cannot answer for the process; empty: they can
};

/// The process asked for, else the template's first; the material asked for, else the process's usual one.
/// Errors: value (unknown id, with the nearest), file (data).
Result<Making> choose_making(const Catalog& catalog, const Request& request, const Template& about);

/// A finding for each part with letters that its font lacks.
void add_missing_letters(const Product& product, const Template& about, const Values& values, CheckReport& report);

/// Fits, hardware and fonts for build(). Errors: file (data or fonts missing).
Result<BuildEnvironment> build_environment(const Catalog& catalog, const std::filesystem::path& assets,
                                           const Request& request, const Making& making);

}  // namespace fitwright
