-- Circuit boards: outline and mounting holes in mm, as seen from above, the origin in the board's lower left corner.
-- Raspberry Pi: mechanical drawings on datasheets.raspberrypi.com (85 x 56, holes 3.5 from the edges, 58 x 49 apart,
-- 2.7 mm; Zero 65 x 30, 58 x 23; Pico 51 x 21, 47 x 11.4, 2.1 mm). Arduino: Uno Rev3 and Mega 2560 drawings on
-- docs.arduino.cc, in thousandths of an inch there (Uno 600/2000, 550/100, 2600/300, 2600/1400; 3.2 mm holes).
local boards = { version = "1.0.0" }

boards.sizes = strict({
  raspberry_pi = { x = 85, y = 56, screw = "M2.5",
    holes = { { 3.5, 3.5 }, { 61.5, 3.5 }, { 3.5, 52.5 }, { 61.5, 52.5 } } },
  raspberry_pi_zero = { x = 65, y = 30, screw = "M2.5",
    holes = { { 3.5, 3.5 }, { 61.5, 3.5 }, { 3.5, 26.5 }, { 61.5, 26.5 } } },
  raspberry_pi_pico = { x = 51, y = 21, screw = "M2", holes = { { 2, 4.8 }, { 49, 4.8 }, { 2, 16.2 }, { 49, 16.2 } } },
  arduino_uno = { x = 68.6, y = 53.3, screw = "M3",
    holes = { { 13.97, 2.54 }, { 15.24, 50.8 }, { 66.04, 7.62 }, { 66.04, 35.56 } } },
  arduino_mega = { x = 101.6, y = 53.3, screw = "M3",
    holes = { { 13.97, 2.54 }, { 15.24, 50.8 }, { 66.04, 7.62 }, { 66.04, 35.56 }, { 90.17, 50.8 }, { 96.52, 2.54 } } },
}, "boards.sizes")

-- For a parameter of kind choice.
boards.choices = {
  { "raspberry_pi", "Raspberry Pi 3, 4 or 5" }, { "raspberry_pi_zero", "Raspberry Pi Zero" },
  { "raspberry_pi_pico", "Raspberry Pi Pico" }, { "arduino_uno", "Arduino Uno" },
  { "arduino_mega", "Arduino Mega 2560" },
}

-- The holes about the middle of the board, turned by a quarter if `turned`.
function boards.holes(board, turned)
  local places = {}
  for i, hole in ipairs(board.holes) do
    local x, y = hole[1] - board.x / 2, hole[2] - board.y / 2
    places[i] = turned and { -y, x } or { x, y }
  end
  return places
end

-- A board of one's own: four holes in a rectangle.
function boards.rectangle(dx, dy, margin, screw)
  return { x = dx + 2 * margin, y = dy + 2 * margin, screw = screw,
    holes = { { margin, margin }, { margin + dx, margin }, { margin, margin + dy }, { margin + dx, margin + dy } } }
end

return strict(boards, "boards")
