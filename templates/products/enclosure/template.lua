-- An enclosure for electronics: a body with screw posts, vents and connector cut-outs, and a lid with a lip.
-- Centred in x and y, standing on z = 0. The vents are in the rear wall (+y), the connectors in front (-y)
-- and at the right-hand end (+x).

local OVER = 1 -- cutters overshoot open faces by this much
local INTO = 0.5 -- and reach this far into the cavity, clear of anything that stands there
local LARGEST_FIT = 0.5 -- mm a side: no process asks for more around a lid

local function has_posts(p) return p.posts end
local function has_vents(p) return p.vents > 0 end
local function own_screw(p) return p.screw == "custom" end

-- Nominal diameter of the screw chosen, "M2.5" -> 2.5.
local function screw_d(p) return tonumber(p.screw:sub(2)) end

-- Diameters of the hole in the post and in the lid, as rules may count on them: a thread's core is smaller
-- than the screw, and the clearance of every size offered stays within half a millimetre.
local function largest_pilot(p) return own_screw(p) and p.pilot_d or screw_d(p) end
local function largest_lid_hole(p) return own_screw(p) and p.lid_hole or screw_d(p) + 0.5 end

local function largest_gap(p) return p.lid_fit == "given" and p.lid_gap or LARGEST_FIT end

-- What the lip needs between itself and the posts, as beside the wall; printers' slides are 0.2 mm.
local function lip_play(p) return p.lid_fit == "given" and p.lid_gap or 0.2 end

local function cavity_radius(p) return math.max(p.corner - p.wall, 0.5) end
local function lip_inner_radius(p) return math.max(cavity_radius(p) - p.lip_room, 0.3) end

-- How far the point lies inside a rectangle centred on the origin with rounded corners; negative outside.
local function depth_inside(x, y, half_x, half_y, r)
  local qx, qy = math.abs(x) - half_x + r, math.abs(y) - half_y + r
  local outside = math.sqrt(math.max(qx, 0) ^ 2 + math.max(qy, 0) ^ 2)
  return r - outside - math.min(math.max(qx, qy), 0)
end

local function post_centre(p) return p.length / 2 - p.inset, p.breadth / 2 - p.inset end

-- How far from the middle of a wall of this length an opening may reach: clear of the rounded corner and
-- of the posts behind the wall.
local function wall_reach(p, length)
  local corner = length / 2 - math.max(p.corner, p.wall + 0.5) - 0.5
  if not p.posts then return corner end
  return math.min(corner, length / 2 - p.inset - p.boss_d / 2 - 0.5)
end

-- Openings stay between floor and lip (or rim).
local function fits_height(p, z, tall)
  return z - tall / 2 >= p.floor + 0.5 and z + tall / 2 <= p.height - math.max(p.lip, p.rim) - 0.5
end

local function fits_wall(p, length, at, wide)
  return math.abs(at) + wide / 2 <= wall_reach(p, length)
end

local function board_corner(p)
  return math.abs(p.board_x) + p.board_pitch_x / 2, math.abs(p.board_y) + p.board_pitch_y / 2
end

local function standoffs_clear_of_posts(p)
  if not p.posts then return true end
  local px, py = post_centre(p)
  local need = (p.boss_d + p.standoff_d) / 2 + 0.5
  for _, sx in ipairs { -1, 1 } do
    for _, sy in ipairs { -1, 1 } do
      local x = p.board_x + sx * p.board_pitch_x / 2
      local y = p.board_y + sy * p.board_pitch_y / 2
      if math.sqrt((math.abs(x) - px) ^ 2 + (math.abs(y) - py) ^ 2) < need then return false end
    end
  end
  return true
end

local function at_posts(p, profile)
  local x, y = post_centre(p)
  return profile:move(-x, -y):grid_pattern(2, 2, 2 * x, 2 * y)
end

local function at_standoffs(p, profile)
  return profile:move(p.board_x - p.board_pitch_x / 2, p.board_y - p.board_pitch_y / 2)
    :grid_pattern(2, 2, p.board_pitch_x, p.board_pitch_y)
end

