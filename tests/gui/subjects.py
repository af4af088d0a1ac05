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
