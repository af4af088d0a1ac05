#!/usr/bin/python3
"""Draws the pictures of docs/checks.md: one small SVG a check, material grey, what is wrong red, what is measured blue."""

import pathlib

FOLDER = pathlib.Path(__file__).parent / "checks"
GREY, RED, BLUE, LINE = "#c9ced6", "#d64545", "#1f6fd1", "#4a5568"


def polygon(*points, fill=GREY, extra=""):
    where = " ".join(f"{x},{y}" for x, y in points)
    return f'<polygon points="{where}" fill="{fill}" stroke="{LINE}" {extra}/>'


def box(x, y, w, h, fill=GREY):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}" stroke="{LINE}"/>'


def circle(x, y, r, fill="white"):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="{LINE}"/>'


def measure(x1, y1, x2, y2, colour=BLUE):
    return (f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="2" '
            'marker-start="url(#a)" marker-end="url(#a)"/>')


def line(x1, y1, x2, y2, colour=RED, dash=""):
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'


def ring(x, y, r, colour=RED):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{colour}" stroke-width="2"/>'


def bed(y=105):
    return line(10, y, 190, y, LINE)


PICTURES = {
    "manifold": polygon((40, 100), (100, 20), (160, 100)) + line(100, 20, 160, 100, "white") + ring(130, 60, 16),
    "degenerate": polygon((30, 90), (100, 30), (170, 90)) + line(30, 90, 170, 90, RED) + ring(100, 90, 12),
    "pieces": box(30, 40, 70, 60) + box(125, 70, 30, 30, RED),
    "units": box(95, 65, 10, 10, RED) + measure(85, 90, 115, 90),
    "build_volume": box(40, 20, 120, 85, "white") + polygon((50, 85), (140, 28), (150, 42), (60, 99)),
    "knife_edge": polygon((30, 60), (150, 40), (150, 80)) + ring(38, 60, 14),
    "wall_thickness": polygon((30, 100), (30, 20), (170, 20), (170, 100), (104, 100), (104, 45), (96, 45), (96, 100),
                              fill=GREY) + ring(100, 32, 11, BLUE),
    "hole_to_edge": box(30, 30, 140, 70) + circle(62, 65, 24) + measure(30, 65, 38, 65, RED),
    "gap": box(30, 30, 66, 75) + box(102, 30, 68, 75) + measure(94, 60, 104, 60, RED),
    "hole_diameter": box(40, 30, 120, 70) + circle(100, 65, 12) + measure(88, 65, 112, 65),
    "pin_diameter": box(40, 85, 120, 20) + box(94, 30, 12, 55) + measure(92, 50, 108, 50),
    "pin_slenderness": box(40, 95, 120, 12) + box(96, 12, 8, 83) + measure(115, 12, 115, 95) + measure(94, 8, 106, 8),
    "overhang": bed() + polygon((50, 105), (80, 105), (150, 30), (110, 30)) + line(80, 105, 150, 30) +
                line(80, 105, 80, 40, BLUE, "4"),
    "bridge": bed() + polygon((30, 105), (30, 30), (170, 30), (170, 105), (145, 105), (145, 55), (55, 55), (55, 105)) +
              measure(55, 62, 145, 62, RED),
    "island": bed() + polygon((40, 105), (40, 20), (160, 20), (160, 75), (135, 75), (135, 45), (65, 45), (65, 105)) +
              line(135, 75, 160, 75),
    "tipping": bed() + polygon((60, 105), (95, 105), (160, 25), (125, 25)) + line(110, 65, 110, 112, RED, "4") +
               circle(110, 65, 4, RED),
    "trapped_cavity": box(40, 25, 120, 80) + circle(100, 65, 26, "#f3c6c6") + box(97, 25, 6, 15, "white"),
    "self_intersection": box(40, 30, 80, 50) + box(90, 55, 70, 50, "#c9ced680") + box(90, 55, 30, 25, RED),
    "flat_part": polygon((30, 80), (30, 55), (150, 55), (170, 80)) + line(150, 55, 170, 80),
    "sheet_thickness": box(30, 55, 140, 22) + measure(180, 55, 180, 77),
    "sheet_pocket": polygon((30, 50), (80, 50), (80, 65), (120, 65), (120, 50), (170, 50), (170, 85), (30, 85)) +
                    line(80, 65, 120, 65),
    "sheet_opening": box(30, 30, 140, 75) + circle(70, 67, 8) + box(115, 30, 6, 45, "white") + measure(113, 45, 123, 45, RED),
    "sheet_web": box(30, 30, 140, 75) + circle(80, 67, 20) + circle(124, 67, 20) + measure(100, 67, 104, 67, RED),
    "inside_corner": polygon((30, 105), (30, 25), (170, 25), (170, 60), (90, 60), (90, 105)) + ring(102, 72, 12, BLUE) +
                     ring(90, 60, 5),
    "saw_cut": polygon((30, 100), (30, 30), (130, 30), (170, 65), (170, 100)) + line(130, 30, 170, 65),
    "undercut": polygon((30, 105), (30, 30), (85, 30), (85, 60), (60, 60), (60, 85), (140, 85), (140, 60), (115, 60),
                        (115, 30), (170, 30), (170, 105)) + line(60, 60, 85, 60) + line(115, 60, 140, 60),
    "mill_corner": box(30, 20, 140, 90) + '<rect x="60" y="40" width="80" height="50" rx="12" fill="white" '
                   f'stroke="{LINE}"/>' + ring(72, 52, 12, BLUE) + ring(128, 52, 12),
    "mill_pocket": polygon((30, 105), (30, 20), (88, 20), (88, 95), (112, 95), (112, 20), (170, 20), (170, 105)) +
                   measure(120, 20, 120, 95) + measure(88, 14, 112, 14),
    "mill_hole": box(40, 20, 120, 85) + box(95, 20, 10, 78, "white") + measure(115, 20, 115, 98) + measure(93, 14, 107, 14),
    "mill_wall": polygon((30, 105), (30, 25), (60, 25), (60, 90), (97, 90), (97, 25), (103, 25), (103, 90), (170, 90),
                         (170, 105)) + measure(95, 40, 105, 40, RED),
    "clearance": polygon((30, 105), (30, 45), (60, 45), (60, 90), (140, 90), (140, 45), (170, 45), (170, 105)) +
                 polygon((30, 25), (170, 25), (170, 45), (136, 45), (136, 70), (64, 70), (64, 45), (30, 45),
                         fill="#b9d4f2") + measure(59, 60, 65, 60, RED),
    "interference": box(30, 35, 80, 65) + box(90, 50, 80, 40, "#b9d4f2") + box(90, 50, 20, 40, RED),
}

FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120" width="200" height="120">
<defs><marker id="a" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto">
<path d="M3,0 V6" stroke="#1f6fd1"/></marker></defs>
<rect width="200" height="120" fill="white"/>
{body}
</svg>
"""


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, body in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(FRAME.format(body=body))


if __name__ == "__main__":
    main()
