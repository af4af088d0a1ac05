// A context of EGL's own: surfaceless where Mesa offers it, else one that the default display has to give.
#include <epoxy/egl.h>

#include <array>

#include "app/view/picture.hpp"

namespace fitwright {

struct OffscreenContext::State {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;

  ~State() {
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    // The display is the process's, not ours: other threads may be drawing with it, so it is never terminated.
  }
};

namespace {

EGLDisplay surfaceless_display() {
  if (!epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_base") ||
      !epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    return EGL_NO_DISPLAY;
  return eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, nullptr, nullptr);
}

EGLContext core_context(EGLDisplay display, EGLConfig config) {
  constexpr std::array<EGLint, 7> wanted{
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  return eglCreateContext(display, config, EGL_NO_CONTEXT, wanted.data());
}

/// Makes a context on a display current. False, with all of it given back by ~State, when the display cannot.
template <class State>
bool make_current(State& state, EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || !eglInitialize(display, nullptr, nullptr)) return false;
  state.display = display;
  constexpr std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                         EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglBindAPI(EGL_OPENGL_API) || !eglChooseConfig(display, wanted.data(), &config, 1, &count) || count < 1)
    return false;
  state.context = core_context(display, config);
  if (state.context == EGL_NO_CONTEXT) return false;
  if (eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, state.context)) return true;
  constexpr std::array<EGLint, 5> tiny{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
  state.surface = eglCreatePbufferSurface(display, config, tiny.data());
  return state.surface != EGL_NO_SURFACE && eglMakeCurrent(display, state.surface, state.surface, state.context);
}

}  // namespace

OffscreenContext::OffscreenContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
OffscreenContext::~OffscreenContext() = default;

Result<std::unique_ptr<OffscreenContext>> OffscreenContext::create() {
  for (const auto display : {surfaceless_display, +[] { return eglGetDisplay(EGL_DEFAULT_DISPLAY); }}) {
    auto state = std::make_unique<State>();
    if (make_current(*state, display()))
      return std::unique_ptr<OffscreenContext>(new OffscreenContext(std::move(state)));
  }
  return fail(ErrorKind::usage, "pictures need OpenGL 3.3 through EGL, and no driver here offers it",
              "install the packages libegl1 and libgl1-mesa-dri");
}

}  // namespace fitwright
