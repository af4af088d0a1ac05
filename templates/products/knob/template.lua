-- A control knob: a chamfered cylinder with grip grooves and a blind bore for the shaft. Its axis is z, it
-- stands on z = 0 where the bore opens, and the pointer shows towards +x.

local OVER = 1 -- cutters overshoot open faces by this much
local LARGEST_FIT = 0.5 -- mm a side: more than any process asks for on a shaft

local function radius(p) return p.diameter / 2 end
local function given_fit(p) return p.bore_fit == "given" end
local function largest_gap(p) return given_fit(p) and p.bore_gap or LARGEST_FIT end

-- Largest distance of the bore's wall from the axis.
local function bore_reach(p)
  local half = p.shaft / 2 + largest_gap(p)
  return p.shape == "square" and half * math.sqrt(2) or half
end

local function groove_depth(p) return p.grooves > 0 and p.groove_r or 0 end

-- Outer end of the pointer mark: inside the flat top, clear of chamfer and grooves.
local function mark_end(p) return radius(p) - math.max(p.chamfer, groove_depth(p)) - 0.5 end
local function mark_start(p) return mark_end(p) - p.mark_length end

local function blank(p)
  local r, c = radius(p), p.chamfer
  if c == 0 then return cylinder(r, p.height) end
  return polygon { { 0, 0 }, { r, 0 }, { r, p.height - c }, { r - c, p.height }, { 0, p.height } }:revolve()
end

local function grooves(p)
  return circle(p.groove_r):move(radius(p), 0):polar_pattern(p.grooves)
    :extrude(p.height + 2 * OVER):move { z = -OVER }
end

local function bore(p, gap)
  local r = p.shaft / 2 + gap
  local profile
  if p.shape == "square" then
    profile = rectangle(2 * r, 2 * r, true)
  else
    profile = circle(r)
    if p.shape == "d" then profile = profile:cut(rectangle(4 * r, 2 * r):move(-2 * r, p.flat + gap)) end
  end
  return profile:extrude(p.bore_depth + OVER):move { z = -OVER }
end

local function mark(p)
  return slot(p.mark_length, p.mark_width):move(mark_end(p) - p.mark_length / 2, 0)
    :extrude(p.mark_depth + OVER):move { z = p.height - p.mark_depth }
end

