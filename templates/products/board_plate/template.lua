-- A part that you have as a STEP file, made fit for a circuit board: holes or standoffs in the board's pattern, and a
-- name engraved beside it. What is known of the part is its bounding box, which is measured when it is built; the
-- board lies on its highest level, or at the height given.

local boards = require "boards@1"
local fasteners = require "fasteners@1"

local OVER = 1 -- cutters overshoot open faces by this much

local function own(p) return p.board == "own" end
local function board_of(p)
  return own(p) and boards.rectangle(p.pitch_x, p.pitch_y, 4, p.screw) or boards.sizes[p.board]
end
local function standing(p) return p.mount == "standoffs" end
local function span(p)
  local board = board_of(p)
  return p.turned and board.y or board.x, p.turned and board.x or board.y
end

-- The imported part with its working side up.
local function blank(p)
  local part = step(p.part)
  if p.side == "below" then return part:rotate("x", 180) end
  if p.side == "front" then return part:rotate("x", -90) end
  if p.side == "right" then return part:rotate("y", -90) end
  return part
end

local function build(p, ctx)
  local part, board = blank(p), board_of(p)
  local screw = ctx.hardware[board.screw]
  local x = (part:extent("min_x") + part:extent("max_x")) / 2 + p.x
  local y = (part:extent("min_y") + part:extent("max_y")) / 2 + p.y
  local bottom, top = part:extent("min_z"), part:extent("max_z")
  local level = top - p.below
  local function at_holes(profile)
    local all = {}
    for i, place in ipairs(boards.holes(board, p.turned)) do all[i] = profile:move(place[1], place[2]) end
    local first = table.remove(all, 1)
    return first:union(all)
  end
  local solid = part
  if standing(p) then
    local posts = at_holes(circle(p.post / 2)):extrude(p.height + p.root)
    solid = solid:union(posts:move(x, y, level - p.root))
    local hole = at_holes(circle(screw.tap_drill_mm / 2)):extrude(p.height - 1 + OVER)
    solid = solid:cut(hole:move(x, y, level + 1))
  else
    local d = p.mount == "tapped" and screw.tap_drill_mm or screw.clearance_medium_mm
    local hole = at_holes(circle(d / 2)):extrude(p.deep and p.depth + OVER or 1000)
    solid = solid:cut(hole:move(x, y, p.deep and level - p.depth or bottom - OVER))
  end
  if p.label:match("%S") then
    local size = math.min(p.letter, p.letter * span(p) / math.max(0.1, ctx.text_width(p.label, p.letter, p.font)))
    local mark = text { p.label, size, font = p.font, align = "center" }:extrude(p.engrave + OVER)
    solid = solid:cut(mark:move(x + p.label_x, y + p.label_y, level - p.engrave))
  end
  local wide, tall = span(p)
  return {
    parts = { { name = "plate", label = "Plate", solid = solid, role = "mounting plate", colour = "#7a8a9a",
      up = "+z" } },
    rules = {
      { measure = part:extent("size_x"), min = 2 * math.abs(p.x) + wide - 4, unit = "mm",
        parameters = { "board", "x", "turned" },
        message = "The board would stick out of the part from left to right: move it to the middle, or turn it." },
      { measure = part:extent("size_y"), min = 2 * math.abs(p.y) + tall - 4, unit = "mm",
        parameters = { "board", "y", "turned" },
        message = "The board would stick out of the part from front to rear: move it to the middle, or turn it." },
    },
  }
end

local function has_label(p) return p.label:match("%S") ~= nil end

