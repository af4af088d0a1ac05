#include "templates/schema/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "geometry/core/file_io.hpp"
#include "templates/schema/base64.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

using Json = nlohmann::json;

constexpr std::string_view format_name = "fitwright-design";
constexpr int max_depth = 64;

tl::unexpected<Error> refuse(std::string message, std::string suggestion = {}) {
  return fail(ErrorKind::file, std::move(message), std::move(suggestion));
}

// ---- writing ----

Result<void> require_utf8(std::string_view what, std::string_view text) {
  if (utf8_length(text)) return {};
  return refuse(fmt::format("{} is not valid UTF-8 text and cannot be saved in a design", what));
}

Result<Json> values_to_json(const Values& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) {
    FW_CHECK(require_utf8("the name of a value", name));
    if (const auto* number = std::get_if<double>(&value)) {
      if (!std::isfinite(*number)) return refuse(fmt::format("the value of {} is not a finite number", name));
      json[name] = *number;
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      json[name] = *flag;
    } else {
      FW_CHECK(require_utf8(fmt::format("the value of {}", name), std::get<std::string>(value)));
      json[name] = std::get<std::string>(value);
    }
  }
  return json;
}

Result<Json> texts_to_json(const std::map<std::string, std::string>& texts) {
  Json json = Json::object();
  for (const auto& [name, text] : texts) {
    FW_CHECK(require_utf8("the name of a module", name));
    FW_CHECK(require_utf8(fmt::format("module {}", name), text));
    json[name] = text;
  }
  return json;
}

Result<Json> bytes_to_json(const std::map<std::string, std::string>& files) {
  Json json = Json::object();
  for (const auto& [name, bytes] : files) {
    FW_CHECK(require_utf8("the name of a file", name));
    json[name] = base64_encode(bytes);
  }
  return json;
}

Result<Json> names_to_json(const std::set<std::string>& names) {
  Json json = Json::array();
  for (const std::string& name : names) {
    FW_CHECK(require_utf8("the name of a locked parameter", name));
    json.push_back(name);
  }
  return json;
}

Result<Json> directions_to_json(const std::map<std::string, Vec3>& directions) {
  Json json = Json::object();
  for (const auto& [name, d] : directions) {
    FW_CHECK(require_utf8("the name of a part", name));
    if (!std::isfinite(d.x + d.y + d.z)) return refuse(fmt::format("what is up of {} is not finite", name));
    json[name] = {d.x, d.y, d.z};
  }
  return json;
}

/// What a newer program wrote and this one does not know; an object in any case.
Json unknown_fields(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Result<Json> variant_to_json(const Variant& variant) {
  Json json = unknown_fields(variant.unknown);
  FW_CHECK(require_utf8("the name of a variant", variant.name));
  json["name"] = variant.name;
  FW_TRY(json["values"], values_to_json(variant.values));
  return json;
}

// ---- reading ----

std::string_view type_name(const Json& json) { return json.type_name(); }

Result<Json> parse(std::string_view text) {
  bool too_deep = false;
  // Answering false drops the value, so that what is nested too deeply is never kept.
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > max_depth;
    return !too_deep;
  };
  const auto nested = [] { return refuse(fmt::format("the design is nested more than {} deep", max_depth)); };
  try {
    Json json = Json::parse(text, watch);
    if (too_deep) return nested();
    return json;
  } catch (const Json::parse_error& error) {
    if (too_deep) return nested();
    const std::string_view before = text.substr(0, error.byte);
    return refuse(fmt::format("the file is not a Fitwright design: no valid JSON from line {} on",
                              1 + std::count(before.begin(), before.end(), '\n')));
  } catch (const Json::exception&) {
    return refuse("the file is not a Fitwright design: it holds a number that is too large");
  }
}

/// Takes known fields out of an object; what stays is unknown to this program.
class ObjectReader {
 public:
  ObjectReader(Json& json, std::string what) : json_(json), what_(std::move(what)) {}

  Result<void> text(const char* name, std::string& into, bool required = false) {
    FW_TRY(const Json value, take(name, required));
    if (value.is_null()) return {};
    if (!value.is_string()) return wrong(name, value, "a text");
    into = value.get<std::string>();
    return {};
  }

