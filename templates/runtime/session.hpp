// One loaded template in its sandbox: read what it says, ask its predicates, run its build.
#pragma once

#include <string>

#include "templates/runtime/binding.hpp"
#include "templates/runtime/readers.hpp"
#include "templates/runtime/sandbox.hpp"

namespace fitwright {

class ScriptCache;

class Session {
 public:
  Session(const TemplateScript& script, const OperationTable& operations, const ScriptLimits& limits,
          NamedBytes bytes = {});

  /// Runs the template's text and reads and audits what it returns. Errors: script.
  Result<Template> load();

  // The following need load() first.

  /// Errors: rule (message, parameters with their values), script.
  Result<void> check_rules(const Template& about, const Values& values);
  /// Errors: script, when the answer is not true or false.
  Result<bool> is_visible(const Template& about, std::size_t parameter, const Values& values);
  /// Errors: script.
  Result<Product> build(const Template& about, const Values& values, const BuildEnvironment& environment);

  Sandbox& sandbox() { return sandbox_; }

 private:
  /// Of a rule's check or a visible_when that answered with something else.
  Error predicate_fault(const std::string& what, const std::string& table, const std::string& field,
                        const Tree& answer) const;

  const std::string& source_;
  ScriptCache& cache_;
  OperationBindings bindings_;
  Sandbox sandbox_;
};

}  // namespace fitwright
