"""Flat parts: their outlines beside the model, the cut list, and drawings written by the dialog, which ezdxf reads."""

import csv
import io
import re
import unittest

import ezdxf

from case import GuiCase, fitwright

OPEN = "Flat parts and cut list"
ASIDE = 2 * (18 - 6)  # mm by which a bookshelf's back is narrower than it: it stands in grooves 6 deep of boards of 18


class Flat(GuiCase):
    def open_flat(self, subject="bookshelf", **how):
        app = self.start(subject, **how)
        app.click(OPEN)
        app.until(lambda: app.names("flat part "), "the outlines")
        app.settle()
        return app

    def size(self, part):
        """Width and height of a part, as the drawing says."""
        text = self.app.text_of(f"flat part {part}") or ""
        found = re.search(r"([\d.]+) × ([\d.]+) × ([\d.]+) mm", text)
        return tuple(map(float, found.groups())) if found else None

    def choose(self, label):
        self.app.click("Flat part")
        self.app.click(label)
        self.app.settle()

    def test_a_button_opens_it_and_sizes_follow_the_values(self):
        app = self.open_flat()
        self.assertEqual(self.size("back")[0], app.value("width") - ASIDE)
        self.assertTrue(app.shown("Viewport"))  # beside the picture
        self.choose("Back")
        self.assertEqual(app.names("flat part "), ["flat part back"])
        self.assertEqual(app.state()["flat"]["part"], "back")
        shown = [widget["value"] for widget in app.widgets("flat dimension")]
        self.assertIn("776 mm", shown)
        app.type_into("entry width", "900")
        app.until(lambda: (self.size("back") or (0,))[0] == 900 - ASIDE, "the drawing of the new width")
        app.until(lambda: "876 mm" in [w["value"] for w in app.widgets("flat dimension")], "the new dimension")
        app.key("l")
        app.until(lambda: not app.shown("Flat view"), "the picture alone")

    def test_it_follows_a_drag(self):
        app = self.open_flat()
        x0, _, x1, _ = app.find("slider width")["rect"]
        x, y = app.press("slider width", across=0.3)
        widths = {self.size("back")[0]}
        for share in (0.4, 0.5, 0.6):
            app.move_to(x0 + (x1 - x0) * share, y)
            app.until(lambda: (self.size("back") or (0,))[0] not in widths | {0}, "another width while it is dragged")
            widths.add(self.size("back")[0])
        app.release()
        app.wait_model()
        self.assertEqual(self.size("back")[0], app.value("width") - ASIDE)

    def test_zooming_and_the_whole_drawing(self):
        app = self.open_flat()
        before = app.state()["flat"]["scale"]
        app.scroll("Flat view", -4)
        app.wait(lambda s: s["flat"]["scale"] > before * 1.4, "a nearer look")
        app.click("Show the whole drawing")
        app.wait(lambda s: abs(s["flat"]["scale"] - before) < before * 0.01, "all of it")

    def test_a_click_on_a_part_shows_it_alone(self):
        app = self.open_flat()
        x0, y0, x1, y1 = app.widgets("flat part side_left")[0]["rect"]
        app.move_to((x0 + x1) / 2, (y0 + y1) / 2)
        app.hold()
        app.release()
        app.wait(lambda s: s["flat"]["part"] == "side_left", "the side alone")
        self.choose("All parts")
        self.assertGreater(len(app.names("flat part ")), 3)

    def test_drawings_stay_within_the_picture_and_apart(self):
        for subject, how in (("bookshelf", {}), ("desk", {"size": (1024, 700)}),
                             ("desk", {"size": (1024, 700), "settings": {"font_scale": 1.5}})):
            with self.subTest(subject=subject, **how):
                app = self.start(subject, **how)
                app.key("l")
                app.until(lambda: app.names("flat part "), "the outlines")
                app.settle()
                x0, y0, x1, y1 = app.find("Flat view")["rect"]
                rects = [widget["rect"] for name in app.names("flat part ") for widget in app.widgets(name)]
                for i, (left, top, right, bottom) in enumerate(rects):
                    self.assertTrue(x0 <= left < right <= x1 and y0 <= top < bottom <= y1, rects[i])
                    for other in rects[:i]:
                        apart = right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
                        self.assertTrue(apart, (rects[i], other))

    def test_what_is_no_sheet_says_so(self):
        app = self.start("knob")
        app.click(OPEN)
        app.until(lambda: "not drawn" in (app.text_of("flat words") or ""), "the reason")
        self.assertIn("does not say that it is cut from sheet", app.text_of("flat words"))

    def test_the_cut_list_is_that_of_the_command_line(self):
        app = self.open_flat()
        file = self.folder / "cut.csv"
        fitwright("make", "bookshelf", "-o", file, "--force")
        rows = list(csv.DictReader(io.StringIO(file.read_text())))
        self.assertGreater(len(rows), 4)
        for row in rows:
            name = row["label"]
            shown = (app.text_of(f"cut row {name}") or "").split(" | ")
            self.assertEqual(shown[0], row["quantity"], name)
            if row["length_mm"]:
                sizes = " × ".join(f"{float(row[key]):g}" for key in ("length_mm", "width_mm", "thickness_mm"))
                self.assertEqual(shown[2], sizes + " mm")
        app.click("Copy as CSV")
        app.key("ctrl+e")
        app.click("Export name")
        app.key("ctrl+a", "ctrl+v")  # an entry takes it as one line
        app.until(lambda: app.text_of("Export name") == file.read_text().replace("\n", ""), "the list in the clipboard")


