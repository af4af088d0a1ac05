-- A plate with a name: for a door, a key, a drawer, a machine. It lies on z = 0 with its middle at the origin; what is
-- written stands on its top or is cut into it, and everything is a stack of flat outlines.

local fasteners = require "fasteners@1"

local OVER = 1 -- cutters overshoot open faces by this much
local DESCENT = 0.3 -- of the cap height: how far g and j reach below the line
local EDGE = 2.5 -- material around a hole, mm

local function own_length(p) return p.size_by == "plate" end
local function has_logo(p) return p.logo ~= "" end
local function has_text(line) return line:match("%S") ~= nil end
local function hole_room(p) -- what holes take from the length, on both sides together
  if p.mount == "ring" then return p.ring + 2 * EDGE - p.margin end
  if p.mount == "screws" then return 2 * (fasteners.largest_head(p.screw) + 2 * EDGE - p.margin) end
  return 0
end

-- Lines with their sizes and heights above the lower edge of the writing, and the height of all.
local function lines_of(p)
  local lines, height = {}, 0
  if has_text(p.second) then
    lines[1] = { text = p.second, size = p.second_size, y = p.second_size * DESCENT }
    height = p.second_size * (1 + DESCENT) + p.size * 0.3
  end
  if has_text(p.text) then
    lines[#lines + 1] = { text = p.text, size = p.size, y = height + p.size * DESCENT }
    height = height + p.size * (1 + DESCENT)
  end
  return lines, height
end

-- Two magnets side by side need this much.
local function least_length(p)
  return p.mount == "magnets" and 2 * (p.magnet + math.max(p.margin, 1.5)) + 3 or 0
end

-- What stays free at an end of a plate for something that reaches `half` above and below its middle: the margin, or
-- more where that would reach into a rounded corner. Corners of what is written keep half a margin from the edge.
local function end_room(p, height, half)
  local corner = math.min(p.corner, height / 2 - 0.3)
  local up, inner = half - (height / 2 - corner), corner - p.margin / 2
  if up <= 0 then return p.margin end
  return math.max(p.margin, up < inner and corner - math.sqrt(inner * inner - up * up) or corner)
end

-- Free room at the left and right end. A single hole is on the left.
local function ends(p, height, half)
  local room, holes = end_room(p, height, half), math.max(0, hole_room(p))
  local left = p.mount == "ring" and holes or holes / 2
  local right = p.mount == "ring" and 0 or holes / 2
  return math.max(p.margin + left, room), math.max(p.margin + right, room)
end

-- Everything measured: length and height of the plate, and how much the writing shrinks to fit it.
local function layout(p, ctx)
  local lines, writing = lines_of(p)
  local l = { lines = lines, scale = 1, writing = writing, logo = has_logo(p) and p.logo_width + p.margin or 0 }
  local wide, drawing = 0, has_logo(p) and p.logo_width or 0
  for _, line in ipairs(lines) do wide = math.max(wide, ctx.text_width(line.text, line.size, p.font)) end
  if own_length(p) then
    l.length, l.height = p.length, p.height
    local function fits(scale)
      l.left, l.right = ends(p, l.height, math.max(writing * scale, drawing) / 2)
      return wide * scale + l.left + l.right + l.logo <= l.length
    end
    local low, high = 0, math.min(1, (l.height - 2 * p.margin) / math.max(writing, 0.1))
    if not fits(high) then
      for _ = 1, 30 do
        local middle = (low + high) / 2
        if fits(middle) then low = middle else high = middle end
      end
      high = low
    end
    l.scale = high
    fits(high)
  else
    l.height = math.max(writing, drawing, 4) + 2 * p.margin
    l.left, l.right = ends(p, l.height, math.max(writing, drawing) / 2)
    l.length = math.max(math.max(wide, 6) + l.left + l.right + l.logo, least_length(p))
  end
  l.corner = math.min(p.corner, l.height / 2 - 0.3, l.length / 2 - 0.3)
  l.middle = (l.left - l.right + l.logo) / 2
  return l
end

local function outline(l, inset)
  return rounded_rectangle(l.length - 2 * inset, l.height - 2 * inset, math.max(l.corner - inset, 0.3), true)
end

-- What is written, as one flat profile; nil for an empty plate.
local function writing(p, l)
  local all = {}
  for _, line in ipairs(l.lines) do
    local word = text { line.text, line.size * l.scale, font = p.font, align = "center" }
    all[#all + 1] = word:move(l.middle, (line.y - l.writing / 2) * l.scale)
  end
  if has_logo(p) then
    local left = -l.length / 2 + l.left
    all[#all + 1] = svg { file = p.logo, width = p.logo_width, centered = true }:move(left + p.logo_width / 2, 0)
  end
  if p.border then all[#all + 1] = outline(l, p.border_inset):cut(outline(l, p.border_inset + p.border_width)) end
  if #all == 0 then return nil end
  local first = table.remove(all, 1)
  return #all > 0 and first:union(all) or first
end

local function hole_places(p, l)
  if p.mount == "ring" then return { -l.length / 2 + EDGE + p.ring / 2 } end
  local x = l.length / 2 - EDGE - fasteners.largest_head(p.screw) / 2
  return { -x, x }
end

local function with_mount(plate, p, l, ctx)
  if p.mount == "ring" then
    return plate:cut(circle(p.ring / 2):extrude(p.thickness + 2 * OVER):move(hole_places(p, l)[1], 0, -OVER))
  elseif p.mount == "screws" then
    local hole = fasteners.clearance(ctx, p.screw, p.thickness + OVER)
    local places = hole_places(p, l)
    plate = plate:cut(hole:move(places[1], 0, p.thickness), hole:move(places[2], 0, p.thickness))
    return p.sunk and fasteners.sink(plate, ctx, p.screw, "+z", 2) or plate
  elseif p.mount == "magnets" then
    local x = l.length / 2 - math.max(p.margin, 1.5) - p.magnet / 2
    local pocket = fasteners.magnet(p.magnet, p.magnet_height, ctx.fit("press")):rotate("x", 180)
    return plate:cut(pocket:move { x = -x }, pocket:move { x = x })
  end
  return plate
end

local function build(p, ctx)
  local l = layout(p, ctx)
  local plate = outline(l, 0):extrude(p.thickness)
  local marks = writing(p, l)
  if p.style == "engraved" and marks then
    plate = plate:cut(marks:extrude(p.relief + OVER):move { z = p.thickness - p.relief })
  end
  plate = with_mount(plate, p, l, ctx)
  if p.style == "raised" and marks then plate = plate:union(marks:extrude(p.relief):move { z = p.thickness }) end
  local handles = {}
  if own_length(p) then
    handles = { { parameter = "length", at = { l.length / 2, 0, p.thickness }, direction = "+x" },
      { parameter = "height", at = { 0, l.height / 2, p.thickness }, direction = "+y" } }
  end
  return { parts = { { name = "plate", label = "Plate", solid = plate, role = "plate", colour = p.colour, up = "+z" } },
    handles = handles }
end

local function mounted(kind) return function(p) return p.mount == kind end end

return {
  id = "name_plate",
  version = "1.0.0",
  name = "Name plate",
  summary = "A plate or tag with your text and logo, raised or engraved, for doors, keys, drawers and machines.",
  description = "Write one or two lines, add a drawing in SVG, and choose how it is fixed: with screws, on a key ring, "
    .. "by magnets or glue. The plate follows the text, or the text fits a plate of your size.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf", "sla" },
  keywords = { "sign", "label", "door plate", "tag", "plaque" },

  parameters = {
    { "text", kind = "text", default = "Workshop", min = 0, max = 40, group = "Writing", label = "Text",
      help = "The main line." },
    { "second", kind = "text", default = "", min = 0, max = 60, group = "Writing", label = "Second line",
      help = "Smaller, below the first; may stay empty." },
    { "size", kind = "length", default = 12, min = 4, max = 80, step = 0.5, group = "Writing", label = "Letter height",
      help = "Of capital letters. Printed letters are clear from 6 mm on." },
    { "second_size", kind = "length", default = 7, min = 4, max = 60, step = 0.5, group = "Writing",
      label = "Letter height, second line", help = "Of capital letters.",
      visible_when = function(p) return has_text(p.second) end },
    { "font", kind = "font", default = "DejaVu Sans Bold", group = "Writing", label = "Font",
      help = "Bold fonts come out best. A font of your own travels with the design." },
    { "logo", kind = "file", default = "", group = "Writing", label = "Logo (SVG)",
      help = "A drawing in SVG, its texts and strokes as paths; it stands to the left of the text. star.svg is there." },
    { "logo_width", kind = "length", default = 16, min = 5, max = 120, step = 0.5, group = "Writing",
      label = "Logo width",
      help = "Width of the drawing's page; it should be no higher than wide.", visible_when = has_logo },

    { "style", kind = "choice", default = "raised", group = "Plate", label = "Writing is",
      choices = { { "raised", "Raised" }, { "engraved", "Engraved" } },
      help = "Raised writing can be printed in a second colour by changing filament at the plate's thickness." },
    { "size_by", kind = "choice", default = "text", group = "Plate", label = "Size",
      choices = { { "text", "The plate follows the text" }, { "plate", "The text fits the plate" } },
      help = "Text never runs over: it makes the plate longer, or it is made smaller." },
    { "length", kind = "length", default = 120, min = 20, max = 400, step = 1, group = "Plate", label = "Length",
      help = "Of the plate.", visible_when = own_length },
    { "height", kind = "length", default = 40, min = 10, max = 200, step = 1, group = "Plate", label = "Height",
      help = "Of the plate.", visible_when = own_length },
    { "thickness", kind = "length", default = 3, min = 1.2, max = 12, step = 0.1, group = "Plate", label = "Thickness",
      help = "Without raised writing." },
    { "colour", kind = "colour", default = "#d8c8a0", group = "Plate", label = "Colour",
      help = "For the picture only." },

    { "mount", kind = "choice", default = "none", group = "Fixing", label = "Fixed by",
      choices = { { "none", "Glue or tape" }, { "screws", "Two screws" }, { "ring", "A key ring" },
        { "magnets", "Two magnets behind" } },
      help = "Holes are placed beside the writing, never in it." },
    { "screw", kind = "choice", default = "M3", group = "Fixing", label = "Screw",
      choices = fasteners.choices("M2", "M5"),
      help = "Metric, or a wood screw of the same diameter.", visible_when = mounted("screws") },
    { "sunk", kind = "toggle", default = true, group = "Fixing", label = "Countersunk",
      help = "For flat heads.", visible_when = mounted("screws") },
    { "ring", kind = "length", default = 4, min = 2, max = 12, step = 0.5, group = "Fixing",
      label = "Hole for the ring",
      help = "Diameter; 4 for key rings.", visible_when = mounted("ring") },
    { "magnet", kind = "length", default = 6, min = 3, max = 20, step = 0.5, group = "Fixing",
      label = "Magnet diameter",
      help = "6 x 2 mm is the common small disc.", visible_when = mounted("magnets") },
    { "magnet_height", kind = "length", default = 2, min = 1, max = 6, step = 0.1, group = "Fixing",
      label = "Magnet height",
      help = "The pocket is as deep.", visible_when = mounted("magnets") },

    { "relief", kind = "length", default = 1, min = 0.4, max = 4, step = 0.1, group = "Details", label = "Relief",
      help = "How high the writing stands, or how deep it is cut." },
    { "margin", kind = "length", default = 5, min = 1, max = 40, step = 0.5, group = "Details", label = "Margin",
      help = "Around the writing." },
    { "corner", kind = "length", default = 4, min = 0.5, max = 50, step = 0.5, group = "Details",
      label = "Corner radius",
      help = "As large as you like: at most the plate ends in half circles." },
    { "border", kind = "toggle", default = false, group = "Details", label = "Border",
      help = "A frame around everything, raised or engraved like the writing." },
    { "border_width", kind = "length", default = 1.2, min = 0.8, max = 4, step = 0.1, group = "Details",
      label = "Border width", help = "Of the frame's line.",
      visible_when = function(p) return p.border end },
    { "border_inset", kind = "length", default = 1.2, min = 0.8, max = 4, step = 0.1, group = "Details",
      label = "Border from the edge", help = "Plate left outside the frame.",
      visible_when = function(p) return p.border end },
  },

  rules = {
    { check = function(p)
        if not own_length(p) then return true end
        return p.length - 2 * p.margin - math.max(0, hole_room(p)) - (has_logo(p) and p.logo_width + p.margin
          or 0) >= 12
          and p.height - 2 * p.margin >= 6
      end,
      message = "Margins and holes leave no room for writing on this plate: make it larger or the margin smaller.",
      parameters = { "length", "height", "margin", "mount", "logo_width" } },
    { check = function(p) return not (own_length(p) and has_logo(p)) or p.logo_width + 2 * p.margin <= p.height end,
      message = "The logo is higher than the plate: make it smaller or the plate higher.",
      parameters = { "logo_width", "height", "margin" } },
    { check = function(p) return p.style ~= "engraved" or p.relief <= p.thickness - 0.8 end,
      message = "Engraving must leave 0.8 mm of the plate: cut less deep or take a thicker plate.",
      parameters = { "relief", "thickness" } },
    { check = function(p)
        local cut = p.style == "engraved" and p.relief or 0
        return p.mount ~= "magnets" or p.magnet_height + cut + 0.8 <= p.thickness
      end,
      message = "The magnets need 0.8 mm of plate over them: take a thicker plate or thinner magnets.",
      parameters = { "magnet_height", "thickness", "relief" } },
    { check = function(p)
        local _, tall = lines_of(p)
        local height = own_length(p) and p.height or math.max(tall, has_logo(p) and p.logo_width or 0, 4) + 2 * p.margin
        local hole = p.mount == "ring" and p.ring or p.mount == "magnets" and p.magnet + 0.5
          or p.mount == "screws" and fasteners.largest_head(p.screw) or 0
        return hole == 0 or hole + 2 * EDGE <= height
      end,
      message = "The plate is too low for holes of this size: take a smaller hole, or larger letters or margins.",
      parameters = { "mount", "ring", "magnet", "screw", "size", "margin", "height" } },
    { check = function(p)
        return not own_length(p) or p.length >= least_length(p)
      end,
      message = "Two magnets of this size do not fit side by side: take smaller ones or a longer plate.",
      parameters = { "magnet", "margin", "length" } },
    { check = function(p)
        return p.mount ~= "screws" or not p.sunk or p.thickness >= fasteners.nominal(p.screw) / 2 + 0.6
      end,
      message = "The plate is too thin to sink these screws: take a thicker plate, thinner screws or round heads.",
      parameters = { "thickness", "screw", "sunk" } },
    { check = function(p)
        if not p.border then return true end
        local edge = p.border_inset + p.border_width
        return edge + 0.8 <= p.margin
          and (p.mount == "none" or (p.mount == "magnets" and p.style == "raised"))
      end,
      message = "A border needs a margin 0.8 mm wider than itself, and no holes in its way: "
        .. "widen the margin, or fix the plate without screws and rings.",
      parameters = { "border", "border_width", "border_inset", "margin", "mount" } },
  },

  presets = {
    { "door", label = "Door sign, two screws",
      values = { text = "Anna & Ben", second = "please ring twice", size = 18, second_size = 11.5, mount = "screws",
        thickness = 4 } },
    -- Split rings for keys have 1.5 to 2 mm wire; a 4 mm hole lets them turn.
    { "key_tag", label = "Key tag", values = { text = "Cellar", size = 7, mount = "ring", thickness = 2.4, margin = 3.5,
      corner = 20 } },
    -- Euro letter boxes and bells: name strips of 60 x 16 mm are common.
    { "letter_box", label = "Letter box strip, 60 x 16 mm, engraved",
      values = { text = "Otto", size = 9, size_by = "plate", length = 60, height = 16, style = "engraved",
        thickness = 2,
        margin = 2.5, corner = 1 } },
    -- Disc magnets 6 x 2 mm, as in the gridfinity holes.
    { "tool_drawer", label = "Tool drawer, magnets 6 x 2 mm",
      values = { text = "SCREWS", second = "M3 to M5", size = 16, second_size = 12, mount = "magnets", thickness = 4,
        magnet = 6, margin = 6 } },
    -- A6 lengthwise: 148 mm (ISO 216).
    { "desk_sign", label = "Desk sign with star and border, A6 long",
      values = { text = "Team", size = 20, size_by = "plate", length = 148, height = 50, logo = "star.svg",
        logo_width = 30, border = true, margin = 6 } },
  },

  build = build,
}
