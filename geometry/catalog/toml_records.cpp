#include "geometry/catalog/toml_records.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "geometry/core/file_io.hpp"

namespace fitwright {
namespace {

/// What a table hands down to those below it.
struct Inherited {
  std::string source;
  std::optional<DataStatus> status;
};

std::optional<DataStatus> parse_status(std::string_view text) {
  for (const auto status : {DataStatus::sourced, DataStatus::derived, DataStatus::inferred, DataStatus::unsourced})
    if (text == to_string(status)) return status;
  return std::nullopt;
}

tl::unexpected<Error> fault(const std::string& label, std::string_view what) {
  return fail(ErrorKind::file, fmt::format("{}: {}", label, what));
}

bool merges_into_parent(std::string_view key) {
  return key == "default" || key == "unsourced" || key == "inferred" || key.ends_with("_unsourced");
}

template <class T>
bool all_are(const toml::array& array) {
  return std::all_of(array.begin(), array.end(), [](const toml::node& n) { return n.value<T>().has_value(); });
}

template <class T>
std::vector<T> values_of(const toml::array& array) {
  std::vector<T> values;
  for (const toml::node& n : array) values.push_back(*n.value<T>());
  return values;
}

std::optional<Fact::Value> list_value(const toml::array& array) {
  if (all_are<double>(array)) return values_of<double>(array);
  if (all_are<std::string>(array)) return values_of<std::string>(array);
  std::vector<std::vector<double>> lists;
  for (const toml::node& n : array) {
    if (!n.is_array() || !all_are<double>(*n.as_array())) return std::nullopt;
    lists.push_back(values_of<double>(*n.as_array()));
  }
  return lists;
}

std::optional<Fact::Value> value_of(const toml::node& node) {
  if (const auto* b = node.as_boolean()) return b->get();
  if (const auto* s = node.as_string()) return s->get();
  if (const auto* a = node.as_array()) return list_value(*a);
  if (const auto number = node.value<double>()) return *number;
  return std::nullopt;
}

bool is_numeric(const Fact::Value& value) {
  return std::holds_alternative<double>(value) || std::holds_alternative<std::vector<double>>(value) ||
         std::holds_alternative<std::vector<std::vector<double>>>(value);
}

bool is_table_list(const toml::node& node) {
  const toml::array* array = node.as_array();
  return array && !array->empty() && array->is_homogeneous(toml::node_type::table);
}

bool holds_tables_only(const toml::table& table) {
  return !table.empty() &&
         std::all_of(table.begin(), table.end(), [](auto&& entry) { return entry.second.is_table(); });
}

/// Children in the order of the file; toml++ keeps them sorted by key.
std::vector<std::pair<std::string, const toml::node*>> in_file_order(const toml::table& table) {
  std::vector<std::pair<std::string, const toml::node*>> children;
  for (auto&& [key, node] : table) children.emplace_back(std::string(key.str()), &node);
  std::stable_sort(children.begin(), children.end(),
                   [](const auto& a, const auto& b) { return a.second->source().begin < b.second->source().begin; });
  return children;
}

class Reader {
 public:
  Result<void> fill(Record& record, const toml::table& table, Inherited inherited, const std::string& prefix) {
    FW_TRY(inherited, own_source(record, table, std::move(inherited)));
    for (const auto& [key, node] : in_file_order(table)) {
      if (node->is_table()) {
        FW_CHECK(add_table(record, key, *node->as_table(), inherited, prefix + key));
      } else if (is_table_list(*node)) {
        for (const toml::node& row : *node->as_array())
          FW_CHECK(add_row(record.rows[key], "", *row.as_table(), inherited, prefix + key));
      } else if (key != "source" && key != "status" && !overrides(table, key)) {
        FW_CHECK(add_fact(record, table, key, *node, inherited));
      }
    }
    return {};
  }

  explicit Reader(std::string file) : file_(std::move(file)) {}

