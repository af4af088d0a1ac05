-- A wall hook: one outline seen from the side, x away from the wall and y up, raised by its width. It is printed lying
-- on that side, so that the load pulls along the layers and not between them.

local fasteners = require "fasteners@1"

local OVER = 1 -- cutters overshoot open faces by this much
local GRAVITY = 9.81
-- MPa that printed plastic may bear for years: a quarter of the 50 or so that PLA, PETG and PA show in a short test,
-- since plastic creeps and a hook is jerked.
local ALLOWED = 12
local EDGE = 4 -- material around a screw's head, mm

local function screwed(p) return p.mount == "screws" end
local function head_r(p) return fasteners.largest_head(p.screw) / 2 end

-- Thickness of the arm at the wall: a beam held at one end, the load at its tip, W = width * thickness^2 / 6.
local function arm(p)
  local moment = p.load * GRAVITY * (p.reach + p.plate / 2)
  return math.max(4, math.sqrt(6 * moment / (p.width * ALLOWED)))
end
local function tip_thickness(p) return math.max(4, 0.7 * arm(p)) end

-- Heights along the wall, 0 at the underside of the arm.
local function heights(p)
  local top = arm(p) + p.tip
  local h = { tip = top }
  if screwed(p) then
    h.upper = top + head_r(p) + 2 -- clear of the tip, so that a screwdriver gets there
    h.lower = -p.inside - head_r(p) - 1
    h.top, h.bottom = h.upper + head_r(p) + EDGE, h.lower - head_r(p) - EDGE
  else
    h.top = top + p.tape / 2
    h.bottom = -p.inside - p.tape / 2
  end
  return h
end

local function outline(p)
  local h, t, front = heights(p), arm(p), p.plate + p.reach
  local tip = front + tip_thickness(p)
  return polygon { { 0, h.bottom }, { p.plate, h.bottom }, { p.plate, 0 }, { tip, 0 }, { tip, h.tip }, { front, h.tip },
    { front, t }, { p.plate, t }, { p.plate, h.top }, { 0, h.top } }
    :fillet(p.inside, "concave"):fillet(p.rounding, "convex")
end

local function with_screw_holes(hook, p, ctx)
  local h = heights(p)
  local hole = fasteners.clearance(ctx, p.screw, p.plate + OVER):rotate("y", 90)
  hook = hook:cut(hole:move(p.plate, h.upper, p.width / 2), hole:move(p.plate, h.lower, p.width / 2))
  return p.head == "flat" and fasteners.sink(hook, ctx, p.screw, "+x", 2) or hook
end

local function build(p, ctx)
  local hook = outline(p):extrude(p.width)
  if p.edge > 0 then
    hook = hook:chamfer { edges = edges.of(faces.either(faces.role("top"), faces.role("bottom"))), size = p.edge }
  end
  if screwed(p) then hook = with_screw_holes(hook, p, ctx) end
  local front, h = p.plate + p.reach + tip_thickness(p), heights(p)
  -- In the room: the wall is y = 0, the hook comes out of it towards -y.
  return {
    parts = { { name = "hook", label = "Hook", solid = hook, role = "hook", colour = "#3f6f5f",
      at = { { x = p.width / 2, rx = 90, rz = -90 } }, up = "+z" } },
    handles = {
      { parameter = "reach", at = { 0, -front, h.tip / 2 }, direction = "-y" },
      { parameter = "tip", at = { 0, -front, h.tip }, direction = "+z" },
      { parameter = "width", at = { p.width / 2, -p.plate, h.top }, direction = "+x" },
    },
  }
end


