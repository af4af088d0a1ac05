"""The window as a whole against pictures of how it should look (golden/*.png), with some tolerance.

They were taken on the release of Debian that golden/release names, and are compared there only: other releases have
other versions of the fonts and of the software that draws. FITWRIGHT_GUI_GOLDEN=0 leaves the comparison out;
FITWRIGHT_GUI_GOLDEN=write takes the pictures anew.
"""

import os
import unittest
from pathlib import Path

from PIL import Image, ImageChops

from case import FAILURES, GuiCase
from subjects import break_it, breakable

GOLDEN = Path(__file__).resolve().parent / "golden"
MODE = os.environ.get("FITWRIGHT_GUI_GOLDEN", "1")
PIXEL = 24  # levels of 255 by which a channel may differ: smoothing of edges and letters
SHARE = 0.005  # of the pixels that may differ by more


def release():
    lines = Path("/etc/os-release").read_text().splitlines()
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    return " ".join(known.get(name, "").strip('"') for name in ("ID", "VERSION_ID"))


def far_pixels(image, golden):
    """White where a channel differs by more than the tolerance."""
    channels = ImageChops.difference(image, golden).split()
    far = [channel.point(lambda level: 255 if level > PIXEL else 0) for channel in channels]
    return ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2])


class Pictures(GuiCase):
    def setUp(self):
        super().setUp()
        if MODE == "0":
            self.skipTest("FITWRIGHT_GUI_GOLDEN=0")
        of = GOLDEN / "release"
        if MODE != "write" and not of.exists():
            self.skipTest("no pictures yet: FITWRIGHT_GUI_GOLDEN=write takes them")
        if MODE != "write" and of.read_text().strip() != release():
            self.skipTest(f"the pictures are of {of.read_text().strip()}, and this is {release()}")

    def compare(self, name):
        self.app.move_to(self.app.width - 2, self.app.height - 2)  # nothing is pointed at
        self.app.settle(1)
        image = self.app.screenshot()
        file = GOLDEN / f"{name}.png"
        if MODE == "write":
            GOLDEN.mkdir(exist_ok=True)
            image.save(file, optimize=True)
            (GOLDEN / "release").write_text(release() + "\n")
            return
        golden = Image.open(file).convert("RGB")
        self.assertEqual(image.size, golden.size)
        far = far_pixels(image, golden)
        share = far.histogram()[255] / (image.width * image.height)
        if share > SHARE:
            place = FAILURES / self.id()
            place.mkdir(parents=True, exist_ok=True)
            far.save(place / "differs.png")
            self.fail(f"{100 * share:.2f} % of the pixels differ, {100 * SHARE} % are allowed: {place}/differs.png")

    def test_library(self):
        self.start().wait(lambda s: not s["library_busy"], "all products")
        self.compare("library")

    def test_customise(self):
        app = self.start("bookshelf")
        app.type_into("entry width", "912")
        app.wait_model()
        self.compare("customise")

    def test_error(self):
        template = breakable(self.folder)
        app = self.start(template)
        break_it(app)
        app.find("Size")  # in its place at the bottom
        self.compare("error")

    def test_dark(self):
        self.start("organiser", settings={"theme": "dark"})
        self.compare("dark")


if __name__ == "__main__":
    unittest.main()
