// A small operation table whose builders are never called, and templates around a script's body.
#pragma once

#include <string>
#include <string_view>

#include "geometry/graph/operation.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright::test {

const OperationTable& dummy_operations();

/// A sound template whose build function has this body; `extra` are further fields, each with a comma.
std::string with_build(std::string_view body, std::string_view extra = "");

TemplateScript script(std::string source, std::map<std::string, std::string> modules = {});

/// Runs with the default values and an environment with one font.
Result<ScriptRun> run(const std::string& source, const Values& values = {});

/// Runs build with this body; its part's solid.
NodePtr solid_of(std::string_view body);

/// The error of running a template; the test fails if there is none, or if it took 2 s or more.
Error refused(const std::string& source, const Values& values = {});
Error build_refused(std::string_view body);

BuildEnvironment environment();

bool mentions(std::string_view text, std::string_view part);

}  // namespace fitwright::test
