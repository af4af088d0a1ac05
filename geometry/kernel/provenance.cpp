#include "geometry/kernel/provenance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geometry/graph/operation.hpp"

namespace fitwright {

OriginPtr Origin::make(std::string role, std::vector<OriginPtr> of) {
  auto origin = std::make_shared<Origin>();
  origin->role_ = std::move(role);
  origin->of_ = std::move(of);
  Hasher hasher;
  hasher.add(std::string_view("role")).add(std::string_view(origin->role_));
  for (const OriginPtr& o : origin->of_) hasher.add(o->hash());
  origin->hash_ = hasher.finish();
  return origin;
}

OriginPtr Origin::below(Slot slot, OriginPtr rest) {
  auto origin = std::make_shared<Origin>();
  origin->slot_ = slot;
  origin->hash_ = Hasher().add(std::uint64_t{slot.arg} << 16 | slot.item).add(rest->hash()).finish();
  origin->rest_ = std::move(rest);
  return origin;
}

const std::string& final_role(const Origin& origin) {
  const Origin* at = &origin;
  while (at->is_step()) at = at->rest().get();
  return at->role();
}

std::string to_string(const Origin& origin, const Node& root) {
  std::string text;
  const Node* node = &root;
  const Origin* at = &origin;
  for (; at->is_step(); at = at->rest().get()) {
    const Slot slot = at->slot();
    const bool known = node && slot.arg < node->operation().args.size();
    text += known ? std::string(node->operation().args[slot.arg].name) : "?";
    const bool list = known && std::holds_alternative<std::vector<NodePtr>>(node->args()[slot.arg]);
    if (list || slot.item > 0) text += fmt::format("[{}]", slot.item);
    text += '.';
    node = node ? node->child(slot).get() : nullptr;
  }
  text += at->role();
  if (!at->of().empty()) {
    text += '(';
    for (std::size_t i = 0; i < at->of().size(); ++i)
      text += (i ? ", " : "") + (node ? to_string(*at->of()[i], *node) : "?");
    text += ')';
  }
  return text;
}

const Node* maker(const Origin& origin, const Node& root) {
  const Node* node = &root;
  for (const Origin* at = &origin; at->is_step() && node; at = at->rest().get()) node = node->child(at->slot()).get();
  return node;
}

bool Trace::operator==(const Trace& other) const {
  const auto same = [](const OriginPtr& a, const OriginPtr& b) { return a->hash() == b->hash(); };
  return tags == other.tags &&
         std::equal(origins.begin(), origins.end(), other.origins.begin(), other.origins.end(), same);
}

void Trace::merge(const Trace& other) {
  for (const OriginPtr& origin : other.origins) {
    const auto at = std::lower_bound(origins.begin(), origins.end(), origin,
                                     [](const OriginPtr& a, const OriginPtr& b) { return a->hash() < b->hash(); });
    if (at == origins.end() || (*at)->hash() != origin->hash()) origins.insert(at, origin);
  }
  for (const std::string& tag : other.tags) add_tag(tag);
}

void Trace::add_tag(const std::string& tag) {
  const auto at = std::lower_bound(tags.begin(), tags.end(), tag);
  if (at == tags.end() || *at != tag) tags.insert(at, tag);
}

Trace Trace::below(Slot slot) const {
  Trace trace;
  trace.tags = tags;
  trace.origins.reserve(origins.size());
  for (const OriginPtr& origin : origins) trace.origins.push_back(Origin::below(slot, origin));
  std::sort(trace.origins.begin(), trace.origins.end(),
            [](const OriginPtr& a, const OriginPtr& b) { return a->hash() < b->hash(); });
  return trace;
}

}  // namespace fitwright
