// Screw threads.
#include <cmath>
#include <numbers>

#include "geometry/core/text.hpp"
#include "geometry/kernel/ops/rows.hpp"
#include "geometry/kernel/thread.hpp"

namespace fitwright::ops {

namespace {

/// A thread's profile in shares of its pitch.
struct Profile {
  double depth, crest_width, root_width;
};

/// ISO 68-1: 5/8 of the height of a triangle with 60 degrees at its tip. Whitworth (ISO 228, pipes): 2/3 of that of a
/// triangle with 55 degrees, a sixth cut off at tip and root; its roundings are left flat.
Profile profile_of(const std::string& name) {
  if (name == "iso") return {5.0 / 8 * std::sqrt(3) / 2, 1.0 / 8, 1.0 / 4};
  const double half_angle = 27.5 * std::numbers::pi / 180;
  return {1 / (3 * std::tan(half_angle)), 1.0 / 6, 1.0 / 6};
}

Result<Value> build_thread(const BuildContext& c) {
  const double d = c.number(0), pitch = c.number(1), h = c.number(2), play = c.number(4), lead_in = c.number(7);
  const bool internal = c.text(3) == "internal";
  const int starts = c.count(5);
  const Profile profile = profile_of(c.text(8));
  const double depth = profile.depth;
  const double crest = d / 2 + (internal ? play : -play), deepest = crest - 0.05 * d;
  if (depth * pitch > deepest) {
    Error error =
        make_error(ErrorKind::geometry,
                   "pitch " + number_text(pitch) + " mm is too large for a thread of " + number_text(d) + " mm",
                   "use a pitch of at most " + number_text(std::floor(deepest / depth * 100) / 100) + " mm");
    error.measured = pitch;
    error.required = deepest / depth;
    error.unit = "mm";
    return fail(std::move(error));
  }
  if (2 * lead_in >= h)
    return geometry_error("lead-ins of " + number_text(lead_in) + " mm meet in a thread of " + number_text(h) + " mm",
                          "use less than half the length");
  if (const double turns = h / (pitch * starts); turns > 200)
    return geometry_error("a thread of " + number_text(std::round(turns)) + " turns is too long to build",
                          "use at most 200 turns");
  FW_TRY(Body rod, make_thread({.crest = crest,
                                .root = crest - depth * pitch,
                                .pitch = pitch,
                                .starts = starts,
                                .left = c.text(6) == "left",
                                .length = h,
                                .lead_in_bottom = lead_in,
                                .lead_in_top = lead_in,
                                .flared = internal,
                                .crest_width = profile.crest_width,
                                .root_width = profile.root_width}));
  return Value(Kind::solid, std::move(rod));
}

}  // namespace

std::vector<const Operation*> thread_rows() {
  static const std::vector<Operation> rows = {
      {.name = "thread",
       .summary = "Threaded rod along z from z = 0: a bolt, or the tool that cuts a nut",
       .result = Kind::solid,
       .args = {size("d", "Nominal diameter"),
                size("pitch", "From crest to crest"),
                size("h", "Length"),
                choice("kind", "A bolt's thread, or a tool to cut a nut's", {"external", "internal"}),
                {.name = "play",
                 .kind = ArgKind::length,
                 .doc = "Room towards the other thread, radially: a bolt becomes smaller, a tool larger",
                 .fallback = 0.0,
                 .min = 0,
                 .max = 5},
                {.name = "starts",
                 .kind = ArgKind::count,
                 .doc = "Threads side by side",
                 .fallback = 1.0,
                 .min = 1,
                 .max = 12},
                choice("hand", "Which way it turns", {"right", "left"}),
                {.name = "lead_in",
                 .kind = ArgKind::length,
                 .doc = "Length of the bevel at both ends that lets it start; 0 for none",
                 .fallback = 0.0,
                 .min = 0,
                 .max = 100},
                choice("profile", "Metric, 60 degrees (ISO 68-1), or Whitworth, 55 degrees, as pipes have (ISO 228)",
                       {"iso", "whitworth"})},
       .build = build_thread},
  };
  static const auto all = pointers(rows);
  return all;
}

}  // namespace fitwright::ops