 private:
  static Result<Inherited> own_source(const Record& record, const toml::table& table, Inherited inherited) {
    if (const auto source = table["source"].value<std::string>()) inherited.source = *source;
    if (const auto status = table["status"].value<std::string>()) {
      inherited.status = parse_status(*status);
      if (!inherited.status)
        return fault(record.label,
                     fmt::format("status \"{}\" is none of sourced, derived, inferred, unsourced", *status));
    }
    return inherited;
  }

  /// The key that NAME_source or NAME_status speaks of: NAME with its unit; empty when it is a value itself.
  static std::string overridden(const toml::table& table, std::string_view key) {
    for (const std::string_view ending : {"_source", "_status"}) {
      if (!key.ends_with(ending)) continue;
      const std::string_view name = key.substr(0, key.size() - ending.size());
      for (auto&& [other, node] : table)
        if (base_of_key(other.str()) == name) return std::string(other.str());
    }
    return {};
  }
  static bool overrides(const toml::table& table, std::string_view key) { return !overridden(table, key).empty(); }

  Result<void> add_table(Record& record, const std::string& key, const toml::table& table, const Inherited& inherited,
                         const std::string& path) {
    if (merges_into_parent(key)) return fill(record, table, inherited, path + ".");
    if (!holds_tables_only(table)) return add_row(record.rows[key], key, table, inherited, path);
    for (const auto& [id, node] : in_file_order(table))
      FW_CHECK(add_row(record.rows[key], id, *node->as_table(), inherited, path + "." + id));
    return {};
  }

  Result<void> add_row(std::vector<Record>& rows, const std::string& id, const toml::table& table,
                       const Inherited& inherited, const std::string& path) {
    Record row;
    row.id = id.empty() ? table["id"].value_or(table["name"].value_or(std::string())) : id;
    row.label = fmt::format("{}: {}{}", file_, path, id.empty() && !row.id.empty() ? " " + row.id : "");
    FW_CHECK(fill(row, table, inherited, path + "."));
    rows.push_back(std::move(row));
    return {};
  }

  static Result<void> add_fact(Record& record, const toml::table& table, const std::string& key, const toml::node& node,
                               const Inherited& inherited) {
    auto value = value_of(node);
    if (!value)
      return fault(record.label, fmt::format("{} is neither flag, number, text nor a list of one of these", key));
    Fact fact{std::move(*value), "", inherited.source, inherited.status.value_or(DataStatus::unsourced)};
    bool has_status = inherited.status.has_value();
    if (is_numeric(fact.value)) {
      const auto unit = unit_of_key(key);
      if (!unit) return fault(record.label, fmt::format("{} has a number, but its name states no unit", key));
      fact.unit = *unit;
    }
    for (auto&& [other, override_node] : table) {
      if (overridden(table, other.str()) != key) continue;
      const std::string text = override_node.value_or(std::string());
      if (other.str().ends_with("_source")) {
        fact.source = text;
      } else if (const auto status = parse_status(text)) {
        fact.status = *status, has_status = true;
      } else {
        return fault(record.label, fmt::format("{} is \"{}\", which is no status", other.str(), text));
      }
    }
    if (fact.source.empty() || !has_status)
      return fault(record.label, fmt::format("{} has no source or no status", key));
    if (!record.facts.emplace(key, std::move(fact)).second)
      return fault(record.label, fmt::format("{} is given twice", key));
    return {};
  }

  std::string file_;
};

}  // namespace

Result<Record> read_records(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  FW_TRY(const std::string text, read_file(path, std::size_t{16} << 20));
  Record root;
  root.id = path.stem().string();
  root.label = name;
  try {
    toml::table table = toml::parse(text);
    if (table["schema_version"].value<int>() != 1)
      return fault(name, "schema_version must be 1; this Fitwright reads no other");
    table.erase("schema_version");
    table.erase("collected");
    FW_CHECK(Reader(name).fill(root, table, {}, ""));
  } catch (const toml::parse_error& e) {
    return fault(name, fmt::format("line {}: {}", e.source().begin.line, e.description()));
  }
  return root;
}

}  // namespace fitwright
