// GLSL of the renderer, one constant a shader. "everywhere" is the vertex shader of all passes over whole pictures.
#pragma once

#include <string_view>

namespace fitwright::shaders {

extern const std::string_view everywhere;
extern const std::string_view face_vertex, face;
extern const std::string_view cap_vertex, cap;
extern const std::string_view edge_vertex, edge;
extern const std::string_view height_vertex, height, shadow_blur;
extern const std::string_view ground_vertex, ground;
extern const std::string_view ambient, ambient_blur;
extern const std::string_view background, composite;
extern const std::string_view nothing;

}  // namespace fitwright::shaders