local function build(p, ctx)
  local gap = given_fit(p) and p.bore_gap or ctx.fit(p.bore_fit)
  -- Grooves take longest, so they come first: bore and mark can then change without them.
  local grip = p.grooves > 0 and blank(p):cut(grooves(p)) or blank(p)
  local cuts = { bore(p, gap) }
  if p.mark then cuts[#cuts + 1] = mark(p) end
  return {
    parts = { { name = "knob", label = "Knob", solid = grip:cut(cuts), role = "knob", colour = "#33373d", up = "+z" } },
    mates = {},
    handles = {
      { parameter = "diameter", at = { radius(p), 0, p.height / 2 }, direction = "+x" },
      { parameter = "height", at = { 0, 0, p.height }, direction = "+z" },
    },
  }
end

return {
  id = "knob",
  version = "1.0.0",
  name = "Knob",
  summary = "A grooved control knob for D, round and square shafts.",
  description = "For potentiometers, encoders, valves and machines: choose diameter, height, grip grooves, the shaft "
    .. "it sits on and how tightly, and whether a pointer is engraved in the top.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf", "sla" },
  keywords = { "handle", "dial", "button" },

  parameters = {
    { "diameter", kind = "length", default = 40, min = 15, max = 80, step = 0.1, group = "Size", label = "Diameter",
      help = "Over the grip, before grooves." },
    { "height", kind = "length", default = 18, min = 8, max = 60, step = 0.1, group = "Size", label = "Height",
      help = "From the underside to the top." },
    { "chamfer", kind = "length", default = 1.5, min = 0, max = 6, step = 0.1, group = "Size", label = "Chamfer",
      help = "How much the top edge is broken at 45 degrees; 0 leaves it sharp." },

    { "grooves", kind = "count", default = 60, min = 0, max = 120, step = 1, group = "Grip", label = "Grooves",
      help = "Round grooves around the grip; 0 leaves it smooth." },
    { "groove_r", kind = "length", default = 0.8, min = 0.3, max = 6, step = 0.1, group = "Grip",
      label = "Groove radius",
      help = "0.8 for a fine grip, 4 with few grooves for a lobed one.",
      visible_when = function(p) return p.grooves > 0 end },

    { "shape", kind = "choice", default = "d", group = "Shaft", label = "Shaft",
      choices = { { "d", "Round with a flat (D)" }, { "round", "Round" }, { "square", "Square" } },
      help = "Section of the shaft that the knob sits on." },
    { "shaft", kind = "length", default = 6, min = 2, max = 20, step = 0.05, group = "Shaft", label = "Shaft size",
      help = "Diameter of a round shaft, or side of a square one, as measured." },
    { "flat", kind = "length", default = 1.5, min = 0.3, max = 9.5, step = 0.05, group = "Shaft",
      label = "Flat from axis",
      help = "From the middle of the shaft to its flat: 1.5 on a 6 mm shaft that measures 4.5 over the flat.",
      visible_when = function(p) return p.shape == "d" end },
    { "bore_depth", kind = "length", default = 12, min = 3, max = 50, step = 0.5, group = "Shaft", label = "Bore depth",
      help = "How deep the shaft goes in." },
    { "bore_fit", kind = "choice", default = "given", group = "Shaft", label = "Fit",
      choices = { { "given", "Gap as given" }, { "press", "Press fit of the process" },
        { "slide", "Sliding fit of the process" } },
      help = "Where the room between shaft and bore comes from." },
    { "bore_gap", kind = "length", default = 0, min = 0, max = 0.5, step = 0.05, group = "Shaft", label = "Gap",
      help = "Room on each side of the shaft; 0 makes the bore exactly the shaft's size.", visible_when = given_fit },

    { "mark", kind = "toggle", default = false, group = "Pointer", label = "Pointer mark",
      help = "An engraved line in the top that shows the setting." },
    { "mark_length", kind = "length", default = 8, min = 2, max = 30, step = 0.5, group = "Pointer",
      label = "Mark length",
      help = "From near the edge towards the middle.", visible_when = function(p) return p.mark end },
    { "mark_width", kind = "length", default = 1.6, min = 0.8, max = 5, step = 0.1, group = "Pointer",
      label = "Mark width",
      help = "1.6 can be filled with paint.", visible_when = function(p) return p.mark end },
    { "mark_depth", kind = "length", default = 0.8, min = 0.3, max = 3, step = 0.1, group = "Pointer",
      label = "Mark depth",
      help = "How deep the mark is engraved.", visible_when = function(p) return p.mark end },
  },

  rules = {
    { check = function(p)
        return p.grooves < 2 or 2 * radius(p) * math.sin(math.pi / p.grooves) >= 2 * p.groove_r + 0.3
      end,
      message = "The grooves run into each other: take fewer or smaller grooves, or a larger knob.",
      parameters = { "grooves", "groove_r", "diameter" } },
    { check = function(p) return p.chamfer == 0 or p.chamfer >= 0.3 end,
      message = "A chamfer below 0.3 mm cannot be made: take 0 or at least 0.3.",
      parameters = { "chamfer" } },
    { check = function(p)
        return p.grooves == 0 or p.chamfer == 0 or math.abs(p.chamfer - p.groove_r) >= 0.2
      end,
      message = "Grooves as deep as the chamfer end exactly on the edge of the top and leave it ragged: "
        .. "let chamfer and groove radius differ by 0.2 mm or more.",
      parameters = { "chamfer", "groove_r" } },
    { check = function(p) return p.chamfer <= math.min(p.height / 2, radius(p) / 2) end,
      message = "The chamfer takes more than half of the knob: take a smaller one.",
      parameters = { "chamfer", "height", "diameter" } },
    { check = function(p) return radius(p) - groove_depth(p) - bore_reach(p) >= 2 end,
      message = "Less than 2 mm would stay between the bore and the grip: "
        .. "take a larger knob or smaller grooves.",
      parameters = { "diameter", "shaft", "shape", "groove_r", "bore_gap", "bore_fit" } },
    { check = function(p) return p.shape ~= "d" or p.flat <= p.shaft / 2 - 0.3 end,
      message = "The flat lies outside the shaft: "
        .. "it must be at least 0.3 mm nearer to the axis than the shaft's radius.",
      parameters = { "flat", "shaft" } },
    { check = function(p) return p.bore_depth + (p.mark and p.mark_depth or 0) <= p.height - 1.5 end,
      message = "At least 1.5 mm must stay between the bore and the top: take a shallower bore or a higher knob.",
      parameters = { "bore_depth", "height", "mark_depth" } },
    { check = function(p)
        return p.chamfer == 0 or radius(p) - p.chamfer - bore_reach(p) >= 1
          or p.bore_depth + p.chamfer + 1 <= p.height
      end,
      message = "The chamfer comes within 1 mm of the bore: take a smaller chamfer or a shallower bore.",
      parameters = { "chamfer", "bore_depth", "shaft" } },
    { check = function(p) return not p.mark or mark_start(p) >= 0.5 end,
      message = "The pointer mark reaches past the middle of the knob: take a shorter mark or a larger knob.",
      parameters = { "mark_length", "diameter", "chamfer", "groove_r" } },
    { check = function(p) return not p.mark or p.mark_length >= p.mark_width + 0.5 end,
      message = "The pointer mark must be longer than wide, or it points nowhere.",
      parameters = { "mark_length", "mark_width" } },
  },

  presets = {
    { "potentiometer", label = "Potentiometer, 6 mm D shaft",
      values = { diameter = 22, height = 16, grooves = 30, groove_r = 0.6, chamfer = 1, bore_depth = 11, mark = true,
        mark_length = 6, bore_gap = 0.1 } },
    { "encoder", label = "Large encoder wheel",
      values = { diameter = 60, height = 22, grooves = 80, groove_r = 0.7, chamfer = 2, bore_depth = 14 } },
    { "guitar", label = "Guitar volume, round shaft",
      values = { diameter = 24, height = 18, grooves = 0, chamfer = 2, shape = "round", bore_fit = "press",
        bore_depth = 12, mark = true, mark_length = 7 } },
    { "lobed", label = "Lobed machine knob, 8 mm shaft",
      values = { diameter = 50, height = 25, grooves = 6, groove_r = 6, chamfer = 2, shape = "round", shaft = 8,
        bore_depth = 18 } },
    { "valve", label = "Valve stem, 8 mm square",
      values = { diameter = 55, height = 24, grooves = 8, groove_r = 5, chamfer = 2, shape = "square", shaft = 8,
        bore_depth = 16, bore_fit = "slide" } },
  },

  build = build,
}
