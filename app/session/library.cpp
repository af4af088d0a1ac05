#include "app/session/library.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "app/engine/assets.hpp"
#include "app/engine/subject.hpp"
#include "app/session/thumbnails.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

/// A template or design to be read, or a folder where none can be.
struct Found {
  std::size_t folder = 0;  ///< in the order that cards are shown; 0: shipped
  bool design = false;
  fs::path script;
  std::optional<Error> error;
};

bool has_template(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "template.lua", ignored);
}

/// The scripts of a template's folder, or of one with templates in its folders.
Result<std::vector<fs::path>> scripts_in(const fs::path& folder) {
  if (has_template(folder)) return std::vector{folder / "template.lua"};
  std::vector<fs::path> scripts;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (has_template(it->path())) scripts.push_back(it->path() / "template.lua");
  if (error)
    return fail(ErrorKind::file, fmt::format("the folder {} cannot be read: {}", folder.string(), error.message()));
  if (scripts.empty())
    return fail(ErrorKind::file, fmt::format("there is no template.lua in {}, nor in a folder of it", folder.string()));
  std::sort(scripts.begin(), scripts.end());
  return scripts;
}

Result<std::vector<fs::path>> shipped_scripts(const fs::path& assets) {
  FW_TRY(const auto shipped, shipped_templates(assets));
  std::vector<fs::path> scripts;
  for (const ShippedTemplate& one : shipped) scripts.push_back(one.path);
  return scripts;
}

/// What a scan is to look through.
struct Places {
  std::vector<fs::path> folders, designs;
};

std::vector<Found> find_all(const fs::path& assets, const Places& places) {
  std::vector<Found> all;
  std::set<fs::path> seen;
  const std::vector<fs::path>& folders = places.folders;
  for (std::size_t i = 0; i <= folders.size(); ++i) {
    auto scripts = i == 0 ? shipped_scripts(assets) : scripts_in(folders[i - 1]);
    if (!scripts) {
      const fs::path folder = i == 0 ? assets : folders[i - 1];
      all.push_back({i, false, folder / "template.lua", std::move(scripts).error()});
      continue;
    }
    std::error_code ignored;
    for (fs::path& script : *scripts)
      if (seen.insert(fs::weakly_canonical(script, ignored)).second) all.push_back({i, false, std::move(script), {}});
  }
  for (std::size_t i = 0; i < places.designs.size(); ++i)
    all.push_back({folders.size() + 1 + i, true, places.designs[i], {}});
  return all;
}

void describe(Card& card, const Template& about) {
  card.id = about.id;
  card.version = about.version;
  card.summary = about.summary;
  card.author = about.author;
  card.processes = about.processes;
  card.keywords = about.keywords;
  card.keywords.push_back(about.description);
  if (!about.name.empty()) card.name = about.name;
  for (const Preset& preset : about.presets) card.presets.push_back(preset.label.empty() ? preset.name : preset.label);
}

// ---- searching ----

/// Pieces of letters and digits, in lower case. Whatever is not ASCII counts as a letter.
std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all(1);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte))
      all.back() += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    else if (!all.back().empty())
      all.emplace_back();
  }
  if (all.back().empty()) all.pop_back();
  return all;
}

}  // namespace

bool matches(const Card& card, std::string_view search) {
  std::string text = card.name + " " + card.summary + " " + card.id;
  for (const auto* more : {&card.processes, &card.presets, &card.keywords})
    for (const std::string& one : *more) text += " " + one;
  const auto known = words(text), wanted = words(search);
  const auto begins = [&](const std::string& word) {
    return std::any_of(known.begin(), known.end(), [&](const std::string& one) { return one.starts_with(word); });
  };
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    constexpr std::size_t shortest = 4;  // letters of a plural: "hooks", "boxes", but not "gas"
    const auto without = [&](std::string_view end) {
      return word.size() >= shortest && word.ends_with(end) && begins(word.substr(0, word.size() - end.size()));
    };
    return begins(word) || without("s") || without("es");
  });
}

struct Library::Impl {
  /// A card with what it takes to place and to draw it.
  struct Entry {
    std::size_t folder;
    Card card;
    std::string picture;  ///< name of its thumbnail's file
  };

