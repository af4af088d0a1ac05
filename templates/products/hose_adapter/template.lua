-- Joins two hoses, pipes or pipe threads. Every end is drawn along its own axis, s = 0 where it meets the collar and
-- growing towards its tip. Straight adapters stand on z, the first end down; angled ones turn the second end about y.

local pipes = require "pipes@1"

local OVER = 1 -- cutters overshoot open faces by this much
local LARGEST_FIT = 0.5 -- mm a side: more than any process asks for
local SLOPE = 1.2 -- rise over run of what hangs over: 40 degrees from the vertical prints without support
local LEDGE = 0.4 -- the waist is that much narrower than every bore, so that their outlines never coincide
local STOP = 1.5 -- how far a shoulder stands out before the end of a pipe

local function angled(p) return p.angle ~= "0" end
local function threaded(kind) return kind == "male" or kind == "female" end

-- One end: outer radius at the collar, bore radius, length, and outlines from the collar to the tip.
-- `room` is the clearance on each side around pipes, `play` that of threads.
local function end_of(p, side, room, play)
  local kind, wall = p[side .. "_kind"], p.wall
  local e = { kind = kind, length = p[side .. "_length"], flat = kind == "male" }
  if kind == "hose" then
    local r, g = p[side .. "_hose"] / 2, p.grip / 2
    local pitch = math.max(4, 0.6 * r, 4 * g)
    e.outer, e.bore, e.length = r, r - wall, 2 + p.barbs * pitch
    e.outline = { { r, 0 } }
    for i = 0, p.barbs - 1 do
      local s = 2 + i * pitch
      table.insert(e.outline, { r, s })
      table.insert(e.outline, { r + g, s + SLOPE * g })
    end
    table.insert(e.outline, { r, e.length })
  elseif kind == "over" then
    e.bore = p[side .. "_pipe"] / 2 + room
    e.outer, e.stop = e.bore + wall, true
    e.outline = { { e.outer, 0 }, { e.outer, e.length } }
  elseif kind == "into" then
    e.outer = p[side .. "_into"] / 2 - room
    e.bore = e.outer - wall
    local chamfer = math.min(0.8, wall / 2)
    e.outline = { { e.outer, 0 }, { e.outer, e.length - chamfer }, { e.outer - chamfer, e.length } }
  elseif kind == "male" then
    e.thread = p[side .. "_thread"]
    e.outer = pipes.major(e.thread) / 2 - play
    e.bore = pipes.minor(e.thread) / 2 - play - wall
    e.outline = {}
  else
    e.thread = p[side .. "_thread"]
    e.outer = pipes.major(e.thread) / 2 + play + wall
    e.bore, e.stop = pipes.minor(e.thread) / 2 + play, true
    e.outline = { { e.outer, 0 }, { e.outer, e.length } }
  end
  return e
end

-- Everything that both ends decide together.
local function layout(p, room, play)
  local a, b = end_of(p, "a", room, play), end_of(p, "b", room, play)
  local l = { a = a, b = b }
  l.waist = math.min(a.bore - (a.stop and STOP or 0), b.bore - (b.stop and STOP or 0)) - LEDGE
  l.collar = math.max(a.outer, b.outer) + p.collar -- its radius
  for _, e in ipairs { a, b } do
    -- A cone under the collar lets it be printed; a male thread keeps a flat seat for its washer.
    e.cone = e.flat and 0 or SLOPE * (l.collar - e.outer)
  end
  l.height = math.max(5, SLOPE * (a.bore + b.bore - 2 * l.waist) + 1)
  return l
end

