#include "app/session/session.hpp"

namespace fitwright {

std::vector<std::string> face_parameters(const Snapshot& snapshot, std::size_t part, std::size_t face) {
  if (!snapshot.model || !snapshot.related || part >= snapshot.model->parts.size()) return {};
  const BuiltPart& built = snapshot.model->parts[part].built;
  if (face >= built.faces.size()) return {};
  for (const ResponsePart& related : snapshot.related->parts)
    if (related.built.name == built.name) return face_parameters(snapshot.related->about, related, built.faces[face]);
  return {};
}

}  // namespace fitwright
