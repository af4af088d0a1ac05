#!/usr/bin/env python3
"""Drives the real window through all scenarios. The last line is "N passed, N failed".

usage: run.py [-k WORDS] [MODULE ...]

Needs Xvfb, xdotool and Pillow (packages xvfb, xdotool, python3-pil), and the programs in build/bin, or in bin of the
folder that FITWRIGHT_BUILD names. Pictures of failures go to gui-failures in that folder.
"""

import argparse
import sys
import unittest
from pathlib import Path

import case

HERE = Path(__file__).resolve().parent


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("-k", dest="words", action="append", help="only tests whose names hold this")
    arguments.add_argument("modules", nargs="*", default=sorted(path.stem for path in HERE.glob("test_*.py")))
    wanted = arguments.parse_args()
    loader = unittest.TestLoader()
    if wanted.words:
        loader.testNamePatterns = [f"*{words}*" for words in wanted.words]
    try:
        tests = loader.loadTestsFromNames(wanted.modules)
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=case.GuiResult).run(tests)
    finally:
        case.close_shared()
    failed = len({test.id() for test, _ in result.failures + result.errors})
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed")
    return 1 if failed or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
