-- A flat-pack desk for the router: a top, two legs and a stretcher of one sheet, held by tabs in slots. x is the width,
-- y the depth (0 is where one sits), z the height. Boards are drawn lying flat and placed by their poses.

local joints = require "joints@1"

local LIP = 60 -- of the top in front of and behind the legs' tabs, at least
local WEDGE_WIDTH, WEDGE_TAPER = 30, 0.08 -- in the middle of the tab; taper on one side
local WEDGE_HEAD, WEDGE_TIP = 35, 30 -- how far a wedge stands out of its tab on both sides
local UNDERCUT = 2 -- the wedge's slot begins this far inside the leg, so that the wedge bears on the leg
local BEHIND_WEDGE = 20 -- wood of the tab behind the wedge
local MAX_SLENDERNESS = 75 -- clear span of the top over its thickness
local KNEE_WIDTH = 520 -- furniture.toml: knee_clear_width_min
local AROUND_SLOT = 40 -- wood around slots that carry
local CABLE_WEB = 20

local function wedged(p) return p.joint == "wedged" end
local function framed(p) return p.legs == "frame" end
local function has_cable_slot(p) return p.cable ~= "none" end

local function leg_height(p) return p.height - p.board end
local function leg_depth(p) return p.depth - 2 * p.setback end
local function clear_width(p) return p.width - 2 * p.overhang - 2 * p.board end
local function proud(p) return wedged(p) and WEDGE_WIDTH + BEHIND_WEDGE or 0 end
-- Middle of the stretcher, from the front edge of the top.
local function stretcher_y(p) return p.knee_depth + p.board / 2 end

local function top_tabs(p) return clear_width(p) > 1000 and 3 or 2 end

-- Where the stretcher stands: its foot, above the floor.
local function stretcher_z(p) return leg_height(p) - p.stretcher_height end

-- The leg's opening leaves a frame of `frame` all round, below the stretcher.
local function opening(p)
  local wide, high = leg_depth(p) - 2 * p.frame, stretcher_z(p) - 2 * p.frame
  local r = math.min(40, wide / 2 - 1, high / 2 - 1)
  return rounded_rectangle(wide, high, r):move(p.frame, p.frame)
end

local function cable_middle(p)
  local middle = { left = p.width / 4, middle = p.width / 2, right = 3 * p.width / 4 }
  return middle[p.cable]
end

local function cable_slot(p)
  return slot(p.cable_length, p.cable_width):move(cable_middle(p), p.depth - p.cable_edge - p.cable_width / 2)
end

