// Semantic selection of faces and edges, resolved against a solid when it is needed.
#pragma once

#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>

#include <vector>

#include "geometry/kernel/value.hpp"

namespace fitwright {

/// Positions (into Body::traces) of the faces that the selector picks.
Result<std::vector<std::size_t>> select_faces(const Body& solid, const NodePtr& selector);

/// The edges that the selector picks, in the order of TopExp::MapShapes; seams and degenerated edges never.
Result<std::vector<TopoDS_Edge>> select_edges(const Body& solid, const NodePtr& selector);

/// All tags on a solid, sorted; for messages about empty selections.
std::vector<std::string> tags_of(const Body& solid);

}  // namespace fitwright
