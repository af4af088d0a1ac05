// render: a picture of a design, drawn without a window.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/cli/command.hpp"
#include "app/cli/console.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/subject.hpp"
#include "app/engine/assets.hpp"
#include "app/view/picture.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright::cli {
namespace fs = std::filesystem;
namespace {

constexpr int smallest = 16, largest = 8192;  // pixels

/// "800x600". Errors: usage.
Result<PixelSize> parse_size(const std::string& text) {
  PixelSize size;
  const char *from = text.data(), *end = from + text.size();
  const auto width = std::from_chars(from, end, size.width);
  const bool by = width.ec == std::errc{} && width.ptr != end && (*width.ptr == 'x' || *width.ptr == 'X');
  const auto height = by ? std::from_chars(width.ptr + 1, end, size.height) : width;
  if (!by || height.ec != std::errc{} || height.ptr != end)
    return fail(ErrorKind::usage, fmt::format("--size is \"{}\"; it takes width and height in pixels", text),
                "--size 1200x900");
  if (std::min(size.width, size.height) < smallest || std::max(size.width, size.height) > largest)
    return fail(ErrorKind::usage,
                fmt::format("--size is {}; it can be {}x{} to {}x{}", text, smallest, smallest, largest, largest));
  return size;
}

Result<StandardView> parse_view(const std::string& text) {
  if (const auto view = standard_view(text)) return *view;
  return fail(ErrorKind::usage, fmt::format("there is no view \"{}\"", text),
              "there are iso, front, back, left, right, top and bottom");
}

Result<PictureOptions> picture_options(const Options& options) {
  PictureOptions wanted;
  if (!options.size.empty()) {
    FW_TRY(wanted.size, parse_size(options.size));
  }
  if (!options.view.empty()) {
    FW_TRY(wanted.view, parse_view(options.view));
  }
  FW_TRY(const auto pose, parse_pose(options.pose));
  wanted.pose = pose.value_or(Pose::assembled);
  wanted.perspective = !options.orthographic;
  wanted.transparent = options.transparent;
  return wanted;
}

/// Where the picture goes. Errors: usage, file; before any work is done.
Result<fs::path> picture_path(const Options& options) {
  if (options.outputs.size() != 1 || options.outputs.front().empty())
    return fail(ErrorKind::usage, "render writes one picture and has to be told where", "-o picture.png");
  FW_CHECK(check_outputs(options));
  const fs::path path = options.outputs.front();
  std::string extension = path.extension().string();
  if (extension != ".png" && extension != ".PNG")
    return fail(ErrorKind::usage, fmt::format("pictures are PNG files, and {} does not end in .png", path.string()),
                "-o picture.png");
  return path;
}

}  // namespace

Outcome render(const Options& options, Notes& notes) {
  FW_TRY(const fs::path path, picture_path(options));
  FW_TRY(const PictureOptions wanted, picture_options(options));
  FW_TRY(const auto assets, asset_folder());
  FW_TRY(const auto engine, engine_for(assets, options));
  FW_TRY(Request request, load_subject(assets, options.subject));
  FW_CHECK(apply_options(*engine, options, request));
  if (options.deflection.empty()) request.deflection = {.linear = 0.02, .angular = 6};  // round parts shall look round
  request.wants.parts = true;
  const auto model = std::make_shared<const Response>(engine->handle(request));
  add_notes(*model, notes);
  if (model->error) return fail(*model->error);
  FW_TRY(const std::string bytes, picture(model, wanted));
  FW_CHECK(write_file_atomic(path, bytes));
  fmt::print("wrote {} ({} x {} pixels)\n", path.string(), wanted.size.width, wanted.size.height);
  return 0;
}

}  // namespace fitwright::cli
