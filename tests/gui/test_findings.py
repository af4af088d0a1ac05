"""What stands in the way: the list of findings, where they lead, and what clears them."""

import unittest

from case import GuiCase
from subjects import TRAY


class Findings(GuiCase):
    def tray(self, **how):
        folder = self.folder / "tray"
        folder.mkdir(exist_ok=True)
        (folder / "template.lua").write_text(TRAY)
        return self.start(folder, **how)

    def checked(self, app):
        app.wait(lambda s: s["checked"] and not s["busy"] and not s["suggesting"], "the findings")
        app.settle()

    def open_list(self, app):
        self.checked(app)
        app.click("Verdict")
        app.find("finding 0")

    def number(self, app, title):
        for i in range(9):
            if app.shown(f"finding {i}") and app.text_of(f"finding {i}").startswith(title):
                return i
        self.fail(f"no finding {title}")

    def test_a_finding_leads_to_its_place_and_its_parameter(self):
        app = self.tray()
        self.checked(app)
        self.assertEqual(app.text_of("Verdict"), "Cannot be made like this")
        self.open_list(app)
        before = app.state()["camera"]
        app.click(f"finding {self.number(app, 'Wall thickness')}")
        app.wait(lambda s: s["marked"] and not s["moving"] and s["camera"] != before, "the faces from near")
        self.assertEqual(app.state()["revealed"][0], "wall")
        self.assertTrue(app.shown("finding place"))
        self.assertTrue(app.shown("entry wall"))

    def test_a_suggestion_is_applied_by_one_click_and_undone(self):
        app = self.tray()
        self.open_list(app)
        app.click(f"apply {self.number(app, 'Wall thickness')}")
        app.wait_value("wall", 0.8)
        self.checked(app)
        self.assertEqual(app.text_of("Verdict"), "May fail")  # the hole is still there
        app.click(f"apply {self.number(app, 'Hole')}")
        app.wait_value("hole", 2)
        self.checked(app)
        self.assertEqual(app.text_of("Verdict"), "Can be made")
        app.key("ctrl+z")
        app.wait_value("hole", 1)
        app.key("ctrl+z")
        app.wait_value("wall", 0.5)

    def test_sources_are_folded_away(self):
        app = self.tray()
        self.open_list(app)
        self.assertFalse(app.shown("source 0"))
        app.click("details 0")
        app.find("source 0")
        self.assertIn("Protolabs", app.text_of("source 0"))

    def test_the_export_box_says_what_stands_in_the_way(self):
        app = self.tray()
        self.checked(app)
        app.key("ctrl+e")
        app.click("3D printing: STL")
        app.find("Write it all the same")
        # A file for the mill is not held back by what the printer cannot do.
        app.click("CNC or a CAD program: STEP")
        app.find("Export size")
        self.assertFalse(app.shown("Write it all the same"))

    def test_colours_with_a_legend(self):
        app = self.tray()
        self.checked(app)
        app.key("c")
        app.wait(lambda s: s["coloured"], "the colours")
        app.find("colour legend")
        self.assertEqual(app.text_of("colour legend"), "limit 0.8 mm")
        app.click("colour Overhang")
        app.wait(lambda s: s["coloured"], "the colours")
        app.click("Colours off")
        app.wait(lambda s: not s["coloured"], "the plain model")

    def test_the_bed_and_another_way_up(self):
        app = self.tray()
        self.checked(app)
        app.key("b")
        app.find("bed")
        app.find("Way up")
        self.assertEqual(app.text_of("Way up"), "as the template says")
        app.click("Way up")
        ways = [name for name in app.names() if name[:3] in ("2. ", "3. ")]
        self.assertTrue(ways)
        app.click(ways[0])
        app.until(lambda: app.text_of("Way up") == ways[0], "the way up")
        self.checked(app)
        app.key("ctrl+z")
        app.until(lambda: app.text_of("Way up") == "as the template says", "the way up as it was")
        app.key("ctrl+y")
        app.until(lambda: app.text_of("Way up") == ways[0], "the way up again")

    def test_a_machine_is_entered_once_and_chosen(self):
        app = self.tray()
        self.checked(app)
        app.click("Process")
        app.click("My machines\u2026")
        app.click("Add a machine")
        app.type_into("Machine name", "Old printer", end="Tab")
        app.type_into("Machine bed", "50 x 50 x 50", end="Tab")
        app.click("Save machine")
        app.find("machine old-printer")
        app.click("Close machines")
        app.click("Process")
        app.click("Old printer")
        app.until(lambda: app.text_of("Process") == "old-printer", "the machine")
        self.open_list(app)
        self.assertTrue(any(app.text_of(f"finding {i}").startswith("Fits the machine") for i in range(4)
                            if app.shown(f"finding {i}")))
        text = (self.folder / "home/.config/fitwright/workshop.toml")
        found = [text] if text.exists() else list(self.folder.rglob("workshop.toml"))
        self.assertIn("bed = [50, 50, 50]", found[0].read_text())


if __name__ == "__main__":
    unittest.main()
