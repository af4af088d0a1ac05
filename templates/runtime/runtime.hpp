// Runs a template's Lua script in a sandbox: no files, no processes, bounded memory and steps, a fresh
// interpreter a run. What comes out is a Template (what it says of itself) or a Product (a graph, no geometry).
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/graph/operation.hpp"
#include "geometry/graph/product.hpp"
#include "templates/schema/template.hpp"

namespace fitwright {

/// What a run may cost. Load, rules and build share one budget.
struct ScriptLimits {
  std::size_t memory_bytes = std::size_t{32} << 20;      ///< held at once
  std::size_t allocated_bytes = std::size_t{512} << 20;  ///< over the whole run
  std::size_t string_bytes = std::size_t{1} << 20;       ///< one string
  std::size_t source_bytes = std::size_t{1} << 20;       ///< one Lua file
  std::int64_t steps = 2'000'000;                        ///< instructions; host functions charge theirs
  std::chrono::milliseconds time{1000};                  ///< backstop for what steps do not see
  std::size_t nodes = 20'000;
  std::uint32_t node_depth = 1000;
  int call_depth = 2000;
  std::size_t parts = 1000;
  std::size_t placements = 10'000;
};

/// The world as `ctx` shows it to build().
struct BuildEnvironment {
  std::string process, material;          ///< ids
  std::map<std::string, double> fit;      ///< mm of clearance per side, by class ("slide", "press", ...)
  std::optional<double> sheet_thickness;  ///< mm
  std::map<std::string, std::map<std::string, double>> hardware;  ///< "M3" -> field -> mm
  std::map<std::string, std::string> fonts;                       ///< bytes by name; "" is the default
  std::map<std::string, std::string> files;                       ///< bytes by name
  /// Width in mm of a text set in a font (its bytes) at a cap height; null where no text is measured.
  std::function<Result<double>(const std::string& text, const std::string& font, double size)> text_width;
};

class ScriptCache;  // script_cache.hpp

enum class Rules { kept, ignored };

/// What build() gave.
struct ScriptRun {
  Template about;
  Values values;  ///< complete: given ones and defaults
  Product product;
  std::vector<std::string> log;      ///< lines printed, bounded
  std::vector<std::string> modules;  ///< names of the modules it required, for embedding in a design
};

/// A template's text with the modules it may require. Immutable; calls are independent and may run on
/// several threads.
class TemplateScript {
 public:
  /// `chunk` is what messages call the text, e.g. "bookshelf/template.lua". `modules`: Lua text by name.
  /// The table must outlive the products made from it.
  TemplateScript(std::string source, std::string chunk, std::map<std::string, std::string> modules,
                 const OperationTable& operations, ScriptLimits limits = {});

  /// Reads template.lua and, as modules, the other .lua files of its folder; these go before `shipped`
  /// ones of the same name. Errors: ErrorKind::file.
  static Result<TemplateScript> from_file(const std::filesystem::path& path, std::map<std::string, std::string> shipped,
                                          const OperationTable& operations, ScriptLimits limits = {});

  const std::string& source() const { return source_; }
  const std::string& chunk() const { return chunk_; }
  const std::map<std::string, std::string>& modules() const { return modules_; }

  /// What the template says of itself, audited: ids, names, defaults and presets legal under ranges and
  /// rules, visible_when answers. Errors: ErrorKind::script with the line where one is known.
  Result<Template> describe() const;

  /// Checks the values, then the rules unless they are ignored, then runs build. Errors: value, rule, script.
  Result<ScriptRun> run(const Values& values, const BuildEnvironment& environment, Rules rules = Rules::kept) const;

  /// Names of the parameters to show at these values. Errors: value, script.
  Result<std::set<std::string>> visible(const Values& values) const;

  /// Values and rules without building. Errors: value, rule, script.
  Result<Values> check(const Values& values) const;

 private:
  friend class Session;

  std::string source_, chunk_;
  std::map<std::string, std::string> modules_;
  const OperationTable* operations_;
  ScriptLimits limits_;
  std::shared_ptr<ScriptCache> cache_;  ///< shared by copies: they have the same text
};

/// The .lua files of a folder by name without extension; an absent folder holds none. Errors: ErrorKind::file.
Result<std::map<std::string, std::string>> read_modules(const std::filesystem::path& folder);

/// The drawings and models (.svg, .step, .stp) beside a template, by file name: what its parameters of kind file may
/// name by default. Errors: ErrorKind::file.
Result<std::map<std::string, std::string>> read_data_files(const std::filesystem::path& folder);

}  // namespace fitwright
