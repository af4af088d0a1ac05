"""Variants, saving, opening again, and what is asked before work could be lost."""

import json
import unittest
from pathlib import Path

from PIL import ImageChops

from case import GuiCase
from subjects import breakable


class Document(GuiCase):
    def save_as(self, name):
        self.app.key("ctrl+s")
        self.app.type_into("File name", name, end="Tab")
        self.app.click("File chosen")

    def set_width(self, mm):
        self.app.type_into("entry width", str(mm))
        self.app.wait_value("width", mm)

    def test_variants(self):
        app = self.start("bookshelf")
        app.click("New variant")
        app.wait(lambda s: s["variants"] == ["Variant 2"] and s["variant"] == 0, "a variant")
        self.set_width(600)
        app.click("variant Design")
        app.wait_value("width", 800)
        app.click("variant Variant 2", button=3)
        app.type_into("Variant name", "Narrow")
        app.wait(lambda s: s["variants"] == ["Narrow"], "the new name")
        app.click("variant Narrow")
        app.wait_value("width", 600)
        app.wait_model()
        self.assertEqual(app.text_of("Size"), "600 × 300 × 1800 mm")

    def test_comparison(self):
        app = self.start("bookshelf")
        app.click("New variant")
        app.wait(lambda s: s["variant"] == 0, "a variant")
        self.set_width(600)
        app.wait_model()
        app.click("Compare two variants")
        app.until(lambda: app.shown("Second viewport"), "two pictures")
        app.until(lambda: app.names("difference "), "the table of differences")
        # In the order of the tabs, whichever is worked on.
        for tab in ("variant Variant 2", "variant Design"):
            app.click(tab)
            app.wait_model()
            app.until(lambda: app.text_of("difference Width") == "800 mm | 600 mm", "the design before its variant")
            self.assertEqual(app.text_of("difference Size"), "800 × 300 × 1800 mm | 600 × 300 × 1800 mm")
            first, second = (app.find(name)["rect"][0] for name in ("Viewport", "Second viewport"))
            self.assertEqual(first < second, tab == "variant Design")
        self.assertFalse(app.widgets("difference Depth"))  # it is the same in both
        app.click("Compare two variants")
        app.until(lambda: not app.widgets("Second viewport"), "one picture")

    def test_deleting_a_variant_can_be_undone(self):
        app = self.start("bookshelf")
        app.click("New variant")
        app.wait(lambda s: s["variant"] == 0, "a variant")
        app.click("variant Variant 2", button=3)
        app.click(next(name for name in app.until(lambda: app.names("\uf1f8"), "the menu") if "Delete" in name))
        app.wait(lambda s: s["variants"] == [] and s["variant"] is None, "the variant to go")
        app.key("ctrl+z")
        app.wait(lambda s: s["variants"] == ["Variant 2"], "the variant to come back")

    def test_save_and_open_again_from_recent(self):
        app = self.start("bookshelf")
        self.set_width(640)
        self.assertTrue(app.state()["dirty"])
        self.save_as("my shelf")
        app.wait(lambda s: s["path"].endswith("/my shelf.fitwright") and not s["dirty"], "the design to be saved")
        saved = json.loads((self.home / "my shelf.fitwright").read_text())
        self.assertEqual(saved["values"], {"width": 640})
        self.set_width(650)
        app.key("ctrl+s")  # now it has a file
        app.wait(lambda s: not s["dirty"], "the design to be saved again")
        self.assertEqual(app.quit(), 0)
        self.assertEqual(list((self.folder / "state/fitwright/recovery").glob("*.fitwright")), [])
        app = self.start()
        app.click("recent my shelf")
        app.wait_value("width", 650)
        app.wait_model()
        self.assertEqual(app.text_of("Size"), "650 × 300 × 1800 mm")

    def test_a_design_opens_on_the_variant_it_was_saved_on(self):
        app = self.start("bookshelf")
        app.click("New variant")
        app.wait(lambda s: s["variant"] == 0, "a variant")
        self.set_width(600)
        self.save_as("two")
        app.wait(lambda s: s["path"].endswith("/two.fitwright"), "the design to be saved")
        app = self.start(self.home / "two.fitwright")
        self.assertEqual((app.state()["variant"], app.value("width")), (0, 600))
        self.assertFalse(app.state()["dirty"])

    def test_boxes_by_keyboard(self):
        app = self.start("bookshelf")
        (self.home / "taken.fitwright").write_text("somebody's work")
        self.set_width(640)
        app.key("ctrl+q")
        app.wait(lambda s: s["question"] == "Save your changes?", "the question")
        app.key("ctrl+q")  # no answer is no
        app.wait(lambda s: s["question"] == "", "the question to go")
        app.key("ctrl+comma")
        app.find("Close settings")
        app.key("Return")
        app.until(lambda: not app.shown("Close settings"), "the settings to close")
        app.key("ctrl+comma")
        app.find("Close settings")
        app.key("ctrl+q")  # done with the settings, and with it all
        app.wait(lambda s: s["question"] == "Save your changes?", "the question")
        self.assertFalse(app.shown("Close settings"))
        app.key("Return")  # Save
        app.find("File name")
        app.settle()
        app.key("ctrl+a")
        app.type("taken")
        app.until(lambda: app.text_of("File name") == "taken", "the name")
        app.key("Return")
        app.settle()
        self.assertEqual((self.home / "taken.fitwright").read_text(), "somebody's work")
        app.key("Return")  # Replace
        self.assertEqual(app.process.wait(timeout=20), 0)
        self.assertEqual(json.loads((self.home / "taken.fitwright").read_text())["values"], {"width": 640})

    def test_overwriting_is_asked(self):
        other = self.home / "taken.fitwright"
        app = self.start("bookshelf")
        other.write_text("somebody's work")
        self.set_width(640)
        self.save_as("taken.fitwright")
        app.settle()
        self.assertEqual(other.read_text(), "somebody's work")
        app.click("Cancel")
        app.until(lambda: not app.shown("File name"), "the dialog to close")
        self.assertEqual(app.state()["path"], "")
        self.save_as("taken.fitwright")
        app.settle()
        app.click("File chosen")  # Replace
        app.wait(lambda s: not s["dirty"], "the design to be saved")
        self.assertEqual(json.loads(other.read_text())["values"], {"width": 640})

    def test_unsaved_work_is_asked_about(self):
        app = self.start("bookshelf")
        self.set_width(640)
        app.key("ctrl+Home")
        app.wait(lambda s: s["question"] == "Save your changes?", "the question")
        app.click("Cancel")
        app.wait(lambda s: s["question"] == "" and s["screen"] == "workbench", "to go on")
        app.key("ctrl+Home")
        app.wait(lambda s: s["question"], "the question again")
        app.key("Escape")
        app.wait(lambda s: s["question"] == "" and s["screen"] == "workbench", "Escape to mean no")
        self.assertEqual(app.value("width"), 640)
        app.key("ctrl+Home")
        app.click("Don't save")
        app.wait(lambda s: s["screen"] == "library", "the library")

    def test_saving_when_asked(self):
        app = self.start("bookshelf")
        self.set_width(640)
        app.click("Library")
        app.wait(lambda s: s["question"], "the question")
        app.click("Save")
        app.type_into("File name", "kept", end="Tab")
        app.click("File chosen")
        app.wait(lambda s: s["screen"] == "library", "the library")
        self.assertEqual(json.loads((self.home / "kept.fitwright").read_text())["values"], {"width": 640})

    def test_a_name_of_its_own(self):
        app = self.start("bookshelf")
        app.type_into("Design name", "Anna's shelf")
        app.wait(lambda s: s["name"] == "Anna's shelf" and s["dirty"], "the name")


class Letters(GuiCase):
    def picture_of(self, name):
        app = self.start(breakable(self.folder, name))
        self.assertEqual(app.text_of("Design name"), name)
        app.settle()
        x0, y0, x1, y1 = map(round, app.find("Design name")["rect"])
        return app.screenshot().crop((x0, y0, x0 + 40, y1))

    def test_names_of_large_scripts(self):
        """Shown with or without a font for them; told apart with one."""
        chair, wood = self.picture_of("\u6905"), self.picture_of("\u6728")
        if Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf").exists():
            self.assertIsNotNone(ImageChops.difference(chair, wood).getbbox())


if __name__ == "__main__":
    unittest.main()
