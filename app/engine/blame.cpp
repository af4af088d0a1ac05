#include "app/engine/blame.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "export/layout.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/checks/triangle_math.hpp"

namespace fitwright {
namespace {

using Names = std::vector<std::string>;

/// The face of a part nearest to a place in the made pose; none for a part without a mesh.
std::optional<std::uint32_t> nearest_face(const ResponsePart& part, Vec3 made) {
  const TriangleMesh& mesh = part.built.mesh;
  if (mesh.face_of.size() != mesh.triangles.size()) return std::nullopt;
  const Vec3 at = made_placement(mesh, part.up).inverse().apply(made);
  std::optional<std::uint32_t> nearest;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& [a, b, c] = mesh.triangles[t];
    const double off = length(nearest_on_triangle(at, {mesh.vertices[a], mesh.vertices[b], mesh.vertices[c]}) - at);
    if (off >= least) continue;
    least = off;
    nearest = mesh.face_of[t];
  }
  return nearest;
}

/// The faces' lists as one. A parameter behind some of the faces and not behind others moves them against each other,
/// so among equally near ones it comes first: what moves all of them together leaves a wall as thick as it is.
Names merged(const std::vector<Names>& lists) {
  struct Rank {
    std::size_t nearest = 0, faces = 0, order = 0;
    auto key() const { return std::tuple(nearest, faces, order); }
  };
  std::map<std::string, Rank> ranks;
  for (const Names& list : lists)
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto [it, fresh] = ranks.try_emplace(list[i], Rank{i, 0, ranks.size()});
      it->second.nearest = std::min(it->second.nearest, i);
      ++it->second.faces;
    }
  Names names;
  for (const auto& [name, rank] : ranks) names.push_back(name);
  std::sort(names.begin(), names.end(),
            [&](const std::string& a, const std::string& b) { return ranks.at(a).key() < ranks.at(b).key(); });
  return names;
}

Names behind_faces(const Template& about, const ResponsePart& part, const std::vector<std::uint32_t>& faces) {
  std::vector<Names> lists;
  for (const std::uint32_t face : faces)
    if (face < part.built.faces.size())
      if (Names names = face_parameters(about, part, part.built.faces[face]);
          std::find(lists.begin(), lists.end(), names) == lists.end())
        lists.push_back(std::move(names));
  return merged(lists);
}

/// How far a finding is from its limit, as a share of it: what is measured in degrees or pieces compares with its like
/// alone, since only such are gathered.
double excess(const Finding& finding) {
  return finding.measured && finding.required ? std::abs(*finding.measured - *finding.required) : 0;
}

void add_to(Finding& kept, Finding more) {
  std::vector<Vec3> places = std::move(kept.places);
  if (places.empty() && kept.at) places.push_back(*kept.at);
  if (more.at) places.push_back(*more.at);
  std::vector<std::uint32_t> faces;
  std::set_union(kept.faces.begin(), kept.faces.end(), more.faces.begin(), more.faces.end(), std::back_inserter(faces));
  if (excess(more) > excess(kept)) kept = std::move(more);
  kept.places = std::move(places);
  kept.faces = std::move(faces);
}

bool alike(const Finding& a, const Finding& b) {
  const auto cause = [](const Finding& f) { return f.parameters.empty() ? std::string() : f.parameters.front(); };
  return a.check == b.check && a.part == b.part && a.severity == b.severity && a.required == b.required &&
         a.unit == b.unit && a.at.has_value() && b.at.has_value() && cause(a) == cause(b);
}

}  // namespace

void blame_parameters(const ScriptRun& run, std::span<const Touch> touches, std::span<const ResponsePart> parts,
                      CheckReport& report) {
  // Of a whole part, whatever shapes most of it is nearest.
  const std::vector<Touch> all(touches.rbegin(), touches.rend());
  for (Finding& finding : report.findings)
    for (std::size_t i = 0; i < parts.size() && finding.parameters.empty(); ++i) {
      const ResponsePart& part = parts[i];
      if (part.built.name != finding.part) continue;
      std::vector<std::uint32_t> faces = finding.faces;
      if (const auto nearest = faces.empty() && finding.at ? nearest_face(part, *finding.at) : std::nullopt)
        faces = {*nearest};
      finding.parameters = behind_faces(run.about, part, faces);
      if (finding.parameters.empty()) finding.parameters = parameters_behind(*run.product.parts[i].solid, all);
    }
}

void gather_findings(CheckReport& report) {
  std::vector<Finding> gathered;
  for (Finding& finding : report.findings) {
    const auto like =
        std::find_if(gathered.begin(), gathered.end(), [&](const Finding& other) { return alike(other, finding); });
    if (like == gathered.end())
      gathered.push_back(std::move(finding));
    else
      add_to(*like, std::move(finding));
  }
  report.findings = std::move(gathered);
}

void title_findings(CheckReport& report) {
  for (Finding& finding : report.findings) finding.title = check_title(finding.check);
}

}  // namespace fitwright
