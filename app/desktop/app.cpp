#include "app/desktop/app.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cfloat>

#include "app/desktop/frame_log.hpp"
#include "app/desktop/shell.hpp"
#include "app/desktop/window.hpp"
#include "app/view/gl.hpp"

namespace fitwright::desktop {
namespace {

/// ImGui and its two back ends, for as long as the window lives.
class ImGuiGuard {
 public:
  explicit ImGuiGuard(Window& window) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
    ImGui_ImplOpenGL3_Init("#version 330 core");
  }
  ~ImGuiGuard() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  ImGuiGuard(const ImGuiGuard&) = delete;
  ImGuiGuard& operator=(const ImGuiGuard&) = delete;
};

/// Looks that follow settings, screen and texts: fonts and theme are made anew when one of them changes.
class Looks {
 public:
  void follow(const Desk& desk, Gui& gui, float screen_scale) {
    const bool dark = desk.settings.theme == "dark";
    const float scale = screen_scale * static_cast<float>(desk.settings.font_scale);
    const bool known = gui.letters.revision() == letters_;
    if (scale == scale_ && dark == dark_ && known && made_) return;
    gui.colours = palette(dark);
    gui.scale = scale;
    apply_theme(gui.colours, scale);
    if (scale != scale_ || !known || !made_) {
      gui.fonts = load_fonts(desk.assets(), scale, gui.letters);
      if (made_) {  // the first are sent to the card with the first frame
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
      }
    }
    letters_ = gui.letters.revision();
    scale_ = scale;
    dark_ = dark;
    made_ = true;
  }
  /// Letters were shown that the fonts lack.
  bool outdated(const Gui& gui) const { return made_ && gui.letters.revision() != letters_; }

 private:
  float scale_ = 0;
  unsigned letters_ = 0;
  bool dark_ = false, made_ = false;
};

/// Until its version 1.87 ImGui asks once a frame which keys are down and where the mouse is. It misses a key that was
/// pressed and let go within a frame: such a key is shown as down for the frame after it. And it takes a button that
/// went down or up on the way for one at the end of the way: the mouse is shown where it was then.
class QuickInput {
 public:
  void show(Window& window) {
    [[maybe_unused]] const auto click = window.take_click();
#if IMGUI_VERSION_NUM < 18700
    ImGuiIO& io = ImGui::GetIO();
    if (click) io.MousePos = {static_cast<float>(click->x), static_cast<float>(click->y)};
    for (const int key : shown_) io.KeysDown[key] = window.is_down(key);
    if (!shown_.empty()) {
      io.KeyCtrl = window.is_down(GLFW_KEY_LEFT_CONTROL) || window.is_down(GLFW_KEY_RIGHT_CONTROL);
      io.KeyShift = window.is_down(GLFW_KEY_LEFT_SHIFT) || window.is_down(GLFW_KEY_RIGHT_SHIFT);
    }
    shown_.clear();
    for (const KeyPress& press : window.keys()) {
      if (press.key < 0 || press.key >= IM_ARRAYSIZE(io.KeysDown) || io.KeysDown[press.key]) continue;
      io.KeysDown[press.key] = true;
      io.KeyCtrl = press.control;
      io.KeyShift = press.shift;
      shown_.push_back(press.key);
    }
#endif
  }
  /// The next frame has more to show: keys let go, another click.
  bool due(const Window& window) const { return !shown_.empty() || window.has_click(); }

 private:
  std::vector<int> shown_;
};

/// A frame many times as large as the window, for a picture: laid out so, letters and all, and drawn into an image.
class Enlargement {
 public:
  /// The window that the frame to come is for is `factor` times as wide and high.
  void begin(int factor) {
    ImGuiIO& io = ImGui::GetIO();
    factor_ = factor;
    io.DisplaySize = {io.DisplaySize.x * static_cast<float>(factor), io.DisplaySize.y * static_cast<float>(factor)};
    if (factor > 1) io.MousePos = {-FLT_MAX, -FLT_MAX};
  }
  /// Pixels of the frame.
  PixelSize size(const Window& window) const {
    PixelSize all;
    window.framebuffer(all.width, all.height);
    return {all.width * factor_, all.height * factor_};
  }
  /// What the frame is drawn into; the window itself unless it is enlarged.
  GLuint target(const Window& window) {
    if (factor_ == 1) return 0;
    image_ = gl::texture(GL_RGBA8, size(window));
    to_image_ = gl::framebuffer(GL_TEXTURE_2D, image_.get(), 0);
    return to_image_.get();
  }
  void end() {
    to_image_ = {};
    image_ = {};
  }

