#include "app/view/picture.hpp"

#include <fmt/format.h>

namespace fitwright {

Result<std::string> picture(const std::shared_ptr<const Response>& model, const PictureOptions& options) {
  FW_TRY(const auto context, OffscreenContext::create());
  FW_TRY(const auto renderer, Renderer::create());
  const ViewScene scene = view_scene(model, options.pose);
  Camera camera;
  camera.perspective = options.perspective;
  camera.look(options.view);
  camera.fit(scene.box, options.size.aspect());
  DrawOptions drawing;
  drawing.transparent = options.transparent;
  const RenderTargetPtr target = renderer->make_target();
  if (renderer->draw(*target, options.size, scene, camera, drawing) == 0)
    return fail(ErrorKind::usage,
                fmt::format("the graphics driver ({}) cannot draw {} x {} pixels", renderer->description(),
                            options.size.width, options.size.height),
                "ask for a smaller size");
  return png_bytes(options.size, renderer->pixels(*target));
}

}  // namespace fitwright
