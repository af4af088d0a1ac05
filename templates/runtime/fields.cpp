#include "templates/runtime/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geometry/core/text.hpp"
#include "templates/runtime/hints.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {
constexpr std::size_t max_text = 20'000;
const Tree no_table{};
}  // namespace

Fields::Fields(const Tree& table, std::string what, Problem& problem)
    : table_(table.is(Tree::Type::table) ? table : no_table), what_(std::move(what)), problem_(problem) {
  if (!table.is(Tree::Type::table)) fault(fmt::format("{} is {}; it must be a table", what_, describe(table.type)));
  if (table.stray_keys)
    fault(fmt::format("{} has a gap in its list, or keys that are neither names nor positions", what_));
}

void Fields::fault(std::string message, std::string suggestion, std::string_view field) {
  if (problem_.error) return;
  place_.field = field;
  problem_ = {make_error(ErrorKind::script, std::move(message), std::move(suggestion)), place_};
}

const Tree* Fields::get(std::string_view name) {
  known_.emplace(name);
  return table_.find(name);
}

void Fields::wrong_kind(std::string_view name, const Tree& value, std::string_view wanted) {
  fault(fmt::format("{}: {} is {}; it must be {}", what_, name, describe(value.type), wanted), {}, name);
}

std::optional<std::string> Fields::checked_text(std::string_view name, const Tree& value) {
  if (!value.is(Tree::Type::text)) {
    wrong_kind(name, value, "a text");
  } else if (!utf8_length(value.text)) {
    fault(fmt::format("{}: {} is not valid UTF-8", what_, name), {}, name);
  } else if (value.text.size() > max_text) {
    fault(fmt::format("{}: {} is longer than {} bytes", what_, name, max_text), {}, name);
  } else {
    return value.text;
  }
  return std::nullopt;
}

std::string Fields::text(std::string_view name) {
  const Tree* value = get(name);
  if (value) return checked_text(name, *value).value_or("");
  std::vector<std::string> there;
  for (const TreeField& field : table_.fields)
    if (!known_.contains(field.name)) there.push_back(field.name);
  const std::string near = nearest_name(name, there);
  fault(fmt::format("{} lacks the text {}", what_, name),
        near.empty() ? "" : fmt::format("write {} instead of {}", name, printable(near, 100)), near);
  return {};
}

std::string Fields::text(std::string_view name, std::string_view fallback) {
  const Tree* value = get(name);
  return value ? checked_text(name, *value).value_or("") : std::string(fallback);
}

std::optional<double> Fields::number(std::string_view name) {
  const Tree* value = get(name);
  if (!value) return std::nullopt;
  if (!value->is(Tree::Type::number)) {
    wrong_kind(name, *value, "a number");
  } else if (!std::isfinite(value->number)) {
    fault(fmt::format("{}: {} is {}; it must be a finite number", what_, name, number_text(value->number)), {}, name);
  } else {
    return value->number;
  }
  return std::nullopt;
}

double Fields::number(std::string_view name, double fallback) { return number(name).value_or(fallback); }

bool Fields::has_function(std::string_view name) {
  const Tree* value = get(name);
  if (!value) return false;
  if (!value->is(Tree::Type::function)) wrong_kind(name, *value, "a function");
  return true;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  const Tree* value = get(name);
  if (!value) return {};
  if (!value->is(Tree::Type::table) || value->stray_keys || !value->fields.empty()) {
    fault(fmt::format("{}: {} must be a list of texts", what_, name), {}, name);
    return {};
  }
  std::vector<std::string> texts;
  for (const Tree& member : value->list)
    if (auto text = checked_text(name, member)) texts.push_back(std::move(*text));
  return texts;
}

std::vector<const Tree*> Fields::tables(std::string_view name) {
  const Tree* value = get(name);
  if (!value) return {};
  std::vector<const Tree*> tables;
  if (!value->is(Tree::Type::table) || value->stray_keys || !value->fields.empty()) {
    fault(fmt::format("{}: {} must be a list of tables", what_, name), {}, name);
    return tables;
  }
  for (const Tree& member : value->list) {
    if (!member.is(Tree::Type::table))
      fault(fmt::format("{}: {} has {} at position {}; it must be a table", what_, name, describe(member.type),
                        tables.size() + 1),
            {}, name);
    tables.push_back(&member);
  }
  return tables;
}

std::string Fields::text_at(std::size_t position, std::string_view name) {
  if (position >= table_.list.size()) return text(name);
  if (table_.find(name)) fault(fmt::format("{}: {} is given twice", what_, name), {}, name);
  return checked_text(name, table_.list[position]).value_or("");
}

void Fields::finish(std::size_t positions) {
  if (table_.list.size() > positions)
    fault(fmt::format("{} has {} values without a name; at most {} have a meaning there", what_, table_.list.size(),
                      positions));
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const TreeField& field : table_.fields) {
    if (known_.contains(field.name)) continue;
    fault(fmt::format("{} has an unknown field \"{}\"", what_, printable(field.name, 100)),
          did_you_mean(field.name, known), field.name);
  }
}

}  // namespace fitwright
