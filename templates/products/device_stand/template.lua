-- A stand for a phone, reader or tablet. It is one outline seen from the side, x to the rear and y up, raised by the
-- stand's width. Steep ones are printed standing, low ones lying on their side.
-- The cradle that holds the device is drawn in its own frame: u up along the leaning device, w forward across it,
-- the inner corner at u = w = 0.

local OVER = 1 -- cutters overshoot open faces by this much
local PAD_DEPTH = 1 -- of the recesses for rubber feet
local STEEP = 50 -- degrees: from here on the rest can be printed leaning, without support

-- mm: width, height, thickness, upright. Apple: support.apple.com technical specifications (iPhone 15, iPhone 15 Pro
-- Max, iPad 10th generation, iPad mini 6th generation); Amazon: Kindle Paperwhite 11th generation product page.
local DEVICES = {
  phone = { 71.6, 147.6, 7.8 },
  large_phone = { 76.7, 159.9, 8.3 },
  reader = { 124.6, 174.2, 8.1 },
  small_tablet = { 134.8, 195.4, 6.3 },
  tablet = { 179.5, 248.6, 7 },
}

local function own(p) return p.device == "own" end
local function propped(p) return p.angle < STEEP end

-- Width, height and thickness as the device stands there, its case included.
local function size(p)
  local d = own(p) and { p.device_width, p.device_height, p.device_thickness } or DEVICES[p.device]
  local w, h = d[1] + 2 * p.case, d[2] + 2 * p.case
  if p.lying then w, h = h, w end
  return w, h, d[3] + 2 * p.case
end

local function width(p)
  local w = size(p)
  return p.share / 100 * w
end

-- Everything that follows from the values, in mm; points of the cradle by `at`.
local function layout(p)
  local _, height, thickness = size(p)
  local a = math.rad(p.angle)
  local t = p.thickness
  local l = { slot = thickness + 2 * p.room, rest = p.rest / 100 * height }
  -- The cradle's lowest corner ends within the foot plate, so that both overlap.
  l.lowest = t / 3 + t * (math.cos(a) + math.sin(a)) + p.lift
  function l.at(w, u) return { u * math.cos(a) - w * math.sin(a), l.lowest + u * math.sin(a) + w * math.cos(a) } end
  l.front = l.at(l.slot + t, -t)
  l.rear = l.at(-t, -t)
  l.balance = l.at(l.slot / 2, height / 2)[1] -- the device's weight acts here
  l.prop = l.at(-t / 2, 0.8 * l.rest) -- where a low rest is propped up
  l.foot_rear = math.max(l.balance, l.rear[1], propped(p) and l.prop[1] or l.balance) + p.rear
  l.foot_front = l.front[1] - p.front
  return l
end

-- Rest, lip and the ledge between them, with x along u and y along w, then turned to where they stand.
local function cradle(p, l)
  local t = p.thickness
  local rest = rounded_rectangle(l.rest + t, t, p.rounding):move(-t, -t)
  local lip = rounded_rectangle(p.lip + t, t, p.rounding):move(-t, l.slot)
  return rectangle(t, l.slot + 2 * t):move(-t, -t):union(rest, lip):rotate(p.angle):move(0, l.lowest)
end

-- What carries the cradle: the foot plate, a block from the cradle's underside down into it, and a prop behind.
local function foot(p, l)
  local t = p.thickness
  local plate = rounded_rectangle(l.foot_rear - l.foot_front, t, p.rounding):move(l.foot_front, 0)
  local behind = l.at(-t / 2, t) -- within the rest
  local rear = math.max(behind[1], l.rear[1] + t / 5)
  local block = polygon { l.front, l.at(-t / 2, -t / 2), { rear, behind[2] }, { rear, t / 4 }, { l.front[1], t / 4 } }
  local parts = { plate, block }
  if propped(p) then
    parts[3] = rectangle(t, l.prop[2] - t / 4):move(l.prop[1] - t / 2, t / 4)
  end
  return parts
end

-- The way of the cable: from the device's edge down to the plate, and out in front.
local function cable_way(p, l)
  local t = p.thickness
  local inner = math.min(1, l.slot / 4)
  local start, below = l.at(inner, 0), t - math.min(0.5, t / 6)
  local outline = polygon { l.at(inner, p.lip + OVER), l.at(l.slot + t + OVER, p.lip + OVER),
    { l.front[1] - 2 * OVER, l.front[2] }, { l.front[1] - 2 * OVER, below }, { start[1], below }, start }
  return outline:extrude(p.cable_width):move { z = (width(p) - p.cable_width) / 2 }