-- The outside of an end from its tip to the collar, whose face lies at z; dir is where the end points.
local function outside(points, l, e, z, dir)
  local from = z + dir * e.cone
  for i = #e.outline, 1, -1 do points[#points + 1] = { e.outline[i][1], from + dir * e.outline[i][2] } end
  points[#points + 1] = { l.collar, z }
end

-- The bore of an end from beyond its tip to where it has narrowed to the radius `to`.
local function bore_points(e, z, dir, to)
  local from = z + dir * e.cone
  return { { e.bore, from + dir * (e.length + OVER) }, { e.bore, from }, { to, from - dir * SLOPE * (e.bore - to) } }
end

local function reversed(list)
  local other = {}
  for i = #list, 1, -1 do other[#other + 1] = list[i] end
  return other
end

-- The region between a chain of points and the axis.
local function to_axis(points)
  local closed = { { 0, points[1][2] } }
  for _, point in ipairs(points) do closed[#closed + 1] = point end
  closed[#closed + 1] = { 0, points[#points][2] }
  return polygon(closed)
end

local function turned_over(solid) return solid:rotate("x", 180) end

local function straight(p, l)
  local half = l.height / 2
  local outer, below, bore = {}, {}, bore_points(l.b, half, 1, l.waist)
  outside(outer, l, l.b, half, 1)
  outside(below, l, l.a, -half, -1)
  for _, point in ipairs(reversed(below)) do outer[#outer + 1] = point end
  for _, point in ipairs(reversed(bore_points(l.a, -half, -1, l.waist))) do bore[#bore + 1] = point end
  return to_axis(outer):cut(to_axis(bore)):revolve()
end

-- A straight adapter of which at least end B has a thread. Threads and bore are set into plane faces one after the
-- other, which is quick; cutting through a thread sideways is not.
local function with_threads(p, l, play)
  local half = l.height / 2
  local outer, below = {}, {}
  outside(outer, l, l.b, half, 1)
  outside(below, l, l.a, -half, -1)
  for _, point in ipairs(reversed(below)) do outer[#outer + 1] = point end
  local outline = to_axis(outer)
  local function face(e, dir) -- where the way through begins: the tip, or the floor of a socket
    local from = dir * (half + e.cone)
    if e.kind == "male" then return from + dir * e.length end
    return e.kind == "female" and from or from - dir * SLOPE * (e.bore - l.waist - LEDGE / 2)
  end
  if not threaded(l.a.kind) then outline = outline:cut(to_axis(bore_points(l.a, -half, -1, l.waist + LEDGE / 2))) end
  local solid = outline:revolve()
  for _, side in ipairs { { l.b, 1 }, { l.a, -1 } } do
    local e, dir = side[1], side[2]
    if threaded(e.kind) then
      local kind = e.kind == "male" and "external" or "internal"
      local screw = pipes.thread(e.thread, e.length, kind, play):move { z = half + e.cone }
      if dir < 0 then screw = turned_over(screw) end
      solid = e.kind == "male" and solid:union(screw) or solid:cut(screw)
    end
  end
  local top, bottom = face(l.b, 1) + OVER, face(l.a, -1) - OVER
  return solid:cut(circle(l.waist):extrude(top - bottom):move { z = bottom })
end

-- An end that points up, its collar between z = -height and 0, without its bore.
local function stub(l, e)
  local outer = {}
  outside(outer, l, e, 0, 1)
  outer[#outer + 1] = { l.collar, -l.height }
  return to_axis(outer):revolve()
end

-- Both ends on a bent tube that runs from the middle of one collar to that of the other.
local function elbow(p, l)
  local angle, tube = tonumber(p.angle), l.waist + p.wall
  local bend = tube + 2
  local corner = bend * math.tan(math.rad(angle) / 2) + 2 -- from the collar's inner face to the corner of the path
  local dx, dz = math.sin(math.rad(angle)), math.cos(math.rad(angle))
  local function along(past)
    local far = corner + past
    return path({ { 0, 0, -far }, { 0, 0, 0 }, { far * dx, 0, far * dz } }, bend)
  end
  local far = corner + l.height
  local function at_a(solid) return turned_over(solid):move { z = -far } end
  local function at_b(solid) return solid:rotate("y", angle):move(far * dx, 0, far * dz) end
  local function bore(e) return to_axis(bore_points(e, 0, 1, l.waist / 2)):revolve() end
  local body = at_a(stub(l, l.a)):union(at_b(stub(l, l.b)), circle(tube):sweep(along(l.height / 2)))
  return body:cut(circle(l.waist):sweep(along(l.height - 0.15)), at_a(bore(l.a)), at_b(bore(l.b)))
end

local function build(p, ctx)
  local play = ctx.fit("thread")
  local l = layout(p, ctx.fit("slide"), play)
  -- Threads go to the upper end, where they print best.
  local swapped = threaded(l.a.kind) and not threaded(l.b.kind)
  local upper, lower = "b_length", "a_length"
  if swapped then
    l.a, l.b = l.b, l.a
    upper, lower = lower, upper
  end
  local solid = angled(p) and elbow(p, l) or threaded(l.b.kind) and with_threads(p, l, play) or straight(p, l)
  local function tip(e) return l.height / 2 + e.cone + e.length end
  return {
    parts = { { name = "adapter", label = "Adapter", solid = solid, role = "adapter", colour = "#2f6f8f", up = "+z" } },
    handles = angled(p) and {} or {
      { parameter = lower, at = { 0, 0, -tip(l.a) }, direction = "-z" },
      { parameter = upper, at = { 0, 0, tip(l.b) }, direction = "+z" },
    },
  }
end

local KINDS = { { "hose", "Goes into a hose (barbs)" }, { "over", "Goes over a pipe" }, { "into", "Goes into a pipe" },
  { "male", "Thread outside (screws in)" }, { "female", "Thread inside (screws on)" } }

local function barbed(p) return p.a_kind == "hose" or p.b_kind == "hose" end

local function end_parameters(side, group, kind, hose, thread)
  local function is(...)
    local wanted = { ... }
    return function(p)
      for _, k in ipairs(wanted) do
        if p[side .. "_kind"] == k then return true end
      end
      return false
    end
  end
  return {
    { side .. "_kind", kind = "choice", default = kind, group = group, label = "This end", choices = KINDS,
      help = "What it joins, and how." },
    { side .. "_hose", kind = "length", default = hose, min = 5, max = 60, step = 0.1, group = group,
      label = "Inside of the hose",
        help = "12.7 for half-inch hose, 19 for three quarters; measure with a drill's shank.",
      visible_when = is("hose") },
    { side .. "_pipe", kind = "length", default = 20, min = 5, max = 80, step = 0.1, group = group,
      label = "Outside of the pipe", help = "As measured; the room around it is added.", visible_when = is("over") },
    { side .. "_into", kind = "length", default = 32, min = 7, max = 80, step = 0.1, group = group,
      label = "Inside of the pipe", help = "As measured; the room around it is taken off.", visible_when = is("into") },
    { side .. "_thread", kind = "choice", default = thread, group = group, label = "Thread",
      choices = pipes.thread_choices,
      help = "Pipe thread of ISO 228 (BSP). The name is not the diameter: measure over the thread.",
      visible_when = is("male", "female") },
    { side .. "_length", kind = "length", default = 16, min = 8, max = 60, step = 0.5, group = group, label = "Length",
      help = "How far pipe or thread goes in.", visible_when = is("over", "into", "male", "female") },
  }
end

local parameters = {}
for _, list in ipairs { end_parameters("a", "First end", "hose", 12.7, "G1/2"),
  end_parameters("b", "Second end", "hose", 19, "G3/4"), {
    { "angle", kind = "choice", default = "0", group = "Form", label = "Angle",
      choices = { { "0", "Straight" }, { "45", "45 degrees" }, { "90", "90 degrees" } },
      help = "Straight ones print without support." },
    { "wall", kind = "length", default = 2.4, min = 1.2, max = 6, step = 0.1, group = "Form", label = "Wall",
      help = "2.4 is six lines of a 0.4 mm nozzle and tight." },
    { "barbs", kind = "count", default = 3, min = 1, max = 8, step = 1, group = "Details", label = "Barbs",
      help = "Rings that hold a hose.", visible_when = barbed },
    { "grip", kind = "length", default = 1.4, min = 0.4, max = 5, step = 0.1, group = "Details",
      label = "Barbs wider by",
      help = "Than the hose, on the diameter: a tenth of a soft hose's inside; half of that for a stiff one.",
      visible_when = barbed },
    { "collar", kind = "length", default = 2.5, min = 1, max = 8, step = 0.5, group = "Details", label = "Collar",
      help = "How far the collar between the ends stands out." },
  } } do
  for _, parameter in ipairs(list) do parameters[#parameters + 1] = parameter end
end

local function loosest(p) return layout(p, LARGEST_FIT, LARGEST_FIT) end

return {
  id = "hose_adapter",
  version = "1.0.0",
  name = "Hose adapter",
  summary = "Joins two hoses, pipes or pipe threads of any sizes, straight or angled.",
  description = "Say for each end what it joins: into a hose with barbs, over a pipe, into a pipe, or a pipe thread of "
    .. "ISO 228 outside or inside. For water without pressure, air and dust; threads want a flat washer.",
  licence = "CC-BY-4.0",
  author = "Fitwright",
  processes = { "fdm", "sls_mjf", "sla" },
  keywords = { "garden hose", "pipe", "vacuum", "fitting", "reducer", "coupling" },
  parameters = parameters,

  rules = {
    { check = function(p) return not angled(p) or not (threaded(p.a_kind) or threaded(p.b_kind)) end,
      message = "A thread prints well only upright, on a straight adapter: choose straight, or put a hose between.",
      parameters = { "angle", "a_kind", "b_kind" } },
    { check = function(p) return loosest(p).waist >= 1.5 end,
      message = "The way through would be narrower than 3 mm: take a thinner wall, or a larger end.",
      parameters = { "wall", "a_hose", "b_hose", "a_into", "b_into", "a_thread", "b_thread", "a_pipe", "b_pipe" } },
    { check = function(p)
        for _, side in ipairs { "a", "b" } do
          if p[side .. "_kind"] == "hose" and p.grip > 0.2 * p[side .. "_hose"] then return false end
        end
        return true
      end,
      message = "Barbs more than a fifth wider than the hose split it or do not go in: let them stand out less.",
      parameters = { "grip", "a_hose", "b_hose" } },
    { check = function(p)
        for _, side in ipairs { "a", "b" } do
          local e = end_of(p, side, 0, 0)
          if e.thread and (e.length < 3 * pipes.pitch(e.thread) or e.length > 30 * pipes.pitch(e.thread)) then
            return false
          end
        end
        return true
      end,
      message = "A thread needs at least three turns to hold, and more than thirty do not help: change the length.",
      parameters = { "a_length", "b_length", "a_thread", "b_thread" } },
  },

  presets = {
    -- Hoses are sold by their inside in inches: 1/2 in = 12.7 mm, 3/4 in = 19.05 mm, 1 in = 25.4 mm.
    { "half_to_three_quarters", label = "Hose 1/2 in to hose 3/4 in", values = { a_hose = 19, b_hose = 12.7 } },
    { "mend_half_inch", label = "Mend a half-inch hose", values = { b_hose = 12.7 } },
    -- ISO 228: garden taps in most of Europe have G 3/4, indoor ones G 1/2.
    { "tap", label = "Garden tap G 3/4 to half-inch hose",
      values = { a_kind = "female", a_thread = "G3/4", a_length = 14, b_hose = 12.7, wall = 3 } },
    { "pump", label = "Pump stub 32 mm outside to hose 1 in",
      values = { a_kind = "over", a_pipe = 32, a_length = 25, b_hose = 25.4, grip = 2.4, wall = 3 } },
    -- Vacuum cleaners: tubes of 35 mm outside and hoses of 32 mm inside are the common pair of household machines.
    { "vacuum", label = "Vacuum cleaner: tube 35 mm to nozzle 32 mm",
      values = { a_kind = "over", a_pipe = 35, a_length = 30, b_kind = "into", b_into = 32, b_length = 35 } },
    -- Aquarium tube: 12/16 mm (inside 12) on pumps with a 13 mm stub.
    { "aquarium", label = "Aquarium tube 12 mm to pump stub 13 mm",
      values = { a_kind = "over", a_pipe = 13, a_length = 14, b_hose = 12, grip = 1.2, wall = 2 } },
  },

  build = build,
}
