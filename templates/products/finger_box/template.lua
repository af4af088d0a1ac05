-- A finger-joint box for the laser, by its inside: open, with a sliding lid between ledges, or with a lid that bends on
-- a living hinge; compartments on demand. x is the width, y the depth (0 is the front), z the height. Boards are drawn
-- lying flat and placed by their poses; the hinged lid is shown open, standing up in one piece with the back.

local joints = require "joints@1"

local WEB = 3 -- wood above the upper ledge's slots, at least
local LEDGE = 8
local SLIT = 0.5 -- width of the living hinge's slits; they are cut as narrow openings
local SLIT_LENGTH, LINK = 45, 4 -- about how long they are, and what stays between two of one row
local MIN_COMPARTMENT = 12
local GRIP = 9 -- radius of the hole by which the lid is pulled

local function sliding(p) return p.lid == "sliding" end
local function hinged(p) return p.lid == "hinged" end
local function divided(p) return p.columns > 1 or p.rows > 1 end

local function outer_x(p) return p.width + 2 * p.board end
local function outer_y(p) return p.depth + 2 * p.board end

-- Middle of the i-th divider of `count` compartments, from the inside of the first wall.
local function divider_at(i, count, inside, t) return i * (inside - (count - 1) * t) / count + (i - 0.5) * t end
local function compartment(count, inside, t) return (inside - (count - 1) * t) / count end

-- Heights of the sliding lid's surroundings; `slide` is the lid's play on each side.
local function heights(p, slide)
  local t = p.board
  local inside = t + p.height
  if not sliding(p) then return { wall = inside, front = inside } end
  local lid = inside + t + slide
  return { low_ledge = inside, front = inside + t, lid = lid, high_ledge = lid + t + slide,
    wall = lid + 2 * t + slide + math.max(t, WEB) }
end

local function bend_length(p) return (p.hinge_radius + p.board / 2) * math.pi / 2 end

