#include "app/desktop/viewport/overlay.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

ImVec2 operator+(ImVec2 a, ImVec2 b) { return {a.x + b.x, a.y + b.y}; }
ImVec2 operator-(ImVec2 a, ImVec2 b) { return {a.x - b.x, a.y - b.y}; }
ImVec2 operator*(ImVec2 a, float s) { return {a.x * s, a.y * s}; }
float length(ImVec2 a) { return std::hypot(a.x, a.y); }

/// The middle of a text that would be cut by the picture's edge, moved inside; one that is out of sight stays there.
ImVec2 kept_in(const Canvas& canvas, ImVec2 middle, const std::string& text, float pad) {
  const ImVec2 half = ImGui::CalcTextSize(text.c_str()) * 0.5F + ImVec2(pad, pad);
  const ImVec2 low = canvas.min + half, high = canvas.max - half;
  const bool in_sight = middle.x > canvas.min.x - half.x && middle.x < canvas.max.x + half.x &&
                        middle.y > canvas.min.y - half.y && middle.y < canvas.max.y + half.y;
  if (!in_sight || low.x > high.x || low.y > high.y) return middle;
  return {std::clamp(middle.x, low.x, high.x), std::clamp(middle.y, low.y, high.y)};
}

void label(Gui& gui, ImVec2 middle, const std::string& text, const ImVec4& ink) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const ImVec2 pad{gui.px(5), gui.px(2)};
  const ImVec2 min = middle - size * 0.5F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min - pad, min + size + pad, packed(faded(gui.colours.raised, 0.92F)), gui.px(4));
  list.AddText(min, packed(ink), text.c_str());
  gui.probe.area("dimension", min - pad, min + size + pad, text);
}

