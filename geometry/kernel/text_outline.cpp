#include "geometry/kernel/text_outline.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <hb.h>

#include <memory>

#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/profile.hpp"

namespace fitwright {

namespace {

struct FreeTypeLibrary {
  FT_Library library = nullptr;
  FreeTypeLibrary() { FT_Init_FreeType(&library); }
  ~FreeTypeLibrary() { FT_Done_FreeType(library); }
};

/// A font opened by both libraries; lengths in font units until scaled.
class Font {
 public:
  static Result<std::unique_ptr<Font>> open(const std::string& bytes) {
    auto font = std::make_unique<Font>();
    const auto* data = reinterpret_cast<const FT_Byte*>(bytes.data());
    if (FT_New_Memory_Face(font->library_.library, data, static_cast<FT_Long>(bytes.size()), 0, &font->face_) != 0 ||
        !FT_IS_SCALABLE(font->face_))
      return geometry_error("the font cannot be read", "use a TrueType or OpenType font");
    font->blob_ =
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    font->hb_face_ = hb_face_create(font->blob_, 0);
    font->hb_font_ = hb_font_create(font->hb_face_);
    return font;
  }
  Font() = default;
  ~Font() {
    hb_font_destroy(hb_font_);
    hb_face_destroy(hb_face_);
    hb_blob_destroy(blob_);
    if (face_) FT_Done_Face(face_);
  }
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;

  FT_Face face() const { return face_; }
  hb_font_t* shaping() const { return hb_font_; }

  /// Height of a capital H in font units.
  double cap_height() const {
    const auto* os2 = static_cast<const TT_OS2*>(FT_Get_Sfnt_Table(face_, FT_SFNT_OS2));
    if (os2 && os2->version >= 2 && os2->sCapHeight > 0) return os2->sCapHeight;
    if (FT_Load_Char(face_, 'H', FT_LOAD_NO_SCALE) == 0 && face_->glyph->metrics.height > 0)
      return static_cast<double>(face_->glyph->metrics.height);
    return 0.7 * face_->units_per_EM;
  }

