#include <algorithm>
#include <unordered_map>

#include "app/engine/run.hpp"
#include "geometry/graph/path.hpp"
#include "templates/runtime/touch.hpp"

namespace fitwright {
namespace {

using Indices = std::vector<std::uint16_t>;

void append_new(Indices& list, const Indices& more) {
  for (const std::uint16_t index : more)
    if (std::find(list.begin(), list.end(), index) == list.end()) list.push_back(index);
}

/// From a face's origin to parameters: those that change the arguments of the node that made the face, then those of
/// what that node is made of, then those of each node around it, from the inside out.
class FaceRelation {
 public:
  FaceRelation(const Template& about, const std::vector<Touch>& touches) : touches_(touches) {
    for (std::size_t i = 0; i < about.parameters.size(); ++i)
      index_[about.parameters[i].name] = static_cast<std::uint16_t>(i);
  }

  Indices behind(const NodePtr& root, std::string_view origin) {
    const FollowedPath path = follow(root, origin);
    const NodePtr& maker = path.nodes.back();
    Indices found;
    const auto blended = blended_paths(path.role);
    // A blend stands on two faces; the rest of its body has no part in it.
    append_new(found, blended.empty() ? of(*maker) : own(*maker));
    for (const std::string_view side : blended) append_new(found, behind(maker, side));
    for (std::size_t i = path.nodes.size() - 1; i-- > 0;) append_new(found, own(*path.nodes[i]));
    return found;
  }

 private:
  const Indices& of(const Node& node) {
    const auto [it, fresh] = of_.try_emplace(node.hash());
    if (fresh)
      for (const std::string& name : parameters_behind(node, touches_)) it->second.push_back(index_.at(name));
    return it->second;
  }
  const Indices& own(const Node& node) {
    const auto [it, fresh] = own_.try_emplace(node.hash());
    if (fresh)
      for (const Touch& touch : touches_)
        if (touch.nodes.contains(node.hash())) it->second.push_back(index_.at(touch.parameter));
    return it->second;
  }

  const std::vector<Touch>& touches_;
  std::unordered_map<std::string, std::uint16_t> index_;
  std::unordered_map<Hash128, Indices> of_, own_;
};

}  // namespace

void relate_faces(const ScriptRun& run, const std::vector<Touch>& touches, std::vector<ResponsePart>& parts) {
  FaceRelation relation(run.about, touches);
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (const FaceInfo& face : parts[i].built.faces)
      for (const std::string& origin : face.origins) {
        const auto [it, fresh] = parts[i].behind.try_emplace(origin);
        if (fresh) it->second = relation.behind(run.product.parts[i].solid, origin);
      }
}

std::vector<std::string> face_parameters(const Template& about, const ResponsePart& part, const FaceInfo& face) {
  std::vector<const Indices*> lists;
  std::size_t longest = 0;
  for (const std::string& origin : face.origins)
    if (const auto it = part.behind.find(origin); it != part.behind.end()) {
      lists.push_back(&it->second);
      longest = std::max(longest, it->second.size());
    }
  // A face of several origins is as near to the first of the one as to the first of the other.
  Indices merged;
  for (std::size_t rank = 0; rank < longest; ++rank)
    for (const Indices* list : lists)
      if (rank < list->size()) append_new(merged, {(*list)[rank]});
  std::vector<std::string> names;
  for (const std::uint16_t index : merged)
    if (index < about.parameters.size()) names.push_back(about.parameters[index].name);
  return names;
}

}  // namespace fitwright
