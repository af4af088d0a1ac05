-- Parts of many forms on which the estimate of print times is fitted: not a product, only for bench/print/print_times.py.
local function block(p) return box(p.a, p.b, p.c) end
local function tube(p) return circle(p.a / 2):cut(circle(math.max(0.5, p.a / 2 - p.wall))):extrude(p.c) end
local function cup(p)
  local inside = box(p.a - 2 * p.wall, p.b - 2 * p.wall, p.c):move(p.wall, p.wall, p.wall)
  return box(p.a, p.b, p.c):cut(inside)
end
local function plate(p)
  local hole = circle(math.min(p.a, p.b) / 12):grid_pattern(3, 3, p.a / 4, p.b / 4):move(p.a / 4, p.b / 4)
  return rectangle(p.a, p.b):cut(hole):extrude(p.wall + 1)
end
local function bracket(p)
  local l = polygon { { 0, 0 }, { p.a, 0 }, { p.a, p.wall }, { p.wall, p.wall }, { p.wall, p.c }, { 0, p.c } }
  return l:extrude(p.b):rotate("x", 90)
end
local function disc(p) return cylinder(p.a / 2, p.c) end
local function spike(p) return cone(p.a / 2, p.a / 6, p.c) end
local function comb(p)
  local teeth = {}
  for i = 0, 5 do teeth[#teeth + 1] = box(p.wall, p.b, p.c):move((p.a - p.wall) * i / 5, 0, 0) end
  return box(p.a, p.b, 2):union(teeth)
end
local function dome(p) return sphere(p.a / 2):cut(box(2 * p.a, 2 * p.a, p.a):move(-p.a, -p.a, -p.a)) end

local kinds = { block = block, tube = tube, cup = cup, plate = plate, bracket = bracket, disc = disc, spike = spike,
  comb = comb, dome = dome }

return {
  id = "print-shapes", version = "1.0.0", name = "Shapes", summary = "Shapes for fitting", description = "",
  licence = "CC0-1.0", author = "Fitwright", processes = { "fdm" },
  parameters = {
    { "kind", kind = "choice", default = "block", label = "Kind",
      choices = { { "block" }, { "tube" }, { "cup" }, { "plate" }, { "bracket" },
        { "disc" }, { "spike" }, { "comb" }, { "dome" } } },
    { "a", kind = "length", default = 40, min = 5, max = 220, label = "a" },
    { "b", kind = "length", default = 30, min = 5, max = 200, label = "b" },
    { "c", kind = "length", default = 20, min = 2, max = 150, label = "c" },
    { "wall", kind = "length", default = 2, min = 0.8, max = 10, label = "wall" },
  },
  build = function(p)
    return { parts = { { name = "shape", solid = kinds[p.kind](p), up = "+z" } } }
  end,
}
