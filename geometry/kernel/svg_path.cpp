#include "geometry/kernel/svg_path.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace fitwright {

namespace {
constexpr double pi = std::numbers::pi;
constexpr double nothing = 1e-6;  // mm: shorter pieces are dropped
}  // namespace

bool Affine::is_similarity() const {
  const double size = std::hypot(a, b);
  return size > 0 && std::abs(std::hypot(c, d) - size) < 1e-9 * size && std::abs(a * c + b * d) < 1e-9 * size * size;
}

Affine operator*(const Affine& p, const Affine& q) {
  return {p.a * q.a + p.c * q.b, p.b * q.a + p.d * q.b,       p.a * q.c + p.c * q.d,
          p.b * q.c + p.d * q.d, p.a * q.e + p.c * q.f + p.e, p.b * q.e + p.d * q.f + p.f};
}

void SvgPen::move(Vec2 to) {
  close();
  start_ = at_ = to;
  outlines_.push_back({map_(to), {}});
}

void SvgPen::segment(Segment segment) {
  if (outlines_.empty()) outlines_.push_back({map_(at_), {}});
  const Outline& outline = outlines_.back();
  const Vec2 from = outline.segments.empty() ? outline.start : outline.segments.back().to;
  const bool bare = segment.controls.empty() && !segment.centre;
  if (bare && length(segment.to - from) < nothing) return;
  segment.role = "outline";
  outlines_.back().segments.push_back(std::move(segment));
}

void SvgPen::line(Vec2 to) {
  at_ = to;
  segment({.to = map_(to)});
}

void SvgPen::curve(std::vector<Vec2> controls, Vec2 to) {
  for (Vec2& control : controls) control = map_(control);
  at_ = to;
  segment({.to = map_(to), .controls = std::move(controls)});
}

void SvgPen::arc(Vec2 radii, double turn_deg, bool large, bool sweep, Vec2 to) {
  const Vec2 from = at_;
  double rx = std::abs(radii.x), ry = std::abs(radii.y);
  if (length(to - from) == 0) return;
  if (rx == 0 || ry == 0) return line(to);
  const double turn = turn_deg * pi / 180, co = std::cos(turn), si = std::sin(turn);
  const Vec2 half = (from - to) * 0.5, p{co * half.x + si * half.y, -si * half.x + co * half.y};
  const double scale = std::hypot(p.x / rx, p.y / ry);
  if (scale > 1) {  // too small to reach: grown until they do
    rx *= scale;
    ry *= scale;
  }
  const double over = rx * rx * p.y * p.y + ry * ry * p.x * p.x;
  const double share = (large == sweep ? -1 : 1) * std::sqrt(std::max(0.0, (rx * rx * ry * ry - over) / over));
  const Vec2 c{share * rx * p.y / ry, -share * ry * p.x / rx}, middle = (from + to) * 0.5;
  const Vec2 centre{co * c.x - si * c.y + middle.x, si * c.x + co * c.y + middle.y};
  const double first = std::atan2((p.y - c.y) / ry, (p.x - c.x) / rx);
  double angle = std::atan2((-p.y - c.y) / ry, (-p.x - c.x) / rx) - first;
  if (sweep && angle < 0) angle += 2 * pi;
  if (!sweep && angle > 0) angle -= 2 * pi;
  at_ = to;
  if (rx == ry && map_.is_similarity())
    return segment({.to = map_(to), .centre = map_(centre), .clockwise = angle * map_.determinant() < 0});
  const auto point = [&](double t) {
    return Vec2{centre.x + rx * co * std::cos(t) - ry * si * std::sin(t),
                centre.y + rx * si * std::cos(t) + ry * co * std::sin(t)};
  };
  const auto along = [&](double t) {
    return Vec2{-rx * co * std::sin(t) - ry * si * std::cos(t), -rx * si * std::sin(t) + ry * co * std::cos(t)};
  };
  // A cubic over a 16th of a turn strays from the ellipse by less than 1e-7 of its size.
  const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(angle) / (pi / 8) - 1e-9)));
  const double step = angle / pieces, reach = 4.0 / 3 * std::tan(step / 4);
  for (int i = 0; i < pieces; ++i) {
    const double a = first + i * step, b = a + step;
    const Vec2 end = i + 1 == pieces ? to : point(b);
    segment({.to = map_(end), .controls = {map_(point(a) + along(a) * reach), map_(point(b) - along(b) * reach)}});
  }
}

void SvgPen::close() {
  at_ = start_;
  if (outlines_.empty() || outlines_.back().segments.empty()) return;
  Outline& outline = outlines_.back();
  Segment& last = outline.segments.back();
  const double gap = length(last.to - outline.start);
  if (gap >= nothing)
    outline.segments.push_back({outline.start, "outline"});
  else
    last.to = outline.start;
  outlines_.push_back({outline.start, {}});
}

