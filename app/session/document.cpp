#include "app/session/document.hpp"

#include <utility>

namespace fitwright {

namespace {

constexpr std::size_t longest_past = 500;  // steps of undo

}  // namespace

Package package_of(Design& design) {
  return {design.template_id,        design.template_version, std::move(design.source), design.chunk,
          std::move(design.modules), std::move(design.files), std::move(design.fonts)};
}

bool DocumentState::operator==(const DocumentState& other) const {
  const bool same_package = package == other.package || *package == *other.package;
  return same_package && name == other.name && values == other.values && process == other.process &&
         material == other.material && locked == other.locked && ups == other.ups && variants == other.variants &&
         unknown == other.unknown;
}

Values values_of(const DocumentState& state, std::optional<std::size_t> variant) {
  if (!variant || *variant >= state.variants.size()) return state.values;
  Values all = state.variants[*variant].values;
  all.insert(state.values.begin(), state.values.end());
  return all;
}

Values with_defaults(const Template& about, Values values) {
  for (const Parameter& parameter : about.parameters) values.try_emplace(parameter.name, parameter.fallback);
  return values;
}

std::vector<std::string> differing(const Template& about, const Values& a, const Values& b) {
  const Values full_a = with_defaults(about, a), full_b = with_defaults(about, b);
  std::vector<std::string> names;
  for (const Parameter& parameter : about.parameters)
    if (full_a.at(parameter.name) != full_b.at(parameter.name)) names.push_back(parameter.name);
  return names;
}

Document::Document(Design design, bool unsaved)
    : state_{std::make_shared<const Package>(package_of(design)),
             std::move(design.name),
             std::move(design.values),
             std::move(design.process),
             std::move(design.material),
             std::move(design.locked),
             std::move(design.ups),
             std::move(design.variants),
             design.variant,
             std::move(design.unknown)},
      saved_(state_),
      unsaved_(unsaved) {}

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
  design.locked = state_.locked;
  design.ups = state_.ups;
  design.variants = state_.variants;
  design.variant = state_.variant;
  design.unknown = state_.unknown;
  return design;
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
  if (is_locked(parameter)) return;
  edit(parameter, gesture, [&] { own_values()[parameter] = std::move(value); });
}

void Document::set_all(const Values& values, const std::string& what) {
  edit(what, {}, [&] {
    for (const auto& [name, value] : values)
      if (!is_locked(name)) own_values()[name] = value;
  });
}

// A value that says nothing but the default is better not said: it then follows the template.
void Document::put_back(const std::string& parameter, const ParameterValue& fallback) {
  if (is_locked(parameter)) return;
  own_values().erase(parameter);
  const auto design = state_.values.find(parameter);
  if (design != state_.values.end() && design->second != fallback) own_values()[parameter] = fallback;
}

void Document::reset(const std::string& parameter, const ParameterValue& fallback) {
  edit(parameter, {}, [&] { put_back(parameter, fallback); });
}

void Document::reset_all(const Template& about) {
  edit("reset", {}, [&] {
    for (const Parameter& parameter : about.parameters) put_back(parameter.name, parameter.fallback);
  });
}

void Document::apply_preset(const Template& about, const Preset& preset, const std::string& does) {
  edit(preset.label.empty() ? preset.name : preset.label, {}, [&] {
    for (const Parameter& parameter : about.parameters) {
      put_back(parameter.name, parameter.fallback);
      const auto value = preset.values.find(parameter.name);
      if (value != preset.values.end() && !is_locked(parameter.name)) own_values()[parameter.name] = value->second;
    }
    if (!preset.process.empty() && preset.process != does) {
      state_.process = preset.process;
      state_.material.clear();
    }
    if (!preset.material.empty()) state_.material = preset.material;
  });
}

void Document::lock(const std::string& parameter, bool locked) {
  edit("lock of " + parameter, {}, [&] {
    if (locked)
      state_.locked.insert(parameter);
    else
      state_.locked.erase(parameter);
  });
}

void Document::identify(const Template& about) {
  const std::shared_ptr<const Package> unnamed = state_.package;
  if (!unnamed->template_id.empty()) return;
  Package named = *unnamed;
  named.template_id = about.id;
  named.template_version = about.version;
  const auto package = std::make_shared<const Package>(std::move(named));
  const auto tell = [&](DocumentState& state) {
    if (state.package != unnamed) return;
    state.package = package;
    if (state.name.empty()) state.name = about.name;
  };
  tell(state_);
  tell(saved_);
  for (std::deque<Step>* steps : {&past_, &future_})
    for (Step& step : *steps) tell(step.before);
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
void Document::lay(const std::string& part, std::optional<Vec3> up) {
  edit("way up of " + part, {}, [&] {
    if (up)
      state_.ups[part] = *up;
    else
      state_.ups.erase(part);
  });
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
void Document::replace_template(Package package, Values values, std::vector<Variant> variants) {
  package.files.insert(state_.package->files.begin(), state_.package->files.end());
  package.fonts.insert(state_.package->fonts.begin(), state_.package->fonts.end());
  edit("template", {}, [&] {
    state_.package = std::make_shared<const Package>(std::move(package));
    state_.values = std::move(values);
    state_.variants = std::move(variants);
  });
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

std::string Document::retract(const DocumentState& legal) {
  const std::string gesture = past_.empty() ? "" : past_.back().gesture;
  // Where the legal state is what the last step started from, the step is none; else it is one that went less far.
  if (!past_.empty() && past_.back().before == legal) past_.pop_back();
  state_ = legal;
  return gesture;
}

}  // namespace fitwright
