-- A bin and a base plate for the 42 mm grid known as gridfinity. Figures of the grid: gridfinity.xyz/specification, as
-- restated in github.com/kennetek/gridfinity-rebuilt-openscad src/core/standard.scad (commit 025dd63; facts only).
-- Everything is a stack of flat outlines, whose steps become the grid's 45 degree slopes by chamfers; a chamfer keeps
-- a hair's breadth clear of the outline that it runs up to.

local fasteners = require "fasteners@1"

local PITCH, UNIT = 42, 7 -- of the grid, and of heights
local GAP, RADIUS = 0.5, 3.75 -- between two bins; of a bin's corners
local FOOT = { 0.8, 1.8, 2.15 } -- from below: out at 45 degrees, upright, out at 45 degrees
local POCKET = { 0.7, 1.8, 2.15 } -- of a base plate, so that a foot rests on its slopes and not on its ground
local LIP = { 0.7, 1.8, 1.9 } -- at the rim, for the feet of the bin above
local LIP_DEPTH = LIP[1] + LIP[3]
local LAND = 0.5 -- flat left at the top of the lip, whose edge would be sharp
local MAGNET_INSET = 13 -- from the middle of a unit
local GROUND = 0.35 -- of a base plate, below its pockets' slopes
local HAIR = 0.05
local EDGE = 0.85 -- of a base plate: what stays flat around each pocket, where the grid has a sharp edge

local function has_bin(p) return p.make ~= "plate" end
local function has_plate(p) return p.make ~= "bin" end
local function outer(n) return n * PITCH - GAP end
local function foot_height() return FOOT[1] + FOOT[2] + FOOT[3] end
local function top(p) return p.height * UNIT end
local function support(p) return p.lip and LIP_DEPTH - p.wall + 1.2 or 0 end -- of the lip, below the top
local function divided(p) return p.across > 1 or p.deep > 1 end

-- Where the dividers end.
local function divider_top(p) return top(p) - (p.lip and support(p) + 0.6 or 0) - p.lower end

local function compartment(p)
  local x = (outer(p.columns) - (p.across + 1) * p.wall) / p.across
  local y = (outer(p.rows) - (p.deep + 1) * p.wall) / p.deep
  return x, y
end

-- A rounded square, `inset` smaller all around than one of size x * y with corners of `radius`.
local function square(x, y, radius, inset) return rounded_rectangle(x - 2 * inset, y - 2 * inset, radius - inset,
  true) end
local function outline(p, inset) return square(outer(p.columns), outer(p.rows), RADIUS, inset or 0) end

local function in_grid(p, profile)
  return profile:move((1 - p.columns) / 2 * PITCH, (1 - p.rows) / 2 * PITCH)
    :grid_pattern(p.columns, p.rows, PITCH, PITCH)
end

local function layer(profile, from, to) return profile:extrude(to - from):move { z = from } end

local function level(tag, direction) return faces.both(faces.tagged(tag), faces.facing(direction)) end

-- The steps at a layer's level faces become slopes.
local function slope(solid, tag, direction, size)
  return solid:chamfer { edges = edges.both(edges.of(level(tag, direction)), edges.convex()), size = size }
end
-- The same at the rims of openings alone, whose cutters are tagged "inner".
local function mouth(solid, tag, size)
  return solid:chamfer { edges = edges.between(level(tag, "+z"), faces.tagged("inner")), size = size }
end

local function magnets(p, ctx)
  local hole = circle(p.magnet / 2 + ctx.fit("press")):move(-MAGNET_INSET, -MAGNET_INSET)
    :grid_pattern(2, 2, 2 * MAGNET_INSET, 2 * MAGNET_INSET)
  return in_grid(p, hole):extrude(p.magnet_height + 1):move { z = -1 }
end

-- Compartments up to the dividers' ends, and the undivided rim above.
local function inside(p)
  local x, y = compartment(p)
  local r = math.max(RADIUS - p.wall, 0.5)
  local pockets = rounded_rectangle(x, y, r, true)
    :move((1 - p.across) / 2 * (x + p.wall), (1 - p.deep) / 2 * (y + p.wall))
    :grid_pattern(p.across, p.deep, x + p.wall, y + p.wall)
  return pockets, rounded_rectangle(outer(p.columns) - 2 * p.wall, outer(p.rows) - 2 * p.wall, r, true)
end

-- A shelf for a label along the rear wall of every row of compartments, its underside at 45 degrees.
local function shelves(p)
  local x, y = compartment(p)
  local z, d = divider_top(p), p.label
  local shelf = polygon { { p.wall / 2, z }, { -d, z }, { -d, z - 1 }, { p.wall / 2, z - 1.2 * (d + p.wall / 2) - 1 } }
    :extrude(outer(p.columns) - p.wall):rotate("x", 90):rotate("z", 90)
  shelf = shelf:move(-outer(p.columns) / 2 + p.wall / 2, y / 2 - (p.deep - 1) / 2 * (y + p.wall))
  if p.deep > 1 then shelf = shelf:linear_pattern(p.deep, 0, y + p.wall) end
  return shelf:intersect(layer(outline(p, p.wall / 2), 0, z)) -- the corners are round
