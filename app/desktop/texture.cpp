#include "app/desktop/texture.hpp"

#include <epoxy/gl.h>
#include <png.h>

#include <vector>

#include "geometry/core/file_io.hpp"

namespace fitwright::desktop {

Texture::~Texture() {
  if (name_) glDeleteTextures(1, &name_);
}

Texture Texture::from_png(const std::filesystem::path& file) {
  Texture texture;
  const auto bytes = read_file(file, std::size_t{32} << 20);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!bytes || !png_image_begin_read_from_memory(&image, bytes->data(), bytes->size())) return texture;
  image.format = PNG_FORMAT_RGBA;
  std::vector<std::uint8_t> pixels;
  if (image.width <= 4096 && image.height <= 4096) pixels.resize(PNG_IMAGE_SIZE(image));
  if (pixels.empty() || !png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr)) {
    png_image_free(&image);
    return texture;
  }
  texture.width_ = static_cast<int>(image.width);
  texture.height_ = static_cast<int>(image.height);
  glGenTextures(1, &texture.name_);
  glBindTexture(GL_TEXTURE_2D, texture.name_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, texture.width_, texture.height_, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               pixels.data());
  glGenerateMipmap(GL_TEXTURE_2D);
  return texture;
}

}  // namespace fitwright::desktop
