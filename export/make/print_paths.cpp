#include "export/make/print_paths.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace fitwright {

namespace {

constexpr double flat = 0.999;  // of a normal's z: a face that looks straight up or down
constexpr std::size_t most_sections = 96;

/// A cut across the part: what it encloses and how long its outline is.
struct Section {
  double z = 0, layers = 0;
  double area = 0, outline = 0;
};

struct Skins {
  double top = 0, bottom = 0;  ///< mm2, as seen from above
};

/// Heights at which flat faces lie, with what of them looks up and down; faces that slope apart.
struct Levels {
  std::map<long, Skins> flat;  ///< by micrometres
  Skins sloped;
  double low = 0, high = 0;
};

long level_of(double z) { return std::lround(z * 1000); }

Levels levels_of(const TriangleMesh& mesh) {
  Levels levels;
  const Box3 box = bounds(mesh);
  levels.low = box.min.z;
  levels.high = box.max.z;
  for (const Triangle& t : mesh.triangles) {
    const Vec3 &a = mesh.vertices[t[0]], &b = mesh.vertices[t[1]], &c = mesh.vertices[t[2]];
    const Vec3 n = cross(b - a, c - a);
    const double seen = std::abs(n.z) / 2;
    if (seen == 0) continue;
    Skins& skins = std::abs(n.z) > flat * length(n) ? levels.flat[level_of(a.z)] : levels.sloped;
    (n.z > 0 ? skins.top : skins.bottom) += seen;
  }
  return levels;
}

std::vector<Section> planned_sections(const Levels& levels, double layer) {
  std::vector<double> heights{levels.low};
  if (levels.flat.size() < most_sections / 2)
    for (const auto& [level, skins] : levels.flat)
      if (level / 1000.0 > heights.back() + layer / 2 && level / 1000.0 < levels.high - layer / 2)
        heights.push_back(level / 1000.0);
  heights.push_back(levels.high);
  std::vector<Section> sections;
  const double whole = std::max(levels.high - levels.low, 1e-9);
  for (std::size_t i = 0; i + 1 < heights.size(); ++i) {
    const double height = heights[i + 1] - heights[i];
    const auto count = static_cast<int>(
        std::clamp(std::round(most_sections / 2 * height / whole), 2.0, std::max(2.0, height / layer)));
    for (int k = 0; k < count; ++k)
      sections.push_back({heights[i] + height * (k + 0.5) / count, height / count / layer, 0, 0});
  }
  return sections;
}

/// Area by Green's theorem and length of all outlines of each section; sections are sorted by height.
void cut(const TriangleMesh& mesh, std::vector<Section>& sections) {
  for (const Triangle& t : mesh.triangles) {
    const Vec3 corners[3] = {mesh.vertices[t[0]], mesh.vertices[t[1]], mesh.vertices[t[2]]};
    const auto [low, high] = std::minmax({corners[0].z, corners[1].z, corners[2].z});
    auto section =
        std::lower_bound(sections.begin(), sections.end(), low, [](const Section& one, double z) { return one.z < z; });
    for (; section != sections.end() && section->z < high; ++section) {
      Vec2 in, out;  // where the outline, its material to the left, enters and leaves the triangle
      for (int i = 0; i < 3; ++i) {
        const Vec3 &a = corners[i], &b = corners[(i + 1) % 3];
        if ((a.z < section->z) == (b.z < section->z)) continue;
        const double share = (section->z - a.z) / (b.z - a.z);
        const Vec2 p{a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
        (a.z < section->z ? out : in) = p;
      }
      section->area += cross(in, out) / 2;
      section->outline += length(out - in);
    }
  }
}

/// Of a section's area: what lies inside of the walls.
double interior(const Section& section, const PrintSettings& settings) {
  return std::max(0.0, section.area - settings.walls * settings.width * section.outline);
}

/// Shares of the interior that are solid: below and above faces that look up and down, and those that slope.
struct SolidShares {
  double straight = 1, sloped = 0;
};

SolidShares solid_shares(const Levels& levels, const std::vector<Section>& sections, const PrintSettings& settings) {
  double inside = 0, whole = 0;
  for (const Section& one : sections) {
    inside += interior(one, settings) * one.layers * settings.layer;
    whole += one.area * one.layers * settings.layer;
  }
  if (inside <= 0 || whole <= 0) return {};
  const auto share_at = [&](const Section& one) { return one.area > 0 ? interior(one, settings) / one.area : 0; };
  double skin = 0;
  for (const auto& [level, skins] : levels.flat) {
    const auto above = std::lower_bound(sections.begin(), sections.end(), level / 1000.0,
                                        [](const Section& one, double z) { return one.z < z; });
    if (above != sections.begin()) skin += skins.top * settings.top * share_at(*(above - 1));
    if (above != sections.end()) skin += skins.bottom * settings.bottom * share_at(*above);
  }
  const double sloped = (levels.sloped.top * settings.top + levels.sloped.bottom * settings.bottom) / whole;
  const double straight = std::min(1.0, skin / inside);
  return {straight, std::min(1 - straight, sloped)};
}

}  // namespace

std::vector<PrintLayers> print_layers(const TriangleMesh& made, const PrintSettings& settings) {
  const Levels levels = levels_of(made);
  if (!(levels.high > levels.low)) return {};
  std::vector<Section> sections = planned_sections(levels, settings.layer);
  cut(made, sections);
  const SolidShares solid = solid_shares(levels, sections, settings);
  std::vector<PrintLayers> layers;
  for (const Section& one : sections) {
    PrintLayers& paths = layers.emplace_back();
    paths.layers = one.layers;
    paths.outer = std::clamp(one.area / settings.width, 0.0, one.outline);
    const double loops = (settings.walls - 1) * one.outline;
    const double room = std::clamp((one.area - settings.width * one.outline) / settings.width, 0.0, loops);
    (room < 0.98 * loops ? paths.gap : paths.inner) = room;
    const double inside = interior(one, settings) / settings.width;
    paths.solid = inside * solid.straight;
    paths.sloped = inside * solid.sloped;
    paths.infill = inside * (1 - solid.straight - solid.sloped) * settings.infill;
  }
  return layers;
}

PrintEstimate estimate_print(std::span<const PrintLayers> layers, std::size_t copies, const PrintSettings& settings,
                             const PrintModel& model) {
  PrintEstimate estimate;
  if (layers.empty()) return estimate;
  const auto count = static_cast<double>(copies);
  const PrintLayers& lowest = layers.front();
  estimate.seconds =
      count * model.first / 1000 *
      (lowest.outer + lowest.inner + lowest.gap + lowest.solid + lowest.sloped + lowest.infill / settings.infill);
  for (const PrintLayers& one : layers) {
    const double paths = (one.outer + one.inner + one.gap + one.solid + one.sloped + one.infill) * count;
    const double plain = count / 1000 *
                         (model.outer * one.outer + model.inner * one.inner + model.gap * one.gap +
                          model.solid * one.solid + model.sloped * one.sloped + model.infill * one.infill);
    estimate.seconds += one.layers * std::max(plain, std::min(model.slow_below, paths / model.least_speed));
    estimate.filament +=
        one.layers * count * settings.layer * settings.width *
        (model.flow_outer * one.outer + model.flow_inner * one.inner + model.flow_gap * one.gap +
         model.flow_solid * one.solid + model.flow_sloped * one.sloped + model.flow_infill * one.infill);
  }
  return estimate;
}

}  // namespace fitwright
