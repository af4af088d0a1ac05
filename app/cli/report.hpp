// What the checks found, as a web page of one file: sentences, figures, sources, and a picture of each finding.
#pragma once

#include <memory>
#include <string>

#include "app/engine/message.hpp"

namespace fitwright::cli {

/// `checked` has its parts with their meshes. Where nothing can be drawn, the page says why and has no pictures. Equal
/// input gives equal bytes.
std::string check_report_html(const std::string& subject, const std::string& process,
                              const std::shared_ptr<const Response>& checked);

}  // namespace fitwright::cli
