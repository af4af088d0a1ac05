-- The picture of docs/joints.md: finger joint, tab and slot, dado, cross lap, a little apart, and a hinge cup.
local joints = require "joints@1"

local T = 9
local LIGHT, DARK = "#e3c9a1", "#c9a679"

local function build(_, ctx)
  local J = joints.using(ctx)
  local boards, places = {}, {}
  -- Boards get their places after the joints, which would rightly complain that they stand apart.
  local function board(name, x, y, colour, at)
    local made = J.board { name = name, x = x, y = y, thickness = T, colour = colour }
    boards[#boards + 1], places[#places + 1] = made, at
    return made
  end
  local a = board("finger a", 70, 60, LIGHT, { x = 20, rx = 90 })
  local b = board("finger b", 60, 60, DARK, { x = 0, y = -9, rx = 90, rz = 90 })
  J.finger(a, "left", b, "left", { width = 12 })

  local post = board("tabs a", 80, 50, LIGHT, { x = 125, y = 9, z = 30, rx = 90 })
  local base = board("tabs b", 100, 60, DARK, { x = 115, y = -30 })
  J.tabs(post, "front", base, { x = 10, y = 34.5, along = "x" }, { count = 2, width = 20 })

  local shelf = board("dado a", 70, 50, LIGHT, { x = 262, y = -25, z = 30 })
  local side = board("dado b", 70, 50, DARK, { x = 250, y = -25, ry = -90 })
  J.dado(shelf, "left", side, { x = 34.5, y = 0, along = "y" }, { depth = 3, face = "bottom" })

  local fin = board("lap a", 80, 50, LIGHT, { x = 360, y = 0, rx = 90 })
  local rib = board("lap b", 80, 50, DARK, { x = 395.5, y = -44.5, z = 40, rx = 90, rz = 90 })
  J.cross_lap(fin, "back", 40, rib, "front", 40, {})

  local door = J.board { name = "hinge", x = 80, y = 60, thickness = 18, colour = LIGHT,
    at = { x = 478, y = -30 } }
  boards[#boards + 1] = door
  J.hinge_cup(door, "left", 30, {})
  for i, at in ipairs(places) do boards[i].at = at end
  return { parts = J.parts(boards) }
end

return {
  id = "joints", version = "1.0.0", name = "Joints", summary = "Joints for a picture.",
  description = "Joints for a picture.", licence = "CC-BY-4.0", author = "Fitwright", processes = { "cnc_router_sheet" },
  parameters = {}, build = build,
}
