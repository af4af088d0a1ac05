-- Joints between boards: fingers, tabs and slots, dados, rabbets, cross laps, dowels, screws, inserts, hinge cups.
--
-- A board lies flat, corner at the origin, thickness along z; its edges are front (y = 0), back, left (x = 0) and
-- right, places on an edge count from its end at the lower x or y. One names which edge of which board meets what, and
-- both boards get what the joint needs, with the clearance of the process, and a mate between them. See docs/joints.md.
--
--     local joints = require("joints@1").using(ctx)
--     local side = joints.board { name = "side", x = 200, y = 80, thickness = t, at = { rx = 90 } }
--     joints.finger(side, "left", front, "right", { width = 15, fit = "press" })
--     return { parts = joints.parts(boards), mates = joints.mates(boards), hardware = joints.hardware(boards) }

local poses = require "poses"

local M = { version = "1.0.0" }

local OVER = 1 -- cutters overshoot open faces by this much
local SAME = 1e-9
local NEAR = 0.01 -- boards meet where they come as near as this and their clearance
local EDGES = { "front", "right", "back", "left" } -- counter-clockwise
local MATES = { press = "press", slide = "slide", free = "slide", thread = "thread", rest = "rest" }
local PART_FIELDS = { "name", "label", "role", "material", "colour", "at", "grain", "edges" }
local SIZES = { "x", "y", "thickness" }

local function fault(text, ...) error("joints: " .. string.format(text, ...), 0) end

