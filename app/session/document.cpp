#include "app/session/document.hpp"

#include <utility>

namespace fitwright {

namespace {

constexpr std::size_t longest_past = 500;  // steps of undo

std::shared_ptr<const Package> package_of(Design& design) {
  return std::make_shared<const Package>(Package{design.template_id, design.template_version, std::move(design.source),
                                                 design.chunk, std::move(design.modules), std::move(design.files),
                                                 std::move(design.fonts)});
}

}  // namespace

bool DocumentState::operator==(const DocumentState& other) const {
  const bool same_package = package == other.package || *package == *other.package;
  return same_package && name == other.name && values == other.values && process == other.process &&
         material == other.material && variants == other.variants && unknown == other.unknown;
}

Document::Document(Design design)
    : state_{package_of(design),
             std::move(design.name),
             std::move(design.values),
             std::move(design.process),
             std::move(design.material),
             std::move(design.variants),
             std::nullopt,
             std::move(design.unknown)},
      saved_(state_) {}

Design Document::design() const {
  Design design;
  const Package& package = *state_.package;
  design.name = state_.name;
  design.template_id = package.template_id;
  design.template_version = package.template_version;
  design.source = package.source;
  design.chunk = package.chunk;
  design.modules = package.modules;
  design.files = package.files;
  design.fonts = package.fonts;
  design.values = state_.values;
  design.process = state_.process;
  design.material = state_.material;
  design.variants = state_.variants;
  design.unknown = state_.unknown;
  return design;
}

Values Document::values() const {
  if (!state_.variant) return state_.values;
  Values all = state_.variants[*state_.variant].values;
  all.insert(state_.values.begin(), state_.values.end());
  return all;
}

template <class Change>
void Document::edit(const std::string& what, const std::string& gesture, const Change& change) {
  DocumentState before = state_;
  change();
  if (before == state_) return;
  future_.clear();
  if (!gesture.empty() && !past_.empty() && past_.back().gesture == gesture) return;
  past_.push_back({std::move(before), what, gesture});
  if (past_.size() > longest_past) past_.pop_front();
}

void Document::set(const std::string& parameter, ParameterValue value, const std::string& gesture) {
  edit(parameter, gesture, [&] { own_values()[parameter] = std::move(value); });
}

void Document::set_all(const Values& values, const std::string& what) {
  edit(what, {}, [&] {
    for (const auto& [name, value] : values) own_values()[name] = value;
  });
}

void Document::reset(const std::string& parameter) {
  edit(parameter, {}, [&] { own_values().erase(parameter); });
}

void Document::rename(std::string name) {
  edit("name", {}, [&] { state_.name = std::move(name); });
}
void Document::choose_process(std::string process) {
  edit("process", {}, [&] { state_.process = std::move(process); });
}
void Document::choose_material(std::string material) {
  edit("material", {}, [&] { state_.material = std::move(material); });
}

void Document::add_file(const std::string& name, std::string bytes) {
  Package package = *state_.package;
  package.files[name] = std::move(bytes);
  edit(name, {}, [&] { state_.package = std::make_shared<const Package>(std::move(package)); });
}
void Document::add_font(const std::string& name, std::string bytes) {
  Package package = *state_.package;
  package.fonts[name] = std::move(bytes);
  edit(name, {}, [&] { state_.package = std::make_shared<const Package>(std::move(package)); });
}
void Document::replace_template(Package package) {
  edit("template", {}, [&] { state_.package = std::make_shared<const Package>(std::move(package)); });
}

void Document::duplicate_variant(std::string name) {
  edit("variant", {}, [&] {
    Variant copy;
    if (state_.variant) copy = state_.variants[*state_.variant];
    copy.name = std::move(name);
    state_.variants.push_back(std::move(copy));
    state_.variant = state_.variants.size() - 1;
  });
}
void Document::rename_variant(std::size_t variant, std::string name) {
  edit("variant", {}, [&] { state_.variants.at(variant).name = std::move(name); });
}
void Document::remove_variant(std::size_t variant) {
  edit("variant", {}, [&] {
    state_.variants.erase(state_.variants.begin() + static_cast<std::ptrdiff_t>(variant));
    if (state_.variant == variant)
      state_.variant.reset();
    else if (state_.variant && *state_.variant > variant)
      --*state_.variant;
  });
}
void Document::select_variant(std::optional<std::size_t> variant) { state_.variant = variant; }

void Document::undo() {
  if (past_.empty()) return;
  Step step = std::move(past_.back());
  past_.pop_back();
  future_.push_back({std::exchange(state_, std::move(step.before)), step.what, {}});
}
void Document::redo() {
  if (future_.empty()) return;
  Step step = std::move(future_.back());
  future_.pop_back();
  past_.push_back({std::exchange(state_, std::move(step.before)), step.what, {}});
}

void Document::retract(const DocumentState& legal) {
  // Where the legal state is what the last step started from, the step is none; else it is one that went less far.
  if (!past_.empty() && past_.back().before == legal) past_.pop_back();
  state_ = legal;
}

}  // namespace fitwright
