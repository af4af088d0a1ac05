// What a user names: a template that ships, one from a file, a saved design, or some other file.
#pragma once

#include <filesystem>
#include <string>

#include "app/engine/message.hpp"
#include "templates/schema/design.hpp"

namespace fitwright {

enum class SubjectKind { script, design, other };

struct Subject {
  SubjectKind kind = SubjectKind::other;
  std::filesystem::path path;  ///< of template.lua, of the .fitwright file, or of the other file
};

/// `name`: id of a shipped template, a template.lua or its folder, a .fitwright design, or another file that is there.
/// Errors: usage (nothing of that name, with the nearest id), file.
Result<Subject> find_subject(const std::filesystem::path& assets, const std::string& name);

/// The error (usage) for a subject that is neither a template nor a design.
Error not_a_design(const std::string& name);

/// A template's text with the modules beside it and those that ship. The script is not run: id, version and name stay
/// empty. Errors: file.
Result<Design> read_template(const std::filesystem::path& assets, const std::filesystem::path& script);

/// A request for a design as it was saved, variants aside. Nothing is wanted yet.
Request request_of(Design design);

}  // namespace fitwright
