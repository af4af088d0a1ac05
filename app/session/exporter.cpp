#include "app/session/exporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>

#include "app/engine/blocking.hpp"
#include "export/file_names.hpp"
#include "export/format.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/core/file_io.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

constexpr std::array fineness_rows{
    Fineness{"draft", "Draft", "small files that slice quickly; flats show on curves", 0.4},
    Fineness{"normal", "Normal", "as smooth as most printers can show", 0.1},
    Fineness{"fine", "Fine", "for small curved parts and fine nozzles; larger files", 0.03},
    Fineness{"very-fine", "Very fine", "for resin printers and milling; files of many megabytes", 0.01},
};

/// The bytes are made in spite of blocking findings, so that to force them needs no second build.
Request export_request(const Request& design, const ExportChoice& choice) {
  Request request = design;
  request.deflection.linear = choice.deflection;
  request.wants = {};
  request.wants.check = true;
  request.wants.check_for = choice.check_for;
  request.wants.force = true;
  request.wants.exports = {{choice.format, choice.pose, choice.per_part || !choice.part.empty(), choice.flat}};
  return request;
}

std::string extension(const std::string& id) {
  for (const Format& format : formats())
    if (format.id == id) return std::string(format.extensions.front());
  return {};
}

Result<void> check_stem(const std::string& stem) {
  if (stem.empty()) return fail(ErrorKind::usage, "the file needs a name");
  if (fs::path(stem) != fs::path(stem).filename() || stem == "." || stem == "..")
    return fail(ErrorKind::usage, fmt::format("\"{}\" cannot be the name of a file", stem),
                fmt::format("\"{}\" can", file_stem(stem)));
  return {};
}

/// A file that was made, and where it goes.
struct Destination {
  fs::path path;
  const FileBytes* file;
};

/// The files chosen, in the order of parts. Errors: usage.
Result<std::vector<Destination>> destinations(const Response& answer, const ExportChoice& choice) {
  FW_CHECK(check_stem(choice.stem));
  // An extension is added, not replaced: "shelf 1.5" is a name.
  const fs::path whole = choice.folder / (choice.stem + extension(choice.format));
  std::vector<Destination> all;
  std::set<fs::path> taken;
  for (const FileBytes& file : answer.files) {
    const fs::path path = file.part.empty() ? whole : part_path(whole, file.part, taken);
    if (choice.part.empty() || file.part == choice.part) all.push_back({path, &file});
  }
  if (all.empty()) return fail(ErrorKind::usage, fmt::format("there is no part \"{}\" to export", choice.part));
  return all;
}

std::uint64_t triangles(const Response& answer, const std::string& part) {
  std::uint64_t sum = 0;
  for (const ResponsePart& one : answer.parts)
    if (part.empty() || one.built.name == part) sum += one.triangles;
  return sum;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

}  // namespace

std::string judged_for(std::string_view format, const std::string& process, const Template& about,
                       const Catalog& catalog) {
  const auto serves = [&](const std::string& id) {
    const auto found = catalog.process(id);
    if (!found) return false;
    if (format.starts_with("cutlist")) return true;
    switch (kind_of(**found)) {
      case ProcessKind::filament:
      case ProcessKind::layers:
      case ProcessKind::powder: return format == "stl" || format == "3mf";
      case ProcessKind::milling: return format == "step";
      case ProcessKind::sheet:
      case ProcessKind::bending: return format == "dxf" || format == "svg" || format == "step";
      case ProcessKind::panels: break;
    }
    return true;  // boards are cut by whatever says their sizes
  };
  if (process.empty() || serves(process)) return {};
  const auto other = std::find_if(about.processes.begin(), about.processes.end(), serves);
  return other == about.processes.end() ? "any" : *other;
}

std::span<const Fineness> finenesses() { return fineness_rows; }

std::string file_stem(std::string_view name) {
  constexpr std::size_t longest = 100;  // leaves room for a part's name and the extension
  std::string stem;
  for (const char c : file_safe(name, "")) {
    const bool repeated = c == '-' && (stem.empty() || stem.back() == '-');
    const bool hidden = c == '.' && stem.empty();
    if (!repeated && !hidden) stem += c;
  }
  if (stem.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xC0) == 0x80) --end;  // within a UTF-8 character
    stem.resize(end);
  }
  while (!stem.empty() && (stem.back() == '-' || stem.back() == '.')) stem.pop_back();
  return stem.empty() ? "design" : stem;
}

struct Exporter::Impl {
  explicit Impl(std::unique_ptr<RequestHandler> handler, std::function<void()> wake)
      : worker(std::move(handler), std::move(wake)) {}

  mutable std::mutex mutex;  ///< of `choice` and `asked`: whoever is woken may ask for the plan
  ExportChoice choice;
  std::optional<Request> asked;
  Worker worker;

  /// What is chosen, and what came of it; null while there is nothing.
  std::pair<ExportChoice, std::shared_ptr<const Response>> now(Worker::State& state) const {
    const std::scoped_lock lock(mutex);
    state = worker.state();
    return {choice, state.answered == state.asked ? state.answer : nullptr};
  }
};

Exporter::Exporter(std::unique_ptr<RequestHandler> handler, std::function<void()> wake)
    : impl_(std::make_unique<Impl>(std::move(handler), std::move(wake))) {}
Exporter::~Exporter() = default;

void Exporter::prepare(const Request& design, const ExportChoice& choice) {
  Request request = export_request(design, choice);
  const std::scoped_lock lock(impl_->mutex);
  impl_->choice = choice;
  if (impl_->asked == request) return;
  impl_->asked = request;
  impl_->worker.ask(std::move(request));
}

void Exporter::cancel() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->asked.reset();
  impl_->worker.cancel();
}

Exporter::Plan Exporter::plan() const {
  Worker::State state;
  const auto [choice, answer] = impl_->now(state);
  Plan plan{.busy = state.busy, .stage = state.stage, .share = state.share};
  if (!answer) return plan;
  plan.error = answer->error;
  if (plan.error) return plan;
  const auto files = destinations(*answer, choice);
  if (!files) {
    plan.error = files.error();
    return plan;
  }
  for (const Destination& one : *files) plan.files.push_back({one.path, one.file->bytes.size(), is_there(one.path)});
  plan.triangles = triangles(*answer, choice.part);
  plan.blocked = answer->blocked();
  plan.ready = !plan.blocked || choice.force;
  if (!plan.ready) plan.error = blocking_error(*answer, "this cannot be made");
  return plan;
}

Result<std::vector<fs::path>> Exporter::write(bool overwrite) {
  Worker::State state;
  const auto [choice, answer] = impl_->now(state);
  if (!answer) return fail(ErrorKind::usage, "the files are not ready to be written yet");
  if (answer->error) return fail(*answer->error);
  if (answer->blocked() && !choice.force)
    return fail(blocking_error(*answer, "this cannot be made, so no file was written"));
  FW_TRY(const auto all, destinations(*answer, choice));
  std::vector<FileToWrite> files;
  std::vector<fs::path> written;
  for (const Destination& one : all) {
    if (!overwrite && is_there(one.path))
      return fail(ErrorKind::file, fmt::format("{} is there already, and was left as it is", one.path.string()),
                  "choose another name, or overwrite it");
    files.push_back({one.path, one.file->bytes});
    written.push_back(one.path);
  }
  FW_CHECK(write_files_atomic(files));
  return written;
}

void Exporter::settle() const { impl_->worker.settle(); }

}  // namespace fitwright
