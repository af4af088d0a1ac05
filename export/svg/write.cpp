// SVG for lasers: real size, plain paths without groups or transforms, in the colours of one service's profile.
#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <sstream>

#include "export/clean_text.hpp"
#include "export/make/drawing.hpp"
#include "export/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double plain_stroke = 0.1;  // mm, where no profile says more

// To a millionth of a micrometre: what rounding leaves behind would only lengthen the file.
std::string exact(double value) {
  value = std::round(value * 1e9) / 1e9;
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value == 0 ? 0.0 : value);
  return {digits.data(), end};
}

/// One sheet a drawing: a laser cuts all that it finds in a file from what lies under it.
Result<void> check_one_sheet(const std::vector<DrawnPart>& parts) {
  const DrawnPart &first = parts.front(), &last = parts.back();
  const auto other = std::find_if(parts.begin(), parts.end(), [&](const DrawnPart& part) {
    return std::abs(part.thickness - first.thickness) > 1e-6 || part.material != first.material;
  });
  if (other == parts.end()) return {};
  return fail(ErrorKind::usage,
              fmt::format("an SVG is cut from one sheet, and \"{}\" is {} mm thick while \"{}\" is {} mm{}",
                          first.label, number_text(first.thickness), last.label, number_text(last.thickness),
                          first.thickness == last.thickness ? " of another material" : ""),
              "write one file for each part (--per-part), or a DXF, whose layers name the thickness");
}

Result<void> check_depths(const std::vector<DrawnPart>& parts) {
  for (const DrawnPart& part : parts)
    for (const DrawnContour& one : part.contours)
      if (one.meaning == Meaning::pocket || one.meaning == Meaning::edge_drill ||
          (one.meaning == Meaning::drill && one.depth > 0)) {
        Error error =
            make_error(ErrorKind::geometry,
                       fmt::format("part \"{}\" has a pocket, or a blind hole, {} mm deep, which a laser drawing "
                                   "cannot tell apart from a cut",
                                   part.label, number_text(one.depth)),
                       "write a DXF, whose layers name depths, or leave the colour profile out to look at it");
        error.part = part.label;
        return fail(std::move(error));
      }
  return {};
}

class Drawing {
 public:
  Drawing(const SceneMetadata& data, Vec2 size, const ColourProfile* colours) : height_(size.y), colours_(colours) {
    svg_ = document_.append_child("svg");
    svg_.append_attribute("xmlns") = "http://www.w3.org/2000/svg";
    svg_.append_attribute("width") = (exact(size.x) + "mm").c_str();
    svg_.append_attribute("height") = (exact(size.y) + "mm").c_str();
    svg_.append_attribute("viewBox") = ("0 0 " + exact(size.x) + " " + exact(size.y)).c_str();
    svg_.append_child("title").text() = clean_text(data.title).c_str();
    svg_.append_child("desc").text() =
        colours_ ? ("Colour profile: " + colours_->id).c_str()
                 : "No colour profile was asked for: all lines are black, and their class says what they mean. "
                   "Do not send this to a laser.";
  }

  /// A contour with the islands in it.
  void add(std::span<const DrawnContour> shape) {
    pugi::xml_node path = svg_.append_child("path");
    std::string data;
    for (const DrawnContour& one : shape) append(data, one);
    path.append_attribute("d") = data.c_str();
    const auto [name, colour] = style(shape.front().meaning);
    path.append_attribute("class") = name;
    const bool filled = colours_ && shape.front().meaning == Meaning::engrave;
    path.append_attribute("fill") = filled ? colour.c_str() : "none";
    if (filled) {
      path.append_attribute("fill-rule") = "evenodd";
    } else {
      path.append_attribute("stroke") = colour.c_str();
      path.append_attribute("stroke-width") = exact(colours_ ? colours_->stroke : plain_stroke).c_str();
    }
  }

