#include "geometry/core/file_io.hpp"
#include "tests/unit/kernel/build.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {
std::string font_file(const std::string& name) {
  return read_file("/usr/share/fonts/truetype/dejavu/" + name + ".ttf").value();
}
const std::string& font() {
  static const std::string bytes = font_file("DejaVuSans");
  return bytes;
}
BuiltPart letters(const std::string& text, double size, const std::string& align = "left",
                  const std::string& bytes = font()) {
  const std::string hash = to_hex(hash_bytes(bytes));
  Product product = product_of(op("extrude", {op("text", {text, size, hash, align}), 2.0}));
  product.blobs[hash] = bytes;
  Evaluator evaluator;
  auto built = evaluator.build(product, {});
  if (!built) FAIL(describe(built.error()));
  return built->front();
}
}  // namespace

TEST_CASE("a capital I is a bar of the font's cap height") {
  // DejaVu Sans: cap height 1493, the I's stem runs from x = 201 to 403 of 2048 units.
  const BuiltPart part = letters("I", 1493);
  CHECK(part.volume == Approx(2.0 * 1493 * (403 - 201)).epsilon(1e-9));
  CHECK(part.box.min.x == Approx(0).margin(1e-9));  // not at 201, which the font leaves free before it
  CHECK(faults_text(part.mesh) == "");
}

TEST_CASE("letters with holes and islands are closed and centred") {
  const BuiltPart part = letters("O8@Åi", 10, "center");
  CHECK(faults_text(part.mesh) == "");
  CHECK(part.box.min.x == Approx(-part.box.max.x).epsilon(1e-6));
  CHECK(letters("O8@Åi", 10, "right").box.max.x == Approx(0).margin(1e-6));
  const TextMeasure measure = measure_text("O8@Åi", font(), 10).value();
  CHECK(measure.width == Approx(part.box.size().x).epsilon(0.01));
  CHECK(measure.missing.empty());
  CHECK(measure_text("a\xF0\x92\x80\x80", font(), 10)->missing == std::vector<std::string>{"\xF0\x92\x80\x80"});
}

TEST_CASE("letters of joined scripts run into each other and are one body where they do") {
  const std::string bold = font_file("DejaVuSans-Bold");
  for (const char* word : {"سارة", "فاطمة", "محمد", "العربية"}) {
    INFO(word);
    const BuiltPart part = letters(word, 12, "center", bold);
    CHECK(faults_text(part.mesh) == "");
    const TextMeasure measure = measure_text(word, bold, 12).value();
    CHECK(measure.width == Approx(part.box.size().x).epsilon(0.01));
    CHECK(part.volume > 2 * 0.1 * measure.width * measure.height);
    CHECK(part.volume < 2 * 0.6 * measure.width * measure.height);
  }
  // Meem, hah, meem, dal: each joins the next.
  CHECK(mesh_shells(letters("محمد", 12, "center", bold).mesh).size() == 1);
}

TEST_CASE("text that cannot be drawn says why") {
  const std::string hash = to_hex(hash_bytes("no font"));
  Product product = product_of(op("extrude", {op("text", {std::string("A"), 5.0, hash}), 2.0}));
  product.blobs[hash] = "no font";
  Evaluator evaluator;
  CHECK(evaluator.build(product, {}).error().message.find("font cannot be read") != std::string::npos);
  product.blobs.clear();
  Evaluator fresh;
  CHECK(fresh.build(product, {}).error().message.find("missing") != std::string::npos);
}
