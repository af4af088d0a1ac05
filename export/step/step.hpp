// STEP, AP242, by OpenCASCADE's XDE.
#pragma once

#include <mutex>

#include "export/import.hpp"

namespace fitwright {

/// Reads every solid with its name, in mm, where the file puts it, and tessellates it. Errors: file.
Result<ImportedModel> read_step(const ImportSource& source);

/// The solids of all parts together, as they stand in the file, not tessellated. Errors: file.
Result<std::shared_ptr<const ExactSolid>> read_step_solids(std::string_view bytes);

/// OpenCASCADE's STEP parameters, counters and messages are global to the process: whoever holds a session
/// is alone with them, and finds them set as we need them.
class StepSession {
 public:
  StepSession();

 private:
  std::unique_lock<std::mutex> turn_;
};

}  // namespace fitwright
