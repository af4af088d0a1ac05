// What materials and an hour of a machine cost the maker: entered once, used in every estimate.
#pragma once

#include <string>
#include <vector>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "geometry/catalog/workshop.hpp"

namespace fitwright::desktop {

class PricesDialog {
 public:
  /// Opens it for the materials by which the present design can be made.
  void ask(const Desk& desk);
  void draw(Desk& desk, Gui& gui);
  bool open() const { return open_; }

 private:
  /// One price to fill in; `of` is a material's id, or a machine's.
  struct Field {
    bool machine;
    std::string of, key, label, unit, hint, text, before;
  };
  void list_machine(const Desk& desk, const std::string& process);
  void list_materials(const Desk& desk, const Process& process);
  void add(const Workshop& workshop, Field field);
  void draw_fields(Gui& gui);
  void save(Desk& desk);

  std::vector<Field> fields_;
  std::string problem_;
  bool asked_ = false, open_ = false;
};

}  // namespace fitwright::desktop
