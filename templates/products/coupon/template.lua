-- A calibration coupon: what a machine really cuts or prints, as numbers to read off. From sheet: equal slats that
-- laid side by side tell the kerf and stacked the thickness, and a comb whose notches tell the clearances. Printed: a
-- pin and a block whose holes tell the clearances. See docs/joints.md for what to do with the numbers.

local joints = require "joints@1"

local SLAT = 10 -- width of a slat
local NOTCH = 14 -- depth of the comb's notches
local TOOTH = 8 -- width of the comb's teeth, at least
local MARK = 0.4 -- depth of engraved labels
local EDGE = 6 -- from a hole to the edge of the block, and between holes, at least

local function of_sheet(p) return p.kind == "sheet" end
local function printed(p) return p.kind == "printed" end

-- Clearance on each side that the i-th notch or hole gives.
local function clearance(p, i) return p.first + (i - 1) * p.step end

local function label(p, i) return string.format("%.2f", clearance(p, i)) end

-- Digits of seven bars, since letters of a font have points too sharp to print. Bars by name: top, upper left and
-- right, middle, lower left and right, bottom.
local BARS = { t = { 0, 2, 1, 2 }, u = { 0, 1, 0, 2 }, r = { 1, 1, 1, 2 }, m = { 0, 1, 1, 1 }, l = { 0, 0, 0, 1 },
  s = { 1, 0, 1, 1 }, b = { 0, 0, 1, 0 } }
local DIGITS = { ["0"] = "turlsb", ["1"] = "rs", ["2"] = "trmlb", ["3"] = "trmsb", ["4"] = "urms", ["5"] = "tumsb",
  ["6"] = "tumlsb", ["7"] = "trs", ["8"] = "turmlsb", ["9"] = "turmsb", ["-"] = "m" }

-- Width of a bar, of a digit, and from one digit to the next, for a height of 1.
local BAR, WIDE, NEXT, POINT = 0.16, 0.5, 0.7, 0.36

local function label_width(text, high)
  local wide = 0
  for c in text:gmatch "." do wide = wide + (c == "." and POINT or NEXT) end
  return (wide - NEXT + WIDE) * high
end

