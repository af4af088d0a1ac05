// Which colours a laser service gives which meaning, from assets/data/formats.toml.
#pragma once

#include <optional>
#include <string>

#include "export/flat_options.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// The profile with this id; none for an empty one. Errors: value (unknown, with those there are), file (data).
Result<std::optional<ColourProfile>> colour_profile(const Catalog& catalog, const std::string& id);

}  // namespace fitwright