end

local function bin(p, ctx)
  local unit = outer(1)
  local shoulder, h = FOOT[1] + FOOT[2] + HAIR, foot_height()
  local pockets, open = inside(p)
  local floor, over, t = h + p.floor, divider_top(p), top(p)
  local layers = {
    layer(in_grid(p, square(unit, unit, RADIUS, 0)), shoulder, h + HAIR):tag("foot"),
    layer(outline(p), h + HAIR, floor),
    layer(outline(p):cut(pockets), floor, over),
  }
  local rim = t - support(p)
  if rim > over then layers[#layers + 1] = layer(outline(p):cut(open), over, rim) end
  if p.lip then
    local seat, tip = t + LIP[1], t + LIP[1] + LIP[2] + LIP[3] - LAND
    layers[#layers + 1] = layer(outline(p):cut(outline(p, LIP_DEPTH)), rim, seat):tag("seat")
    layers[#layers + 1] = layer(outline(p), seat, tip):tag("lip")
      :cut(layer(outline(p, LIP[3]), seat - 1, tip + 1):tag("inner"))
  end
  local solid = layer(in_grid(p, square(unit, unit, RADIUS, FOOT[3])), 0, shoulder):tag("toe"):union(layers)
  solid = slope(solid, "toe", "-z", FOOT[1])
  solid = slope(solid, "foot", "-z", FOOT[3] - HAIR)
  if p.lip then
    solid = slope(solid, "seat", "-z", LIP_DEPTH - p.wall - HAIR)
    solid = slope(solid, "seat", "+z", LIP[1] - HAIR)
    solid = mouth(solid, "lip", LIP[3] - LAND)
  end
  if p.magnets then solid = solid:cut(magnets(p, ctx)) end
  return p.shelf and solid:union(shelves(p)) or solid
end

local function plate(p)
  -- The lower slope ends a hair lower, so that it keeps to the grid's: it is drawn from the pocket's ledge downwards.
  local ledge = GROUND + POCKET[1] - HAIR
  local high = GROUND + POCKET[1] + POCKET[2] + POCKET[3] - EDGE
  local whole = rounded_rectangle(p.columns * PITCH, p.rows * PITCH, RADIUS + GAP / 2, true)
  local function pocket(inset) return in_grid(p, square(PITCH, PITCH, RADIUS + GAP / 2, inset)) end
  local narrow, wide = pocket(POCKET[1] + POCKET[3]), pocket(POCKET[3])
  local solid = layer(whole, 0, high):tag("plate"):cut(layer(narrow, -1, ledge + 0.5),
    layer(wide, ledge, high + 1):tag("inner"))
  solid = solid:chamfer { edges = edges.both(edges.of(level("inner", "+z")), edges.convex()), size = POCKET[1] - HAIR }
  return mouth(solid, "plate", POCKET[3] - EDGE)
end

local function build(p, ctx)
  local parts, handles = {}, {}
  -- A bin sinks into its plate until the slopes touch: the pocket is a quarter of a millimetre wider all around.
  local lift = has_plate(p) and GROUND + POCKET[1] + POCKET[2] + POCKET[3] - foot_height() - GAP / 2 or 0
  if has_plate(p) then
    parts[1] = { name = "base_plate", label = "Base plate", solid = plate(p), role = "base plate", colour = "#6a7480",
      up = "+z" }
  end
  if has_bin(p) then
    parts[#parts + 1] = { name = "bin", label = "Bin", solid = bin(p, ctx), role = "bin", colour = "#d08a3c",
      at = { { z = lift } }, up = "+z" }
    handles = { { parameter = "height", at = { 0, 0, top(p) + lift }, direction = "+z" } }
  end
  handles[#handles + 1] = { parameter = "columns", at = { p.columns * PITCH / 2, 0, 4 }, direction = "+x" }
  handles[#handles + 1] = { parameter = "rows", at = { 0, p.rows * PITCH / 2, 4 }, direction = "+y" }
  local mates = p.make == "both" and { { kind = "rest", a = "bin", b = "base_plate", clearance = 0 } } or {}
  return { parts = parts, mates = mates, handles = handles }
end

return {
  id = "grid_bin",
  version = "1.0.0",
  name = "Grid bin",
  summary = "Bins and base plates on the 42 mm grid (gridfinity), with dividers, label shelf and magnets.",
  description = "Choose how many units wide, deep and high; bins of all makers stand in the same plates and stack. "
    .. "Compartments, a shelf for labels and pockets for magnets are optional.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf" },
  keywords = { "drawer", "storage", "box", "gridfinity", "container" },

  parameters = {
    { "make", kind = "choice", default = "bin", group = "Size", label = "Make",
      choices = { { "bin", "A bin" }, { "plate", "A base plate" }, { "both", "Both" } },
      help = "Bins stand in base plates; one plate under the whole drawer holds many bins." },
    { "columns", kind = "count", default = 2, min = 1, max = 8, step = 1, group = "Size", label = "Units wide",
      help = "Each is 42 mm." },
    { "rows", kind = "count", default = 1, min = 1, max = 8, step = 1, group = "Size", label = "Units deep",
      help = "Each is 42 mm." },
    { "height", kind = "count", default = 6, min = 2, max = 20, step = 1, group = "Size", label = "Units high",
      help = "Each is 7 mm; the stacking lip comes on top. 3 and 6 are common.", visible_when = has_bin },

    { "across", kind = "count", default = 1, min = 1, max = 8, step = 1, group = "Inside",
      label = "Compartments across",
      help = "From left to right.", visible_when = has_bin },
    { "deep", kind = "count", default = 1, min = 1, max = 8, step = 1, group = "Inside", label = "Compartments deep",
      help = "From front to rear.", visible_when = has_bin },
    { "lower", kind = "length", default = 0, min = 0, max = 60, step = 1, group = "Inside", label = "Dividers lower by",
      help = "For things that lie across.", visible_when = function(p) return has_bin(p) and divided(p) end },
    { "shelf", kind = "toggle", default = false, group = "Inside", label = "Label shelf",
      help = "A strip at the rear of every row, for a label; it prints without support.", visible_when = has_bin },
    { "label", kind = "length", default = 12, min = 8, max = 18, step = 0.5, group = "Inside", label = "Label width",
      help = "Label tapes are 9 and 12 mm wide.", visible_when = function(p) return has_bin(p) and p.shelf end },

    { "lip", kind = "toggle", default = true, group = "Fixing", label = "Stacking lip",
      help = "A rim that takes the feet of another bin.", visible_when = has_bin },
    { "magnets", kind = "toggle", default = false, group = "Fixing", label = "Magnets",
      help = "Four pockets under every unit.", visible_when = has_bin },
    { "magnet", kind = "length", default = 6, min = 4, max = 8, step = 0.1, group = "Fixing", label = "Magnet diameter",
      help = "6 x 2 mm is the grid's usual magnet.", visible_when = function(p) return has_bin(p) and p.magnets end },
    { "magnet_height", kind = "length", default = 2.4, min = 1, max = 4, step = 0.1, group = "Fixing",
      label = "Pocket depth", help = "2.4 for magnets of 2 mm and a drop of glue.",
      visible_when = function(p) return has_bin(p) and p.magnets end },

    { "wall", kind = "length", default = 1.2, min = 0.9, max = 2.4, step = 0.1, group = "Walls", label = "Wall",
      help = "Of outside and dividers.", visible_when = has_bin },
    { "floor", kind = "length", default = 2.25, min = 0.9, max = 6, step = 0.05, group = "Walls", label = "Floor",
      help = "Above the feet: with 2.25 the inside begins one unit up.", visible_when = has_bin },
  },

  rules = {
    { check = function(p)
        local x, y = compartment(p)
        return not has_bin(p) or math.min(x, y) >= 8
      end,
      message = "The compartments would be narrower than 8 mm, too small for fingers: take fewer, or a larger bin.",
      parameters = { "across", "deep", "columns", "rows", "wall" } },
    { check = function(p) return not has_bin(p) or divider_top(p) - foot_height() - p.floor >= 2 end,
      message = "Dividers and inside would be lower than 2 mm: take a higher bin, a thinner floor, or lower the dividers less.",
      parameters = { "height", "floor", "lower", "lip" } },
    { check = function(p)
        local _, y = compartment(p)
        return not (has_bin(p) and p.shelf) or (p.label <= y - 10
          and divider_top(p) - 1.2 * (p.label + p.wall / 2) - 1 >= foot_height() + p.floor + 0.5)
      end,
      message = "The label shelf leaves no way into the compartment: take a narrower label, a higher bin or fewer rows.",
      parameters = { "shelf", "label", "deep", "rows", "height", "lower" } },
    { check = function(p) return p.lower == 0 or divided(p) and p.lower >= 0.4 or not divided(p) end,
      message = "Dividers end flush (0) or at least 0.4 mm lower, or the step cannot be made.",
      parameters = { "lower" } },
  },

  presets = {
    -- gridfinity.xyz/specification: 42 mm units, 7 mm heights; magnets 6 x 2 mm.
    { "bin_2x1x6", label = "Bin 2 x 1 x 6", values = {} },
    { "screws", label = "Screws: 3 x 2 x 4 in six compartments, labelled",
      values = { columns = 3, rows = 2, height = 4, across = 3, deep = 2, shelf = true, label = 9 } },
    { "magnets", label = "Bin 1 x 1 x 3 with magnets 6 x 2 mm", values = { columns = 1, height = 3, magnets = true } },
    -- AA cells are 14.5 x 50.5 mm (IEC 60086-2): 2 x 2 units of 6 take 4 x 4 upright.
    { "batteries", label = "AA batteries upright, 2 x 2 x 6",
      values = { columns = 2, rows = 2, height = 6, across = 4, deep = 4, lip = false, lower = 12 } },
    { "plate_4x4", label = "Base plate 4 x 4", values = { make = "plate", columns = 4, rows = 4 } },
    { "starter", label = "Bin 2 x 2 x 3 with its plate", values = { make = "both", rows = 2, height = 3 } },
  },

  build = build,
}
