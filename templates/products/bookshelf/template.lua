-- A bookshelf of sheet boards: two sides, top and bottom, shelves in dados, screwed or dowelled, a back in a rabbet,
-- a plinth. x is the width, y the depth (0 is the front), z the height. Every board is drawn lying flat as it
-- is machined, its worked face up, and placed by its pose.

local joints = require "joints@1"

local OVER = 1 -- cutters overshoot open faces by this much
local BOOK_ROOM = 100 -- smallest clear height between shelves
local MAX_SLENDERNESS = 60 -- clear span of a shelf over its thickness

local function in_dados(p) return p.joint == "dado" end
local function screwed(p) return p.joint == "screwed" end
local function drilled(p) return p.joint == "dowels" or p.joint == "confirmat" end

local function back_thickness(p) return p.back and p.back_thickness or 0 end
local function plinth_height(p) return p.plinth and p.plinth_height or 0 end
local function clear_span(p) return p.width - 2 * p.board end

local function shelf_gap(p)
  return (p.height - plinth_height(p) - (p.shelves + 2) * p.board) / (p.shelves + 1)
end

-- Height of the underside of shelf i, counted from 1 at the bottom.
local function shelf_z(p, i)
  return plinth_height(p) + p.board + i * shelf_gap(p) + (i - 1) * p.board
end

-- Lower and upper end of the back, which reaches `dado` deep into the boards around it.
local function back_span(p)
  local inset = p.board - p.dado
  return plinth_height(p) + inset, p.height - inset
end

