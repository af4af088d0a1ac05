// When two ways of building a solid count as the same (architecture: tiers A and B are held to C).
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "geometry/mesh/mesh.hpp"
#include "tests/unit/kernel/build.hpp"

namespace fitwright::test {

struct FaceKey {
  std::string text;  ///< kind, origins, tags
  double area;
};

inline std::vector<FaceKey> face_keys(const BuiltPart& part) {
  std::vector<FaceKey> keys;
  for (const FaceInfo& face : part.faces) {
    std::string text(to_string(face.kind));
    for (const std::string& origin : face.origins) text += " | " + origin;
    for (const std::string& tag : face.tags) text += " #" + tag;
    keys.push_back({std::move(text), face.area});
  }
  std::sort(keys.begin(), keys.end(),
            [](const FaceKey& a, const FaceKey& b) { return std::tie(a.text, a.area) < std::tie(b.text, b.area); });
  // The kernel does not always unify the two pieces of a round face that a tool's seam cut apart: pieces of
  // one curved surface count as one face. Plane pieces must agree one by one.
  std::vector<FaceKey> merged;
  for (const FaceKey& key : keys) {
    if (!merged.empty() && merged.back().text == key.text && !key.text.starts_with("plane"))
      merged.back().area += key.area;
    else
      merged.push_back(key);
  }
  return merged;
}

/// Empty when both have the same volume and the same (origins, surface, area) of every face; else the
/// first difference. `relative` applies to volume and areas.
inline std::string difference(const BuiltPart& a, const BuiltPart& b, double relative = 1e-7) {
  const auto differ = [&](double x, double y) {
    return std::abs(x - y) > relative * (1 + std::max(std::abs(x), std::abs(y)));
  };
  if (differ(a.volume, b.volume)) return "volume " + std::to_string(a.volume) + " against " + std::to_string(b.volume);
  const auto ka = face_keys(a), kb = face_keys(b);
  if (ka.size() != kb.size()) {
    std::string text = std::to_string(ka.size()) + " faces against " + std::to_string(kb.size()) + "\n";
    for (const auto& k : ka) text += "  a: " + k.text + " " + std::to_string(k.area) + "\n";
    for (const auto& k : kb) text += "  b: " + k.text + " " + std::to_string(k.area) + "\n";
    return text;
  }
  for (std::size_t i = 0; i < ka.size(); ++i)
    if (ka[i].text != kb[i].text || differ(ka[i].area, kb[i].area))
      return "face " + ka[i].text + " " + std::to_string(ka[i].area) + " against " + kb[i].text + " " +
             std::to_string(kb[i].area);
  return {};
}

/// Builds a product with the short cuts, once `known` has been built, and without them, and checks that both ways fail
/// or give the same. Returns the slowest tier that served; empty when both failed.
inline std::string held_to_general(const Product& product, const NodePtr& known = nullptr, double relative = 1e-7) {
  Evaluator quick, general({.rewrite = false});
  if (known) REQUIRE(quick.build(product_of(known), {}));
  BuildStats stats;
  const auto a = quick.build(product, {}, {}, &stats), c = general.build(product, {});
  CHECK(a.has_value() == c.has_value());
  if (!a || !c) return {};
  CHECK(difference(a->front(), c->front(), relative) == "");
  CHECK(faults_text(a->front().mesh) == faults_text(c->front().mesh));
  return std::string(to_string(stats.tier));
}

/// The slowest tier that served a solid.
inline std::string tier_of(const NodePtr& solid) {
  BuildStats stats;
  const auto built = Evaluator().build(product_of(solid), {}, {}, &stats);
  if (!built) FAIL(describe(built.error()));
  return std::string(to_string(stats.tier));
}

}  // namespace fitwright::test
