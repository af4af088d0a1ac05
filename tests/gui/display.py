"""A screen of its own for the tests: Xvfb, with mouse and keys by xdotool and pictures by Pillow."""

import os
import subprocess

from PIL import ImageGrab


class Display:
    """An X server without hardware on a free number. No window manager runs on it."""

    def __init__(self, width=1400, height=900):
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[writer], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start; the package xvfb brings it")
        self.name = ":" + number

    def xdotool(self, *words):
        """Runs xdotool with a chain of commands; its output."""
        done = subprocess.run(["xdotool", *map(str, words)], env={**os.environ, "DISPLAY": self.name},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"xdotool {' '.join(map(str, words))}: {done.stderr.strip()}")
        return done.stdout

    def window_of(self, pid):
        """The number of a program's visible window; None while there is none."""
        done = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)],
                              env={**os.environ, "DISPLAY": self.name}, capture_output=True, text=True)
        windows = done.stdout.split()
        return int(windows[-1]) if done.returncode == 0 and windows else None

    def place_of(self, window):
        """Left upper corner and size of a window on the screen: x, y, width, height."""
        lines = self.xdotool("getwindowgeometry", "--shell", window).split()
        known = dict(line.split("=", 1) for line in lines)
        return tuple(int(known[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def grab(self, box=None):
        """A picture of the screen, or of a box (left, upper, right, lower) of it, as an RGB image."""
        return ImageGrab.grab(bbox=box, xdisplay=self.name).convert("RGB")

    def close(self):
        self.server.terminate()
        self.server.wait()