return {
  id = "board_plate",
  version = "1.0.0",
  name = "Board plate",
  summary = "Fits a circuit board to a part that you have as a STEP file: holes, standoffs, a name.",
  description = "Take any STEP model, a panel, a lid, a bracket, and give it the holes of a Raspberry Pi or Arduino, or of a "
    .. "board of your own: drilled through, for the screw's own thread, or on standoffs. panel.step comes along to try.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf" },
  keywords = { "circuit board", "mount", "bracket", "case", "PCB" },

  parameters = {
    { "part", kind = "file", default = "panel.step", group = "Part", label = "Part (STEP)",
      help = "The model to work on; it travels with the design." },
    { "side", kind = "choice", default = "above", group = "Part", label = "Work on its",
      choices = { { "above", "Top" }, { "below", "Underside" }, { "front", "Front" }, { "right", "Right-hand side" } },
      help = "The side that the board goes to; the part is turned so that it looks up." },
    { "below", kind = "length", default = 4, min = 0, max = 200, step = 0.5, group = "Part",
      label = "Below its highest level",
      help = "How deep the surface lies that the board goes on: 4 inside the rim of the sample, 0 for a flat plate." },

    { "board", kind = "choice", default = "raspberry_pi", group = "Board", label = "Board",
      choices = { boards.choices[1], boards.choices[2], boards.choices[3], boards.choices[4], boards.choices[5],
        { "own", "Own hole pattern" } },
      help = "Holes as in the makers' drawings." },
    { "pitch_x", kind = "length", default = 50, min = 10, max = 200, step = 0.1, group = "Board",
      label = "Holes apart, length",
      help = "From middle to middle.", visible_when = own },
    { "pitch_y", kind = "length", default = 40, min = 10, max = 200, step = 0.1, group = "Board",
      label = "Holes apart, breadth",
      help = "From middle to middle.", visible_when = own },
    { "screw", kind = "choice", default = "M3", group = "Board", label = "Screw",
      choices = fasteners.choices("M2", "M4"),
      help = "Of the board's holes.", visible_when = own },
    { "turned", kind = "toggle", default = false, group = "Board", label = "Turned by a quarter",
      help = "Lengthwise to the rear." },
    { "x", kind = "length", default = 0, min = -100, max = 100, step = 0.5, group = "Board", label = "To the right",
      help = "Of the middle of the part." },
    { "y", kind = "length", default = 0, min = -100, max = 100, step = 0.5, group = "Board", label = "To the rear",
      help = "Of the middle of the part." },

    { "mount", kind = "choice", default = "standoffs", group = "Mount", label = "Mount",
      choices = { { "standoffs", "Standoffs" }, { "through", "Holes that the screws pass" },
        { "tapped", "Holes for the screws' own thread" } },
      help = "Standoffs keep the solder side clear of the part." },
    { "height", kind = "length", default = 5, min = 3, max = 30, step = 0.5, group = "Mount", label = "Standoff height",
      help = "5 clears most solder sides.", visible_when = standing },
    { "post", kind = "length", default = 6, min = 4, max = 12, step = 0.1, group = "Mount", label = "Standoff diameter",
      help = "6 stays clear of parts next to the holes.", visible_when = standing },
    { "root", kind = "length", default = 1, min = 0.2, max = 10, step = 0.1, group = "Mount", label = "Rooted",
      help = "How deep the standoffs reach into the part, to be one with it.", visible_when = standing },
    { "deep", kind = "toggle", default = false, group = "Mount", label = "Holes end inside",
      help = "Otherwise they go right through.", visible_when = function(p) return not standing(p) end },
    { "depth", kind = "length", default = 3, min = 1, max = 40, step = 0.5, group = "Mount", label = "Hole depth",
      help = "From the surface.", visible_when = function(p) return not standing(p) and p.deep end },

    { "label", kind = "text", default = "", min = 0, max = 30, group = "Name", label = "Engraved name",
      help = "May stay empty. It is made smaller where it would be longer than the board." },
    { "letter", kind = "length", default = 8, min = 4, max = 30, step = 0.5, group = "Name", label = "Letter height",
      help = "Of capital letters.", visible_when = has_label },
    { "engrave", kind = "length", default = 0.8, min = 0.3, max = 3, step = 0.1, group = "Name", label = "Depth",
      help = "Less than the part is thick.", visible_when = has_label },
    { "label_x", kind = "length", default = 0, min = -100, max = 100, step = 0.5, group = "Name",
      label = "To the right",
      help = "Of the middle of the board.", visible_when = has_label },
    { "label_y", kind = "length", default = -4, min = -100, max = 100, step = 0.5, group = "Name",
      label = "To the rear",
      help = "Of the middle of the board.", visible_when = has_label },
    { "font", kind = "font", default = "DejaVu Sans Bold", group = "Name", label = "Font",
      help = "Bold ones come out best.",
      visible_when = has_label },
  },

  rules = {
    { check = function(p) return not standing(p) or p.post >= fasteners.nominal(board_of(p).screw) + 2 end,
      message = "A standoff needs 1 mm of wall around its screw: take thicker standoffs.",
      parameters = { "post", "board", "screw" } },
    { check = function(p) return not standing(p) or not own(p) or math.min(p.pitch_x, p.pitch_y) >= p.post + 1 end,
      message = "The standoffs run into each other: take thinner ones or holes further apart.",
      parameters = { "post", "pitch_x", "pitch_y" } },
  },

  presets = {
    -- Board figures: see modules/boards.lua.
    { "pi_on_panel", label = "Raspberry Pi on the sample panel", values = {} },
    { "uno_on_panel", label = "Arduino Uno, named", values = { board = "arduino_uno", label = "HOUSE", letter = 10 } },
    { "zero_through", label = "Raspberry Pi Zero, holes right through",
      values = { board = "raspberry_pi_zero", mount = "through", label = "HOUSE", letter = 10 } },
    { "pico_through", label = "Raspberry Pi Pico, turned, holes right through",
      values = { board = "raspberry_pi_pico", mount = "through", turned = true } },
    { "own_pattern", label = "Own board, holes 60 x 40 mm", values = { board = "own", pitch_x = 60, pitch_y = 40 } },
  },

  build = build,
}
