// Which line of a template holds a table or one of its fields: a table that was read does not know where it stood.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fitwright {

/// A table of a template, and what of it is at fault.
struct TablePlace {
  std::string name;          ///< by which the table is known: its first text, or its name or message; "": see list
  std::string field;         ///< at fault; "": the table itself
  std::string list;          ///< the field of the outer table that lists the table; "": it is the outermost
  std::size_t position = 0;  ///< in that list, from 0
};

/// The line where it is written, 1-based; 0 if that cannot be told, as for tables that the template puts together.
int line_of(const TablePlace& place, std::string_view source);

}  // namespace fitwright
