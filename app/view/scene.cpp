#include "app/view/scene.hpp"

#include <algorithm>

#include "export/layout.hpp"

namespace fitwright {
namespace {

constexpr double spread = 0.6;      // how much further from the middle a copy goes at once
constexpr double gap_share = 0.03;  // of the product's diagonal: room between neighbours that came free
constexpr int most_rounds = 200;
constexpr std::size_t most_copies = 400;  // beyond that, pairs are too many to look at while someone waits

using Axis = double Vec3::*;
constexpr std::array<Axis, 3> axes{&Vec3::z, &Vec3::y, &Vec3::x};

Box3 placed_box(const Box3& box, const Placement& placement) {
  Box3 placed;
  for (int i = 0; i < 8; ++i)
    placed.add(
        placement.apply({(i & 1 ? box.max : box.min).x, (i & 2 ? box.max : box.min).y, (i & 4 ? box.max : box.min).z}));
  return placed;
}

/// A copy's box on its way out.
struct Piece {
  Vec3 home, middle, half;
};

/// Pushes two pieces apart along the axis that needs least, each by half. False when they are free of each other.
bool part_ways(Piece& a, Piece& b, double gap) {
  Axis least = axes[0];
  double push = std::numeric_limits<double>::infinity();
  for (const Axis axis : axes) {
    const double overlap = a.half.*axis + b.half.*axis + gap - std::abs(b.middle.*axis - a.middle.*axis);
    if (overlap <= gap * 1e-6) return false;
    if (overlap < push) {
      push = overlap;
      least = axis;
    }
  }
  const double sign = b.home.*least < a.home.*least ? -1 : 1;
  a.middle.*least -= sign * push / 2;
  b.middle.*least += sign * push / 2;
  return true;
}

/// Where each piece is moved to come free of all others.
std::vector<Vec3> moves_apart(std::vector<Piece> pieces, const Box3& whole) {
  const Vec3 middle = (whole.min + whole.max) * 0.5;
  const double gap = length(whole.size()) * gap_share;
  for (Piece& piece : pieces) piece.middle = piece.home + (piece.home - middle) * spread;
  bool moved = pieces.size() <= most_copies;
  for (int round = 0; moved && round < most_rounds; ++round) {
    moved = false;
    for (std::size_t i = 0; i < pieces.size(); ++i)
      for (std::size_t j = i + 1; j < pieces.size(); ++j) moved |= part_ways(pieces[i], pieces[j], gap);
  }
  std::vector<Vec3> moves;
  for (const Piece& piece : pieces) moves.push_back(piece.middle - piece.home);
  return moves;
}

void explode_by(ViewScene& scene, double share) {
  std::vector<Piece> pieces;
  Box3 whole;
  for (const ViewPart& part : scene.parts)
    for (const Placement& copy : part.copies) {
      const Box3 box = placed_box(part.part->built.box, copy);
      pieces.push_back({(box.min + box.max) * 0.5, {}, box.size() * 0.5});
      whole.add(box);
    }
  if (pieces.size() < 2) return;
  const std::vector<Vec3> moves = moves_apart(std::move(pieces), whole);
  auto move = moves.begin();
  for (ViewPart& part : scene.parts)
    for (Placement& copy : part.copies) copy.offset = copy.offset + *move++ * share;
}

/// Placements of all parts. The layout looks at vertices alone, so triangles and normals are not copied.
ScenePlacements pose_placements(const Response& model, Pose pose) {
  Scene scene;
  for (const ResponsePart& part : model.parts) {
    ScenePart& added = scene.parts.emplace_back();
    added.assembled = part.assembled;
    added.up = part.up;
    if (pose == Pose::made) added.mesh.vertices = part.built.mesh.vertices;
  }
  return placements(scene, pose);
}

}  // namespace

ViewScene view_scene(const std::shared_ptr<const Response>& model, Pose pose, double explode,
                     const std::set<std::string>& hidden) {
  ViewScene scene;
  if (!model) return scene;
  ScenePlacements copies = pose_placements(*model, pose);
  for (std::size_t i = 0; i < model->parts.size(); ++i) {
    const ResponsePart& part = model->parts[i];
    scene.parts.push_back({model, &part, std::move(copies[i]), hidden.count(part.built.name) == 0});
  }
  // Hidden parts take part, so that hiding one moves no other.
  if (pose == Pose::assembled && explode > 0) explode_by(scene, explode);
  for (const ViewPart& part : scene.parts)
    for (const Placement& copy : part.copies)
      if (part.visible) scene.box.add(placed_box(part.part->built.box, copy));
  return scene;
}

}  // namespace fitwright
