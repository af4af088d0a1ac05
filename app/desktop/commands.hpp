// Everything that can be done from a key, a button or the menu: one row a command.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/window.hpp"

namespace fitwright::desktop {

struct Command {
  const char* id;
  const char* icon;   ///< empty: none
  const char* title;  ///< for menus and hints
  int key = 0;        ///< GLFW's number; 0: none
  bool control = false, shift = false;
  const char* shortcut = "";  ///< as people write it
  std::function<bool()> possible;
  std::function<void()> run;
  bool of_text = false;  ///< its key belongs to the text once something was typed
  bool repeats = false;  ///< again and again while its key is held
};

class Commands {
 public:
  void add(Command command) { all_.push_back(std::move(command)); }
  const std::vector<Command>& all() const { return all_; }
  const Command& find(std::string_view id) const;
  /// Where the keyboard is: in no entry, in one whose text is as it was, or in one where something was typed.
  enum class Typing { none, nothing_yet, something };
  /// Runs what a key stands for. In an entry, keys without Control belong to its text, and once something was typed
  /// some with it.
  bool press(const KeyPress& key, Typing typing = Typing::none) const;
  /// The key stands for a command that is possible now.
  bool knows(const KeyPress& key, Typing typing) const { return wanted(key, typing) != nullptr; }

 private:
  const Command* wanted(const KeyPress& key, Typing typing) const;
  std::vector<Command> all_;
};

}  // namespace fitwright::desktop
