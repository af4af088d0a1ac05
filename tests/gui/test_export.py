"""Writing files by the dialog; other programs judge them."""

import re
import subprocess
import unittest

from case import GuiCase, fitwright


class Export(GuiCase):
    def choose(self, what):
        """The dialog's size, and with it the place of everything, is only known once the files are."""
        self.app.find("Export size")
        self.app.click(what)
        self.app.settle()
        self.app.find("Export size")

    def open_dialog(self, what):
        self.app.key("ctrl+e")
        self.choose(what)

    def write(self, name):
        self.app.type_into("Export name", name, end="Tab")
        self.app.click("Write files")

    def test_stl(self):
        app = self.start("knob")
        app.type_into("entry diameter", "50")
        app.wait_model()
        self.open_dialog("3D printing: STL")
        self.write("big knob")
        app.until(lambda: app.text_of("Written"), "the file")
        file = self.home / "big knob.stl"
        self.assertEqual(app.text_of("Written"), str(file))
        report = subprocess.run(["admesh", str(file)], capture_output=True, text=True).stdout
        extent = [re.search(rf"Min {axis} *= *([-.\d]+), Max {axis} *= *([-.\d]+)", report).groups() for axis in "XYZ"]
        width, depth, height = (float(high) - float(low) for low, high in extent)
        self.assertAlmostEqual(width, 50, delta=1)  # the grooves take some of it
        self.assertAlmostEqual(depth, 50, delta=1)
        self.assertAlmostEqual(height, 18, delta=1e-4)
        self.assertRegex(report, r"Total disconnected facets *: *0 ")
        app.click("Close export")
        app.until(lambda: not app.shown("Close export"), "the dialog to close")

    def test_overwriting_is_asked(self):
        app = self.start("knob")
        taken = self.home / "taken.stl"
        taken.write_text("somebody's work")
        self.open_dialog("3D printing: STL")
        self.write("taken")
        app.settle()
        self.assertEqual(taken.read_text(), "somebody's work")
        self.assertFalse(app.shown("Written"))
        app.click("Write files")  # Replace
        app.until(lambda: app.text_of("Written"), "the file")
        self.assertEqual(fitwright("check", taken).returncode, 0)

    def test_it_offers_what_the_design_is_for(self):
        app = self.start("bookshelf")
        app.key("ctrl+e")
        app.until(lambda: app.text_of("Cut list: HTML") == "on", "what the saw is worked by")
        self.choose("3D printing: STL")
        app.key("Escape")
        app.until(lambda: not app.shown("Write files"), "the dialog to close")
        app.key("ctrl+e")
        app.until(lambda: app.text_of("3D printing: STL") == "on", "what was chosen in this design")
        app.key("Escape")
        app.click("Library")
        app.type_into("Search", "knob", end=None)
        app.click("card knob")
        app.wait(lambda s: s["template"] == "knob", "the knob")
        app.wait_model()
        app.key("ctrl+e")
        app.until(lambda: app.text_of("3D printing: 3MF") == "on", "3MF for a printed part")

    def test_escape_shuts_a_list_and_leaves_the_box(self):
        app = self.start("finger_box")
        app.key("ctrl+e")
        app.click("Inside corners")
        app.find("dogbone")
        app.key("Escape")
        app.until(lambda: not app.shown("dogbone"), "the list to close")
        app.settle()
        self.assertTrue(app.shown("Write files"))
        app.key("Escape")
        app.until(lambda: not app.shown("Write files"), "the box to close")

    def test_one_part(self):
        app = self.start("enclosure")
        self.open_dialog("3D printing: STL")
        self.assertFalse(app.shown("Which part"))
        self.choose("One part")
        self.assertTrue(app.text_of("Which part"))
        self.write("box")
        app.until(lambda: app.text_of("Written"), "the file")
        self.assertEqual(len(list(self.home.glob("box*.stl"))), 1)

    def test_a_file_for_each_part(self):
        app = self.start("enclosure")
        self.open_dialog("CNC or a CAD program: STEP")
        self.choose("A file for each part")
        self.write("box")
        app.until(lambda: app.text_of("Written"), "the files")
        written = sorted(self.home.glob("box*.step"))
        self.assertEqual(len(written), 2)  # body and lid
        for file in written:
            self.assertTrue(file.read_text().startswith("ISO-10303-21;"))

    def test_nothing_moves_while_the_files_are_worked_out(self):
        app = self.start("enclosure")
        app.key("ctrl+e")
        places = set()

        def ready():
            seen = app.seen()
            for widget in seen["widgets"]:
                if widget["name"] in ("Export name", "Write files", "Cancel export"):
                    places.add((widget["name"], *map(round, widget["rect"])))
            return any(widget["name"] == "Export size" for widget in seen["widgets"])

        app.until(lambda: app.shown("Export progress"), "the files being worked out")
        app.settle(0)
        places.clear()
        app.until(ready, "the files")
        app.settle()
        ready()
        self.assertEqual(len(places), 3, places)
        top = app.widgets("3D printing: STL")[0]["rect"][1]
        self.choose("A file for each part")
        self.assertEqual(app.widgets("3D printing: STL")[0]["rect"][1], top)

    def test_a_folder_that_is_not_there(self):
        app = self.start("knob")
        self.open_dialog("3D printing: STL")
        app.type_into("Export folder", "/proc/nowhere", end="Tab")
        app.settle()
        if not app.shown("export error"):
            app.click("Write files")
            app.settle()
        self.assertFalse(app.shown("Written"))
        app.key("Escape")
        app.until(lambda: not app.shown("Write files"), "the dialog to close")
        self.assertEqual(app.state()["screen"], "workbench")


if __name__ == "__main__":
    unittest.main()
