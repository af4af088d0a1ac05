// Short notation for graphs in tests.
#pragma once

#include <string>
#include <vector>

#include "geometry/kernel/kernel.hpp"
#include "tests/catch.hpp"

namespace fitwright::test {

/// The node, or a failed test.
inline NodePtr op(std::string_view name, std::vector<Arg> args = {}) {
  const Operation* row = operations().find(name);
  INFO("operation " << std::string(name));
  REQUIRE(row);
  auto node = make_node(*row, std::move(args));
  if (!node) FAIL(describe(node.error()));
  return *node;
}

inline Product product_of(const NodePtr& solid) {
  Product product;
  product.parts.push_back({.name = "part", .solid = solid, .assembled = {Placement{}}});
  return product;
}

inline BuiltPart build(const NodePtr& solid, bool rewrite = true, Deflection deflection = {}) {
  Evaluator evaluator({.rewrite = rewrite});
  auto built = evaluator.build(product_of(solid), deflection);
  if (!built) FAIL(describe(built.error()));
  return built->front();
}

inline Error build_error(const NodePtr& solid) {
  Evaluator evaluator;
  auto built = evaluator.build(product_of(solid), {});
  REQUIRE(!built);
  return built.error();
}

inline std::string faults_text(const TriangleMesh& mesh) {
  std::string text;
  for (const MeshFault& fault : mesh_faults(mesh))
    text += std::string(to_string(fault.kind)) + " x" + std::to_string(fault.count) + "; ";
  return text;
}

using Nodes = std::vector<NodePtr>;
constexpr double pi = 3.14159265358979323846;

}  // namespace fitwright::test
