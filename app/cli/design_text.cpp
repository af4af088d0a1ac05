#include "app/cli/design_text.hpp"

#include "app/engine/order.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;

bool is_design(const fs::path& output) { return output.extension() == ".fitwright"; }

Result<std::string> design_text(const fs::path& subject, const Request& request, const Response& response) {
  Design design;
  if (is_design(subject)) {  // its variants stay
    FW_TRY(design, load_design(subject));
  }
  return fitwright::design_text(std::move(design), request, response);
}

}  // namespace fitwright::cli
