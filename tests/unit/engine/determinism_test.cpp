// The same request gives the same bytes: on one thread or several, first or after anything else.
#include "geometry/core/file_io.hpp"
#include "templates/runtime/runtime.hpp"
#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

Request product(const std::string& folder) {
  Request request;
  request.chunk = folder + "/template.lua";
  request.source = read_file(std::filesystem::path(FITWRIGHT_SOURCE_DIR) / folder / "template.lua").value();
  request.modules = read_modules(FITWRIGHT_SOURCE_DIR "/templates/modules").value();
  return request;
}

std::vector<FileBytes> exported(Engine& engine, Request request) {
  request.wants.exports = {{"stl", {}, false}, {"3mf", {}, false}, {"step", {}, false}};
  request.wants.force = true;
  const Response response = engine.handle(request);
  if (response.error) FAIL(describe(*response.error));
  REQUIRE(response.files.size() == 3);
  return response.files;
}

// A drag of the template's first number, in preview order.
void drag(Engine& engine, Request request) {
  Request question = request;
  question.wants.description = true;
  const Template about = engine.handle(question).about;
  const Parameter& number = about.parameters.front();
  request.wants.parts = request.wants.preview = true;
  for (const double share : {0.5, 0.52, 0.54}) {
    request.values[number.name] = std::round(*number.min + (*number.max - *number.min) * share);
    engine.handle(request);
  }
}

}  // namespace

TEST_CASE("files do not depend on threads, nor on previews before") {
  const std::filesystem::path assets = asset_folder().value();
  for (const char* folder :
       {"templates/products/bookshelf", "templates/products/enclosure", "templates/products/organiser",
        "templates/products/knob", "tests/property/products/mixed"}) {
    INFO(folder);
    Engine one(assets, {.threads = 1}), two(assets, {.threads = 2}), used(assets);
    const auto a = exported(one, product(folder)), b = exported(two, product(folder));
    drag(used, product(folder));
    const auto c = exported(used, product(folder));
    for (std::size_t i = 0; i < a.size(); ++i) {
      INFO(a[i].format);
      CHECK((a[i].bytes == b[i].bytes));
      CHECK((a[i].bytes == c[i].bytes));
    }
  }
}
