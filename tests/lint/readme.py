#!/usr/bin/env python3
"""Runs the commands that README.md tells a newcomer to copy, in order, in an empty folder.

usage: readme.py README.md FOLDER-OF-PROGRAMS

Blocks with ./dev in them are left out: they build what is tested here. Every command must succeed, save those that
end in "|| true", which must fail.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def script(readme):
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = "".join(block for block in blocks if "./dev" not in block).splitlines()
    lines = [line for line in lines if not line.startswith("export PATH=")]
    return "\n".join(re.sub(r"^(.*) \|\| true$", r"if \1; then exit 9; fi", line) for line in lines)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    commands = script(Path(sys.argv[1]).read_text(encoding="utf-8"))
    programs = str(Path(sys.argv[2]).resolve())
    environment = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"]}
    if commands.count("fitwright ") < 5:
        sys.exit("README.md no longer shows commands in ```sh blocks")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["bash", "-euxo", "pipefail", "-c", commands], cwd=folder, env=environment)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
