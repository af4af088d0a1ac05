// A design: a template with everything it needs, and the values a maker chose. Saved as .fitwright, it
// opens on a machine that lacks the template.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/core/math.hpp"
#include "templates/schema/template.hpp"

namespace fitwright {

/// The document version this program writes.
inline constexpr int design_version = 1;
/// Larger documents are refused before they are parsed.
inline constexpr std::size_t design_max_bytes = std::size_t{64} << 20;

/// Another set of values of the same design. Values that it does not name are the design's.
struct Variant {
  std::string name;
  Values values;
  std::string unknown = "{}";  ///< JSON object with fields of newer programs, kept as they are
  bool operator==(const Variant&) const = default;
};

struct Design {
  std::string name;
  std::string template_id, template_version;
  std::string source;                          ///< the template's Lua text
  std::string chunk = "template.lua";          ///< what messages call that text
  std::map<std::string, std::string> modules;  ///< Lua text of the modules it requires, by name
  std::map<std::string, std::string> files;    ///< bytes by name
  std::map<std::string, std::string> fonts;    ///< bytes by name
  Values values;
  std::string process, material;    ///< ids; empty: the template's first, the process's default
  std::set<std::string> locked;     ///< parameters whose values presets and resets leave alone, in every variant
  std::map<std::string, Vec3> ups;  ///< of parts that are made another way up than their template says: what is up then
  std::vector<Variant> variants;
  std::optional<std::size_t> variant;  ///< that was worked on last; none: the design itself
  std::string unknown = "{}";          ///< as in Variant
  bool operator==(const Design&) const = default;
};

/// The document as bytes: the same design gives the same bytes. Errors: ErrorKind::file (text that is not
/// UTF-8, a value that is not finite).
Result<std::string> design_to_json(const Design& design);
/// Errors: ErrorKind::file, naming the field or the place in the text; a document of a newer version is
/// refused with that version.
Result<Design> design_from_json(std::string_view json);

/// Errors: ErrorKind::file.
Result<Design> load_design(const std::filesystem::path& path);
/// Atomic: the old file stays until the new one is whole. Errors: ErrorKind::file.
Result<void> save_design(const Design& design, const std::filesystem::path& path);

}  // namespace fitwright
