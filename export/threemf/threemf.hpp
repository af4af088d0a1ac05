// 3MF, core specification.
#pragma once

#include <string_view>

#include "export/import.hpp"

namespace fitwright {

inline constexpr std::string_view threemf_core = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02";
/// Our own metadata: template, template_version, parameters.
inline constexpr std::string_view threemf_fitwright = "urn:fitwright:design:1";

/// Reads every object that is to be built, where it is to be built, in mm. Errors: file.
Result<ImportedModel> read_threemf(const ImportSource& source);

}  // namespace fitwright
