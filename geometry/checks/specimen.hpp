// A part with what several rows measure on it, made when it is first asked for.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "geometry/checks/check.hpp"
#include "geometry/checks/overhang.hpp"
#include "geometry/checks/reach.hpp"
#include "geometry/checks/rounds.hpp"
#include "geometry/checks/surface.hpp"
#include "geometry/checks/thin_places.hpp"

namespace fitwright {

class Specimen {
 public:
  Specimen(const CheckInput& given, std::stop_token stopped);
  Specimen(const Specimen&) = delete;
  Specimen& operator=(const Specimen&) = delete;

  const CheckInput& input;
  const std::stop_token stop;

  const TriangleMesh& mesh() const { return *input.mesh; }
  const Process& process() const { return *input.process; }
  const std::vector<MeshFault>& faults();
  /// Only for a mesh without faults, and so is what follows.
  const Surface& surface();
  /// Round holes and pins.
  const std::vector<Round>& rounds();
  /// By triangle, the concave round that it belongs to, into rounds(), or Surface::none.
  const std::vector<std::uint32_t>& hole_of();
  /// Walls or gaps narrower than `limit` (mm). Errors: cancelled.
  const Result<std::vector<ThinPlace>>& thin_places(Between between, double limit);
  /// What hangs in the air at the angle (from the vertical) that the process allows.
  const std::vector<Hang>& hangs(double limit_deg, double first_layer);

  /// From which sides a mill can cut each triangle. Errors: cancelled.
  const Result<std::vector<std::uint8_t>>& reach();

  /// Whether the faces of the exact solid behind the triangles are known.
  bool exact() const { return input.built && mesh().face_of.size() == mesh().triangles.size(); }
  /// Faces of the exact solid behind triangles, sorted; empty for a mesh from outside.
  std::vector<std::uint32_t> faces_of(std::span<const std::uint32_t> triangles) const;
  /// What rounding of coordinates may take from a length, mm: a wall exactly at its limit passes.
  double rounding() const { return rounding_; }

  /// The limits of the row that runs, in the row's order.
  std::vector<Limit> limits;

 private:
  double rounding_ = 0;
  std::optional<std::vector<MeshFault>> faults_;
  std::optional<Surface> surface_;
  std::optional<std::vector<Round>> rounds_;
  std::optional<std::vector<std::uint32_t>> hole_of_;
  std::map<std::pair<Between, double>, Result<std::vector<ThinPlace>>> thin_places_;
  std::map<std::pair<double, double>, std::vector<Hang>> hangs_;
  std::optional<Result<std::vector<std::uint8_t>>> reach_;
};

}  // namespace fitwright