  Result<void> values(const char* name, Values& into) {
    FW_TRY(const Json value, object(name));
    for (const auto& [key, member] : value.items()) {
      if (member.is_number() && std::isfinite(member.get<double>()))
        into[key] = member.get<double>();
      else if (member.is_boolean())
        into[key] = member.get<bool>();
      else if (member.is_string())
        into[key] = member.get<std::string>();
      else
        return wrong(key, member, "a number, a text, true or false");
    }
    return {};
  }

  Result<void> texts(const char* name, std::map<std::string, std::string>& into) {
    FW_TRY(const Json value, object(name));
    for (const auto& [key, member] : value.items()) {
      if (!member.is_string()) return wrong(key, member, "a text");
      into[key] = member.get<std::string>();
    }
    return {};
  }

  Result<void> bytes(const char* name, std::map<std::string, std::string>& into) {
    FW_CHECK(texts(name, into));
    for (auto& [key, text] : into) {
      auto decoded = base64_decode(text);
      if (!decoded) return refuse(fmt::format("{}: {} of {} is not valid base64", what_, printable(key, 100), name));
      text = std::move(*decoded);
    }
    return {};
  }

  Result<void> names(const char* name, std::set<std::string>& into) {
    FW_TRY(const Json value, take(name));
    if (!value.is_null() && !value.is_array()) return wrong(name, value, "a list of texts");
    for (const Json& member : value) {
      if (!member.is_string()) return wrong(name, member, "a list of texts");
      into.insert(member.get<std::string>());
    }
    return {};
  }

  Result<void> directions(const char* name, std::map<std::string, Vec3>& into) {
    FW_TRY(const Json value, object(name));
    for (const auto& [key, member] : value.items()) {
      const auto finite = [](const Json& number) { return number.is_number() && std::isfinite(number.get<double>()); };
      if (!member.is_array() || member.size() != 3 || !std::all_of(member.begin(), member.end(), finite))
        return wrong(key, member, "a direction of three numbers");
      const Vec3 direction{member[0].get<double>(), member[1].get<double>(), member[2].get<double>()};
      if (!(length(direction) > 0)) return wrong(key, member, "a direction that is not zero");
      into[key] = direction;
    }
    return {};
  }

  /// The field, taken out; null when it is absent.
  Result<Json> take(const char* name, bool required = false) {
    const auto it = json_.find(name);
    if (it == json_.end()) {
      if (required) return refuse(fmt::format("{} lacks {}", what_, name));
      return Json(nullptr);
    }
    Json value = std::move(*it);
    json_.erase(it);
    return value;
  }

  Result<Json> object(const char* name, bool required = false) {
    FW_TRY(Json value, take(name, required));
    if (value.is_null()) return Json(Json::object());
    if (!value.is_object()) return wrong(name, value, "an object");
    return value;
  }

  tl::unexpected<Error> wrong(std::string_view name, const Json& value, std::string_view wanted) const {
    return refuse(
        fmt::format("{}: {} is a JSON {}; it must be {}", what_, printable(name, 100), type_name(value), wanted));
  }

 private:
  Json& json_;
  std::string what_;
};

/// Step i turns a document of version i + 1 into one of version i + 2.
using Migration = Result<void> (*)(Json&);
constexpr std::array<Migration, design_version - 1> migrations{};

Result<void> migrate(Json& json) {
  const auto format = json.find("format"), version = json.find("version");
  if (format == json.end() || *format != format_name) return refuse("the file is not a Fitwright design");
  if (version == json.end() || !version->is_number_integer() || *version < 1)
    return refuse("the design does not say its version");
  if (*version > design_version)
    return refuse(fmt::format("the design has version {}, but this program reads versions up to {}", version->dump(),
                              design_version),
                  "open it with a newer Fitwright");
  for (auto step = version->get<std::size_t>() - 1; step < migrations.size(); ++step) FW_CHECK(migrations[step](json));
  return {};
}

Result<Variant> variant_from_json(Json& json, std::size_t position) {
  const std::string what = fmt::format("variant {}", position);
  if (!json.is_object()) return refuse(fmt::format("{} is a JSON {}; it must be an object", what, type_name(json)));
  Variant variant;
  ObjectReader reader(json, what);
  FW_CHECK(reader.text("name", variant.name, true));
  FW_CHECK(reader.values("values", variant.values));
  variant.unknown = json.dump();
  return variant;
}