struct CubeFace {
  StandardView view;
  const char* text;
  Vec3 normal, across, upward;
};
constexpr std::array<CubeFace, 6> cube_faces{{
    {StandardView::front, "Front", {0, -1, 0}, {1, 0, 0}, {0, 0, 1}},
    {StandardView::back, "Back", {0, 1, 0}, {-1, 0, 0}, {0, 0, 1}},
    {StandardView::right, "Right", {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {StandardView::left, "Left", {-1, 0, 0}, {0, -1, 0}, {0, 0, 1}},
    {StandardView::top, "Top", {0, 0, 1}, {1, 0, 0}, {0, 1, 0}},
    {StandardView::bottom, "Bottom", {0, 0, -1}, {1, 0, 0}, {0, -1, 0}},
}};

bool inside(const std::array<ImVec2, 4>& corners, ImVec2 p) {
  bool positive = true, negative = true;
  for (std::size_t i = 0; i < 4; ++i) {
    const ImVec2 a = corners[i], b = corners[(i + 1) % 4];
    const float side = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    positive = positive && side >= 0;
    negative = negative && side <= 0;
  }
  return positive || negative;
}

}  // namespace

std::optional<ImVec2> Canvas::to_screen(Vec3 point) const {
  const auto seen = camera->project(point, aspect());
  if (!seen) return std::nullopt;
  return ImVec2(min.x + static_cast<float>(seen->at.x + 1) / 2 * (max.x - min.x),
                max.y - static_cast<float>(seen->at.y + 1) / 2 * (max.y - min.y));
}

Vec2 Canvas::to_picture(ImVec2 screen) const {
  return {2.0 * (screen.x - min.x) / (max.x - min.x) - 1, 2.0 * (max.y - screen.y) / (max.y - min.y) - 1};
}

void draw_dimension(Gui& gui, const Canvas& canvas, Vec3 from, Vec3 to, Vec3 offset, const std::string& text,
                    const ImVec4& colour) {
  const auto a = canvas.to_screen(from + offset), b = canvas.to_screen(to + offset);
  const auto base_a = canvas.to_screen(from), base_b = canvas.to_screen(to);
  if (!a || !b || !base_a || !base_b) return;
  const ImVec2 span = *b - *a;
  const float long_enough = gui.px(24);
  if (length(span) < long_enough) return;
  const ImVec2 unit = span * (1 / length(span)), side{-unit.y, unit.x};
  const float width = gui.px(1.2F), head = gui.px(7);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 line = packed(faded(colour, 0.9F));
  list.AddLine(*base_a, *a, packed(faded(colour, 0.4F)), width);
  list.AddLine(*base_b, *b, packed(faded(colour, 0.4F)), width);
  list.AddLine(*a, *b, line, width);
  list.AddTriangleFilled(*a, *a + unit * head + side * (head * 0.35F), *a + unit * head - side * (head * 0.35F), line);
  list.AddTriangleFilled(*b, *b - unit * head + side * (head * 0.35F), *b - unit * head - side * (head * 0.35F), line);
  label(gui, kept_in(canvas, (*a + *b) * 0.5F, text, gui.px(6)), text, colour);
}

void draw_overall(Gui& gui, const Canvas& canvas, const Box3& box, bool inches) {
  if (box.empty()) return;
  const Vec3 eye = canvas.camera->eye(), middle = (box.min + box.max) * 0.5, size = box.size();
  // Outwards by the same distance in the picture, however large the model is.
  const double gap = canvas.camera->half_height_at(middle) * 2 * gui.px(30) / (canvas.max.y - canvas.min.y);
  const bool front = eye.y < middle.y, left = eye.x < middle.x;
  const double near_y = front ? box.min.y : box.max.y, near_x = left ? box.min.x : box.max.x;
  const double out_y = front ? -gap : gap, out_x = left ? -gap : gap;
  const ImVec4& ink = gui.colours.muted;
  draw_dimension(gui, canvas, {box.min.x, near_y, box.min.z}, {box.max.x, near_y, box.min.z}, {0, out_y, 0},
                 length_text(size.x, inches), ink);
  draw_dimension(gui, canvas, {near_x, box.min.y, box.min.z}, {near_x, box.max.y, box.min.z}, {out_x, 0, 0},
                 length_text(size.y, inches), ink);
  // The upright edge furthest to the left of the picture is free of the model on its outer side.
  const Vec3 one{near_x, front ? box.max.y : box.min.y, box.min.z},
      two{left ? box.max.x : box.min.x, near_y, box.min.z};
  const auto at_one = canvas.to_screen(one), at_two = canvas.to_screen(two);
  if (!at_one || !at_two) return;
  const bool take_one = at_one->x < at_two->x;
  const Vec3 foot = take_one ? one : two;
  const Vec3 out = take_one ? Vec3{0, front ? gap : -gap, 0} : Vec3{left ? gap : -gap, 0, 0};
  draw_dimension(gui, canvas, foot, {foot.x, foot.y, box.max.z}, out, length_text(size.z, inches), ink);
}

void draw_measure(Gui& gui, const Canvas& canvas, const std::vector<Vec3>& points, bool inches) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const Vec3& point : points)
    if (const auto at = canvas.to_screen(point)) {
      list.AddCircleFilled(*at, gui.px(4), packed(gui.colours.accent));
      list.AddCircle(*at, gui.px(4), packed(gui.colours.raised));
    }
  if (points.size() < 2) return;
  const Vec3 by = points[1] - points[0];
  draw_dimension(gui, canvas, points[0], points[1], {}, length_text(fitwright::length(by), inches), gui.colours.accent);
}

void draw_places(Gui& gui, const Canvas& canvas, const std::vector<Vec3>& places) {
  constexpr std::size_t most = 60;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < std::min(most, places.size()); ++i) {
    const auto at = canvas.to_screen(places[i]);
    if (!at) continue;
    const float radius = gui.px(13);
    list.AddCircle(*at, radius, packed(gui.colours.raised), 32, gui.px(4));
    list.AddCircle(*at, radius, packed(gui.colours.danger), 32, gui.px(2));
    gui.probe.area("finding place", *at - ImVec2(3, 3), *at + ImVec2(3, 3));
  }
}