  fs::path assets, cache;
  std::unique_ptr<RequestHandler> handler;
  Draw draw;
  std::function<void()> wake;

  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::optional<Places> next;  ///< of the scan that is asked for
  std::vector<Entry> entries;
  bool running = false;
  std::stop_source stop;  ///< of the scan under way; of all, at the end
  bool closing = false;
  std::thread thread;

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return closing || next; });
      if (closing) return;
      const Places places = std::move(*next);
      next.reset();
      entries.clear();
      stop = std::stop_source();
      running = true;
      const std::stop_token token = stop.get_token();
      lock.unlock();
      scan(places, token);
      lock.lock();
      running = false;
      changed.notify_all();
      lock.unlock();
      if (wake) wake();  // no longer busy
      lock.lock();
    }
  }

  void scan(const Places& places, const std::stop_token& token) {
    for (Found& found : find_all(assets, places)) {
      Entry entry = found.design ? read_design(found) : read(std::move(found), token);
      if (!publish(token, [&] { place(std::move(entry)); })) return;
    }
    draw_missing(token);
  }

  /// Changes what is shown unless a newer scan was asked for.
  template <class Change>
  bool publish(const std::stop_token& token, const Change& change) {
    {
      const std::scoped_lock lock(mutex);
      if (token.stop_requested()) return false;
      change();
    }
    if (wake) wake();
    return true;
  }

  void place(Entry entry) {
    const auto before = [](const Entry& a, const Entry& b) {
      return std::tie(a.folder, a.card.name, a.card.script) < std::tie(b.folder, b.card.name, b.card.script);
    };
    entries.insert(std::upper_bound(entries.begin(), entries.end(), entry, before), std::move(entry));
  }

  Entry read(Found found, const std::stop_token& token) const {
    Entry entry{.folder = found.folder, .card = {}, .picture = {}};
    Card& card = entry.card;
    card.script = std::move(found.script);
    card.shipped = found.folder == 0;
    card.name = card.script.parent_path().filename().string();
    card.error = std::move(found.error);
    if (card.error) return entry;
    auto design = read_template(assets, card.script);
    if (!design) {
      card.error = std::move(design).error();
      return entry;
    }
    entry.picture = thumbnail_name(*design);
    Request request = request_of(std::move(*design));
    request.wants.description = true;
    const Response response = handler->handle(request, token);
    describe(card, response.about);
    card.error = response.error;
    if (const fs::path png = thumbnail_folder(cache) / entry.picture; is_thumbnail(png)) card.thumbnail = png;
    return entry;
  }

  /// A design is shown by what its file says; its script is run when its picture is drawn.
  Entry read_design(const Found& found) const {
    Entry entry{.folder = found.folder, .card = {}, .picture = {}};
    Card& card = entry.card;
    card.script = found.script;
    card.design = true;
    card.name = card.script.stem().string();
    const auto design = load_design(card.script);
    if (!design) {
      card.error = design.error();
      return entry;
    }
    card.id = design->template_id;
    card.version = design->template_version;
    entry.picture = thumbnail_name(*design);
    if (const fs::path png = thumbnail_folder(cache) / entry.picture; is_thumbnail(png)) card.thumbnail = png;
    return entry;
  }

  /// Only this thread changes entries, so it may read them without the lock.
  void draw_missing(const std::stop_token& token) {
    for (Entry& entry : entries) {
      if (token.stop_requested()) return;
      if (!draw || entry.card.error || !entry.card.thumbnail.empty()) continue;
      const fs::path png = thumbnail_folder(cache) / entry.picture;
      if (const auto drawn = draw_thumbnail(draw, entry.card.script, png); !drawn) {
        spdlog::warn("no picture of {}: {}", entry.card.script.string(), drawn.error().message);
        continue;
      }
      if (!publish(token, [&] { entry.card.thumbnail = png; })) return;
    }
    std::set<std::string> used;
    for (const Entry& entry : entries) used.insert(entry.picture);
    remove_old_thumbnails(cache, used);
  }
};

Library::Library(fs::path assets, fs::path cache, std::unique_ptr<RequestHandler> handler, Draw draw,
                 std::function<void()> wake)
    : impl_(std::make_unique<Impl>()) {
  impl_->assets = std::move(assets);
  impl_->cache = std::move(cache);
  impl_->handler = std::move(handler);
  impl_->draw = std::move(draw);
  impl_->wake = std::move(wake);
  impl_->thread = std::thread([this] { impl_->work(); });
}

Library::~Library() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
    impl_->stop.request_stop();
    impl_->changed.notify_all();
  }
  impl_->thread.join();
}

void Library::scan(std::vector<fs::path> folders, std::vector<fs::path> designs) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->next = Places{std::move(folders), std::move(designs)};
  impl_->stop.request_stop();
  impl_->changed.notify_all();
}

std::vector<Card> Library::cards() const {
  const std::scoped_lock lock(impl_->mutex);
  std::vector<Card> all;
  for (const Impl::Entry& entry : impl_->entries) all.push_back(entry.card);
  return all;
}

bool Library::busy() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->running || impl_->next;
}

void Library::settle() const {
  std::unique_lock lock(impl_->mutex);
  impl_->changed.wait(lock, [this] { return !impl_->running && !impl_->next; });
}

// ---- opening ----

Result<Design> open_subject(const fs::path& assets, const std::string& subject, fs::path& script) {
  script.clear();
  FW_TRY(const Subject found, find_subject(assets, subject));
  if (found.kind == SubjectKind::other) return fail(not_a_design(subject));
  if (found.kind == SubjectKind::design) return load_design(found.path);
  FW_TRY(Design design, read_template(assets, found.path));
  script = fs::absolute(found.path);
  return design;
}

}  // namespace fitwright