  void add_label(const DrawnPart& part) {
    const Vec2 at = place((part.box.min + part.box.max) * 0.5);
    pugi::xml_node text = svg_.append_child("text");
    text.append_attribute("x") = exact(at.x).c_str();
    text.append_attribute("y") = exact(at.y).c_str();
    text.append_attribute("class") = "label";
    text.append_attribute("font-size") = "5";
    text.append_attribute("text-anchor") = "middle";
    text.text() = clean_text(part.label).c_str();
  }

  std::string text() const {
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
  }

 private:
  /// SVG counts downwards.
  Vec2 place(Vec2 p) const { return {p.x, height_ - p.y}; }
  std::string pair(Vec2 p) const { return exact(place(p).x) + " " + exact(place(p).y); }

  void append(std::string& data, const DrawnContour& one) const {
    const Contour2D& contour = one.contour;
    data += (data.empty() ? "M" : " M") + pair(contour.front().from);
    for (const Piece2D& piece : contour) {
      if (!piece.is_arc()) {
        data += " L" + pair(piece.to);
        continue;
      }
      // An arc of more than half a turn is drawn in two: a whole circle would vanish, and nearly whole ones are unsafe.
      const int parts = std::abs(piece.sweep) > std::numbers::pi * 0.999 ? 2 : 1;
      for (int i = 1; i <= parts; ++i)
        data += fmt::format(" A{0} {0} 0 0 {1} {2}", exact(piece.radius()), piece.sweep > 0 ? 0 : 1,
                            pair(i == parts ? piece.to : piece.at(0.5)));
    }
    if (!one.open) data += " Z";
  }

  std::pair<const char*, std::string> style(Meaning meaning) const {
    const auto colour = [&](const std::string ColourProfile::*of) {
      return colours_ ? colours_->*of : std::string("#000000");
    };
    switch (meaning) {
      case Meaning::cut_outside: return {"cut-outside", colour(&ColourProfile::cut)};
      case Meaning::cut_inside:
      case Meaning::drill: return {"cut-inside", colour(&ColourProfile::cut_inside)};
      case Meaning::edge_drill: return {"edge-drill", colour(&ColourProfile::engrave)};
      case Meaning::pocket: return {"pocket", colour(&ColourProfile::engrave)};
      case Meaning::engrave: return {"engrave", colour(&ColourProfile::engrave)};
    }
    return {"", ""};
  }

  pugi::xml_document document_;
  pugi::xml_node svg_;
  double height_;
  const ColourProfile* colours_;
};

Result<std::string> write_sheet(const SceneMetadata& data, const DrawnSheet& sheet, const FlatOptions& options,
                                const ColourProfile* colours) {
  const std::vector<DrawnPart>& parts = sheet.parts;
  FW_CHECK(check_one_sheet(parts));
  if (colours) FW_CHECK(check_depths(parts));
  Drawing drawing(data, sheet.size, colours);
  for (const DrawnPart& part : parts) {
    const std::span<const DrawnContour> all(part.contours);
    for (std::size_t i = 0, n = 0; i < all.size(); i += n) {
      for (n = 1; i + n < all.size() && all[i + n].island;) ++n;
      drawing.add(all.subspan(i, n));
    }
    if (options.labels) drawing.add_label(part);
  }
  return drawing.text();
}

Result<std::string> write(const Scene& scene, const FlatOptions& options, const ColourProfile* colours) {
  FW_TRY(const DrawnSheet sheet, draw(scene, options));
  return write_sheet(scene.metadata, sheet, options, colours);
}

}  // namespace

const Format svg_format{.id = "svg",
                        .title = "SVG",
                        .extensions = {".svg"},
                        .mime = "image/svg+xml",
                        .note = "Outlines of flat parts of one sheet in real size, in the colours of a named profile.",
                        .purpose = "Laser, router or saw",
                        .advice = "for services that ask for it, in their colours",
                        .default_pose = Pose::made,
                        .keeps_parts = false,
                        .exact = true,
                        .write = nullptr,
                        .read = nullptr,
                        .write_flat = write,
                        .write_sheet = write_sheet};

}  // namespace fitwright
