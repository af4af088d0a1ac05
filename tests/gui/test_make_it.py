"""From the design to the package: the estimate below the values, and the page that leads to whoever makes it."""

import hashlib
import json
import unittest
import zipfile

from case import GuiCase, fitwright


class MakeIt(GuiCase):
    def open_page(self):
        self.app.click("Make it")
        self.app.until(lambda: self.app.widgets("way 0"), "ways to make it")
        self.wait_done()

    def wait_done(self):
        self.app.until(lambda: not self.app.shown("Make it progress") and self.app.widgets("way 0"), "all ways looked at")

    def ways(self):
        """Place, process, material, price and answer of each row."""
        return [self.app.text_of(name).split(" | ") for name in self.app.names("way ")]

    def choose(self, place, process):
        for i, way in enumerate(self.ways()):
            if way[0] == place and way[1] == process:
                self.app.reveal(f"way {i}")
                self.app.click(f"way {i}", across=0.1)
                self.app.settle()
                self.wait_done()
                return way
        raise AssertionError(f"no way by {place}, {process}: {self.ways()}")

    def test_the_estimate_follows_the_values(self):
        app = self.start("enclosure")
        before = app.until(lambda: app.text_of("Estimate"), "an estimate")
        self.assertRegex(before, r"^about [\d.]+( to [\d.]+)? EUR$")
        figures = app.text_of("Estimate figures")
        self.assertRegex(figures, r"^about .*(h|min) of machine time, [\d.]+ k?g")
        app.type_into("entry wall", "4")
        app.wait_model()
        after = app.until(lambda: app.text_of("Estimate figures"), "an estimate of the new values")
        self.assertNotEqual(after, figures)
        app.key("ctrl+z")
        app.wait_model()
        app.until(lambda: app.text_of("Estimate figures") == figures, "the estimate as it was")

    def test_it_says_how_it_was_reckoned(self):
        app = self.start("enclosure")
        self.assertFalse(app.shown("reckoned 0"))
        app.click("How is this reckoned?")
        app.until(lambda: app.shown("reckoned 0"), "the first line of the reckoning")
        sources = [app.text_of(name) for name in app.names("reckoned ")]
        self.assertTrue(all(sources), sources)
        self.assertIn("unsourced", sources)  # an hour of the printer is practice

    def test_a_package_for_the_printer_at_home(self):
        app = self.start("enclosure")
        self.open_page()
        quoted = json.loads(fitwright("quote", "enclosure", "--json").stdout)["estimates"]
        shown = {(way[1], way[2]) for way in self.ways()}
        self.assertLessEqual({(one["process"], one["material"]) for one in quoted}, shown)
        self.choose("Home printer, filament", "fdm")
        app.until(lambda: app.shown("sheet 0"), "a picture of the bed")
        app.find("Package ready")
        app.type_into("Package name", "box", end="Tab")
        app.click("Write package")
        app.until(lambda: app.text_of("Package written"), "the package")
        file = self.home / "box.zip"
        self.assertEqual(app.text_of("Package written"), str(file))
        with zipfile.ZipFile(file) as package:
            self.assertIsNone(package.testzip())
            sums = dict(reversed(line.split("  ")) for line in package.read("SHA256SUMS").decode().splitlines())
            names = set(package.namelist()) - {"SHA256SUMS"}
            self.assertEqual(set(sums), names)
            for name in names:
                self.assertEqual(hashlib.sha256(package.read(name)).hexdigest(), sums[name], name)
            self.assertIn("design.fitwright", names)
        app.find("Open package folder")

    def test_it_asks_before_it_replaces(self):
        app = self.start("enclosure")
        taken = self.home / "mine.zip"
        taken.write_text("somebody's work")
        self.open_page()
        app.find("Package ready")
        app.type_into("Package name", "mine", end="Tab")
        app.click("Write package")
        app.until(lambda: app.shown("Replace package?"), "the question")
        self.assertEqual(taken.read_text(), "somebody's work")
        app.click("Write package")
        app.until(lambda: app.text_of("Package written"), "the package")
        self.assertTrue(zipfile.is_zipfile(taken))

    def test_what_is_too_large_is_refused_with_its_reason(self):
        app = self.start("bookshelf")
        self.open_page()
        refused = [way for way in self.ways() if way[4] == "No"]
        self.assertTrue(refused, self.ways())
        self.choose(refused[0][0], refused[0][1])
        app.until(lambda: app.shown("refusal 0"), "the reason")
        self.assertFalse(app.shown("Package ready"))
        self.choose("Table saw", "panel_saw")
        app.until(lambda: app.shown("sheet 0"), "a picture of the first board")
        self.assertTrue(app.text_of("buy 0"))
        app.find("Package ready")

    def test_own_prices_count_at_once_and_stay(self):
        app = self.start("enclosure")
        before = app.until(lambda: app.text_of("Estimate"), "an estimate")
        self.open_page()
        self.choose("Home printer, filament", "fdm")
        app.reveal("Own prices here")
        app.click("Own prices here")
        material = next(name for name in app.until(lambda: app.names("price "), "prices to enter"))
        app.type_into(material, "900", end="Tab")
        app.click("Save prices")
        app.until(lambda: not app.shown("Save prices"), "the box to close")
        self.wait_done()
        app.key("Escape")
        app.until(lambda: not app.shown("Close make it"), "the page to close")
        app.wait_model()
        after = app.until(lambda: app.text_of("Estimate") not in ("", before) and app.text_of("Estimate"), "a new price")
        self.assertIn("= 900", (self.folder / "config/fitwright/workshop.toml").read_text())
        app = self.start("enclosure")
        app.until(lambda: app.text_of("Estimate") == after, "the same price after a new start")

    def test_it_closes_and_opens_again(self):
        app = self.start("enclosure")
        app.key("ctrl+m")
        app.find("Close make it")
        app.key("Escape")
        app.until(lambda: not app.shown("Close make it"), "the page to close")
        app.key("ctrl+m")
        app.until(lambda: app.widgets("way 0"), "ways to make it")
        app.click("Close make it")
        app.until(lambda: not app.shown("Close make it"), "the page to close")


if __name__ == "__main__":
    unittest.main()
