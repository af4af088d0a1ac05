"""Programs that die, and what is left of the work."""

import os
import signal
import unittest

from case import GuiCase


class Crash(GuiCase):
    def edit_and_crash(self):
        """Leaves an unsaved width of 640 behind."""
        app = self.start("bookshelf")
        app.type_into("entry width", "640")
        app.wait_value("width", 640)
        recovery = self.folder / "state/fitwright/recovery"
        app.until(lambda: any('"width"' in f.read_text() for f in recovery.glob("*.fitwright")), "the recovery file")
        app.kill()
        return recovery

    def test_unsaved_work_survives(self):
        recovery = self.edit_and_crash()
        app = self.start()
        app.wait(lambda s: s["question"] == "Go on where you were?", "the offer")
        app.click("Restore it")
        app.wait_value("width", 640)
        app.wait_model()
        self.assertTrue(app.state()["dirty"])
        self.assertEqual(app.text_of("Size"), "640 × 300 × 1800 mm")
        app.kill()  # once more: it must not be lost by the second crash
        self.assertTrue(list(recovery.glob("*.fitwright")))
        app = self.start()
        app.wait(lambda s: s["question"], "the offer again")

    def test_unsaved_work_can_be_thrown_away(self):
        recovery = self.edit_and_crash()
        app = self.start()
        app.click("Throw it away")
        app.wait(lambda s: s["question"] == "" and s["screen"] == "library", "the library")
        self.assertEqual(list(recovery.glob("*.fitwright")), [])
        app = self.start()
        app.settle()
        self.assertEqual(app.state()["question"], "")

    def test_a_crash_right_after_saving_leaves_nothing_to_recover(self):
        recovery = self.edit_and_crash()
        app = self.start()
        app.click("Restore it")
        app.wait_value("width", 640)
        app.key("ctrl+s")
        app.type_into("File name", "kept", end="Tab")
        app.click("File chosen")
        app.wait(lambda s: not s["dirty"], "the design to be saved")
        app.kill()
        self.assertEqual(list(recovery.glob("*.fitwright")), [])

    def test_deciding_later_keeps_it(self):
        recovery = self.edit_and_crash()
        app = self.start()
        app.click("Ask again at the next start")
        app.settle()
        self.assertTrue(list(recovery.glob("*.fitwright")))

    def test_the_engine_dies_in_the_midst_of_a_drag(self):
        app = self.start("bookshelf")
        x0, _, x1, _ = app.find("slider width")["rect"]
        x, y = app.press("slider width", across=0.5)
        app.move_along((x, y), (x + 30, y), 10)
        for engine in app.until(lambda: app.children("fitwright-engine"), "an engine"):
            os.kill(engine, signal.SIGKILL)
        app.move_along((x + 30, y), (x0 + (x1 - x0) * 0.75, y), 20)
        app.release()
        app.wait(lambda s: s["values"]["width"] > 950, "the drag to go on")
        app.wait_model()
        state = app.state()
        self.assertEqual((state["error"], state["stale"]), ("", False))
        self.assertEqual(app.text_of("Size"), f"{state['values']['width']:g} × 300 × 1800 mm")

    def test_an_engine_that_dies_while_nothing_happens(self):
        app = self.start("knob")
        for engine in app.until(lambda: app.children("fitwright-engine"), "an engine"):
            os.kill(engine, signal.SIGKILL)
        app.settle()
        app.type_into("entry diameter", "50")
        app.wait_value("diameter", 50)
        app.wait_model()
        self.assertEqual(app.state()["error"], "")


if __name__ == "__main__":
    unittest.main()
