// PNG by libpng. No time and no text is written, so equal pixels give equal bytes.
#include <png.h>

#include <fmt/format.h>

#include "app/view/picture.hpp"

namespace fitwright {

Result<std::string> png_bytes(PixelSize size, const std::vector<std::uint8_t>& rgba) {
  const std::size_t expected = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
  if (size.width < 1 || size.height < 1 || rgba.size() != expected)
    return fail(ErrorKind::internal,
                fmt::format("a picture of {} x {} pixels was given {} bytes", size.width, size.height, rgba.size()));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  image.format = PNG_FORMAT_RGBA;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t used = bytes.size();
  const int ok = png_image_write_to_memory(&image, bytes.data(), &used, 0, rgba.data(), 0, nullptr);
  const std::string said = ok ? "" : image.message;
  png_image_free(&image);
  if (!ok) return fail(ErrorKind::internal, fmt::format("the picture could not be written as PNG: {}", said));
  bytes.resize(used);
  return bytes;
}

}  // namespace fitwright
