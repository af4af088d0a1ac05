"""Templates that show what products do not."""

BREAKABLE = """
local function build(p)
  local block = box { x = 60, y = 40, z = p.height }
  return { parts = { { name = "block", solid = block:fillet(edges.all(), p.round), colour = "#8fa3b5" } } }
end
return {
  id = "block", version = "0.1.0", name = "Rounded block", author = "You", licence = "CC-BY-4.0", processes = { "fdm" },
  parameters = {
    { "height", kind = "length", default = 20, min = 5, max = 60, label = "Height" },
    { "round", kind = "length", default = 4, min = 1, max = 30, label = "Rounding" },
  },
  build = build,
}
"""


# Walls and a hole below what a printer makes.
TRAY = """
return { id = "tray", version = "1.0.0", name = "Tray", author = "You", licence = "CC-BY-4.0", summary = "A tray.",
  description = "A tray.", processes = { "fdm", "sla" },
  parameters = {
    { "width", kind = "length", default = 60, min = 20, max = 400, step = 1, label = "Width" },
    { "wall", kind = "length", default = 0.5, min = 0.2, max = 5, step = 0.1, label = "Wall" },
    { "hole", kind = "length", default = 1, min = 0.5, max = 5, step = 0.1, label = "Hole", group = "Details" },
  },
  build = function(p)
    local tray = box(p.width, 40, 20):cut(box(p.width - 2 * p.wall, 40 - 2 * p.wall, 20):move { x = p.wall, y = p.wall, z = 2 })
    local post = cylinder(5, 12):cut(cylinder(p.hole / 2, 10):move { z = 4 })
    return { parts = { { name = "tray", solid = tray:union(post:move { x = 15, y = 20, z = 1 }), colour = "#8fa3b5" } } }
  end }
"""


def break_it(app):
    """Rounds it off by more than there is. The value that would work is looked for within 300 ms only, which a busy machine
    needs several times: what was found before is remembered."""
    for _ in range(5):
        app.type_into("entry round", "25")
        app.wait(lambda s: s["error"] and not s["busy"], "the error")
        app.settle()
        if app.shown("remedy"):
            return
        app.key("ctrl+z")
        app.wait(lambda s: not s["error"] and not s["busy"], "the model as it was")
    raise AssertionError("no value that would work was found")


def breakable(folder, name="Rounded block"):
    """The folder of a template of this name that cannot be built when it is rounded off by more than there is."""
    template = folder / "block"
    template.mkdir(exist_ok=True)
    (template / "template.lua").write_text(BREAKABLE.replace("Rounded block", name))
    return template
