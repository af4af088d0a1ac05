// Reads the fields of a table that a template returned, and keeps the first thing that is wrong with it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "templates/runtime/source_line.hpp"
#include "templates/runtime/tree.hpp"

namespace fitwright {

/// The first fault found, and the table that it was found in.
struct Problem {
  std::optional<Error> error;
  TablePlace place;
};

class Fields {
 public:
  /// `what` names the table in messages, e.g. "parameter width".
  Fields(const Tree& table, std::string what, Problem& problem);

  const std::string& what() const { return what_; }
  /// `name` is the text by which the table can be found in the template's source.
  void rename(std::string what, std::string name) {
    what_ = std::move(what);
    place_.name = std::move(name);
  }
  /// Where the table stands, as long as it has no name.
  Fields& listed(std::string list, std::size_t position) {
    place_.list = std::move(list);
    place_.position = position;
    return *this;
  }
  /// Notes a fault unless there is one already.
  void fault(std::string message, std::string suggestion = {}, std::string_view field = {});

  /// The field, if present; nothing is said about its kind.
  const Tree* get(std::string_view name);
  std::string text(std::string_view name);                             ///< must be there
  std::string text(std::string_view name, std::string_view fallback);  ///< may be left out
  std::optional<double> number(std::string_view name);                 ///< finite; may be left out
  double number(std::string_view name, double fallback);
  bool has_function(std::string_view name);               ///< may be left out
  std::vector<std::string> texts(std::string_view name);  ///< list; may be left out
  /// The list's members, each a table; may be left out.
  std::vector<const Tree*> tables(std::string_view name);
  /// The value at a position of the table's own list, or the field of that name: {"width", ...} or {name="width", ...}.
  std::string text_at(std::size_t position, std::string_view name);

  /// Says which field is not known, with the nearest that is. Call when all were read.
  void finish(std::size_t positions = 0);

 private:
  void wrong_kind(std::string_view name, const Tree& value, std::string_view wanted);
  std::optional<std::string> checked_text(std::string_view name, const Tree& value);

  const Tree& table_;
  std::string what_;
  TablePlace place_;
  Problem& problem_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace fitwright
