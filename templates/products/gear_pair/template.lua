-- Two spur gears that run together. The small one turns about z, the large one stands to its right on the x axis;
-- both lie on z = 0. Involute teeth of ISO 21771 on the rack of ISO 53; a small gear gets its teeth shifted out, and
-- the large one as much in, so that neither is undercut and the distance of the axes stays what it is.

local bearings = require "bearings@1"

local OVER = 1 -- cutters overshoot open faces by this much
local CLEARANCE = 0.25 -- modules between a tip and the root it runs in
local LARGEST_FIT = 0.5 -- mm a side: more than any process asks for on a shaft

local function by_distance(p) return p.size_by == "distance" end
local function tooth_module(p)
  return by_distance(p) and 2 * p.distance / (p.teeth_small + p.teeth_large) or p.module
end
local function distance(p) return tooth_module(p) * (p.teeth_small + p.teeth_large) / 2 end
local function pressure(p) return tonumber(p.pressure) end
local function involute(angle) return math.tan(angle) - angle end

-- Radius of a gear's tips, and the length of the tangent from there to its base circle.
local function tip_radius(m, z, x) return m * (z / 2 + 1 + x) end
local function tip_reach(m, z, x, alpha)
  return math.sqrt(tip_radius(m, z, x) ^ 2 - (m * z / 2 * math.cos(alpha)) ^ 2)
end

-- How far the small gear's teeth are shifted, in modules: just so much that the large gear's tips do not dig into its
-- roots. Teeth touch along the common tangent of the base circles; a tip that reaches further than that is long would
-- touch the other tooth below its base circle, where there is no involute.
local function shift(p)
  local alpha = math.rad(pressure(p))
  local tangent = (p.teeth_small + p.teeth_large) / 2 * math.sin(alpha)
  local x = 0
  while x < 0.6 and tip_reach(1, p.teeth_large, -x, alpha) > tangent - 0.01 do x = x + 0.02 end
  return x
end

-- The figures of a gear that rules and drawing need; radii in mm.
local function gear_of(p, which)
  local m, alpha = tooth_module(p), math.rad(pressure(p))
  local z = which == "small" and p.teeth_small or p.teeth_large
  local x = which == "small" and shift(p) or -shift(p)
  local r = m * z / 2
  local g = { teeth = z, shift = x, tip = tip_radius(m, z, x), root = r - m * (1 + CLEARANCE - x),
    base = r * math.cos(alpha) }
  local thickness = m * (math.pi / 2 + 2 * x * math.tan(alpha)) - p.backlash / 2
  g.tip_width = 2 * g.tip * (thickness / (2 * r) + involute(alpha) - involute(math.acos(g.base / g.tip)))
  return g
end

local function has_shaft(bore) return bore == "round" or bore == "d" end

-- Largest radius that the hole in the middle takes.
local function bore_reach(bore, shaft, bearing)
  if bore == "none" then return 0 end
  return LARGEST_FIT + (bore == "bearing" and bearings.sizes[bearing].outside or shaft) / 2
end

local function ring(p, which)
  local reach = which == "small" and bore_reach(p.small_bore, p.small_shaft, p.small_bearing)
    or bore_reach(p.large_bore, p.large_shaft, p.large_bearing)
  return gear_of(p, which).root - reach
end
local function least_ring(p) return math.max(2, 1.2 * tooth_module(p)) end

local function bearing_fits(p, bore, bearing)
  return bore ~= "bearing" or p.width >= bearings.sizes[bearing].width + 1
end

-- Holes between rim and middle of the large gear, as wide as rim, bore and spokes between them allow.
local function lightening(p)
  local g = gear_of(p, "large")
  local inner = bore_reach(p.large_bore, p.large_shaft, p.large_bearing) + least_ring(p)
  local outer = g.root - 2 * tooth_module(p)
  local at = (outer + inner) / 2 -- radius of the circle they lie on
  return math.min((outer - inner) / 2, at * math.sin(math.pi / p.holes) - least_ring(p) / 2), at
end

local function shaft_hole(bore, shaft, over_flat, gap)
  local hole = circle(shaft / 2 + gap)
  if bore ~= "d" then return hole end
  return hole:cut(rectangle(2 * shaft, shaft):move(-shaft, over_flat - shaft / 2 + gap))
