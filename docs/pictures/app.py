#!/usr/bin/env python3
"""Draws the pictures of docs/app.md from the real app, on a display of its own: ./dev build, then this script."""

import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCES / "tests/gui"))

from display import Display  # noqa: E402
from driver import App  # noqa: E402
from subjects import TRAY, break_it, breakable  # noqa: E402

PICTURES = SOURCES / "docs/pictures"


def shoot(name, display, folder, subject, act, theme="light"):
    app = App(display, SOURCES / "build/bin", folder / name, folder / "cache", subject,
              settings={"theme": theme, "window_width": 1280, "window_height": 800})
    try:
        if subject:
            app.wait_model()
        act(app)
        app.move_to(1270, 790)  # nothing shall be pointed at
        app.settle(1.0)
        app.screenshot(PICTURES / f"{name}.png")
        print(f"{name}.png")
    finally:
        app.kill()


def library(app):
    app.wait(lambda state: not state["library_busy"], "the library is complete")


def customise(app):
    app.type_into("entry width", "912")
    app.type_into("entry shelves", "4")


def section(app):
    app.click("Cut open")


def compare(app):
    app.click("New variant")
    app.drag("slider length", 0.31, 0.6)
    app.click("Compare two variants")
    app.settle(3)


def flat(app):
    app.click("Flat parts and cut list")
    app.until(lambda: app.names("flat part "), "the outlines")


def export(app):
    app.click("Export")
    app.type_into("Export folder", "/tmp")  # the same on every machine
    app.find("Export size")


def findings(app):
    app.wait(lambda state: state["checked"] and not state["busy"] and not state["suggesting"], "the findings")
    app.click("Verdict")
    app.click("finding 0")
    app.wait(lambda state: state["marked"] and not state["moving"], "its place")


def make_it(app):
    app.click("Make it")
    app.until(lambda: app.widgets("way 0") and not app.shown("Make it progress"), "what each place says")
    app.type_into("Package folder", "/tmp")  # the same on every machine
    app.click("way 0", across=0.1)
    app.settle(3)


def main():
    display = Display()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = breakable(folder)
        tray = folder / "tray"
        tray.mkdir()
        (tray / "template.lua").write_text(TRAY)
        try:
            shoot("library", display, folder, "", library)
            shoot("customise", display, folder, "bookshelf", customise)
            shoot("error", display, folder, template, break_it)
            shoot("section", display, folder, "enclosure", section)
            shoot("compare", display, folder, "enclosure", compare)
            shoot("flat", display, folder, "desk", flat)
            shoot("export", display, folder, "knob", export)
            shoot("findings", display, folder, tray, findings)
            shoot("make_it", display, folder, "desk", make_it)
            shoot("dark", display, folder, "organiser", lambda app: None, theme="dark")
        finally:
            display.close()


if __name__ == "__main__":
    main()
