-- An organiser for drawers and benches: a tray divided into equal pockets. Centred in x and y, standing on
-- z = 0. It is a stack of extruded profiles, floor, pockets, open rim, because those build fast and exactly.

local OVER = 1 -- cutters overshoot open faces by this much

local function pocket_width(p) return (p.width - (p.columns + 1) * p.wall) / p.columns end
local function pocket_depth(p) return (p.depth - (p.rows + 1) * p.wall) / p.rows end
local function divided(p) return p.columns > 1 or p.rows > 1 end
local function drop(p) return divided(p) and p.divider_drop or 0 end

local function outline(p) return rounded_rectangle(p.width, p.depth, p.corner + p.wall, true) end

local function pockets(p)
  local x, y = pocket_width(p), pocket_depth(p)
  return rounded_rectangle(x, y, p.corner, true)
    :move((x + p.wall) * (1 - p.columns) / 2, (y + p.wall) * (1 - p.rows) / 2)
    :grid_pattern(p.columns, p.rows, x + p.wall, y + p.wall)
end

local function tray(p)
  local top = p.height - drop(p)
  local layers = { outline(p):cut(pockets(p)):extrude(top - p.floor):move { z = p.floor } }
  if drop(p) > 0 then
    local inside = rounded_rectangle(p.width - 2 * p.wall, p.depth - 2 * p.wall, p.corner, true)
    layers[2] = outline(p):cut(inside):extrude(drop(p)):move { z = top }
  end
  return outline(p):extrude(p.floor):union(layers)
end

-- One notch in the front wall for each column: the lower half of a stadium centred on the top edge.
local function notches(p)
  local pitch = pocket_width(p) + p.wall
  return slot(2 * p.notch_depth, p.notch_width):rotate(90)
    :move(pitch * (1 - p.columns) / 2, 0):linear_pattern(p.columns, pitch, 0)
    :extrude(p.wall + 2 * OVER):rotate("x", 90)
    :move { y = -p.depth / 2 + p.wall + OVER, z = p.height }
end

local function build(p)
  local solid = tray(p)
  if p.notch then solid = solid:cut(notches(p)) end
  return {
    parts = { { name = "tray", label = "Tray", solid = solid, role = "tray", colour = "#5f8f7f", up = "+z" } },
    mates = {},
    handles = {
      { parameter = "width", at = { p.width / 2, 0, p.height / 2 }, direction = "+x" },
      { parameter = "depth", at = { 0, p.depth / 2, p.height / 2 }, direction = "+y" },
      { parameter = "height", at = { 0, 0, p.height }, direction = "+z" },
    },
  }
end

