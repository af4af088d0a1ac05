#include "app/desktop/viewport/view.hpp"

#include <algorithm>

#include "app/view/finding_view.hpp"

namespace fitwright::desktop {

namespace {

constexpr double move_seconds = 0.25;
constexpr auto rest_after = std::chrono::milliseconds(120);

double along(Vec3 v, int axis) { return axis == 0 ? v.x : axis == 1 ? v.y : v.z; }

Box3 box_of(const ViewPart& part) {
  Box3 all;
  const Box3& box = part.part->built.box;
  for (const Placement& copy : part.copies)
    for (int corner = 0; corner < 8; ++corner)
      all.add(copy.apply({corner & 1 ? box.max.x : box.min.x, corner & 2 ? box.max.y : box.min.y,
                          corner & 4 ? box.max.z : box.min.z}));
  return all;
}

}  // namespace

unsigned Picture::draw(PixelSize size, const Camera& camera, DrawOptions options, Pace pace) {
  const auto now = std::chrono::steady_clock::now();
  const bool moved = !fresh_ || size != size_ || camera != camera_ || options.section != options_.section;
  if (moved) moved_ = now;
  const bool moves = now - moved_ < rest_after || (pace == Pace::held && hasty());
  options.moving = texture_ != 0 && pace != Pace::at_once && moves;
  if (fresh_ && size == size_ && camera == camera_ && options == options_) {
    // The driver compiles what hasty pictures need when the first is drawn, which is not to hold up the first drag.
    if (!warm_ && renderer_->in_software() && !scene_.box.empty()) draw_hastily(options);
    return texture_;
  }
  size_ = size;
  camera_ = camera;
  options_ = options;
  if (options.moving && renderer_->in_software())
    texture_ = draw_hastily(options);
  else
    texture_ = renderer_->draw(*target_, size, scene_, camera, options);
  fresh_ = true;
  return texture_;
}

unsigned Picture::draw_hastily(DrawOptions options) {
  options.moving = true;
  options.line_width /= 2;
  warm_ = warm_ || !scene_.box.empty();
  return renderer_->draw(*hasty_target_, {size_.width / 2, size_.height / 2}, scene_, camera_, options);
}

bool Picture::show(const std::shared_ptr<const Response>& model, Pose pose, double explode,
                   const std::set<std::string>& hidden) {
  if (model == model_ && pose == pose_ && explode == explode_ && hidden == hidden_) return false;
  model_ = model;
  pose_ = pose;
  explode_ = explode;
  hidden_ = hidden;
  scene_ = model ? view_scene(model, pose, explode, hidden) : ViewScene{};
  fresh_ = false;
  return true;
}

std::optional<Pick> Picture::pick(const Camera& camera, Vec2 at, const std::optional<SectionPlane>& section) const {
  if (scene_.parts.empty() || size_.width <= 0) return std::nullopt;
  return renderer_->pick(scene_, camera, size_, at, section);
}

void View::glide(const Camera& to) { move_ = Move{camera, to, std::chrono::steady_clock::now()}; }

void View::look(StandardView view) {
  Camera to = camera;
  to.look(view);
  glide(to);
}

void View::fit(double aspect) { glide(fitted(camera, aspect)); }

Camera View::fitted(Camera from, double aspect) const {
  const Vec2 room = dimensions ? aside : Vec2{};
  const double free = 1 - covered.left - covered.right;
  from.fit(shown_box(), aspect * free * (1 - room.x) / (1 - room.y));
  from.span /= 1 - room.y;
  from.pan({covered.left - covered.right, 0}, aspect);
  return from;
}

Box3 View::shown_box() const {
  Box3 box = main.scene().box;
  if (comparing && !other.scene().box.empty()) box.add(other.scene().box);
  if (pose == Pose::made && !box.empty()) box.add(plate);
  return box;
}

void View::fit_part(const std::string& name, double aspect) {
  for (const ViewPart& part : main.scene().parts)
    if (part.part->built.name == name) {
      Camera to = camera;
      to.fit(box_of(part), aspect);
      glide(to);
    }
}

void View::show_finding(const Finding& finding, double aspect) {
  selected.reset();
  marked.clear();
  places.clear();
  auto found = finding_view(main.scene(), finding, camera, aspect, false, plane());
  if (!found) return;
  marked = std::move(found->faces);
  places = std::move(found->places);
  glide(found->camera);
}

bool View::advance() {
  if (!move_) return false;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - move_->start).count();
  const double share = std::clamp(seconds / move_seconds, 0.0, 1.0);
  camera = between(move_->from, move_->to, share);
  if (share >= 1) move_.reset();
  return true;
}

std::optional<SectionPlane> View::plane() const {
  const Box3& box = main.scene().box;
  if (!section.on || box.empty()) return std::nullopt;
  const double low = along(box.min, section.axis), high = along(box.max, section.axis);
  const double at = low + (high - low) * section.share;
  const double sign = section.flipped ? 1 : -1;
  SectionPlane plane;
  plane.point = (box.min + box.max) * 0.5;
  plane.normal = {};
  (section.axis == 0 ? plane.point.x : section.axis == 1 ? plane.point.y : plane.point.z) = at;
  (section.axis == 0 ? plane.normal.x : section.axis == 1 ? plane.normal.y : plane.normal.z) = sign;
  return plane;
}

void View::forget() {
  hover.reset();
  selected.reset();
  marked.clear();
  places.clear();
  measured.clear();
  hidden.clear();
  section.on = false;
  measuring = false;
  pose = Pose::assembled;
  explode = 0;
  comparing = false;
}

}  // namespace fitwright::desktop
