"""Finding a product and opening it; settings that hold everywhere."""

import unittest

from case import SOURCES, GuiCase, fitwright


class Library(GuiCase):
    def open_library(self, **how):
        app = self.start(**how)
        app.wait(lambda s: s["screen"] == "library" and not s["library_busy"], "the products")
        return app

    def test_search_narrows_the_cards(self):
        app = self.open_library()
        shipped = [folder.name for folder in (SOURCES / "templates/products").iterdir()]
        self.assertEqual(set(app.names("card ")), {f"card {name}" for name in shipped})
        app.type_into("Search", "knob", end=None)
        app.until(lambda: app.names("card ") == ["card knob"], "the knob's card alone")
        app.type_into("Search", "zebra", end=None)
        app.until(lambda: not app.names("card "), "no card")

    def test_a_card_opens_its_product(self):
        app = self.open_library()
        app.reveal("card organiser")
        app.click("card organiser")
        app.wait(lambda s: s["screen"] == "workbench" and s["template"] == "organiser", "the organiser")
        app.wait_model()
        self.assertEqual(app.text_of("Size"), "240 × 200 × 50 mm")  # its defaults
        self.assertFalse(app.state()["dirty"])

    def test_a_product_by_keyboard(self):
        app = self.open_library()
        cards = app.names("card ")
        app.click("Search")
        for key in ("Tab", "Right", "Left", "Right", "Return"):
            app.key(key)
        app.wait(lambda s: s["screen"] == "workbench", "the second card to open")
        app.wait_model()
        self.assertEqual("card " + app.state()["template"], cards[1])

    def test_enter_opens_the_only_product_found(self):
        app = self.open_library()
        app.type_into("Search", "o", end="Return")
        app.settle()
        self.assertEqual(app.state()["screen"], "library")  # several
        app.type_into("Search", "knob", end="Return")
        app.wait(lambda s: s["screen"] == "workbench" and s["template"] == "knob", "the knob")

    def test_own_templates_get_cards(self):
        own = self.folder / "home" / "spacer"
        self.assertEqual(fitwright("new", own).returncode, 0)
        app = self.open_library()
        app.click("Add templates")
        app.type_into("Folder", str(own))
        app.click("File chosen")
        app.reveal("card spacer")
        app.click("card spacer")
        app.wait_model()
        self.assertEqual(app.state()["template"], "spacer")

    def test_a_broken_template_has_a_card_that_says_so(self):
        own = self.folder / "home" / "broken"
        own.mkdir(parents=True)
        (own / "template.lua").write_text("return {\n")
        app = self.open_library(settings={"folders": [str(own)]})
        broken = [w for w in app.seen()["widgets"] if w["name"].startswith("card ") and w["value"] == "broken"]
        self.assertEqual(len(broken), 1)
        app.reveal(broken[0]["name"])
        app.click(broken[0]["name"])
        app.settle()
        self.assertEqual(app.state()["screen"], "library")

    def test_dark_theme_is_kept(self):
        app = self.open_library()
        light = app.screenshot().getpixel((5, 5))
        app.click("Light or dark")
        app.wait(lambda s: s["theme"] == "dark", "the dark theme")
        app.settle()
        dark = app.screenshot().getpixel((5, 5))
        self.assertGreater(sum(light), 3 * 200)
        self.assertLess(sum(dark), 3 * 80)
        app = self.open_library()
        self.assertEqual(app.state()["theme"], "dark")

    def test_larger_text(self):
        app = self.open_library()
        app.key("ctrl+comma")
        before = app.find("Close settings")["rect"]
        app.click("Size of text")
        app.click("125 %")
        app.until(lambda: app.text_of("Size of text") == "125 %", "larger text")
        app.settle()
        after = app.find("Close settings")["rect"]
        self.assertGreater(after[3] - after[1], 1.15 * (before[3] - before[1]))  # 125 %

    def test_settings_dialog(self):
        app = self.open_library()
        app.key("ctrl+comma")
        app.click("Dark")
        app.wait(lambda s: s["theme"] == "dark", "the dark theme")
        app.click("Lengths in inches")
        app.key("Escape")
        app.until(lambda: not app.shown("Close settings"), "the dialog to close")
        app.type_into("Search", "knob", end=None)
        app.click("card knob")
        app.wait_model()
        self.assertEqual(app.text_of("entry diameter"), "1.575 in")  # 40 mm / 25.4


if __name__ == "__main__":
    unittest.main()
