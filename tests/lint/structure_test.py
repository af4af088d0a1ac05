#!/usr/bin/env python3
"""Seeds one violation after the other and sees that each is found, and nothing else."""

import tempfile
import unittest
from pathlib import Path

import structure


def violations(files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return structure.violations(Path(folder))


class Structure(unittest.TestCase):
    def refused(self, path, text, expected):
        found = violations({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(path + ": "), found)
        self.assertIn(expected, found[0])

    def allowed(self, path, text):
        self.assertEqual(violations({path: text}), [])

    def test_direction_between_layers(self):
        for path, header in (
            ("geometry/core/a.hpp", "app/engine/engine.hpp"),
            ("geometry/kernel/a.cpp", "templates/schema/schema.hpp"),
            ("templates/schema/a.cpp", "export/format.hpp"),
            ("templates/schema/a.cpp", "templates/runtime/run.hpp"),
            ("export/stl/a.cpp", "templates/schema/schema.hpp"),
            ("export/stl/a.cpp", "app/cli/main.hpp"),
        ):
            self.refused(path, f'#include "{header}"\n', "may not include")

    def test_direction_inside_geometry(self):
        for path, header in (
            ("geometry/core/a.hpp", "geometry/graph/arg.hpp"),
            ("geometry/graph/a.cpp", "geometry/kernel/kernel.hpp"),
            ("geometry/graph/a.cpp", "geometry/mesh/mesh.hpp"),
            ("geometry/mesh/a.cpp", "geometry/graph/arg.hpp"),
            ("geometry/catalog/a.cpp", "geometry/mesh/mesh.hpp"),
            ("geometry/checks/a.cpp", "geometry/kernel/kernel.hpp"),
            ("geometry/kernel/a.cpp", "geometry/checks/check.hpp"),
        ):
            self.refused(path, f'  #  include "{header}"\n', "may not include")

    def test_what_the_direction_allows(self):
        self.allowed("geometry/kernel/ops/a.cpp", '#include "geometry/graph/arg.hpp"\n#include "geometry/kernel/b.hpp"\n')
        self.allowed("geometry/checks/a.cpp", '#include "geometry/catalog/c.hpp"\n#include "geometry/mesh/mesh.hpp"\n')
        self.allowed("app/cli/a.cpp", '#include "templates/schema/s.hpp"\n#include "export/f.hpp"\n#include <vector>\n')
        self.allowed("tests/unit/core/a.cpp", '#include "tests/catch.hpp"\n#include "geometry/core/result.hpp"\n')

    def test_includes_start_at_the_root(self):
        self.refused("geometry/core/a.cpp", '#include "result.hpp"\n', "from the root")
        self.refused("geometry/core/a.cpp", '#include "../graph/arg.hpp"\n', "from the root")

    def test_an_unlisted_folder(self):
        self.refused("geometry/newcomer/a.cpp", "#include <vector>\n", "no rule")

    def test_third_party_headers_stay_with_their_owner(self):
        for path, header, library in (
            ("geometry/checks/a.cpp", "TopoDS_Shape.hxx", "OpenCASCADE"),
            ("export/stl/a.cpp", "gp_Pnt.hxx", "OpenCASCADE"),
            ("app/cli/a.cpp", "CGAL/Surface_mesh.h", "CGAL"),
            ("geometry/kernel/a.cpp", "embree4/rtcore.h", "Embree"),
            ("templates/schema/a.cpp", "lua.hpp", "Lua"),
            ("app/engine/a.cpp", "lua5.4/lauxlib.h", "Lua"),
            ("templates/runtime/a.cpp", "hb.h", "HarfBuzz"),
            ("export/svg/a.cpp", "ft2build.h", "FreeType"),
            ("geometry/core/a.cpp", "CLI/CLI.hpp", "CLI11"),
            ("app/session/a.cpp", "imgui.h", "Dear ImGui"),
            ("app/session/a.cpp", "GLFW/glfw3.h", "GLFW"),
            ("app/cli/a.cpp", "epoxy/gl.h", "epoxy"),
            ("app/session/a.cpp", "png.h", "libpng"),
            ("tests/unit/core/a.cpp", "TopoDS_Shape.hxx", "OpenCASCADE"),
            ("tests/unit/export/stl_test.cpp", "TopoDS_Shape.hxx", "OpenCASCADE"),
        ):
            self.refused(path, f"#include <{header}>\n", library)

    def test_third_party_headers_where_they_belong(self):
        for path, header in (
            ("geometry/kernel/ops/a.cpp", "TopoDS_Shape.hxx"),
            ("export/step/a.cpp", "STEPControl_Writer.hxx"),
            ("geometry/checks/a.cpp", "CGAL/Surface_mesh.h"),
            ("templates/runtime/a.cpp", "lua.hpp"),
            ("app/view/gl.hpp", "epoxy/gl.h"),
            ("tests/unit/view/a.cpp", "png.h"),
            ("tests/unit/kernel/a.cpp", "TopoDS_Shape.hxx"),
            ("tests/property/kernel_tiers/a.cpp", "TopoDS_Shape.hxx"),
            ("tests/unit/export/step_test.cpp", "TopoDS_Shape.hxx"),
        ):
            self.allowed(path, f"#include <{header}>\n")

    def test_length(self):
        self.refused("tests/unit/core/a.cpp", "\n" * 601, "601 lines")
        self.refused("templates/products/knob/template.lua", "\n" * 700, "700 lines")
        self.allowed("tests/unit/core/a.cpp", "\n" * 600)


if __name__ == "__main__":
    unittest.main()