-- Rows of slits across the back, each shifted by half against the one before, in which the board bends.
local function add_hinge(p, J, side, back, wall)
  local t, r = p.board, p.hinge_radius
  local low, bend, wide = wall - r, bend_length(p), outer_x(p)
  local rows = math.floor(bend / p.hinge_pitch)
  local count = math.max(1, math.floor(wide / SLIT_LENGTH + 0.5))
  local length = (wide - (count + 1) * LINK) / count
  local period, half = length + LINK, (length + LINK) / 2
  for row = 1, rows do
    local y = low + (row - 0.5) * bend / rows - SLIT / 2
    local shifted = row % 2 == 0
    for k = shifted and 1 or 0, count - 1 do
      local from = shifted and LINK / 2 + k * period - length / 2 or LINK + k * period
      back.cuts[#back.cuts + 1] = rectangle(length, SLIT):move(from, y)
    end
    if shifted then
      J.notch(back, "left", y, y + SLIT, half)
      J.notch(back, "right", y, y + SLIT, half)
    end
  end
  -- The sides end below the bend in a quarter of a circle, on which the lid lies.
  J.notch(side, "right", low, wall, t)
  local x, y = side.x - t - r, low
  side.cuts[#side.cuts + 1] = rectangle(r + 1, r + 1):move(x, y):cut(circle(r):move(x, y))
end

-- Four ledges between which the lid slides: two below, two above, held by tabs in the sides.
local function add_lid(p, J, ctx, walls, h, boards)
  local t, gap, slide, side = p.board, ctx.fit(p.fit), ctx.fit("slide"), walls.side
  local length = p.depth - 2 * gap
  local places, lines = {}, {}
  for _, z in ipairs { h.low_ledge, h.high_ledge } do
    places[#places + 1] = { x = t + LEDGE, y = t + gap, z = z, rz = 90 }
    places[#places + 1] = { x = outer_x(p) - t - LEDGE, y = t + gap + length, z = z, rz = -90 }
    lines[#lines + 1] = { x = t + gap, y = z + t / 2, along = "x" }
  end
  local ledge = J.board { name = "ledge", label = "Ledge", role = "ledge", x = length, y = LEDGE, thickness = t,
    colour = "#c9a679", at = places }
  J.tabs(ledge, "back", side, lines, { count = p.depth > 180 and 3 or 2, width = math.min(p.finger, p.depth / 5),
    fit = p.fit })
  local lid = J.board { name = "lid", label = "Lid", role = "lid", x = p.width - 2 * slide,
    y = outer_y(p) - t - slide, thickness = t, colour = "#e3c9a1", at = { { x = t + slide, z = h.lid } } }
  J.hole(lid, lid.x / 2, t + 2 * GRIP, 2 * GRIP)
  boards[#boards + 1] = ledge
  boards[#boards + 1] = lid
  for _, other in ipairs { ledge, side, walls.back, walls.front } do J.touch(lid, other, "slide") end
  for _, other in ipairs { walls.front, walls.back } do J.touch(ledge, other, p.fit) end
end

local function add_dividers(p, J, walls, boards)
  local t, high = p.board, p.divider_height
  local tab = { count = 1, width = high / 3, fit = p.fit }
  local fin, rib
  local at_x, at_y = {}, {}
  for i = 1, p.columns - 1 do at_x[i] = divider_at(i, p.columns, p.width, t) end
  for i = 1, p.rows - 1 do at_y[i] = divider_at(i, p.rows, p.depth, t) end
  local function lines(places)
    local all = {}
    for i, s in ipairs(places) do all[i] = { x = t + s, y = t, along = "y" } end
    return all
  end
  if #at_x > 0 then
    local places = {}
    for i, s in ipairs(at_x) do places[i] = { x = t + s - t / 2, y = t, z = t, rx = 90, rz = 90 } end
    fin = J.board { name = "divider_deep", label = "Divider, front to back", role = "divider", x = p.depth, y = high,
      thickness = t, colour = "#b98f5a", at = places }
    J.tabs(fin, "left", walls.front, lines(at_x), tab)
    J.tabs(fin, "right", walls.back, lines(at_x), tab)
    J.rest(fin, walls.bottom)
    boards[#boards + 1] = fin
  end
  if #at_y > 0 then
    local places = {}
    for i, s in ipairs(at_y) do places[i] = { x = t, y = t + s + t / 2, z = t, rx = 90 } end
    rib = J.board { name = "divider_wide", label = "Divider, side to side", role = "divider", x = p.width, y = high,
      thickness = t, colour = "#b98f5a", at = places }
    J.tabs(rib, "left", walls.side, lines(at_y), tab)
    J.tabs(rib, "right", walls.side, {}, { count = 1, width = high / 3, fit = p.fit, only = "a" })
    J.rest(rib, walls.bottom)
    boards[#boards + 1] = rib
  end
  if fin and rib then J.cross_lap(fin, "back", at_y, rib, "front", at_x, { fit = p.fit }) end
end

local function build(p, ctx)
  local J = joints.using(ctx)
  local t, X, Y = p.board, outer_x(p), outer_y(p)
  local h = heights(p, sliding(p) and ctx.fit("slide") or 0)
  local back_height = hinged(p) and h.wall - p.hinge_radius + bend_length(p) + Y - t - p.hinge_radius or h.wall
  local function board(name, label, x, y, colour, at)
    return J.board { name = name, label = label, role = "wall", x = x, y = y, thickness = t, colour = colour, at = at }
  end
  local bottom = board("bottom", "Bottom", X, Y, "#c9a679", { {} })
  local front = board("front", "Front", X, h.front, "#d9b98c", { { y = t, rx = 90 } })
  local back = board("back", hinged(p) and "Back and lid" or "Back", X, back_height, "#d9b98c", { { y = Y, rx = 90 } })
  local side = board("side", "Side", Y, h.wall, "#e3c9a1",
    { { rx = 90, rz = 90 }, { x = X - t, rx = 90, rz = 90 } })

  local function finger(a, edge_a, b, edge_b, o)
    o.width, o.fit = p.finger, p.fit
    J.finger(a, edge_a, b, edge_b, o)
  end
  finger(bottom, "front", front, "front", {})
  finger(bottom, "back", back, "front", {})
  finger(bottom, "left", side, "front", {})
  finger(bottom, "right", side, "front", { only = "a" })
  finger(front, "left", side, "left", { to = h.front })
  finger(front, "right", side, "left", { to = h.front, only = "a" })
  local joined = hinged(p) and h.wall - p.hinge_radius or h.wall
  finger(back, "left", side, "right", { to = joined })
  finger(back, "right", side, "right", { to = joined, only = "a" })

  local boards = { bottom, front, back, side }
  if hinged(p) then add_hinge(p, J, side, back, h.wall) end
  local walls = { front = front, back = back, side = side, bottom = bottom }
  if sliding(p) then add_lid(p, J, ctx, walls, h, boards) end
  if divided(p) then add_dividers(p, J, walls, boards) end
  return {
    parts = J.parts(boards),
    mates = J.mates(boards),
    handles = {
      { parameter = "width", at = { X, Y / 2, h.front / 2 }, direction = "+x" },
      { parameter = "depth", at = { X / 2, Y, h.front / 2 }, direction = "+y" },
      { parameter = "height", at = { X / 2, 0, h.front }, direction = "+z" },
    },
  }
end

return {
  id = "finger_box",
  version = "1.0.0",
  name = "Finger-joint box",
  summary = "A laser-cut box by its inside dimensions, open, with a sliding lid or a lid on a living hinge.",
  description = "Walls and bottom interlock by fingers that fit as tightly as the machine allows. A sliding lid runs "
    .. "between ledges; a hinged one is one piece with the back and bends where rows of slits make it soft. Dividers "
    .. "lap each other and are held by tabs.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "laser_sheet", "cnc_router_sheet" },
  keywords = { "case", "crate", "laser box", "storage" },

  parameters = {
    { "width", kind = "length", default = 120, min = 20, max = 600, step = 1, group = "Inside", label = "Width",
      help = "Of what goes in, from side to side." },
    { "depth", kind = "length", default = 80, min = 20, max = 600, step = 1, group = "Inside", label = "Depth",
      help = "Of what goes in, from front to back." },
    { "height", kind = "length", default = 50, min = 15, max = 400, step = 1, group = "Inside", label = "Height",
      help = "Free height above the bottom; below the ledges when the lid slides." },
    { "lid", kind = "choice", default = "open", group = "Lid", label = "Lid",
      choices = { { "open", "None" }, { "sliding", "Slides" }, { "hinged", "Bends (living hinge)" } },
      help = "A sliding lid takes four ledges; a living hinge wants plywood or felt, not acrylic." },
    { "hinge_radius", kind = "length", default = 12, min = 8, max = 60, step = 1, group = "Lid",
      label = "Radius of the bend", help = "The larger, the softer: four times the thickness or more.",
      visible_when = hinged },
    { "hinge_pitch", kind = "length", default = 1.8, min = 1.5, max = 4, step = 0.1, group = "Lid",
      label = "Slits apart", help = "From one row of slits to the next. Closer bends more easily and breaks sooner.",
      visible_when = hinged },

    { "columns", kind = "count", default = 1, min = 1, max = 8, step = 1, group = "Compartments", label = "Across",
      help = "Compartments side by side." },
    { "rows", kind = "count", default = 1, min = 1, max = 8, step = 1, group = "Compartments",
      label = "Behind each other", help = "Compartments from front to back." },
    { "divider_height", kind = "length", default = 40, min = 10, max = 400, step = 1, group = "Compartments",
      label = "Divider height", help = "Above the bottom.", visible_when = divided },

    { "board", kind = "length", default = 3, min = 1.5, max = 12, step = 0.05, group = "Sheet", label = "Thickness",
      help = "As measured with a caliper: plywood sold as 3 mm is 2.7 to 3.3." },
    { "fit", kind = "choice", default = "press", group = "Sheet", label = "Fingers fit",
      choices = { { "press", "Tight, tapped home" }, { "slide", "By hand" }, { "free", "Loose, for paint" } },
      help = "How many millimetres that is belongs to the machine; the coupon tells." },
    { "finger", kind = "length", default = 12, min = 4, max = 80, step = 0.5, group = "Sheet", label = "Finger width",
      help = "About how wide fingers are; each edge gets an odd number of equal ones." },
  },

  rules = {
    { check = function(p) return p.finger >= 2 * p.board end,
      message = "Fingers narrower than twice the thickness break off: take wider ones.",
      parameters = { "finger", "board" } },
    { check = function(p) return math.min(p.width, p.depth, p.height) >= 4 * p.board end,
      message = "The box is too small for boards this thick: every inside dimension must be four times the thickness.",
      parameters = { "width", "depth", "height", "board" } },
    { check = function(p)
        return not sliding(p) or p.width >= 2 * LEDGE + 25 and p.depth >= 6 * GRIP
      end,
      message = "A box with a sliding lid must be at least 41 mm wide and 54 mm deep inside.",
      parameters = { "width", "depth", "lid" } },
    { check = function(p) return not hinged(p) or p.hinge_radius >= 4 * p.board end,
      message = "Bent to less than four times its thickness the hinge breaks: take a larger radius.",
      parameters = { "hinge_radius", "board" } },
    { check = function(p)
        return not hinged(p) or p.hinge_radius <= p.height / 4 and p.hinge_radius + 20 <= p.depth
      end,
      message = "The bend may take a quarter of the height: take a smaller radius or a higher box.",
      parameters = { "hinge_radius", "height", "depth" } },
    { check = function(p)
        return compartment(p.columns, p.width, p.board) >= MIN_COMPARTMENT
          and compartment(p.rows, p.depth, p.board) >= MIN_COMPARTMENT
      end,
      message = "Compartments under 12 mm are too narrow for fingers: take fewer.",
      parameters = { "columns", "rows", "width", "depth" } },
    { check = function(p) return not divided(p) or p.divider_height <= p.height end,
      message = "Dividers higher than the box leave no room for its lid: take lower ones.",
      parameters = { "divider_height", "height" } },
    { check = function(p) return not divided(p) or p.divider_height >= 4 * p.board end,
      message = "Dividers must be four times as high as thick to be held by their tabs: take higher ones.",
      parameters = { "divider_height", "board" } },
  },

  presets = {
    { "playing_cards", label = "Playing cards, two decks", values = { width = 132, depth = 91, height = 22, columns = 2,
      divider_height = 18 } },
    { "business_cards", label = "Business cards, 85 x 55", values = { width = 90, depth = 100, height = 58,
      columns = 1, rows = 2, divider_height = 45 } },
    { "a5_letters", label = "A5 paper, lying", values = { width = 152, depth = 214, height = 60, finger = 18,
      lid = "sliding" } },
    { "resistors", label = "Small parts, 4 x 3", values = { width = 200, depth = 150, height = 35, columns = 4,
      rows = 3, divider_height = 32, lid = "sliding" } },
    { "pencil_box", label = "Pencils, living hinge", values = { width = 200, depth = 70, height = 52, lid = "hinged",
      hinge_radius = 13 } },
    { "kallax", label = "Bin for an IKEA Kallax niche", values = { width = 314, depth = 360, height = 316, board = 6,
      finger = 30 } },
    { "crate", label = "Crate of 6 mm plywood", values = { width = 360, depth = 260, height = 200, board = 6,
      finger = 30 } },
  },

  build = build,
}
