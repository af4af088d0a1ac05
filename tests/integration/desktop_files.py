#!/usr/bin/env python3
"""Asks the desktop's own tools what they make of the menu entry, the icon and the file type.

usage: desktop_files.py FOLDER FITWRIGHT

FOLDER holds the files, FITWRIGHT is the program that writes a design. Needs desktop-file-validate, update-mime-database
and gio (Debian: desktop-file-utils, shared-mime-info, libglib2.0-bin).
"""

import configparser
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

FOLDER, FITWRIGHT = (Path(argument) for argument in sys.argv[1:3]) if len(sys.argv) == 3 else sys.exit(__doc__)
DESIGN = "application/x-fitwright"


def menu_entry():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(FOLDER / "fitwright.desktop", encoding="utf-8")
    return entry["Desktop Entry"]


class MenuEntry(unittest.TestCase):
    def test_is_valid(self):
        said = subprocess.run(["desktop-file-validate", FOLDER / "fitwright.desktop"], capture_output=True, text=True)
        self.assertEqual((said.returncode, said.stdout + said.stderr), (0, ""))

    def test_names_a_program_the_icon_and_the_file_type(self):
        entry = menu_entry()
        program, argument = entry["Exec"].split()
        self.assertTrue(os.access(FITWRIGHT.parent / program, os.X_OK), program)
        self.assertEqual((entry["TryExec"], argument), (program, "%f"))
        self.assertTrue((FOLDER / (entry["Icon"] + ".svg")).is_file())
        self.assertEqual(entry["MimeType"], DESIGN + ";")


class Icon(unittest.TestCase):
    def test_is_a_square_drawing_that_scales(self):
        drawing = ElementTree.parse(FOLDER / "fitwright.svg").getroot()
        left, top, width, height = map(float, drawing.get("viewBox").split())
        self.assertEqual((left, top, width), (0, 0, height))


class FileType(unittest.TestCase):
    """A database of file types of our own: those of the system, and ours."""

    @classmethod
    def setUpClass(cls):
        cls.home = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": cls.home,
                           "XDG_DATA_HOME": cls.home, "XDG_DATA_DIRS": cls.home}
        packages = cls.home / "mime" / "packages"
        packages.mkdir(parents=True)
        shutil.copy("/usr/share/mime/packages/freedesktop.org.xml", packages)
        shutil.copy(FOLDER / "fitwright-mime.xml", packages / "fitwright.xml")
        said = subprocess.run(["update-mime-database", cls.home / "mime"], capture_output=True, text=True,
                              env=cls.environment)
        if said.returncode != 0 or said.stderr:
            raise AssertionError(said.stderr)

    def type_of(self, path):
        said = subprocess.run(["gio", "info", "-a", "standard::content-type", path], capture_output=True, text=True,
                              check=True, env=self.environment)
        return said.stdout.split("content-type:")[1].split()[0]

    def test_designs_are_known_by_name_and_by_what_is_in_them(self):
        design = self.home / "knob.fitwright"
        subprocess.run([FITWRIGHT, "make", "knob", "-o", design], check=True, capture_output=True)
        self.assertEqual(self.type_of(design), DESIGN)
        self.assertEqual(self.type_of(design.rename(self.home / "knob")), DESIGN)
        large = self.home / "large.fitwright"
        large.write_text('{"files": {"drawing": "' + 9000 * "A" + '"}, "format": "fitwright-design"}')
        self.assertEqual(self.type_of(large), DESIGN)

    def test_other_files_are_not(self):
        other = self.home / "other.json"
        other.write_text('{"format": "something else"}')
        self.assertEqual(self.type_of(other), "application/json")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
