#include "tests/unit/products/workshop.hpp"

namespace fitwright::test {
namespace {

struct Refused {
  std::string id;
  Values values;
  std::string because;  ///< part of the message expected
};

std::string text(const char* s) { return s; }

const std::vector<Refused>& refused() {
  static const std::vector<Refused> all{
      {"bookshelf", {{"shelves", 10.0}, {"height", 1200.0}}, "too little for a book"},
      {"bookshelf", {{"width", 1200.0}, {"board", 15.0}}, "sags"},
      {"bookshelf", {{"dado", 10.0}}, "too weak"},
      {"enclosure", {{"corner", 30.0}, {"breadth", 60.0}}, "no straight wall"},
      {"enclosure", {{"rim", 1.8}}, "rim rounding"},
      {"enclosure", {{"height", 16.0}, {"lip", 12.0}}, "down to the floor"},
      {"enclosure", {{"lid_gap", 0.5}, {"lip_room", 1.0}}, "thinner than 0.6"},
      {"enclosure", {{"inset", 6.5}}, "inside the lid's lip"},
      {"enclosure", {{"inset", 20.0}, {"breadth", 40.0}}, "run into each other"},
      {"enclosure", {{"pilot_d", 6.0}}, "splits it"},
      {"enclosure", {{"lid_hole", 2.5}}, "pull the lid down"},
      {"enclosure", {{"lid_hole", 7.0}}, "would not rest on the post"},
      {"enclosure", {{"solid", 38.0}}, "less than 4 mm deep"},
      {"enclosure", {{"standoffs", true}, {"board_pitch_x", 120.0}}, "clear of the walls"},
      {"enclosure", {{"standoffs", true}, {"board_pitch_x", 100.0}, {"board_pitch_y", 62.0}}, "screw post"},
      {"enclosure", {{"standoffs", true}, {"standoff_d", 12.0}, {"board_pitch_y", 12.0}}, "thinner standoffs"},
      {"enclosure", {{"standoffs", true}, {"standoff_d", 3.0}}, "0.8 mm of wall"},
      {"enclosure",
       {{"standoffs", true},
        {"standoff_height", 20.0},
        {"height", 25.0},
        {"vents", 0.0},
        {"rect_port", false},
        {"round_port", false}},
       "shorter standoffs"},
      {"enclosure", {{"vent_pitch", 2.5}}, "between two vent slots"},
      {"enclosure", {{"vent_width", 5.0}, {"vent_height", 5.2}}, "higher than wide"},
      {"enclosure", {{"vents", 30.0}}, "do not fit between"},
      {"enclosure", {{"vent_z", 30.0}}, "below the lid's lip"},
      {"enclosure", {{"rect_x", -48.0}}, "rectangular port must stay"},
      {"enclosure", {{"round_z", 34.0}}, "round port must stay"},
      {"enclosure", {{"round_x", -16.0}}, "move them apart"},
      {"enclosure", {{"side_port", true}, {"side_width", 70.0}}, "end port"},
      {"organiser", {{"columns", 10.0}, {"width", 90.0}}, "too small for fingers"},
      {"organiser", {{"corner", 20.0}, {"columns", 8.0}}, "no straight wall"},
      {"organiser", {{"divider_drop", 47.0}}, "lower than 5 mm"},
      {"organiser", {{"divider_drop", 0.2}}, "at least 0.4 mm"},
      {"organiser", {{"notch", true}, {"notch_width", 70.0}, {"notch_depth", 40.0}}, "between the rounded corners"},
      {"organiser", {{"notch", true}, {"notch_depth", 10.0}}, "half circle"},
      {"organiser", {{"notch", true}, {"notch_depth", 49.0}}, "roll out"},
      {"knob", {{"grooves", 80.0}}, "run into each other"},
      {"knob", {{"chamfer", 0.1}}, "cannot be made"},
      {"knob", {{"chamfer", 0.8}}, "ragged"},
      {"knob", {{"chamfer", 6.0}, {"height", 11.0}, {"bore_depth", 3.0}}, "more than half"},
      {"knob", {{"shaft", 20.0}, {"diameter", 22.0}, {"grooves", 0.0}}, "between the bore and the grip"},
      {"knob", {{"flat", 2.9}}, "outside the shaft"},
      {"knob", {{"bore_depth", 17.0}}, "between the bore and the top"},
      {"knob",
       {{"chamfer", 6.0},
        {"diameter", 25.0},
        {"shaft", 12.0},
        {"bore_depth", 16.0},
        {"grooves", 0.0},
        {"shape", text("round")}},
       "within 1 mm of the bore"},
      {"knob", {{"mark", true}, {"mark_length", 30.0}}, "past the middle"},
      {"knob", {{"mark", true}, {"mark_width", 5.0}, {"mark_length", 5.0}}, "points nowhere"},
      {"desk", {{"width", 700.0}}, "520 mm for the knees"},
      {"desk", {{"knee_depth", 600.0}}, "Behind the stretcher"},
      {"desk", {{"tab", 150.0}, {"depth", 450.0}, {"knee_depth", 300.0}}, "Two tabs of this length"},
      {"desk", {{"stretcher_tab", 100.0}}, "too low for two such tabs"},
      {"desk", {{"stretcher_tab", 50.0}, {"board", 24.0}}, "15 mm of wood"},
      {"desk", {{"overhang", 40.0}}, "70 mm or more"},
      {"desk", {{"height", 420.0}, {"stretcher_height", 350.0}}, "free for the feet"},
      {"desk", {{"frame", 160.0}, {"height", 600.0}}, "leave no opening"},
      {"desk", {{"width", 2000.0}, {"board", 12.0}}, "sags"},
      {"desk", {{"cable_length", 60.0}, {"cable_width", 80.0}}, "longer than wide"},
      {"desk", {{"cable_width", 80.0}, {"cable_edge", 120.0}}, "within 20 mm of the stretcher"},
      {"desk", {{"cable_length", 400.0}, {"cable", text("left")}}, "reach a leg"},
      {"finger_box", {{"finger", 4.0}}, "break off"},
      {"finger_box", {{"height", 15.0}, {"board", 4.0}}, "boards this thick"},
      {"finger_box", {{"width", 30.0}, {"lid", text("sliding")}}, "at least 41 mm wide"},
      {"finger_box", {{"hinge_radius", 8.0}, {"lid", text("hinged")}}, "the hinge breaks"},
      {"finger_box", {{"hinge_radius", 20.0}, {"lid", text("hinged")}}, "a quarter of the height"},
      {"finger_box", {{"columns", 8.0}, {"width", 80.0}}, "too narrow for fingers"},
      {"finger_box", {{"columns", 2.0}, {"divider_height", 60.0}}, "Dividers higher"},
      {"finger_box", {{"columns", 2.0}, {"board", 4.0}, {"divider_height", 10.0}}, "four times as high"},
      {"coupon", {{"board", 1.0}, {"first", -0.3}}, "narrower than 0.8"},
      {"gear_pair", {{"teeth_small", 41.0}}, "fewer teeth"},
      {"gear_pair", {{"size_by", text("distance")}, {"distance", 10.0}}, "below module 0.8"},
      {"gear_pair", {{"teeth_small", 8.0}, {"teeth_large", 60.0}, {"pressure", text("14.5")}}, "dig into the roots"},
      {"gear_pair", {{"teeth_small", 8.0}, {"teeth_large", 24.0}}, "come to a point"},
      {"gear_pair", {{"backlash", 0.7}}, "rattle"},
      {"gear_pair", {{"small_shaft", 24.0}, {"small_flat", 21.0}}, "hole of the small gear"},
      {"gear_pair", {{"teeth_large", 16.0}}, "hole of the large gear"},
      {"gear_pair", {{"width", 7.0}}, "wider than the bearing"},
      {"gear_pair", {{"small_flat", 4.9}}, "Over the flat"},
      {"gear_pair", {{"teeth_large", 24.0}, {"lighten", true}}, "no room for these lightening holes"},
      {"device_stand",
       {{"device", text("own")}, {"device_width", 200.0}, {"device_height", 150.0}},
       "higher than wide"},
      {"device_stand", {{"rounding", 2.5}}, "takes more than the material"},
      {"device_stand",
       {{"device", text("own")}, {"device_height", 80.0}, {"rest", 35.0}, {"lip", 25.0}},
       "falls over it"},
      {"device_stand", {{"share", 40.0}}, "narrow the slot"},
      {"device_stand", {{"pads", true}, {"pad", 20.0}, {"share", 50.0}, {"cable", false}}, "rubber feet of this size"},
      {"device_stand", {{"device", text("tablet")}, {"thickness", 3.0}}, "bends under the device"},
      {"wall_hook", {{"load", 40.0}, {"width", 18.0}, {"reach", 140.0}}, "thicker than it is long"},
      {"wall_hook", {{"inside", 20.0}}, "inside radius does not fit"},
      {"wall_hook", {{"rounding", 3.0}}, "thinnest tip"},
      {"wall_hook", {{"edge", 1.5}}, "smaller than the rounding"},
      {"wall_hook", {{"width", 14.0}, {"load", 2.0}}, "head leaves too little"},
      {"wall_hook", {{"plate", 3.5}, {"rounding", 1.4}}, "too thin for this countersunk"},
      {"wall_hook", {{"mount", text("tape")}}, "peels off"},
      {"hose_adapter", {{"b_kind", text("male")}, {"angle", text("90")}}, "prints well only upright"},
      {"hose_adapter", {{"a_hose", 7.0}, {"wall", 3.0}}, "narrower than 3 mm"},
      {"hose_adapter", {{"grip", 4.0}}, "split it"},
      {"hose_adapter",
       {{"b_kind", text("male")}, {"b_thread", text("G1/4")}, {"b_length", 60.0}, {"wall", 1.2}},
       "at least three turns"},
      {"name_plate", {{"size_by", text("plate")}, {"length", 20.0}}, "no room for writing"},
      {"name_plate",
       {{"size_by", text("plate")}, {"logo", text("star.svg")}, {"logo_width", 60.0}, {"length", 300.0}},
       "logo is higher than the plate"},
      {"name_plate", {{"style", text("engraved")}, {"relief", 2.5}}, "Engraving must leave"},
      {"name_plate", {{"mount", text("magnets")}, {"magnet_height", 3.0}}, "0.8 mm of plate over them"},
      {"name_plate", {{"mount", text("ring")}, {"ring", 12.0}, {"size", 4.0}, {"margin", 2.0}}, "too low for holes"},
      {"name_plate",
       {{"mount", text("magnets")}, {"magnet", 20.0}, {"size_by", text("plate")}, {"length", 40.0}},
       "do not fit side by side"},
      {"name_plate", {{"mount", text("screws")}, {"screw", text("M5")}, {"thickness", 2.0}}, "too thin to sink"},
      {"name_plate", {{"border", true}, {"margin", 2.0}}, "A border needs a margin"},
      {"grid_bin", {{"columns", 1.0}, {"across", 6.0}}, "narrower than 8 mm"},
      {"grid_bin", {{"height", 2.0}, {"across", 2.0}, {"lower", 10.0}}, "lower than 2 mm"},
      {"grid_bin", {{"height", 3.0}, {"shelf", true}, {"label", 18.0}}, "no way into the compartment"},
      {"grid_bin", {{"across", 2.0}, {"lower", 0.2}}, "at least 0.4 mm lower"},
      {"board_plate", {{"post", 4.0}}, "1 mm of wall around its screw"},
      {"board_plate", {{"board", text("own")}, {"pitch_x", 10.0}, {"post", 12.0}}, "standoffs run into each other"},
  };
  return all;
}

}  // namespace

TEST_CASE("settings that cannot work are refused with the reason") {
  for (const Refused& row : refused()) {
    INFO(row.id << ": " << row.because);
    const auto checked = product_script(row.id).check(row.values);
    REQUIRE(!checked);
    CHECK(checked.error().kind == ErrorKind::rule);
    INFO(checked.error().message);
    CHECK(checked.error().message.find(row.because) != std::string::npos);
    CHECK(!checked.error().parameters.empty());
  }
}

TEST_CASE("every rule is broken by one of those settings") {
  for (const std::string& id : product_ids) {
    const auto about = product_script(id).describe();
    REQUIRE(about.has_value());
    for (const Rule& rule : about->rules) {
      INFO(id << ": " << rule.message);
      bool covered = false;
      for (const Refused& row : refused())
        if (row.id == id && rule.message.find(row.because) != std::string::npos) covered = true;
      CHECK(covered);
    }
  }
}

}  // namespace fitwright::test
