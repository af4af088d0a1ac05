"""Starts the desktop app on a display and uses it as somebody at the screen does: by mouse and keys, never by a back
door. What there is to see is read from the file that `--probe` names."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

PATIENCE = 40 * float(os.environ.get("FITWRIGHT_GUI_SLOWDOWN", "1"))  # seconds until waiting counts as failed

class Timeout(AssertionError):
    """Something did not come to pass; the message tells what the app was doing instead."""


def usable(seen, name):
    """The widgets of a name that can be seen and used."""
    return [w for w in seen["widgets"] if w["name"] == name and w["visible"] and w["enabled"]]


class App:
    """A running fitwright-app. `folder` is its home: settings, designs and recovery files stay there between starts.
    `cache` may be shared by several, so that thumbnails are drawn once."""

    def __init__(self, display, programs, folder, cache, subject="", size=(1280, 800), settings=None, options=()):
        self.display, self.folder = display, Path(folder)
        self.home = self.folder / "home"
        self.probe = self.folder / "probe.json"
        for name in ("home", "config/fitwright", "state", "no-programs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        if settings is not None:
            (self.folder / "config/fitwright/settings.json").write_text(json.dumps(settings))
        self.probe.unlink(missing_ok=True)
        command = [str(Path(programs) / "fitwright-app"), *([str(subject)] if subject else []), "--probe",
                   str(self.probe), "--width", str(size[0]), "--height", str(size[1]), *map(str, options)]
        self.log = open(self.folder / "output.txt", "ab")
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, env=self._environment(cache), cwd=self.home,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        try:
            self._find_window()
        except BaseException:
            self.kill()
            raise

    def _environment(self, cache):
        kept = {name: value for name, value in os.environ.items() if name.startswith(("LANG", "LC_", "ASAN", "TSAN"))}
        # No folder of programs: the file dialogs of desktops must not be found, so that those of the window are used.
        return {**kept, "DISPLAY": self.display.name, "HOME": str(self.home), "PATH": str(self.folder / "no-programs"),
                "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_STATE_HOME": str(self.folder / "state"),
                "XDG_CACHE_HOME": str(cache), "LIBGL_ALWAYS_SOFTWARE": "1"}

    def _find_window(self):
        self.until(lambda: self.probe.exists() and self.display.window_of(self.process.pid), "a window with widgets")
        self.window = self.display.window_of(self.process.pid)
        self.display.xdotool("windowfocus", self.window)
        self.left, self.top, self.width, self.height = self.display.place_of(self.window)
        self.mouse = None
        self.move_to(self.width - 2, self.height - 2)

    # What there is to see.

    def seen(self):
        """All that was published after the last frame that changed something."""
        return json.loads(self.probe.read_text())

    def state(self):
        return self.seen()["state"]

    def value(self, parameter):
        return self.state()["values"][parameter]

    def widgets(self, name):
        """Widgets of a name, in the order in which they were drawn."""
        return [widget for widget in self.seen()["widgets"] if widget["name"] == name]

    def shown(self, name):
        return any(widget["visible"] for widget in self.widgets(name))

    def text_of(self, name):
        """What a widget shows; None when there is none of that name."""
        found = self.widgets(name)
        return found[-1]["value"] if found else None

    def names(self, beginning=""):
        return [widget["name"] for widget in self.seen()["widgets"] if widget["name"].startswith(beginning)]

    # Waiting.

    def until(self, condition, what, patience=PATIENCE):
        """Waits for a condition, and returns what it gives. Raises Timeout, naming `what` was waited for."""
        end = time.monotonic() + patience
        while True:
            if self.process.poll() is not None:
                output = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
                raise Timeout(f"the app ended with status {self.process.returncode} while waiting for {what}; {output}")
            result = condition()
            if result:
                return result
            if time.monotonic() > end:
                state = json.dumps(self.state()) if self.probe.exists() else "nothing published yet"
                raise Timeout(f"waited {patience:.0f} s for {what}; the state is {state}")
            time.sleep(0.02)

    def wait(self, condition, what):
        """Waits until the state answers to a condition; what the condition gives."""
        return self.until(lambda: condition(self.state()), what)

    def wait_value(self, parameter, value):
        self.wait(lambda s: s["values"].get(parameter) == value, f"{parameter} = {value!r}")

    def wait_model(self):
        """Waits until the model, the faces' parameters and the checks of the present values are there."""
        def rests():
            ready = self.state()
            return ready["has_model"] and not (ready["busy"] or ready["stale"] or ready["moving"])

        self.until(lambda: rests() and self.settle() is None and rests(), "a model of the present values")

    def settle(self, seconds=0.4):
        """Waits until nothing has changed for a while: before saying that something did not happen."""
        last, since = None, time.monotonic()
        end = since + PATIENCE
        while time.monotonic() - since < seconds and time.monotonic() < end:
            now = self.probe.stat().st_mtime_ns
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.02)

    def find(self, name):
        """Waits for a widget that can be seen and used. Of several the last, which lies on top."""
        return self.until(lambda: usable(self.seen(), name), f'the widget "{name}"')[-1]

    # Mouse and keys. The app may need long for a frame: drawing in software on a busy machine takes its time, and what
    # is pressed and released within one frame is not seen by ImGui before 1.87 (Debian 12). So all that happens is
    # given time to be drawn before the next thing happens.

    def _do(self, *words):
        """Lets xdotool do something, and waits until the app has drawn it: one frame may be under way already."""
        before = self.state()["frame"]
        self.display.xdotool(*words)
        end = time.monotonic() + 2  # what moves nothing gives no frame
        while self.state()["frame"] < before + 2 and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.005)

    def move_to(self, x, y):
        """In coordinates of the window."""
        place = round(self.left + x), round(self.top + y)
        if place != self.mouse:
            self.mouse = place
            self._do("mousemove", *place)

    def _steady(self, name):
        """A widget's rectangle once nothing moves any more: dialogs find their size in two frames."""
        def at_rest():
            seen = self.seen()
            return seen["state"]["resting"] and usable(seen, name)

        return self.until(at_rest, f'the widget "{name}" to stand still')[-1]["rect"]

    def point_at(self, name, across=0.5, down=0.5):
        x0, y0, x1, y1 = self._steady(name)
        x, y = x0 + (x1 - x0) * across, y0 + (y1 - y0) * down
        self.move_to(x, y)
        return x, y

    def click(self, name, across=0.5, down=0.5, button=1):
        self.point_at(name, across, down)
        self._do("mousedown", button)
        self._do("mouseup", button)

    def press(self, name, across=0.5, down=0.5):
        """Holds the left button down over a widget; where."""
        place = self.point_at(name, across, down)
        self.hold()
        return place

    def hold(self):
        self._do("mousedown", 1)

    def move_along(self, start, end, steps=20, pause=0.016):
        """Moves the mouse in even steps, as the hand does; pauses are seconds."""
        words = []
        for i in range(1, steps):
            x, y = (a + (b - a) * i / steps for a, b in zip(start, end))
            words += ["mousemove", round(self.left + x), round(self.top + y), "sleep", pause]
        self.display.xdotool(*words)
        self.move_to(*end)

    def release(self):
        self._do("mouseup", 1)

    def drag(self, name, begin, to, steps=20):
        """Drags across a widget, from one share of its width to another."""
        x0, _, x1, _ = self._steady(name)
        x, y = self.press(name, across=begin)
        self.move_along((x, y), (x0 + (x1 - x0) * to, y), steps)
        self.release()

    def _turn_wheel(self, clicks):
        self._do("click", "--repeat", abs(clicks), "--delay", 40, 5 if clicks > 0 else 4)

    def scroll(self, name, clicks):
        """Turns the wheel over a widget; down for positive numbers."""
        self.point_at(name)
        self._turn_wheel(clicks)

    def reveal(self, name):
        """Turns the wheel over the panel that holds a widget until it can be seen."""
        def in_view():
            widget = self.until(lambda: self.widgets(name), f'the widget "{name}"')[-1]
            if widget["visible"]:
                self.settle()  # what was turned before may still move it on
                return self.widgets(name)[-1]["visible"]
            left, upper, _, lower = widget["clip"]
            self.move_to(left + 4, (upper + lower) / 2)
            self._turn_wheel(1 if widget["rect"][1] > lower - 20 else -1)
            return False

        self.until(in_view, f'"{name}" to come into view')

    def key(self, *keys):
        for key in keys:
            self._do("keydown", key)
            self._do("keyup", key)

    def hold_key(self, key, seconds):
        """Keeps a key down; the server repeats it."""
        self._do("keydown", key, "sleep", seconds, "keyup", key)

    def type(self, text):
        """Types into whatever has the focus."""
        self._do("type", "--delay", 40, text)

    def type_into(self, name, text, end="Return"):
        """Clicks an entry and types over what is there; `end` is the key that ends it, if any."""
        self.click(name)
        self.key("ctrl+a")
        self.type(text)
        self.until(lambda: self.text_of(name) == text, f'"{text}" in "{name}"')
        if end:
            self.key(end)

    # Pictures, processes, the end.

    def screenshot(self, path=None):
        """A picture of the window, kept as a file where one is named."""
        image = self.display.grab((self.left, self.top, self.left + self.width, self.top + self.height))
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            image.save(path)
        return image

    def children(self, name):
        """Process ids of the app's children whose program has this name."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue  # it has ended meanwhile
            program, rest = text[text.index("(") + 1:].rsplit(")", 1)
            if int(rest.split()[1]) == self.process.pid and name.startswith(program):
                found.append(int(folder.name))
        return found

    def quit(self):
        """Leaves by the key for it; what the process ends with."""
        self.key("ctrl+q")
        return self.process.wait(timeout=PATIENCE)

    def kill(self):
        """Ends the app the hard way, as a crash does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def crash_report(self):
        """What the app wrote to its standard outputs, and the end of its log."""
        log = self.folder / "state/fitwright/log.txt"
        texts = [path.read_text(errors="replace")[-3000:] for path in (self.folder / "output.txt", log) if path.exists()]
        return "\n".join(texts)

    def keep_for_inspection(self, folder):
        """What the screen and the probe showed when something failed."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "log.txt").write_text(self.crash_report())
        if self.probe.exists():
            shutil.copy(self.probe, folder / "probe.json")
        if self.process.poll() is None:
            self.screenshot(folder / "window.png")