local function add_digit(bars, c, x, y, high)
  local across, up, w = (WIDE - BAR) * high, (1 - BAR) / 2 * high, BAR * high
  for name in DIGITS[c]:gmatch "." do
    local bar = BARS[name]
    bars[#bars + 1] = rectangle((bar[3] - bar[1]) * across + w, (bar[4] - bar[2]) * up + w)
      :move(x + bar[1] * across, y + bar[2] * up)
  end
end

-- Labels as one tool that engraves the upper face at `z`; `places` are the middles of their base lines.
local function engraving(p, places, z)
  local bars = {}
  for i, at in ipairs(places) do
    local text, high = label(p, i), p.label_size
    local x = at[1] - label_width(text, high) / 2
    for c in text:gmatch "." do
      if c == "." then
        bars[#bars + 1] = rectangle(BAR * high, BAR * high):move(x, at[2])
      else
        add_digit(bars, c, x, at[2], high)
      end
      x = x + (c == "." and POINT or NEXT) * high
    end
  end
  local first = table.remove(bars, 1)
  return first:union(bars):extrude(MARK + 1):move { z = z - MARK }
end

local function widest_label(p)
  local widest = 0
  for i = 1, p.steps do widest = math.max(widest, label_width(label(p, i), p.label_size)) end
  return widest
end

local function comb(p, J)
  local t = p.board
  local tooth = math.max(TOOTH, widest_label(p) + 2 - t)
  local below = p.label_size + 6
  local x, places, notches = tooth, {}, {}
  for i = 1, p.steps do
    local width = t + 2 * clearance(p, i)
    notches[i] = { x, x + width }
    places[i] = { x + width / 2, 3 }
    x = x + width + tooth
  end
  local board = J.board { name = "comb", label = "Comb", role = "fit gauge", x = x, y = below + NOTCH, thickness = t,
    colour = "#d9b98c" }
  for _, notch in ipairs(notches) do J.notch(board, "back", notch[1], notch[2], NOTCH) end
  local made = J.part(board)
  made.solid = made.solid:cut(engraving(p, places, t))
  return made, below + NOTCH
end

local function sheet_parts(p, ctx)
  local J = joints.using(ctx)
  local gauge, high = comb(p, J)
  local places = {}
  for i = 1, p.slats do places[i] = { x = (i - 1) * (SLAT + 3), y = high + 10 } end
  local slat = J.part(J.board { name = "slat", label = "Slat", role = "kerf and thickness gauge", x = SLAT, y = 40,
    thickness = p.board, colour = "#e3c9a1", at = places })
  return { gauge, slat }
end

local function printed_parts(p)
  local pitch = math.max(p.pin + 2 * clearance(p, p.steps) + EDGE, widest_label(p) + 3)
  local deep, below = p.pin + 2 * EDGE, p.label_size + 4
  local outline = rounded_rectangle(p.steps * pitch, deep + below, 3)
  local places, holes = {}, {}
  for i = 1, p.steps do
    local x = (i - 0.5) * pitch
    holes[i] = circle(p.pin / 2 + clearance(p, i)):move(x, below + deep / 2)
    places[i] = { x, 3.5 }
  end
  local block = outline:cut(holes):extrude(p.block):cut(engraving(p, places, p.block))
  local pin = cylinder(p.pin / 2, p.block + 15):chamfer(edges.of(faces.role("top")), 0.6)
  local grip = cylinder(p.pin / 2 + 4, 4)
  return {
    { name = "block", label = "Block", role = "fit gauge", solid = block, colour = "#d9b98c", up = "+z" },
    { name = "pin", label = "Pin", role = "fit gauge", solid = pin:union(grip), colour = "#e3c9a1", up = "+z",
      at = { { x = -p.pin - 8, y = (deep + below) / 2 } } },
  }
end

local function build(p, ctx) return { parts = of_sheet(p) and sheet_parts(p, ctx) or printed_parts(p) } end

return {
  id = "coupon",
  version = "1.0.0",
  name = "Calibration coupon",
  summary = "Tells a machine's kerf, the sheet's real thickness and which clearance fits how.",
  description = "Ten slats laid side by side are shorter than drawn by ten times the kerf, and stacked they tell the "
    .. "thickness. The comb's notches, or the block's holes, are labelled with the clearance on each side: the one "
    .. "that must be tapped in is the machine's press fit, the one that slides its sliding fit.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "laser_sheet", "cnc_router_sheet", "fdm", "sla" },
  keywords = { "test piece", "calibration", "kerf", "fit" },

  parameters = {
    { "kind", kind = "choice", default = "sheet", group = "What for", label = "Made",
      choices = { { "sheet", "From sheet: laser, router" }, { "printed", "Printed" } },
      help = "Sheet gives slats and a comb, printing a block with holes and a pin." },
    { "board", kind = "length", default = 3, min = 1, max = 25, step = 0.1, group = "What for", label = "Thickness",
      help = "As sold or as measured; the slats tell what it is.", visible_when = of_sheet },
    { "pin", kind = "length", default = 8, min = 3, max = 20, step = 0.5, group = "What for", label = "Pin diameter",
      help = "Choose one near the sizes you design with.", visible_when = printed },

    { "first", kind = "length", default = 0, min = -0.3, max = 0.5, step = 0.01, group = "Steps",
      label = "First clearance", help = "On each side, of the tightest notch or hole; below 0 it is an interference." },
    { "step", kind = "length", default = 0.05, min = 0.01, max = 0.2, step = 0.01, group = "Steps", label = "Step",
      help = "From one to the next." },
    { "steps", kind = "count", default = 8, min = 2, max = 16, step = 1, group = "Steps", label = "How many",
      help = "Notches of the comb, or holes of the block." },
    { "slats", kind = "count", default = 10, min = 5, max = 20, step = 1, group = "Steps", label = "Slats",
      help = "More slats tell kerf and thickness more finely.", visible_when = of_sheet },

    { "label_size", kind = "length", default = 3, min = 2.5, max = 10, step = 0.5, group = "Details",
      label = "Height of labels", help = "Printers want 5 or more." },
    { "block", kind = "length", default = 8, min = 4, max = 30, step = 1, group = "Details", label = "Block height",
      help = "How deep the pin goes.", visible_when = printed },
  },

  rules = {
    { check = function(p) return not of_sheet(p) or p.board + 2 * p.first >= 0.8 end,
      message = "The tightest notch would be narrower than 0.8 mm: begin with a larger clearance.",
      parameters = { "first", "board" } },
  },

  presets = {
    { "laser_plywood", label = "Laser, 3 mm plywood", process = "laser_sheet", material = "birch_plywood", values = {} },
    { "laser_acrylic", label = "Laser, 5 mm acrylic", process = "laser_sheet", material = "pmma",
      values = { board = 5 } },
    { "router", label = "Router, 18 mm plywood", process = "cnc_router_sheet", material = "birch_plywood",
      values = { board = 18, step = 0.1, label_size = 6 } },
    { "filament", label = "Filament printer", process = "fdm",
      values = { kind = "printed", label_size = 6, block = 8 } },
    { "resin", label = "Resin printer", process = "sla",
      values = { kind = "printed", pin = 6, step = 0.04, label_size = 4 } },
  },

  build = build,
}
