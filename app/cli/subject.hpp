// What a command works on: a template that ships, one from a file, a saved design, or a model from outside.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/command.hpp"
#include "app/engine/engine.hpp"

namespace fitwright::cli {

enum class Accept { designs, designs_and_models };

/// A request for the subject as named on the command line: a shipped template's id, a template.lua or its
/// folder, a .fitwright design, or (where accepted) a model file. Nothing is wanted yet.
/// Errors: usage (unknown, with the nearest id), file, script.
Result<Request> load_subject(const std::filesystem::path& assets, const std::string& name,
                             Accept accept = Accept::designs);

/// Adds preset, settings, process, material and deflection of the options, and the files that settings of
/// kind file or font name. Errors: usage (not NAME=VALUE), value, file, script.
Result<void> apply_options(RequestHandler& engine, const Options& options, Request& request);

/// The engine for a subject: in this process for templates that ship, behind a process boundary when asked for, and for
/// everything that a stranger may have made. Errors: file (a part of Fitwright is missing).
Result<std::unique_ptr<RequestHandler>> engine_for(const std::filesystem::path& assets, const Options& options);

/// The source of a shipped template as a request. Errors: file.
Result<Request> load_template(const std::filesystem::path& assets, const std::filesystem::path& script);

}  // namespace fitwright::cli
