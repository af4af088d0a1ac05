// The products there are to choose from.
#include "app/session/library.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include "app/engine/assets.hpp"
#include "app/engine/engine.hpp"
#include "app/engine/subject.hpp"
#include "tests/catch.hpp"
#include "tests/unit/session/folder.hpp"

using namespace fitwright;
using namespace fitwright::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::string box(const std::string& id, const std::string& name) {
  return "return { id = '" + id + "', version = '1.0.0', name = '" + name +
         "', summary = 'A plain box.', description = 'd', licence = 'CC0-1.0', author = 'Mia', processes = { 'fdm' },"
         "parameters = { { 'size', kind = 'length', default = 20, min = 1, max = 100, step = 1, label = 'Size' } },"
         "presets = { { name = 'big', label = 'Big one', values = { size = 90 } } },"
         "build = function(p) return { parts = { { name = 'box', solid = box(p.size, 1, 1) } } } end }";
}

/// Templates that ship.
const std::size_t shipped = static_cast<std::size_t>(
    std::distance(fs::directory_iterator(FITWRIGHT_SOURCE_DIR "/templates/products"), fs::directory_iterator()));

/// Draws the signature of a PNG, and counts.
struct Studio {
  fs::path assets = asset_folder().value();
  Folder folder;
  std::atomic<std::size_t> drawn = 0;
  std::atomic<int> woken = 0;
  std::atomic<bool> works = true;
  std::chrono::milliseconds takes = 0ms;

  Library library() {
    const auto draw = [this](const fs::path&, const fs::path& png) -> Result<void> {
      ++drawn;
      std::this_thread::sleep_for(takes);
      if (!works) return fail(ErrorKind::internal, "no display");
      spill(png, "\x89PNG\r\n\x1a\n");
      return {};
    };
    return Library(assets, folder / "cache", std::make_unique<Engine>(assets), draw, [this] { ++woken; });
  }
  std::vector<Card> scanned(Library& library, std::vector<fs::path> folders) {
    library.scan(std::move(folders));
    library.settle();
    return library.cards();
  }
};

std::vector<std::string> names(const std::vector<Card>& cards) {
  std::vector<std::string> all;
  for (const Card& card : cards) all.push_back(card.name);
  return all;
}

const Card* find(const std::vector<Card>& cards, const std::string& id) {
  for (const Card& card : cards)
    if (card.id == id) return &card;
  return nullptr;
}

}  // namespace

TEST_CASE("designs have cards after all templates, in the order given, each with a picture of its own") {
  Studio studio;
  const fs::path script = studio.folder / "mine/template.lua";
  spill(script, box("boxy", "Boxy"));
  auto design = read_template(studio.assets, script);
  REQUIRE(design);
  design->template_id = "boxy";
  const fs::path small = studio.folder / "z small.fitwright", large = studio.folder / "a large.fitwright";
  REQUIRE(save_design(*design, small));
  design->values["size"] = 90.0;
  REQUIRE(save_design(*design, large));
  spill(studio.folder / "broken.fitwright", "no design");
  Library library = studio.library();
  library.scan({}, {small, large, studio.folder / "broken.fitwright"});
  library.settle();
  const auto cards = library.cards();
  REQUIRE(cards.size() == shipped + 3);
  CHECK(cards[shipped - 1].shipped);
  CHECK(names({cards.begin() + static_cast<std::ptrdiff_t>(shipped), cards.end()}) ==
        std::vector<std::string>{"z small", "a large", "broken"});
  for (std::size_t i = shipped; i < cards.size(); ++i) CHECK(cards[i].design);
  CHECK(cards[shipped].id == "boxy");
  CHECK(cards[shipped].script == small);
  CHECK_FALSE(cards[shipped].thumbnail.empty());
  CHECK(cards[shipped].thumbnail != cards[shipped + 1].thumbnail);
  REQUIRE(cards[shipped + 2].error);
  CHECK(cards[shipped + 2].thumbnail.empty());
}

