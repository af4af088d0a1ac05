#include "app/desktop/commands.hpp"

#include <algorithm>
#include <stdexcept>

namespace fitwright::desktop {

const Command& Commands::find(std::string_view id) const {
  const auto it = std::find_if(all_.begin(), all_.end(), [&](const Command& one) { return one.id == id; });
  if (it == all_.end()) throw std::logic_error("no command " + std::string(id));
  return *it;
}

const Command* Commands::wanted(const KeyPress& key, Typing typing) const {
  for (const Command& command : all_) {
    if (command.key != key.key || command.key == 0 || key.alt) continue;
    if (command.control != key.control || command.shift != key.shift) continue;
    if (typing != Typing::none && !command.control) continue;
    if (typing == Typing::something && command.of_text) continue;
    if (key.repeated && !command.repeats) return nullptr;
    return !command.possible || command.possible() ? &command : nullptr;
  }
  return nullptr;
}

bool Commands::press(const KeyPress& key, Typing typing) const {
  const Command* command = wanted(key, typing);
  if (command) command->run();
  return command != nullptr;
}

}  // namespace fitwright::desktop
