-- Places in the assembled product: where a point of a part comes to lie by the part's `at`.
local poses = { version = "1.0.0" }

local function turned(u, v, degrees)
  local a = math.rad(degrees or 0)
  return u * math.cos(a) - v * math.sin(a), u * math.sin(a) + v * math.cos(a)
end

-- A point of a part after its turns about x, y, z and its move.
function poses.assembled(pose, at)
  local x, y, z = at[1], at[2], at[3]
  y, z = turned(y, z, pose.rx)
  z, x = turned(z, x, pose.ry)
  x, y = turned(x, y, pose.rz)
  return { x + (pose.x or 0), y + (pose.y or 0), z + (pose.z or 0) }
end

local function distance(p, q) return math.sqrt((p[1] - q[1]) ^ 2 + (p[2] - q[2]) ^ 2 + (p[3] - q[3]) ^ 2) end

-- How far two stretches, each a list of its ends, lie apart; which end comes first does not matter.
local function between(p, q)
  local m, n = #p, #q
  return math.min(math.max(distance(p[1], q[1]), distance(p[m], q[n])),
    math.max(distance(p[1], q[n]), distance(p[m], q[1])))
end

-- Every stretch of a part in every place of it.
local function all(at, stretches)
  local found = {}
  for _, pose in ipairs(#at > 0 and at or { at }) do
    for _, stretch in ipairs(stretches) do
      local ends = {}
      for i, one in ipairs(stretch) do ends[i] = poses.assembled(pose, one) end
      found[#found + 1] = ends
    end
  end
  return found
end

-- How far the nearest two stretches of two parts lie apart, wherever the parts stand.
function poses.apart(at_a, stretches_a, at_b, stretches_b)
  local nearest, others = math.huge, all(at_b, stretches_b)
  for _, one in ipairs(all(at_a, stretches_a)) do
    for _, other in ipairs(others) do nearest = math.min(nearest, between(one, other)) end
  end
  return nearest
end

return strict(poses, "poses")