std::vector<Outline> SvgPen::finish() {
  close();
  std::erase_if(outlines_, [](const Outline& o) {
    const bool flat = std::all_of(o.segments.begin(), o.segments.end(),
                                  [](const Segment& s) { return s.controls.empty() && !s.centre; });
    return o.segments.size() < (flat ? 3 : 2);
  });
  return std::move(outlines_);
}

void SvgNumbers::skip() {
  while (next_ < text_.size() && (std::isspace(static_cast<unsigned char>(text_[next_])) || text_[next_] == ','))
    ++next_;
}

bool SvgNumbers::number(double& value) {
  skip();
  const char* begin = text_.data() + next_;
  const char* end = text_.data() + text_.size();
  if (begin != end && *begin == '+') ++begin;
  const auto read = std::from_chars(begin, end, value);
  if (read.ec != std::errc{} || !std::isfinite(value) || std::abs(value) > 1e7) return false;
  next_ = static_cast<std::size_t>(read.ptr - text_.data());
  return true;
}

bool SvgNumbers::flag(bool& value) {
  skip();
  if (next_ >= text_.size() || (text_[next_] != '0' && text_[next_] != '1')) return false;
  value = text_[next_++] == '1';
  return true;
}

char SvgNumbers::letter() {
  skip();
  if (next_ >= text_.size() || !std::isalpha(static_cast<unsigned char>(text_[next_]))) return 0;
  return text_[next_++];
}

bool SvgNumbers::at_end() {
  skip();
  return next_ >= text_.size();
}

namespace {

/// Runs path commands. A command's letter may be left out when it repeats.
class PathReader {
 public:
  PathReader(std::string_view data, SvgPen& pen) : numbers_(data), pen_(pen) {}

  Result<void> run() {
    char command = 0;
    for (int count = 0; !numbers_.at_end(); ++count) {
      if (count > 200'000) return fail(ErrorKind::file, "the path of a drawing has too many pieces");
      if (const char letter = numbers_.letter())
        command = letter;
      else if (command == 'M' || command == 'm')
        command = command == 'M' ? 'L' : 'l';
      else if (command == 'Z' || command == 'z')
        command = 0;
      if (!draw(command))
        return fail(
            ErrorKind::file,
            "the path of a drawing cannot be read from its character " + std::to_string(numbers_.place() + 1) + " on",
            "save it again as plain SVG");
    }
    return {};
  }

 private:
  bool point(bool relative, Vec2& p) {
    if (!numbers_.number(p.x) || !numbers_.number(p.y)) return false;
    if (relative) p = p + pen_.at();
    return true;
  }

  bool draw(char command) {
    const bool relative = std::islower(static_cast<unsigned char>(command));
    const Vec2 at = pen_.at();
    Vec2 a, b, to;
    // The control point that a smooth command mirrors, if the last command left one.
    const Vec2 cubic = had_cubic_ ? at * 2 - control_ : at, quadratic = had_quadratic_ ? at * 2 - control_ : at;
    had_cubic_ = had_quadratic_ = false;
    switch (std::toupper(static_cast<unsigned char>(command))) {
      case 'M': return point(relative, to) && (pen_.move(to), true);
      case 'L': return point(relative, to) && (pen_.line(to), true);
      case 'H': return numbers_.number(to.x) && (pen_.line({to.x + (relative ? at.x : 0), at.y}), true);
      case 'V': return numbers_.number(to.y) && (pen_.line({at.x, to.y + (relative ? at.y : 0)}), true);
      case 'C': return point(relative, a) && point(relative, b) && point(relative, to) && draw_cubic(a, b, to);
      case 'S': return point(relative, b) && point(relative, to) && draw_cubic(cubic, b, to);
      case 'Q': return point(relative, a) && point(relative, to) && draw_quadratic(a, to);
      case 'T': return point(relative, to) && draw_quadratic(quadratic, to);
      case 'A': return draw_arc(relative);
      case 'Z': pen_.close(); return true;
      default: return false;
    }
  }
  bool draw_cubic(Vec2 a, Vec2 b, Vec2 to) {
    pen_.curve({a, b}, to);
    control_ = b;
    had_cubic_ = true;
    return true;
  }
  bool draw_quadratic(Vec2 a, Vec2 to) {
    pen_.curve({a}, to);
    control_ = a;
    had_quadratic_ = true;
    return true;
  }
  bool draw_arc(bool relative) {
    Vec2 radii, to;
    double turn = 0;
    bool large = false, sweep = false;
    if (!numbers_.number(radii.x) || !numbers_.number(radii.y) || !numbers_.number(turn) || !numbers_.flag(large) ||
        !numbers_.flag(sweep) || !point(relative, to))
      return false;
    pen_.arc(radii, turn, large, sweep, to);
    return true;
  }

  SvgNumbers numbers_;
  SvgPen& pen_;
  Vec2 control_;
  bool had_cubic_ = false, had_quadratic_ = false;
};

}  // namespace

Result<void> draw_path(std::string_view data, SvgPen& pen) { return PathReader(data, pen).run(); }

}  // namespace fitwright
