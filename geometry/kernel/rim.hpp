// Fillets and chamfers of whole outlines: where a plane face meets upright walls all along one of its smooth outlines,
// the blend is known in closed form and is stitched in. Everything else is left to the kernel's general blends.
#pragma once

#include <TopoDS_Edge.hxx>

#include <optional>
#include <string_view>
#include <vector>

#include "geometry/kernel/occt.hpp"

namespace fitwright {

enum class Blend { fillet, chamfer };
std::string_view to_string(Blend blend);

/// The body with the edges blended; its traces are below slot 0. Absent unless the edges are whole outlines of plane
/// faces, smooth throughout, of lines and arcs, with walls square to the face, and the blend is certain to meet nothing
/// else. `size`: radius of a fillet, or distance of a chamfer from the edge, mm.
Result<std::optional<Body>> blend_rims(const Body& body, const std::vector<TopoDS_Edge>& edges, Blend blend,
                                       double size);

}  // namespace fitwright
