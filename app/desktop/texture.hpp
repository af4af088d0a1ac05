// A picture file on the graphics card.
#pragma once

#include <imgui.h>

#include <filesystem>
#include <utility>

namespace fitwright::desktop {

class Texture {
 public:
  Texture() = default;
  ~Texture();
  Texture(Texture&& other) noexcept { *this = std::move(other); }
  Texture& operator=(Texture&& other) noexcept {
    std::swap(name_, other.name_);
    std::swap(width_, other.width_);
    std::swap(height_, other.height_);
    return *this;
  }

  /// An empty texture when the file is not a picture that can be read.
  static Texture from_png(const std::filesystem::path& file);

  // ImGui hands the name of a texture on as a pointer.
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  ImTextureID id() const { return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name_)); }
  float width() const { return static_cast<float>(width_); }
  float height() const { return static_cast<float>(height_); }

 private:
  unsigned name_ = 0;
  int width_ = 0, height_ = 0;
};

}  // namespace fitwright::desktop
