// One parameter's row while it is drawn.
#pragma once

#include "app/desktop/panels/customise.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {

struct CustomisePanel::Row {
  Desk& desk;
  Gui& gui;
  FileDialog& files;
  Pointer& pointer;
  const Parameter& parameter;
  const ParameterValue& value;
  bool changed = false, locked = false;

  double number() const { return std::get<double>(value); }
};

}  // namespace fitwright::desktop
