// DXF by dxflib: millimetres, a layer for each meaning, closed polylines with bulges and circles.
#include <dxflib/dl_dxf.h>
#include <dxflib/dl_writer_ascii.h>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "export/make/drawing.hpp"
#include "export/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

/// dxflib's writer for files, made to write into memory, with numbers as short as they read back unchanged.
class MemoryWriter : public DL_WriterA {
 public:
  MemoryWriter() : DL_WriterA("/dev/null", DL_Codes::AC1015) {}
  void dxfReal(int code, double value) const override {
    // To 1e-12: what rounding leaves behind would only lengthen the file, and bulges need more digits than places.
    value = std::round(value * 1e12) / 1e12;
    std::array<char, 32> digits;
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), value == 0 ? 0.0 : value, std::chars_format::fixed);
    std::string text = error == std::errc{} ? std::string(digits.data(), end) : fmt::format("{:.17g}", value);
    // A real is told from a whole number by its point.
    if (text.find('.') == std::string::npos) text += ".0";
    put(code, text);
  }
  void dxfInt(int code, int value) const override { put(code, fmt::format("{}", value)); }
  void dxfHex(int code, int value) const override { put(code, fmt::format("{:X}", value)); }
  void dxfString(int code, const char* value) const override { put(code, value ? value : ""); }
  void dxfString(int code, const std::string& value) const override { put(code, value); }
  std::string text() const { return text_; }

 private:
  void put(int code, std::string_view value) const { text_ += fmt::format("{:>3}\n{}\n", code, value); }
  mutable std::string text_;
};

std::string depth_text(const DrawnContour& one) {
  return fmt::format("{}{}MM_DEEP", one.side == SheetSide::bottom ? "FROM_BELOW_" : "", number_text(one.depth));
}

std::string layer_of(const DrawnContour& one) {
  switch (one.meaning) {
    case Meaning::cut_outside: return "CUT_OUTSIDE";
    case Meaning::cut_inside: return "CUT_INSIDE";
    case Meaning::pocket: return "POCKET_" + depth_text(one);
    case Meaning::drill:
      return fmt::format("DRILL_{}MM{}", number_text(one.diameter), one.depth > 0 ? "_" + depth_text(one) : "");
    case Meaning::edge_drill: return fmt::format("EDGE_DRILL_{}MM_{}", number_text(one.diameter), depth_text(one));
    case Meaning::engrave: return one.side == SheetSide::bottom ? "ENGRAVE_FROM_BELOW" : "ENGRAVE";
  }
  return "0";
}

/// Layer names with their meaning, in alphabetical order.
using Layers = std::map<std::string, Meaning>;

/// Names the layers; where sheets differ, their thickness belongs to the name.
class LayerNames {
 public:
  explicit LayerNames(const std::vector<DrawnPart>& parts)
      : several_(parts.front().thickness - parts.back().thickness > 1e-6) {}
  std::string operator()(const std::string& name, const DrawnPart& part) const {
    return several_ ? fmt::format("{}_SHEET_{}MM", name, number_text(part.thickness)) : name;
  }

 private:
  bool several_;
};

int rgb_of(const std::string& colour) {
  int rgb = 0;
  std::from_chars(colour.data() + 1, colour.data() + colour.size(), rgb, 16);
  return rgb;
}

/// By AutoCAD's index as old readers know it, and exactly as newer ones do. Without a profile all layers are alike: the
/// index 7, black on white.
DL_Attributes layer_colour(Meaning meaning, const ColourProfile* colours) {
  if (!colours) return DL_Attributes("", 7, -1, -1, "CONTINUOUS");
  const std::string& colour = meaning == Meaning::cut_outside  ? colours->cut
                              : meaning == Meaning::cut_inside ? colours->cut_inside
                              : meaning == Meaning::drill      ? colours->cut_inside
                                                               : colours->engrave;
  const int rgb = rgb_of(colour);
  constexpr std::array pure{0xFF0000, 0xFFFF00, 0x00FF00, 0x00FFFF, 0x0000FF, 0xFF00FF};
  int index = 7;
  for (int i = 0; i < 6; ++i)
    if (pure[i] == rgb) index = i + 1;
  return DL_Attributes("", index, rgb, -1, "CONTINUOUS");
}

