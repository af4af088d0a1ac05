// The model coloured by thickness, overhang or steepness: asked of the engine in the background, with its legend.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/desktop/desk.hpp"
#include "app/desktop/gui.hpp"
#include "app/view/renderer.hpp"

namespace fitwright::desktop {

class ColourMap {
 public:
  MapKind kind = MapKind::none;

  /// Asks for the map of what is worked on, once it rests.
  void follow(Desk& desk);
  /// The model with a mesh fit for its colours; null while there is none of the values.
  const std::shared_ptr<const Response>& model() const { return model_; }
  const std::shared_ptr<const TriangleColours>& colours() const { return colours_; }
  /// Which figure is shown, and what the colours mean.
  void draw_legend(Desk& desk, Gui& gui);

 private:
  void draw_scale(Desk& desk, Gui& gui, const MapScale& scale);

  std::optional<Request> asked_;
  std::uint64_t number_ = 0;
  std::shared_ptr<const Response> model_;
  std::shared_ptr<const TriangleColours> colours_;
  std::string problem_;
};

/// Where a figure stands on the scale of colours, 0 (well) to 1 (worst); a limit stands in the middle.
double badness(MapKind kind, const MapScale& scale, double value);

}  // namespace fitwright::desktop
