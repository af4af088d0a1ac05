#include "geometry/kernel/svg_outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <pugixml.hpp>

#include "geometry/kernel/svg_path.hpp"

namespace fitwright {

namespace {

constexpr int max_depth = 64;
constexpr std::size_t max_segments = 20'000;
constexpr double px = 25.4 / 96;  // mm (CSS Values 4, 6.2)

/// A length with its unit, in mm; absent for none, "100%" and other relative ones.
std::optional<double> absolute(const char* text) {
  static constexpr std::array<std::pair<std::string_view, double>, 7> units{
      {{"", px}, {"px", px}, {"mm", 1}, {"cm", 10}, {"in", 25.4}, {"pt", 25.4 / 72}, {"pc", 25.4 / 6}}};
  SvgNumbers numbers(text);
  double value = 0;
  if (!numbers.number(value) || value <= 0) return std::nullopt;
  std::string_view unit = std::string_view(text).substr(numbers.place());
  while (unit.ends_with(' ')) unit.remove_suffix(1);
  for (const auto& [name, size] : units)
    if (unit == name) return value * size;
  return std::nullopt;
}

/// The product of the functions in a transform attribute; absent when it cannot be read.
std::optional<Affine> transform(std::string_view text) {
  Affine all;
  while (true) {
    const std::size_t start = text.find_first_not_of(" \t\r\n,");
    if (start == std::string_view::npos) return all;
    const std::size_t open = text.find('(', start), close = text.find(')', start);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
    std::string_view name = text.substr(start, open - start);
    while (name.ends_with(' ')) name.remove_suffix(1);
    std::array<double, 6> v{};
    std::size_t n = 0;
    for (SvgNumbers numbers(text.substr(open + 1, close - open - 1)); n < 6 && numbers.number(v[n]);) ++n;
    text.remove_prefix(close + 1);
    const double angle = v[0] * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    if (name == "matrix" && n == 6)
      all = all * Affine{v[0], v[1], v[2], v[3], v[4], v[5]};
    else if (name == "translate" && n >= 1)
      all = all * Affine{1, 0, 0, 1, v[0], v[1]};
    else if (name == "scale" && n >= 1)
      all = all * Affine{v[0], 0, 0, n > 1 ? v[1] : v[0], 0, 0};
    else if (name == "rotate" && n >= 1)
      all = all * Affine{1, 0, 0, 1, v[1], v[2]} * Affine{c, s, -s, c, 0, 0} * Affine{1, 0, 0, 1, -v[1], -v[2]};
    else if (name == "skewX" && n == 1)
      all = all * Affine{1, 0, std::tan(angle), 1, 0, 0};
    else if (name == "skewY" && n == 1)
      all = all * Affine{1, std::tan(angle), 0, 1, 0, 0};
    else
      return std::nullopt;
  }
}

class SvgReader {
 public:
  Result<Drawing> read(const pugi::xml_node& svg) {
    FW_TRY(const Affine page, page_of(svg));
    FW_CHECK(group(svg, page, 0));
    if (drawing_.elements.empty())
      return fail(ErrorKind::file, "the drawing has no closed outline",
                  "convert texts and strokes to paths, and save it as plain SVG");
    return std::move(drawing_);
  }

 private:
  /// From user units to millimetres with y up.
  Result<Affine> page_of(const pugi::xml_node& svg) {
    const auto width = absolute(svg.attribute("width").value()), height = absolute(svg.attribute("height").value());
    std::array<double, 4> box{0, 0, width.value_or(100 * px) / px, height.value_or(100 * px) / px};
    SvgNumbers numbers(svg.attribute("viewBox").value());
    std::array<double, 4> given{};
    std::size_t n = 0;
    while (n < 4 && numbers.number(given[n])) ++n;
    if (n == 4) box = given;
    if (box[2] <= 0 || box[3] <= 0) return fail(ErrorKind::file, "the drawing's page has no size");
    // Both sizes given: the drawing keeps its proportions and fits in (preserveAspectRatio's default).
    double scale = px;
    if (width && height)
      scale = std::min(*width / box[2], *height / box[3]);
    else if (width)
      scale = *width / box[2];
    else if (height)
      scale = *height / box[3];
    drawing_.width = scale * box[2];
    drawing_.height = scale * box[3];
    return Affine{scale, 0, 0, -scale, -scale * box[0], scale * (box[1] + box[3])};
  }

