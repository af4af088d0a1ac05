#include "app/desktop/commands.hpp"

#include <algorithm>
#include <stdexcept>

namespace fitwright::desktop {

const Command& Commands::find(std::string_view id) const {
  const auto it = std::find_if(all_.begin(), all_.end(), [&](const Command& one) { return one.id == id; });
  if (it == all_.end()) throw std::logic_error("no command " + std::string(id));
  return *it;
}

bool Commands::press(const KeyPress& key, bool typing) const {
  for (const Command& command : all_) {
    if (command.key != key.key || command.key == 0 || key.alt) continue;
    if (command.control != key.control || command.shift != key.shift) continue;
    if (typing && !command.control) continue;
    if (command.possible && !command.possible()) return false;
    command.run();
    return true;
  }
  return false;
}

}  // namespace fitwright::desktop