-- The body without openings, hollowed around the posts, which are left standing.
local function shell(p)
  local block = rounded_rectangle(p.length, p.breadth, p.corner, true):extrude(p.height)
    :tag("rim", faces.role("top"))
    :tag("outside", faces.except(faces.all(), faces.either(faces.role("top"), faces.role("bottom"))))
  local cavity = rounded_rectangle(p.length - 2 * p.wall, p.breadth - 2 * p.wall, cavity_radius(p), true)
  if p.posts then cavity = cavity:cut(at_posts(p, circle(p.boss_d / 2))) end
  local body = block:cut(cavity:extrude(p.height - p.floor + OVER):move { z = p.floor })
  if not p.standoffs then return body end
  local standoffs = at_standoffs(p, circle(p.standoff_d / 2)):extrude(p.standoff_height + p.floor / 2)
  return body:union(standoffs:move { z = p.floor / 2 })
end

-- A cutter through the front or rear wall (side -1 or 1), from a profile drawn with x along the wall and
-- y up, its origin at the wall's middle on the ground.
local function through_wall(p, profile, side)
  local cutter = profile:extrude(p.wall + OVER + INTO):rotate("x", 90)
  local outer = side > 0 and p.breadth / 2 + OVER or -p.breadth / 2 + p.wall + INTO
  return cutter:move { y = outer }
end

local function vents(p)
  local slots = slot(p.vent_height, p.vent_width):rotate(90):move(-(p.vents - 1) / 2 * p.vent_pitch, p.vent_z)
  return through_wall(p, slots:linear_pattern(p.vents, p.vent_pitch, 0), 1)
end

local function side_port(p)
  local cutter = box { x = p.wall + OVER + INTO, y = p.side_width, z = p.side_height, centered = true }
  return cutter:move(p.length / 2 - p.wall / 2 + (OVER - INTO) / 2, p.side_y, p.side_z - p.side_height / 2)
end

