#!/usr/bin/env python3
"""Drags every slider of every product in the real window, and tells how long frames and pictures take.

usage: latency.py [--json] [PRODUCT ...]

A drag goes over a third of the range in 40 moves of the mouse, 60 a second; the edit is then undone. What the defaults
do not show is dragged from the first preset that shows it. "frame" is how long a frame takes without the swap of
buffers while the mouse is down, "work" the processor time that the window's thread spends on it (for the rest it waits
for a core, or for the driver), "picture" the time from an edit to the frame that shows its model. A drag that a rule
stops at once gives no picture.
Then, with the first product: start to first model (second start), processor use at rest, memory of app and engines.
Progress goes to stderr. The programs are those of build/bin, or of bin in the folder that FITWRIGHT_BUILD names.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import case
from driver import App

MOVES, INTERVAL = 40, 1 / 60
KINDS = ("frame_ms", "work_ms", "picture_ms")
KNOB = 7  # pixels from the end of a slider to the middle of its knob


class Log:
    """The file that --frame-log names, read on from where it was read last."""

    def __init__(self, path):
        self.path, self.offset = path, 0

    def take(self):
        """Milliseconds of the frames and pictures since the last call."""
        with open(self.path, "rb") as file:
            file.seek(self.offset)
            text = file.read()
        end = text.rfind(b"\n") + 1
        self.offset += end
        lines = [json.loads(line) for line in text[:end].splitlines()]
        return {what: [line[what] for line in lines if what in line] for what in KINDS}


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def summary(values):
    return {"count": len(values), "p50": quantile(values, 0.5), "p95": quantile(values, 0.95),
            "max": max(values, default=None)}


def open_groups(app):
    """Opens every group of parameters, one after the other: opening one moves the rest."""
    for name in dict.fromkeys(app.names("group ")):
        app.reveal(name)
        if app.text_of(name) == "closed":
            app.click(name)
            app.until(lambda name=name: app.text_of(name) == "open", f"{name} to open")


def drag(app, parameter, log):
    """From where the knob is over a third of the range, to the side where there is more room. The value before, and
    the times."""
    name, low, high = parameter["name"], parameter["min"], parameter["max"]
    app.reveal("slider " + name)
    x0, y0, x1, y1 = app.find("slider " + name)["rect"]
    before = app.value(name)
    start = (before - low) / (high - low)
    end = start + (1 / 3 if start < 0.5 else -1 / 3)
    place = [x0 + KNOB + share * (x1 - x0 - 2 * KNOB) for share in (start, end)]
    middle = (y0 + y1) / 2
    app.move_to(place[0], middle)
    app.hold()
    log.take()
    app.move_along((place[0], middle), (place[1], middle), MOVES, INTERVAL)
    times = log.take()
    app.release()
    app.wait_model()
    times["picture_ms"] += log.take()["picture_ms"]
    return before, times


def measure_shown(app, log, product, parameters, say):
    """Drags those parameters that are shown now; their times, by name."""
    measured = {}
    for parameter in parameters:
        name = parameter["name"]
        if not app.widgets("slider " + name):
            continue
        before, measured[name] = drag(app, parameter, log)
        pictures = summary(measured[name]["picture_ms"])
        say(f"{product} {name}: {pictures['count']} pictures, p50 {pictures['p50']}, max {pictures['max']} ms")
        while app.value(name) != before:
            app.key("ctrl+z")
        app.wait_model()
    return measured


def measure_product(display, cache, product, say):
    about = json.loads(case.fitwright("show", product, "--json").stdout)
    sliders = [p for p in about["parameters"] if p["min"] is not None and p["max"] is not None and p["kind"] != "text"]
    with tempfile.TemporaryDirectory(prefix="fitwright-latency-") as folder:
        log_file = Path(folder) / "frames"
        app = App(display, case.PROGRAMS, folder, cache, product, options=["--frame-log", log_file])
        try:
            log, measured = Log(log_file), {}
            for preset in [None, *about["presets"]]:
                left = [p for p in sliders if p["name"] not in measured]
                if not left:
                    break
                if preset:
                    app.click("Preset")
                    app.click(preset["label"] or preset["name"])
                app.wait_model()
                open_groups(app)
                measured.update(measure_shown(app, log, product, left, say))
            for parameter in sliders:
                if parameter["name"] not in measured:
                    say(f"{product} {parameter['name']}: neither the defaults nor a preset show it, left out")
            return [{"product": product, "parameter": name, **times} for name, times in measured.items()]
        finally:
            app.kill()


def start_seconds(display, cache, product, folder):
    """From the start of the process to the first model in the window."""
    seen = []

    def watch(probe, since):
        while not seen and time.monotonic() < since + 60:
            try:
                if json.loads(probe.read_text())["state"]["has_model"]:
                    seen.append(time.monotonic() - since)
            except (OSError, ValueError):
                pass  # not there yet
            time.sleep(0.004)

    (Path(folder) / "probe.json").unlink(missing_ok=True)
    watcher = threading.Thread(target=watch, args=(Path(folder) / "probe.json", time.monotonic()))
    watcher.start()
    app = App(display, case.PROGRAMS, folder, cache, product)
    watcher.join()
    return app, seen[0] if seen else None


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    """Memory of a process, what it shares with others counted in part (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure_rest(display, cache, product):
    with tempfile.TemporaryDirectory(prefix="fitwright-latency-") as folder:
        app, _ = start_seconds(display, cache, product, folder)
        app.wait_model()
        app.kill()
        app, seconds = start_seconds(display, cache, product, folder)
        try:
            app.wait_model()
            app.settle(1)
            before = processor_seconds(app.process.pid)
            time.sleep(10)
            idle = (processor_seconds(app.process.pid) - before) / 10
            engines = app.children("fitwright-engine")
            return {"product": product, "start_to_model_s": seconds, "idle_cpu_share": idle,
                    "app_pss_mb": resident_mb(app.process.pid),
                    "engines_pss_mb": sum(resident_mb(pid) for pid in engines), "engines": len(engines)}
        finally:
            app.kill()


def table(rows):
    def cells(label, chosen):
        line = f"{label:<12}"
        for what in KINDS:
            s = summary([value for row in chosen for value in row[what]])
            line += f" {s['count']:>7}" + "".join(
                f" {s[key]:>7.1f}" if s[key] is not None else "       -" for key in ("p50", "p95", "max"))
        return line

    print(f"{'(ms)':<12}" + "".join(
        f" {kind.removesuffix('_ms'):>7} {'p50':>7} {'p95':>7} {'max':>7}" for kind in KINDS))
    for product in dict.fromkeys(row["product"] for row in rows):
        print(cells(product, [row for row in rows if row["product"] == product]))
    print(cells("all", rows))


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--json", action="store_true", help="a JSON line for each parameter, then one of the rest")
    arguments.add_argument("products", nargs="*")
    wanted = arguments.parse_args()
    products = wanted.products or [p["id"] for p in json.loads(case.fitwright("list", "--json").stdout)]
    try:
        rows = [row for product in products
                for row in measure_product(case.display(), case.cache(), product, lambda t: print(t, file=sys.stderr))]
        rest = measure_rest(case.display(), case.cache(), products[0])
    finally:
        case.close_shared()
    if wanted.json:
        for row in rows:
            print(json.dumps({"product": row["product"], "parameter": row["parameter"],
                              **{kind: summary(row[kind]) for kind in KINDS}}))
        print(json.dumps(rest))
        return
    table(rows)
    print(f"start to first model {rest['start_to_model_s']:.2f} s; at rest {100 * rest['idle_cpu_share']:.1f} % of a core; "
          f"memory of the app {rest['app_pss_mb']:.0f} MB, of {rest['engines']} engines {rest['engines_pss_mb']:.0f} MB")


if __name__ == "__main__":
    main()
