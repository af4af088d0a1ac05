// Random legal settings of the templates that ship.
#pragma once

#include <rapidcheck.h>

#include <iosfwd>
#include <memory>
#include <string>

#include "templates/runtime/runtime.hpp"

namespace fitwright::test {

/// A template with its declaration.
struct Subject {
  TemplateScript script;
  Template about;
};
using SubjectPtr = std::shared_ptr<const Subject>;

struct Setting {
  SubjectPtr subject;
  Values values;
};

/// The command line that makes it, only what differs from the defaults.
std::ostream& operator<<(std::ostream& out, const Setting& setting);
inline void showValue(const Setting& setting, std::ostream& out) { out << setting; }

/// Settings that ranges and rules allow: a walk from the defaults or a preset that proposes one new value after
/// another, at ends of ranges, on steps and between, and keeps those that are legal. Shrinks towards the defaults.
rc::Gen<Setting> legal_settings(const SubjectPtr& subject);

}  // namespace fitwright::test
