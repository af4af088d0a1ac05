#include "app/desktop/viewport/viewport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/words.hpp"
#include "templates/schema/values.hpp"

namespace fitwright::desktop {
namespace {

constexpr double degrees_per_unit = 0.45;  // of the mouse, at scale 1

float distance(ImVec2 a, ImVec2 b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// A value moved to the next step of the parameter's, and into its range.
double stepped(const Parameter& parameter, double value) {
  const double step = parameter.kind == ParameterKind::count ? 1 : parameter.step.value_or(0);
  if (step > 0) value = std::round(value / step) * step;
  if (parameter.min) value = std::max(value, *parameter.min);
  if (parameter.max) value = std::min(value, *parameter.max);
  return value;
}

/// The plate of the machine that is chosen: the smallest that the process has and all fits on, else the largest. Null
/// where none is known.
const BuildVolume* plate_for(const Desk& desk, const Box3& model) {
  const Process* process = desk.process();
  const BuildVolume* plate = nullptr;
  if (!process || model.empty()) return plate;
  for (const BuildVolume& volume : process->build_volumes) {
    plate = &volume;
    if (model.size().x <= volume.size.x && model.size().y <= volume.size.y) break;
  }
  return plate;
}

}  // namespace

void Viewport::start_anew() {
  view.forget();
  colours.kind = MapKind::none;
  fit_pending_ = true;
  handle_drag_.reset();
}

// A model that has outgrown the picture, or that a narrower picture cuts off, is brought back into it, once nobody
// drags.
void Viewport::keep_in_view(const Canvas& canvas) {
  const Box3 box = view.shown_box();
  const bool compared = view.comparing != comparing_before_;
  const bool reshaped = canvas.aspect() != seen_aspect_;
  if (box == seen_box_ && !compared && !refit_ && !reshaped) return;
  if (ImGui::IsAnyMouseDown() || box.empty()) return;
  seen_box_ = box;
  seen_aspect_ = canvas.aspect();
  comparing_before_ = view.comparing;
  bool inside = !std::exchange(refit_, false) && !compared;
  for (int corner = 0; corner < 8 && inside; ++corner) {
    const Vec3 at{corner & 1 ? box.max.x : box.min.x, corner & 2 ? box.max.y : box.min.y,
                  corner & 4 ? box.max.z : box.min.z};
    const auto seen = view.camera.project(at, canvas.aspect());
    inside = seen && std::abs(seen->at.x) < 1 && std::abs(seen->at.y) < 1;
  }
  if (!inside) view.fit(canvas.aspect());
}

DrawOptions Viewport::options(const Desk& desk, const Gui& gui, bool main) const {
  DrawOptions o;
  o.colours = gui.colours.view;
  o.edges = desk.settings.edges;
  o.shadow = desk.settings.shadow;
  o.line_width = 1.2 * gui.scale;
  o.section = view.plane();
  if (main && colours.model()) o.map = colours.colours();
  if (!main || gui.plain) return o;
  o.stale = desk.now.stale && desk.now.error.has_value();
  if (view.hover && !view.hover->on_cut) o.hover = view.hover->face;
  o.selected = view.marked;
  if (view.selected) o.selected.push_back(*view.selected);
  return o;
}

void Viewport::draw(Desk& desk, Gui& gui, Pointer& pointer) {
  const ImVec2 min = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  if (room.x < 8 || room.y < 8) return;
  corner_ = min;
  size_ = room;
  moving_ = view.advance();
  view.camera.perspective = desk.settings.perspective;
  const auto other = view.comparing ? desk.comparison->state().answer : nullptr;
  const float gap = gui.px(4), width = view.comparing ? (room.x - gap) / 2 : room.x;
  const Place left{min, {width, room.y}}, right{{min.x + width + gap, min.y}, {width, room.y}};
  const bool swapped = view.comparing && view.other_first;
  colours.follow(desk);
  draw_picture(desk, gui, pointer, view.main, colours.model() ? colours.model() : desk.now.model,
               swapped ? right : left, "Viewport", true);
  if (view.comparing)
    draw_picture(desk, gui, pointer, view.other, other, swapped ? left : right, "Second viewport", false);
}

void Viewport::draw_picture(Desk& desk, Gui& gui, Pointer& pointer, Picture& picture,
                            const std::shared_ptr<const Response>& model, const Place& area, const char* id,
                            bool main) {
  if (picture.show(model, view.pose, view.explode, view.hidden) && main) {
    view.measured.clear();
    view.marked.clear();  // of another build or pose
    view.places.clear();
  }
  const ImVec2 max{area.min.x + area.size.x, area.min.y + area.size.y};
  const Canvas canvas{area.min, max, &view.camera};
  if (main) {
    aspect_ = canvas.aspect();
    // A dimension stands aside by its gap and half of its text.
    view.aside = {std::min(0.6, 2.0 * gui.px(60) / area.size.x), std::min(0.6, 2.0 * gui.px(34) / area.size.y)};
  }
  if (main) lay_plate(desk, picture.scene().box);
  if (main && fit_pending_ && !picture.scene().box.empty()) {
    fit_pending_ = false;
    view.camera.look(StandardView::iso);
    view.camera = view.fitted(view.camera, aspect_);
  }
  if (main) keep_in_view(canvas);
  ImGui::SetCursorScreenPos(area.min);
  ImGui::InvisibleButton(
      id, area.size,
      ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle);
  gui.probe.item(id);
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  const ImVec2 pixels = ImGui::GetIO().DisplayFramebufferScale;
  const PixelSize size{static_cast<int>(area.size.x * pixels.x), static_cast<int>(area.size.y * pixels.y)};
  using Pace = Picture::Pace;
  const Pace pace = gui.plain ? Pace::at_once : ImGui::IsAnyMouseDown() ? Pace::held : Pace::at_rest;
  const unsigned texture = picture.draw(size, view.camera, options(desk, gui, main), pace);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(area.min, max, true);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): ImGui hands the name of a texture on as a pointer
  list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture)), area.min, max, {0, 1}, {1, 0});
  if (main && view.shows_dimensions()) draw_overall(gui, canvas, picture.scene().box, desk.settings.inches);
  if (main) draw_edited(desk, gui, canvas, pointer);
  if (main && !gui.plain && view.pose == Pose::made) draw_machine(desk, gui, canvas, picture.scene().box);
  if (main && !gui.plain) draw_places(gui, canvas, view.places);
  const bool used = ImGui::IsAnyItemActive() ||
                    ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  if (main && !used && escape_pressed(gui)) view.measured.clear();
  if (main) draw_measure(gui, canvas, view.measured, desk.settings.inches);
  const bool over_handle = main && !gui.plain && draw_handles(desk, gui, canvas, hovered, pointer);
  bool over_cube = false;
  const ImVec2 cube{max.x - gui.px(52), area.min.y + gui.px(56)};
  const bool clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  if (const auto chosen = main && !gui.plain ? draw_cube(gui, canvas, cube, clicked, over_cube) : std::nullopt)
    view.look(*chosen);
  if (view.comparing)
    draw_name(gui, {area.min.x + gui.px(14), area.min.y + gui.px(12)}, main ? view.name : view.other_name);
  list.PopClipRect();
  if (handle_drag_) {
    if (main) drag_handle(desk, canvas);
    return;
  }
  if (clicked) {
    pressed_on_model_ = !over_cube && !over_handle;
    pressed_at_ = ImGui::GetIO().MousePos;
  }
  if (!over_cube && !over_handle) navigate(gui, canvas, hovered, active && pressed_on_model_);
  if (main) point(desk, canvas, picture, hovered && !over_cube && !over_handle && !ImGui::IsAnyMouseDown(), pointer);
  if (main) draw_hover_text(desk, gui, picture);
}