local function openings(p, pilot_d)
  local cuts = {}
  local function add(solid) cuts[#cuts + 1] = solid end
  if p.posts then
    add(at_posts(p, circle(pilot_d / 2)):extrude(p.height - p.solid + OVER):move { z = p.solid })
  end
  if p.standoffs then
    add(at_standoffs(p, circle(p.standoff_pilot / 2)):extrude(p.standoff_height - 1 + OVER)
      :move { z = p.floor + 1 })
  end
  if p.vents > 0 then add(vents(p)) end
  if p.rect_port then
    add(through_wall(p, rectangle(p.rect_width, p.rect_height, true):move(p.rect_x, p.rect_z), -1))
  end
  if p.round_port then add(through_wall(p, circle(p.round_d / 2):move(p.round_x, p.round_z), -1)) end
  if p.side_port then add(side_port(p)) end
  return cuts
end

-- Drawn upside down, as it is printed: plate on the bed, lip up.
local function lid(p, gap, hole_d)
  local plate = rounded_rectangle(p.length, p.breadth, p.corner, true)
  if p.posts then plate = plate:cut(at_posts(p, circle(hole_d / 2))) end
  local outer, inner = p.wall + gap, p.wall + p.lip_room
  local outer_radius = math.max(cavity_radius(p) - gap, 0.3)
  local ring = rounded_rectangle(p.length - 2 * outer, p.breadth - 2 * outer, outer_radius, true)
    :cut(rounded_rectangle(p.length - 2 * inner, p.breadth - 2 * inner, lip_inner_radius(p), true))
  return plate:extrude(p.lid_thickness):union(ring:extrude(p.lip):move { z = p.lid_thickness })
end

local function build(p, ctx)
  local gap = p.lid_fit == "process" and ctx.fit("slide") or p.lid_gap
  local pilot_d, hole_d = p.pilot_d, p.lid_hole
  if not own_screw(p) then
    local screw = ctx.hardware[p.screw]
    pilot_d, hole_d = screw.tap_drill_mm, screw.clearance_medium_mm
  end
  local body = shell(p)
  local cuts = openings(p, pilot_d)
  if #cuts > 0 then body = body:cut(cuts) end
  -- The rim comes last: openings are cut faster from a body without blends.
  if p.rim > 0 then
    body = body:fillet { edges = edges.between(faces.tagged("rim"), faces.tagged("outside")), r = p.rim, expect = 8 }
  end
  return {
    parts = {
      { name = "body", label = "Body", solid = body, role = "body", colour = "#4a5a6a", up = "+z" },
      { name = "lid", label = "Lid", solid = lid(p, gap, hole_d), role = "lid", colour = "#8494a4",
        at = { { z = p.height + p.lid_thickness, rx = 180 } }, up = "+z" },
    },
    mates = { { kind = "slide", a = "lid", b = "body", clearance = gap } },
    handles = {
      { parameter = "length", at = { p.length / 2, 0, p.height / 2 }, direction = "+x" },
      { parameter = "breadth", at = { 0, p.breadth / 2, p.height / 2 }, direction = "+y" },
      { parameter = "height", at = { 0, 0, p.height }, direction = "+z" },
    },
  }
end

return {
  id = "enclosure",
  version = "1.0.0",
  name = "Enclosure",
  summary = "A box with lid for electronics: screw posts, vents, connector cut-outs, board mounts.",
  description = "A body with a rounded rim and posts in the corners that take the lid's screws, vents in the rear "
    .. "wall, cut-outs for connectors, and optional standoffs for a circuit board. The lid drops in with a lip.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf", "sla" },
  keywords = { "case", "box", "housing", "electronics", "Arduino", "project box" },

  parameters = {
    { "length", kind = "length", default = 120, min = 60, max = 250, step = 0.5, group = "Box", label = "Length",
      help = "Outside, along the walls with vents and connectors." },
    { "breadth", kind = "length", default = 80, min = 40, max = 200, step = 0.5, group = "Box", label = "Breadth",
      help = "Outside, from front to rear." },
    { "height", kind = "length", default = 40, min = 15, max = 120, step = 0.5, group = "Box", label = "Body height",
      help = "Outside, without the lid's plate." },
    { "corner", kind = "length", default = 6, min = 1, max = 30, step = 0.5, group = "Box", label = "Corner radius",
      help = "Rounding of the four upright edges." },
    { "wall", kind = "length", default = 2, min = 1.2, max = 5, step = 0.1, group = "Box", label = "Wall thickness",
      help = "2 mm suits most boxes; 3 mm takes knocks." },
    { "floor", kind = "length", default = 2, min = 1, max = 5, step = 0.1, group = "Box", label = "Floor thickness",
      help = "Thickness of the bottom." },
    { "rim", kind = "length", default = 1, min = 0, max = 3, step = 0.1, group = "Box", label = "Rim rounding",
      help = "Radius on the outer edge of the body's top; 0 leaves it sharp." },

    { "lid_thickness", kind = "length", default = 2, min = 1, max = 6, step = 0.1, group = "Lid",
      label = "Lid thickness",
      help = "Thickness of the plate." },
    { "lip", kind = "length", default = 4, min = 2, max = 12, step = 0.5, group = "Lid", label = "Lip depth",
      help = "How deep the lid reaches into the body." },
    { "lip_room", kind = "length", default = 1.4, min = 0.8, max = 4, step = 0.1, group = "Lid",
      label = "Lip with its gap",
      help = "From the body's wall to the inside of the lip: gap and lip together." },
    { "lid_fit", kind = "choice", default = "given", group = "Lid", label = "Lid fit",
      choices = { { "given", "Gap as given" }, { "process", "Sliding fit of the process" } },
      help = "Where the gap around the lip comes from." },
    { "lid_gap", kind = "length", default = 0.2, min = 0.05, max = 0.5, step = 0.05, group = "Lid", label = "Lid gap",
      help = "Room on each side between lip and wall.", visible_when = function(p) return p.lid_fit == "given" end },

    { "posts", kind = "toggle", default = true, group = "Screw posts", label = "Screw posts",
      help = "Posts in the four corners that take the lid's screws. Without them the lid is only held by its lip." },
    { "boss_d", kind = "length", default = 7, min = 4, max = 16, step = 0.1, group = "Screw posts",
      label = "Post diameter",
      help = "At least 2 mm more than the screw hole.", visible_when = has_posts },
    { "inset", kind = "length", default = 7.2, min = 4, max = 30, step = 0.1, group = "Screw posts", label = "Post inset",
      help = "From the outside of the walls to the middle of the post.", visible_when = has_posts },
    { "screw", kind = "choice", default = "custom", group = "Screw posts", label = "Screw",
      choices = { { "custom", "Holes as given" }, { "M2", "M2" }, { "M2.5", "M2.5" }, { "M3", "M3" }, { "M4", "M4" } },
      help = "A size takes the core hole for its thread in the post and the clearance hole in the lid.",
      visible_when = has_posts },
    { "pilot_d", kind = "length", default = 3, min = 1, max = 8, step = 0.1, group = "Screw posts",
      label = "Hole in the post",
      help = "Diameter; 2.5 for a self-tapping M3, 4 for a heat-set insert.",
      visible_when = function(p) return p.posts and own_screw(p) end },
    { "lid_hole", kind = "length", default = 3.4, min = 1.2, max = 9, step = 0.1, group = "Screw posts",
      label = "Hole in the lid", help = "Diameter that the screw passes freely: 3.4 for M3.",
      visible_when = function(p) return p.posts and own_screw(p) end },
    { "solid", kind = "length", default = 10, min = 1, max = 60, step = 0.5, group = "Screw posts",
      label = "Solid below the hole", help = "From the underside of the body to the bottom of the screw hole.",
      visible_when = has_posts },

    { "standoffs", kind = "toggle", default = false, group = "Board mounts", label = "Board mounts",
      help = "Four standoffs on the floor for a circuit board." },
    { "board_pitch_x", kind = "length", default = 58, min = 10, max = 200, step = 0.1, group = "Board mounts",
      label = "Hole spacing, length", help = "Between the board's holes along the length: 58 for a Raspberry Pi.",
      visible_when = function(p) return p.standoffs end },
    { "board_pitch_y", kind = "length", default = 49, min = 10, max = 150, step = 0.1, group = "Board mounts",
      label = "Hole spacing, breadth", help = "Between the board's holes from front to rear: 49 for a Raspberry Pi.",
      visible_when = function(p) return p.standoffs end },
    { "board_x", kind = "length", default = 0, min = -80, max = 80, step = 0.5, group = "Board mounts",
      label = "Board to the right", help = "Offset of the hole pattern from the middle of the box.",
      visible_when = function(p) return p.standoffs end },
    { "board_y", kind = "length", default = 0, min = -60, max = 60, step = 0.5, group = "Board mounts",
      label = "Board to the rear", help = "Offset of the hole pattern from the middle of the box.",
      visible_when = function(p) return p.standoffs end },
    { "standoff_height", kind = "length", default = 5, min = 2.5, max = 20, step = 0.5, group = "Board mounts",
      label = "Standoff height", help = "From the inside of the floor to the board.",
      visible_when = function(p) return p.standoffs end },
    { "standoff_d", kind = "length", default = 6, min = 3, max = 12, step = 0.1, group = "Board mounts",
      label = "Standoff diameter", help = "Keep it within the free ring around the board's holes.",
      visible_when = function(p) return p.standoffs end },
    { "standoff_pilot", kind = "length", default = 2.2, min = 1, max = 6, step = 0.1, group = "Board mounts",
      label = "Standoff hole", help = "Diameter; 2.2 for a self-tapping M2.5.",
      visible_when = function(p) return p.standoffs end },

    { "vents", kind = "count", default = 12, min = 0, max = 30, step = 1, group = "Vents", label = "Vent slots",
      help = "Upright slots in the rear wall; 0 for none." },
    { "vent_pitch", kind = "length", default = 6, min = 2, max = 20, step = 0.1, group = "Vents", label = "Spacing",
      help = "From the middle of one slot to the next.", visible_when = has_vents },
    { "vent_width", kind = "length", default = 2, min = 1, max = 6, step = 0.1, group = "Vents", label = "Slot width",
      help = "Narrower than 3 mm keeps fingers and most insects out.", visible_when = has_vents },
    { "vent_height", kind = "length", default = 16, min = 2, max = 80, step = 0.5, group = "Vents",
      label = "Slot height",
      help = "Over the rounded ends.", visible_when = has_vents },
    { "vent_z", kind = "length", default = 20, min = 4, max = 110, step = 0.5, group = "Vents", label = "Slot middle",
      help = "Height of the slots' middle above the underside.", visible_when = has_vents },

    { "rect_port", kind = "toggle", default = true, group = "Connectors", label = "Rectangular port, front",
      help = "A cut-out for a USB socket, a switch or a display cable." },
    { "rect_x", kind = "length", default = -25, min = -110, max = 110, step = 0.5, group = "Connectors",
      label = "Rectangular port: place", help = "Its middle, to the right of the middle of the wall.",
      visible_when = function(p) return p.rect_port end },
    { "rect_z", kind = "length", default = 15, min = 3, max = 110, step = 0.5, group = "Connectors",
      label = "Rectangular port: height of its middle", help = "Above the underside of the body.",
      visible_when = function(p) return p.rect_port end },
    { "rect_width", kind = "length", default = 12.5, min = 2, max = 150, step = 0.1, group = "Connectors",
      label = "Rectangular port: width", help = "9 x 3.5 for USB-C, 12.5 x 11 for USB-B, 16 x 13.5 for Ethernet.",
      visible_when = function(p) return p.rect_port end },
    { "rect_height", kind = "length", default = 11, min = 2, max = 80, step = 0.1, group = "Connectors",
      label = "Rectangular port: height", help = "Size of the opening from bottom to top.",
      visible_when = function(p) return p.rect_port end },
    { "round_port", kind = "toggle", default = true, group = "Connectors", label = "Round port, front",
      help = "A hole for a barrel jack, a cable gland, a potentiometer or a lamp." },
    { "round_x", kind = "length", default = 25, min = -110, max = 110, step = 0.5, group = "Connectors",
      label = "Round port: place", help = "Its middle, to the right of the middle of the wall.",
      visible_when = function(p) return p.round_port end },
    { "round_z", kind = "length", default = 15, min = 3, max = 110, step = 0.5, group = "Connectors",
      label = "Round port: height of its middle", help = "Above the underside of the body.",
      visible_when = function(p) return p.round_port end },
    { "round_d", kind = "length", default = 8, min = 2, max = 60, step = 0.1, group = "Connectors",
      label = "Round port: diameter", help = "8 for a barrel jack, 12.5 for a PG7 gland, 16 for an M16 gland.",
      visible_when = function(p) return p.round_port end },
    { "side_port", kind = "toggle", default = false, group = "Connectors", label = "Port at the right-hand end",
      help = "A rectangular cut-out in the short wall." },
    { "side_y", kind = "length", default = 0, min = -80, max = 80, step = 0.5, group = "Connectors",
      label = "End port: place", help = "Its middle, to the rear of the middle of the wall.",
      visible_when = function(p) return p.side_port end },
    { "side_z", kind = "length", default = 15, min = 3, max = 110, step = 0.5, group = "Connectors",
      label = "End port: height of its middle", help = "Above the underside of the body.",
      visible_when = function(p) return p.side_port end },
    { "side_width", kind = "length", default = 16, min = 2, max = 150, step = 0.1, group = "Connectors",
      label = "End port: width", help = "16 for an Ethernet socket, 14 for USB-A.",
      visible_when = function(p) return p.side_port end },
    { "side_height", kind = "length", default = 14, min = 2, max = 80, step = 0.1, group = "Connectors",
      label = "End port: height", help = "Size of the opening from bottom to top.",
      visible_when = function(p) return p.side_port end },
  },

  rules = {
    { check = function(p) return 2 * p.corner + 2 <= math.min(p.length, p.breadth) end,
      message = "The corner radius leaves no straight wall: take one below half the shorter side.",
      parameters = { "corner", "length", "breadth" } },
    { check = function(p)
        return p.rim == 0 or (p.rim >= 0.3 and p.rim <= p.wall - 0.5 and p.rim <= p.corner - 0.3)
      end,
      message = "The rim rounding must be 0, or at least 0.3 mm and leave 0.5 mm of the wall's top flat for the lid, "
        .. "and be smaller than the corner radius.",
      parameters = { "rim", "wall", "corner" } },
    { check = function(p) return p.height - p.floor >= p.lip + 3 end,
      message = "The lip would reach down to the floor: take a shorter lip or a higher body.",
      parameters = { "height", "floor", "lip" } },
    { check = function(p) return p.lip_room - largest_gap(p) >= 0.6 end,
      message = "The lip would be thinner than 0.6 mm and break: raise the lip with its gap, or lower the gap.",
      parameters = { "lip_room", "lid_gap", "lid_fit" } },

    { check = function(p)
        if not p.posts then return true end
        local x, y = post_centre(p)
        local inner = p.wall + p.lip_room
        local free = depth_inside(x, y, p.length / 2 - inner, p.breadth / 2 - inner, lip_inner_radius(p))
        return free >= p.boss_d / 2 + lip_play(p)
      end,
      message = "The screw posts must stand inside the lid's lip, or the lid does not go in: "
        .. "raise the inset or take thinner posts.",
      parameters = { "inset", "boss_d", "wall", "lip_room", "corner" } },
    { check = function(p)
        return not p.posts or math.min(p.length, p.breadth) - 2 * p.inset - p.boss_d >= 4
      end,
      message = "The screw posts run into each other: lower the inset or take thinner posts.",
      parameters = { "inset", "boss_d", "length", "breadth" } },
    { check = function(p) return not p.posts or p.boss_d >= largest_pilot(p) + 2 end,
      message = "The post needs 1 mm of wall around its hole, or the screw splits it: "
        .. "take a thicker post or a smaller screw.",
      parameters = { "boss_d", "screw", "pilot_d" } },
    { check = function(p)
        return not p.posts or not own_screw(p) or p.lid_hole >= p.pilot_d
      end,
      message = "The hole in the lid is smaller than the one in the post, so the screw cannot pull the lid down: "
        .. "make it wider than the screw.",
      parameters = { "lid_hole", "pilot_d" } },
    { check = function(p) return not p.posts or largest_lid_hole(p) <= p.boss_d - 0.5 end,
      message = "The hole in the lid is as wide as the post below it, so the lid would not rest on the post: "
        .. "take a smaller hole or a thicker post.",
      parameters = { "lid_hole", "screw", "boss_d" } },
    { check = function(p) return not p.posts or p.height - p.solid >= 4 end,
      message = "The screw hole is less than 4 mm deep, too short to hold a screw: leave less solid below it.",
      parameters = { "solid", "height" } },

    { check = function(p)
        if not p.standoffs then return true end
        local x, y = board_corner(p)
        local free = depth_inside(x, y, p.length / 2 - p.wall, p.breadth / 2 - p.wall, cavity_radius(p))
        return free >= p.standoff_d / 2 + 1
      end,
      message = "The board mounts must stay 1 mm clear of the walls: "
        .. "move the board to the middle or take a larger box.",
      parameters = { "board_pitch_x", "board_pitch_y", "board_x", "board_y", "length", "breadth", "standoff_d" } },
    { check = function(p) return not p.standoffs or standoffs_clear_of_posts(p) end,
      message = "A board mount runs into a screw post: move the board, or take a larger box.",
      parameters = { "board_pitch_x", "board_pitch_y", "board_x", "board_y", "inset", "boss_d", "standoff_d" } },
    { check = function(p)
        return not p.standoffs or math.min(p.board_pitch_x, p.board_pitch_y) >= p.standoff_d + 1
      end,
      message = "The board mounts run into each other: take thinner standoffs.",
      parameters = { "board_pitch_x", "board_pitch_y", "standoff_d" } },
    { check = function(p) return not p.standoffs or p.standoff_d >= p.standoff_pilot + 1.6 end,
      message = "A standoff needs 0.8 mm of wall around its hole: take a thicker standoff or a smaller hole.",
      parameters = { "standoff_d", "standoff_pilot" } },
    { check = function(p)
        return not p.standoffs or p.floor + p.standoff_height + 2 <= p.height - p.lip
      end,
      message = "The board would touch the lid's lip: take shorter standoffs or a higher body.",
      parameters = { "standoff_height", "height", "lip" } },

    { check = function(p) return p.vents < 2 or p.vent_pitch >= p.vent_width + 1 end,
      message = "Less than 1 mm of wall would stay between two vent slots: widen the spacing or narrow the slots.",
      parameters = { "vent_pitch", "vent_width", "vents" } },
    { check = function(p) return p.vents == 0 or p.vent_height >= p.vent_width + 0.5 end,
      message = "A vent slot must be at least 0.5 mm higher than wide.",
      parameters = { "vent_height", "vent_width" } },
    { check = function(p)
        local wide = (p.vents - 1) * p.vent_pitch + p.vent_width
        return p.vents == 0 or fits_wall(p, p.length, 0, wide)
      end,
      message = "The vent slots do not fit between the corners and posts: take fewer, or a closer spacing.",
      parameters = { "vents", "vent_pitch", "vent_width", "length", "corner", "inset", "boss_d" } },
    { check = function(p) return p.vents == 0 or fits_height(p, p.vent_z, p.vent_height) end,
      message = "The vent slots must stay above the floor and below the lid's lip and the rim: "
        .. "move them or make them lower.",
      parameters = { "vent_z", "vent_height", "height", "floor", "lip", "rim" } },

    { check = function(p)
        return not p.rect_port
          or (fits_wall(p, p.length, p.rect_x, p.rect_width) and fits_height(p, p.rect_z, p.rect_height))
      end,
      message = "The rectangular port must stay within the front wall: clear of corners, posts, floor, lip and rim.",
      parameters = { "rect_x", "rect_z", "rect_width", "rect_height", "length", "height", "lip" } },
    { check = function(p)
        return not p.round_port
          or (fits_wall(p, p.length, p.round_x, p.round_d) and fits_height(p, p.round_z, p.round_d))
      end,
      message = "The round port must stay within the front wall: clear of corners, posts, floor, lip and rim.",
      parameters = { "round_x", "round_z", "round_d", "length", "height", "lip" } },
    { check = function(p)
        if not (p.rect_port and p.round_port) then return true end
        return math.abs(p.rect_x - p.round_x) >= (p.rect_width + p.round_d) / 2 + 1
          or math.abs(p.rect_z - p.round_z) >= (p.rect_height + p.round_d) / 2 + 1
      end,
      message = "At least 1 mm of wall must stay between the rectangular and the round port: move them apart.",
      parameters = { "rect_x", "rect_z", "rect_width", "rect_height", "round_x", "round_z", "round_d" } },
    { check = function(p)
        return not p.side_port
          or (fits_wall(p, p.breadth, p.side_y, p.side_width) and fits_height(p, p.side_z, p.side_height))
      end,
      message = "The end port must stay within the end wall: clear of corners, posts, floor, lip and rim.",
      parameters = { "side_y", "side_z", "side_width", "side_height", "breadth", "height", "lip" } },
  },

  presets = {
    -- The board lies between the posts, USB and Ethernet at the right-hand end. One opening in front takes the plugs of
    -- both models, power and HDMI, and the round one that of the sound; all pass with the sleeves of their cables.
    { "raspberry_pi", label = "Raspberry Pi 3 or 4",
      values = { length = 96, breadth = 76, height = 32, inset = 6.4, boss_d = 5.5, screw = "M2.5", standoffs = true,
        board_pitch_x = 58, board_pitch_y = 49, board_x = -10, board_y = 0, standoff_height = 4, vents = 9, vent_z = 18,
        vent_height = 14, rect_x = -17.5, rect_z = 10.5, rect_width = 41, rect_height = 12, round_x = 11,
        round_z = 10.5, round_d = 11, side_port = true, side_width = 54, side_height = 19, side_z = 15.5 } },
    { "arduino_uno", label = "Arduino Uno size, no standoffs",
      values = { length = 100, breadth = 76, height = 32, vents = 8, vent_height = 12, vent_z = 16, rect_x = -20,
        rect_z = 12, round_x = 10, round_z = 11, round_d = 10 } },
    { "sensor", label = "Small sensor box, lid without screws",
      values = { length = 65, breadth = 45, height = 22, corner = 4, wall = 1.6, rim = 0.6, floor = 1.6, posts = false,
        vents = 6, vent_height = 8, vent_z = 10, vent_pitch = 5, rect_port = false, round_x = 0, round_z = 9,
        round_d = 5.5 } },
    { "guitar_pedal", label = "Guitar pedal, 1590B size",
      values = { length = 112, breadth = 60, height = 31, wall = 2.4, floor = 3, vents = 0, screw = "M3", boss_d = 7.5,
        inset = 8, rect_port = false, round_x = 20, round_z = 14, round_d = 12 } },
    { "power_supply", label = "Power supply, many vents",
      values = { length = 200, breadth = 120, height = 60, wall = 3, floor = 3, corner = 8, rim = 2, boss_d = 10,
        inset = 10.5, screw = "M4", vents = 22, vent_width = 3, vent_height = 30, vent_z = 30, rect_x = -50,
        rect_z = 30, rect_width = 28, rect_height = 20, round_x = 50, round_z = 30, round_d = 16 } },
    { "plain_box", label = "Plain box with lid",
      values = { length = 100, breadth = 60, height = 45, posts = false, vents = 0, rect_port = false,
        round_port = false } },
  },

  build = build,
}
