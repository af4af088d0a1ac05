"""The picture of the model: pointing, dragging, cutting open, taking apart."""

import unittest

from PIL import Image, ImageChops

from case import GuiCase


class View(GuiCase):
    def picture(self):
        """The viewport as it is shown, without what floats at its borders."""
        self.app.settle()
        x0, y0, x1, y1 = self.app.find("Viewport")["rect"]
        return self.app.screenshot().crop((x0 + (x1 - x0) * 0.3, y0 + 20, x1 - 100, y1 - 60))

    def changed_share(self, before, after):
        """Of the pixels."""
        difference = ImageChops.difference(before, after).convert("L").point(lambda v: 255 if v > 12 else 0)
        return difference.histogram()[255] / (before.width * before.height)

    def point_away(self):
        self.app.move_to(self.app.width - 2, self.app.height - 2)

    def assert_changes_picture(self, do, undo):
        before = self.picture()
        do()
        self.point_away()
        changed = self.picture()
        self.assertGreater(self.changed_share(before, changed), 0.02)
        undo()
        self.point_away()
        self.assertLess(self.changed_share(before, self.picture()), 0.002)

    def test_pointing_at_a_face_names_its_part(self):
        app = self.start("bookshelf")
        app.key("1")  # from the front
        app.wait_model()
        app.point_at("Viewport", 0.5, 0.97)
        app.wait(lambda s: s["hover"] is None, "nothing below the model")
        names = set()
        for down in (0.3, 0.35, 0.4, 0.45, 0.5):
            app.point_at("Viewport", 0.5, down)
            app.settle()
            names.add(app.text_of("hover text"))
        self.assertIn("Back", names)  # between the shelves one looks at the back panel

    def test_a_click_shows_the_values_behind_a_face(self):
        app = self.start("bookshelf")
        app.key("4")  # from the right: the outside of the right-hand side
        app.wait_model()
        app.click("Viewport", 0.5, 0.5)
        revealed = app.wait(lambda s: s["revealed"], "the values behind the face")
        self.assertLess({"depth", "height"}, set(revealed))  # its sides; the board's thickness is behind it too

    def test_dragging_an_arrow_changes_its_value(self):
        app = self.start("bookshelf")
        x, y = app.press("handle width")
        app.move_along((x, y), (x + 60, y + 15), 20)
        app.release()
        app.wait(lambda s: s["values"]["width"] > 850, "a wider shelf")
        app.wait_model()
        width = app.value("width")
        self.assertEqual(app.text_of("Size"), f"{width:g} × 300 × 1800 mm")
        app.key("ctrl+z")
        app.wait_value("width", 800)
        self.assertFalse(app.state()["can_undo"])

    def test_cutting_open(self):
        app = self.start("bookshelf")
        self.assert_changes_picture(lambda: app.key("x"), lambda: app.key("x"))

    def test_a_key_that_is_held_counts_once(self):
        app = self.start("bookshelf")
        app.wait_model()
        for seconds, cut in ((1.0, True), (1.04, False), (1.15, True)):  # odd and even numbers of repetitions
            app.hold_key("x", seconds)
            app.settle()
            self.assertEqual(app.shown("Place of the cut"), cut)

    def test_pulling_apart(self):
        app = self.start("bookshelf")
        before = self.picture()
        app.drag("Pull apart", 0.05, 0.8)
        self.point_away()
        self.assertGreater(self.changed_share(before, self.picture()), 0.02)
        self.assertFalse(app.widgets("handle width"))  # arrows make no sense on parts that are not in place
        app.drag("Pull apart", 0.8, -0.1)
        app.until(lambda: app.text_of("Pull apart") == "0.000" and app.widgets("handle width"), "the parts in place")

    def test_floating_boxes_are_as_wide_as_what_they_hold(self):
        app = self.start("bookshelf")
        app.click("Cut open")
        app.find("Show the other side")
        app.settle()
        for box, last in (("explode", "Pull apart"), ("section", "Show the other side")):
            end, content = app.widgets(f"float {box}")[0]["rect"][2], app.widgets(last)[0]["rect"][2]
            self.assertTrue(2 <= end - content <= 10, f"{box}: {end} {content}")

    def test_dimensions_are_whole(self):
        """However narrow the picture is."""
        app = self.start("enclosure", size=(1024, 700))
        app.click("New variant")
        app.drag("slider length", 0.31, 0.6)
        app.click("Compare two variants")
        app.wait_model()
        app.settle(1)
        x0, y0, x1, y1 = app.find("Viewport")["rect"]
        shown = app.widgets("dimension")
        self.assertEqual(len(shown), 3)
        for widget in shown:
            left, upper, right, lower = widget["rect"]
            self.assertTrue(x0 <= left and right <= x1 and y0 <= upper and lower <= y1, widget)

    def test_the_list_of_parts_leaves_the_model_in_view(self):
        app = self.start("bookshelf", settings={"font_scale": 1.5})
        x0, _, x1, _ = app.find("Viewport")["rect"]
        self.assertFalse(app.names("Hide "))
        app.click("Parts")
        app.until(lambda: app.shown("Hide Left side"), "the parts, as asked for")

    def test_escape_removes_the_first_point_of_a_measure(self):
        app = self.start("bookshelf")
        app.key("m")
        self.assertEqual(app.text_of("Overall dimensions"), "")  # they are not shown meanwhile
        app.click("Viewport", 0.5, 0.5)
        app.wait(lambda s: s["measured"] == 1, "a point")
        app.key("Escape")
        app.wait(lambda s: s["measured"] == 0, "no point")
        app.key("m")
        app.until(lambda: app.text_of("Overall dimensions") == "on", "the dimensions")

    def test_as_it_is_made(self):
        app = self.start("bookshelf")
        before = self.picture()
        app.click("As it is made")
        self.point_away()
        self.assertGreater(self.changed_share(before, self.picture()), 0.02)
        self.assertEqual(app.text_of("As it is made"), "on")

    def test_another_design_is_shown_as_it_comes(self):
        app = self.start("bookshelf")
        app.key("b", "l")
        app.wait(lambda s: s["flat"]["open"], "the flat parts")
        app.click("Library")
        app.type_into("Search", "knob", end=None)
        app.click("card knob")
        app.wait(lambda s: s["template"] == "knob", "the knob")
        app.wait_model()
        self.assertFalse(app.state()["flat"]["open"])
        self.assertEqual(app.text_of("As it is made"), "")

    def test_tools_stand_within_a_small_picture(self):
        app = self.start("desk", size=(1024, 700), settings={"font_scale": 1.5})
        app.click("Verdict")
        app.settle()
        x0, y0, x1, y1 = app.find("Viewport")["rect"]
        tools = app.find("float view tools")["rect"]
        self.assertTrue(x0 <= tools[0] and y0 <= tools[1] and tools[2] <= x1 and tools[3] <= y1, (tools, (x0, y0, x1, y1)))
        apart = app.find("float explode")["rect"]
        self.assertLessEqual(apart[2], tools[0])

    def test_buttons_of_a_box_stay_in_a_small_window(self):
        app = self.start("desk", size=(1024, 700), settings={"font_scale": 1.5})
        for opened, buttons in ((lambda: app.key("ctrl+e"), ("Write files", "Cancel export")),
                                (self.add_a_machine, ("Save machine", "Cancel machine"))):
            opened()
            for name in buttons:
                self.assertLessEqual(app.find(name)["rect"][3], min(app.height, app.find(name)["clip"][3]))
            app.key("Escape")

    def add_a_machine(self):
        self.app.click("Process")
        self.app.reveal("My machines\u2026")
        self.app.click("My machines\u2026")
        self.app.click("Add a machine")

    def test_the_first_window_is_no_larger_than_the_screen(self):
        app = self.start(size=(0, 0), settings={"window_width": 5000, "window_height": 4000})
        self.assertLessEqual(app.width, 1400)
        self.assertLessEqual(app.height, 900)

    def test_hiding_a_part(self):
        app = self.start("bookshelf")
        self.assert_changes_picture(lambda: app.click("Hide Right side"), lambda: app.click("Show Right side"))

    def test_turning_and_zooming(self):
        app = self.start("knob")
        yaw, pitch, span = app.state()["camera"]
        app.drag("Viewport", 0.4, 0.6)
        turned = app.state()["camera"]
        self.assertNotAlmostEqual(turned[0], yaw, delta=5)
        app.scroll("Viewport", -3)
        app.wait(lambda s: s["camera"][2] < span * 0.9, "a nearer look")
        app.key("f")
        app.wait_model()
        self.assertGreater(app.state()["camera"][2], span * 0.7)
        self.assertFalse(app.state()["dirty"])

    def test_standard_views(self):
        app = self.start("knob")
        app.key("5")
        app.wait(lambda s: abs(s["camera"][1]) > 85, "the view from above")
        app.key("0")
        app.wait(lambda s: 20 < s["camera"][1] < 40, "the view from a corner")
        app.wait_model()
        app.click("cube Front")
        app.wait(lambda s: abs(s["camera"][1]) < 1, "the front view")