// The whole plate is to be seen where the model is not lost on it.
void Viewport::lay_plate(const Desk& desk, const Box3& model) {
  view.plate = {};
  const BuildVolume* plate = view.pose == Pose::made ? plate_for(desk, model) : nullptr;
  if (!plate || std::max(plate->size.x, plate->size.y) > 4 * std::max(model.size().x, model.size().y)) return;
  const Vec3 middle = (model.min + model.max) * 0.5, half{plate->size.x / 2, plate->size.y / 2, 0};
  view.plate.add(Vec3{middle.x - half.x, middle.y - half.y, 0});
  view.plate.add(Vec3{middle.x + half.x, middle.y + half.y, 0});
}

void Viewport::draw_machine(const Desk& desk, Gui& gui, const Canvas& canvas, const Box3& model) const {
  const BuildVolume* plate = plate_for(desk, model);
  if (!plate) return;
  const Process& process = *desk.process();
  const bool sheet = process.input_kind == "profile" || process.input_kind == "cut_list";
  draw_bed(
      gui, canvas, model, {plate->size.x, plate->size.y},
      fmt::format("{} {} \u00d7 {} ({})", sheet ? "Sheet" : "Bed", length_text(plate->size.x, desk.settings.inches),
                  length_text(plate->size.y, desk.settings.inches),
                  process.id == process.does ? plate->name : process.name));
}

