#include <sys/resource.h>

#include <chrono>
#include <cstring>
#include <limits>
#include <random>

#include "tests/unit/export/archives.hpp"
#include "tests/unit/export/scenes.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

// A child process would be killed above this; here the peak of the whole test program must stay below.
constexpr long memory_limit_kb = 1024 * 1024;

Error refused(const std::filesystem::path& path) {
  INFO(path.string());
  const auto start = std::chrono::steady_clock::now();
  const auto model = read_model(path);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  CHECK(spent.count() < 20);
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ErrorKind::file);
  CHECK(model.error().message.find(path.filename().string()) != std::string::npos);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  CHECK(usage.ru_maxrss < memory_limit_kb);
  return model.error();
}

const std::vector<std::string> names{"x.stl", "x.3mf", "x.step", "x.stp"};

}  // namespace

TEST_CASE("missing, empty and random files of every kind are refused") {
  const TemporaryFolder folder;
  std::mt19937 random(7);
  for (const std::string& name : names) {
    refused(folder / ("missing-" + name));
    CHECK(refused(folder.put(name, "")).message.find("empty") != std::string::npos);
    for (const std::size_t size : {1, 83, 84, 1000, 100'000}) {
      std::string bytes(size, '\0');
      for (char& c : bytes) c = static_cast<char>(random());
      refused(folder.put(name, bytes));
    }
    std::filesystem::create_directory(folder / ("folder-" + name));
    refused(folder / ("folder-" + name));
  }
}

TEST_CASE("a hundred megabytes of zeros are refused") {
  const TemporaryFolder folder;
  for (const std::string& name : names) {
    folder.put(name, "");
    std::filesystem::resize_file(folder / name, 100 << 20);
    refused(folder / name);
  }
  std::filesystem::resize_file(folder / "x.stl", std::uintmax_t{1} << 40);  // a sparse terabyte
  refused(folder / "x.stl");
}

TEST_CASE("files cut off anywhere are refused") {
  const TemporaryFolder folder;
  const Scene scene = plates_and_ball();
  for (const std::string name : {"x.stl", "x.3mf"}) {
    const std::string whole = written(name, scene);
    for (const double part : {0.01, 0.3, 0.7, 0.999})
      refused(folder.put(name, whole.substr(0, static_cast<std::size_t>(part * static_cast<double>(whole.size())))));
  }
  const std::string message = refused(folder.put("x.stl", written("x.stl", scene).substr(0, 84 + 50 * 3 + 7))).message;
  CHECK(message.find("cut off") != std::string::npos);
  CHECK(message.find("holds 3") != std::string::npos);
  CHECK(
      refused(folder.put("x.stl", "solid x\nfacet normal 0 0 1\nouter loop\nvertex 0 0")).message.find("triangle 1") !=
      std::string::npos);
  CHECK(refused(folder.put(
                    "x.stl",
                    "solid x\nfacet normal 0 0 1 outer loop vertex 0 0 0 vertex 1 0 0 vertex 0 1 0 endloop endfacet"))
            .message.find("cut off") != std::string::npos);
  refused(folder.put("x.stl", "solid x\nendsolid x\n"));
}

TEST_CASE("STL with coordinates that are no numbers is refused, naming the triangle") {
  const TemporaryFolder folder;
  std::string bytes = written("x.stl", plates_and_ball());
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    std::memcpy(bytes.data() + 84 + 50 * 4 + 12 + 8, &bad, sizeof bad);
    CHECK(refused(folder.put("x.stl", bytes)).message.find("triangle 5") != std::string::npos);
  }
  const std::string text =
      "solid\nfacet normal 0 0 1 outer loop vertex 0 0 nan vertex 1 0 0 vertex 0 1 0 endloop endfacet endsolid";
  CHECK(refused(folder.put("x.stl", text)).message.find("triangle 1") != std::string::npos);
}

TEST_CASE("STEP without solids is refused") {
  const TemporaryFolder folder;
  const std::string empty =
      "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\n"
      "FILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\nENDSEC;\nDATA;\n#1=CARTESIAN_POINT('',(0.,0.,0.));\nENDSEC;\nEND-ISO-10303-"
      "21;\n";
  refused(folder.put("x.step", empty));
  refused(folder.put("x.step", "ISO-10303-21;\n))))((((#1=#1=;;;'\nEND-ISO-10303-21;\n"));
}

TEST_CASE("STEP that would take gigabytes to parse, or nests without end, is refused") {
  const TemporaryFolder folder;
  const std::string head = "ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n", tail = "ENDSEC;\nEND-ISO-10303-21;\n";
  std::string many = head;
  for (int i = 1; i < 2'000'000; ++i) many += "#" + std::to_string(i) + "=A();\n";
  CHECK(refused(folder.put("x.step", many + tail)).message.find("more STEP data") != std::string::npos);
  refused(folder.put("x.step", head + "#1=A(" + std::string(200'000, '(') + std::string(200'000, ')') + ");\n" + tail));
  refused(folder.put("x.step", head + "#1=A('" + std::string(1'000'000, 'x') + "');\n" + tail));
}

TEST_CASE("3MF that unpacks to more than memory is refused") {
  const TemporaryFolder folder;
  // 200 MB of spaces pack to 200 kB.
  refused(make_zip(folder / "x.3mf", {{"3D/3dmodel.model", std::string(std::size_t{200} << 20, ' ')}}));
  // Small as text, large as a tree.
  std::string tags = "<model>";
  for (int i = 0; i < 12'000'000; ++i) tags += "<a/>";
  refused(make_zip(folder / "x.3mf", {{"3D/3dmodel.model", tags + "</model>"}}));
  // Many megabytes of relations.
  refused(make_zip(folder / "x.3mf", {{"_rels/.rels", std::string(std::size_t{50} << 20, ' ')}}));
}

TEST_CASE("ZIP archives that are no 3MF are refused") {
  const TemporaryFolder folder;
  CHECK(refused(make_zip(folder / "x.3mf", {{"readme.txt", "hello"}})).message.find("no model inside") !=
        std::string::npos);
  refused(make_zip(folder / "x.3mf", {{"_rels/.rels", "<<<"}}));
  refused(make_zip(folder / "x.3mf", {{"_rels/.rels", "<Relationships/>"}}));
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 10'001; ++i) many.emplace_back(std::to_string(i), "");
  refused(make_zip(folder / "x.3mf", many));
}

TEST_CASE("a file whose packed bytes were changed is refused or read whole, never crashed on") {
  const TemporaryFolder folder;
  const std::string whole = written("x.3mf", plates_and_ball());
  std::mt19937 random(11);
  int refusals = 0;
  for (int round = 0; round < 200; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto model = read_model(folder.put("x.3mf", bytes));
    if (!model) ++refusals;
  }
  CHECK(refusals > 100);
}
