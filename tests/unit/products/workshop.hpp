// Runs the templates that ship and builds their parts, for tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "export/step/step.hpp"
#include "geometry/core/file_io.hpp"
#include "geometry/kernel/kernel.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"

namespace fitwright::test {

inline const std::vector<std::string> product_ids{
    "bookshelf", "enclosure",    "organiser", "knob",         "desk",       "finger_box", "coupon",
    "gear_pair", "device_stand", "wall_hook", "hose_adapter", "name_plate", "grid_bin",   "board_plate"};

/// The modules that ship, by name.
inline const std::map<std::string, std::string>& shipped_modules() {
  static const auto modules = read_modules(FITWRIGHT_SOURCE_DIR "/templates/modules").value();
  return modules;
}

/// The template of a folder, which is given from the root of the sources.
inline TemplateScript script_at(const std::string& folder) {
  auto script =
      TemplateScript::from_file(FITWRIGHT_SOURCE_DIR "/" + folder + "/template.lua", shipped_modules(), operations());
  if (!script) throw std::runtime_error(describe(script.error()));
  return *script;
}
inline TemplateScript product_script(const std::string& id) { return script_at("templates/products/" + id); }

/// Fits and screws with numbers of the tests' own, so that they do not move when the data is mended.
inline BuildEnvironment test_environment() {
  BuildEnvironment environment;
  environment.fit = {{"press", 0.05}, {"slide", 0.25}, {"free", 0.5}, {"thread", 0.2}, {"rest", 0.0}};
  const auto screw = [&](const char* name, double d, double core, double hole, double head) {
    environment.hardware[name] = {
        {"d_mm", d}, {"tap_drill_mm", core}, {"clearance_medium_mm", hole}, {"csk_head_d_mm", head}};
  };
  screw("M2", 2, 1.6, 2.4, 3.9);
  screw("M2.5", 2.5, 2.05, 2.9, 4.9);
  screw("M3", 3, 2.5, 3.4, 6);
  screw("M4", 4, 3.3, 4.5, 8);
  screw("M5", 5, 4.2, 5.5, 10);
  screw("M6", 6, 5, 6.6, 12);
  for (const auto& [name, d, length] :
       {std::tuple{"dowel_6x30", 6, 30}, std::tuple{"dowel_8x35", 8, 35}, std::tuple{"dowel_10x40", 10, 40}})
    environment.hardware[name] = {
        {"d_mm", d * 1.0}, {"length_mm", length * 1.0}, {"extra_depth_mm", 1}, {"face_over_length", 1.0 / 3}};
  environment.hardware["confirmat_5x40"] = {
      {"neck_hole_mm", 5}, {"thread_hole_mm", 3.5}, {"length_mm", 40}, {"extra_depth_mm", 2}};
  environment.hardware["confirmat_7x50"] = {
      {"neck_hole_mm", 7}, {"thread_hole_mm", 5}, {"length_mm", 50}, {"extra_depth_mm", 2}};
  environment.hardware["insert_M6"] = {{"hole_mm", 10.5}, {"length_mm", 15}, {"extra_depth_mm", 1}};
  environment.hardware["hinge_cup_35"] = {{"d_mm", 35},           {"depth_mm", 13},         {"rim_mm", 5},
                                          {"screw_apart_mm", 45}, {"screw_offset_mm", 9.5}, {"screw_hole_mm", 8},
                                          {"screw_depth_mm", 13}};
  return environment;
}

/// The same with letters, and with the files that lie beside a product's template.
inline BuildEnvironment environment_with_font(const std::string& id = {}) {
  BuildEnvironment environment = test_environment();
  const std::string fonts = "/usr/share/fonts/truetype/dejavu/";
  environment.fonts["DejaVu Sans Bold"] = read_file(fonts + "DejaVuSans-Bold.ttf").value();
  environment.fonts[""] = read_file(fonts + "DejaVuSans.ttf").value();
  environment.text_width = [](const std::string& text, const std::string& font, double size) -> Result<double> {
    FW_TRY(const TextMeasure measure, measure_text(text, font, size));
    return measure.width;
  };
  if (!id.empty()) environment.files = read_data_files(FITWRIGHT_SOURCE_DIR "/templates/products/" + id).value();
  return environment;
}

struct Made {
  Product product;
  std::vector<BuiltPart> parts;

  const BuiltPart& part(std::string_view name) const {
    for (const BuiltPart& p : parts)
      if (p.name == name) return p;
    throw std::runtime_error("no part " + std::string(name));
  }
  const Part& design(std::string_view name) const {
    for (const Part& p : product.parts)
      if (p.name == name) return p;
    throw std::runtime_error("no part " + std::string(name));
  }
  std::size_t pieces() const {
    std::size_t n = 0;
    for (const Part& p : product.parts) n += p.quantity();
    return n;
  }
  /// mm3 of all pieces, integrated adaptively on the exact solids.
  double volume() const {
    double sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      sum += exact_volume(*parts[i].solid, 1e-8) * static_cast<double>(product.parts[i].quantity());
    return sum;
  }
  /// All vertices of a part's copies in product coordinates.
  std::vector<Vec3> assembled_vertices(std::string_view name) const {
    std::vector<Vec3> all;
    for (const Placement& pose : design(name).assembled)
      for (const Vec3& v : part(name).mesh.vertices) all.push_back(pose.apply(v));
    return all;
  }
  Box3 assembled_box() const {
    Box3 box;
    for (const Part& p : product.parts)
      for (const Vec3& v : assembled_vertices(p.name)) box.add(v);
    return box;
  }
};

/// One evaluator for all tests of the program.
inline Evaluator& workshop() {
  static Evaluator evaluator({.read_solids = read_step_solids});
  return evaluator;
}

inline Made make(const std::string& id, const Values& values = {}) {
  auto run = product_script(id).run(values, environment_with_font(id));
  if (!run) throw std::runtime_error(id + ": " + describe(run.error()));
  auto parts = workshop().build(run->product, Deflection{});
  if (!parts) throw std::runtime_error(id + ": " + describe(parts.error()));
  for (const BuiltPart& part : *parts) {
    INFO(id << " " << part.name);
    CHECK(mesh_faults(part.mesh).empty());
  }
  return Made{std::move(run->product), std::move(*parts)};
}

inline bool near(double a, double b) { return std::abs(a - b) < 1e-6; }
inline bool near(Vec3 a, Vec3 b) { return near(a.x, b.x) && near(a.y, b.y) && near(a.z, b.z); }

inline bool has_vertex(const std::vector<Vec3>& vertices, Vec3 at) {
  for (const Vec3& v : vertices)
    if (near(v, at)) return true;
  return false;
}

}  // namespace fitwright::test