 private:
  int factor_ = 1;
  gl::Texture image_;
  gl::Framebuffer to_image_;
};

void paint(const Window& window, const Gui& gui, Enlargement& enlargement) {
  ImGui::Render();
  const PixelSize size = enlargement.size(window);
  glBindFramebuffer(GL_FRAMEBUFFER, enlargement.target(window));
  glViewport(0, 0, size.width, size.height);
  const ImVec4& ground = gui.colours.window;
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

/// What the frame that was painted, and is not shown, has in the place of the viewport.
void keep_picture(PixelSize frame, Shell& shell) {
  const ImVec2 scale = ImGui::GetIO().DisplayFramebufferScale;
  const ImVec2 corner = shell.viewport().corner(), all = shell.viewport().size();
  const PixelSize size{static_cast<int>(all.x * scale.x), static_cast<int>(all.y * scale.y)};
  const std::size_t row = static_cast<std::size_t>(size.width) * 4;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(size.height)), pixels;
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(static_cast<int>(corner.x * scale.x), frame.height - static_cast<int>(corner.y * scale.y) - size.height,
               size.width, size.height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  pixels.reserve(upside_down.size());
  for (auto end = upside_down.end(); end != upside_down.begin(); end -= static_cast<std::ptrdiff_t>(row))
    pixels.insert(pixels.end(), end - static_cast<std::ptrdiff_t>(row), end);
  for (std::size_t alpha = 3; alpha < pixels.size(); alpha += 4) pixels[alpha] = 255;
  shell.keep_picture(size, pixels);
}

/// Seconds to sleep before the next frame when nothing happens.
double patience(const Shell& shell, const Gui& gui) {
  if (shell.animates() || gui.resizes) return 0;
  if (shell.settles()) return 0.03;
  if (gui.hint_due) return 0.05;
  if (shell.works()) return 0.05;  // progress moves on; results wake the window themselves
  // The caret of an entry blinks; a passing message passes.
  return ImGui::GetIO().WantTextInput || !shell.desk().toasts.empty() ? 0.4 : 60;
}

void run_frames(Window& window, Shell& shell, Gui& gui, FrameLog& log) {
  Looks looks;
  QuickInput quick_input;
  Enlargement enlargement;
  int frames_due = 3;  // ImGui needs two or three to settle after anything that happens
  while (!shell.done()) {
    if (frames_due > 0 || shell.animates() || looks.outdated(gui))
      window.poll();
    else
      window.wait(patience(shell, gui));
    if (looks.outdated(gui) || window.take_activity() || quick_input.due(window)) frames_due = 3;
    --frames_due;
    log.begin();
    const int factor = shell.picture_factor();
    looks.follow(shell.desk(), gui, window.content_scale() * static_cast<float>(factor));
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    quick_input.show(window);
    enlargement.begin(factor);
    ImGui::NewFrame();
    shell.frame(window, gui);
    paint(window, gui, enlargement);
    log.end(shell.desk().now);
    if (shell.picture_due()) {
      keep_picture(enlargement.size(window), shell);
      enlargement.end();
      frames_due = 3;
      continue;
    }
    window.swap();
    if (!gui.probe.on()) continue;
    nlohmann::json state = shell.state_json();
    state["frame"] = ImGui::GetFrameCount();
    state["resting"] = frames_due <= 0 && !shell.animates() && !shell.settles() &&
                       !gui.resizes;  // nothing moves before something happens
    gui.probe.publish(std::move(state));
  }
}

}  // namespace

Result<void> run_app(const Start& start) {
  FW_TRY(const auto desk, Desk::create(Window::wake));
  const int width = start.width > 0 ? start.width : desk->settings.window_width;
  const int height = start.height > 0 ? start.height : desk->settings.window_height;
  FW_TRY(const auto window, Window::open(width, height, "Fitwright"));
  const ImGuiGuard imgui(*window);
  FW_TRY(const auto renderer, Renderer::create());
  desk->graphics = renderer->description();
  Gui gui;
  gui.probe = Probe(start.probe);
  FrameLog log(start.frame_log);
  Shell shell(*desk, *renderer);
  if (!start.subject.empty()) desk->open(start.subject);
  run_frames(*window, shell, gui, log);
  if (start.width == 0) window->size(desk->settings.window_width, desk->settings.window_height);
  desk->leave();
  return {};
}

}  // namespace fitwright::desktop
