// Pictures as files.
#include "app/view/picture.hpp"

#include <png.h>

#include "tests/catch.hpp"
#include "tests/unit/view/shapes.hpp"

using namespace fitwright;

namespace {

struct Image {
  PixelSize size;
  std::vector<std::uint8_t> rgba;
};

Image read_png(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()));
  image.format = PNG_FORMAT_RGBA;
  Image read{{static_cast<int>(image.width), static_cast<int>(image.height)}, {}};
  read.rgba.resize(PNG_IMAGE_SIZE(image));
  REQUIRE(png_image_finish_read(&image, nullptr, read.rgba.data(), 0, nullptr));
  return read;
}

}  // namespace

TEST_CASE("a PNG file holds the pixels it was given, and nothing of when") {
  std::vector<std::uint8_t> rgba;
  for (int i = 0; i < 7 * 5 * 4; ++i) rgba.push_back(static_cast<std::uint8_t>(i * 37));
  const auto bytes = png_bytes({7, 5}, rgba);
  REQUIRE(bytes);
  CHECK(png_bytes({7, 5}, rgba) == bytes);
  CHECK(bytes->find("tIME") == std::string::npos);
  const Image image = read_png(*bytes);
  CHECK(image.size == PixelSize{7, 5});
  CHECK(image.rgba == rgba);
  CHECK_FALSE(png_bytes({7, 6}, rgba));
  CHECK_FALSE(png_bytes({0, 5}, {}));
}

TEST_CASE("a picture has the size asked for, and is the same every time") {
  PictureOptions options;
  options.size = {120, 90};
  const auto first = picture(cube(), options);
  REQUIRE(first);
  CHECK(picture(cube(), options) == first);
  const Image image = read_png(*first);
  CHECK(image.size == options.size);
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) REQUIRE(image.rgba[i] == 255);
  options.transparent = true;
  const Image clear = read_png(*picture(cube(), options));
  CHECK(clear.rgba[3] == 0);
  CHECK(clear.rgba[(45 * 120 + 60) * 4 + 3] == 255);
}

TEST_CASE("a picture shows the view and pose asked for") {
  const auto model = response({block("bar", {{0, 0, 0}, {30, 10, 10}}, {0.2, 0.6, 0.3})});
  const auto drawn = [&](StandardView view) {
    PictureOptions options{{300, 300}, view, false, Pose::assembled, true};
    const Image image = read_png(*picture(model, options));
    int width = 0, height = 0;
    for (int i = 0; i < 300; ++i) {
      width += image.rgba[static_cast<std::size_t>(150 * 300 + i) * 4 + 3] == 255;
      height += image.rgba[static_cast<std::size_t>(i * 300 + 150) * 4 + 3] == 255;
    }
    return std::pair{width, height};
  };
  // The longest side fills 92 % of the picture.
  CHECK(drawn(StandardView::front).first == Approx(276).margin(2));
  CHECK(drawn(StandardView::front).second == Approx(92).margin(2));
  CHECK(drawn(StandardView::right).first == Approx(276).margin(2));
  CHECK(drawn(StandardView::right).second == Approx(276).margin(2));
}