void draw_bed(Gui& gui, const Canvas& canvas, const Box3& model, Vec2 bed, const std::string& name) {
  if (model.empty()) return;
  const Vec2 middle{(model.min.x + model.max.x) / 2, (model.min.y + model.max.y) / 2};
  const Vec2 low = middle - bed * 0.5, high = middle + bed * 0.5;
  const bool fits = model.size().x <= bed.x + 1e-6 && model.size().y <= bed.y + 1e-6;
  const ImU32 ink = packed(faded(fits ? gui.colours.accent : gui.colours.danger, 0.75F));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto line = [&](Vec3 from, Vec3 to, float width) {
    const auto a = canvas.to_screen(from), b = canvas.to_screen(to);
    if (a && b) list.AddLine(*a, *b, ink, gui.px(width));
  };
  const std::array<Vec3, 4> corners{{{low.x, low.y, 0}, {high.x, low.y, 0}, {high.x, high.y, 0}, {low.x, high.y, 0}}};
  for (std::size_t i = 0; i < 4; ++i) line(corners[i], corners[(i + 1) % 4], 1.5F);
  // The direction of building stands beside what is made: the plate's own corner may be far away.
  const double tall = std::max(model.size().z, 0.3 * std::max(model.size().x, model.size().y)), head = tall * 0.16;
  const Vec3 foot{model.min.x - 0.12 * std::max(model.size().x, model.size().y), model.min.y, 0};
  const Vec3 top = foot + Vec3{0, 0, tall};
  line(foot, top, 2);
  line(top, top + Vec3{head * 0.5, 0, -head}, 2);
  line(top, top + Vec3{-head * 0.5, 0, -head}, 2);
  const auto at = canvas.to_screen(foot);
  if (!at) return;
  const std::string words = fits ? name : name + ": not enough for all";
  const ImVec2 half = ImGui::CalcTextSize(words.c_str()) * 0.5F, edge = half + ImVec2(gui.px(12), gui.px(10));
  // At the plate's own lower corner where all of it is seen.
  ImVec2 lowest = canvas.min;
  bool whole = true;
  for (const Vec3& corner : corners) {
    const auto seen = canvas.to_screen(corner);
    whole = whole && seen && canvas.contains(*seen);
    if (seen && seen->y > lowest.y) lowest = *seen;
  }
  const ImVec2 beside = (whole ? lowest : *at + ImVec2(half.x, 0)) + ImVec2(0, gui.px(16));
  const ImVec2 seen{
      std::clamp(beside.x, canvas.min.x + edge.x, std::max(canvas.min.x + edge.x, canvas.max.x - edge.x)),
      std::clamp(beside.y, canvas.min.y + edge.y, std::max(canvas.min.y + edge.y, canvas.max.y - edge.y))};
  label(gui, seen, words, fits ? gui.colours.muted : gui.colours.danger);
  gui.probe.area("bed", seen - half, seen + half, words);
}

void draw_name(Gui& gui, ImVec2 at, const std::string& name) {
  ImGui::PushFont(gui.fonts.bold);
  ImGui::GetWindowDrawList()->AddText(at, packed(gui.colours.text), name.c_str());
  ImGui::PopFont();
}