void write_tables(DL_Dxf& dxf, MemoryWriter& out, const Layers& layers, const ColourProfile* colours) {
  out.sectionTables();
  dxf.writeVPort(out);
  out.tableLinetypes(3);
  for (const char* name : {"BYBLOCK", "BYLAYER", "CONTINUOUS"})
    dxf.writeLinetype(out, DL_LinetypeData(name, "", 0, 0, 0.0));
  out.tableEnd();
  out.tableLayers(static_cast<int>(layers.size()) + 1);
  dxf.writeLayer(out, DL_LayerData("0", 0), DL_Attributes("", 7, -1, -1, "CONTINUOUS"));
  for (const auto& [name, meaning] : layers) dxf.writeLayer(out, DL_LayerData(name, 0), layer_colour(meaning, colours));
  out.tableEnd();
  out.tableStyle(1);
  // By this name dxflib remembers the style's handle, which the dimension style names.
  dxf.writeStyle(out, DL_StyleData("Standard", 0, 0.0, 1.0, 0.0, 0, 2.5, "txt", ""));
  out.tableEnd();
  dxf.writeView(out);
  dxf.writeUcs(out);
  out.tableAppid(1);
  dxf.writeAppid(out, "ACAD");
  out.tableEnd();
  dxf.writeDimStyle(out, 1, 1, 1, 1, 1);
  dxf.writeBlockRecord(out);
  out.tableEnd();
  out.sectionEnd();
  out.sectionBlocks();
  for (const char* name : {"*Model_Space", "*Paper_Space", "*Paper_Space0"}) {
    dxf.writeBlock(out, DL_BlockData(name, 0, 0.0, 0.0, 0.0));
    dxf.writeEndBlock(out, name);
  }
  out.sectionEnd();
}

void write_contour(DL_Dxf& dxf, MemoryWriter& out, const DrawnContour& one, const std::string& layer) {
  const Contour2D& contour = one.contour;
  const DL_Attributes by_layer(layer, 256, -1, -1, "BYLAYER");
  if (is_circle(contour)) {
    const Piece2D& circle = contour.front();
    return dxf.writeCircle(out, DL_CircleData(circle.centre.x, circle.centre.y, 0, circle.radius()), by_layer);
  }
  const int corners = static_cast<int>(contour.size()) + (one.open ? 1 : 0);
  dxf.writePolyline(out, DL_PolylineData(corners, 0, 0, one.open ? 0 : 1), by_layer);
  for (const Piece2D& piece : contour)
    dxf.writeVertex(out, DL_VertexData(piece.from.x, piece.from.y, 0, std::tan(piece.sweep / 4)));
  if (one.open) dxf.writeVertex(out, DL_VertexData(contour.back().to.x, contour.back().to.y, 0, 0));
  dxf.writePolylineEnd(out);
}

void write_label(DL_Dxf& dxf, MemoryWriter& out, const DrawnPart& part) {
  const Vec2 at = (part.box.min + part.box.max) * 0.5;
  const double height = std::min(10.0, std::min(part.box.size().x, part.box.size().y) / 4);
  dxf.writeText(out, DL_TextData(at.x, at.y, 0, at.x, at.y, 0, height, 1, 0, 1, 2, part.label, "Standard", 0),
                DL_Attributes("TEXT", 256, -1, -1, "BYLAYER"));
}

Result<std::string> write_sheet(const SceneMetadata&, const DrawnSheet& sheet, const FlatOptions& options,
                                const ColourProfile* colours) {
  const std::vector<DrawnPart>& parts = sheet.parts;
  const LayerNames name(parts);
  Layers layers;
  for (const DrawnPart& part : parts)
    for (const DrawnContour& one : part.contours) layers.emplace(name(layer_of(one), part), one.meaning);
  if (options.labels) layers.emplace("TEXT", Meaning::engrave);
  DL_Dxf dxf;
  MemoryWriter out;
  dxf.writeHeader(out);
  out.dxfString(9, "$INSUNITS");
  out.dxfInt(70, 4);
  out.dxfString(9, "$MEASUREMENT");
  out.dxfInt(70, 1);
  out.sectionEnd();
  write_tables(dxf, out, layers, colours);
  out.sectionEntities();
  for (const DrawnPart& part : parts) {
    for (const DrawnContour& one : part.contours) write_contour(dxf, out, one, name(layer_of(one), part));
    if (options.labels) write_label(dxf, out, part);
  }
  out.sectionEnd();
  dxf.writeObjects(out);
  dxf.writeObjectsEnd(out);
  out.dxfEOF();
  return out.text();
}

Result<std::string> write(const Scene& scene, const FlatOptions& options, const ColourProfile* colours) {
  FW_TRY(const DrawnSheet sheet, draw(scene, options));
  return write_sheet(scene.metadata, sheet, options, colours);
}

}  // namespace

const Format dxf_format{.id = "dxf",
                        .title = "DXF",
                        .extensions = {".dxf"},
                        .mime = "image/vnd.dxf",
                        .note = "Outlines of flat parts in millimetres, lines and arcs on a layer for each meaning.",
                        .purpose = "Laser, router or saw",
                        .advice = "the usual: a layer for each meaning",
                        .default_pose = Pose::made,
                        .keeps_parts = false,
                        .exact = true,
                        .write = nullptr,
                        .read = nullptr,
                        .write_flat = write,
                        .write_sheet = write_sheet};

}  // namespace fitwright
