#include <fmt/format.h>

#include "geometry/core/text.hpp"
#include "templates/runtime/fields.hpp"
#include "templates/runtime/hints.hpp"
#include "templates/runtime/readers.hpp"
#include "templates/schema/utf8.hpp"

namespace fitwright {

namespace {

constexpr std::size_t max_parameters = 500;

class TemplateReader {
 public:
  Result<Template> read(const Tree& root, std::string_view source) {
    if (root.is(Tree::Type::nil))
      return fail(ErrorKind::script, "the template returns nothing",
                  "the file must end with return { id = ..., build = build }");
    Fields fields(root, "the template", problem_);
    Template about;
    about.id = fields.text("id");
    about.version = fields.text("version");
    about.name = fields.text("name");
    about.licence = fields.text("licence");
    about.author = fields.text("author", "");
    about.summary = fields.text("summary", "");
    about.description = fields.text("description", "");
    about.processes = fields.texts("processes");
    about.keywords = fields.texts("keywords");
    for (const Tree* table : fields.tables("parameters"))
      about.parameters.push_back(parameter(*table, about.parameters.size()));
    for (const Tree* table : fields.tables("rules")) about.rules.push_back(rule(*table, about.rules.size()));
    for (const Tree* table : fields.tables("presets")) about.presets.push_back(preset(*table, about.presets.size()));
    if (about.parameters.size() > max_parameters)
      fields.fault(fmt::format("the template has more than {} parameters", max_parameters));
    if (!fields.has_function("build")) fields.fault("the template lacks the function build(p, ctx)");
    fields.finish();
    if (!problem_.error) return about;
    problem_.error->source.line = line_of(problem_.place, source);
    return fail(std::move(*problem_.error));
  }

 private:
  Parameter parameter(const Tree& table, std::size_t position) {
    Fields fields(table, fmt::format("parameter {}", position + 1), problem_);
    fields.listed("parameters", position);
    Parameter p;
    p.name = fields.text_at(0, "name");
    fields.rename(fmt::format("parameter {}", printable(p.name, 100)), p.name);
    kind(fields, p);
    p.label = fields.text("label", p.name);
    p.help = fields.text("help", "");
    p.group = fields.text("group", "");
    p.min = fields.number("min");
    p.max = fields.number("max");
    p.step = fields.number("step");
    if (fields.get("choices")) choices(fields, p);
    fallback(fields, p);
    p.has_visible_when = fields.has_function("visible_when");
    fields.finish(1);
    return p;
  }

  void kind(Fields& fields, Parameter& p) {
    const std::string name = fields.text("kind");
    if (const auto kind = parameter_kind(name)) {
      p.kind = *kind;
    } else {
      fields.fault(
          fmt::format("{}: kind \"{}\" is unknown; there are length, angle, count, number, choice, toggle, text, "
                      "colour, font and file",
                      fields.what(), printable(name, 100)),
          did_you_mean(name, kind_names()), "kind");
    }
  }

  void choices(Fields& fields, Parameter& p) {
    const Tree* list = fields.get("choices");
    if (!list->list.empty() && list->list[0].is(Tree::Type::text))
      fields.fault(
          fmt::format("{}: choices has a text at position 1", fields.what()),
          "each choice has its value and what people read: choices = { { \"a\", \"First\" }, { \"b\", \"Second\" } }",
          "choices");
    for (const Tree* table : fields.tables("choices")) {
      Fields choice(*table, fmt::format("a choice of {}", fields.what()), problem_);
      Choice read;
      read.value = choice.text_at(0, "value");
      read.label = table->list.size() > 1 ? choice.text_at(1, "label") : choice.text("label", read.value);
      choice.finish(2);
      p.choices.push_back(std::move(read));
    }
  }

  void fallback(Fields& fields, Parameter& p) {
    const Tree* value = fields.get("default");
    if (const auto read = value ? this->value(*value) : std::nullopt) {
      p.fallback = *read;
    } else if (!value &&
               (p.kind == ParameterKind::text || p.kind == ParameterKind::font || p.kind == ParameterKind::file)) {
      p.fallback = std::string();
    } else {
      fields.fault(value ? fmt::format("{}: default is {}", fields.what(), describe(value->type))
                         : fmt::format("{} lacks a default", fields.what()));
    }
  }

  static std::optional<ParameterValue> value(const Tree& tree) {
    switch (tree.type) {
      case Tree::Type::number: return tree.number;
      case Tree::Type::boolean: return tree.flag;
      case Tree::Type::text: return tree.text;
      default: return std::nullopt;
    }
  }

  Rule rule(const Tree& table, std::size_t position) {
    Fields fields(table, fmt::format("rule {}", position + 1), problem_);
    fields.listed("rules", position);
    Rule read;
    read.message = fields.text("message");
    fields.rename(fmt::format("rule \"{}\"", printable(read.message, 100)), read.message);
    read.parameters = fields.texts("parameters");
    if (!fields.has_function("check")) fields.fault(fmt::format("{} lacks the function check(p)", fields.what()));
    fields.finish();
    return read;
  }

  Preset preset(const Tree& table, std::size_t position) {
    Fields fields(table, fmt::format("preset {}", position + 1), problem_);
    fields.listed("presets", position);
    Preset read;
    read.name = fields.text_at(0, "name");
    fields.rename(fmt::format("preset {}", printable(read.name, 100)), read.name);
    read.label = fields.text("label", read.name);
    read.process = fields.text("process", "");
    read.material = fields.text("material", "");
    if (const Tree* values = fields.get("values")) {
      const Fields checked(*values, fmt::format("values of {}", fields.what()), problem_);
      for (const TreeField& field : values->fields) {
        if (const auto value = this->value(field.value)) {
          read.values.emplace(printable(field.name, 100), *value);
        } else {
          fields.fault(
              fmt::format("{}: {} is {}", fields.what(), printable(field.name, 100), describe(field.value.type)), {},
              field.name);
        }
      }
    }
    fields.finish(1);
    return read;
  }

  Problem problem_;
};

}  // namespace

Result<Template> read_template(const Tree& root, std::string_view source) {
  return TemplateReader().read(root, source);
}

}  // namespace fitwright