bool draw_handle(Gui& gui, const Canvas& canvas, Vec3 at, Vec3 direction, bool active, const std::string& name) {
  const auto base = canvas.to_screen(at);
  const double reach = canvas.camera->half_height_at(at) * 0.05;
  const auto ahead = canvas.to_screen(at + direction * reach);
  if (!base || !ahead) return false;
  const ImVec2 way = *ahead - *base;
  const float shown = length(way);
  if (shown < 1e-3F) return false;
  // Seen end on the arrow is a dot: it cannot be dragged then, and its length says so.
  const ImVec2 unit = way * (1 / shown), side{-unit.y, unit.x};
  const float whole = 0.025F * (canvas.max.y - canvas.min.y);  // as `reach` is seen from the side
  const float arrow = gui.px(34) * std::clamp(shown / whole, 0.3F, 1.0F);
  const ImVec2 start = *base + unit * gui.px(6), tip = start + unit * arrow;
  const ImVec2 mouse = ImGui::GetIO().MousePos - start;
  const float t = std::clamp(mouse.x * unit.x + mouse.y * unit.y, 0.0F, arrow);
  const bool over = length(mouse - unit * t) < gui.px(9);
  const float head = std::min(gui.px(11), arrow / 2);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec4& colour = over || active ? gui.colours.accent_hover : gui.colours.accent;
  const auto arrow_in = [&](ImU32 ink, float grow) {
    list.AddLine(start, tip - unit * head, ink, gui.px(3) + grow);
    list.AddTriangleFilled(tip + unit * grow, tip - unit * (head + grow) + side * (head * 0.6F + grow),
                           tip - unit * (head + grow) - side * (head * 0.6F + grow), ink);
  };
  arrow_in(packed(faded(gui.colours.raised, 0.9F)), gui.px(1.6F));
  arrow_in(packed(colour), over || active ? gui.px(0.8F) : 0);
  gui.probe.area("handle " + name, {std::min(start.x, tip.x), std::min(start.y, tip.y)},
                 {std::max(start.x, tip.x), std::max(start.y, tip.y)});
  return over;
}

double along_axis(const Canvas& canvas, ImVec2 mouse, Vec3 at, Vec3 direction) {
  // The point of the axis nearest to the line of sight.
  const Ray ray = canvas.ray(mouse);
  const double slant = dot(ray.direction, direction), flat = 1 - slant * slant;
  if (flat < 1e-6) return 0;
  const Vec3 between = at - ray.origin;
  return (slant * dot(ray.direction, between) - dot(direction, between)) / flat;
}

std::optional<StandardView> draw_cube(Gui& gui, const Canvas& canvas, ImVec2 centre, bool clicked, bool& over) {
  const Camera& camera = *canvas.camera;
  const Vec3 right = camera.right(), up = camera.up(), forward = camera.forward();
  const float half = gui.px(26);
  const auto flat = [&](Vec3 p) {
    return centre + ImVec2(static_cast<float>(dot(p, right)) * half, -static_cast<float>(dot(p, up)) * half);
  };
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::optional<StandardView> chosen;
  ImGui::PushFont(gui.fonts.small);
  for (const CubeFace& face : cube_faces) {
    const double towards = -dot(face.normal, forward);
    if (towards < 0.05) continue;
    std::array<ImVec2, 4> corners{
        flat(face.normal - face.across - face.upward), flat(face.normal + face.across - face.upward),
        flat(face.normal + face.across + face.upward), flat(face.normal - face.across + face.upward)};
    // While a button is down the window counts as hovered no longer.
    const bool hit = inside(corners, mouse) && (clicked || ImGui::IsWindowHovered());
    over = over || hit;
    if (hit && clicked) chosen = face.view;
    list.AddConvexPolyFilled(corners.data(), 4, packed(hit ? gui.colours.accent_ground : gui.colours.raised));
    list.AddPolyline(corners.data(), 4, packed(gui.colours.border), ImDrawFlags_Closed, gui.px(1));
    const ImVec2 size = ImGui::CalcTextSize(face.text), middle = flat(face.normal);
    if (towards > 0.45)
      list.AddText(middle - size * 0.5F, packed(hit ? gui.colours.accent : gui.colours.muted), face.text);
    gui.probe.area(std::string("cube ") + face.text, middle - ImVec2(3, 3), middle + ImVec2(3, 3));
  }
  ImGui::PopFont();
  return chosen;
}

}  // namespace fitwright::desktop
