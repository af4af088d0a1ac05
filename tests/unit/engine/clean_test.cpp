// What the checks say of the products that ship, and of faults put into them on purpose.
#include <algorithm>

#include "app/engine/subject.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

Request product(const std::string& id) {
  const auto subject = find_subject(asset_folder().value(), id);
  REQUIRE(subject);
  const auto design = read_template(asset_folder().value(), subject->path);
  REQUIRE(design);
  Request request = request_of(*design);
  request.wants.check = true;
  return request;
}

Response checked(const Request& request) {
  const Response response = engine().handle(request);
  if (response.error) FAIL(response.error->message);
  return response;
}

std::string text(const CheckReport& report) {
  std::string all;
  for (const Finding& one : report.findings) all += one.check + ": " + one.part + ": " + one.message + "\n";
  for (const Unchecked& one : report.unchecked) all += one.check + ": " + one.part + ": " + one.reason + "\n";
  return all;
}

const Finding* find(const CheckReport& report, std::string_view check) {
  const auto it = std::find_if(report.findings.begin(), report.findings.end(),
                               [&](const Finding& one) { return one.check == check; });
  return it == report.findings.end() ? nullptr : &*it;
}

}  // namespace

TEST_CASE("every preset of every product that ships is clean for the product's first process") {
  const auto shipped = shipped_templates(asset_folder().value());
  REQUIRE(shipped);
  for (const ShippedTemplate& one : *shipped) {
    Request request = product(one.id);
    const Response plain = checked(request);
    INFO(one.id << "\n" << text(plain.report));
    CHECK(plain.report.verdict() == Verdict::clean);
    CHECK_FALSE(find(plain.report, "sheet_thickness"));  // 3 and 6 mm plywood are sold
    for (const Preset& preset : plain.about.presets) {
      request.preset = preset.name;
      const Response response = checked(request);
      INFO(one.id << " " << preset.name << "\n" << text(response.report));
      CHECK(response.report.verdict() == Verdict::clean);
    }
  }
}

TEST_CASE("a lid with less room than its process needs is found, by how much it has") {
  Request request = product("enclosure");
  request.values["lid_fit"] = std::string("given");
  for (const double gap : {0.05, 0.1, 0.15, 0.2, 0.3}) {
    request.values["lid_gap"] = gap;
    const Response response = checked(request);
    INFO(text(response.report));
    const Finding* found = find(response.report, "clearance");
    CHECK((found != nullptr) == (gap < 0.2));
    if (!found) continue;
    CHECK(found->part == "lid");
    CHECK(*found->measured == Approx(gap).margin(1e-6));
    CHECK(*found->required == 0.2);
  }
}

TEST_CASE("parts that stand in each other block, with both names") {
  Request request = block();
  request.wants.check = true;
  CHECK(checked(request).report.verdict() == Verdict::clean);
  request.values["size"] = 103.0;  // copies stand 100 mm apart
  const Response response = checked(request);
  const Finding* found = find(response.report, "interference");
  REQUIRE(found);
  CHECK(found->severity == Severity::blocks);
  CHECK(*found->measured == Approx(3).epsilon(0.15));
  CHECK(found->message.find("two of block") != std::string::npos);
}

TEST_CASE("letters that the font lacks are a risk, by the text and the font") {
  Request request = product("name_plate");
  request.entered = {{"text", "Юрий"}};
  CHECK(find(checked(request).report, "missing_letters") == nullptr);
  request.entered = {{"text", "Ann 木村"}};  // the font that ships has no Chinese characters
  const Response response = checked(request);
  const Finding* finding = find(response.report, "missing_letters");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::risk);
  CHECK(finding->part == "plate");
  CHECK(finding->message.find("木 村") != std::string::npos);
  CHECK(finding->parameters == std::vector<std::string>{"text", "font"});
  CHECK(response.warnings.size() == 1);  // told by those too who do not ask for findings
}
