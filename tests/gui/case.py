"""What the tests of the window share: a display for all of them, an app for each, and pictures of failures."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from display import Display
from driver import App

SOURCES = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("FITWRIGHT_BUILD", SOURCES / "build"))
PROGRAMS = BUILD / "bin"
FAILURES = BUILD / "gui-failures"

_shared = {}


def display():
    if "display" not in _shared:
        _shared["display"] = Display()
    return _shared["display"]


def cache():
    """Shared by all tests of a run: pictures of the products, and shaders as the driver compiled them."""
    if "cache" not in _shared:
        _shared["cache"] = tempfile.TemporaryDirectory(prefix="fitwright-cache-")
    return _shared["cache"].name


def close_shared():
    if "display" in _shared:
        _shared.pop("display").close()
    if "cache" in _shared:
        _shared.pop("cache").cleanup()


def fitwright(*arguments):
    """Runs the command-line program beside the app; what it answers, whatever its exit status."""
    return subprocess.run([str(PROGRAMS / "fitwright"), *map(str, arguments)], capture_output=True, text=True)


class GuiCase(unittest.TestCase):
    """Each test has a fresh home, and starts the app in it as often as it likes."""

    app = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fitwright-gui-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.home = self.folder / "home"

    def start(self, subject="", **how):
        """Starts the app, or starts it again in the same home, and waits for the first model or the library."""
        if self.app:
            self.app.kill()
        self.app = App(display(), PROGRAMS, self.folder, cache(), subject, **how)
        if subject:
            self.app.wait(lambda s: s["screen"] == "workbench", "the workbench")
            self.app.wait_model()
        return self.app

    def tearDown(self):
        if self.app:
            self.app.kill()


class GuiResult(unittest.TextTestResult):
    """Keeps what the window showed when a test failed: the app still runs when the failure is told."""

    def _keep(self, test):
        app = getattr(test, "app", None)
        if app:
            app.keep_for_inspection(FAILURES / test.id())
            self.stream.writeln(f"what was seen is in {FAILURES / test.id()}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._keep(test)

    def addError(self, test, err):
        super().addError(test, err)
        self._keep(test)
