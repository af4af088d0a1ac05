// The window of the system: events, keys, files dropped on it. Sleeps until something happens.
#pragma once

#include <atomic>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"

struct GLFWwindow;

namespace fitwright::desktop {

/// A key as it was pressed, with GLFW's number for it.
struct KeyPress {
  int key = 0;
  bool control = false, shift = false, alt = false;
  bool repeated = false;  ///< it is held down
};

/// A place in the window, in its units.
struct WindowPoint {
  double x = 0, y = 0;
};

class Window {
 public:
  /// Opens a window with an OpenGL 3.3 context, current on this thread. Errors: usage (no display, or no OpenGL 3.3:
  /// says what would help).
  static Result<std::unique_ptr<Window>> open(int width, int height, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  GLFWwindow* handle() const { return window_; }
  void set_title(const std::string& title);
  /// Pixels of a unit: 1 at 96 dots an inch.
  float content_scale() const;
  void size(int& width, int& height) const;
  void framebuffer(int& width, int& height) const;

  /// Waits for events, at most `seconds`; returns at once when some are there or somebody called wake().
  void wait(double seconds);
  void poll();
  /// Ends a wait. Any thread.
  static void wake();
  void swap();

  bool close_asked() const;
  void refuse_close();

  /// Keys and dropped files since the last call.
  const std::vector<KeyPress>& keys() const { return keys_; }
  std::vector<KeyPress> take_keys();
  bool is_down(int key) const;
  /// Where the mouse was when a button went down or up: the oldest such place that was not asked for yet.
  std::optional<WindowPoint> take_click();
  bool has_click() const { return !clicks_.empty(); }
  std::vector<std::filesystem::path> take_dropped();
  /// Something happened that the next frames should show.
  bool take_activity();

 private:
  Window() = default;
  static Result<void> make(Window& window, int width, int height, const std::string& title);
  void listen();

  GLFWwindow* window_ = nullptr;
  std::string title_;
  std::vector<KeyPress> keys_;
  WindowPoint mouse_;
  std::deque<WindowPoint> clicks_;
  std::vector<std::filesystem::path> dropped_;
  bool activity_ = true;
  static std::atomic<bool> woken_;
};

}  // namespace fitwright::desktop
