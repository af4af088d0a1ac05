-- Ball bearings by their boundary dimensions, which ISO 15 fixes for all makers, and the pockets that take them.
-- Rules may count on these figures; a test holds them to data/hardware.toml.
local bearings = { version = "1.0.0" }

-- mm: bore, outside, width
bearings.sizes = strict({
  ["623"] = { bore = 3, outside = 10, width = 4 },
  ["624"] = { bore = 4, outside = 13, width = 5 },
  ["625"] = { bore = 5, outside = 16, width = 5 },
  ["626"] = { bore = 6, outside = 19, width = 6 },
  ["608"] = { bore = 8, outside = 22, width = 7 },
  ["6000"] = { bore = 10, outside = 26, width = 8 },
  ["6001"] = { bore = 12, outside = 28, width = 8 },
}, "bearings.sizes")

-- For a parameter of kind choice.
bearings.choices = {
  { "623", "623: 3 mm shaft, 10 outside, 4 wide" },
  { "624", "624: 4 mm shaft, 13 outside, 5 wide" },
  { "625", "625: 5 mm shaft, 16 outside, 5 wide" },
  { "626", "626: 6 mm shaft, 19 outside, 6 wide" },
  { "608", "608: 8 mm shaft, 22 outside, 7 wide (skates)" },
  { "6000", "6000: 10 mm shaft, 26 outside, 8 wide" },
  { "6001", "6001: 12 mm shaft, 28 outside, 8 wide" },
}

-- Diameter of the hole behind the pocket: the shoulder left round it holds the outer ring alone, the inner one turns
-- freely past it.
function bearings.shoulder_d(name)
  local size = bearings.sizes[name]
  return (size.bore + size.outside) / 2
end

-- The cutter of a pocket, its floor in z = 0 and open upwards; it overshoots the face by `over`.
function bearings.pocket(name, gap, over)
  local size = bearings.sizes[name]
  return circle(size.outside / 2 + gap):extrude(size.width + over)
end

return strict(bearings, "bearings")