-- Clearance holes for the screws that hold top, bottom and shelves: one row of three at each board's middle.
local function screw_holes(p)
  local levels = { plinth_height(p) + p.board / 2, p.height - p.board / 2 }
  for i = 1, p.shelves do levels[#levels + 1] = shelf_z(p, i) + p.board / 2 end
  local edge = math.min(50, p.depth / 5)
  local rear = p.depth - back_thickness(p) - edge
  local holes = {}
  for _, level in ipairs(levels) do
    for _, y in ipairs { edge, (edge + rear) / 2, rear } do
      holes[#holes + 1] = circle(p.screw_hole / 2):move(level, y)
    end
  end
  return holes
end

-- Everything sunk `dado` deep into the inner face of a side, as one profile: dados and rear rabbet.
local function side_grooves(p)
  local back = back_thickness(p)
  local cuts = {}
  if in_dados(p) then
    -- Dados run into the rabbet by half its width, so that the two overlap instead of touching.
    local length = p.back and p.depth - back / 2 + OVER or p.depth + 2 * OVER
    for i = 1, p.shelves do
      cuts[i] = rectangle(p.board + p.dado_play, length):move(shelf_z(p, i), -OVER)
    end
  end
  if p.back then
    local low, high = back_span(p)
    cuts[#cuts + 1] = rectangle(high - low, back + OVER):move(low, p.depth - back)
  end
  if #cuts == 0 then return nil end
  local first = table.remove(cuts, 1)
  return #cuts > 0 and first:union(cuts) or first
end

-- The right side, inner face up: x along the height, y from front to back; `plain` is the drilled board.
local function side(p, plain)
  local board = plain
  if screwed(p) then board = rectangle(p.height, p.depth):cut(screw_holes(p)):extrude(p.board) end
  local grooves = side_grooves(p)
  if not grooves then return board end
  return board:cut(grooves:extrude(p.dado + OVER):move { z = p.board - p.dado })
end

-- Dowels or confirmat screws between a board's ends and the sides, at the levels of its copies.
local function drill(p, J, board, plain_side, levels)
  local lines = {}
  for i, level in ipairs(levels) do lines[i] = { x = level + p.board / 2, y = 0, along = "y" } end
  local room = p.depth - back_thickness(p)
  local o = { count = p.fasteners, from = 0, to = room, inset = math.min(50, room / 5) }
  local join = J.confirmat
  if p.joint == "dowels" then
    o.size = p.board < 15 and "dowel_6x30" or p.board <= 24 and "dowel_8x35" or "dowel_10x40"
    join = J.dowels
  else
    o.size = p.board < 15 and "confirmat_5x40" or "confirmat_7x50"
  end
  join(board, "right", plain_side, lines, o)
  o.only = "a" -- the left side is the right one's mirror image
  join(board, "left", plain_side, lines, o)
end

-- Top and bottom are the same board turned over; its rabbet lies in the inner face at the rear.
local function end_board(p, board)
  if not p.back then return board end
  local rabbet = box(clear_span(p) + 2 * OVER, p.back_thickness + OVER, p.dado + OVER)
  return board:cut(rabbet:move(-OVER, p.depth - p.back_thickness, p.board - p.dado))
end

-- The grain runs along the first of both sizes, whichever is longer.
local function along(a, b) return a >= b and "length" or "width" end

local function hardware(p, J, boards)
  local all = J.hardware(boards)
  if screwed(p) then all[#all + 1] = { item = "wood screw 4x40", count = 6 * (p.shelves + 2) } end
  return all
end

-- How far shelves reach into the sides.
local function reach(p) return in_dados(p) and p.dado or 0 end

-- Side, shelf and end board with their holes, without grooves.
local function plain_boards(p, J)
  local t = p.board
  local side = J.board { name = "side", x = p.height, y = p.depth, thickness = t }
  local shelf = J.board { name = "shelf", x = clear_span(p) + 2 * reach(p), y = p.depth - back_thickness(p),
    thickness = t }
  local ends = J.board { name = "top_bottom", x = clear_span(p), y = p.depth, thickness = t }
  if drilled(p) then
    local levels = {}
    for i = 1, p.shelves do levels[i] = shelf_z(p, i) end
    drill(p, J, shelf, side, levels)
    drill(p, J, ends, side, { plinth_height(p), p.height - t })
  end
  return side, shelf, ends
end

local function build(p, ctx)
  local wood, inside = "#d9b98c", "#e3c9a1"
  local J = joints.using(ctx)
  local plain_side, plain_shelf, plain_ends = plain_boards(p, J)
  local right = side(p, J.solid(plain_side))
  local shelf_poses = {}
  for i = 1, p.shelves do shelf_poses[i] = { x = p.board - reach(p), z = shelf_z(p, i) } end
  local bottom_z = plinth_height(p)
  local parts = {
    { name = "side_left", label = "Left side", solid = right:mirror("y", p.depth / 2), role = "side board",
      colour = wood, at = { { y = p.depth, rx = 180, ry = -90 } }, up = "+z", sheet = "+z", grain = "length",
      edges = { "back" } },
    { name = "side_right", label = "Right side", solid = right, role = "side board", colour = wood,
      at = { { x = p.width, ry = -90 } }, up = "+z", sheet = "+z", grain = "length", edges = { "front" } },
    { name = "top_bottom", label = "Top and bottom", solid = end_board(p, J.solid(plain_ends)),
      role = "top and bottom board", colour = wood,
      at = { { x = p.board, z = bottom_z }, { x = p.width - p.board, z = p.height, ry = 180 } },
      up = "+z", sheet = "+z", grain = along(clear_span(p), p.depth), edges = { "front" } },
    { name = "shelf", label = "Shelf", solid = J.solid(plain_shelf), role = "shelf", colour = inside,
      at = shelf_poses, up = "+z", sheet = "+z", grain = along(plain_shelf.x, plain_shelf.y), edges = { "front" } },
  }
  local shelf_mate = in_dados(p) and "press" or "rest"
  local mates = {
    { kind = "rest", a = "top_bottom", b = "side_left", clearance = 0 },
    { kind = "rest", a = "top_bottom", b = "side_right", clearance = 0 },
    { kind = shelf_mate, a = "shelf", b = "side_left", clearance = in_dados(p) and p.dado_play / 2 or 0 },
    { kind = shelf_mate, a = "shelf", b = "side_right", clearance = in_dados(p) and p.dado_play / 2 or 0 },
  }
  if p.back then
    local low, high = back_span(p)
    parts[#parts + 1] = {
      name = "back", label = "Back", solid = box(clear_span(p) + 2 * p.dado, high - low, p.back_thickness),
      role = "back panel", colour = "#c9a679", at = { { x = p.board - p.dado, y = p.depth, z = low, rx = 90 } },
      up = "+z", sheet = "+z", grain = along(high - low, clear_span(p)),
    }
    for _, board in ipairs { "side_left", "side_right", "top_bottom" } do
      mates[#mates + 1] = { kind = "rest", a = "back", b = board, clearance = 0 }
    end
  end
  if p.plinth then
    parts[#parts + 1] = {
      name = "plinth", label = "Plinth", solid = box(clear_span(p), p.plinth_height, p.board), role = "plinth board",
      colour = wood, at = { { x = p.board, y = p.plinth_setback + p.board, rx = 90 } }, up = "+z", sheet = "+z",
      grain = along(clear_span(p), p.plinth_height),
    }
    mates[#mates + 1] = { kind = "rest", a = "plinth", b = "top_bottom", clearance = 0 }
  end
  return {
    parts = parts,
    mates = mates,
    hardware = hardware(p, J, { plain_shelf, plain_ends }),
    handles = {
      { parameter = "width", at = { p.width, p.depth / 2, p.height / 2 }, direction = "+x" },
      { parameter = "depth", at = { p.width / 2, p.depth, p.height / 2 }, direction = "+y" },
      { parameter = "height", at = { p.width / 2, p.depth / 2, p.height }, direction = "+z" },
    },
  }
end

return {
  id = "bookshelf",
  version = "1.0.0",
  name = "Bookshelf",
  summary = "A free-standing bookshelf cut from boards, in your size.",
  description = "Two sides, top, bottom and evenly spaced shelves from one board thickness, with a back panel let "
    .. "into a rabbet. Shelves sit in dados, on dowels or on screws through the sides; a plinth can lift it off the "
    .. "floor.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "panel_saw", "cnc_router_sheet" },
  keywords = { "shelf", "shelves", "shelving", "bookcase", "rack" },

  parameters = {
    { "width", kind = "length", default = 800, min = 300, max = 1200, step = 1, group = "Size", label = "Width",
      help = "Over the outside of both sides." },
    { "depth", kind = "length", default = 300, min = 150, max = 500, step = 1, group = "Size", label = "Depth",
      help = "From the front edge to the rear of the back panel. 200 suits paperbacks, 300 folders." },
    { "height", kind = "length", default = 1800, min = 400, max = 2400, step = 1, group = "Size", label = "Height",
      help = "From the floor to the top of the top board." },
    { "shelves", kind = "count", default = 5, min = 1, max = 10, step = 1, group = "Size", label = "Shelves",
      help = "Boards between bottom and top, evenly spaced." },

    { "board", kind = "length", default = 18, min = 12, max = 30, step = 0.1, group = "Boards",
      label = "Board thickness",
      help = "As measured with a caliper: plywood sold as 18 mm is often 17.5. The dados take this width." },
    { "joint", kind = "choice", default = "dado", group = "Boards", label = "Shelves are held by",
      choices = { { "dado", "Dados (grooves in the sides)" }, { "screwed", "Screws through the sides" },
        { "dowels", "Dowels" }, { "confirmat", "Confirmat screws" } },
      help = "Dados hold most. Dowels do not show and want exact holes; screws need only straight cuts." },
    { "fasteners", kind = "count", default = 3, min = 2, max = 6, step = 1, group = "Boards",
      label = "Dowels or screws a side", help = "At each end of every board.", visible_when = drilled },
    { "dado", kind = "length", default = 6, min = 2, max = 12, step = 0.5, group = "Boards", label = "Groove depth",
      help = "How deep shelves and back are let into the boards; a third of the thickness is usual." },
    { "dado_play", kind = "length", default = 0, min = 0, max = 1, step = 0.05, group = "Boards", label = "Room in the grooves",
      help = "How much wider a groove is than the board. 0 is a fit to tap home; 0.2 leaves room for paint.",
      visible_when = in_dados },
    { "screw_hole", kind = "length", default = 4.5, min = 3, max = 7, step = 0.1, group = "Boards",
      label = "Screw hole", help = "Diameter of the holes through the sides: 4.5 for 4 mm wood screws.",
      visible_when = screwed },

    { "back", kind = "toggle", default = true, group = "Back and plinth", label = "Back panel",
      help = "Keeps the shelf square. Leave it out only where the shelf is fixed to a wall." },
    { "back_thickness", kind = "length", default = 6, min = 3, max = 12, step = 0.1, group = "Back and plinth",
      label = "Back thickness", help = "Thickness of the panel; the rabbet takes it flush.",
      visible_when = function(p) return p.back end },
    { "plinth", kind = "toggle", default = false, group = "Back and plinth", label = "Plinth",
      help = "A board under the bottom shelf that lifts it off the floor." },
    { "plinth_height", kind = "length", default = 70, min = 40, max = 150, step = 1, group = "Back and plinth",
      label = "Plinth height", help = "From the floor to the underside of the bottom board.",
      visible_when = function(p) return p.plinth end },
    { "plinth_setback", kind = "length", default = 20, min = 0, max = 60, step = 1, group = "Back and plinth",
      label = "Plinth set back", help = "How far the plinth stands behind the front edge, as room for toes.",
      visible_when = function(p) return p.plinth end },
  },

  rules = {
    { check = function(p) return shelf_gap(p) >= BOOK_ROOM end,
      message = "Less than 100 mm would stay free between two shelves, too little for a book: "
        .. "take fewer shelves or a taller bookshelf.",
      parameters = { "height", "shelves", "board", "plinth", "plinth_height" } },
    { check = function(p) return clear_span(p) <= MAX_SLENDERNESS * p.board end,
      message = "A shelf longer than 60 times its thickness sags visibly under books, even in solid wood: "
        .. "take a thicker board or a narrower bookshelf.",
      parameters = { "width", "board" } },
    { check = function(p) return p.dado <= p.board / 2 end,
      message = "A groove deeper than half the board leaves it too weak: take a shallower groove or a thicker board.",
      parameters = { "dado", "board" } },
  },

  presets = {
    { "paperbacks", label = "Paperbacks",
      values = { width = 600, depth = 150, height = 1200, shelves = 4, board = 15, dado = 5, back_thickness = 4 } },
    { "ring_binders", label = "Ring binders, five high",
      values = { width = 760, depth = 320, height = 2000, shelves = 4, board = 18, plinth = true } },
    { "records", label = "LP records",
      values = { width = 760, depth = 350, height = 1180, shelves = 2, board = 21, dado = 7, plinth = true } },
    { "under_window", label = "Low, under a window",
      values = { width = 1000, depth = 280, height = 700, shelves = 1, board = 18, plinth = true,
        plinth_height = 60 } },
    { "narrow_niche", label = "Narrow niche, floor to ceiling",
      values = { width = 400, depth = 250, height = 2300, shelves = 6, board = 18 } },
    { "workshop", label = "Workshop, screwed, no back",
      values = { width = 900, depth = 400, height = 1800, shelves = 4, board = 21, dado = 6, joint = "screwed",
        back = false } },
    { "cabinet", label = "Cabinet maker's, dowelled", values = { width = 600, depth = 320, height = 1500, shelves = 3,
      board = 18, joint = "dowels" } },
  },

  build = build,
}