-- A wedge lies level: x along its way through the tab (0 is the tab's front face), y from the leg outwards. Its back is
-- straight and bears on the leg; at the tab's front face it is as wide as the slot.
local function wedge_outline(p, room)
  local tip, head = p.board + WEDGE_TIP, WEDGE_HEAD
  return polygon { { -head, 0 }, { tip, 0 }, { tip, room - tip * WEDGE_TAPER }, { -head, room + head * WEDGE_TAPER } }
end

local function boards_of(p, J)
  local t = p.board
  local top = J.board { name = "top", label = "Top", role = "desk top", x = p.width, y = p.depth, thickness = t,
    grain = "x", edges = { "front", "back", "left", "right" }, colour = "#d9b98c", at = { { z = leg_height(p) } } }
  local leg = J.board { name = "leg", label = "Leg", role = "leg", x = leg_depth(p), y = leg_height(p), thickness = t,
    grain = "y", edges = { "left", "right" }, colour = "#c9a679",
    at = { { x = p.overhang, y = p.setback, rx = 90, rz = 90 },
      { x = p.width - p.overhang - t, y = p.setback, rx = 90, rz = 90 } } }
  local stretcher = J.board { name = "stretcher", label = "Stretcher", role = "stretcher", x = clear_width(p),
    y = p.stretcher_height, thickness = t, grain = "x", edges = { "front" }, colour = "#e3c9a1",
    at = { { x = p.overhang + t, y = p.knee_depth + t, z = stretcher_z(p), rx = 90 } } }
  return top, leg, stretcher
end

-- The slot in each of the stretcher's tabs, and the wedges that go there.
local function add_wedges(p, J, ctx, stretcher, middles)
  local t, gap = p.board, ctx.fit(p.fit)
  local room = WEDGE_WIDTH
  for _, z in ipairs(middles) do
    local high = t + 2 * gap
    for _, x in ipairs { -t - room, clear_width(p) + t - UNDERCUT } do
      stretcher.cuts[#stretcher.cuts + 1] = rectangle(room + UNDERCUT, high):move(x, z - high / 2)
    end
  end
  local places = {}
  for _, z in ipairs(middles) do
    local low = stretcher_z(p) + z - t / 2
    places[#places + 1] = { x = p.overhang, y = p.knee_depth, z = low, rz = 90 }
    places[#places + 1] = { x = p.width - p.overhang, y = p.knee_depth, z = low + t, rx = 180, rz = 90 }
  end
  return J.shape({ name = "wedge", label = "Wedge", role = "wedge", thickness = t, grain = "length", colour = "#8a5a2b",
    at = places }, wedge_outline(p, room))
end

local function build(p, ctx)
  local J = joints.using(ctx)
  local t = p.board
  local top, leg, stretcher = boards_of(p, J)

  J.tabs(leg, "back", top, { { x = p.overhang + t / 2, y = p.setback, along = "y" },
    { x = p.width - p.overhang - t / 2, y = p.setback, along = "y" } },
    { count = 2, width = p.tab, inset = LIP + p.tab / 2, fit = p.fit })
  local through = { x = stretcher_y(p) - p.setback, y = stretcher_z(p), along = "y" }
  local tabs = { count = 2, width = p.stretcher_tab, fit = p.fit, proud = proud(p) }
  local middles = J.tabs(stretcher, "left", leg, through, tabs)
  tabs.only = "a" -- the legs are the same board
  J.tabs(stretcher, "right", leg, through, tabs)
  J.tabs(stretcher, "back", top, { x = p.overhang + t, y = stretcher_y(p), along = "x" },
    { count = top_tabs(p), width = p.tab, fit = p.fit })

  if framed(p) then leg.cuts[#leg.cuts + 1] = opening(p) end
  if has_cable_slot(p) then top.cuts[#top.cuts + 1] = cable_slot(p) end
  local boards = { top, leg, stretcher }
  if wedged(p) then
    local wedge = add_wedges(p, J, ctx, stretcher, middles)
    J.touch(wedge, stretcher, p.fit)
    J.rest(wedge, leg)
    boards[4] = wedge
  end
  return {
    parts = J.parts(boards),
    mates = J.mates(boards),
    hardware = J.hardware(boards),
    handles = {
      { parameter = "width", at = { p.width, p.depth / 2, p.height }, direction = "+x" },
      { parameter = "depth", at = { p.width / 2, p.depth, p.height }, direction = "+y" },
      { parameter = "height", at = { p.width / 2, 0, p.height }, direction = "+z" },
      { parameter = "knee_depth", at = { p.width / 2, p.knee_depth, stretcher_z(p) }, direction = "+y" },
    },
  }
end

return {
  id = "desk",
  version = "1.0.0",
  name = "Flat-pack desk",
  summary = "A desk of one sheet of plywood that goes together without screws.",
  description = "Top, two legs and a stretcher, cut on a router from one thickness of sheet. Tabs stand in slots; the "
    .. "stretcher's either fit tightly or are drawn home by wedges, so that the desk can be taken apart.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "cnc_router_sheet" },
  keywords = { "table", "workbench", "furniture" },

  parameters = {
    { "width", kind = "length", default = 1200, min = 600, max = 2000, step = 10, group = "Size", label = "Width",
      help = "Of the top. 1200 takes a screen and a notebook, 1600 two screens." },
    { "depth", kind = "length", default = 650, min = 450, max = 1000, step = 10, group = "Size", label = "Depth",
      help = "Of the top. A screen wants 600 to 800 to stand an arm's length away." },
    { "height", kind = "length", default = 740, min = 420, max = 1150, step = 5, group = "Size", label = "Height",
      help = "From the floor to the upper side of the top: 720 to 750 to sit, about 1050 to stand at." },
    { "knee_depth", kind = "length", default = 430, min = 200, max = 800, step = 5, group = "Size",
      label = "Knee room", help = "Free depth under the top, from its front edge to the stretcher." },

    { "board", kind = "length", default = 18, min = 12, max = 30, step = 0.1, group = "Boards",
      label = "Board thickness",
      help = "As measured with a caliper: plywood sold as 18 mm is 17.1 to 18.1. All slots take this width." },
    { "fit", kind = "choice", default = "press", group = "Boards", label = "Tabs fit",
      choices = { { "press", "Tight, tapped home" }, { "slide", "By hand" }, { "free", "Loose, for paint" } },
      help = "How much room slots have; how many millimetres that is belongs to the machine." },
    { "joint", kind = "choice", default = "wedged", group = "Boards", label = "Stretcher is held by",
      choices = { { "wedged", "Wedges (comes apart)" }, { "friction", "Friction or glue" } },
      help = "Wedges draw the legs against the stretcher and hold without glue." },

    { "legs", kind = "choice", default = "frame", group = "Legs and stretcher", label = "Legs",
      choices = { { "frame", "Frames" }, { "panel", "Closed panels" } },
      help = "Frames are lighter; what falls out is good for small parts." },
    { "frame", kind = "length", default = 90, min = 60, max = 160, step = 5, group = "Legs and stretcher",
      label = "Frame width", help = "Width of the legs' frames.", visible_when = framed },
    { "stretcher_height", kind = "length", default = 260, min = 150, max = 450, step = 5,
      group = "Legs and stretcher", label = "Stretcher height",
      help = "A high stretcher keeps the desk from swaying and hides cables." },
    { "overhang", kind = "length", default = 100, min = 40, max = 300, step = 5, group = "Legs and stretcher",
      label = "Overhang", help = "How far the top stands out beside the legs. Wedges need 70." },
    { "setback", kind = "length", default = 35, min = 15, max = 150, step = 5, group = "Legs and stretcher",
      label = "Set back", help = "How far the legs stand behind the front edge, and before the rear one." },
    { "tab", kind = "length", default = 80, min = 40, max = 150, step = 5, group = "Legs and stretcher",
      label = "Tab length", help = "Of the tabs that show in the top." },
    { "stretcher_tab", kind = "length", default = 70, min = 50, max = 140, step = 5, group = "Legs and stretcher",
      label = "Stretcher's tabs", help = "How high the two tabs are that go through each leg." },

    { "cable", kind = "choice", default = "middle", group = "Cables", label = "Cable slot",
      choices = { { "none", "None" }, { "left", "Left" }, { "middle", "Middle" }, { "right", "Right" } },
      help = "An opening at the rear of the top." },
    { "cable_length", kind = "length", default = 160, min = 60, max = 400, step = 5, group = "Cables",
      label = "Slot length", help = "A plug strip goes through 160.", visible_when = has_cable_slot },
    { "cable_width", kind = "length", default = 50, min = 25, max = 80, step = 1, group = "Cables",
      label = "Slot width", help = "50 lets a plug through.", visible_when = has_cable_slot },
    { "cable_edge", kind = "length", default = 50, min = 30, max = 150, step = 5, group = "Cables",
      label = "Slot from the rear edge", help = "Wood that stays behind the slot.", visible_when = has_cable_slot },
  },

  rules = {
    { check = function(p) return clear_width(p) >= KNEE_WIDTH end,
      message = "Between the legs there must be 520 mm for the knees: take a wider desk or less overhang.",
      parameters = { "width", "overhang", "board" } },
    { check = function(p) return p.knee_depth <= p.depth - p.setback - p.board - AROUND_SLOT end,
      message = "Behind the stretcher the legs need 40 mm of wood: take less knee room or a deeper desk.",
      parameters = { "knee_depth", "depth", "setback", "board" } },
    { check = function(p) return leg_depth(p) >= 2 * (LIP + p.tab) + AROUND_SLOT end,
      message = "Two tabs of this length do not fit on a leg: take shorter tabs or a deeper desk.",
      parameters = { "tab", "depth", "setback" } },
    { check = function(p) return p.stretcher_height >= 2 * (p.stretcher_tab + AROUND_SLOT) end,
      message = "The stretcher is too low for two such tabs: it needs 40 mm for each besides the tabs.",
      parameters = { "stretcher_height", "stretcher_tab" } },
    { check = function(p) return not wedged(p) or p.stretcher_tab >= p.board + 30 end,
      message = "A tab with a wedge needs 15 mm of wood above and below the wedge: take higher tabs.",
      parameters = { "stretcher_tab", "board" } },
    { check = function(p) return not wedged(p) or p.overhang >= proud(p) + 20 end,
      message = "Tabs with wedges stand out of the legs by 50 mm and want to stay under the top: "
        .. "let the top hang over by 70 mm or more.",
      parameters = { "overhang", "joint" } },
    { check = function(p) return stretcher_z(p) >= 100 end,
      message = "Less than 100 mm would stay free for the feet below the stretcher: take a lower stretcher or a "
        .. "taller desk.",
      parameters = { "stretcher_height", "height" } },
    { check = function(p)
        return not framed(p) or stretcher_z(p) - 2 * p.frame >= 60 and leg_depth(p) - 2 * p.frame >= 60
      end,
      message = "The frames leave no opening: take narrower frames, a lower stretcher, or closed panels.",
      parameters = { "frame", "legs", "stretcher_height", "height", "depth", "setback" } },
    { check = function(p) return clear_width(p) <= MAX_SLENDERNESS * p.board end,
      message = "A top that spans more than 75 times its thickness sags under a screen: take a thicker board, "
        .. "more overhang or a narrower desk.",
      parameters = { "width", "board", "overhang" } },
    { check = function(p) return not has_cable_slot(p) or p.cable_length > p.cable_width + 1 end,
      message = "The cable slot must be longer than wide.", parameters = { "cable_length", "cable_width" } },
    { check = function(p)
        return not has_cable_slot(p)
          or p.depth - p.cable_edge - p.cable_width >= p.knee_depth + p.board + CABLE_WEB
      end,
      message = "The cable slot would come within 20 mm of the stretcher: make it narrower, or the knee room smaller.",
      parameters = { "cable_width", "cable_edge", "knee_depth", "depth" } },
    { check = function(p)
        return not has_cable_slot(p)
          or cable_middle(p) - p.cable_length / 2 >= p.overhang + p.board + CABLE_WEB
            and cable_middle(p) + p.cable_length / 2 <= p.width - p.overhang - p.board - CABLE_WEB
      end,
      message = "The cable slot would reach a leg: make it shorter or put it in the middle.",
      parameters = { "cable_length", "cable", "overhang", "width" } },
  },

  presets = {
    { "home_office", label = "Home office, 1200 x 650", values = {} },
    { "two_screens", label = "Two screens, 1600 x 800", values = { width = 1600, depth = 800, board = 24,
      overhang = 150, stretcher_height = 300, knee_depth = 520, cable_length = 250 } },
    { "small_room", label = "Small room, 900 x 500", values = { width = 900, depth = 500, knee_depth = 330,
      overhang = 80, cable_length = 100, tab = 60, frame = 75 } },
    { "standing", label = "To stand at, 1050 high", values = { width = 1000, depth = 600, height = 1050,
      knee_depth = 400, stretcher_height = 340, stretcher_tab = 100 } },
    { "child", label = "For a child of 115 to 130 cm", values = { width = 800, depth = 500, height = 520,
      knee_depth = 330, board = 15, overhang = 80, stretcher_height = 200, stretcher_tab = 60, tab = 60, frame = 70,
      cable = "none" } },
    { "glued", label = "Glued, closed legs", values = { joint = "friction", legs = "panel", overhang = 40 } },
  },

  build = build,
}
