// Numbers and names as they are shown to people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/engine/message.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright::desktop {

/// With a capital and a full stop.
std::string sentence(std::string text);
/// "800 mm", or "31.496 in": rounded to what can be read, at most 0.01 mm or 0.001 in.
std::string length_text(double mm, bool inches);
/// "800 x 300 x 1800 mm" with a real multiplication sign.
std::string size_text(Vec3 size, bool inches);
/// A sentence that names millimetres ("2440 x 1220 mm", "1.2 to 1.6 mm"), in inches when those are shown.
std::string in_units(const std::string& text, bool inches);
/// A value in a parameter's entry: with the unit chosen for lengths, exact for the rest.
std::string shown_value(const Parameter& parameter, const ParameterValue& value, bool inches);
/// A length typed without a unit is in inches when inches are shown; everything else is left as typed.
std::string with_unit(const Parameter& parameter, std::string typed, bool inches);
/// "12.4 kg", "830 g".
std::string weight_text(double kg);
/// "40 min", "3 h 20 min", "14 h": rounded to what an estimate can say.
std::string duration_text(double hours);
/// "84 bytes", "12.3 kB", "4.1 MB".
std::string bytes_text(std::size_t bytes);
/// "68 210".
std::string count_text(std::uint64_t count);
/// Label of a parameter; its name when it has none.
const std::string& label_of(const Parameter& parameter);
/// Labels of parameters by name, joined: "Width, Depth and Height".
std::string labels_of(const Template& about, const std::vector<std::string>& names);

/// What people call a part: its label, or its name as words ("side_left": "Side left").
std::string part_label(const ResponsePart& part);
/// The same of the part with a name; the name as words when the model has none of it.
std::string part_label(const Response* model, const std::string& name);

/// What an error says, without the values that the panel shows anyway: a rule in its author's words.
const std::string& rule_text(const Template& about, const Error& error);

/// What a face is for who points at it: "hole, diameter 5 mm", "flat face".
std::string face_text(const BuiltPart& part, std::size_t face, bool inches);

/// Kilograms of all parts with their copies; empty when a material's density is not known.
std::optional<double> weight_of(const Response& model, const Catalog* catalog);
/// Box of all visible copies as assembled.
Box3 assembled_box(const Response& model);

}  // namespace fitwright::desktop
