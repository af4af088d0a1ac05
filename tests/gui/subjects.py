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


def breakable(folder):
    """The folder of a template that cannot be built when it is rounded off by more than there is."""
    template = folder / "block"
    template.mkdir()
    (template / "template.lua").write_text(BREAKABLE)
    return template