--- Refuses names in a table that nobody would read: a misspelt option must not silently become an unstated default.
local function check_names(given, what, ...)
  local names = {}
  for _, list in ipairs { ... } do table.move(list, 1, #list, #names + 1, names) end
  local known = {}
  for _, name in ipairs(names) do known[name] = true end
  for name in pairs(given) do
    if not known[name] then
      fault("%s has no %s; there are %s", what, tostring(name), table.concat(names, ", "))
    end
  end
end

--- The options of a joint: `needed` are numbers that must be there, `others` may be.
local function check_options(joint, given, needed, others)
  if type(given) ~= "table" then
    fault("%s needs a table of options last, e.g. { %s = 12 }", joint, needed[1] or "fit")
  end
  check_names(given, joint, needed, others)
  for _, name in ipairs(needed) do
    if type(given[name]) ~= "number" then fault("%s needs a number for %s", joint, name) end
  end
end

-- ---- boards ----

local boards_made = {} -- board -> true

local function check_board(board)
  if board == nil or not boards_made[board] then
    fault("a joint is given a %s where a board belongs: write J.finger(board, ...), with a point, and make boards "
      .. "with J.board", type(board))
  end
end

local function along_x(edge) return edge == "front" or edge == "back" end

local function check_edge(board, edge)
  check_board(board)
  if not board.steps[edge] then
    fault("board %s has no edge %s; there are front, right, back, left", board.name, tostring(edge))
  end
end

--- How long an edge is, and how far the board reaches across it.
local function extent(board, edge)
  if along_x(edge) then return board.x, board.y end
  return board.y, board.x
end

--- Place `s` along an edge and `d` into the board, in the board's coordinates.
local function point(board, edge, s, d)
  if edge == "front" then return s, d end
  if edge == "back" then return s, board.y - d end
  if edge == "left" then return d, s end
  return board.x - d, s
end

local function start_board(fields, more)
  if type(fields) ~= "table" then fault("a board is made from a table: J.board { name = \"side\", x = 200, ... }") end
  check_names(fields, "board " .. tostring(fields.name), PART_FIELDS, SIZES)
  if type(fields.name) ~= "string" then fault("a board needs a name, e.g. name = \"side\"") end
  local board = { cuts = {}, pockets = {}, drillings = {}, mates = {}, hardware = {}, joined = {} }
  for name, value in pairs(fields) do board[name] = value end
  for name, value in pairs(more) do board[name] = value end
  boards_made[board] = true
  return board
end

--- A board from the table of its part's fields and x, y, thickness. Its sizes are those between its joints: tabs and
--- tongues are added to them, fingers and notches are taken from them.
local function new_board(fields)
  local board = start_board(fields, { steps = { front = {}, right = {}, back = {}, left = {} } })
  for _, name in ipairs(SIZES) do
    if type(board[name]) ~= "number" or board[name] <= 0 then
      fault("board %s needs a positive %s", board.name, name)
    end
  end
  return board
end

--- A board of any outline, a profile; edges and joints are those of boards with x and y.
local function new_shape(fields, profile) return start_board(fields, { profile = profile, steps = {} }) end

--- The stretch of an edge from `from` to `to` moves `depth` into the board; a negative depth sticks out.
local function step(board, edge, from, to, depth)
  check_edge(board, edge)
  local length = extent(board, edge)
  if from < -SAME or to > length + SAME or to <= from then
    fault("the %s edge of board %s is %g mm long; a joint cannot go from %g to %g", edge, board.name, length, from, to)
  end
  local steps = board.steps[edge]
  for _, other in ipairs(steps) do
    if from < other.to - SAME and other.from < to - SAME then
      fault("two joints of the %s edge of board %s overlap between %g and %g mm", edge, board.name,
        math.max(from, other.from), math.min(to, other.to))
    end
  end
  steps[#steps + 1] = { from = math.max(from, 0), to = math.min(to, length), depth = depth }
end

--- The steps of an edge from its lower end to its upper one, with the stretches between them.
local function stretches(board, edge)
  local sorted = {}
  for i, one in ipairs(board.steps[edge]) do sorted[i] = one end
  table.sort(sorted, function(a, b) return a.from < b.from end)
  local length, at, all = extent(board, edge), 0, {}
  for _, one in ipairs(sorted) do
    if one.from > at + SAME then all[#all + 1] = { from = at, to = one.from, depth = 0 } end
    all[#all + 1] = one
    at = one.to
  end
  if at < length - SAME then all[#all + 1] = { from = at, to = length, depth = 0 } end
  return all
end

--- Places of the outline along one edge, counter-clockwise, corners left out; and the depths at both corners.
local function walk(board, edge, points)
  local all = stretches(board, edge)
  local first, last, way = 1, #all, 1
  if edge == "back" or edge == "left" then first, last, way = #all, 1, -1 end
  local found = {}
  for i = first, last - way, way do
    local one, next = all[i], all[i + way]
    if one.depth ~= next.depth then
      local s = way > 0 and one.to or one.from
      found[#found + 1] = { point(board, edge, s, one.depth) }
      found[#found + 1] = { point(board, edge, s, next.depth) }
    end
  end
  points[edge] = found
  return all[first].depth, all[last].depth
end

local function outline(board)
  check_board(board)
  if board.profile then return board.profile end
  local plain = true
  for _, edge in ipairs(EDGES) do plain = plain and #board.steps[edge] == 0 end
  if plain then return rectangle(board.x, board.y) end
  local points, first, last, all = {}, {}, {}, {}
  for i, edge in ipairs(EDGES) do first[i], last[i] = walk(board, edge, points) end
  for i, edge in ipairs(EDGES) do
    -- The corner before this edge lies as deep as both edges are there.
    local s, before = first[i], last[(i + 2) % 4 + 1]
    if i == 1 then all[#all + 1] = { before, s }
    elseif i == 2 then all[#all + 1] = { board.x - s, before }
    elseif i == 3 then all[#all + 1] = { board.x - before, board.y - s }
    else all[#all + 1] = { s, board.y - before } end
    for _, one in ipairs(points[edge]) do all[#all + 1] = one end
  end
  return polygon(all)
end

--- Pockets of one face and depth as one tool.
local function pocket_tools(board)
  local groups, tools = {}, {}
  for _, pocket in ipairs(board.pockets) do
    local group
    for _, other in ipairs(groups) do
      if other.face == pocket.face and other.depth == pocket.depth then group = other end
    end
    if not group then
      group = { face = pocket.face, depth = pocket.depth, profiles = {} }
      groups[#groups + 1] = group
    end
    group.profiles[#group.profiles + 1] = pocket.profile
  end
  for _, group in ipairs(groups) do
    local profile = table.remove(group.profiles, 1)
    if #group.profiles > 0 then profile = profile:union(group.profiles) end
    local z = group.face == "bottom" and -OVER or board.thickness - group.depth
    tools[#tools + 1] = profile:extrude(group.depth + OVER):move { z = z }
  end
  return tools
end

--- Holes drilled into edges, in the middle of the thickness.
local function edge_tools(board)
  local turns = { front = { "x", -90 }, back = { "x", 90 }, left = { "y", 90 }, right = { "y", -90 } }
  local tools = {}
  for _, hole in ipairs(board.drillings) do
    local x, y = point(board, hole.edge, hole.s, -OVER)
    local turn = turns[hole.edge]
    tools[#tools + 1] = cylinder(hole.d / 2, hole.depth + OVER):rotate(turn[1], turn[2])
      :move(x, y, board.thickness / 2)
  end
  return tools
end

local function solid(board)
  local flat = outline(board)
  if #board.cuts > 0 then flat = flat:cut(board.cuts) end
  local body, tools = flat:extrude(board.thickness), pocket_tools(board)
  for _, tool in ipairs(edge_tools(board)) do tools[#tools + 1] = tool end
  return #tools > 0 and body:cut(tools) or body
end

local function part(board)
  local made = { solid = solid(board), up = "+z", sheet = "+z" }
  for _, field in ipairs(PART_FIELDS) do made[field] = board[field] end
  -- Which way the grain runs is said by an axis of the board, or by its size as in the cut list.
  if made.grain == "x" or made.grain == "y" then
    made.grain = (board.x >= board.y) == (made.grain == "x") and "length" or "width"
  end
  return made
end

-- ---- what joints share ----

local function share_mate(a, b, class, clearance)
  check_board(a)
  check_board(b)
  a.joined[b.name], b.joined[a.name] = true, true
  local kind = MATES[class] or fault("there is no fit %s", tostring(class))
  for _, mate in ipairs(a.mates) do
    if mate.b == b.name and mate.kind == kind and mate.clearance == clearance then return end
  end
  a.mates[#a.mates + 1] = { kind = kind, a = a.name, b = b.name, clearance = clearance }
end

local function need(board, item, count)
  for _, one in ipairs(board.hardware) do
    if one.item == item then
      one.count = one.count + count
      return
    end
  end
  board.hardware[#board.hardware + 1] = { item = item, count = count }
end

--- Middles of `count` equal things along a stretch: `inset` from its ends, or in the middle of equal shares.
local function spread(from, to, count, inset)
  local length, all = to - from, {}
  inset = inset or length / (2 * count)
  for i = 1, count do
    local share = count == 1 and 0.5 or (i - 1) / (count - 1)
    all[i] = from + inset + share * (length - 2 * inset)
  end
  return all
end

--- A number or a list of them.
local function listed(places) return type(places) == "table" and places or { places } end

--- Both boards are changed unless the joint is for one alone.
local function wanted(o, which) return o.only == nil or o.only == which end

--- One line or a list of them.
local function lines_of(line) return #line > 0 and line or { line } end

--- The rectangle along a line of a board: from `from` to `to` along it, `width` across, its middle on the line.
local function strip(line, from, to, width)
  if line.along == "x" then return rectangle(to - from, width):move(line.x + from, line.y - width / 2) end
  return rectangle(width, to - from):move(line.x - width / 2, line.y + from)
end

--- How high the face lies that a joint is cut into.
local function face_z(board, o) return o.face == "bottom" and 0 or board.thickness end

--- How far a line may go on either side before it leaves the board.
local function room(board, line, from, to)
  local start, length = line.y, board.y
  if line.along == "x" then start, length = line.x, board.x end
  return start + from, length - (start + to)
end

--- A hole in a face, or through the board when no depth is given.
local function hole(board, x, y, d, depth, face)
  check_board(board)
  if depth == nil then
    board.cuts[#board.cuts + 1] = circle(d / 2):move(x, y)
  else
    if depth >= board.thickness then fault("a hole %g mm deep comes out of board %s", depth, board.name) end
    board.pockets[#board.pockets + 1] = { profile = circle(d / 2):move(x, y), depth = depth, face = face or "top" }
  end
end

-- ---- where boards meet ----

--- A place of a board, `s` along an edge, `d` into the board and `z` up in its thickness.
local function place(board, edge, s, d, z)
  local x, y = point(board, edge, s, d)
  return { x, y, z }
end

--- Each line of b on which a joint of a's edge lies, as the ends that check_meeting takes.
local function lines_at(lines, from, to, z)
  local all = {}
  for i, line in ipairs(lines_of(lines)) do
    if type(line.x) ~= "number" or type(line.y) ~= "number" or (line.along ~= "x" and line.along ~= "y") then
      fault("a line is { x = 100, y = 0, along = \"y\" }: two numbers, and \"x\" or \"y\"")
    end
    local x, y = line.along == "x" and 1 or 0, line.along == "y" and 1 or 0
    all[i] = { { line.x + from * x, line.y + from * y, z }, { line.x + to * x, line.y + to * y, z } }
  end
  return all
end

--- Joints are drawn by edges and lines, parts are placed by `at`: both must say the same, or the product does not go
--- together. `on_a`, `on_b`: the ends of the joint in the coordinates of either board, once for each place that it may
--- have on b. Boards that stand more than once need to meet in one of their places; those without `at` are not asked.
local function check_meeting(joint, a, edge, b, on_a, on_b, gap)
  if not a.at or not b.at then return end
  local nearest = poses.apart(a.at, { on_a }, b.at, on_b)
  if nearest > gap + NEAR then
    fault("%s: the %s edge of %s and its place on %s are %.4g mm apart as assembled; mend the at of one, or where "
      .. "the joint lies", joint, edge, a.name, b.name, nearest)
  end
end

-- ---- joints ----

--- The functions, with clearances and hardware of this way of making.
function M.using(ctx)
  if ctx == M or type(ctx) ~= "table" then fault("write joints.using(ctx), with a point, in build(p, ctx)") end
  local J = { board = new_board, shape = new_shape, solid = solid, outline = outline, part = part, hole = hole,
    notch = step }

  local function fit(o, usual)
    local class = o.fit or usual
    return ctx.fit(class), class
  end

  --- Boards that face each other on one side, without a joint: `touch` with the clearance of a fit between them, `rest`
  --- without.
  function J.touch(a, b, class) share_mate(a, b, "rest", ctx.fit(class)) end
  function J.rest(a, b) share_mate(a, b, "rest", 0) end

  --- Interlocking fingers where the edges of two boards meet at a corner; both boards reach to the outside. `width` is
  --- about how wide a finger is: there is an odd number of equal ones, and the first and last belong to `a`.
  --- `from`, `to`: the stretch of a's edge; `b_from`: where it begins on b's. Returns count and width.
  function J.finger(a, edge_a, b, edge_b, o)
    check_edge(a, edge_a)
    check_edge(b, edge_b)
    check_options("finger", o, { "width" }, { "fit", "only", "from", "to", "b_from" })
    local from = o.from or 0
    local length = (o.to or extent(a, edge_a)) - from
    local shift = (o.b_from or 0) - from
    if not o.to and not o.b_from and math.abs(length - extent(b, edge_b)) > 1e-6 then
      fault("edges of %s (%g mm) and %s (%g mm) differ; say from, to and b_from", a.name, length, b.name,
        extent(b, edge_b))
    end
    local count = math.max(3, 2 * math.floor((length / o.width - 1) / 2 + 0.5) + 1)
    local pitch = length / count
    local gap, class = fit(o, "press")
    -- Both boards reach through the corner: its middle is half of the other's thickness inside of either edge.
    local to, za, zb = from + length, a.thickness / 2, b.thickness / 2
    check_meeting("finger", a, edge_a, b, { place(a, edge_a, from, zb, za), place(a, edge_a, to, zb, za) },
      { { place(b, edge_b, from + shift, za, zb), place(b, edge_b, to + shift, za, zb) } }, gap)
    for i = 0, count - 1 do
      local low = from + i * pitch - (i > 0 and gap / 2 or 0)
      local high = from + (i + 1) * pitch + (i < count - 1 and gap / 2 or 0)
      if i % 2 == 1 then
        if wanted(o, "a") then step(a, edge_a, low, high, b.thickness) end
      elseif wanted(o, "b") then
        step(b, edge_b, low + shift, high + shift, a.thickness)
      end
    end
    share_mate(a, b, class, gap)
    return count, pitch
  end

  --- Tabs on an edge of `a` through slots of `b`. `line`: where a's edge begins on b, and which way it goes; the middle
  --- of a's thickness lies on it. `count` tabs `width` wide; `proud`: how far they stand out behind b.
  --- Returns the tabs' middles along the edge.
  function J.tabs(a, edge, b, line, o)
    check_edge(a, edge)
    check_board(b)
    check_options("tabs", o, { "count", "width" }, { "fit", "only", "inset", "from", "to", "proud" })
    local gap, class = fit(o, "press")
    local from, to = o.from or 0, o.to or extent(a, edge)
    local middles = spread(from, to, o.count, o.inset)
    if wanted(o, "b") then
      local za, zb = a.thickness / 2, b.thickness / 2
      check_meeting("tabs", a, edge, b, { place(a, edge, from, -zb, za), place(a, edge, to, -zb, za) },
        lines_at(line, from, to, zb), gap)
    end
    for _, s in ipairs(middles) do
      local low, high = s - o.width / 2, s + o.width / 2
      if wanted(o, "a") then step(a, edge, low, high, -(b.thickness + (o.proud or 0))) end
      for _, one in ipairs(wanted(o, "b") and lines_of(line) or {}) do
        b.cuts[#b.cuts + 1] = strip(one, low - gap, high + gap, a.thickness + 2 * gap)
      end
    end
    share_mate(a, b, class, gap)
    return middles
  end

  --- An edge of `a` stands `depth` deep in a groove of `b`; a's edge grows by as much. `from`, `to`: the stretch of the
  --- edge that does, for grooves that stop short. `face`: the face of b that is grooved, "top" or "bottom".
  function J.dado(a, edge, b, line, o)
    check_edge(a, edge)
    check_board(b)
    check_options("dado", o, { "depth" }, { "fit", "only", "from", "to", "face" })
    local gap, class = fit(o, "press")
    local from, to = o.from or 0, o.to or extent(a, edge)
    if wanted(o, "b") then
      local za, zb = a.thickness / 2, face_z(b, o)
      check_meeting("dado", a, edge, b, { place(a, edge, from, 0, za), place(a, edge, to, 0, za) },
        lines_at(line, from, to, zb), gap)
    end
    if wanted(o, "a") then step(a, edge, from, to, -o.depth) end
    for _, one in ipairs(wanted(o, "b") and lines_of(line) or {}) do
      local before, behind = room(b, one, from, to)
      b.pockets[#b.pockets + 1] = { depth = o.depth, face = o.face or "top",
        profile = strip(one, from - (before < SAME and OVER or gap), to + (behind < SAME and OVER or gap),
          a.thickness + 2 * gap) }
    end
    share_mate(a, b, class, gap)
  end

  --- An edge of `a` stands `depth` deep in a step along an edge of `b`, flush with it; a's edge grows by as much.
  function J.rabbet(a, edge_a, b, edge_b, o)
    check_edge(a, edge_a)
    check_edge(b, edge_b)
    check_options("rabbet", o, { "depth" }, { "fit", "only", "face" })
    local gap, class = fit(o, "press")
    local length = extent(b, edge_b)
    local za, zb = a.thickness / 2, face_z(b, o)
    check_meeting("rabbet", a, edge_a, b, { place(a, edge_a, 0, 0, za), place(a, edge_a, extent(a, edge_a), 0, za) },
      { { place(b, edge_b, 0, za, zb), place(b, edge_b, length, za, zb) } }, gap)
    if wanted(o, "a") then step(a, edge_a, 0, extent(a, edge_a), -o.depth) end
    if wanted(o, "b") then
      local x, y = point(b, edge_b, 0, (a.thickness + gap - OVER) / 2)
      local line = { x = x, y = y, along = along_x(edge_b) and "x" or "y" }
      b.pockets[#b.pockets + 1] = { depth = o.depth, face = o.face or "top",
        profile = strip(line, -OVER, length + OVER, a.thickness + gap + OVER) }
    end
    share_mate(a, b, class, gap)
  end

  --- Two boards cross, each with a slot from an edge: a's at `s_a` along `edge_a`, b's at `s_b` along `edge_b`, which
  --- looks the other way. `share`: how much of the common height is a's slot. `s_a`, `s_b`: numbers or lists.
  function J.cross_lap(a, edge_a, s_a, b, edge_b, s_b, o)
    check_edge(a, edge_a)
    check_edge(b, edge_b)
    o = o or {}
    check_options("cross_lap", o, {}, { "fit", "only", "share", "height" })
    local gap, class = fit(o, "press")
    local _, across = extent(a, edge_a)
    local height, share = o.height or across, o.share or 0.5
    local function slots(board, edge, places, width, depth)
      for _, s in ipairs(listed(places)) do
        step(board, edge, s - width / 2, s + width / 2, depth)
      end
    end
    local za, zb, on_b = a.thickness / 2, b.thickness / 2, {}
    for i, s in ipairs(listed(s_b)) do on_b[i] = { place(b, edge_b, s, height * (1 - share), zb) } end
    for _, s in ipairs(listed(s_a)) do
      check_meeting("cross_lap", a, edge_a, b, { place(a, edge_a, s, height * share, za) }, on_b, gap)
    end
    if wanted(o, "a") then slots(a, edge_a, s_a, b.thickness + 2 * gap, height * share) end
    if wanted(o, "b") then slots(b, edge_b, s_b, a.thickness + 2 * gap, height * (1 - share)) end
    share_mate(a, b, class, gap)
  end

  --- Holes of diameter `d` in the edge of `a` and in the face of `b` below them. Returns their places along the edge.
  local function drilled(joint, a, edge, b, line, o, size, face_d, face_depth, edge_d, edge_depth)
    check_edge(a, edge)
    local from, to = o.from or 0, o.to or extent(a, edge)
    local middles = spread(from, to, o.count, o.inset)
    if wanted(o, "b") then
      -- Screws pass through b, so a may stand at either face.
      local za, on_b = a.thickness / 2, lines_at(line, from, to, face_z(b, o))
      if not face_depth then table.move(lines_at(line, from, to, 0), 1, #lines_of(line), #on_b + 1, on_b) end
      check_meeting(joint, a, edge, b, { place(a, edge, from, 0, za), place(a, edge, to, 0, za) }, on_b, 0)
    end
    for _, s in ipairs(middles) do
      if wanted(o, "a") then
        a.drillings[#a.drillings + 1] = { edge = edge, s = s, d = edge_d, depth = edge_depth }
      end
      for _, one in ipairs(wanted(o, "b") and lines_of(line) or {}) do
        local x, y = one.x, one.y
        if one.along == "x" then x = x + s else y = y + s end
        hole(b, x, y, face_d, face_depth, o.face)
      end
    end
    share_mate(a, b, "rest", 0)
    need(a, o.item or size, #middles * #lines_of(line))
    return middles
  end

  local DRILLED = { "only", "size", "item", "inset", "from", "to" }

  --- Dowels between an edge of `a` and a face of `b`. `size`: an entry of ctx.hardware, usually "dowel_8x35". A third
  --- of the length stands in the face, less where 3 mm of b would not be left behind the hole.
  function J.dowels(a, edge, b, line, o)
    check_board(b)
    check_options("dowels", o, { "count" }, { "face", table.unpack(DRILLED) })
    local size = o.size or "dowel_8x35"
    local dowel = ctx.hardware[size]
    local in_face = math.min(b.thickness - 3 - dowel.extra_depth_mm, dowel.length_mm * dowel.face_over_length)
    if in_face < dowel.d_mm / 2 then fault("board %s is too thin for dowels of %g mm", b.name, dowel.d_mm) end
    return drilled("dowels", a, edge, b, line, o, size, dowel.d_mm, in_face + dowel.extra_depth_mm, dowel.d_mm,
      dowel.length_mm - in_face + dowel.extra_depth_mm)
  end

  --- Confirmat screws through a face of `b` into an edge of `a`: the neck's hole through b, the thread's hole in a.
  function J.confirmat(a, edge, b, line, o)
    check_board(b)
    check_options("confirmat", o, { "count" }, DRILLED)
    local size = o.size or "confirmat_7x50"
    local screw = ctx.hardware[size]
    return drilled("confirmat", a, edge, b, line, o, size, screw.neck_hole_mm, nil, screw.thread_hole_mm,
      screw.length_mm - b.thickness + screw.extra_depth_mm)
  end

  --- A hole for a threaded insert, e.g. "insert_M6", in a face.
  function J.insert(board, x, y, o)
    if type(o) ~= "table" or not o.size then fault("insert needs a size: { size = \"insert_M6\" }") end
    check_names(o, "insert", { "size", "face" })
    local size = ctx.hardware[o.size]
    hole(board, x, y, size.hole_mm, size.length_mm + size.extra_depth_mm, o.face)
    need(board, o.size, 1)
  end

  --- The cup of a concealed hinge in a face, and the two holes beside it, at `s` along an edge.
  function J.hinge_cup(board, edge, s, o)
    check_edge(board, edge)
    o = o or {}
    check_names(o, "hinge_cup", { "size", "rim", "face" })
    local cup = ctx.hardware[o.size or "hinge_cup_35"]
    local deep = (o.rim or cup.rim_mm) + cup.d_mm / 2
    local x, y = point(board, edge, s, deep)
    hole(board, x, y, cup.d_mm, cup.depth_mm, o.face)
    for _, side in ipairs { -1, 1 } do
      x, y = point(board, edge, s + side * cup.screw_apart_mm / 2, deep + cup.screw_offset_mm)
      hole(board, x, y, cup.screw_hole_mm, cup.screw_depth_mm, o.face)
    end
    need(board, o.size or "hinge_cup_35", 1)
  end

  local function collected(boards, field)
    local all = {}
    for _, board in ipairs(boards) do
      for _, one in ipairs(board[field]) do all[#all + 1] = one end
    end
    return all
  end

  function J.parts(boards)
    local all = {}
    for i, board in ipairs(boards) do all[i] = part(board) end
    return all
  end

  --- A board that is joined to one that is left out of the list would stand alone, and nobody would see why.
  function J.mates(boards)
    local there = {}
    for _, board in ipairs(boards) do there[board.name] = true end
    for _, board in ipairs(boards) do
      for name in pairs(board.joined) do
        if not there[name] then
          fault("board %s is joined to %s, which is not among the boards of J.mates", board.name, name)
        end
      end
    end
    return collected(boards, "mates")
  end

  --- What the joints need, equal items counted together.
  function J.hardware(boards)
    local sum = { hardware = {} }
    for _, one in ipairs(collected(boards, "hardware")) do need(sum, one.item, one.count) end
    return sum.hardware
  end

  return strict(J, "joints.using(ctx)")
end

return strict(M, "joints")
