// 3MF as the 3MF Consortium's own library reads it.
#pragma once

#include <string>
#include <vector>

namespace fitwright::test {

struct ConsortiumItem {
  std::string name;
  unsigned triangles = 0;
  bool valid = false, manifold = false;
};

struct ConsortiumModel {
  bool read = false;
  std::vector<std::string> warnings;
  std::vector<ConsortiumItem> items;  ///< one for each build item
  std::vector<std::string> colours;   ///< "#RRGGBB" of the base materials
  bool millimetres = false;
};

/// Reads with the strict mode on.
ConsortiumModel read_with_lib3mf(const std::string& bytes);

}  // namespace fitwright::test