return {
  id = "organiser",
  version = "1.0.0",
  name = "Organiser",
  summary = "A tray with equal pockets that fills your drawer exactly.",
  description = "Measure the drawer, enter its inside, choose columns and rows. Dividers can be lower than the outer "
    .. "wall, and the front wall can have a finger notch for each column.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf" },
  keywords = { "organizer", "tray", "drawer", "insert", "sorting box" },

  parameters = {
    { "width", kind = "length", default = 240, min = 60, max = 500, step = 1, group = "Size", label = "Width",
      help = "Outside, from left to right. Leave 1 mm of play in a drawer." },
    { "depth", kind = "length", default = 200, min = 60, max = 500, step = 1, group = "Size", label = "Depth",
      help = "Outside, from front to rear." },
    { "height", kind = "length", default = 50, min = 15, max = 120, step = 1, group = "Size", label = "Height",
      help = "Outside, floor included." },

    { "columns", kind = "count", default = 4, min = 1, max = 10, step = 1, group = "Pockets", label = "Columns",
      help = "Pockets from left to right." },
    { "rows", kind = "count", default = 3, min = 1, max = 10, step = 1, group = "Pockets", label = "Rows",
      help = "Pockets from front to rear." },
    { "corner", kind = "length", default = 3, min = 0.5, max = 20, step = 0.5, group = "Pockets",
      label = "Corner radius",
      help = "Rounding of the pockets' upright corners; the outside follows around it." },
    { "divider_drop", kind = "length", default = 0, min = 0, max = 60, step = 1, group = "Pockets",
      label = "Dividers lower by", help = "How far the dividers end below the outer wall; 0 makes them flush.",
      visible_when = divided },

    { "wall", kind = "length", default = 2, min = 0.8, max = 5, step = 0.1, group = "Walls", label = "Wall thickness",
      help = "Of the outer walls and the dividers." },
    { "floor", kind = "length", default = 2, min = 0.6, max = 5, step = 0.1, group = "Walls", label = "Floor thickness",
      help = "1.2 is enough in a drawer." },

    { "notch", kind = "toggle", default = false, group = "Finger notches", label = "Finger notches",
      help = "A round notch in the front wall of each column, to see and reach what lies there." },
    { "notch_width", kind = "length", default = 24, min = 8, max = 80, step = 1, group = "Finger notches",
      label = "Notch width", help = "20 to 25 takes a finger.", visible_when = function(p) return p.notch end },
    { "notch_depth", kind = "length", default = 20, min = 5, max = 100, step = 1, group = "Finger notches",
      label = "Notch depth", help = "Down from the top edge.", visible_when = function(p) return p.notch end },
  },

  rules = {
    { check = function(p) return math.min(pocket_width(p), pocket_depth(p)) >= 10 end,
      message = "The pockets would be narrower than 10 mm, too small for fingers: take fewer columns or rows.",
      parameters = { "columns", "rows", "width", "depth", "wall" } },
    { check = function(p) return 2 * p.corner + 1 <= math.min(pocket_width(p), pocket_depth(p)) end,
      message = "The corner radius leaves no straight wall in a pocket: take one below half the pocket.",
      parameters = { "corner", "columns", "rows", "width", "depth", "wall" } },
    { check = function(p) return p.height - p.floor - drop(p) >= 5 end,
      message = "The dividers would be lower than 5 mm: let them down less, or take a higher tray.",
      parameters = { "divider_drop", "height", "floor" } },
    { check = function(p) return drop(p) == 0 or drop(p) >= 0.4 end,
      message = "Dividers end flush with the wall (0) or at least 0.4 mm below it, or the step cannot be made.",
      parameters = { "divider_drop" } },
    { check = function(p) return not p.notch or p.notch_width + 2 * p.corner + 2 <= pocket_width(p) end,
      message = "The finger notch must stay between the rounded corners of its pocket: "
        .. "take a narrower notch or fewer columns.",
      parameters = { "notch_width", "columns", "corner", "width" } },
    { check = function(p) return not p.notch or p.notch_depth >= p.notch_width / 2 + 0.5 end,
      message = "The finger notch must be deeper than half its width, to end in a half circle.",
      parameters = { "notch_depth", "notch_width" } },
    { check = function(p) return not p.notch or p.notch_depth <= p.height - p.floor - 2 end,
      message = "The finger notch must end 2 mm above the floor, or small things roll out.",
      parameters = { "notch_depth", "height", "floor" } },
  },

  presets = {
    -- All of them fit a bed of 250 x 210 with 5 mm kept free along its edges.
    { "cutlery", label = "Cutlery, two side by side",
      values = { width = 200, depth = 240, height = 50, columns = 3, rows = 1, corner = 8 } },
    { "screws", label = "Screws and small parts",
      values = { width = 240, depth = 160, height = 30, columns = 6, rows = 4, corner = 6, wall = 1.6, floor = 1.2 } },
    { "desk", label = "Desk drawer, low dividers",
      values = { width = 240, depth = 200, height = 40, columns = 3, rows = 2, corner = 5, divider_drop = 12 } },
    { "batteries", label = "AA batteries upright",
      values = { width = 130, depth = 98, height = 35, columns = 8, rows = 6, corner = 2, wall = 1.2, floor = 1.2 } },
    { "cards", label = "Card tray with finger notches",
      values = { width = 210, depth = 100, height = 60, columns = 3, rows = 1, corner = 2, notch = true,
        notch_width = 30, notch_depth = 40 } },
  },

  build = build,
}
