// One look at the model: camera, pose, what is hidden, cut away, measured and pointed at. Shared by the two pictures of
// a comparison. No ImGui here.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/view/renderer.hpp"

namespace fitwright::desktop {

/// A plane across the box of the model; what lies on the near side is cut away.
struct Section {
  bool on = false;
  int axis = 1;        ///< 0 x, 1 y, 2 z
  double share = 0.5;  ///< of the box, from its lower end
  bool flipped = false;
};

/// The picture of one model, drawn again only when something of it changed.
class Picture {
 public:
  explicit Picture(Renderer& renderer)
      : renderer_(&renderer), target_(renderer.make_target()), hasty_target_(renderer.make_target()) {}

  /// Texture of the scene as asked for; what it shows afterwards is `scene()`. Drawn hastily while things move (with
  /// half the pixels each way where the processor draws), and as well as can be once they rest and nothing is held
  /// with the mouse, or at once.
  enum class Pace { at_rest, held, at_once };
  unsigned draw(PixelSize size, const Camera& camera, DrawOptions options, Pace pace);
  /// A better drawing is due.
  bool hasty() const { return options_.moving; }
  /// Takes a model, pose, explosion and hidden parts; true when the scene is another one.
  bool show(const std::shared_ptr<const Response>& model, Pose pose, double explode,
            const std::set<std::string>& hidden);
  std::optional<Pick> pick(const Camera& camera, Vec2 at, const std::optional<SectionPlane>& section) const;

  const ViewScene& scene() const { return scene_; }
  const std::shared_ptr<const Response>& model() const { return model_; }
  PixelSize size() const { return size_; }
  std::vector<std::uint8_t> pixels() const { return renderer_->pixels(*target_); }

 private:
  unsigned draw_hastily(DrawOptions options);

  Renderer* renderer_;
  RenderTargetPtr target_, hasty_target_;
  bool warm_ = false;  ///< a hasty picture was drawn before
  std::shared_ptr<const Response> model_;
  Pose pose_ = Pose::assembled;
  double explode_ = 0;
  std::set<std::string> hidden_;
  ViewScene scene_;
  bool fresh_ = false;
  PixelSize size_;
  Camera camera_;
  DrawOptions options_;
  unsigned texture_ = 0;
  std::chrono::steady_clock::time_point moved_;
};

struct View {
  explicit View(Renderer& renderer) : main(renderer), other(renderer) {}

  Camera camera;
  Pose pose = Pose::assembled;
  double explode = 0;
  std::set<std::string> hidden;
  Section section;
  bool dimensions = true;
  bool shows_dimensions() const { return dimensions && !measuring && explode == 0; }
  std::optional<bool> parts_open;  ///< the list of parts; as there is room while nobody said
  Vec2 aside{0.2, 0.15};  ///< share of the picture's width and height that overall dimensions need beside the model
  /// Shares of the picture's width that lists and tools stand on.
  struct {
    double left = 0, right = 0;
  } covered;
  Box3 plate;  ///< of the machine, where it is not much larger than what is made on it; empty: none
  bool measuring = false;
  std::vector<Vec3> measured;  ///< up to two points, in the scene
  std::optional<Pick> hover;
  std::optional<FaceRef> selected;
  std::vector<FaceRef> marked;  ///< faces that a finding is about
  std::vector<Vec3> places;     ///< of that finding, in the scene
  bool comparing = false;
  bool other_first = false;      ///< it stands before the one worked on, as its tab does
  std::string name, other_name;  ///< of what is compared

  Picture main, other;

  /// Moves the camera there, so that the eye can follow.
  void glide(const Camera& to);
  void look(StandardView view);
  void fit(double aspect);
  /// That camera, with all of the model in a picture and room for what is drawn beside it.
  Camera fitted(Camera from, double aspect) const;
  /// Of all that is shown: both models while two are compared, the plate under what is made on it.
  Box3 shown_box() const;
  /// Around one part's copies.
  void fit_part(const std::string& part, double aspect);
  /// Marks what a finding is about and moves the camera there; nothing when its part is not shown.
  void show_finding(const Finding& finding, double aspect);
  /// Goes on with a move under way; true while there is one.
  bool advance();
  std::optional<SectionPlane> plane() const;
  /// The model is another design's: nothing that pointed at the old one holds.
  void forget();

 private:
  struct Move {
    Camera from, to;
    std::chrono::steady_clock::time_point start;
  };
  std::optional<Move> move_;
};

}  // namespace fitwright::desktop