 private:
  FreeTypeLibrary library_;
  FT_Face face_ = nullptr;
  hb_blob_t* blob_ = nullptr;
  hb_face_t* hb_face_ = nullptr;
  hb_font_t* hb_font_ = nullptr;
};

struct PlacedGlyph {
  unsigned id;
  Vec2 at;           ///< font units
  unsigned cluster;  ///< byte offset in the text
};

struct Line {
  std::vector<PlacedGlyph> glyphs;
  double advance = 0;
};

/// What is drawn of a line, in font units; empty when nothing is.
struct Ink {
  double x0 = 1e300, x1 = -1e300, y0 = 1e300, y1 = -1e300;
  bool empty() const { return x0 > x1; }
};

Line shape(const Font& font, std::string_view text) {
  std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)> buffer(hb_buffer_create(), hb_buffer_destroy);
  hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(font.shaping(), buffer.get(), nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
  Line line;
  for (unsigned i = 0; i < count; ++i) {
    line.glyphs.push_back({infos[i].codepoint,
                           {line.advance + positions[i].x_offset, static_cast<double>(positions[i].y_offset)},
                           infos[i].cluster});
    line.advance += positions[i].x_advance;
  }
  return line;
}

Ink ink_of(const Font& font, const Line& line) {
  Ink ink;
  for (const PlacedGlyph& glyph : line.glyphs) {
    if (FT_Load_Glyph(font.face(), glyph.id, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0 ||
        font.face()->glyph->outline.n_points == 0)
      continue;
    FT_BBox box;
    FT_Outline_Get_CBox(&font.face()->glyph->outline, &box);
    ink.x0 = std::min(ink.x0, glyph.at.x + static_cast<double>(box.xMin));
    ink.x1 = std::max(ink.x1, glyph.at.x + static_cast<double>(box.xMax));
    ink.y0 = std::min(ink.y0, glyph.at.y + static_cast<double>(box.yMin));
    ink.y1 = std::max(ink.y1, glyph.at.y + static_cast<double>(box.yMax));
  }
  return ink;
}

/// Receives FreeType's walk along a glyph's contours.
struct Contours {
  std::vector<Outline> all;
  Vec2 origin;
  double scale;
  Vec2 at;

  Vec2 map(const FT_Vector* p) const {
    return (origin + Vec2{static_cast<double>(p->x), static_cast<double>(p->y)}) * scale;
  }
  void close() {
    if (all.empty() || all.back().segments.empty()) return;
    if (length(at - all.back().start) > 1e-7) all.back().segments.push_back({all.back().start, "outline"});
  }
  void segment(Segment s) {
    if (length(s.to - at) < 1e-7 && s.controls.empty()) return;
    at = s.to;
    all.back().segments.push_back(std::move(s));
  }
  static int move_to(const FT_Vector* to, void* user) {
    auto& self = *static_cast<Contours*>(user);
    self.close();
    self.at = self.map(to);
    self.all.push_back({self.at, {}});
    return 0;
  }
  static int line_to(const FT_Vector* to, void* user) {
    auto& self = *static_cast<Contours*>(user);
    self.segment({self.map(to), "outline"});
    return 0;
  }
  static int conic_to(const FT_Vector* c, const FT_Vector* to, void* user) {
    auto& self = *static_cast<Contours*>(user);
    self.segment({.to = self.map(to), .role = "outline", .controls = {self.map(c)}});
    return 0;
  }
  static int cubic_to(const FT_Vector* c1, const FT_Vector* c2, const FT_Vector* to, void* user) {
    auto& self = *static_cast<Contours*>(user);
    self.segment({.to = self.map(to), .role = "outline", .controls = {self.map(c1), self.map(c2)}});
    return 0;
  }
};

Result<std::vector<Outline>> glyph_outlines(const Font& font, const PlacedGlyph& glyph, double scale) {
  if (FT_Load_Glyph(font.face(), glyph.id, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0)
    return geometry_error("a letter of the font cannot be read");
  Contours contours{{}, glyph.at, scale, {}};
  const FT_Outline_Funcs functions{Contours::move_to, Contours::line_to, Contours::conic_to, Contours::cubic_to, 0, 0};
  if (FT_Outline_Decompose(&font.face()->glyph->outline, &functions, &contours) != 0)
    return geometry_error("a letter of the font cannot be read");
  contours.close();
  std::erase_if(contours.all, [](const Outline& o) { return o.segments.size() < 2; });
  return contours.all;
}

}  // namespace

Result<Body> text_profile(std::string_view text, const std::string& font_bytes, double size, std::string_view align,
                          BooleanTask& task) {
  return guarded("drawing text", [&]() -> Result<Body> {
    if (text.size() > 500)
      return geometry_error("a text may have at most 500 bytes, this one has " + std::to_string(text.size()));
    FW_TRY(const auto font, Font::open(font_bytes));
    const double scale = size / font->cap_height();
    Line line = shape(*font, text);
    // By what is drawn, as texts are measured: the room that a font leaves beside its letters would shift them.
    const Ink ink = ink_of(*font, line);
    const double shift = ink.empty()         ? 0
                         : align == "center" ? -(ink.x0 + ink.x1) / 2
                         : align == "right"  ? -ink.x1
                                             : -ink.x0;
    std::vector<RegionUse> letters;
    for (PlacedGlyph glyph : line.glyphs) {
      glyph.at.x += shift;
      FW_TRY(const auto outlines, glyph_outlines(*font, glyph, scale));
      if (outlines.empty()) continue;
      FW_TRY(Body letter, make_nested(outlines));
      letters.push_back({std::move(letter), {}});
    }
    if (letters.empty())
      return geometry_error("the text \"" + std::string(text) + "\" has nothing to draw",
                            "enter at least one letter or digit");
    FW_TRY(Regions regions, unite_regions(std::move(letters), task));
    return std::move(regions.body);
  });
}

Result<TextMeasure> measure_text(std::string_view text, const std::string& font_bytes, double size) {
  FW_TRY(const auto font, Font::open(font_bytes));
  const double scale = size / font->cap_height();
  const Line line = shape(*font, text);
  TextMeasure measure;
  for (const PlacedGlyph& glyph : line.glyphs) {
    if (glyph.id != 0) continue;
    std::size_t end = glyph.cluster + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    measure.missing.emplace_back(text.substr(glyph.cluster, end - glyph.cluster));
  }
  if (const Ink ink = ink_of(*font, line); !ink.empty()) {
    measure.width = (ink.x1 - ink.x0) * scale;
    measure.height = (ink.y1 - ink.y0) * scale;
  }
  return measure;
}

}  // namespace fitwright
