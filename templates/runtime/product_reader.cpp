#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geometry/core/text.hpp"
#include "templates/runtime/fields.hpp"
#include "templates/runtime/readers.hpp"
#include "templates/runtime/unused.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr std::size_t max_part_name = 64;
constexpr std::size_t max_warnings = 100;
constexpr double max_hardware = 1e5;

std::optional<Vec3> direction(std::string_view text) {
  if (text.size() != 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const double s = text[0] == '+' ? 1 : -1;
  switch (text[1]) {
    case 'x': return Vec3{s, 0, 0};
    case 'y': return Vec3{0, s, 0};
    case 'z': return Vec3{0, 0, s};
    default: return std::nullopt;
  }
}

std::optional<Colour> colour(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  double rgb[3] = {};
  for (std::size_t i = 0; i < 6; ++i) {
    const char c = text[i + 1];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    rgb[i / 2] = rgb[i / 2] * 16 + digit;
  }
  return Colour{rgb[0] / 255, rgb[1] / 255, rgb[2] / 255};
}

/// Names become file names and 3MF object names.
bool is_part_name(std::string_view name) {
  return !name.empty() && name.size() <= max_part_name && name[0] != '.' && name[0] != ' ' && name.back() != ' ' &&
         name.find_first_of("/\\:*?\"<>|") == std::string_view::npos && printable(name) == name &&
         name.find_first_of("\n\t") == std::string_view::npos;
}

class ProductReader {
 public:
  ProductReader(Sandbox& sandbox, const Template& about, std::string_view source)
      : sandbox_(sandbox), about_(about), source_(source) {}

  Result<Product> read(const Tree& root) {
    if (root.is(Tree::Type::nil))
      return fail(ErrorKind::script, "build returns nothing", "build must end with return { parts = { ... } }");
    Fields fields(root, "the table that build returns", problem_);
    if (!fields.get("parts")) fields.fault("the table that build returns lacks parts");
    for (const Tree* table : fields.tables("parts")) part(*table);
    if (product_.parts.empty()) fields.fault("build returns no parts");
    if (product_.parts.size() > sandbox_.limits().parts)
      fields.fault(fmt::format("build returns more than {} parts", sandbox_.limits().parts));
    for (const Tree* table : fields.tables("mates")) mate(*table);
    for (const Tree* table : fields.tables("hardware")) hardware(*table);
    for (const Tree* table : fields.tables("handles")) handle(*table);
    for (const Tree* table : fields.tables("rules")) rule(*table);
    product_.warnings = fields.texts("warnings");
    fields.finish();
    if (problem_.error) {
      problem_.error->source.line = line_of(problem_.place, source_);
      return fail(*problem_.error);
    }
    for (std::string& unused : unused_results(sandbox_, product_)) product_.warnings.push_back(std::move(unused));
    if (product_.warnings.size() > max_warnings) product_.warnings.resize(max_warnings);
    product_.made_at = sandbox_.take_places();
    product_.blobs = std::move(sandbox_.blobs());
    return std::move(product_);
  }

 private:
  NodePtr node(Fields& fields, std::string_view name, Kind kind) {
    const Tree* value = fields.get(name);
    if (value && value->is(Tree::Type::node)) {
      const NodePtr& found = sandbox_.node(value->node);
      if (found->operation().result == kind) return found;
      fields.fault(fmt::format("{}: {} is a {}; it must be a {}", fields.what(), name,
                               to_string(found->operation().result), to_string(kind)));
    } else {
      fields.fault(value ? fmt::format("{}: {} is {}; it must be a {}", fields.what(), name, describe(value->type),
                                       to_string(kind))
                         : fmt::format("{} lacks {}", fields.what(), name),
                   fields.get("thickness") ? "boards of joints become parts by J.parts(boards)" : "");
    }
    return nullptr;
  }

  std::optional<Vec3> direction_field(Fields& fields, std::string_view name) {
    if (!fields.get(name)) return std::nullopt;
    const std::string text = fields.text(name);
    const auto read = direction(text);
    if (!read)
      fields.fault(fmt::format("{}: {} is \"{}\"; it must be one of +x, -x, +y, -y, +z, -z", fields.what(), name,
                               printable(text, 100)));
    return read;
  }

  std::string label_field(Fields& fields) {
    std::string text = fields.text("label", "");
    if (text.size() > max_part_name || printable(text, max_part_name) != text)
      fields.fault(fmt::format("{}: the label \"{}\" must be one line of at most {} bytes", fields.what(),
                               printable(text, 100), max_part_name));
    return text;
  }

  void part(const Tree& table) {
    Fields fields(table, fmt::format("part {}", product_.parts.size() + 1), problem_);
    fields.listed("parts", product_.parts.size());
    Part part;
    part.name = fields.text("name");
    if (!is_part_name(part.name))
      fields.fault(fmt::format("{}: the name \"{}\" must be of 1 to {} letters, without / \\ : * ? \" < > |",
                               fields.what(), printable(part.name, 100), max_part_name));
    if (!names_.insert(part.name).second) fields.fault(fmt::format("two parts are named {}", part.name));
    fields.rename(fmt::format("part {}", printable(part.name, 100)), part.name);
    part.solid = node(fields, "solid", Kind::solid);
    part.label = label_field(fields);
    part.role = fields.text("role", "");
    part.material = fields.text("material", "");
    if (fields.get("colour")) {
      const auto read = colour(fields.text("colour"));
      if (!read) fields.fault(fmt::format("{}: colour must be written as #rrggbb", fields.what()));
      part.colour = read.value_or(Colour{});
    }
    part.up = direction_field(fields, "up").value_or(Vec3{0, 0, 1});
    part.sheet = direction_field(fields, "sheet");
    part.grain = grain_field(fields);
    part.edges = banded_edges(fields);
    part.assembled = poses(fields);
    fields.finish();
    product_.parts.push_back(std::move(part));
  }

  Grain grain_field(Fields& fields) {
    const std::string text = fields.text("grain", "none");
    if (text == "length") return Grain::length;
    if (text == "width") return Grain::width;
    if (text != "none")
      fields.fault(
          fmt::format("{}: grain is \"{}\"; it must be length, width or none", fields.what(), printable(text, 100)));
    return Grain::none;
  }

  std::vector<std::string> banded_edges(Fields& fields) {
    std::vector<std::string> found;
    for (const std::string& edge : fields.texts("edges")) {
      if (edge != "front" && edge != "back" && edge != "left" && edge != "right")
        fields.fault(fmt::format("{}: edges has \"{}\"; there are front, back, left and right", fields.what(),
                                 printable(edge, 100)));
      if (std::find(found.begin(), found.end(), edge) != found.end())
        fields.fault(fmt::format("{}: edges has {} twice", fields.what(), edge));
      found.push_back(edge);
    }
    return found;
  }

  void hardware(const Tree& table) {
    Fields fields(table, fmt::format("hardware {}", product_.hardware.size() + 1), problem_);
    fields.listed("hardware", product_.hardware.size());
    const std::string item = fields.text("item");
    if (item.empty() || item.size() > max_part_name || printable(item, max_part_name) != item)
      fields.fault(fmt::format("{}: item must be one line of 1 to {} bytes", fields.what(), max_part_name));
    const double count = fields.number("count", 1);
    if (count < 1 || count > max_hardware || count != std::floor(count))
      fields.fault(fmt::format("{}: count is {}; it must be a whole number from 1 to {}", fields.what(),
                               number_text(count), number_text(max_hardware)));
    fields.finish();
    if (problem_.error) return;
    const auto same = std::find_if(product_.hardware.begin(), product_.hardware.end(),
                                   [&](const HardwareItem& other) { return other.item == item; });
    if (same == product_.hardware.end()) return product_.hardware.push_back({item, static_cast<std::uint32_t>(count)});
    same->count += static_cast<std::uint32_t>(count);
  }

  std::vector<Placement> poses(Fields& fields) {
    const Tree* at = fields.get("at");
    if (!at) return {Placement{}};
    // One pose may stand there without a list around it.
    if (at->is(Tree::Type::table) && !at->fields.empty() && at->list.empty()) return {pose(*at, fields.what())};
    std::vector<Placement> poses;
    for (const Tree* table : fields.tables("at")) {
      if (++placements_ > sandbox_.limits().placements) {
        fields.fault(fmt::format("the product has more than {} copies of parts", sandbox_.limits().placements));
        break;
      }
      poses.push_back(pose(*table, fields.what()));
    }
    if (poses.empty())
      fields.fault(fmt::format("{}: at holds no place; leave the part out if there is none", fields.what()));
    return poses;
  }

  Placement pose(const Tree& table, const std::string& part) {
    Fields fields(table, fmt::format("a place of {}", part), problem_);
    const auto number = [&](std::string_view name) {
      const double value = fields.number(name, 0);
      if (std::abs(value) > 1e7)
        fields.fault(
            fmt::format("{}: {} is {}, beyond any size that can be built", fields.what(), name, number_text(value)));
      return value;
    };
    const Vec3 offset{number("x"), number("y"), number("z")};
    const double rx = number("rx"), ry = number("ry"), rz = number("rz");
    fields.finish();
    return Placement::translation(offset) * Placement::rotation({0, 0, 1}, rz) * Placement::rotation({0, 1, 0}, ry) *
           Placement::rotation({1, 0, 0}, rx);
  }

  std::string part_name(Fields& fields, std::string_view name) {
    std::string text = fields.text(name);
    if (!names_.contains(text)) {
      const std::vector<std::string> names(names_.begin(), names_.end());
      const std::string near = nearest_name(text, names);
      fields.fault(fmt::format("{}: there is no part \"{}\"", fields.what(), printable(text, 100)),
                   near.empty() ? "" : fmt::format("did you mean {}?", near));
    }
    return text;
  }

  void mate(const Tree& table) {
    Fields fields(table, fmt::format("mate {}", product_.mates.size() + 1), problem_);
    fields.listed("mates", product_.mates.size());
    Mate mate{MateKind::rest, {}, {}, 0};
    const std::string kind = fields.text("kind");
    if (kind == "press")
      mate.kind = MateKind::press;
    else if (kind == "slide")
      mate.kind = MateKind::slide;
    else if (kind == "thread")
      mate.kind = MateKind::thread;
    else if (kind != "rest")
      fields.fault(fmt::format("{}: kind is \"{}\"; it must be one of press, slide, thread, rest", fields.what(),
                               printable(kind, 100)));
    mate.a = part_name(fields, "a");
    mate.b = part_name(fields, "b");
    mate.clearance = fields.number("clearance", 0);
    fields.finish();
    product_.mates.push_back(std::move(mate));
  }

  std::string parameter_name(Fields& fields, const std::string& name) {
    if (!about_.find_parameter(name))
      fields.fault(fmt::format("{}: there is no parameter \"{}\"", fields.what(), printable(name, 100)));
    return name;
  }

  void handle(const Tree& table) {
    Fields fields(table, fmt::format("handle {}", product_.handles.size() + 1), problem_);
    fields.listed("handles", product_.handles.size());
    Handle handle;
    handle.parameter = parameter_name(fields, fields.text("parameter"));
    if (const Parameter* moved = about_.find_parameter(handle.parameter); moved && !std::holds_alternative<double>(moved->fallback))
      fields.fault(fmt::format("{}: {} is a {}; a handle moves a length, an angle, a count or a number", fields.what(),
                               handle.parameter, to_string(moved->kind)));
    const Tree* at = fields.get("at");
    const bool point = at && at->list.size() == 3 && at->fields.empty() && !at->stray_keys;
    if (!point) fields.fault(fmt::format("{}: at must be {{x, y, z}}", fields.what()));
    double* const axes[] = {&handle.at.x, &handle.at.y, &handle.at.z};
    for (std::size_t i = 0; point && i < 3; ++i) {
      const Tree& value = at->list[i];
      if (!value.is(Tree::Type::number) || !std::isfinite(value.number))
        fields.fault(fmt::format("{}: at must be three finite numbers", fields.what()));
      *axes[i] = value.number;
    }
    const auto along = direction_field(fields, "direction");
    if (!along) fields.fault(fmt::format("{} lacks direction", fields.what()));
    handle.direction = along.value_or(Vec3{1, 0, 0});
    fields.finish();
    product_.handles.push_back(std::move(handle));
  }

  void rule(const Tree& table) {
    Fields fields(table, fmt::format("rule {} of build", product_.measure_rules.size() + 1), problem_);
    fields.listed("rules", product_.measure_rules.size());
    MeasureRule rule;
    rule.measure = node(fields, "measure", Kind::number);
    rule.min = fields.number("min");
    rule.max = fields.number("max");
    if (!rule.min && !rule.max) fields.fault(fmt::format("{} has neither min nor max", fields.what()));
    rule.unit = fields.text("unit", "");
    rule.message = fields.text("message");
    for (const std::string& name : fields.texts("parameters")) rule.parameters.push_back(parameter_name(fields, name));
    fields.finish();
    product_.measure_rules.push_back(std::move(rule));
  }

  Sandbox& sandbox_;
  const Template& about_;
  std::string_view source_;
  Problem problem_;
  Product product_;
  std::set<std::string> names_;
  std::size_t placements_ = 0;
};

}  // namespace

Result<Product> read_product(const Tree& root, Sandbox& sandbox, const Template& about, std::string_view source) {
  return ProductReader(sandbox, about, source).read(root);
}

}  // namespace fitwright