end

local function gear_solid(p, ctx, which)
  local g = gear_of(p, which)
  local bore, shaft, over_flat, bearing = p[which .. "_bore"], p[which .. "_shaft"], p[which .. "_flat"],
    p[which .. "_bearing"]
  local outline = gear { module = tooth_module(p), teeth = g.teeth, pressure = pressure(p), shift = g.shift,
    clearance = CLEARANCE, backlash = p.backlash }
  local holes = {}
  if has_shaft(bore) then holes[1] = shaft_hole(bore, shaft, over_flat, ctx.fit(p.fit)) end
  if bore == "bearing" then holes[1] = circle(bearings.shoulder_d(bearing) / 2) end
  if which == "large" and p.lighten then
    local r, at = lightening(p)
    holes[#holes + 1] = circle(r):move(at, 0):polar_pattern(p.holes)
  end
  if #holes > 0 then outline = outline:cut(holes) end
  local solid = outline:extrude(p.width)
  if bore ~= "bearing" then return solid end
  local depth = bearings.sizes[bearing].width
  return solid:cut(bearings.pocket(bearing, ctx.fit("press"), OVER):move { z = p.width - depth })
end

local function build(p, ctx)
  local a = distance(p)
  -- Both have a tooth on their x axis; the large one is turned so that a gap meets it there.
  local handles = { { parameter = "width", at = { 0, 0, p.width }, direction = "+z" } }
  if by_distance(p) then handles[2] = { parameter = "distance", at = { a, 0, p.width }, direction = "+x" } end
  if not by_distance(p) then handles[2] = { parameter = "module", at = { a, 0, p.width }, direction = "+x" } end
  return {
    parts = {
      { name = "small", label = "Small gear", solid = gear_solid(p, ctx, "small"), role = "driving gear",
        colour = "#c9803a", up = "+z" },
      { name = "large", label = "Large gear", solid = gear_solid(p, ctx, "large"), role = "driven gear",
        colour = "#4a6a8a", at = { { x = a, rz = 180 - 180 / p.teeth_large } }, up = "+z" },
    },
    handles = handles,
  }
end

-- The bore of one gear: what it turns on, and the sizes that belong to it.
local function bore_parameters(which, group, bore, shaft, over_flat, bearing)
  local function is(...)
    local kinds = { ... }
    return function(p)
      for _, kind in ipairs(kinds) do
        if p[which .. "_bore"] == kind then return true end
      end
      return false
    end
  end
  return {
    { which .. "_bore", kind = "choice", default = bore, group = group, label = "Turns on",
      choices = { { "round", "A round shaft" }, { "d", "A shaft with a flat (D)" }, { "bearing", "A ball bearing" },
        { "none", "Nothing: no hole" } },
      help = "What the hole in the middle is for." },
    { which .. "_shaft", kind = "length", default = shaft, min = 1.5, max = 30, step = 0.1, group = group,
      label = "Shaft diameter", help = "As measured; the room around it is added by the fit.",
      visible_when = is("round", "d") },
    { which .. "_flat", kind = "length", default = over_flat, min = 1, max = 29.5, step = 0.05, group = group,
      label = "Over the flat",
        help = "What a caliper measures from the flat to the round side: 4.5 on a 5 mm motor shaft.",
      visible_when = is("d") },
    { which .. "_bearing", kind = "choice", default = bearing, group = group, label = "Bearing",
      choices = bearings.choices, help = "It is pressed in from above, against a shoulder.",
      visible_when = is("bearing") },
  }
end

local parameters = {
  { "teeth_small", kind = "count", default = 16, min = 8, max = 60, step = 1, group = "Ratio",
    label = "Teeth, small gear",
    help = "The ratio is the teeth of the large gear over these." },
  { "teeth_large", kind = "count", default = 40, min = 8, max = 120, step = 1, group = "Ratio",
    label = "Teeth, large gear",
    help = "Numbers without a common divisor wear more evenly: 17 and 40 rather than 16 and 40." },

  { "size_by", kind = "choice", default = "module", group = "Size", label = "Size given by",
    choices = { { "module", "Size of the teeth (module)" }, { "distance", "Distance of the shafts" } },
    help = "Gears that run together have the same module; the shafts' distance follows, or the other way round." },
  { "module", kind = "length", default = 2, min = 0.8, max = 6, step = 0.1, group = "Size", label = "Module",
    help = "Pitch diameter over teeth. 1 is fine for a 0.4 mm nozzle, 2 and more is sturdy.",
    visible_when = function(p) return p.size_by == "module" end },
  { "distance", kind = "length", default = 56, min = 10, max = 250, step = 0.5, group = "Size",
    label = "Distance of the shafts", help = "From the middle of one to the middle of the other.",
      visible_when = by_distance },
  { "width", kind = "length", default = 10, min = 2, max = 50, step = 0.5, group = "Size", label = "Width",
    help = "Thickness of both gears; eight to ten modules is usual in plastic." },
}

for _, list in ipairs { bore_parameters("small", "Small gear", "d", 5, 4.5, "625"),
  bore_parameters("large", "Large gear", "bearing", 8, 7, "608") } do
  for _, parameter in ipairs(list) do parameters[#parameters + 1] = parameter end
end

for _, parameter in ipairs {
  { "lighten", kind = "toggle", default = false, group = "Large gear", label = "Lightening holes",
    help = "Round holes between rim and middle: less material, less weight." },
  { "holes", kind = "count", default = 6, min = 3, max = 12, step = 1, group = "Large gear", label = "Holes",
    help = "How many; their size follows from the room there is.", visible_when = function(p) return p.lighten end },
  { "backlash", kind = "length", default = 0.2, min = 0, max = 1, step = 0.05, group = "Teeth", label = "Backlash",
    help = "Play of the teeth along the pitch circle. Printed gears need about 0.2; 0 binds." },
  { "fit", kind = "choice", default = "slide", group = "Teeth", label = "Fit on the shafts",
    choices = { { "press", "Pressed on" }, { "slide", "Slid on" }, { "free", "Turning freely" } },
    help = "How much room the process needs around a shaft for this." },
  { "pressure", kind = "choice", default = "20", group = "Teeth", label = "Pressure angle",
    choices = { { "14.5", "14.5 degrees (old)" }, { "20", "20 degrees (usual)" }, { "25", "25 degrees (strong)" } },
    help = "Gears run together only with the same angle. 20 unless they must suit a gear you have." },
} do parameters[#parameters + 1] = parameter end

local function flat_fits(bore, shaft, over_flat)
  return bore ~= "d" or (over_flat >= 0.6 * shaft and over_flat <= shaft - 0.2)
end

return {
  id = "gear_pair",
  version = "1.0.0",
  name = "Gear pair",
  summary = "Two spur gears that run together, by ratio and by module or distance of the shafts.",
  description = "Enter the teeth of both gears and either the size of the teeth or the distance between the shafts. "
    .. "Each gear gets a hole for a round or D shaft or a pocket for a ball bearing. Small gears get shifted teeth, so "
    .. "that eight teeth run as smoothly as forty.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf", "sla" },
  keywords = { "gears", "cog", "cogwheel", "transmission" },
  parameters = parameters,

  rules = {
    { check = function(p) return p.teeth_large >= p.teeth_small end,
      message = "The large gear has fewer teeth than the small one: swap the two numbers.",
      parameters = { "teeth_small", "teeth_large" } },
    { check = function(p) return tooth_module(p) >= 0.8 and tooth_module(p) <= 8 end,
      message = "This distance makes teeth below module 0.8 or above 8, which are too small to make or too coarse to run: "
        .. "change the distance or the number of teeth.",
      parameters = { "distance", "teeth_small", "teeth_large" } },
    { check = function(p)
        local alpha, x = math.rad(pressure(p)), shift(p)
        local tangent = (p.teeth_small + p.teeth_large) / 2 * math.sin(alpha)
        return tip_reach(1, p.teeth_small, x, alpha) <= tangent and tip_reach(1, p.teeth_large, -x, alpha) <= tangent
      end,
      message = "The tips of one gear would dig into the roots of the other: take more teeth, "
        .. "or a larger pressure angle.",
      parameters = { "teeth_small", "teeth_large", "pressure" } },
    { check = function(p)
        return math.min(gear_of(p, "small").tip_width, gear_of(p, "large").tip_width) >= 0.15 * tooth_module(p)
      end,
      message = "The teeth would come to a point: take more teeth, less backlash or a smaller pressure angle.",
      parameters = { "teeth_small", "backlash", "pressure", "module" } },
    { check = function(p) return p.backlash <= 0.3 * tooth_module(p) end,
      message = "So much backlash leaves thin teeth that rattle: at most 0.3 of the module.",
      parameters = { "backlash", "module" } },
    { check = function(p) return ring(p, "small") >= least_ring(p) end,
      message = "Too little stays between the hole of the small gear and its teeth: take a thinner shaft, a smaller "
        .. "bearing, more teeth or a larger module.",
      parameters = { "small_shaft", "small_bearing", "small_bore", "teeth_small", "module" } },
    { check = function(p) return ring(p, "large") >= least_ring(p) end,
      message = "Too little stays between the hole of the large gear and its teeth: take a thinner shaft, a smaller "
        .. "bearing, more teeth or a larger module.",
      parameters = { "large_shaft", "large_bearing", "large_bore", "teeth_large", "module" } },
    { check = function(p)
        return bearing_fits(p, p.small_bore, p.small_bearing) and bearing_fits(p, p.large_bore, p.large_bearing)
      end,
      message = "The gear must be 1 mm wider than the bearing in it, for the shoulder that holds it: take a wider gear "
        .. "or a smaller bearing.",
      parameters = { "width", "small_bearing", "large_bearing" } },
    { check = function(p)
        return flat_fits(p.small_bore, p.small_shaft, p.small_flat) and flat_fits(p.large_bore, p.large_shaft,
          p.large_flat)
      end,
      message = "Over the flat a D shaft measures between 0.6 of its diameter and 0.2 mm less than all of it: "
        .. "measure again, or choose a round shaft.",
      parameters = { "small_flat", "small_shaft", "large_flat", "large_shaft" } },
    { check = function(p)
        return not p.lighten or lightening(p) >= 2
      end,
      message = "There is no room for these lightening holes: take fewer, or leave them out.",
      parameters = { "lighten", "holes", "teeth_large", "module" } },
  },

  presets = {
    -- Motor shafts of NEMA 17 steppers: 5 mm, 4.5 over the flat (NEMA ICS 16 frames as sold). 608: ISO 15.
    { "stepper", label = "Stepper motor to a 608 bearing, 3 to 1",
      values = { teeth_small = 16, teeth_large = 48, module = 1.5, width = 9, lighten = true } },
    -- Skate bearings on both sides: an idler pair, 8 mm shafts 60 mm apart.
    { "bearings_608", label = "Two 608 bearings, shafts 60 mm apart",
      values = { size_by = "distance", distance = 60, teeth_small = 24, teeth_large = 36, width = 9,
        small_bore = "bearing", small_bearing = "608" } },
    -- Brick axles lie on a grid of 8 mm and brick gears have module 1: 24 and 40 teeth stand 32 mm apart, four studs.
    { "bricks", label = "Bricks: module 1, 24 and 40 teeth, four studs apart",
      values = { teeth_small = 24, teeth_large = 40, module = 1, width = 4, backlash = 0.15, small_bore = "round",
        small_shaft = 4.8, large_bore = "round", large_shaft = 4.8, fit = "free" } },
    -- Gearmotors of 37 mm usually have shafts of 6 mm, 5.5 over the flat (as sold; no standard).
    { "robot", label = "Robot drive, module 2, 6 mm axle",
      values = { teeth_small = 14, teeth_large = 35, width = 8, small_shaft = 6, small_flat = 5.5, large_bore = "d",
        large_shaft = 6, large_flat = 5.5, lighten = true, holes = 5 } },
    { "demonstration", label = "Large teeth to show how gears work",
      values = { teeth_small = 12, teeth_large = 24, module = 5, width = 12, backlash = 0.3, small_bore = "round",
        small_shaft = 10, large_bore = "round", large_shaft = 10, fit = "free", lighten = true, holes = 6 } },
  },

  build = build,
}
