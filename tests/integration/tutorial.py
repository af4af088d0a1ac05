#!/usr/bin/env python3
"""Does what docs/tutorial.md tells a designer to do, step by step, and runs its commands.

usage: tutorial.py TUTORIAL FOLDER-OF-PROGRAMS

Lua blocks come in the tutorial's order: lists of the table, functions, rules, parameters to add, lines for build. A
command that ends in "|| true" must fail.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def replace_between(text, start, end, by):
    a = text.index(start)
    return text[:a] + by + text[text.index(end, a) :]


def edit(template, step, block):
    """The template after a step's Lua block has been put where the text says."""
    if step == 0:
        return replace_between(template, "  -- A value outside min and max", "\n  build = build,", block)
    if step == 1:
        return replace_between(template, "-- Rules and build see", "return {\n  id =", block + "\n")
    if step == 2:
        return template.replace("  rules = {},\n", block)
    if step == 3:
        return template.replace("help = \"How high the edge stands over the base; 0 for none.\" },\n",
                                "help = \"How high the edge stands over the base; 0 for none.\" },\n" + block)
    return template.replace("  return {\n    parts", block + "  return {\n    parts", 1)


def run(command, folder, environment):
    must_fail = command.endswith("|| true")
    done = subprocess.run(command.removesuffix("|| true"), shell=True, cwd=folder, env=environment, capture_output=True, text=True)
    print("$", command, "\n" + done.stdout + done.stderr)
    if (done.returncode == 0) == must_fail:
        sys.exit(f"{command} ended with {done.returncode}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    environment = {**os.environ, "PATH": str(Path(sys.argv[2]).resolve()) + os.pathsep + os.environ["PATH"]}
    blocks = re.findall(r"^```(lua)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    step = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coaster" / "template.lua"
        for kind, block in blocks:
            if kind:
                before = path.read_text(encoding="utf-8")
                after = edit(before, step, block)
                if after == before:
                    sys.exit(f"step {step} changes nothing: the tutorial and `fitwright new` no longer agree")
                path.write_text(after, encoding="utf-8")
                step += 1
                continue
            for command in block.splitlines():
                run(command, folder, environment)
    if step != 5:
        sys.exit(f"the tutorial has {step} Lua blocks, not 5")


if __name__ == "__main__":
    main()
