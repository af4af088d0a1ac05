#include "geometry/graph/operation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "geometry/core/text.hpp"

namespace fitwright {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::number: return "number";
    case Kind::profile: return "profile";
    case Kind::solid: return "solid";
    case Kind::path: return "path";
    case Kind::faces: return "face selector";
    case Kind::edges: return "edge selector";
  }
  return "?";
}

std::string_view to_string(ArgKind kind) {
  switch (kind) {
    case ArgKind::length: return "length in mm";
    case ArgKind::angle: return "angle in degrees";
    case ArgKind::number: return "number";
    case ArgKind::count: return "whole number";
    case ArgKind::flag: return "true or false";
    case ArgKind::choice: return "choice";
    case ArgKind::text: return "text";
    case ArgKind::blob: return "file or font";
    case ArgKind::vector: return "vector {x, y, z}";
    case ArgKind::points: return "list of points {x, y}";
    case ArgKind::places: return "list of points {x, y, z}";
    case ArgKind::numbers: return "list of numbers";
    case ArgKind::profile: return "profile";
    case ArgKind::profiles: return "list of profiles";
    case ArgKind::solid: return "solid";
    case ArgKind::solids: return "list of solids";
    case ArgKind::path: return "path";
    case ArgKind::faces: return "face selector";
    case ArgKind::edges: return "edge selector";
  }
  return "?";
}

std::string_view unit_of(ArgKind kind) { return kind == ArgKind::length ? "mm" : kind == ArgKind::angle ? "deg" : ""; }

namespace {

bool is_numeric(ArgKind kind) {
  return kind == ArgKind::length || kind == ArgKind::angle || kind == ArgKind::number || kind == ArgKind::count;
}

std::optional<Kind> node_kind(ArgKind kind) {
  switch (kind) {
    case ArgKind::profile:
    case ArgKind::profiles: return Kind::profile;
    case ArgKind::solid:
    case ArgKind::solids: return Kind::solid;
    case ArgKind::path: return Kind::path;
    case ArgKind::faces: return Kind::faces;
    case ArgKind::edges: return Kind::edges;
    default: return std::nullopt;
  }
}

std::string range_text(const ArgSpec& spec) {
  const auto unit = unit_of(spec.kind);
  const std::string suffix = unit.empty() ? "" : fmt::format(" {}", unit);
  const bool low = std::isfinite(spec.min), high = std::isfinite(spec.max);
  const std::string_view above = spec.min_open ? "more than" : "at least";
  if (low && high)
    return fmt::format("{} {}{} and at most {}{}", above, number_text(spec.min), suffix, number_text(spec.max), suffix);
  if (low) return fmt::format("{} {}{}", above, number_text(spec.min), suffix);
  if (high) return fmt::format("at most {}{}", number_text(spec.max), suffix);
  return std::string(to_string(spec.kind));
}

/// Empty when `arg` fits; otherwise what is wrong with it.
class ArgCheck {
 public:
  explicit ArgCheck(const ArgSpec& spec) : spec_(spec) {}

  std::string operator()(std::monostate) const { return "is missing"; }
  std::string operator()(double v) const {
    if (!is_numeric(spec_.kind)) return "is a number";
    if (!std::isfinite(v)) return "is not a finite number";
    if (std::abs(v) > 1e9) return fmt::format("is {}, beyond any size that can be built", number_text(v));
    if (spec_.kind == ArgKind::count && v != std::floor(v))
      return fmt::format("is {}, not a whole number", number_text(v));
    if (v < spec_.min || (spec_.min_open && v == spec_.min) || v > spec_.max)
      return fmt::format("is {}", number_text(v));
    return {};
  }
  std::string operator()(bool) const { return spec_.kind == ArgKind::flag ? "" : "is a boolean"; }
  std::string operator()(const std::string& v) const {
    if (spec_.kind == ArgKind::choice) {
      for (const auto choice : spec_.choices)
        if (choice == v) return {};
      return fmt::format("is \"{}\"", v);
    }
    return spec_.kind == ArgKind::text || spec_.kind == ArgKind::blob ? "" : "is a text";
  }
  std::string operator()(const Vec3& v) const {
    if (spec_.kind != ArgKind::vector) return "is a vector";
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z) ? "" : "has a component that is not finite";
  }
  std::string operator()(const std::vector<Vec2>& v) const {
    if (spec_.kind != ArgKind::points) return "is a list of points";
    for (const Vec2& p : v)
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) return "has a point that is not finite";
    return {};
  }
  std::string operator()(const std::vector<Vec3>& v) const {
    if (spec_.kind != ArgKind::places) return "is a list of points in space";
    for (const Vec3& p : v)
      if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) return "has a point that is not finite";
    return {};
  }
  std::string operator()(const std::vector<double>& v) const {
    if (spec_.kind != ArgKind::numbers) return "is a list of numbers";
    return std::all_of(v.begin(), v.end(), [](double x) { return std::isfinite(x); })
               ? ""
               : "has a number that is not finite";
  }
  std::string operator()(const NodePtr& v) const {
    if (!v) return "is missing";
    const Kind kind = v->operation().result;
    if (is_numeric(spec_.kind)) return kind == Kind::number ? "" : fmt::format("is a {}", to_string(kind));
    const bool list = spec_.kind == ArgKind::profiles || spec_.kind == ArgKind::solids;
    return !list && node_kind(spec_.kind) == kind ? "" : fmt::format("is a {}", to_string(kind));
  }
  std::string operator()(const std::vector<NodePtr>& v) const {
    if (spec_.kind != ArgKind::profiles && spec_.kind != ArgKind::solids) return "is a list";
    if (v.size() > 0xFFFF) return "has more than 65535 members";
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (!v[i]) return fmt::format("has nothing at position {}", i + 1);
      if (v[i]->operation().result != node_kind(spec_.kind))
        return fmt::format("has a {} at position {}", to_string(v[i]->operation().result), i + 1);
    }
    return {};
  }

 private:
  const ArgSpec& spec_;
};

