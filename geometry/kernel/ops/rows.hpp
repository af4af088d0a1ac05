// Helpers to write operation rows, and the list of all of them.
#pragma once

#include <vector>

#include "geometry/graph/operation.hpp"
#include "geometry/kernel/value.hpp"

namespace fitwright::ops {

inline ArgSpec length(std::string_view name, std::string_view doc, std::optional<Arg> fallback = {}) {
  return {.name = name, .kind = ArgKind::length, .doc = doc, .fallback = std::move(fallback), .min = -1e5, .max = 1e5};
}
/// A length that must be more than zero.
inline ArgSpec size(std::string_view name, std::string_view doc) {
  return {.name = name, .kind = ArgKind::length, .doc = doc, .min = 0, .max = 1e5, .min_open = true};
}
/// A size of which too much makes the operation fail.
inline ArgSpec limited(ArgSpec spec) {
  spec.sought = true;
  return spec;
}
inline ArgSpec angle(std::string_view name, std::string_view doc, std::optional<Arg> fallback = {}, double min = -3600,
                     double max = 3600) {
  return {.name = name, .kind = ArgKind::angle, .doc = doc, .fallback = std::move(fallback), .min = min, .max = max};
}
inline ArgSpec count(std::string_view name, std::string_view doc, double max = 10000) {
  return {.name = name, .kind = ArgKind::count, .doc = doc, .min = 1, .max = max};
}
inline ArgSpec flag(std::string_view name, std::string_view doc, bool fallback) {
  return {.name = name, .kind = ArgKind::flag, .doc = doc, .fallback = fallback};
}
inline ArgSpec choice(std::string_view name, std::string_view doc, std::vector<std::string_view> choices,
                      bool required = false) {
  std::optional<Arg> fallback;
  if (!required) fallback = std::string(choices.front());
  return {.name = name,
          .kind = ArgKind::choice,
          .doc = doc,
          .fallback = std::move(fallback),
          .choices = std::move(choices)};
}
inline ArgSpec node(std::string_view name, ArgKind kind, std::string_view doc) {
  return {.name = name, .kind = kind, .doc = doc};
}
inline ArgSpec optional(ArgSpec spec) {
  spec.fallback = Arg{};
  return spec;
}

// Each file of rows registers itself here.
std::vector<const Operation*> profile_rows();
std::vector<const Operation*> outline_rows();
std::vector<const Operation*> solid_rows();
std::vector<const Operation*> primitive_rows();
std::vector<const Operation*> sweep_rows();
std::vector<const Operation*> thread_rows();
std::vector<const Operation*> body_rows();
std::vector<const Operation*> boolean_rows();
std::vector<const Operation*> blend_rows();
std::vector<const Operation*> placement_rows();
std::vector<const Operation*> selector_rows();
std::vector<const Operation*> measure_rows();

inline std::vector<const Operation*> pointers(const std::vector<Operation>& rows) {
  std::vector<const Operation*> all;
  for (const Operation& row : rows) all.push_back(&row);
  return all;
}

}  // namespace fitwright::ops
