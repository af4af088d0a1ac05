// What is shown as a command for the terminal.
#pragma once

#include <string>

#include "app/session/session.hpp"

namespace fitwright {

/// The `fitwright make ...` that makes what the snapshot shows, quoted for a POSIX shell. It names the saved design if
/// there is one, else the script under watch, else the template's id, and every value that differs from what that one
/// says. A file or font that is not in a saved design is named alone: the command looks for it in the current folder.
std::string command_line(const Snapshot& snapshot);

/// One word for a POSIX shell: as it is where that is safe, else in single quotes.
std::string shell_word(std::string_view text);

}  // namespace fitwright