void Viewport::navigate(Gui& gui, const Canvas& canvas, bool hovered, bool active) {
  const ImGuiIO& io = ImGui::GetIO();
  const Vec2 moved{2.0 * io.MouseDelta.x / (canvas.max.x - canvas.min.x),
                   -2.0 * io.MouseDelta.y / (canvas.max.y - canvas.min.y)};
  const bool turned = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  const bool left = ImGui::IsMouseDown(ImGuiMouseButton_Left);
  const bool others = ImGui::IsItemActive() &&
                      (ImGui::IsMouseDown(ImGuiMouseButton_Right) || ImGui::IsMouseDown(ImGuiMouseButton_Middle));
  if (turned && (others || (active && left && io.KeyShift)))
    view.camera.pan(moved, canvas.aspect());
  else if (turned && active && left && distance(pressed_at_, io.MousePos) > gui.px(3))
    view.camera.orbit(-io.MouseDelta.x / gui.scale * degrees_per_unit, io.MouseDelta.y / gui.scale * degrees_per_unit);
  if (hovered && io.MouseWheel != 0)
    view.camera.zoom(std::pow(0.87, io.MouseWheel), canvas.to_picture(io.MousePos), canvas.aspect());
  if (hovered && io.MouseWheelH != 0) view.camera.pan({io.MouseWheelH * 0.05, 0}, canvas.aspect());
}

void Viewport::point(Desk& desk, const Canvas& canvas, Picture& picture, bool hovered, Pointer& pointer) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool same = distance(mouse, pointed_at_) < 0.5F && pointed_model_ == picture.model() && !moving_;
  if (!hovered && !ImGui::IsAnyMouseDown()) view.hover.reset();
  if (hovered && !same) {
    pointed_at_ = mouse;
    pointed_model_ = picture.model();
    view.hover = picture.pick(view.camera, canvas.to_picture(mouse), view.plane());
  }
  const bool released = ImGui::IsMouseReleased(ImGuiMouseButton_Left) && pressed_on_model_;
  if (!released || distance(mouse, pressed_at_) > 4 || !canvas.contains(mouse)) return;
  pressed_on_model_ = false;
  view.hover = picture.pick(view.camera, canvas.to_picture(mouse), view.plane());
  click(desk, pointer);
}

void Viewport::click(Desk& desk, Pointer& pointer) {
  if (view.measuring) {
    if (view.measured.size() >= 2) view.measured.clear();
    if (view.hover) view.measured.push_back(view.hover->at);
    return;
  }
  view.marked.clear();
  view.places.clear();
  view.selected = view.hover && !view.hover->on_cut ? std::optional(view.hover->face) : std::nullopt;
  pointer.revealed.clear();
  if (!view.selected || !desk.now.model) return;
  pointer.revealed = face_parameters(desk.now, view.selected->part, view.selected->face);
  pointer.reveal = !pointer.revealed.empty();
}

