-- Everything that meshes differently in one part: plane and ruled faces, blends, a thread, letters, faces curved both
-- ways and the seams between them. Not a product: it is there to be tested.
return {
  id = "mixed", version = "1.0.0", name = "Mixed", summary = "A test piece.", description = "A test piece.",
  licence = "CC-BY-4.0", author = "Fitwright", processes = { "fdm" },
  parameters = {
    { "width", kind = "length", default = 60, min = 50, max = 120, step = 1, label = "Width" },
    { "depth", kind = "length", default = 40, min = 35, max = 80, step = 1, label = "Depth" },
    { "height", kind = "length", default = 14, min = 10, max = 30, step = 0.5, label = "Height" },
    { "corner", kind = "length", default = 5, min = 1, max = 10, step = 0.5, label = "Corner radius" },
    { "rim", kind = "length", default = 1, min = 0.2, max = 2, step = 0.1, label = "Rim radius" },
    { "blend", kind = "choice", default = "fillet", choices = { { "fillet", "Round" }, { "chamfer", "Bevelled" } },
      label = "Blend" },
    { "name", kind = "text", default = "Rag 8", label = "Text" },
    { "letter", kind = "length", default = 5, min = 3, max = 7, step = 0.5, label = "Letter height" },
    { "raised", kind = "toggle", default = false, label = "Raised letters" },
    { "thread", kind = "length", default = 8, min = 5, max = 12, step = 1, label = "Thread" },
    { "pitch", kind = "length", default = 1.5, min = 0.8, max = 2, step = 0.1, label = "Pitch" },
    { "bolt", kind = "length", default = 12, min = 6, max = 25, step = 1, label = "Bolt length" },
    { "dish", kind = "length", default = 9, min = 4, max = 12, step = 0.5, label = "Dish radius" },
    { "tilt", kind = "angle", default = 25, min = 5, max = 40, step = 1, label = "Tilt of the bore" },
  },
  rules = {
    { check = function(p) return p.rim < p.corner end, message = "The rim is rounder than the corners.",
      parameters = { "rim", "corner" } },
    { check = function(p) return #p.name >= 1 and #p.name <= 8 end, message = "One to eight letters.",
      parameters = { "name" } },
  },
  presets = { { name = "big", label = "Big", values = { width = 100, depth = 70, height = 20 } } },
  build = function(p)
    local block = rounded_rectangle(p.width, p.depth, p.corner, true):extrude(p.height)
    block = p.blend == "fillet" and block:fillet(edges.of(faces.role("top")), p.rim)
      or block:chamfer(edges.of(faces.role("top")), p.rim)
    local letters = text(p.name, p.letter, "", "center"):move(0, -p.depth / 2 + 4)
    local x = p.width / 2 - 4 - p.thread / 2
    local bolt = thread { d = p.thread, pitch = p.pitch, h = p.bolt, lead_in = p.pitch }
      :move { x = -x, y = 4, z = p.height }
    local dish = sphere(p.dish):move { x = 4, y = 6, z = p.height + p.dish / 2 }
    local bore = cylinder(2, 80):move { z = -40 }:rotate("x", p.tilt):move { x = x, y = 2, z = p.height / 2 }
    local solid = block:cut { dish, bore }
    solid = p.raised and solid:union(letters:extrude(1):move { z = p.height })
      or solid:cut(letters:extrude(1.5):move { z = p.height - 0.5 })
    return { parts = { { name = "piece", solid = solid:union(bolt) } } }
  end,
}
