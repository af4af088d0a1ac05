// The rows of the format table, each defined in its own folder.
#pragma once

#include "export/format.hpp"

namespace fitwright {

extern const Format stl_format;
extern const Format threemf_format;
extern const Format step_format;
extern const Format dxf_format;
extern const Format svg_format;
extern const Format cutlist_csv_format;
extern const Format cutlist_json_format;
extern const Format panel_plan_format;

}  // namespace fitwright
