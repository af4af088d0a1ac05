#include "app/desktop/app.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include <algorithm>

#include "app/desktop/frame_log.hpp"
#include "app/desktop/shell.hpp"
#include "app/desktop/window.hpp"

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

/// Looks that follow settings and screen: fonts and theme are made anew when one of them changes.
class Looks {
 public:
  void follow(const Desk& desk, Gui& gui, float screen_scale) {
    const bool dark = desk.settings.theme == "dark";
    const float scale = screen_scale * static_cast<float>(desk.settings.font_scale);
    if (scale == scale_ && dark == dark_ && made_) return;
    gui.colours = palette(dark);
    gui.scale = scale;
    apply_theme(gui.colours, scale);
    if (scale != scale_ || !made_) {
      gui.fonts = load_fonts(desk.assets(), scale);
      ImGui_ImplOpenGL3_DestroyFontsTexture();
    }
    scale_ = scale;
    dark_ = dark;
    made_ = true;
  }

 private:
  float scale_ = 0;
  bool dark_ = false, made_ = false;
};

/// Until its version 1.87 ImGui asks once a frame which keys are down and where the mouse is. It misses a key that was
/// pressed and let go within a frame: such a key is shown as down for the frame after it. And it takes a button that
/// went down or up on the way for one at the end of the way: the mouse is shown where it was then.
class QuickInput {
 public:
  void show(Window& window) {
#if IMGUI_VERSION_NUM < 18700
    ImGuiIO& io = ImGui::GetIO();
    if (const auto click = window.take_click())
      io.MousePos = {static_cast<float>(click->x), static_cast<float>(click->y)};
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

void paint(const Window& window, const Gui& gui) {
  ImGui::Render();
  int width = 0, height = 0;
  window.framebuffer(width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, width, height);
  const ImVec4& ground = gui.colours.window;
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

/// Seconds to sleep before the next frame when nothing happens.
double patience(const Shell& shell, const Gui& gui) {
  if (shell.animates()) return 0;
  if (shell.settles()) return 0.03;
  if (gui.hint_due) return 0.05;
  if (shell.works()) return 0.05;  // progress moves on; results wake the window themselves
  // The caret of an entry blinks; a passing message passes.
  return ImGui::GetIO().WantTextInput || !shell.desk().toasts.empty() ? 0.4 : 60;
}

void run_frames(Window& window, Shell& shell, Gui& gui, FrameLog& log) {
  Looks looks;
  QuickInput quick_input;
  int frames_due = 3;  // ImGui needs two or three to settle after anything that happens
  while (!shell.done()) {
    if (frames_due > 0 || shell.animates())
      window.poll();
    else
      window.wait(patience(shell, gui));
    if (window.take_activity() || quick_input.due(window)) frames_due = 3;
    --frames_due;
    log.begin();
    looks.follow(shell.desk(), gui, window.content_scale());
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    quick_input.show(window);
    ImGui::NewFrame();
    gui.probe.begin_frame();
    gui.hint_due = false;
    shell.frame(window, gui);
    paint(window, gui);
    log.end(shell.desk().now);
    window.swap();
    if (!gui.probe.on()) continue;
    nlohmann::json state = shell.state_json();
    state["frame"] = ImGui::GetFrameCount();
    state["resting"] =
        frames_due <= 0 && !shell.animates() && !shell.settles();  // nothing moves before something happens
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
