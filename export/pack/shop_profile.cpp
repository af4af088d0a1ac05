#include "export/pack/shop_profile.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr std::string_view folder = "shops";

std::vector<ShopRule> rules_of(const Record& file) {
  std::vector<ShopRule> rules;
  for (const Record& row : file.list("rule"))
    for (const auto& [key, fact] : row.facts)
      if (key != "process" && key != "seen") rules.push_back({row.text("process"), key, fact, row.text("seen")});
  return rules;
}

Result<Spreading> spreading_of(const Record& shop, const std::string& file) {
  const std::string text = shop.text("one_file_for");
  for (const auto& [name, spreading] :
       {std::pair("part", Spreading::part), std::pair("sheet", Spreading::sheet), std::pair("all", Spreading::all)})
    if (text == name) return spreading;
  return fail(ErrorKind::file, fmt::format("{}: one_file_for is \"{}\"; it can be part, sheet or all", file, text));
}

Result<ShopProfile> profile_of(const Record& file, const std::string& name) {
  if (file.list("shop").size() != 1) return fail(ErrorKind::file, fmt::format("{}: there is no table [shop]", name));
  const Record& shop = file.list("shop").front();
  ShopProfile profile;
  profile.id = std::filesystem::path(name).stem().string();
  profile.name = shop.text("name");
  profile.service = shop.text("service");
  profile.processes = shop.texts("processes");
  profile.formats = shop.texts("formats");
  FW_TRY(profile.spreading, spreading_of(shop, name));
  profile.nested_refused = shop.flag("nested_refused");
  profile.colour_profile = shop.text("colour_profile");
  profile.labels = shop.flag("labels");
  profile.steps = shop.texts("steps");
  profile.confirmed = shop.flag("confirmed");
  profile.seen = shop.text("seen");
  const std::vector<std::string> units = shop.texts("units");
  profile.millimetres = units.empty() || std::find(units.begin(), units.end(), "mm") != units.end();
  if (const auto fact = shop.facts.find("name"); fact != shop.facts.end()) {
    profile.source = fact->second.source;
    profile.status = fact->second.status;
  }
  profile.rules = rules_of(file);
  if (profile.name.empty() || profile.processes.empty() || profile.formats.empty())
    return fail(ErrorKind::file, fmt::format("{}: name, processes or formats is missing", name));
  return profile;
}

/// Rules that preflight() decides; all others are limits of the process.
constexpr std::array own_rules{std::string_view("max_part_mm"),        std::string_view("min_part_mm"),
                               std::string_view("max_triangle_count"), std::string_view("max_file_mb"),
                               std::string_view("min_thickness_mm"),   std::string_view("max_thickness_mm"),
                               std::string_view("max_sum_of_sides_mm")};

bool is_own(std::string_view key) { return std::find(own_rules.begin(), own_rules.end(), key) != own_rules.end(); }

class Preflight {
 public:
  Preflight(const ShopProfile& shop, std::string_view process, std::span<const PartMeasure> parts,
            std::span<const ShopFile> files)
      : shop_(shop), process_(process), parts_(parts), files_(files) {}

  std::vector<Refusal> run() {
    if (std::find(shop_.processes.begin(), shop_.processes.end(), process_) == shop_.processes.end())
      about_shop("process", fmt::format("{} does not offer {}; it offers {}", shop_.name, process_,
                                        fmt::join(shop_.processes, ", ")));
    if (!shop_.millimetres)
      about_shop("unit",
                 fmt::format("{} does not take drawings in millimetres, which is what Fitwright writes", shop_.name));
    for (const ShopFile& file : files_) check_file(file);
    for (const ShopRule& rule : shop_.rules)
      if (rule.process.empty() || rule.process == process_) check(rule);
    return std::move(refusals_);
  }

 private:
  void about_shop(std::string rule, std::string message) {
    refusals_.push_back({std::move(rule), "", std::move(message), {}, {}, "", shop_.source, shop_.seen, shop_.status});
  }

  void check_file(const ShopFile& file) {
    if (std::find(shop_.formats.begin(), shop_.formats.end(), file.format) == shop_.formats.end())
      about_shop("format", fmt::format("{} does not take {} files; it takes {}", shop_.name, file.format,
                                       fmt::join(shop_.formats, ", ")));
    if (shop_.nested_refused && file.parts.size() > 1)
      about_shop("nested",
                 fmt::format("{} takes one part a file, and {} holds {}", shop_.name, file.name, file.parts.size()));
  }

  void refuse(const ShopRule& rule, const std::string& part, std::string message, double measured, double required) {
    refusals_.push_back({rule.key, part, std::move(message), measured, required, rule.fact.unit, rule.fact.source,
                         rule.seen, rule.fact.status});
  }

  void check(const ShopRule& rule) {
    if (const double* limit = std::get_if<double>(&rule.fact.value)) check_number(rule, *limit);
    if (const auto* sides = std::get_if<std::vector<double>>(&rule.fact.value)) check_sides(rule, *sides);
  }

