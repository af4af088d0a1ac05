-- Pipe threads and hoses: figures that rules and drawing share.
local pipes = { version = "1.0.0" }

-- ISO 228 (BSP) parallel pipe threads: major diameter in mm and turns an inch. The minor diameter follows from the
-- Whitworth profile: d - 1.2807 pitches.
pipes.threads = strict({
  ["G1/8"] = { d = 9.728, per_inch = 28 },
  ["G1/4"] = { d = 13.157, per_inch = 19 },
  ["G3/8"] = { d = 16.662, per_inch = 19 },
  ["G1/2"] = { d = 20.955, per_inch = 14 },
  ["G3/4"] = { d = 26.441, per_inch = 14 },
  ["G1"] = { d = 33.249, per_inch = 11 },
  ["G1 1/4"] = { d = 41.91, per_inch = 11 },
}, "pipes.threads")
pipes.thread_choices = { { "G1/4", "G 1/4 (13.2 mm)" }, { "G3/8", "G 3/8 (16.7 mm)" },
  { "G1/2", "G 1/2 (21 mm, taps)" },
  { "G3/4", "G 3/4 (26.4 mm, garden taps)" }, { "G1", "G 1 (33.2 mm)" }, { "G1 1/4", "G 1 1/4 (41.9 mm)" } }

function pipes.pitch(name) return 25.4 / pipes.threads[name].per_inch end
function pipes.major(name) return pipes.threads[name].d end
function pipes.minor(name) return pipes.major(name) - 2 * pipes.pitch(name) / (3 * math.tan(math.rad(27.5))) end

-- A threaded rod ("external") or the tool that cuts a nut ("internal") with `play` on the radius, along z from z = 0.
function pipes.thread(name, length, kind, play)
  local pitch = pipes.pitch(name)
  return thread { d = pipes.major(name), pitch = pitch, h = length, kind = kind, play = play, lead_in = pitch / 2,
    profile = "whitworth" }
end

return strict(pipes, "pipes")
