#include "app/cli/design_text.hpp"

#include "templates/schema/design.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;

bool is_design(const fs::path& output) { return output.extension() == ".fitwright"; }

Result<std::string> design_text(const fs::path& subject, const Request& request, const Response& response) {
  Design design;
  if (is_design(subject)) {  // its variants stay
    FW_TRY(design, load_design(subject));
  }
  if (design.name.empty()) design.name = response.about.name;
  design.template_id = response.about.id;
  design.template_version = response.about.version;
  design.source = request.source;
  design.chunk = request.chunk;
  for (const std::string& name : response.modules) design.modules[name] = request.modules.at(name);
  design.files = request.files;
  design.fonts = request.fonts;
  design.values = response.values;
  design.process = response.process;
  design.material = response.material;
  return design_to_json(design);
}

}  // namespace fitwright::cli
