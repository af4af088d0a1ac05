// The maker's own machines: entered once, chosen like a process from then on.
#pragma once

#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "geometry/catalog/workshop.hpp"

namespace fitwright::desktop {

class MachinesDialog {
 public:
  void open() { asked_ = true; }
  void draw(Desk& desk, Gui& gui);

 private:
  /// One line to fill in.
  struct Field {
    const char* key;
    const char* label;
    const char* hint;
    std::string text;
  };
  void draw_list(Desk& desk, Gui& gui);
  void draw_machine(Desk& desk, Gui& gui);
  void draw_facts(Desk& desk, Gui& gui);
  void draw_process(Desk& desk, Gui& gui);
  void edit(const WorkshopTable& machine);
  void begin_new(const Desk& desk);
  void save(Desk& desk);
  void remove(Desk& desk, const std::string& id);

  bool asked_ = false, editing_ = false;
  std::string id_, name_, process_, problem_;  ///< an empty id: a new machine
  std::vector<Field> fields_;
};

}  // namespace fitwright::desktop