  void check_number(const ShopRule& rule, double limit) {
    for (const ShopFile& file : files_) {
      if (rule.key == "max_triangle_count" && static_cast<double>(file.triangles) > limit)
        refuse(rule, "",
               fmt::format("{} has {} triangles; {} takes up to {:.0f}: write it less fine (--deflection)", file.name,
                           file.triangles, shop_.name, limit),
               static_cast<double>(file.triangles), limit);
      if (rule.key == "max_file_mb" && static_cast<double>(file.bytes) > limit * 1e6)
        refuse(rule, "",
               fmt::format("{} has {:.1f} MB; {} takes up to {} MB: write it less fine (--deflection)", file.name,
                           static_cast<double>(file.bytes) / 1e6, shop_.name, number_text(limit)),
               static_cast<double>(file.bytes) / 1e6, limit);
    }
    for (const PartMeasure& part : parts_) {
      const double sides = part.size.x + part.size.y + part.size.z;
      if (rule.key == "max_sum_of_sides_mm" && sides > limit)
        refuse(rule, part.name,
               fmt::format("length, width and height of {} add up to {} mm; {} takes up to {} mm", part.name,
                           number_text(std::round(sides * 10) / 10), shop_.name, number_text(limit)),
               sides, limit);
      const double thickness = part.cut ? part.cut->thickness : 0;
      if (!part.cut) continue;
      if (rule.key == "min_thickness_mm" && thickness < limit - 1e-6)
        refuse(rule, part.name,
               fmt::format("{} is {} mm thick; {} cuts from {} mm", part.name, number_text(thickness), shop_.name,
                           number_text(limit)),
               thickness, limit);
      if (rule.key == "max_thickness_mm" && thickness > limit + 1e-6)
        refuse(rule, part.name,
               fmt::format("{} is {} mm thick; {} cuts up to {} mm", part.name, number_text(thickness), shop_.name,
                           number_text(limit)),
               thickness, limit);
    }
  }

  /// Sides in falling order: a part may be turned.
  void check_sides(const ShopRule& rule, std::vector<double> limits) {
    std::sort(limits.rbegin(), limits.rend());
    for (const PartMeasure& part : parts_) {
      std::vector<double> sides{part.size.x, part.size.y};
      if (limits.size() > 2) sides.push_back(part.size.z);
      std::sort(sides.rbegin(), sides.rend());
      for (std::size_t i = 0; i < std::min(sides.size(), limits.size()); ++i) {
        const bool large = rule.key == "max_part_mm" && sides[i] > limits[i] + 1e-6;
        const bool small = rule.key == "min_part_mm" && sides[i] < limits[i] - 1e-6;
        if (!large && !small) continue;
        refuse(rule, part.name,
               fmt::format("{} is {} mm, too {} for {}, which takes {} {} mm", part.name, joined(sides),
                           large ? "large" : "small", shop_.name, large ? "up to" : "no less than", joined(limits)),
               sides[i], limits[i]);
        break;
      }
    }
  }

  static std::string joined(const std::vector<double>& sides) {
    std::string text;
    for (const double side : sides) text += (text.empty() ? "" : " x ") + number_text(std::round(side * 100) / 100);
    return text;
  }

  const ShopProfile& shop_;
  std::string_view process_;
  std::span<const PartMeasure> parts_;
  std::span<const ShopFile> files_;
  std::vector<Refusal> refusals_;
};

}  // namespace

Result<std::vector<ShopProfile>> shop_profiles(const Catalog& catalog) {
  std::vector<ShopProfile> profiles;
  for (const std::string& name : catalog.files(folder)) {
    FW_TRY(const Record* file, catalog.file(name));
    FW_TRY(ShopProfile profile, profile_of(*file, name));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

Result<ShopProfile> shop_profile(const Catalog& catalog, std::string_view id) {
  FW_TRY(std::vector<ShopProfile> all, shop_profiles(catalog));
  std::vector<std::string> ids;
  for (ShopProfile& one : all) {
    if (one.id == id) return std::move(one);
    ids.push_back(one.id);
  }
  const std::string near = nearest_name(id, ids);
  return fail(ErrorKind::value, fmt::format("there is no service or workshop \"{}\" to pack for", id),
              near.empty() ? fmt::format("known: {}", fmt::join(ids, ", ")) : fmt::format("did you mean {}?", near));
}

std::vector<ShopRule> limits_of(const ShopProfile& shop, std::string_view process) {
  std::vector<ShopRule> limits;
  for (const ShopRule& rule : shop.rules)
    if ((rule.process.empty() || rule.process == process) && !is_own(rule.key) &&
        std::holds_alternative<double>(rule.fact.value))
      limits.push_back(rule);
  return limits;
}

std::vector<Refusal> preflight(const ShopProfile& shop, std::string_view process, std::span<const PartMeasure> parts,
                               std::span<const ShopFile> files) {
  return Preflight(shop, process, parts, files).run();
}

}  // namespace fitwright
