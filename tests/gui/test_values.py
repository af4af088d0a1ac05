"""Sliders, entries, presets, locks and rules of the customise panel."""

import unittest

from case import GuiCase

DEFAULTS = {"width": 800, "depth": 300, "height": 1800, "shelves": 5, "board": 18, "joint": "dado", "dado": 6,
            "back": True, "plinth": False}
PAPERBACKS = {"width": 600, "depth": 150, "height": 1200, "shelves": 4, "board": 15, "dado": 5}


class Values(GuiCase):
    def assert_values(self, expected):
        values = self.app.state()["values"]
        self.assertEqual({name: values[name] for name in expected}, expected)

    def test_a_slider_changes_value_and_model(self):
        app = self.start("bookshelf")
        before = app.screenshot()
        app.drag("slider width", 0.55, 0.8)
        app.wait_model()
        width = app.value("width")
        # The knob's middle goes from 7 pixels after the left end to 7 before the right one, over 300 to 1200 mm.
        x0, _, x1, _ = app.find("slider width")["rect"]
        expected = 300 + 900 * (0.8 * (x1 - x0) - 7) / (x1 - x0 - 14)
        self.assertAlmostEqual(width, expected, delta=900 / (x1 - x0))
        self.assertEqual(app.text_of("entry width"), f"{width:g} mm")
        self.assertEqual(app.text_of("Size"), f"{width:g} × 300 × 1800 mm")
        self.assertNotEqual(before.tobytes(), app.screenshot().tobytes())

    def test_typed_values(self):
        app = self.start("bookshelf")
        for text, mm in (("2*18+300 mm", 336), ("0,7 m", 700), ("27 1/2 in", 698.5), ("2 cm + 620 mm", 640)):
            app.type_into("entry width", text)
            app.wait_value("width", mm)
            app.until(lambda: app.text_of("entry width") == f"{mm:g} mm", f"{mm} mm in the entry")
        app.type_into("entry board", "1/2 in")
        app.wait_value("board", 12.7)
        app.wait_model()
        self.assertEqual(app.text_of("Size"), "640 × 300 × 1800 mm")

    def test_bad_text_is_told_and_changes_nothing(self):
        app = self.start("bookshelf")
        for text, word in (("wide", ""), ("5000", "1200"), ("300 kg", "kg"), ("1/0", "")):
            app.type_into("entry width", text)
            complaint = app.until(lambda: app.text_of("complaint width"), f'a complaint about "{text}"')
            self.assertIn(word, complaint)
            self.assert_values(DEFAULTS)
            self.assertEqual(app.text_of("entry width"), text)  # to be mended
            app.click("entry width")
            app.key("Escape")
            app.until(lambda: not app.shown("complaint width"), "the complaint to go")
            self.assertEqual(app.text_of("entry width"), "800 mm")
        self.assertFalse(app.state()["can_undo"])

    def test_undo_and_redo(self):
        app = self.start("bookshelf")
        app.drag("slider width", 0.55, 0.8, steps=30)
        dragged = app.value("width")
        app.type_into("entry depth", "400")
        app.wait_value("depth", 400)
        app.key("ctrl+z")
        app.wait_value("depth", 300)
        app.key("ctrl+z")  # all of the drag at once
        app.wait_value("width", 800)
        self.assertFalse(app.state()["can_undo"])
        self.assertFalse(app.state()["dirty"])
        app.key("ctrl+y")
        app.wait_value("width", dragged)
        app.key("ctrl+y")
        app.wait_value("depth", 400)
        self.assertFalse(app.state()["can_redo"])

    def test_presets_and_resets(self):
        app = self.start("bookshelf")
        app.click("Preset")
        app.click("Paperbacks")
        app.wait_value("width", 600)
        self.assert_values(PAPERBACKS)
        app.until(lambda: app.text_of("Preset") == "Paperbacks", "the preset's name")
        app.click("Reset width")
        app.wait_value("width", 800)
        self.assert_values({**PAPERBACKS, "width": 800})
        app.until(lambda: not app.shown("Reset width"), "no reset of what is not changed")
        app.click("Reset all values")
        app.wait_value("depth", 300)
        self.assert_values(DEFAULTS)
        app.key("ctrl+z")
        app.wait_value("depth", 150)
        self.assert_values({**PAPERBACKS, "width": 800})

    def test_locked_values_stay(self):
        app = self.start("bookshelf")
        app.click("Lock width")
        app.wait(lambda s: s["locked"] == ["width"], "the lock")
        app.click("Preset")
        app.click("Paperbacks")
        app.wait_value("depth", 150)
        self.assert_values({**PAPERBACKS, "width": 800})
        self.assertFalse(app.widgets("slider width")[0]["enabled"])
        app.click("Unlock width")
        app.drag("slider width", 0.55, 0.3)
        app.wait(lambda s: s["values"]["width"] < 600, "the slider to work again")

    def test_a_rule_stops_a_drag(self):
        app = self.start("bookshelf")
        app.drag("slider dado", 0.4, 1.0, steps=30)
        message = app.until(lambda: app.text_of("stopped dado"), "the rule's message")
        self.assertIn("deeper than half the board", message)
        app.wait_model()
        # "Deeper than half the board" begins above 9 mm in one of 18.
        self.assert_values({"dado": 9, "board": 18})
        self.assertFalse(app.shown("rule"))  # said once, under the row
        self.assertEqual(app.state()["error"], "")
        app.drag("slider dado", 0.7, 0.3)
        app.until(lambda: not app.shown("stopped dado"), "the message to go once the value is legal")
        app.key("ctrl+z")
        app.wait_value("dado", 9)
        app.key("ctrl+z")  # the drag that was stopped is one step too
        app.wait_value("dado", 6)
        self.assertFalse(app.state()["can_undo"])

    def test_a_rule_stops_a_typed_value(self):
        app = self.start("bookshelf")
        app.type_into("entry shelves", "10")
        app.wait_value("shelves", 10)
        app.reveal("entry height")
        app.type_into("entry height", "1000")  # 10 shelves of 18 mm leave (1000 - 12 * 18) / 11 = 71 mm
        message = app.until(lambda: app.text_of("stopped height"), "the rule's message")
        self.assertIn("Less than 100 mm", message)
        app.wait_model()
        height = app.value("height")
        self.assertGreaterEqual((height - 12 * 18) / 11, 100)
        self.assertLess((height - 1 - 12 * 18) / 11, 100)

    def test_what_a_rule_stopped_is_remembered(self):
        app = self.start("bookshelf")
        app.type_into("entry shelves", "10")
        app.wait_value("shelves", 10)
        app.reveal("entry height")
        app.type_into("entry height", "1000")
        message = app.until(lambda: app.text_of("stopped height"), "the rule's message")
        app.type_into("entry depth", "250")  # another edit leaves it
        app.wait_value("depth", 250)
        app.wait_model()
        self.assertEqual(app.text_of("stopped height"), message)
        app.type_into("entry shelves", "4")  # this one makes room for it
        possible = "1000 mm was asked for, and is possible now."
        app.until(lambda: app.text_of("stopped height") == possible, "the better news")
        app.click("take wanted")
        app.wait_value("height", 1000)
        app.until(lambda: not app.shown("stopped height"), "the message to go")

    def test_a_button_makes_room_for_what_was_asked_for(self):
        app = self.start("bookshelf")
        app.type_into("entry shelves", "10")
        app.wait_value("shelves", 10)
        app.reveal("entry height")
        app.type_into("entry height", "1000")
        app.click("make room by shelves")  # (1000 - 9 * 18) / 8 = 105 mm
        app.wait(lambda s: (s["values"]["height"], s["values"]["shelves"]) == (1000, 7), "both")
        app.until(lambda: not app.shown("stopped height"), "the message to go")
        app.key("ctrl+z")  # one step
        app.wait(lambda s: s["values"]["shelves"] == 10, "the shelves back")
        self.assertNotEqual(app.value("height"), 1000)

    def test_another_product_is_shown_from_its_first_value_on(self):
        app = self.start("bookshelf", size=(1280, 600))
        app.reveal("entry dado_play")
        self.assertFalse(app.shown("entry width"))
        app.click("Library")
        app.type_into("Search", "name plate", end=None)
        app.click("card name_plate")
        app.wait(lambda s: s["template"] == "name_plate", "the name plate")
        app.wait_model()
        self.assertTrue(app.shown("entry text"))

    def test_a_rule_of_a_row_out_of_view_stands_above_the_model(self):
        app = self.start("bookshelf", size=(1024, 500))
        app.reveal("entry shelves")
        app.type_into("entry shelves", "10")
        app.wait_value("shelves", 10)
        app.type_into("entry height", "1000")
        app.until(lambda: app.text_of("stopped height"), "the rule's message")
        app.settle()
        self.assertFalse(app.shown("rule"))
        app.reveal("slider dado_play")
        self.assertFalse(app.shown("stopped height"))
        app.click("go to height")  # in the banner
        app.until(lambda: app.shown("stopped height") and not app.shown("rule"), "the row in view again")

    def test_a_message_leads_to_the_other_value(self):
        app = self.start("bookshelf")
        app.drag("slider dado", 0.4, 1.0)
        app.click("go to board")
        app.wait(lambda s: s["revealed"] == ["board"], "the board's row")

    def test_a_complaint_below_the_edge_is_scrolled_to(self):
        app = self.start("bookshelf", size=(1024, 700))
        app.reveal("entry dado")
        app.type_into("entry dado", "12 kg")
        complaint = app.until(lambda: app.text_of("complaint dado"), "the complaint")
        self.assertTrue(complaint.startswith("Groove depth"), complaint)

        def whole():
            widget = app.widgets("complaint dado")[0]
            return widget["rect"][3] <= widget["clip"][3]

        app.until(whole, "all of the complaint in view")

    def test_a_range_is_told_in_the_unit_that_is_shown(self):
        app = self.start("bookshelf")
        app.click("Unit")
        app.type_into("entry width", "60")
        complaint = app.until(lambda: app.text_of("complaint width"), "the complaint")
        self.assertTrue(complaint.startswith("Width: 60 in is not allowed; it must be between 11.812 in and 47.244 in."),
                        complaint)  # 300 mm = 11.811..., rounded into the range
        app.type_into("entry width", "11.812")
        app.wait(lambda s: abs(s["values"]["width"] - 11.812 * 25.4) < 1e-9, "what was told to be allowed")

    def test_the_nearest_that_is_told_keeps_the_rules(self):
        app = self.start("bookshelf")
        # The range ends at 12 mm, but half of the board is 9.
        for entry, typed, told, allowed in (("dado", "20", "9 mm", 9), ("width", "5 m", "1116 mm", 60 * 18 + 2 * 18)):
            app.reveal(f"entry {entry}")
            app.type_into(f"entry {entry}", typed)
            said = f" The nearest allowed is {told}. "  # and why
            app.until(lambda: said in (app.text_of(f"complaint {entry}") or ""), said)
            self.assert_values(DEFAULTS)
            app.type_into(f"entry {entry}", told)
            app.wait_value(entry, allowed)
            app.settle()
            self.assertEqual(app.state()["stopped"], "")
            app.key("ctrl+z")
            app.wait_value(entry, DEFAULTS[entry])
        app.click("Unit")
        app.type_into("entry width", "99")
        app.until(lambda: "43.937 in. " in (app.text_of("complaint width") or ""), "1116 mm in inches, rounded down")
        app.click("take nearest")
        app.wait_value("width", 1116)

    def test_a_drag_is_not_told_what_it_asked_for(self):
        app = self.start("bookshelf")
        app.drag("slider dado", 0.4, 1.0, steps=30)
        message = app.until(lambda: app.text_of("stopped dado"), "the rule's message")
        self.assertTrue(message.startswith("9 mm is as far as it goes. "), message)
        app.type_into("entry dado", "10")
        app.until(lambda: (app.text_of("stopped dado") or "").startswith("10 mm was asked for, 9 mm is as far"), "both")

    def test_the_wheel_never_changes_a_value(self):
        app = self.start("bookshelf", size=(1024, 700))
        before = app.state()["values"]
        for name in ("slider width", "entry width", "slider shelves", "entry shelves", "joint", "Preset", "Process"):
            for clicks in (3, -3):
                app.reveal(name)
                app.scroll(name, clicks)
        app.reveal("entry width")
        app.click("entry width")  # nor when the entry has the focus
        app.scroll("entry width", 3)
        app.settle()
        self.assertEqual(app.state()["values"], before)
        self.assertFalse(app.state()["can_undo"])

    def test_the_wheel_scrolls_the_panel(self):
        app = self.start("bookshelf", size=(1024, 700))
        top = app.widgets("slider width")[0]["rect"][1]
        app.scroll("slider depth", 5)
        app.until(lambda: app.widgets("slider width")[0]["rect"][1] < top - 20, "the panel to scroll")

    def test_inches(self):
        app = self.start("bookshelf")
        app.click("Unit")
        app.until(lambda: app.text_of("entry width") == "31.496 in", "inches")  # 800 / 25.4, as far as anyone reads
        self.assertEqual(app.text_of("Size"), "31.496 × 11.811 × 70.866 in")
        app.type_into("entry width", "30")
        app.wait(lambda s: abs(s["values"]["width"] - 762) < 1e-9, "30 in = 762 mm")
        app.type_into("entry depth", "400 mm")
        app.wait_value("depth", 400)
        app.click("Unit")
        app.until(lambda: app.text_of("entry width") == "762 mm", "mm")

    def test_keyboard_alone(self):
        app = self.start("bookshelf")
        app.click("entry width")
        app.key("Up")
        app.wait_value("width", 801)
        app.key("shift+Down")
        app.wait_value("width", 791)
        app.type("640")
        app.key("Tab")  # on to the next entry; what was typed counts
        app.wait_value("width", 640)
        app.type("280")
        app.key("Return")
        app.wait_value("depth", 280)
        app.click("entry height")
        app.type("999")
        app.key("Escape")  # thinks better of it
        app.until(lambda: app.text_of("entry height") == "1800 mm", "the old value")
        app.settle()
        self.assert_values({"height": 1800, "width": 640, "depth": 280})

    def test_tab_goes_on_from_where_enter_was_pressed(self):
        app = self.start("bookshelf", size=(1280, 560))
        app.type_into("entry depth", "310")
        app.wait_value("depth", 310)
        app.key("Tab")
        app.type("1500")
        app.key("Return")
        app.wait_value("height", 1500)
        app.key("shift+Tab")
        app.type("320")
        app.key("Return")
        app.wait_value("depth", 320)
        for _ in range(3):
            app.key("Tab")
        app.settle()
        app.type("21")  # further on, past the lower edge
        app.key("Return")
        app.wait_value("board", 21)

    def test_undo_in_an_entry(self):
        app = self.start("bookshelf")
        app.type_into("entry width", "640")
        app.wait_value("width", 640)
        app.click("entry depth")
        app.type("31")
        app.key("ctrl+z")
        app.until(lambda: app.text_of("entry depth") != "31", "the typing to be undone")
        app.settle()
        self.assertEqual(app.value("width"), 640)
        app.key("Escape")
        app.click("entry depth")
        app.key("ctrl+z")  # nothing is typed, so it is the last edit that goes
        app.wait_value("width", 800)

    def test_go_to_places_the_cursor(self):
        app = self.start("bookshelf")
        app.drag("slider dado", 0.4, 1.0)
        app.click("go to board")
        app.wait(lambda s: s["revealed"] == ["board"], "the board's row")
        app.settle()
        app.type("24")
        app.key("Return")
        app.wait_value("board", 24)

    def test_tab_leads_from_a_fresh_window_into_the_panel(self):
        app = self.start("bookshelf")
        app.key("Tab")
        app.settle()
        app.type("700")
        app.key("Tab")
        app.wait_value("width", 700)
        app.type("310")
        app.key("Return")
        app.wait_value("depth", 310)
        app.click("Design name")
        app.key("Tab")
        app.settle()
        app.type("720")
        app.key("Return")
        app.wait_value("width", 720)

    def test_a_message_leaves_the_sliders_where_they_are(self):
        app = self.start("bookshelf")
        before = app.find("slider width")["rect"]
        app.drag("slider width", 0.55, 1.0, steps=30)
        app.until(lambda: app.text_of("stopped width"), "the rule's message")
        after = app.find("slider width")["rect"]
        self.assertEqual((before[0], before[2]), (after[0], after[2]))

    def test_choices_and_toggles(self):
        app = self.start("bookshelf")
        app.click("joint")
        screwed = app.until(lambda: [n for n in app.names() if n.startswith("Screws through")], "the choices")
        app.click(screwed[0])
        app.wait_value("joint", "screwed")
        app.until(lambda: app.widgets("slider screw_hole"), "the screw hole, which is only shown for screws")
        app.until(lambda: not app.widgets("slider dado_play"), "what only dados have to go")


if __name__ == "__main__":
    unittest.main()
