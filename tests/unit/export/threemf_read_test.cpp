#include "tests/unit/export/archives.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

// Reads a package whose only file is the model.
Result<ImportedModel> read_xml(const std::string& xml) {
  const TemporaryFolder folder;
  return read_model(make_zip(folder / "x.3mf", {{"3D/3dmodel.model", xml}}));
}

std::string simple(const std::string& item, const std::string& attributes = "unit=\"millimeter\"") {
  return model_xml(
      "<resources>" + object_xml(7, tetrahedron, "name=\"tetra\"") + "</resources><build>" + item + "</build>",
      attributes);
}

Error refused(const std::string& xml) {
  const auto model = read_xml(xml);
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ErrorKind::file);
  CHECK(model.error().message.find("x.3mf") != std::string::npos);
  return model.error();
}

}  // namespace

TEST_CASE("units of 3MF are honoured") {
  // Volume of the tetrahedron, 1/6 in cubes of the unit.
  const std::vector<std::pair<std::string, double>> units{{"micron", 1e-3}, {"millimeter", 1}, {"centimeter", 10},
                                                          {"inch", 25.4},   {"foot", 304.8},   {"meter", 1000}};
  for (const auto& [unit, mm] : units) {
    const auto model = read_xml(simple("<item objectid=\"7\"/>", "unit=\"" + unit + "\""));
    REQUIRE(model);
    CHECK(volume(model->parts[0].mesh) == Approx(mm * mm * mm / 6));
  }
  CHECK(volume(read_xml(simple("<item objectid=\"7\"/>", ""))->parts[0].mesh) == Approx(1.0 / 6));
  CHECK(refused(simple("<item objectid=\"7\"/>", "unit=\"furlong\"")).message.find("furlong") != std::string::npos);
}

TEST_CASE("transforms of items and components are applied inside out, in the file's unit") {
  // Item: scale by 2, move by 10 along x. Component: mirror in z, so z = 0..1 becomes -1..0, move by 3 along y.
  const auto model = read_xml(model_xml(
      "<resources>" + object_xml(1, tetrahedron) +
          object_xml(2, "<components><component objectid=\"1\" transform=\"1 0 0 0 1 0 0 0 -1 0 3 0\"/></components>",
                     "name=\"group\"") +
          "</resources><build><item objectid=\"2\" transform=\"2 0 0 0 2 0 0 0 2 10 0 0\"/></build>",
      "unit=\"centimeter\""));
  REQUIRE(model);
  REQUIRE(model->parts.size() == 1);
  CHECK(model->parts[0].name == "group");
  const Box3 box = bounds(model->parts[0].mesh);
  CHECK(box.min.x == Approx(100));
  CHECK(box.max.x == Approx(120));
  CHECK(box.min.y == Approx(60));
  CHECK(box.min.z == Approx(-20));
  CHECK(box.max.z == Approx(0).margin(1e-12));
  CHECK(mesh_faults(model->parts[0].mesh).empty());  // turned over with the mirror
}

TEST_CASE("objects may live in another file of the package, and elements may carry a prefix") {
  const TemporaryFolder folder;
  const std::string rels =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" "
      "Target=\"/3D/main.model\" "
      "Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/></Relationships>";
  const std::string root =
      "<c:model xmlns:c=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\" xmlns:p=\"urn:p\"><c:resources>"
      "<c:object id=\"1\"><c:components><c:component p:path=\"/3D/Objects/a.model\" objectid=\"5\"/></c:components>"
      "</c:object></c:resources><c:build><c:item objectid=\"1\"/></c:build></c:model>";
  const std::string other =
      model_xml("<resources>" + object_xml(5, tetrahedron, "name=\"far\"") + "</resources><build/>");
  const ImportedModel model = read_back(
      make_zip(folder / "x.3mf", {{"_rels/.rels", rels}, {"3D/main.model", root}, {"3D/Objects/a.model", other}}));
  REQUIRE(model.parts.size() == 1);
  CHECK(model.parts[0].name == "far");
}

TEST_CASE("supports and empty objects are left out with a note") {
  const auto model = read_xml(
      model_xml("<resources>" + object_xml(1, tetrahedron, "type=\"support\"") + object_xml(2, tetrahedron) +
                object_xml(3, "<mesh/>") +
                "</resources><build><item objectid=\"1\"/><item objectid=\"2\"/><item objectid=\"3\"/></build>"));
  REQUIRE(model);
  CHECK(model->parts.size() == 1);
  CHECK(model->parts[0].name == "x");  // the file's own
  CHECK(model->notes.size() == 2);
}

TEST_CASE("broken 3MF models are refused with the reason") {
  refused("this is no XML");
  refused("<model><resources>");
  refused("<html/>");
  CHECK(refused(simple("")).message.find("nothing to build") != std::string::npos);
  CHECK(refused(simple("<item objectid=\"8\"/>")).message.find("object 8 does not exist") != std::string::npos);
  CHECK(refused(simple("<item objectid=\"7\" transform=\"1 2 3\"/>")).message.find("transform") != std::string::npos);
  CHECK(refused(simple("<item objectid=\"7\" transform=\"1 0 0 0 1 0 0 0 nan 0 0 0\"/>")).message.find("transform") !=
        std::string::npos);

  const auto with = [](const std::string& what, const std::string& by) {
    std::string xml = simple("<item objectid=\"7\"/>");
    xml.replace(xml.find(what), what.size(), by);
    return xml;
  };
  CHECK(refused(with("x=\"1\"", "x=\"nan\"")).message.find("vertex 2") != std::string::npos);
  CHECK(refused(with("x=\"1\"", "x=\"inf\"")).message.find("vertex 2") != std::string::npos);
  CHECK(refused(with("x=\"1\"", "x=\"one\"")).message.find("vertex 2") != std::string::npos);
  CHECK(refused(with("v3=\"1\"", "v3=\"4\"")).message.find("triangle 1") != std::string::npos);
  CHECK(refused(with("v3=\"1\"", "v3=\"-1\"")).message.find("triangle 1") != std::string::npos);
  CHECK(refused(with("v3=\"1\"", "v3=\"99999999999999999999\"")).message.find("triangle 1") != std::string::npos);
}

TEST_CASE("3MF objects that contain themselves or multiply without end are refused soon") {
  const std::string self = "<components><component objectid=\"1\"/></components>";
  refused(model_xml("<resources>" + object_xml(1, self) + "</resources><build><item objectid=\"1\"/></build>"));
  // Each level holds the one below ten times: 10^20 tetrahedra.
  std::string levels = object_xml(1, tetrahedron);
  for (int level = 2; level <= 21; ++level) {
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += "<component objectid=\"" + std::to_string(level - 1) + "\"/>";
    levels += object_xml(level, "<components>" + ten + "</components>");
  }
  refused(model_xml("<resources>" + levels + "</resources><build><item objectid=\"21\"/></build>"));
}
