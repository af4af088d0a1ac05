// Text for people on the terminal, and JSON for programs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/command.hpp"
#include "app/engine/message.hpp"
#include "geometry/catalog/record.hpp"

namespace fitwright::cli {

using Json = nlohmann::ordered_json;

/// Prints a JSON document and a line end on standard output. Text that is not UTF-8 is made so.
void print_json(const Json& json);

/// Rows with their columns aligned, two blanks apart and two in front; columns named in `right` (by index)
/// are set to the right. Empty when there are no rows.
std::string table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right = {});

/// The value, or null when the text is empty.
Json text_or_null(const std::string& text);
Json to_json(const ParameterValue& value);
Json to_json(const Values& values);
Json to_json(const Finding& finding);
Json to_json(const Fact& fact);
Json to_json(const std::optional<double>& value);

/// Checks that could not be decided: [{check, part, reason}].
Json undecided_json(const CheckReport& report);
/// "blocks  manifold  side: message" and what follows from it; one finding.
std::string finding_text(const Finding& finding);
/// All findings, and what could not be decided; empty when there is nothing to say.
std::string report_text(const CheckReport& report);

/// The response's warnings and what its template printed, as lines.
void add_notes(const Response& response, Notes& notes);

}  // namespace fitwright::cli