class FlatExport(GuiCase):
    def choose(self, form, part=""):
        """Opens the box, and asks for all parts or one."""
        app = self.app
        app.key("ctrl+e")
        app.click(f"Laser, router or saw: {form}")
        if part:
            app.click("One part")
            app.click("Which part")
            app.click(part)
        app.settle()

    def finish(self, name):
        app = self.app
        app.find("Export size")
        app.type_into("Export name", name, end="Tab")
        app.click("Write files")
        app.until(lambda: app.text_of("Written"), "the file")

    def outline(self, file, layer="CUT_OUTSIDE"):
        """Width and height of what a layer of a drawing holds."""
        from ezdxf import bbox
        drawing = ezdxf.readfile(file)
        self.assertEqual(drawing.header["$INSUNITS"], 4)
        box = bbox.extents(e for e in drawing.modelspace() if e.dxf.layer.startswith(layer))
        return box.size.x, box.size.y

    def test_a_drawing_of_one_part_with_and_without_kerf(self):
        app = self.start("bookshelf")
        app.type_into("entry width", "900")
        app.wait_model()
        self.choose("DXF", "Back")
        self.finish("plain")
        width, height = self.outline(self.home / "plain-back.dxf")
        self.assertAlmostEqual(width, 900 - ASIDE, delta=1e-6)
        app.click("Close export")
        self.choose("DXF", "Back")
        app.type_into("Kerf", "3 mm", end="Tab")
        app.settle()
        self.finish("kerf")
        wider, higher = self.outline(self.home / "kerf-back.dxf")
        self.assertAlmostEqual(wider, width + 3, delta=1e-6)
        self.assertAlmostEqual(higher, height + 3, delta=1e-6)

    def test_colours_of_a_profile(self):
        app = self.start("finger_box")
        self.choose("SVG")
        app.click("Colour profile")
        app.click("Red cut blue score")
        app.settle()
        app.click("A file for each part")
        app.settle()
        self.finish("box")
        files = sorted(self.home.glob("box-*.svg"))
        self.assertGreater(len(files), 3)
        for file in files:
            self.assertIn('#FF0000', file.read_text().upper())

    def test_a_printed_part_is_offered_no_drawing(self):
        app = self.start("knob")
        app.key("ctrl+e")
        app.find("Export size")
        self.assertFalse(app.names("Laser, router or saw"))


if __name__ == "__main__":
    unittest.main()