bool Viewport::draw_handles(Desk& desk, Gui& gui, const Canvas& canvas, bool hovered, const Pointer& pointer) {
  if (view.pose != Pose::assembled || view.explode > 0 || view.measuring || view.section.on || desk.now.error)
    return false;
  bool over_any = false;
  for (const Handle& handle : desk.now.handles) {
    const double* value = nullptr;
    if (const auto it = desk.now.values.find(handle.parameter); it != desk.now.values.end())
      value = std::get_if<double>(&it->second);
    const bool shown =
        desk.now.visible.contains(handle.parameter) && !desk.now.document.locked.contains(handle.parameter);
    if (!value || !shown || handle.rate == 0) continue;
    const bool active = handle_drag_ && handle_drag_->handle.parameter == handle.parameter;
    const bool over = draw_handle(gui, canvas, handle.at, handle.direction,
                                  active || pointer.edited == handle.parameter, handle.parameter) &&
                      hovered;
    over_any = over_any || over;
    if (!over || !ImGui::IsMouseClicked(ImGuiMouseButton_Left)) continue;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    handle_drag_ = HandleDrag{handle, *value, along_axis(canvas, mouse, handle.at, handle.direction),
                              fmt::format("handle {} {}", handle.parameter, ++gestures_)};
  }
  return over_any;
}

void Viewport::drag_handle(Desk& desk, const Canvas& canvas) {
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) return handle_drag_.reset();
  const HandleDrag& drag = *handle_drag_;
  const Parameter* parameter = desk.now.about.find_parameter(drag.handle.parameter);
  if (!parameter) return handle_drag_.reset();
  const double moved =
      along_axis(canvas, ImGui::GetIO().MousePos, drag.handle.at, drag.handle.direction) - drag.grabbed;
  const double value = stepped(*parameter, drag.value + moved / drag.handle.rate);
  if (desk.values.at(parameter->name) == ParameterValue(value)) return;
  desk.edit([&](Document& document) { document.set(parameter->name, value, drag.gesture); });
}

void Viewport::draw_edited(Desk& desk, Gui& gui, const Canvas& canvas, const Pointer& pointer) {
  const std::string& name = handle_drag_ ? handle_drag_->handle.parameter : pointer.edited;
  if (name.empty() || view.pose != Pose::assembled || view.explode > 0) return;
  const Parameter* parameter = desk.now.about.find_parameter(name);
  if (!parameter || parameter->kind != ParameterKind::length || !desk.now.model) return;
  const auto value = desk.now.model->values.find(name);
  for (const Handle& handle : desk.now.handles) {
    if (handle.parameter != name || value == desk.now.model->values.end()) continue;
    // A handle stands at the end of what it measures.
    const double length = std::get<double>(value->second);
    draw_dimension(gui, canvas, handle.at - handle.direction * length, handle.at, {},
                   label_of(*parameter) + "  " + shown_value(*parameter, value->second, desk.settings.inches),
                   gui.colours.accent);
  }
}

void Viewport::draw_hover_text(Desk& desk, Gui& gui, const Picture& picture) {
  if (!view.hover || view.hover->on_cut || !desk.now.model || gui.plain || ImGui::IsAnyMouseDown()) return;
  const FaceRef& face = view.hover->face;
  if (face.part >= picture.scene().parts.size()) return;
  const ResponsePart& part = *picture.scene().parts[face.part].part;
  const ImVec2 size = hover_text_size_, mouse = ImGui::GetIO().MousePos;
  const float last = std::max(0.0F, ImGui::GetIO().DisplaySize.x - size.x);
  const ImVec2 beside{std::min(mouse.x + gui.px(16), last), mouse.y + gui.px(12)};
  const bool low = beside.y + size.y > corner_.y + size_.y;
  ImGui::SetNextWindowPos(
      clear_corner(gui, low ? ImVec2(beside.x, mouse.y - gui.px(8) - size.y) : beside, size, {1, 0}));
  ImGui::BeginTooltip();
  const std::string label = part_label(part);
  bold(gui, part.assembled.size() > 1 ? fmt::format("{} ({} pieces)", label, part.assembled.size()) : label);
  gui.probe.item("hover text", label);
  if (face.face < part.built.faces.size()) muted(gui, face_text(part.built, face.face, desk.settings.inches));
  if (view.measuring) {
    muted(gui, "Click two points to measure between them");
  } else if (const auto names = face_parameters(desk.now, face.part, face.face); !names.empty()) {
    const std::vector<std::string> few(names.begin(), names.begin() + std::min<std::ptrdiff_t>(4, std::ssize(names)));
    text(gui, labels_of(desk.now.about, few));
  }
  hover_text_size_ = ImGui::GetWindowSize();
  ImGui::EndTooltip();
}

}  // namespace fitwright::desktop
