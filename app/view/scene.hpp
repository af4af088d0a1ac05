// What is to be drawn: parts of a response, each at the places of its copies. Plain data.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/engine/message.hpp"

namespace fitwright {

/// One kind of piece with all its copies. `model` keeps what `part` points into alive.
struct ViewPart {
  std::shared_ptr<const Response> model;
  const ResponsePart* part = nullptr;
  std::vector<Placement> copies;
  bool visible = true;
};

struct ViewScene {
  std::vector<ViewPart> parts;
  Box3 box;  ///< of the visible copies; empty when there are none
};

/// The parts of a response in a pose. `explode` 0 leaves them where they belong, 1 moves every copy away from the
/// middle by about its own size, so that all come free; made poses do not explode. `hidden`: names of parts.
ViewScene view_scene(const std::shared_ptr<const Response>& model, Pose pose, double explode = 0,
                     const std::set<std::string>& hidden = {});

}  // namespace fitwright
