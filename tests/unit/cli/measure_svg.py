#!/usr/bin/env python3
"""Measures an SVG as a browser draws it.

usage: measure_svg.py BROWSER FILE.svg

BROWSER is a headless Chromium. Prints JSON: {size_mm: [w, h], shapes: [{class, stroke, fill, stroke_mm, length,
box_mm: [x, y, w, h]}]}; the browser's own layout, painting and path code gives the numbers.
"""

import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SCRIPT = """
const svg = document.querySelector('svg');
const mm = 25.4 / 96;
const size = svg.getBoundingClientRect();
const shapes = [...svg.querySelectorAll('path')].map(path => {
  const style = getComputedStyle(path), box = path.getBBox();
  return {class: path.getAttribute('class'), stroke: style.stroke, fill: style.fill,
          stroke_mm: parseFloat(style.strokeWidth) * svg.getScreenCTM().a * mm, length: path.getTotalLength(),
          box_mm: [box.x, box.y, box.width, box.height]};
});
document.getElementById('out').textContent =
    JSON.stringify({size_mm: [size.width * mm, size.height * mm], shapes});
"""


def main(browser, path):
    drawing = re.sub(r"<\?xml[^>]*\?>", "", pathlib.Path(path).read_text())
    page = (f"<!doctype html><meta charset='utf-8'><body style='margin:0'>{drawing}<pre id='out'></pre>"
            f"<script>{SCRIPT}</script>")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "page.html")
        file.write_text(page)
        done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/user",
                               "--dump-dom", file.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", done.stdout, re.S)
    print(json.dumps(json.loads(html.unescape(found.group(1)))))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