std::string allowed_text(const ArgSpec& spec) {
  if (spec.kind == ArgKind::choice) return fmt::format("one of {}", fmt::join(spec.choices, ", "));
  if (is_numeric(spec.kind)) return range_text(spec);
  return std::string(to_string(spec.kind));
}

}  // namespace

OperationTable::OperationTable(std::vector<const Operation*> rows) : rows_(std::move(rows)) {
  for (const Operation* row : rows_) by_name_.emplace(row->name, row);
}

const Operation* OperationTable::find(std::string_view name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? nullptr : it->second;
}

std::vector<std::string> audit(const OperationTable& table) {
  std::vector<std::string> faults;
  std::map<std::string_view, int> seen;
  for (const Operation* row : table.rows()) {
    const auto fault = [&](std::string text) { faults.push_back(fmt::format("{}: {}", row->name, text)); };
    if (++seen[row->name] == 2) fault("listed twice");
    if (row->summary.empty()) fault("no summary");
    const bool selector = row->result == Kind::faces || row->result == Kind::edges;
    if (selector == (row->build != nullptr)) fault("selectors have no builder, all others have one");
    bool optional_seen = false;
    for (const ArgSpec& spec : row->args) {
      if (spec.doc.empty()) fault(fmt::format("argument {} has no doc", spec.name));
      if (spec.kind == ArgKind::choice && spec.choices.empty())
        fault(fmt::format("choice {} offers nothing", spec.name));
      if (spec.fallback) {
        optional_seen = true;
        if (!std::holds_alternative<std::monostate>(*spec.fallback))
          if (const auto wrong = std::visit(ArgCheck(spec), *spec.fallback); !wrong.empty())
            fault(fmt::format("fallback of {} {}", spec.name, wrong));
      } else if (optional_seen) {
        fault(fmt::format("required argument {} follows an optional one", spec.name));
      }
    }
  }
  return faults;
}

Result<NodePtr> make_node(const Operation& operation, std::vector<Arg> args) {
  const auto refuse = [&](std::string message) {
    Error error = make_error(ErrorKind::script, std::move(message));
    error.operation = operation.name;
    return fail(std::move(error));
  };
  if (args.size() > operation.args.size())
    return refuse(fmt::format("{} takes at most {} arguments, {} were given", operation.script_name(),
                              operation.args.size(), args.size()));
  args.resize(operation.args.size());
  for (std::size_t i = 0; i < args.size(); ++i) {
    const ArgSpec& spec = operation.args[i];
    if (std::holds_alternative<std::monostate>(args[i]) && spec.fallback) {
      args[i] = *spec.fallback;
      if (std::holds_alternative<std::monostate>(args[i])) continue;  // an optional node or list left out
    }
    if (auto* v = std::get_if<double>(&args[i]); v && *v == 0) *v = 0.0;  // -0.0
    if (const auto wrong = std::visit(ArgCheck(spec), args[i]); !wrong.empty())
      return refuse(
          fmt::format("{} of {} {}; it must be {}", spec.name, operation.script_name(), wrong, allowed_text(spec)));
  }
  return std::make_shared<const Node>(operation, std::move(args));
}

}  // namespace fitwright
