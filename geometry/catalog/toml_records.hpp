// Reads one TOML data file into a tree of records.
#pragma once

#include <filesystem>

#include "geometry/catalog/record.hpp"

namespace fitwright {

/// The file as a record tree. A table that holds nothing but tables is a list of them, in the file's order,
/// each with its key as id. Errors (file): unreadable or malformed (with line), a number whose key states no
/// unit, a value without source or status, a key given twice.
Result<Record> read_records(const std::filesystem::path& path);

}  // namespace fitwright
