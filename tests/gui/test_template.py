"""A template of one's own that is edited beside the open window."""

import unittest

from case import GuiCase, fitwright


class OwnTemplate(GuiCase):
    def setUp(self):
        super().setUp()
        self.script = self.folder / "spacer" / "template.lua"
        self.assertEqual(fitwright("new", self.script.parent).returncode, 0)

    def rewrite(self, old, new):
        text = self.script.read_text()
        self.assertIn(old, text)
        self.script.write_text(text.replace(old, new))

    def test_an_edit_on_disk_shows_at_once(self):
        app = self.start(self.script)
        app.type_into("entry outer", "20")
        app.wait_value("outer", 20)
        self.rewrite('label = "Height"', 'label = "Length of it"')
        self.rewrite("default = 10", "default = 30")
        app.wait_value("height", 30)
        app.wait_model()
        self.assertEqual(app.value("outer"), 20)  # what was typed stays
        self.assertEqual(app.text_of("Size"), "20 × 20 × 30 mm")

    def test_a_mistake_is_shown_with_its_line(self):
        app = self.start(self.script)
        app.type_into("entry outer", "20")
        app.wait_value("outer", 20)
        good = self.script.read_text()
        line = 1 + next(i for i, text in enumerate(good.splitlines()) if "local bore" in text)
        self.rewrite("p.hole / 2 + ctx.fit", "p.hole / nothing + ctx.fit")
        message = app.until(lambda: app.text_of("error"), "the mistake")
        self.assertIn(f"line {line}:", message)
        self.assertTrue(app.state()["has_model"])
        self.script.write_text(good)
        app.until(lambda: not app.shown("error"), "the mistake to be gone")
        app.wait_model()
        self.assertEqual(app.value("outer"), 20)

    def test_text_that_is_no_lua(self):
        app = self.start(self.script)
        self.rewrite("return {", "return {{{")
        message = app.until(lambda: app.text_of("error"), "the mistake")
        self.assertIn("line ", message)
        self.rewrite("return {{{", "return {")
        app.until(lambda: not app.shown("error"), "the mistake to be gone")


if __name__ == "__main__":
    unittest.main()
