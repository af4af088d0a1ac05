#include "export/import.hpp"

#include "export/format.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright {

Result<ImportedModel> read_model(const std::filesystem::path& path) {
  FW_TRY(const Format* format, find_format(path));
  const std::string name = path.filename().string();
  if (!format->read) return fail(ErrorKind::file, std::string(format->title) + " files are written but not read");
  FW_TRY(const std::string bytes, read_file(path, max_import_bytes));
  if (bytes.empty()) return fail(ErrorKind::file, name + " is empty");
  FW_TRY(ImportedModel model, format->read({name, path.stem().string(), bytes}));
  if (model.parts.empty()) return fail(ErrorKind::file, name + " contains no model");
  model.format = format->id;
  return model;
}

}  // namespace fitwright
