// app: hands over to the desktop app, which is a program of its own so that the command line needs no window system.
#include "app/cli/command.hpp"
#include "app/engine/programs.hpp"

namespace fitwright::cli {

Outcome app(const Options& options, Notes&) {
  FW_TRY(const auto program, sibling_program("fitwright-app"));
  std::vector<std::string> arguments;
  if (!options.subject.empty()) arguments.push_back(options.subject);
  return fail(become(program, arguments));
}

}  // namespace fitwright::cli
