// Outlines under an affine map, as SVG's path commands and shapes draw them.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "geometry/kernel/profile.hpp"

namespace fitwright {

/// (x, y) to (a x + c y + e, b x + d y + f), as SVG writes it.
struct Affine {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  Vec2 operator()(Vec2 p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  double determinant() const { return a * d - b * c; }
  /// Circles stay circles.
  bool is_similarity() const;
};
/// First b, then a.
Affine operator*(const Affine& a, const Affine& b);

/// Draws outlines point by point in a drawing's own coordinates.
class SvgPen {
 public:
  explicit SvgPen(const Affine& map) : map_(map) {}
  void move(Vec2 to);
  void line(Vec2 to);
  void curve(std::vector<Vec2> controls, Vec2 to);
  /// An elliptical arc as SVG's A command gives it (SVG 2, B.2.4: from end points to centre).
  void arc(Vec2 radii, double turn_deg, bool large, bool sweep, Vec2 to);
  void close();
  Vec2 at() const { return at_; }
  /// All outlines, closed, without those that span no area.
  std::vector<Outline> finish();

 private:
  void segment(Segment segment);

  Affine map_;
  std::vector<Outline> outlines_;
  Vec2 start_, at_;  ///< in the drawing's coordinates
};

/// Path data (the attribute d). Errors: file, with the place.
Result<void> draw_path(std::string_view data, SvgPen& pen);

/// Numbers apart by blanks or commas, as attributes hold them; stops at the first thing that is none.
class SvgNumbers {
 public:
  explicit SvgNumbers(std::string_view text) : text_(text) {}
  bool number(double& value);
  /// A flag of an arc: one digit, which the next number may follow at once.
  bool flag(bool& value);
  /// The next letter, or 0.
  char letter();
  bool at_end();
  std::size_t place() const { return next_; }

 private:
  void skip();
  std::string_view text_;
  std::size_t next_ = 0;
};

}  // namespace fitwright
