#include "app/desktop/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>

#include "geometry/core/text.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {
namespace {

constexpr double mm_per_inch = 25.4;

double rounded(double value, double step) { return std::round(value / step) * step; }

std::string length_number(double mm, bool inches) {
  return inches ? number_text(rounded(mm / mm_per_inch, 0.001)) : number_text(rounded(mm, 0.01));
}

std::string as_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

/// A face that goes all the way round has normals that add up to nothing.
bool goes_round(const BuiltPart& part, std::size_t face) {
  Vec3 sum;
  double area = 0;
  const TriangleMesh& mesh = part.mesh;
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
    if (i >= mesh.face_of.size() || mesh.face_of[i] != face) continue;
    const auto& [a, b, c] = mesh.triangles[i];
    const Vec3 normal = cross(mesh.vertices[b] - mesh.vertices[a], mesh.vertices[c] - mesh.vertices[a]);
    sum = sum + normal;
    area += length(normal);
  }
  return length(sum) < 0.05 * area;
}

std::string round_face_text(const BuiltPart& part, std::size_t face, bool inches) {
  const FaceInfo& info = part.faces[face];
  if (goes_round(part, face))
    return fmt::format("{}, diameter {}", info.concave ? "hole" : "round face", length_text(2 * info.radius, inches));
  return fmt::format("{}, radius {}", info.concave ? "hollow" : "rounding", length_text(info.radius, inches));
}

}  // namespace

std::string sentence(std::string text) {
  if (text.empty()) return text;
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (std::string_view(".?!:").find(text.back()) == std::string_view::npos && !text.ends_with("\u2026")) text += '.';
  return text;
}

std::string in_units(const std::string& text, bool inches) {
  if (!inches) return text;
  // A number, and those before it that share its unit.
  static const std::regex lengths(
      "((?:\\d+(?:\\.\\d+)?(?: x | \xc3\x97 | to | or | and ))*\\d+(?:\\.\\d+)?) mm(?![a-zA-Z0-9/]|\xc2)");
  static const std::regex number(R"(\d+(?:\.\d+)?)");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator found(text.begin(), text.end(), lengths), end; found != end; ++found) {
    out.append(rest, (*found)[0].first);
    rest = (*found)[0].first;
    if (rest != text.cbegin() && std::isalnum(static_cast<unsigned char>(rest[-1]))) continue;  // "M3 x 10 mm"
    const std::string figures = (*found)[1].str();
    auto from = figures.cbegin();
    for (std::sregex_iterator one(figures.begin(), figures.end(), number); one != end; ++one) {
      out.append(from, (*one)[0].first);
      out += length_number(std::stod(one->str()), true);
      from = (*one)[0].second;
    }
    out.append(from, figures.cend());
    out += " in";
    rest = (*found)[0].second;
  }
  return out.append(rest, text.cend());
}

std::string length_text(double mm, bool inches) { return length_number(mm, inches) + (inches ? " in" : " mm"); }

std::string size_text(Vec3 size, bool inches) {
  return fmt::format("{} \u00d7 {} \u00d7 {}", length_number(size.x, inches), length_number(size.y, inches),
                     length_text(size.z, inches));
}

std::string shown_value(const Parameter& parameter, const ParameterValue& value, bool inches) {
  if (parameter.kind == ParameterKind::length)
    if (const double* mm = std::get_if<double>(&value)) {
      const std::string exact = number_text(inches ? *mm / mm_per_inch : *mm);
      const std::string brief = length_number(*mm, inches);
      return (inches || brief.size() + 3 < exact.size() ? brief : exact) + (inches ? " in" : " mm");
    }
  return value_text(parameter, value);
}

std::string with_unit(const Parameter& parameter, std::string typed, bool inches) {
  if (!inches || parameter.kind != ParameterKind::length) return typed;
  const bool has_unit = std::any_of(typed.begin(), typed.end(), [](unsigned char c) {
    return std::isalpha(c) != 0 || c == '"' || c == '\'' || c >= 0x80;
  });
  if (has_unit || typed.empty()) return typed;
  return "(" + typed + ") in";
}

std::string weight_text(double kg) {
  if (kg < 0.1) return fmt::format("{:.1f} g", kg * 1000);
  if (kg < 1) return fmt::format("{:.0f} g", kg * 1000);
  return kg < 10 ? fmt::format("{:.2f} kg", kg) : fmt::format("{:.1f} kg", kg);
}

std::string duration_text(double hours) {
  const double minutes = hours * 60, step = minutes < 20 ? 1 : minutes < 600 ? 5 : 60;
  const int all = std::max(1, static_cast<int>(std::round(minutes / step) * step));
  if (all < 60) return fmt::format("{} min", all);
  return all % 60 == 0 ? fmt::format("{} h", all / 60) : fmt::format("{} h {} min", all / 60, all % 60);
}

std::string bytes_text(std::size_t bytes) {
  const auto value = static_cast<double>(bytes);
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", value / 1e3);
  return fmt::format("{:.1f} MB", value / 1e6);
}

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), "\u202f");
  return digits;
}

const std::string& label_of(const Parameter& parameter) {
  return parameter.label.empty() ? parameter.name : parameter.label;
}

std::string labels_of(const Template& about, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Parameter* parameter = about.find_parameter(names[i]);
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + (parameter ? label_of(*parameter) : names[i]);
  }
  return text;
}

std::string part_label(const ResponsePart& part) { return part.label.empty() ? as_words(part.built.name) : part.label; }

std::string part_label(const Response* model, const std::string& name) {
  if (model)
    for (const ResponsePart& part : model->parts)
      if (part.built.name == name) return part_label(part);
  return as_words(name);
}

const std::string& rule_text(const Template& about, const Error& error) {
  for (const Rule& rule : about.rules)
    if (error.kind == ErrorKind::rule && error.message.starts_with(rule.message)) return rule.message;
  return error.message;
}

std::string face_text(const BuiltPart& part, std::size_t face, bool inches) {
  const FaceInfo& info = part.faces[face];
  switch (info.kind) {
    case SurfaceKind::plane: return "flat face";
    case SurfaceKind::cylinder: return round_face_text(part, face, inches);
    case SurfaceKind::cone: return "conical face";
    case SurfaceKind::sphere: return fmt::format("sphere, diameter {}", length_text(2 * info.radius, inches));
    case SurfaceKind::torus: return fmt::format("rounded edge, radius {}", length_text(info.radius2, inches));
    default: return "curved face";
  }
}

std::optional<double> weight_of(const Response& model, const Catalog* catalog) {
  if (!catalog) return std::nullopt;
  double kg = 0;
  for (const ResponsePart& part : model.parts) {
    const auto material = catalog->material(part.material);
    if (!material) return std::nullopt;
    const auto density = (*material)->find("density_kg_m3");
    if (!density) return std::nullopt;
    kg += part.built.volume * 1e-9 * density->value * static_cast<double>(part.assembled.size());
  }
  return kg;
}

Box3 assembled_box(const Response& model) {
  Box3 all;
  for (const ResponsePart& part : model.parts) {
    if (part.built.box.empty()) continue;
    const Vec3 low = part.built.box.min, high = part.built.box.max;
    for (const Placement& place : part.assembled)
      for (int corner = 0; corner < 8; ++corner)
        all.add(place.apply({corner & 1 ? high.x : low.x, corner & 2 ? high.y : low.y, corner & 4 ? high.z : low.z}));
  }
  return all;
}

}  // namespace fitwright::desktop
