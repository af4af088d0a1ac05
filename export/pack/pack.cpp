#include "export/pack/pack.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "export/clean_text.hpp"
#include "export/file_names.hpp"
#include "export/pack/sha256.hpp"
#include "export/threemf/archive.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

std::string value_text(const Fact& fact) {
  std::string text = "as the page says";
  if (const double* number = std::get_if<double>(&fact.value)) text = number_text(*number);
  if (const auto* list = std::get_if<std::vector<double>>(&fact.value)) {
    text.clear();
    for (const double one : *list) text += (text.empty() ? "" : " x ") + number_text(one);
  }
  if (const bool* flag = std::get_if<bool>(&fact.value)) text = *flag ? "yes" : "no";
  if (const std::string* words = std::get_if<std::string>(&fact.value)) text = *words;
  return fact.unit.empty() ? text : text + " " + fact.unit;
}

/// "max_part_mm" as words: "max part".
std::string words_of(std::string_view key) {
  std::string words(base_of_key(key));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string trust(DataStatus status, const std::string& seen) {
  const char* how = status == DataStatus::sourced    ? "as printed"
                    : status == DataStatus::derived  ? "converted or chosen"
                    : status == DataStatus::inferred ? "UNVERIFIED, our reading"
                                                     : "UNVERIFIED, no source";
  return fmt::format("{}{}", how, seen.empty() ? "" : "; seen: " + seen);
}

std::string csv_field(const std::string& text) {
  const std::string safe = clean_text(text);
  std::string quoted = safe.find_first_of("=+-@") == 0 ? "'" : "";
  for (const char c : safe) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted.find_first_of(",;\"") == std::string::npos ? quoted : '"' + quoted + '"';
}

std::string order_sheet(const PackOrder& order) {
  std::string text = "file,quantity,parts,process,material,length_mm,width_mm,thickness_or_height_mm\n";
  for (const PackFile& file : order.files) {
    std::vector<std::string> parts = file.about.parts;
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    text += fmt::format("{},{},{},{},{},{},{},{}\n", csv_field(file.about.name), file.quantity,
                        csv_field(fmt::format("{}", fmt::join(parts, "; "))), csv_field(order.process),
                        csv_field(file.material), number_text(file.size.x), number_text(file.size.y),
                        number_text(file.size.z));
  }
  return text;
}

std::string readme(const PackOrder& order) {
  const ShopProfile& shop = *order.shop;
  const SceneMetadata& data = order.data;
  const std::string& process = order.process_name.empty() ? order.process : order.process_name;
  const std::string& material = order.material_name.empty() ? order.material : order.material_name;
  std::string text = fmt::format("{}\n\nFor: {}\nMade by: {}{}\nDrawn in millimetres.\n", data.title, shop.name,
                                 process, material.empty() ? "" : ", " + material);
  if (!data.template_id.empty()) text += fmt::format("Template: {} {}\n", data.template_id, data.template_version);
  text += "\nWhat is in here\n";
  for (const PackFile& file : order.files) text += fmt::format("  files/{}  x {}\n", file.about.name, file.quantity);
  text +=
      "  order.csv: what to order, how many\n  settings.json: values, process and material\n"
      "  LICENCE.txt: what may be done with the design\n  SHA256SUMS: checksums (sha256sum -c SHA256SUMS)\n";
  if (!order.design.empty()) text += "  design.fitwright: opens in Fitwright as it was\n";
  text += "\nHow to go on\n";
  for (const std::string& step : shop.steps) text += "  - " + step + "\n";
  if (!order.remarks.empty()) text += "\nMind\n";
  for (const std::string& remark : order.remarks) text += "  - " + remark + "\n";
  text += fmt::format("\nWhat {} takes, as far as is known{}\n", shop.name,
                      shop.confirmed ? "" : " (UNVERIFIED: no dated page confirms it)");
  for (const std::string& line : rule_lines(shop, order.process)) text += "  - " + line + "\n";
  return text;
}

std::string settings(const PackOrder& order) {
  using Json = nlohmann::ordered_json;
  Json values = Json::object();
  for (const auto& [name, value] : order.data.parameters) values[name] = clean_text(value);
  return Json{{"title", clean_text(order.data.title)},
              {"template", order.data.template_id},
              {"version", order.data.template_version},
              {"shop", order.shop->id},
              {"process", order.process},
              {"material", order.material},
              {"unit", "mm"},
              {"parameters", std::move(values)}}
             .dump(2) +
         "\n";
}

std::string licence(const SceneMetadata& data) {
  return fmt::format("Design: {}\nBy: {}\nLicence: {}\n", clean_text(data.title), clean_text(data.author),
                     data.licence.empty() ? "not stated; ask its author" : clean_text(data.licence));
}

}  // namespace

std::string order_file_name(const std::string& title, const std::string& label, const std::string& material,
                            double thickness, std::size_t quantity, std::string_view extension) {
  std::string name = file_safe(title, "design") + "-" + label;
  if (!material.empty()) name += "-" + material;
  if (thickness > 0) name += "-" + number_text(thickness) + "mm";
  if (quantity > 0) name += fmt::format("-x{}", quantity);
  return file_safe(name, "part") + std::string(extension);
}

std::vector<std::string> rule_lines(const ShopProfile& shop, std::string_view process) {
  std::vector<std::string> lines;
  const char* spreading = shop.spreading == Spreading::part    ? "one part a file"
                          : shop.spreading == Spreading::sheet ? "one sheet or print bed a file"
                                                               : "all parts in one file";
  lines.push_back(fmt::format("files: {}, {}{} [{}] ({})", fmt::join(shop.formats, ", "), spreading,
                              shop.nested_refused ? ", several are refused" : "",
                              shop.service.empty() ? "as you like" : trust(shop.status, shop.seen), shop.source));
  for (const ShopRule& rule : shop.rules)
    if (rule.process.empty() || rule.process == process)
      lines.push_back(fmt::format("{}: {} [{}] ({})", words_of(rule.key), value_text(rule.fact),
                                  trust(rule.fact.status, rule.seen), rule.fact.source));
  return lines;
}

Result<std::string> pack(const PackOrder& order) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const PackFile& file : order.files) files.emplace_back("files/" + file.about.name, file.bytes);
  files.emplace_back("README.txt", readme(order));
  files.emplace_back("order.csv", order_sheet(order));
  files.emplace_back("settings.json", settings(order));
  files.emplace_back("LICENCE.txt", licence(order.data));
  if (!order.design.empty()) files.emplace_back("design.fitwright", order.design);
  std::string sums;
  for (const auto& [name, bytes] : files) sums += sha256(bytes) + "  " + name + "\n";
  files.emplace_back("SHA256SUMS", std::move(sums));
  return make_archive(files);
}

}  // namespace fitwright
