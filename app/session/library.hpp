// What there is to choose from: products that ship, folders of one's own, designs. Read in the background.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/engine/handler.hpp"
#include "templates/schema/design.hpp"

namespace fitwright {

struct Card {
  std::filesystem::path script;  ///< template.lua
  bool shipped = false;
  bool design = false;                             ///< a saved design: `script` is its file, and `id` the template's
  std::string id, name, summary, author, version;  ///< of what cannot be read, the name is that of its folder
  std::vector<std::string> processes;
  std::vector<std::string> presets;   ///< labels
  std::vector<std::string> keywords;  ///< and the words of the description: where a search looks too
  std::optional<Error> error;         ///< why it cannot be used; a folder without templates has such a card too
  std::filesystem::path thumbnail;    ///< PNG; empty while there is none
};

/// Words of a search, in the singular or plural, must all begin a word of name, summary, id, process, preset or
/// keyword; case is ignored (of ASCII letters). Empty matches all.
bool matches(const Card& card, std::string_view search);

class Library {
 public:
  /// Draws a template's script or a design into a PNG file, as `fitwright render` does. Called on the library's own
  /// thread, one at a time; a failure is logged, and the card goes without a picture.
  using Draw = std::function<Result<void>(const std::filesystem::path& script, const std::filesystem::path& png)>;

  /// `assets`: as asset_folder() gives. `cache`: where thumbnails are kept, named by the hash of what they show and of
  /// the program's version. `handler`: reads strangers' templates too, so it belongs behind a process boundary.
  Library(std::filesystem::path assets, std::filesystem::path cache, std::unique_ptr<RequestHandler> handler, Draw draw,
          std::function<void()> wake = {});
  ~Library();  ///< stops what is under way; waits for the picture being drawn
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// Reads what ships and the given folders (each a template's own, or one with templates in its folders) anew, and
  /// then draws what pictures are missing. Supersedes a scan under way.
  /// `designs` are saved designs, which get cards too.
  void scan(std::vector<std::filesystem::path> folders, std::vector<std::filesystem::path> designs = {});
  /// In the order of the folders, each by name, then the designs as they were given; grows while the scan goes on.
  std::vector<Card> cards() const;
  bool busy() const;
  void settle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The design that a user names by the id of a shipped template, a template.lua, its folder, or a .fitwright file. A
/// template's script is read, not run: id, version and name stay empty until an engine has answered (Session does the
/// rest). `script` receives the template's file, empty for a saved design. Errors: usage (unknown, with the nearest),
/// file.
Result<Design> open_subject(const std::filesystem::path& assets, const std::string& subject,
                            std::filesystem::path& script);

}  // namespace fitwright
