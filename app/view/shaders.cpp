#include "app/view/shaders.hpp"

namespace fitwright::shaders {

const std::string_view everywhere = R"glsl(#version 330 core
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}
)glsl";

const std::string_view nothing = R"glsl(#version 330 core
void main() {}
)glsl";

const std::string_view face_vertex = R"glsl(#version 330 core
layout(location = 0) in vec3 position;
layout(location = 1) in vec4 normal;
layout(location = 2) in uint face;
uniform mat4 to_clip, to_view;
uniform vec4 section;  // plane in part coordinates; what lies on its positive side stays
out vec3 seen_at, seen_normal;
flat out uint face_id;
void main() {
  vec4 at = vec4(position, 1.0);
  gl_Position = to_clip * at;
  gl_ClipDistance[0] = dot(section, at);
  seen_at = (to_view * at).xyz;
  seen_normal = mat3(to_view) * normal.xyz;
  face_id = face;
}
)glsl";

// A studio: light sky, a darker floor, a key light from the camera's upper left, and a faint rim.
const std::string_view face = R"glsl(#version 330 core
in vec3 seen_at, seen_normal;
flat in uint face_id;
uniform vec3 albedo;  // linear
uniform vec3 up;      // the world's, as the camera sees it
uniform bool perspective;
uniform bool stale;
uniform bool marked;  // some faces of this copy are
uniform usamplerBuffer marks;
uniform bool mapped;  // triangles have colours of their own
uniform usamplerBuffer values;
uniform vec3 scale[5];  // linear
uniform vec3 mark_colours[3];  // linear
out vec4 colour;

const vec3 sky = vec3(0.60, 0.615, 0.635), floor_light = vec3(0.33, 0.315, 0.30);
const vec3 key = vec3(-0.424, 0.594, 0.684);

// Within half a step of 255 of the exact curve, at a third of its cost.
vec3 to_srgb(vec3 c) {
  vec3 s1 = sqrt(c), s2 = sqrt(s1), s3 = sqrt(s2);
  return max(0.585122381 * s1 + 0.783140355 * s2 - 0.368262736 * s3, 0.0);
}

void main() {
  vec3 n = normalize(seen_normal);
  vec3 toward = perspective ? normalize(-seen_at) : vec3(0.0, 0.0, 1.0);
  float upness = dot(n, up) * 0.5 + 0.5;
  vec3 base = albedo;
  if (mapped) {
    float place = float(texelFetch(values, gl_PrimitiveID).r) / 255.0 * 4.0;
    int low = min(int(place), 3);
    base = mix(scale[low], scale[low + 1], place - float(low));
  }
  if (marked) {
    uint mark = texelFetch(marks, int(face_id)).r;
    if (mark != 0u) base = mix(base, mark_colours[mark], 0.62);
  }
  float lit = max(dot(n, key) * 0.85 + 0.15, 0.0);
  vec3 light = mix(floor_light, sky, upness) + lit * vec3(0.57, 0.56, 0.545);
  float edge_on = 1.0 - max(dot(n, toward), 0.0);
  float rim = edge_on * edge_on * edge_on * edge_on * 0.07 * upness;
  float gloss = max(dot(n, normalize(key + toward)), 0.0);
  gloss *= gloss; gloss *= gloss; gloss *= gloss; gloss *= gloss; gloss *= gloss;
  vec3 c = base * light + rim + gloss * 0.05;
  c = to_srgb(clamp(c, 0.0, 1.0));
  if (stale) c = mix(mix(c, vec3(dot(c, vec3(0.3, 0.6, 0.1))), 0.6), vec3(0.93), 0.35);
  colour = vec4(c, 1.0);
}
)glsl";

const std::string_view cap_vertex = R"glsl(#version 330 core
uniform mat4 to_clip;
uniform vec3 middle, across, along;
void main() {
  vec2 corner = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID & 2) - 1);
  gl_Position = to_clip * vec4(middle + across * corner.x + along * corner.y, 1.0);
}
)glsl";