return {
  id = "wall_hook",
  version = "1.0.0",
  name = "Wall hook",
  summary = "A hook for the wall that is as thick as its load asks for.",
  description = "Say how much hangs on it and how far it must stick out: the arm's thickness follows from both. It is "
    .. "held by two screws or by mounting tape, and every edge that cloth touches is rounded.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf" },
  keywords = { "hanger", "coat hook", "rail" },

  parameters = {
    { "load", kind = "number", default = 8, min = 0.5, max = 40, step = 0.5, group = "What hangs there",
      label = "Load, kg",
      help = "The heaviest that will ever hang on it. A wet winter coat weighs 3 kg, a full rucksack 12." },
    { "reach", kind = "length", default = 35, min = 12, max = 140, step = 1, group = "What hangs there",
      label = "Reach",
      help = "Free room between the wall plate and the tip." },
    { "tip", kind = "length", default = 18, min = 8, max = 60, step = 1, group = "What hangs there",
      label = "Tip height",
      help = "How far the tip stands up, so that nothing slides off." },
    { "width", kind = "length", default = 20, min = 10, max = 80, step = 1, group = "What hangs there", label = "Width",
      help = "Along the wall. A wide hook can be thinner, and is kinder to straps." },

    { "mount", kind = "choice", default = "screws", group = "On the wall", label = "Held by",
      choices = { { "screws", "Two screws" }, { "tape", "Mounting tape" } },
      help = "Screws hold what wall and plug hold; tape suits smooth walls and light things." },
    { "screw", kind = "choice", default = "M4", group = "On the wall", label = "Screw",
      choices = { { "M3", "3 mm wood screw or M3" }, { "M4", "4 mm wood screw or M4" }, { "M5",
        "5 mm wood screw or M5" },
        { "M6", "6 mm wood screw or M6" } },
      help = "Holes and heads of metric and wood screws of one diameter agree.", visible_when = screwed },
    { "head", kind = "choice", default = "flat", group = "On the wall", label = "Head",
      choices = { { "flat", "Countersunk" }, { "round", "Round or pan head" } },
      help = "A countersunk head ends flush with the plate.", visible_when = screwed },
    { "tape", kind = "length", default = 30, min = 10, max = 80, step = 1, group = "On the wall",
      label = "Room for tape",
      help = "Height of the plate above and below the hook together.",
      visible_when = function(p) return not screwed(p) end },
    { "plate", kind = "length", default = 6, min = 3, max = 12, step = 0.5, group = "On the wall",
      label = "Plate thickness",
      help = "Of the part on the wall." },

    { "inside", kind = "length", default = 6, min = 2, max = 30, step = 0.5, group = "Details", label = "Inside radius",
      help = "Where arm, plate and tip meet: a larger one is stronger and holds a round thing in its middle." },
    { "rounding", kind = "length", default = 1.5, min = 0.5, max = 5, step = 0.1, group = "Details", label = "Rounding",
      help = "Of the corners that stick out, seen from the side." },
    { "edge", kind = "length", default = 1, min = 0, max = 2, step = 0.1, group = "Details", label = "Chamfer",
      help = "Along both sides, so that cloth is not cut; 0 for none." },
  },

  rules = {
    { check = function(p) return arm(p) <= 30 and arm(p) <= p.reach + 10 end,
      message = "So much load so far out asks for an arm thicker than it is long, or than 30 mm: "
        .. "take a wider hook, less reach or less load.",
      parameters = { "load", "reach", "width" } },
    { check = function(p) return p.reach >= 2 * p.inside + 1 and p.tip >= p.inside + 2 * p.rounding + 1 end,
      message = "The inside radius does not fit between plate and tip: take a smaller one, more reach or a higher tip.",
      parameters = { "inside", "reach", "tip" } },
    { check = function(p) return 2 * p.rounding + 0.4 <= math.min(p.plate, 4) end,
      message = "The rounding must stay below half the thickness of the plate and of the thinnest tip, which is 4 mm.",
      parameters = { "rounding", "plate" } },
    { check = function(p) return p.edge == 0 or (p.edge >= 0.3 and p.edge <= p.rounding - 0.1) end,
      message = "The chamfer must be 0, or at least 0.3 mm and smaller than the rounding: take a larger rounding first.",
      parameters = { "edge", "rounding" } },
    { check = function(p) return not screwed(p) or p.width >= fasteners.largest_head(p.screw) + 2 * EDGE end,
      message = "The screw's head leaves too little of the plate beside it: take a wider hook or a thinner screw.",
      parameters = { "width", "screw" } },
    { check = function(p)
        return not screwed(p) or p.head ~= "flat" or p.plate >= fasteners.nominal(p.screw) / 2 + 1.8
      end,
      message = "The plate is too thin for this countersunk head: take a thicker plate or a round head.",
      parameters = { "plate", "screw", "head" } },
    { check = function(p) return screwed(p) or p.load <= 2 end,
      message = "Mounting tape peels off under more than 2 kg on a hook: take screws.",
      parameters = { "mount", "load" } },
  },

  presets = {
    -- A strap of a rucksack is 70 mm wide at the shoulder and 20 to 25 at the loop; coats hang by a 10 mm loop.
    { "coat", label = "Coat, two 4 mm screws", values = {} },
    { "rucksack", label = "Rucksack or school bag, 15 kg",
      values = { load = 15, reach = 40, tip = 22, width = 30, screw = "M5", inside = 8 } },
    -- Head bands of over-ear headphones are 35 to 45 mm wide.
    { "headphones", label = "Headphones under the shelf or on the wall",
      values = { load = 1, reach = 50, tip = 14, width = 40, inside = 10 } },
    { "keys", label = "Keys, with mounting tape",
      values = { load = 0.5, reach = 14, tip = 10, width = 14, mount = "tape", plate = 4, inside = 4 } },
    -- A coil of 20 m of half-inch hose, filled, weighs about 7 kg and is 60 to 90 mm thick.
    { "hose", label = "Coiled garden hose", values = { load = 10, reach = 90, tip = 40, width = 40, screw = "M6",
      plate = 8, inside = 25 } },
    -- A bicycle hangs by its top tube or rim: 60 mm tyre, 18 kg.
    { "bicycle", label = "Bicycle by its wheel, 18 kg",
      values = { load = 18, reach = 75, tip = 45, width = 45, screw = "M6", plate = 10, inside = 20 } },
  },

  build = build,
}
