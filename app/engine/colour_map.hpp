// Figures to colour a part by: how thick it is, how far it overhangs, how steep its walls are.
#pragma once

#include <stop_token>

#include "app/engine/message.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// No edge longer than `longest`: triangles are cut at the middles of edges that are, so that neighbours keep agreeing
/// and a sound mesh stays sound. Stops short of `most` triangles.
TriangleMesh refined(const TriangleMesh& mesh, double longest, std::size_t most);

/// Replaces the mesh of each part by a refined one and fills `map` with a figure for each triangle; tells the scale.
/// Errors: cancelled; geometry (a mesh that is not sound).
Result<MapScale> map_parts(MapKind kind, const Process* process, bool foreign, std::vector<ResponsePart>& parts,
                           const std::stop_token& stop);

/// Fills `ways` of each part that the process prints. Errors: cancelled.
Result<void> rank_ways(const Process* process, std::vector<ResponsePart>& parts, const std::stop_token& stop);

}  // namespace fitwright
