// Provenance paths as text, as FaceInfo::origins holds them, followed through the graph.
#pragma once

#include <string_view>
#include <vector>

#include "geometry/graph/arg.hpp"

namespace fitwright {

/// Where "tools[2].solid.round" leads: past which nodes, and what of the text is left, the role ("round").
struct FollowedPath {
  std::vector<NodePtr> nodes;  ///< the root first, then each child; the last made the face. Never empty
  std::string_view role;       ///< of the text that was given
};

/// A path that does not fit the graph is followed as far as it does; what is left is taken for the role.
FollowedPath follow(const NodePtr& root, std::string_view path);

/// The paths that a blend's role names, from the node that made it: "fillet(a, b)" lies between a and b. None for
/// other roles.
std::vector<std::string_view> blended_paths(std::string_view role);

}  // namespace fitwright