TEST_CASE("what ships comes first, then one's own folders, each by name") {
  Studio studio;
  spill(studio.folder / "mine/z/template.lua", box("zebra", "Alpha"));
  spill(studio.folder / "mine/a/template.lua", box("ape", "Omega"));
  spill(studio.folder / "mine/no template/readme.txt", "");
  spill(studio.folder / "single/template.lua", box("single", "Single"));
  Library library = studio.library();
  const auto cards =
      studio.scanned(library, {studio.folder / "mine", studio.folder / "single", studio.folder / "mine/a"});
  REQUIRE(cards.size() == shipped + 3);  // a template named twice is shown once
  for (std::size_t i = 0; i < shipped; ++i) {
    CHECK(cards[i].shipped);
    CHECK_FALSE(cards[i].error);
    CHECK_FALSE(cards[i].presets.empty());
    if (i > 0) CHECK(cards[i - 1].name < cards[i].name);
  }
  CHECK(find(cards, "bookshelf"));
  CHECK(names({cards.begin() + static_cast<std::ptrdiff_t>(shipped), cards.end()}) ==
        std::vector<std::string>{"Alpha", "Omega", "Single"});
  const Card& own = cards[shipped];
  CHECK_FALSE(own.shipped);
  CHECK(own.id == "zebra");
  CHECK(own.version == "1.0.0");
  CHECK(own.author == "Mia");
  CHECK(own.summary == "A plain box.");
  CHECK(own.processes == std::vector<std::string>{"fdm"});
  CHECK(own.presets == std::vector<std::string>{"Big one"});
  CHECK(own.script == studio.folder / "mine/z/template.lua");
  CHECK_FALSE(library.busy());
  CHECK(studio.woken >= 14);  // each card and each picture
}

TEST_CASE("what cannot be read has a card that says why") {
  Studio studio;
  spill(studio.folder / "broken/template.lua", "return {");
  spill(studio.folder / "empty/readme.txt", "");
  Library library = studio.library();
  const auto cards =
      studio.scanned(library, {studio.folder / "broken", studio.folder / "empty", studio.folder / "gone"});
  REQUIRE(cards.size() == shipped + 3);
  CHECK(names({cards.begin() + static_cast<std::ptrdiff_t>(shipped), cards.end()}) ==
        std::vector<std::string>{"broken", "empty", "gone"});
  REQUIRE(cards[shipped].error);
  CHECK(cards[shipped].error->kind == ErrorKind::script);
  CHECK(cards[shipped].thumbnail.empty());
  for (const Card* card : {&cards[shipped + 1], &cards[shipped + 2]}) {
    REQUIRE(card->error);
    CHECK(card->error->kind == ErrorKind::file);
  }
  CHECK(studio.drawn == shipped);
}

TEST_CASE("pictures are drawn once, and again when the template changes") {
  Studio studio;
  const fs::path script = studio.folder / "mine/template.lua";
  spill(script, box("mine", "Mine"));
  {
    Library library = studio.library();
    for (const Card& card : studio.scanned(library, {studio.folder / "mine"})) {
      CHECK(fs::exists(card.thumbnail));
      CHECK(card.thumbnail.parent_path() == studio.folder / "cache/thumbnails");
    }
    CHECK(studio.drawn == shipped + 1);
    studio.scanned(library, {studio.folder / "mine"});
    CHECK(studio.drawn == shipped + 1);
  }
  Library later = studio.library();
  const auto before = find(studio.scanned(later, {studio.folder / "mine"}), "mine")->thumbnail;
  CHECK(studio.drawn == shipped + 1);
  spill(script, box("mine", "Mine") + "-- changed");
  CHECK(find(studio.scanned(later, {studio.folder / "mine"}), "mine")->thumbnail != before);
  CHECK(studio.drawn == shipped + 2);
  spill(studio.folder / "mine/helper.lua", "return {}");
  studio.scanned(later, {studio.folder / "mine"});
  CHECK(studio.drawn == shipped + 3);
}

