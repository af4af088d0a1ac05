-- Holes for screws, nuts, inserts and magnets. Sizes come from ctx.hardware (data/hardware.toml); a size is named as
-- there: "M3", "M4". Every function gives a cutter that opens upwards in z = 0, so that
--   plate:cut(fasteners.pilot(ctx, "M4", 6):move(10, 20, plate_thickness))
-- drills a hole into the top face of a plate. Cutters overshoot the open face by a millimetre.
local fasteners = { version = "1.0.0" }

local OVER = 1

-- The dimensions of a size, as this way of making has them.
local function sizes_of(ctx, size)
  if ctx == fasteners then error("fasteners: write fasteners.clearance(ctx, ...), with a point, not a colon", 0) end
  if type(ctx) ~= "table" then
    error("fasteners: the first argument is ctx, as build(p, ctx) got it, e.g. fasteners.clearance(ctx, \"M4\", 6)", 0)
  end
  return ctx.hardware[size]
end

-- For a parameter of kind choice; "from" and "to" are the first and last size to offer.
local sizes = { "M2", "M2.5", "M3", "M4", "M5", "M6", "M8" }
function fasteners.choices(from, to)
  local list, on = {}, false
  for _, size in ipairs(sizes) do
    on = on or size == from
    if on then list[#list + 1] = { size, size } end
    if size == to then break end
  end
  return list
end

-- Nominal diameter, for rules, which have no ctx: "M2.5" -> 2.5.
function fasteners.nominal(size) return tonumber(size:sub(2)) end

-- What rules may count on for every size offered: a countersunk or cylinder head is at most this wide, and a clearance
-- hole at most this much wider than the screw.
function fasteners.largest_head(size) return 2 * fasteners.nominal(size) + 0.1 end
function fasteners.largest_clearance(size) return fasteners.nominal(size) + 1 end

-- A hole that a screw passes freely, `depth` deep. Its wall carries the tag fasteners.hole_tag.
fasteners.hole_tag = "screw hole"
function fasteners.clearance(ctx, size, depth)
  local hole = circle(sizes_of(ctx, size).clearance_medium_mm / 2):extrude(depth + OVER):move { z = -depth }
  return hole:tag(fasteners.hole_tag, faces.role("round"))
end

-- A hole that the screw cuts its own thread into.
function fasteners.pilot(ctx, size, depth)
  return circle(sizes_of(ctx, size).tap_drill_mm / 2):extrude(depth + OVER):move { z = -depth }
end

-- Sinks clearance holes for flat heads: a chamfer of 90 degrees where holes that were cut with fasteners.clearance meet
-- plane faces that look in `direction`, e.g. "+z". That builds much faster than cutting cones.
function fasteners.sink(solid, ctx, size, direction, count)
  local m = sizes_of(ctx, size)
  return solid:chamfer { edges = edges.between(faces.tagged(fasteners.hole_tag), faces.facing(direction)),
    size = (m.csk_head_d_mm - m.clearance_medium_mm) / 2, expect = count }
end

-- A clearance hole with a recess for a cylinder head, as deep as the head is high.
function fasteners.counterbored(ctx, size, depth)
  local m = sizes_of(ctx, size)
  return circle(m.clearance_medium_mm / 2):extrude(depth + OVER):move { z = -depth - OVER / 2 }
    :union(circle(m.cap_head_d_mm / 2 + 0.2):extrude(m.cap_head_h_mm + OVER):move { z = -m.cap_head_h_mm })
end

-- A recess for a hexagonal nut; `gap` is the room on each side (ctx.fit). Two flats look along y.
function fasteners.nut(ctx, size, gap)
  local m = sizes_of(ctx, size)
  return regular_polygon(6, m.nut_s_mm / 2 + gap, "flats"):extrude(m.nut_m_mm + OVER):move { z = -m.nut_m_mm }
end

-- A hole for a heat-set insert. `size` may name a length where there are two: "M3_short", "M3_long".
function fasteners.insert(ctx, size)
  local m = sizes_of(ctx, size)
  return circle(m.pocket_d_mm / 2):extrude(m.pocket_depth_mm + OVER):move { z = -m.pocket_depth_mm }
end

-- A pocket for a round magnet; `gap` is the room on each side (ctx.fit).
function fasteners.magnet(diameter, height, gap)
  return circle(diameter / 2 + gap):extrude(height + OVER):move { z = -height }
end

return strict(fasteners, "fasteners")
