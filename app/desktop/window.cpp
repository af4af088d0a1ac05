#include "app/desktop/window.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>

namespace fitwright::desktop {
namespace {

std::string last_problem;  // GLFW tells its errors through a callback

void note_problem(int, const char* text) { last_problem = text; }

/// No larger than the screen, without its panels, so that nothing is out of reach.
void fit_to_screen(int& width, int& height) {
  GLFWmonitor* screen = glfwGetPrimaryMonitor();
  if (!screen) return;
  int x = 0, y = 0, most_width = 0, most_height = 0;
  float across = 1, down = 1;  // the window is made larger by these
  glfwGetMonitorWorkarea(screen, &x, &y, &most_width, &most_height);
  glfwGetMonitorContentScale(screen, &across, &down);
  if (most_width > 0 && across > 0) width = std::min(width, static_cast<int>(static_cast<float>(most_width) / across));
  if (most_height > 0 && down > 0) height = std::min(height, static_cast<int>(static_cast<float>(most_height) / down));
}

Window& self(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

}  // namespace

std::atomic<bool> Window::woken_ = false;

Result<std::unique_ptr<Window>> Window::open(int width, int height, const std::string& title) {
  std::unique_ptr<Window> window(new Window());
  FW_CHECK(make(*window, width, height, title));
  return window;
}

Result<void> Window::make(Window& window, int width, int height, const std::string& title) {
  glfwSetErrorCallback(note_problem);
  if (!glfwInit())
    return fail(ErrorKind::usage, fmt::format("no window can be opened: {}", last_problem),
                "run it in a graphical session, or use the commands: fitwright --help");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "fitwright");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "fitwright");
  fit_to_screen(width, height);
  window.window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (!window.window_)
    return fail(ErrorKind::usage, fmt::format("this needs OpenGL 3.3, which is not to be had here: {}", last_problem),
                "update the graphics driver, or start it with LIBGL_ALWAYS_SOFTWARE=1 to draw without one");
  glfwMakeContextCurrent(window.window_);
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(window.window_, 640, 480, GLFW_DONT_CARE, GLFW_DONT_CARE);
  window.listen();
  return {};
}

void Window::listen() {
  // The user interface library chains these behind its own.
  glfwSetWindowUserPointer(window_, this);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int, int action, int mods) {
    self(w).activity_ = true;
    if (action == GLFW_RELEASE) return;
    self(w).keys_.push_back({key, (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                             (mods & GLFW_MOD_ALT) != 0, action == GLFW_REPEAT});
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned) { self(w).activity_ = true; });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) {
    self(w).activity_ = true;
    self(w).clicks_.push_back(self(w).mouse_);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { self(w).activity_ = true; });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
    self(w).activity_ = true;
    self(w).mouse_ = {x, y};
  });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int) { self(w).activity_ = true; });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { self(w).activity_ = true; });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { self(w).activity_ = true; });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { self(w).activity_ = true; });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) { self(w).activity_ = true; });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    self(w).activity_ = true;
    for (int i = 0; i < count; ++i) self(w).dropped_.emplace_back(paths[i]);
  });
}

Window::~Window() {
  if (window_) glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::set_title(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title.c_str());
}

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::clamp(x, 0.5F, 4.0F);
}

void Window::size(int& width, int& height) const { glfwGetWindowSize(window_, &width, &height); }
void Window::framebuffer(int& width, int& height) const { glfwGetFramebufferSize(window_, &width, &height); }

void Window::wait(double seconds) { glfwWaitEventsTimeout(seconds); }
void Window::poll() { glfwPollEvents(); }
void Window::wake() {
  woken_ = true;
  glfwPostEmptyEvent();
}
void Window::swap() { glfwSwapBuffers(window_); }

bool Window::close_asked() const { return glfwWindowShouldClose(window_) != 0; }
void Window::refuse_close() { glfwSetWindowShouldClose(window_, GLFW_FALSE); }

bool Window::is_down(int key) const { return glfwGetKey(window_, key) == GLFW_PRESS; }
std::vector<KeyPress> Window::take_keys() { return std::exchange(keys_, {}); }
std::optional<WindowPoint> Window::take_click() {
  if (clicks_.empty()) return std::nullopt;
  const WindowPoint place = clicks_.front();
  clicks_.pop_front();
  return place;
}
std::vector<std::filesystem::path> Window::take_dropped() { return std::exchange(dropped_, {}); }
bool Window::take_activity() {
  const bool woken = woken_.exchange(false);
  return std::exchange(activity_, false) || woken;
}

}  // namespace fitwright::desktop
