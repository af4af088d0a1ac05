// Provenance paths followed through a graph.
#include "geometry/graph/path.hpp"

#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

NodePtr node(const char* name, std::vector<Arg> args) {
  auto made = make_node(*dummy_operations().find(name), std::move(args));
  INFO((made ? "" : describe(made.error())));
  REQUIRE(made);
  return *made;
}

}  // namespace

TEST_CASE("a path leads past every child to the node that made the face") {
  const NodePtr base = node("box", {10.0, 10.0, 10.0}), hole = node("box", {1.0, 2.0, 3.0});
  const NodePtr moved = node("move", {hole, 0.0, 0.0, 5.0});
  const NodePtr cut = node("cut", {base, std::vector<NodePtr>{hole, moved}});
  const auto names = [](const NodePtr& child) { return std::string(child->operation().name); };

  const FollowedPath tool = follow(cut, "tools[1].solid.left");
  REQUIRE(tool.nodes.size() == 3);
  CHECK(tool.nodes[0] == cut);
  CHECK(tool.nodes[1] == moved);
  CHECK(tool.nodes[2] == hole);
  CHECK(tool.role == "left");
  CHECK(names(tool.nodes[1]) == "move");

  CHECK(follow(cut, "solid.top").nodes == std::vector<NodePtr>{cut, base});
  CHECK(follow(cut, "top").nodes == std::vector<NodePtr>{cut});
  // A single child has no number; a pattern's instance of it has, and is the same node.
  CHECK(follow(moved, "solid[7].left").nodes == std::vector<NodePtr>{moved, hole});
}

TEST_CASE("a path that does not fit the graph is followed as far as it does") {
  const NodePtr base = node("box", {10.0, 10.0, 10.0});
  const NodePtr cut = node("cut", {base, std::vector<NodePtr>{base}});
  for (const char* path : {"tools[1].left", "tools[x].left", "tools[0", "tools[0]x.left", "tools[99999].left", "?.left",
                           "left.right.top", "", "."}) {
    INFO(path);
    const FollowedPath followed = follow(cut, path);
    CHECK(followed.nodes == std::vector<NodePtr>{cut});
    CHECK(followed.role == path);
  }
  const FollowedPath half = follow(cut, "solid.tools[0].left");
  CHECK(half.nodes == std::vector<NodePtr>{cut, base});
  CHECK(half.role == "tools[0].left");
}

TEST_CASE("a blend's role names the two faces that it lies between") {
  using Paths = std::vector<std::string_view>;
  CHECK(blended_paths("fillet(base.top, tools[1].solid.left)") == Paths{"base.top", "tools[1].solid.left"});
  CHECK(blended_paths("fillet(fillet(a, b), c)") == Paths{"fillet(a, b)", "c"});
  CHECK(blended_paths("chamfer(a)") == Paths{"a"});
  CHECK(blended_paths("left").empty());
  CHECK(blended_paths("").empty());
  CHECK(blended_paths("open(").empty());
}
