// An order package: the files that a place takes, and all that goes with them, as one ZIP file.
#pragma once

#include "export/pack/shop_profile.hpp"

namespace fitwright {

/// A file of the package with its bytes; `quantity` copies are ordered of it.
struct PackFile {
  ShopFile about;
  std::string bytes;
  std::size_t quantity = 1;
  std::string material;  ///< id
  Vec3 size;             ///< mm, of what is in it: thickness last
};

struct PackOrder {
  const ShopProfile* shop = nullptr;
  SceneMetadata data;
  std::string process, material;            ///< ids
  std::string process_name, material_name;  ///< for people; empty: none is known
  std::vector<PackFile> files;
  std::string design;                ///< text of the .fitwright file; empty: none
  std::vector<std::string> remarks;  ///< findings that do not refuse, estimate, mirrored copies
};

/// Names a file of an order: TITLE-LABEL-MATERIAL-THICKNESSmm-xN.ext, without what is not known.
std::string order_file_name(const std::string& title, const std::string& label, const std::string& material,
                            double thickness, std::size_t quantity, std::string_view extension);

/// The package: files/, README.txt, order.csv, settings.json, LICENCE.txt, design.fitwright, SHA256SUMS. Equal input
/// gives equal bytes. Errors: internal.
Result<std::string> pack(const PackOrder& order);

/// Every rule of the place with its value, source, date and whether it is verified, a line each.
std::vector<std::string> rule_lines(const ShopProfile& shop, std::string_view process);

}  // namespace fitwright