  Result<void> group(const pugi::xml_node& parent, const Affine& outer, int depth) {
    if (depth > max_depth)
      return fail(ErrorKind::file, "the drawing is nested more than " + std::to_string(max_depth) + " deep");
    for (const pugi::xml_node& node : parent.children()) {
      if (node.type() != pugi::node_element || is_hidden(node)) continue;
      const auto own = transform(node.attribute("transform").value());
      if (!own)
        return fail(ErrorKind::file, "the drawing has a transform that cannot be read", "save it again as plain SVG");
      const Affine map = outer * *own;
      const std::string_view name = local_name(node);
      if (name == "g" || name == "a" || name == "switch")
        FW_CHECK(group(node, map, depth + 1));
      else
        FW_CHECK(element(node, name, map));
    }
    return {};
  }

  static std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1);
  }

  static bool is_hidden(const pugi::xml_node& node) {
    const std::string_view style = node.attribute("style").value();
    return std::string_view(node.attribute("display").value()) == "none" ||
           style.find("display:none") != std::string_view::npos ||
           style.find("display: none") != std::string_view::npos;
  }

  Result<void> element(const pugi::xml_node& node, std::string_view name, const Affine& map) {
    SvgPen pen(map);
    const auto value = [&](const char* attribute) {
      double v = 0;
      SvgNumbers(node.attribute(attribute).value()).number(v);
      return v;
    };
    if (name == "path") {
      FW_CHECK(draw_path(node.attribute("d").value(), pen));
    } else if (name == "rect") {
      rect({value("x"), value("y")}, {value("width"), value("height")}, corner(node), pen);
    } else if (name == "circle") {
      ellipse({value("cx"), value("cy")}, {value("r"), value("r")}, pen);
    } else if (name == "ellipse") {
      ellipse({value("cx"), value("cy")}, {value("rx"), value("ry")}, pen);
    } else if (name == "polygon" || name == "polyline") {
      SvgNumbers numbers(node.attribute("points").value());
      Vec2 p;
      for (bool first = true; numbers.number(p.x) && numbers.number(p.y); first = false)
        first ? pen.move(p) : pen.line(p);
    }
    std::vector<Outline> outlines = pen.finish();
    for (const Outline& outline : outlines) segments_ += outline.segments.size();
    if (segments_ > max_segments)
      return fail(ErrorKind::file, "the drawing has more than " + std::to_string(max_segments) + " curves",
                  "simplify it in the program that made it");
    if (!outlines.empty()) drawing_.elements.push_back(std::move(outlines));
    return {};
  }

  static Vec2 corner(const pugi::xml_node& node) {
    double rx = 0, ry = 0;
    const bool has_x = SvgNumbers(node.attribute("rx").value()).number(rx);
    const bool has_y = SvgNumbers(node.attribute("ry").value()).number(ry);
    return {has_x ? rx : ry, has_y ? ry : rx};
  }

  static void rect(Vec2 at, Vec2 size, Vec2 r, SvgPen& pen) {
    if (size.x <= 0 || size.y <= 0) return;
    r = {std::clamp(r.x, 0.0, size.x / 2), std::clamp(r.y, 0.0, size.y / 2)};
    const auto turn = [&](Vec2 to) { r.x > 0 && r.y > 0 ? pen.arc(r, 0, false, true, to) : pen.line(to); };
    const Vec2 end = at + size;
    pen.move({at.x + r.x, at.y});
    pen.line({end.x - r.x, at.y});
    turn({end.x, at.y + r.y});
    pen.line({end.x, end.y - r.y});
    turn({end.x - r.x, end.y});
    pen.line({at.x + r.x, end.y});
    turn({at.x, end.y - r.y});
    pen.line({at.x, at.y + r.y});
    turn({at.x + r.x, at.y});
    pen.close();
  }

  static void ellipse(Vec2 centre, Vec2 r, SvgPen& pen) {
    if (r.x <= 0 || r.y <= 0) return;
    pen.move({centre.x + r.x, centre.y});
    pen.arc(r, 0, false, true, {centre.x - r.x, centre.y});
    pen.arc(r, 0, false, true, {centre.x + r.x, centre.y});
    pen.close();
  }

  Drawing drawing_;
  std::size_t segments_ = 0;
};

}  // namespace

Result<Drawing> read_svg(std::string_view text) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default);
  const pugi::xml_node svg = document.document_element();
  const std::string_view name = svg.name();
  if (!parsed || name.substr(name.find(':') + 1) != "svg")
    return fail(
        ErrorKind::file,
        "the file is not an SVG drawing" + (parsed ? std::string() : std::string(" (") + parsed.description() + ")"),
        "choose a file saved as SVG");
  return SvgReader().read(svg);
}

}  // namespace fitwright