// Cut material is hatched as on a drawing: lines a few pixels apart, leaning left or right by turns of the parts.
const std::string_view cap = R"glsl(#version 330 core
uniform vec3 paint, stroke;  // sRGB
uniform float lean;
out vec4 colour;
void main() {
  float place = abs(mod(gl_FragCoord.x * lean + gl_FragCoord.y, 9.0) - 4.5);
  float line = clamp(1.4 - place, 0.0, 1.0);
  colour = vec4(mix(paint, stroke, line), 1.0);
}
)glsl";

const std::string_view edge_vertex = R"glsl(#version 330 core
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 other;
layout(location = 2) in float side;
uniform mat4 to_clip;
uniform vec4 section;
uniform vec2 half_size;  // of the picture, in pixels
uniform float half_width;  // pixels; half a pixel more fades out
uniform float pull;  // towards the eye, in units of clip space's z
noperspective out float off_middle;  // pixels
void main() {
  vec4 here = to_clip * vec4(position, 1.0), there = to_clip * vec4(other, 1.0);
  // An end behind the eye is brought to the near plane before it is projected.
  float here_near = here.z + here.w, there_near = there.z + there.w;
  if (here_near < 0.0 && there_near > 0.0) here = mix(here, there, here_near / (here_near - there_near));
  if (there_near < 0.0 && here_near > 0.0) there = mix(there, here, there_near / (there_near - here_near));
  vec2 along = (there.xy / there.w - here.xy / here.w) * half_size;
  float distance = length(along);
  vec2 ahead = distance > 1e-6 ? along / distance : vec2(1.0, 0.0);
  float reach = half_width + 0.5;
  here.xy += (vec2(-ahead.y, ahead.x) * side * reach - ahead * 0.3 * half_width) / half_size * here.w;
  // The far end sees the sides the other way round.
  off_middle = (gl_VertexID & 2) == 0 ? side * reach : -side * reach;
  here.z -= pull;
  gl_Position = here;
  gl_ClipDistance[0] = dot(section, vec4(position, 1.0));
}
)glsl";

const std::string_view edge = R"glsl(#version 330 core
uniform vec4 paint;  // premultiplied
uniform float half_width;
noperspective in float off_middle;
out vec4 colour;
void main() { colour = paint * clamp(half_width + 0.5 - abs(off_middle), 0.0, 1.0); }
)glsl";

// The contact shadow: how high the model stands above each place of the ground, seen from below.
const std::string_view height_vertex = R"glsl(#version 330 core
layout(location = 0) in vec3 position;
uniform mat4 to_clip;
uniform vec4 section;
out float height;
void main() {
  vec4 at = vec4(position, 1.0);
  gl_Position = to_clip * at;
  gl_ClipDistance[0] = dot(section, at);
  height = gl_Position.z * 0.5 + 0.5;
}
)glsl";

const std::string_view height = R"glsl(#version 330 core
in float height;  // 0 on the ground, 1 at the top
uniform vec2 falloff;
out vec4 colour;
void main() { colour = vec4(exp2(-height * falloff), 0.0, 1.0); }
)glsl";

// Red is the narrow shadow where things touch, green the wide one.
const std::string_view shadow_blur = R"glsl(#version 330 core
uniform sampler2D image;
uniform vec2 stride;  // texels, of the narrow one
uniform float wider;  // how many times that is the wide one's
out vec4 colour;
void main() {
  vec2 texel = 1.0 / vec2(textureSize(image, 0)), at = gl_FragCoord.xy * texel;
  vec2 sum = vec2(0.0);
  float weights = 0.0;
  for (int i = -8; i <= 8; ++i) {
    float weight = exp(-float(i * i) / 24.0);
    sum.r += weight * texture(image, at + float(i) * stride * texel).r;
    sum.g += weight * texture(image, at + float(i) * stride * texel * wider).g;
    weights += weight;
  }
  colour = vec4(sum / weights, 0.0, 1.0);
}
)glsl";

