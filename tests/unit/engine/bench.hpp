// An engine on the shipped assets that is spoken to through bytes alone, and a template to speak about.
#pragma once

#include <string>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"

namespace fitwright {

inline Engine& engine() {
  static Engine shared(asset_folder().value());
  return shared;
}

/// Asks through encode, handle_bytes and decode, as another process would.
inline Response ask(const Request& request, std::stop_token stop = {}) {
  return decode_response(engine().handle_bytes(encode(request), stop)).value();
}

/// A block of size x 20 x 10 mm with a rounded upright edge and a gap of the process's sliding fit on top.
inline Request block() {
  Request request;
  request.chunk = "block/template.lua";
  request.source = R"lua(local function build(p, ctx)
  local solid = box(p.size, 20, 10)
  if p.round > 0 then
    solid = solid:fillet(edges.between(faces.role("left"), faces.role("front")), p.round)
  end
  if p.gap then solid = solid:union(box(p.size, 20, ctx.fit("slide")):move { z = 10 }) end
  return { parts = { { name = "block", solid = solid, role = "block", colour = "#ff8000",
    at = { { x = 0 }, { x = 100 } } } } }
end
return {
  id = "block", version = "1.2.0", name = "Block", summary = "A block.", description = "A block to test with.",
  licence = "CC-BY-4.0", author = "Tester", processes = { "fdm", "sla" },
  parameters = {
    { "size", kind = "length", default = 40, min = 5, max = 5000, step = 1, label = "Size" },
    { "round", kind = "length", default = 0, min = 0, max = 100, step = 1, label = "Rounding" },
    { "gap", kind = "toggle", default = false, label = "Gap" },
    { "style", kind = "choice", default = "plain", choices = { { "plain", "Plain" }, { "fancy", "Fancy" } },
      label = "Style" },
  },
  rules = { { check = function(p) return p.size ~= 13 end, message = "13 brings bad luck.", parameters = { "size" } } },
  presets = { { name = "long", label = "Long", values = { size = 200 } } },
  build = build,
}
)lua";
  return request;
}

}  // namespace fitwright
