// What -o and --pose say, for all commands that write files.
#pragma once

#include <optional>
#include <string>

#include "app/cli/command.hpp"
#include "export/flat_options.hpp"
#include "export/scene.hpp"

namespace fitwright::cli {

/// "made" or "assembled"; empty text asks for no pose. Errors: usage.
Result<std::optional<Pose>> parse_pose(const std::string& text);

/// What --sheet, --margin, --spacing, --saw-kerf, --grain and --seed ask for. Errors: usage, value.
Result<StockOptions> parse_stock(const Options& options);

/// What --kerf, --relief, --bit, --tabs, --profile and --labels ask for. Errors: usage, value.
Result<FlatOptions> parse_flat(const Options& options);

/// Faults of the -o options that can be seen before any work is done. Errors: usage, file.
Result<void> check_outputs(const Options& options);

}  // namespace fitwright::cli
