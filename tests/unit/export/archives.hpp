// ZIP archives with whatever in them, made apart from our own writer.
#pragma once

#include <zip.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace fitwright::test {

inline std::filesystem::path make_zip(const std::filesystem::path& path,
                                      const std::vector<std::pair<std::string, std::string>>& files) {
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  REQUIRE(zip != nullptr);
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    REQUIRE(zip_file_add(zip, name.c_str(), source, ZIP_FL_OVERWRITE) >= 0);
  }
  REQUIRE(zip_close(zip) == 0);
  return path;
}

inline std::string model_xml(const std::string& inside, const std::string& attributes = "unit=\"millimeter\"") {
  return "<?xml version=\"1.0\"?><model " + attributes +
         " xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\""
         " xmlns:p=\"http://schemas.microsoft.com/3dmanufacturing/production/2015/06\">" +
         inside + "</model>";
}

/// A tetrahedron with legs of length 1: volume 1/6.
inline const std::string tetrahedron =
    "<mesh><vertices><vertex x=\"0\" y=\"0\" z=\"0\"/><vertex x=\"1\" y=\"0\" z=\"0\"/><vertex x=\"0\" y=\"1\" "
    "z=\"0\"/>"
    "<vertex x=\"0\" y=\"0\" z=\"1\"/></vertices><triangles><triangle v1=\"0\" v2=\"2\" v3=\"1\"/>"
    "<triangle v1=\"0\" v2=\"1\" v3=\"3\"/><triangle v1=\"0\" v2=\"3\" v3=\"2\"/><triangle v1=\"1\" v2=\"2\" v3=\"3\"/>"
    "</triangles></mesh>";

inline std::string object_xml(int id, const std::string& content, const std::string& attributes = "") {
  return "<object id=\"" + std::to_string(id) + "\" " + attributes + ">" + content + "</object>";
}

}  // namespace fitwright::test
