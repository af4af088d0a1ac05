#!/usr/bin/env python3
"""Holds the sources to the structure that docs/development.md describes.

usage: structure.py FOLDER

Checks the direction of #include between folders, that headers of third-party libraries stay in the module
that owns them, and the length of files. Prints one line a violation; exit status 1 when there is any.
"""

import re
import sys
from pathlib import Path

MAX_LINES = 600
TOP_FOLDERS = ("app", "assets", "bench", "export", "geometry", "templates", "tests")
COUNTED_SUFFIXES = {".cpp", ".hpp", ".lua", ".py", ".sh", ".cmake"}

# Folder -> folders it may include besides itself. The longest matching prefix decides; a folder that is
# not listed is a violation, so that a new one gets its place here.
MAY_INCLUDE = {
    "geometry/core": (),
    "geometry/graph": ("geometry/core",),
    "geometry/mesh": ("geometry/core",),
    "geometry/catalog": ("geometry/core",),
    "geometry/kernel": ("geometry/graph", "geometry/mesh", "geometry/core"),
    "geometry/checks": ("geometry/mesh", "geometry/catalog", "geometry/core"),
    "templates/schema": ("geometry",),
    "templates/runtime": ("templates/schema", "geometry"),
    "export": ("geometry",),
    "app": ("templates", "export", "geometry"),
    "bench": ("app", "templates", "export", "geometry", "tests/unit/export"),
    "tests": ("app", "bench", "templates", "export", "geometry"),
}

# Library -> pattern of its headers, and the folders (prefixes) that may include them.
OWNERS = {
    "OpenCASCADE": (r".*\.hxx", ("geometry/kernel", "export/step")),
    "CGAL": (r"CGAL/.*", ("geometry/checks", "geometry/kernel")),
    "Embree": (r"embree\d/.*", ("geometry/checks",)),
    "Lua": (r"(lua[\d.]*/)?(lua|lauxlib|lualib|luaconf)\.(h|hpp)", ("templates/runtime",)),
    "HarfBuzz": (r"(harfbuzz/)?hb.*\.h", ("geometry/kernel",)),
    "FreeType": (r"(ft2build\.h|freetype/.*|FT_.*)", ("geometry/kernel",)),
    "dxflib": (r"(dxflib/)?dl_.*\.h", ("export/dxf",)),
    "Clipper": (r"polyclipping/.*", ("export/make",)),
    "CLI11": (r"CLI/.*", ("app/cli", "app/desktop")),
    "Dear ImGui": (r"(backends/)?imgui.*\.h", ("app/desktop",)),
    "GLFW": (r"GLFW/.*", ("app/desktop",)),
    "epoxy": (r"epoxy/.*", ("app/view", "app/desktop")),
    "libpng": (r"png\.h", ("app/view", "app/desktop")),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def under(path, prefix):
    return path == prefix or path.startswith(prefix + "/")


def own_folder(path):
    """The key of MAY_INCLUDE that covers a path, or None."""
    matches = [key for key in MAY_INCLUDE if under(path, key)]
    return max(matches, key=len, default=None)


def include_faults(path, text):
    folder = own_folder(path)
    if folder is None:
        yield f"{path}: no rule says what this folder may include; add it to tests/lint/structure.py"
        return
    for bracket, header in INCLUDE.findall(text):
        if bracket == '"':
            yield from own_header_faults(path, folder, header)
        else:
            yield from library_faults(path, header)


def own_header_faults(path, folder, header):
    if not header.startswith(tuple(top + "/" for top in TOP_FOLDERS)):
        yield f'{path}: include "{header}" from the root of the repository'
    elif not any(under(header, allowed) for allowed in (folder, *MAY_INCLUDE[folder])):
        yield f'{path}: {folder} may not include "{header}"'


def library_faults(path, header):
    for library, (pattern, owners) in OWNERS.items():
        if not re.fullmatch(pattern, header):
            continue
        # A module's tests may look at what the module looks at: tests/unit/kernel like geometry/kernel, step_test.cpp
        # like export/step.
        names = {owner.split("/")[1] for owner in owners}
        tests_owner = path.startswith("tests/") and any(part.split("_")[0] in names for part in path.split("/")[2:])
        if not tests_owner and not any(under(path, owner) for owner in owners):
            yield f"{path}: <{header}> of {library} belongs in {' or '.join(owners)}"


def violations(root):
    """All violations below a folder, as lines of text."""
    found = []
    for top in TOP_FOLDERS:
        for file in sorted((root / top).rglob("*")):
            path = file.relative_to(root).as_posix()
            if not file.is_file() or file.suffix not in COUNTED_SUFFIXES:
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            lines = text.count("\n")
            if lines > MAX_LINES:
                found.append(f"{path}: {lines} lines, {MAX_LINES} are allowed: split it")
            if file.suffix in (".cpp", ".hpp"):
                found.extend(include_faults(path, text))
    return found


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = violations(Path(sys.argv[1]))
    print("\n".join(found) if found else "structure: sound")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
