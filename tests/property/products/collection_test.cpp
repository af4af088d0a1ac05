// The whole collection: whatever ranges and rules allow builds, is closed, and goes through the files that makers use.
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "export/format.hpp"
#include "export/layout.hpp"
#include "tests/property/products/settings.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

constexpr std::uint64_t seed = 20260811;

Scene scene_of(const Product& product, const std::vector<BuiltPart>& parts) {
  Scene scene;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& design = product.parts[i];
    scene.parts.push_back({design.name, {}, parts[i].mesh, parts[i].solid, design.assembled, design.up});
  }
  scene.metadata.title = "test";
  return scene;
}

/// What is written in a format and read again has the volume of all pieces; else a sentence.
std::string lost_in(const char* extension, const Scene& scene, double wanted, double tolerance) {
  const std::string name = std::string("a") + extension;
  const Format& format = **find_format(name);
  const auto bytes = write_scene(format, scene);
  if (!bytes) return describe(bytes.error());
  const auto model = format.read({name, "a", *bytes});
  if (!model) return describe(model.error());
  double read = 0;
  for (const ImportedPart& part : model->parts) {
    if (part.solid && !mesh_faults(part.mesh).empty()) return name + " comes back open";
    // By our own integrals in both: adaptive ones are off by up to a hundredth on threads, each time otherwise.
    read += part.solid ? tessellate(part.solid, "read", {}).value().volume : volume(part.mesh);
  }
  if (std::abs(read - wanted) <= tolerance) return {};
  return name + " comes back with " + std::to_string(read) + " of " + std::to_string(wanted) + " mm3";
}

/// Why a setting fails; empty when it holds. `refused`: a rule on a measure of the built part said no.
std::string failure(const Setting& setting, Evaluator& evaluator, const BuildEnvironment& environment, bool& refused) {
  const auto run = setting.subject->script.run(setting.values, environment);
  if (!run) return "script: " + describe(run.error());
  const auto parts = evaluator.build(run->product, {});
  if (!parts) {
    refused = parts.error().kind == ErrorKind::rule;
    return refused ? "" : describe(parts.error());
  }
  const Scene scene = scene_of(run->product, *parts);
  double exact = 0, meshes = 0, slack = 0;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const BuiltPart& part = (*parts)[i];
    const auto pieces = static_cast<double>(run->product.parts[i].quantity());
    if (!mesh_faults(part.mesh).empty()) return part.name + ": mesh not closed";
    if (!(part.volume > 0)) return part.name + ": no volume";
    if (std::abs(volume(part.mesh) - part.volume) > part.area * Deflection{}.linear)
      return part.name + ": mesh strays from the solid";
    exact += pieces * part.volume;
    meshes += pieces * volume(part.mesh);
    slack += pieces * part.area;
  }
  // STL holds single precision: 1e-5 mm over the surface is generous at 300 mm.
  if (auto lost = lost_in(".stl", scene, meshes, slack * 3e-5); !lost.empty()) return lost;
  return lost_in(".step", scene, exact, 1e-6 * (exact + slack));
}

void collect(int most) {
  for (const std::string& id : product_ids) {
    if (const char* only = std::getenv("FITWRIGHT_ONLY"); only && id != only) continue;
    // A thread is three megabytes of STEP, and takes seconds to read.
    const int count = id == "hose_adapter" ? most / 4 : most;
    TemplateScript script = product_script(id);
    Template about = script.describe().value();
    const auto subject = std::make_shared<const Subject>(Subject{std::move(script), std::move(about)});
    const auto settings = legal_settings(subject);
    const BuildEnvironment environment = environment_with_font(id);
    Evaluator evaluator({.memo_bytes = std::size_t{64} << 20, .read_solids = read_step_solids});
    rc::Random random(seed);
    int failed = 0, not_measured = 0;
    int built = 0;
    for (int draw = 0; built < count && draw < 40 * count; ++draw) {
      const auto candidate = settings(random.split(), 100);
      bool refused = false;
      const std::string fault = failure(candidate.value(), evaluator, environment, refused);
      ++(refused ? not_measured : built);
      if (fault.empty()) continue;
      ++failed;
      std::cerr << candidate.value() << "\n    " << fault << '\n';
    }
    std::cout << id << ": " << failed << " of " << built << " settings failed";
    if (not_measured) std::cout << ", " << not_measured << " more were refused by what was measured";
    std::cout << std::endl;
    CHECK(built == count);
    CHECK(failed == 0);
  }
}

}  // namespace

TEST_CASE("collection: some legal settings of every product build and go through STL and STEP") { collect(20); }
TEST_CASE("collection: 300 legal settings of every product build and go through STL and STEP", "[slow]") {
  collect(300);
}

}  // namespace fitwright::test