end

-- Recesses in the underside, which looks to -y while the stand lies on its side.
local function pads(p, l)
  local r, wide = p.pad / 2, width(p)
  local inset = r + 2
  return circle(r):move(l.foot_front + inset, inset)
    :grid_pattern(2, 2, l.foot_rear - l.foot_front - 2 * inset, wide - 2 * inset)
    :extrude(PAD_DEPTH + OVER):rotate("x", 90):mirror("z"):move { y = PAD_DEPTH }
end

local function build(p)
  local l, wide = layout(p), width(p)
  local stand = cradle(p, l):union(foot(p, l)):extrude(wide)
  local cuts = {}
  if p.cable then cuts[1] = cable_way(p, l) end
  if p.pads then cuts[#cuts + 1] = pads(p, l) end
  if #cuts > 0 then stand = stand:cut(cuts) end
  local top = l.at(-p.thickness, l.rest)
  return {
    parts = { { name = "stand", label = "Stand", solid = stand, role = "stand", colour = "#5b7a99",
      at = { { x = -wide / 2, rx = 90, rz = 90 } }, up = propped(p) and "+z" or "+y" } },
    handles = {
      { parameter = "rest", at = { 0, top[1], top[2] }, direction = "+z" },
      { parameter = "share", at = { wide / 2, top[1], top[2] / 2 }, direction = "+x" },
      { parameter = "rear", at = { 0, l.foot_rear, p.thickness / 2 }, direction = "+y" },
    },
  }
end


return {
  id = "device_stand",
  version = "1.0.0",
  name = "Device stand",
  summary = "A stand for a phone, reader or tablet, at your angle, with a way for the cable.",
  description = "Choose the device or enter its size, say whether it stands upright or lies on its side and how far it "
    .. "leans. The foot reaches as far back as the device's weight asks for. A slot lets the cable in from the front.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf" },
  keywords = { "phone", "tablet", "holder", "dock" },

  parameters = {
    { "device", kind = "choice", default = "phone", group = "Device", label = "Device",
      choices = { { "phone", "Phone, 6.1 inch" }, { "large_phone", "Phone, 6.7 inch" }, { "reader", "E-book reader" },
        { "small_tablet", "Small tablet, 8 inch" }, { "tablet", "Tablet, 11 inch" }, { "own", "Own size" } },
      help = "Sizes of common devices; take your own for any other." },
    { "device_width", kind = "length", default = 75, min = 50, max = 300, step = 0.5, group = "Device",
      label = "Its width",
      help = "Held upright, without a case.", visible_when = own },
    { "device_height", kind = "length", default = 150, min = 80, max = 350, step = 0.5, group = "Device",
      label = "Its height", help = "Held upright, without a case.", visible_when = own },
    { "device_thickness", kind = "length", default = 8, min = 4, max = 25, step = 0.1, group = "Device",
      label = "Its thickness", help = "Without a case, camera left out.", visible_when = own },
    { "case", kind = "length", default = 1.5, min = 0, max = 6, step = 0.1, group = "Device", label = "Case",
      help = "How much a case adds on each side; 0 for none." },
    { "lying", kind = "toggle", default = false, group = "Device", label = "On its long side",
      help = "For films; upright is for reading and calls." },

    { "angle", kind = "angle", default = 65, min = 30, max = 80, step = 1, group = "Stand", label = "Angle",
      help = "Of the screen to the table: 65 to look at, 30 to type or draw on." },
    { "share", kind = "number", default = 85, min = 40, max = 110, step = 1, group = "Stand", label = "Width, percent",
      help = "Of the stand, in percent of the device's width." },
    { "rest", kind = "number", default = 60, min = 35, max = 100, step = 1, group = "Stand", label = "Rest, percent",
      help = "How far up the device it reaches, in percent of the device's height." },
    { "lip", kind = "length", default = 10, min = 4, max = 25, step = 0.5, group = "Stand", label = "Lip height",
      help = "In front of the device; it should end below the screen." },

    { "cable", kind = "toggle", default = true, group = "Cable", label = "Way for a cable",
      help = "A slot in lip and cradle, so that the device can be charged while it stands." },
    { "cable_width", kind = "length", default = 14, min = 6, max = 40, step = 0.5, group = "Cable",
      label = "Slot width",
      help = "Wider than the plug: 14 takes USB-C and Lightning plugs.",
      visible_when = function(p) return p.cable end },
    { "lift", kind = "length", default = 20, min = 0, max = 50, step = 1, group = "Cable",
      label = "Room below the device",
      help = "For the plug, when it sits in the lower edge: 20 for a straight plug, 8 for an angled one, 0 for none." },

    { "thickness", kind = "length", default = 5, min = 3, max = 12, step = 0.5, group = "Details",
      label = "Material thickness", help = "Of cradle, lip and foot. 4 carries a phone, 6 a tablet." },
    { "rounding", kind = "length", default = 1.2, min = 0.4, max = 4, step = 0.1, group = "Details", label = "Rounding",
      help = "Of the edges that one touches." },
    { "room", kind = "length", default = 0.7, min = 0.2, max = 3, step = 0.1, group = "Details",
      label = "Room for the device",
      help = "In front of it and behind it, in the cradle." },
    { "front", kind = "length", default = 8, min = 3, max = 60, step = 1, group = "Details", label = "Foot in front",
      help = "How far the foot reaches in front of the cradle." },
    { "rear", kind = "length", default = 25, min = 10, max = 120, step = 1, group = "Details", label = "Foot behind",
      help = "How far the foot reaches behind the device's centre of weight: more stands firmer when it is tapped." },
    { "pads", kind = "toggle", default = false, group = "Details", label = "Recesses for rubber feet",
      help = "Four round ones, 1 mm deep, in the underside." },
    { "pad", kind = "length", default = 8, min = 5, max = 20, step = 0.5, group = "Details", label = "Rubber feet",
      help = "Their diameter.", visible_when = function(p) return p.pads end },
  },

  rules = {
    { check = function(p) return not own(p) or p.device_height >= p.device_width end,
      message = "The device is higher than wide when held upright: swap the two, or choose to stand it on its long side.",
      parameters = { "device_width", "device_height" } },
    { check = function(p) return p.rounding <= p.thickness / 2 - 0.3 end,
      message = "The rounding takes more than the material: keep it 0.3 mm below half the thickness.",
      parameters = { "rounding", "thickness" } },
    { check = function(p) return layout(p).rest >= p.lip + 10 end,
      message = "The rest would hardly be higher than the lip, and the device falls over it: let it reach further up.",
      parameters = { "rest", "lip" } },
    { check = function(p) return not p.cable or p.cable_width <= width(p) - 4 * p.thickness end,
      message = "The slot leaves too little of the cradle on both sides: narrow the slot or take a wider stand.",
      parameters = { "cable_width", "share", "thickness" } },
    { check = function(p)
        local l = layout(p)
        return not p.pads or math.min(l.foot_rear - l.foot_front, width(p)) >= 2 * p.pad + 6
      end,
      message = "Four rubber feet of this size do not fit under the stand: take smaller ones.",
      parameters = { "pad", "rear", "share" } },
    { check = function(p) return p.thickness >= 4 or size(p) * p.share / 100 <= 120 end,
      message = "A stand wider than 120 mm of less than 4 mm material bends under the device: take thicker material.",
      parameters = { "thickness", "share", "device" } },
  },

  presets = {
    -- Sizes of the devices: see DEVICES above.
    { "phone_desk", label = "Phone on the desk, charging", values = {} },
    { "phone_films", label = "Phone on its side, for films",
      values = { lying = true, angle = 70, share = 60, lift = 0, rest = 80, lip = 8 } },
    { "reader_bed", label = "E-book reader at the bedside",
      values = { device = "reader", case = 2, angle = 60, share = 70, lift = 8, cable_width = 16 } },
    { "tablet_kitchen", label = "Tablet in the kitchen, no cable",
      values = { device = "tablet", lying = true, angle = 70, share = 70, cable = false, lift = 0, thickness = 6,
        lip = 12, pads = true } },
    { "tablet_drawing", label = "Tablet for drawing, low",
      values = { device = "tablet", lying = true, angle = 30, share = 70, cable = false, lift = 0, thickness = 6,
        rest = 80, lip = 6, front = 12 } },
    -- A telephone of the Fairphone kind in its bumper: 75.5 x 162 x 10.5 mm (fairphone.com, Fairphone 4).
    { "thick_phone", label = "Thick phone in a bumper, own size",
      values = { device = "own", device_width = 75.5, device_height = 162, device_thickness = 10.5, case = 1 } },
  },

  build = build,
}
