#include "geometry/checks/specimen.hpp"

#include <algorithm>
#include <set>

namespace fitwright {

Specimen::Specimen(const CheckInput& given, std::stop_token stopped) : input(given), stop(std::move(stopped)) {
  const Box3 box = bounds(mesh());
  const double largest = std::max(length(box.min), length(box.max));
  // Files from outside hold single precision, most of them.
  rounding_ = std::max(1e-6, largest * (input.built ? 1e-12 : 4e-7));
}

const std::vector<MeshFault>& Specimen::faults() {
  if (!faults_) faults_ = mesh_faults(mesh());
  return *faults_;
}

const Surface& Specimen::surface() {
  if (!surface_) surface_.emplace(mesh());
  return *surface_;
}

const std::vector<Round>& Specimen::rounds() {
  if (!rounds_) rounds_ = find_rounds(surface(), input.built);
  return *rounds_;
}

const std::vector<std::uint32_t>& Specimen::hole_of() {
  if (hole_of_) return *hole_of_;
  hole_of_.emplace(surface().size(), Surface::none);
  for (std::uint32_t i = 0; i < rounds().size(); ++i)
    if (rounds()[i].concave)
      for (const std::uint32_t t : rounds()[i].triangles) (*hole_of_)[t] = i;
  return *hole_of_;
}

const Result<std::vector<ThinPlace>>& Specimen::thin_places(Between between, double limit) {
  const std::pair key(between, limit);
  const auto known = thin_places_.find(key);
  return known != thin_places_.end() ? known->second
                                     : thin_places_.emplace(key, find_thin_places(*this, between, limit)).first->second;
}

const std::vector<Hang>& Specimen::hangs(double limit_deg, double first_layer) {
  const auto [it, fresh] = hangs_.try_emplace({limit_deg, first_layer});
  if (fresh) it->second = find_hangs(surface(), limit_deg, first_layer);
  return it->second;
}

const Result<std::vector<std::uint8_t>>& Specimen::reach() {
  if (!reach_) reach_ = reachable(surface(), stop);
  return *reach_;
}

std::vector<std::uint32_t> Specimen::faces_of(std::span<const std::uint32_t> triangles) const {
  if (!exact()) return {};
  std::set<std::uint32_t> faces;
  for (const std::uint32_t t : triangles) faces.insert(mesh().face_of[t]);
  return {faces.begin(), faces.end()};
}

}  // namespace fitwright