class SavedPicture(GuiCase):
    def saved(self, name, size="As large as here"):
        self.app.key("ctrl+shift+p")
        self.app.click(size)
        self.app.key("Return")
        self.app.type_into("File name", name, end="Tab")
        self.app.click("File chosen")
        file = self.home / f"{name}.png"
        self.app.until(file.exists, "the picture")
        return Image.open(file).convert("RGB")

    def test_shows_what_is_seen_with_its_dimensions_and_without_tools(self):
        app = self.start("enclosure")
        app.move_to(app.width - 2, app.height - 2)
        app.settle(1)
        x0, y0, x1, y1 = map(round, app.find("Viewport")["rect"])
        seen = app.screenshot().crop((x0, y0, x1, y1))
        picture = self.saved("box")
        self.assertEqual(picture.size, seen.size)

        def share(name):
            """Of the pixels around a widget that differ between the window and the saved picture."""
            left, upper, right, lower = (round(v) for v in app.widgets(name)[0]["rect"])
            place = (left - x0, upper - y0, right - x0, lower - y0)
            difference = ImageChops.difference(seen.crop(place), picture.crop(place)).convert("L")
            return difference.point(lambda v: 255 if v > 12 else 0).histogram()[255] / ((right - left) * (lower - upper))

        self.assertEqual(len(app.widgets("dimension")), 3)
        self.assertLess(share("dimension"), 0.01)
        self.assertGreater(share("Perspective"), 0.1)
        large = self.saved("large", "Twice as large")
        self.assertEqual(large.size, (2 * picture.width, 2 * picture.height))
        shrunk = large.resize(picture.size, Image.BOX)
        far = ImageChops.difference(shrunk, picture).convert("L").point(lambda v: 255 if v > 60 else 0)
        self.assertLess(far.histogram()[255] / (picture.width * picture.height), 0.02)  # edges and letters are finer
        app.move_to(app.width - 2, app.height - 2)
        app.settle(1)
        again = ImageChops.difference(app.screenshot().crop((x0, y0, x1, y1)), seen)
        self.assertIsNone(again.getbbox())  # the window is as it was
        app.key("d")
        bare = self.saved("bare")
        self.assertIsNotNone(ImageChops.difference(picture, bare).getbbox())