TEST_CASE("old pictures of templates that changed go, those in use stay") {
  Studio studio;
  const fs::path stale = studio.folder / "cache/thumbnails/0123.png",
                 fresh = studio.folder / "cache/thumbnails/4567.png";
  spill(stale, "x");
  spill(fresh, "x");
  Library library = studio.library();
  const fs::path used = studio.scanned(library, {}).at(0).thumbnail;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::days(40);
  fs::last_write_time(stale, long_ago);
  fs::last_write_time(used, long_ago);
  studio.scanned(library, {});
  CHECK_FALSE(fs::exists(stale));
  CHECK(fs::exists(fresh));
  CHECK(fs::exists(used));
}

TEST_CASE("a failure to draw is no error of the card") {
  Studio studio;
  studio.works = false;
  Library library = studio.library();
  for (const Card& card : studio.scanned(library, {})) {
    CHECK_FALSE(card.error);
    CHECK(card.thumbnail.empty());
  }
  CHECK(studio.drawn == shipped);
  studio.works = true;
  for (const Card& card : studio.scanned(library, {})) CHECK_FALSE(card.thumbnail.empty());
}

TEST_CASE("a new scan supersedes one under way, and cards are there before their pictures") {
  Studio studio;
  studio.takes = 100ms;
  spill(studio.folder / "mine/template.lua", box("mine", "Mine"));
  Library library = studio.library();
  library.scan({});
  while (studio.drawn == 0) std::this_thread::sleep_for(1ms);
  CHECK(library.busy());
  CHECK(library.cards().size() == shipped);
  const auto cards = studio.scanned(library, {studio.folder / "mine"});
  CHECK(find(cards, "mine"));
  CHECK(studio.drawn <= shipped + 2);  // the picture in the midst of which the scan ended was kept for the next
}

TEST_CASE("words of a search begin words of a card") {
  Card card;
  card.id = "wall-shelf";
  card.name = "Bücherregal Größe M";
  card.summary = "Holds books on a wall.";
  card.processes = {"cnc-router"};
  card.presets = {"For novels"};
  card.keywords = {"case", "library"};
  for (const char* found :
       {"", "  ", "shelf", "shelfs", "novel", "case lib", "WALL boo", "wall-sh", "büch", "rout", "m"})
    CHECK(matches(card, found));
  for (const char* missed : {"lf", "helf", "ibrary", "shelf lamp", "books fdm"}) CHECK_FALSE(matches(card, missed));
}

TEST_CASE("designs are opened by id, script, folder and file") {
  const Studio studio;
  fs::path script;
  const Design shipped = open_subject(studio.assets, "bookshelf", script).value();
  CHECK(shipped.source.find("Bookshelf") != std::string::npos);
  CHECK(shipped.template_id.empty());  // nothing of a stranger's runs in the window's process
  CHECK(shipped.values.empty());
  CHECK(script == studio.assets / "templates/products/bookshelf/template.lua");

  const fs::path own = studio.folder / "mine/template.lua";
  spill(own, box("mine", "Mine"));
  spill(studio.folder / "mine/helper.lua", "return 7");
  for (const fs::path& subject : {own, own.parent_path()}) {
    const Design design = open_subject(studio.assets, subject.string(), script).value();
    CHECK(design.source == box("mine", "Mine"));
    CHECK(design.modules.at("helper") == "return 7");
    CHECK(script == own);
  }

  const fs::path saved = studio.folder / "saved.fitwright";
  Design known = shipped;
  known.template_id = "bookshelf";
  known.template_version = "1.0.0";
  REQUIRE(save_design(known, saved));
  CHECK(open_subject(studio.assets, saved.string(), script).value() == known);
  CHECK(script.empty());
}

TEST_CASE("what cannot be opened says why") {
  const Studio studio;
  fs::path script;
  const auto slip = open_subject(studio.assets, "bokshelf", script);
  REQUIRE_FALSE(slip);
  CHECK(slip.error().kind == ErrorKind::usage);
  CHECK(slip.error().suggestion.find("bookshelf") != std::string::npos);
  spill(studio.folder / "model.stl", "solid");
  CHECK(open_subject(studio.assets, studio.folder / "model.stl", script).error().kind == ErrorKind::usage);
  fs::create_directory(studio.folder / "bare");
  CHECK(open_subject(studio.assets, studio.folder / "bare", script).error().kind == ErrorKind::file);
}