Result<void> read_template_fields(ObjectReader& document, Json& json, Design& design) {
  FW_TRY(Json about, document.object("template", true));
  ObjectReader reader(about, "the template of the design");
  FW_CHECK(reader.text("id", design.template_id, true));
  FW_CHECK(reader.text("version", design.template_version, true));
  FW_CHECK(reader.text("source", design.source, true));
  FW_CHECK(reader.text("chunk", design.chunk));
  FW_CHECK(reader.texts("modules", design.modules));
  if (!about.empty()) json["template"] = std::move(about);
  return {};
}

}  // namespace

Result<std::string> design_to_json(const Design& design) {
  Json json = unknown_fields(design.unknown);
  for (const std::string* text : {&design.name, &design.template_id, &design.template_version, &design.source,
                                  &design.chunk, &design.process, &design.material})
    FW_CHECK(require_utf8("a text of the design", *text));
  json["format"] = format_name;
  json["version"] = design_version;
  json["name"] = design.name;
  Json& about = json["template"];
  if (!about.is_object()) about = Json::object();
  about["id"] = design.template_id;
  about["version"] = design.template_version;
  about["source"] = design.source;
  about["chunk"] = design.chunk;
  FW_TRY(about["modules"], texts_to_json(design.modules));
  FW_TRY(json["files"], bytes_to_json(design.files));
  FW_TRY(json["fonts"], bytes_to_json(design.fonts));
  FW_TRY(json["values"], values_to_json(design.values));
  json["process"] = design.process;
  json["material"] = design.material;
  if (!design.locked.empty()) {  // rare, and older programs do not know it
    FW_TRY(json["locked"], names_to_json(design.locked));
  }
  if (!design.ups.empty()) {
    FW_TRY(json["up"], directions_to_json(design.ups));
  }
  Json variants = Json::array();
  for (const Variant& variant : design.variants) {
    FW_TRY(Json written, variant_to_json(variant));
    variants.push_back(std::move(written));
  }
  json["variants"] = std::move(variants);
  if (design.variant) json["variant"] = *design.variant;
  return json.dump(2) + "\n";
}

Result<Design> design_from_json(std::string_view text) {
  if (text.size() > design_max_bytes)
    return refuse(fmt::format("the design is larger than {} MB", design_max_bytes >> 20));
  FW_TRY(Json json, parse(text));
  if (!json.is_object()) return refuse("the file is not a Fitwright design");
  FW_CHECK(migrate(json));
  Design design;
  ObjectReader reader(json, "the design");
  FW_CHECK(reader.take("format"));
  FW_CHECK(reader.take("version"));
  FW_CHECK(reader.text("name", design.name));
  FW_CHECK(reader.text("process", design.process));
  FW_CHECK(reader.text("material", design.material));
  FW_CHECK(reader.values("values", design.values));
  FW_CHECK(reader.names("locked", design.locked));
  FW_CHECK(reader.directions("up", design.ups));
  FW_CHECK(reader.bytes("files", design.files));
  FW_CHECK(reader.bytes("fonts", design.fonts));
  FW_TRY(Json variants, reader.take("variants"));
  if (!variants.is_null() && !variants.is_array()) return reader.wrong("variants", variants, "a list");
  for (Json& member : variants) {
    FW_TRY(Variant variant, variant_from_json(member, design.variants.size() + 1));
    design.variants.push_back(std::move(variant));
  }
  FW_TRY(const Json variant, reader.take("variant"));
  if (!variant.is_null() && !variant.is_number_unsigned())
    return reader.wrong("variant", variant, "the position of a variant, from 0");
  if (!variant.is_null() && variant.get<std::size_t>() < design.variants.size())
    design.variant = variant.get<std::size_t>();
  FW_CHECK(read_template_fields(reader, json, design));
  design.unknown = json.dump();
  return design;
}

Result<Design> load_design(const std::filesystem::path& path) {
  FW_TRY(const std::string text, read_file(path, design_max_bytes));
  auto design = design_from_json(text);
  if (design) return design;
  Error error = std::move(design).error();
  error.message = fmt::format("cannot open {}: {}", path.string(), error.message);
  return fail(std::move(error));
}

Result<void> save_design(const Design& design, const std::filesystem::path& path) {
  FW_TRY(const std::string text, design_to_json(design));
  return write_file_atomic(path, text);
}

}  // namespace fitwright