class Hints(GuiCase):
    def hint_at(self, name):
        """The words of the hint that pointing at a widget shows, and whether it covers what else is named."""
        self.app.move_to(self.app.width / 2, self.app.height - 2)
        self.app.point_at(name)
        return self.app.until(lambda: self.app.widgets("hint"), f"the hint of {name}")[0]

    def assert_clear_of(self, hint, *names):
        a = hint["rect"]
        for name in names:
            b = self.app.widgets(name)[0]["rect"]
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            self.assertTrue(apart, f"{hint} covers {name} at {b}")

    def test_hints_cover_nothing_that_is_used_next(self):
        app = self.start("enclosure")
        app.click("New variant")
        app.click("Compare two variants")
        self.assert_clear_of(self.hint_at("Compare two variants"), "Compare two variants", "Compare with")
        self.assert_clear_of(self.hint_at("entry length"), "entry length", "slider length", "entry breadth", "Preset")
        self.assert_clear_of(self.hint_at("Edges"), "Edges", "Perspective", "Overall dimensions")

    def test_hints_and_messages_keep_clear_of_what_is_told(self):
        app = self.start("bookshelf")
        self.assert_clear_of(self.hint_at("entry width"), "Parts", "Hide Back")
        self.assert_clear_of(self.hint_at("Size"), "Size", "Verdict", "Weight")
        app.key("ctrl+e")
        app.find("Export size")
        self.assert_clear_of(self.hint_at("3D printing: 3MF"), "3D printing: STL", "CNC or a CAD program: STEP")
        app.key("Escape")
        app.click("New variant")
        app.drag("slider width", 0.55, 0.4)
        app.click("Compare two variants")
        app.until(lambda: app.names("difference "), "the table")
        app.key("ctrl+shift+c")
        self.assert_clear_of(app.until(lambda: app.widgets("toast"), "a message")[0], "difference Width", "Size")

    def test_tools_are_called_as_in_the_menu(self):
        app = self.start("knob")
        tools = ("Show all", "Perspective", "Edges", "Overall dimensions", "Cut open", "Measure between two points",
                 "As it is made", "Save a picture…")
        for tool in tools:
            self.assertTrue(self.hint_at(tool)["value"].startswith(tool))
        app.click("Menu")
        for tool in tools:
            app.until(lambda: len(app.widgets(tool)) == 2, f"{tool} in the menu")


if __name__ == "__main__":
    unittest.main()