const std::string_view ground_vertex = R"glsl(#version 330 core
uniform mat4 to_clip;
uniform vec3 middle, across, along;
out vec2 at;
void main() {
  vec2 corner = vec2((gl_VertexID & 1) * 2 - 1, (gl_VertexID & 2) - 1);
  at = corner * 0.5 + 0.5;
  gl_Position = to_clip * vec4(middle + across * corner.x + along * corner.y, 1.0);
}
)glsl";

const std::string_view ground = R"glsl(#version 330 core
in vec2 at;
uniform sampler2D image;
uniform vec3 paint;  // sRGB
out vec4 colour;
void main() {
  vec2 shade = texture(image, at).rg;
  vec2 border = smoothstep(0.0, 0.12, min(at, 1.0 - at));
  float alpha = (0.40 * shade.r + 0.34 * shade.g) * border.x * border.y;
  colour = vec4(paint * alpha, alpha);
}
)glsl";

// Ambient obscurance from depth alone (after McGuire and others, "Scalable Ambient Obscurance", 2012).
const std::string_view ambient = R"glsl(#version 330 core
uniform sampler2DMS depth;
uniform ivec2 size;        // of the picture
uniform int step_size;     // pixels of the picture that one of this pass stands for
uniform bool perspective;
uniform vec2 depth_terms;  // depth buffer to millimetres
uniform vec2 extent;       // half of what is seen: at 1 mm of depth in perspective, everywhere otherwise
uniform float radius;      // mm
uniform int samples;
out vec2 result;           // light left, depth in mm

float depth_at(ivec2 pixel) { return texelFetch(depth, pixel, 0).r * 2.0 - 1.0; }
vec3 place(ivec2 pixel, float z) {
  float mm = perspective ? depth_terms.y / (z - depth_terms.x) : (z - depth_terms.y) / depth_terms.x;
  vec2 at = (vec2(pixel) + 0.5) / vec2(size) * 2.0 - 1.0;
  return vec3(at * extent * (perspective ? mm : 1.0), -mm);
}
vec3 place(ivec2 pixel) {
  ivec2 inside = clamp(pixel, ivec2(0), size - 1);
  return place(inside, depth_at(inside));
}
float inside_depth(ivec2 pixel) { return depth_at(clamp(pixel, ivec2(0), size - 1)); }

// To the next pixel on the same face. What the depth buffer holds of a plane is linear in the picture, so the side where
// two pixels more are in line with this one is that side.
vec3 along_face(ivec2 pixel, ivec2 step, vec3 p, float z) {
  float ahead = inside_depth(pixel + 2 * step) - 2.0 * inside_depth(pixel + step) + z;
  float behind = inside_depth(pixel - 2 * step) - 2.0 * inside_depth(pixel - step) + z;
  return abs(ahead) < abs(behind) ? place(pixel + step) - p : p - place(pixel - step);
}

void main() {
  ivec2 pixel = min(ivec2(gl_FragCoord.xy) * step_size + step_size / 2, size - 1);
  float z = depth_at(pixel);
  vec3 p = place(pixel, z);
  result = vec2(1.0, -p.z);
  if (z >= 1.0) return;
  vec3 n = normalize(cross(along_face(pixel, ivec2(1, 0), p, z), along_face(pixel, ivec2(0, 1), p, z)));

  float mm_a_pixel = 2.0 * extent.y * (perspective ? -p.z : 1.0) / float(size.y);
  float reach = clamp(radius / mm_a_pixel, 2.0, float(size.y) * 0.2);
  // Each of 4 x 4 places takes another sixteenth of the turn and of the step outwards: together they sample evenly.
  ivec2 cell = ivec2(gl_FragCoord.xy) & 3;
  int mixed = cell.x ^ cell.y;
  float part = float((mixed & 1) * 8 + (cell.y & 1) * 4 + (mixed & 2) + (cell.y >> 1)) / 16.0;
  float sum = 0.0, radius2 = radius * radius, bias = radius * 0.02 + mm_a_pixel * 0.5;
  for (int i = 0; i < samples; ++i) {
    float share = (float(i) + part + 0.03) / float(samples);
    float angle = share * 20.42 + part * 6.2832;
    vec3 v = place(pixel + ivec2(round(vec2(cos(angle), sin(angle)) * share * reach))) - p;
    float near2 = dot(v, v), f = max(radius2 - near2, 0.0) / radius2;
    sum += f * f * f * max((dot(v, n) - bias) / (near2 + radius2 * 0.01), 0.0);
  }
  result.r = max(0.0, 1.0 - sum * radius * 1.1 / float(samples));
}
)glsl";

