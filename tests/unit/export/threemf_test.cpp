#include <regex>

#include "tests/unit/export/consortium_reader.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

TEST_CASE("the 3MF Consortium's library reads our 3MF without a warning, with all that it carries") {
  const Scene scene = plates_and_ball();
  const ConsortiumModel model = read_with_lib3mf(written("x.3mf", scene));
  for (const std::string& warning : model.warnings) UNSCOPED_INFO(warning);
  CHECK(model.read);
  CHECK(model.warnings.empty());
  CHECK(model.millimetres);
  REQUIRE(model.items.size() == 3);
  CHECK(model.items[0].name == "plate");
  CHECK(model.items[1].name == "plate");
  CHECK(model.items[2].name == scene.parts[1].name);
  CHECK(model.items[0].triangles == 12);
  CHECK(model.items[2].triangles == 512);
  for (const ConsortiumItem& item : model.items) {
    CHECK(item.valid);
    CHECK(item.manifold);
  }
  REQUIRE(model.colours.size() == 2);
  CHECK(model.colours[0] == "#FF8000");  // 0.5 * 255 rounds to 128
  CHECK(model.colours[1] == "#CCCCCC");
}

TEST_CASE("3MF metadata names the design, its template, parameters and licence") {
  const TemporaryFolder folder;
  const auto path = folder.put("x.3mf", written("x.3mf", plates_and_ball()));
  const auto script =
      folder.put("metadata.py",
                 "import sys, zipfile, xml.etree.ElementTree as tree\n"
                 "core = '{http://schemas.microsoft.com/3dmanufacturing/core/2015/02}'\n"
                 "model = tree.fromstring(zipfile.ZipFile(sys.argv[1]).read('3D/3dmodel.model'))\n"
                 "for entry in model.findall(core + 'metadata'): print(entry.get('name'), '=', entry.text)\n");
  const CommandOutput listing = run_command("python3 " + script.string() + " " + path.string());
  CHECK(listing.status == 0);
  CHECK(listing.text ==
        "Title = Plates & ball\nDesigner = A. Maker\nLicenseTerms = CC-BY-4.0\nApplication = Fitwright\n"
        "fitwright:template = plates\nfitwright:template_version = 1.2.0\n"
        "fitwright:parameters = width = 40 mm; count = 2\n");
}

TEST_CASE("PrusaSlicer loads our 3MF and calls it manifold") {
  const TemporaryFolder folder;
  const Scene scene = plates_and_ball();
  const auto path = folder.put("scene.3mf", written("scene.3mf", scene));
  const CommandOutput info = run_command("prusa-slicer --info " + path.string());
  INFO(info.text);
  REQUIRE(info.status == 0);
  CHECK(info.text.find("manifold = yes") != std::string::npos);
  CHECK(info.text.find("manifold = no") == std::string::npos);
  std::smatch match;
  REQUIRE(std::regex_search(info.text, match, std::regex("number_of_facets = +(\\d+)")));
}

TEST_CASE("equal scenes give equal 3MF bytes, whatever the time zone") {
  const Scene scene = plates_and_ball();
  const std::string first = written("x.3mf", scene);
  setenv("TZ", "Pacific/Auckland", 1);
  tzset();
  CHECK(written("x.3mf", scene) == first);
  unsetenv("TZ");
  tzset();
}

TEST_CASE("copies and mirror images come back from 3MF where they were put") {
  const TemporaryFolder folder;
  Scene scene = plates_and_ball();
  scene.parts[0].mesh = box_mesh({1, 2, 3}, {41, 22, 8});
  scene.parts[0].assembled = {Placement::translation({5, 6, 7}) * Placement::rotation({1, 2, 3}, 33),
                              Placement::reflection({1, 1, 0}, {50, 0, 0})};
  const ImportedModel model = read_back(folder.put("x.3mf", written("x.3mf", scene, Pose::assembled)));
  REQUIRE(model.parts.size() == 3);
  CHECK(model.parts[0].name == "plate");
  CHECK(model.parts[1].name == "plate (mirrored)");
  CHECK(model.parts[2].name == scene.parts[1].name);
  for (int copy = 0; copy < 2; ++copy) {
    const Box3 expected = bounds(placed(scene.parts[0].mesh, scene.parts[0].assembled[copy]));
    const Box3 found = bounds(model.parts[copy].mesh);
    CHECK(length(found.min - expected.min) < 1e-5);
    CHECK(length(found.max - expected.max) < 1e-5);
    CHECK(mesh_faults(model.parts[copy].mesh).empty());
    CHECK(volume(model.parts[copy].mesh) == Approx(4000).epsilon(1e-6));
  }
  const ConsortiumModel strict = read_with_lib3mf(written("x.3mf", scene, Pose::assembled));
  CHECK(strict.read);
  CHECK(strict.warnings.empty());
}
