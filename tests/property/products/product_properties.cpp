// Whatever ranges and rules allow must build, and the planner's short cuts must not change the result.
#include <algorithm>
#include <future>
#include <iostream>
#include <sstream>

#include "tests/property/products/settings.hpp"
#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

constexpr std::uint64_t seed = 20240607;
constexpr int usual = 40 / FITWRIGHT_SLOWDOWN;  // settings in the quick run

SubjectPtr subject(TemplateScript script) {
  auto about = script.describe();
  if (!about) throw std::runtime_error(describe(about.error()));
  return std::make_shared<const Subject>(Subject{std::move(script), std::move(*about)});
}

struct Kernels {
  Evaluator planned{EvaluatorOptions{.memo_bytes = std::size_t{64} << 20}};
  Evaluator general{EvaluatorOptions{.memo_bytes = std::size_t{64} << 20, .rewrite = false}};
};

bool agree(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

/// Faces by origin and kind; areas of equal ones in ascending order.
using Faces = std::map<std::pair<std::vector<std::string>, SurfaceKind>, std::vector<double>>;
Faces faces_of(const BuiltPart& part) {
  Faces all;
  for (const FaceInfo& face : part.faces) all[{face.origins, face.kind}].push_back(face.area);
  for (auto& [key, areas] : all) std::sort(areas.begin(), areas.end());
  return all;
}

std::string name_of(const Faces::value_type& entry) {
  std::string text(to_string(entry.first.second));
  for (const std::string& origin : entry.first.first) text += " " + origin;
  return text;
}

/// What differs between the two; empty when they are the same faces.
std::string difference(const Faces& planned, const Faces& general) {
  for (const auto& entry : planned) {
    const auto other = general.find(entry.first);
    if (other == general.end()) return "only the planned solid has " + name_of(entry);
    if (other->second.size() != entry.second.size()) return "another number of " + name_of(entry);
    for (std::size_t i = 0; i < entry.second.size(); ++i)
      if (!agree(entry.second[i], other->second[i], 1e-6))
        return "another area of " + name_of(entry) + ": " + std::to_string(entry.second[i]) + " against " +
               std::to_string(other->second[i]);
  }
  for (const auto& entry : general)
    if (!planned.contains(entry.first)) return "only the general solid has " + name_of(entry);
  return {};
}

/// Empty when the part is a sound solid: closed mesh, positive volume, mesh and exact volume as near as the
/// deflection lets them be.
std::string unsound(const BuiltPart& part, const Deflection& deflection) {
  for (const MeshFault& fault : mesh_faults(part.mesh)) {
    std::ostringstream text;
    text << "mesh: " << to_string(fault.kind) << " x" << fault.count << " near " << fault.at.x << ' ' << fault.at.y
         << ' ' << fault.at.z;
    return text.str();
  }
  if (!(part.volume > 0)) return "volume not positive";
  if (std::abs(volume(part.mesh) - part.volume) > part.area * deflection.linear) return "mesh strays from the solid";
  return {};
}

std::string compare(const BuiltPart& planned, const BuiltPart& general, const Deflection& deflection) {
  if (auto fault = unsound(planned, deflection); !fault.empty()) return "planned: " + fault;
  if (auto fault = unsound(general, deflection); !fault.empty()) return "general: " + fault;
  if (!agree(planned.volume, general.volume, 1e-6)) return "volumes of the two ways differ";
  return difference(faces_of(planned), faces_of(general));
}

/// Why a setting gives no sound solids; empty when it does.
std::string broken(const Setting& setting, Kernels& kernels) {
  const auto run = setting.subject->script.run(setting.values, environment_with_font());
  if (!run) return "script: " + describe(run.error());
  const auto built = kernels.planned.build(run->product, {});
  if (!built) return describe(built.error());
  for (const BuiltPart& part : *built)
    if (auto fault = unsound(part, {}); !fault.empty()) return part.name + ": " + fault;
  return {};
}

/// Why a setting fails; empty when it holds.
std::string failure(const Setting& setting, Kernels& kernels) {
  const auto run = setting.subject->script.run(setting.values, test_environment());
  if (!run) return "script: " + describe(run.error());
  const Deflection deflection;
  auto other = std::async(std::launch::async, [&] { return kernels.general.build(run->product, deflection); });
  const auto planned = kernels.planned.build(run->product, deflection);
  const auto general = other.get();
  if (!planned) return "planned: " + describe(planned.error());
  if (!general) return "general: " + describe(general.error());
  for (std::size_t i = 0; i < planned->size(); ++i)
    if (auto fault = compare((*planned)[i], (*general)[i], deflection); !fault.empty())
      return (*planned)[i].name + ": " + fault;
  return {};
}

using Check = std::string (*)(const Setting&, Kernels&);

/// The simplest setting below this one that still fails.
Setting shrunk(const rc::Shrinkable<Setting>& failing, Check check, Kernels& kernels) {
  auto shrinks = failing.shrinks();
  while (auto next = shrinks.next())
    if (!check(next->value(), kernels).empty()) return shrunk(*next, check, kernels);
  return failing.value();
}

/// Number of settings out of `count` that fail; each is printed as the command line that shows it, the first
/// few reduced.
int failures(const TemplateScript& script, Check check, int count) {
  const SubjectPtr about = subject(script);
  const std::string& id = about->about.id;
  const auto settings = legal_settings(about);
  Kernels kernels;
  rc::Random random(seed);
  int failed = 0;
  for (int i = 0; i < count; ++i) {
    if (i > 0 && i % 100 == 0) std::cout << id << ": " << failed << " of " << i << " so far" << std::endl;
    const auto candidate = settings(random.split(), 100);
    if (check(candidate.value(), kernels).empty()) continue;
    ++failed;
    const Setting shown = failed <= 3 ? shrunk(candidate, check, kernels) : candidate.value();
    std::cerr << shown << "\n    " << check(shown, kernels) << '\n';
  }
  return failed;
}

void expect_none(const TemplateScript& script, Check check, int count) {
  const int failed = failures(script, check, count);
  std::cout << script.chunk() << ": " << failed << " of " << count << " settings failed\n";
  CHECK(failed == 0);
}

}  // namespace

// The tests of one product each, so that one can be run alone.
#define FITWRIGHT_PRODUCT_PROPERTIES(id)                                                        \
  TEST_CASE(id ": some legal settings build the same with and without the planner") {           \
    expect_none(product_script(id), failure, usual);                                            \
  }                                                                                             \
  TEST_CASE(id ": 1000 legal settings build the same with and without the planner", "[slow]") { \
    expect_none(product_script(id), failure, 1000);                                             \
  }

FITWRIGHT_PRODUCT_PROPERTIES("bookshelf")
FITWRIGHT_PRODUCT_PROPERTIES("enclosure")
FITWRIGHT_PRODUCT_PROPERTIES("organiser")
FITWRIGHT_PRODUCT_PROPERTIES("knob")
FITWRIGHT_PRODUCT_PROPERTIES("desk")
FITWRIGHT_PRODUCT_PROPERTIES("finger_box")
FITWRIGHT_PRODUCT_PROPERTIES("coupon")

// Surfaces that our own tessellator divides, side by side with those it has no short cut for.
TEST_CASE("mixed: some legal settings of a part with every kind of face have no open edge") {
  expect_none(script_at("tests/property/products/mixed"), broken, usual / 2);
}
TEST_CASE("mixed: 1000 legal settings of a part with every kind of face have no open edge", "[slow]") {
  expect_none(script_at("tests/property/products/mixed"), broken, 1000);
}

}  // namespace fitwright::test