// A box of 4 x 4, the size of the sampling pattern, that stays on one surface: on the plane through the neighbours that
// are nearer in depth.
const std::string_view ambient_blur = R"glsl(#version 330 core
uniform sampler2D image;
uniform float radius;
out vec2 result;
vec2 at(ivec2 place) { return texelFetch(image, clamp(place, ivec2(0), textureSize(image, 0) - 1), 0).rg; }
float nearer(float a, float b) { return abs(a) < abs(b) ? a : b; }

void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  float mm = at(here).g, sum = 0.0, weights = 0.0;
  vec2 slope = vec2(nearer(at(here + ivec2(1, 0)).g - mm, mm - at(here - ivec2(1, 0)).g),
                    nearer(at(here + ivec2(0, 1)).g - mm, mm - at(here - ivec2(0, 1)).g));
  for (int y = -2; y < 2; ++y)
    for (int x = -2; x < 2; ++x) {
      vec2 other = at(here + ivec2(x, y));
      float weight = max(1e-3, 1.0 - abs(other.g - mm - dot(slope, vec2(x, y))) / (radius * 0.2));
      sum += weight * other.r;
      weights += weight;
    }
  result = vec2(sum / weights, mm);
}
)glsl";

// A gradient, with noise below what the eye sees so that no bands show.
const std::string_view background = R"glsl(#version 330 core
uniform vec3 top, bottom;  // sRGB
uniform float height;
out vec4 colour;
void main() {
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
  colour = vec4(mix(bottom, top, gl_FragCoord.y / height) + noise / 255.0, 1.0);
}
)glsl";

// Averages the samples of each pixel, and darkens them by the ambient shadow of the four nearest of its coarser places.
const std::string_view composite = R"glsl(#version 330 core
uniform sampler2DMS image, depth;
uniform sampler2D shade;
uniform int samples, step_size;
uniform bool shaded, perspective;
uniform vec2 depth_terms;
uniform float radius;
out vec4 colour;

float light(ivec2 pixel) {
  float z = texelFetch(depth, pixel, 0).r * 2.0 - 1.0;
  float mm = perspective ? depth_terms.y / (z - depth_terms.x) : (z - depth_terms.y) / depth_terms.x;
  vec2 at = (vec2(pixel) + 0.5) / float(step_size) - 0.5;
  ivec2 low = ivec2(floor(at)), last = textureSize(shade, 0) - 1;
  vec2 part = at - vec2(low);
  float sum = 0.0, weights = 0.0;
  for (int i = 0; i < 4; ++i) {
    ivec2 corner = ivec2(i & 1, i >> 1);
    vec2 there = texelFetch(shade, clamp(low + corner, ivec2(0), last), 0).rg;
    vec2 nearness = mix(1.0 - part, part, vec2(corner));
    float weight = (nearness.x * nearness.y + 0.01) * max(1e-3, 1.0 - abs(there.g - mm) / (radius * 0.4));
    sum += weight * there.r;
    weights += weight;
  }
  return sum / weights;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec4 sum = vec4(0.0);
  for (int i = 0; i < samples; ++i) sum += texelFetch(image, pixel, i);
  colour = sum / float(samples);
  if (shaded) colour.rgb *= light(pixel);
}
)glsl";

}  // namespace fitwright::shaders
