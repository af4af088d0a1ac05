#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "geometry/core/text.hpp"
#include "geometry/mesh/mesh.hpp"

namespace fitwright {

namespace {

constexpr std::size_t kinds = static_cast<std::size_t>(MeshFaultKind::inside_out) + 1;

// Counts the faults of each kind and keeps the first place.
class FaultCounter {
 public:
  void add(MeshFaultKind kind, Vec3 at) {
    MeshFault& fault = faults_[static_cast<std::size_t>(kind)];
    if (fault.count++ == 0) fault.at = at;
  }
  bool any() const {
    return std::any_of(faults_.begin(), faults_.end(), [](const MeshFault& f) { return f.count > 0; });
  }
  std::vector<MeshFault> list() const {
    std::vector<MeshFault> found;
    for (std::size_t k = 0; k < kinds; ++k)
      if (faults_[k].count > 0) found.push_back({static_cast<MeshFaultKind>(k), faults_[k].count, faults_[k].at});
    return found;
  }

 private:
  std::array<MeshFault, kinds> faults_{};
};

bool finite(Vec3 v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

// Groups of triangles that hang together by their edges.
class Shells {
 public:
  explicit Shells(std::size_t triangles) : parent_(triangles) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::uint32_t of(std::uint32_t t) {
    while (parent_[t] != t) t = parent_[t] = parent_[parent_[t]];
    return t;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = of(a);
    b = of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Items grouped by a key below `keys` (a counting sort), each group ordered by what is in the items.
template <class Item>
class Buckets {
 public:
  explicit Buckets(std::size_t keys) : start_(keys + 1, 0) {}
  void count(std::size_t key) { ++start_[key + 1]; }
  void allocate() {
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    items_.resize(start_.back());
    fill_.assign(start_.begin(), start_.end() - 1);
  }
  void put(std::size_t key, Item item) { items_[fill_[key]++] = item; }
  template <class Visit>
  void for_each_group(Visit visit) {
    for (std::size_t key = 0; key + 1 < start_.size(); ++key) {
      if (start_[key] == start_[key + 1]) continue;
      const std::span<Item> group(items_.data() + start_[key], items_.data() + start_[key + 1]);
      std::sort(group.begin(), group.end());
      visit(key, group);
    }
  }

 private:
  std::vector<std::size_t> start_, fill_;
  std::vector<Item> items_;
};

class Inspector {
 public:
  explicit Inspector(const TriangleMesh& mesh) : mesh_(mesh), shells_(mesh.triangles.size()) {}

  std::vector<MeshFault> run() {
    if (mesh_.triangles.empty()) {
      faults_.add(MeshFaultKind::empty, {});
      return faults_.list();
    }
    check_numbers();
    check_edges();
    if (twins_possible_) check_duplicates();
    // Volumes say nothing before the mesh is closed and oriented.
    if (!faults_.any()) check_shells();
    return faults_.list();
  }

  /// After run(), for a sound mesh.
  std::vector<MeshShell> shells() {
    const std::vector<double> volumes = shell_volumes();
    std::vector<MeshShell> all;
    for (std::uint32_t t = 0; t < mesh_.triangles.size(); ++t)
      if (shells_.of(t) == t) all.push_back({volumes[t] / 6, centre(mesh_.triangles[t])});
    return all;
  }

 private:
  // Six times the volume of each shell, at its lowest triangle.
  std::vector<double> shell_volumes() {
    std::vector<double> volumes(mesh_.triangles.size(), 0);
    for (std::uint32_t t = 0; t < mesh_.triangles.size(); ++t) {
      const std::uint32_t shell = shells_.of(t);
      const Vec3 base = mesh_.vertices[mesh_.triangles[shell][0]];
      const Triangle& i = mesh_.triangles[t];
      volumes[shell] +=
          dot(mesh_.vertices[i[0]] - base, cross(mesh_.vertices[i[1]] - base, mesh_.vertices[i[2]] - base));
    }
    return volumes;
  }

  bool indices_exist(const Triangle& t) const {
    return std::all_of(t.begin(), t.end(), [&](std::uint32_t i) { return i < mesh_.vertices.size(); });
  }
  static bool indices_differ(const Triangle& t) { return t[0] != t[1] && t[1] != t[2] && t[2] != t[0]; }

  Vec3 centre(const Triangle& t) const {
    return (mesh_.vertices[t[0]] + mesh_.vertices[t[1]] + mesh_.vertices[t[2]]) * (1.0 / 3);
  }

  void check_numbers() {
    for (const Vec3& v : mesh_.vertices)
      if (!finite(v))
        // A place that is itself a number, for reports: what is left of the coordinates.
        faults_.add(MeshFaultKind::not_finite,
                    {std::isfinite(v.x) ? v.x : 0, std::isfinite(v.y) ? v.y : 0, std::isfinite(v.z) ? v.z : 0});
    for (const Triangle& t : mesh_.triangles) {
      if (!indices_exist(t)) {
        const auto known = std::find_if(t.begin(), t.end(), [&](std::uint32_t i) { return i < mesh_.vertices.size(); });
        faults_.add(MeshFaultKind::bad_index, known == t.end() ? Vec3{} : mesh_.vertices[*known]);
        continue;
      }
      const Vec3 &a = mesh_.vertices[t[0]], &b = mesh_.vertices[t[1]], &c = mesh_.vertices[t[2]];
      if (!indices_differ(t) || a == b || b == c || c == a) faults_.add(MeshFaultKind::degenerate, a);
    }
  }

  template <class Visit>
  void for_each_proper_triangle(Visit visit) const {
    for (std::uint32_t t = 0; t < mesh_.triangles.size(); ++t)
      if (indices_exist(mesh_.triangles[t]) && indices_differ(mesh_.triangles[t])) visit(t, mesh_.triangles[t]);
  }

  void check_duplicates() {
    using Others = std::array<std::uint32_t, 3>;  // the two higher vertices, then the triangle
    Buckets<Others> by_lowest(mesh_.vertices.size());
    for_each_proper_triangle([&](std::uint32_t, const Triangle& t) { by_lowest.count(std::min({t[0], t[1], t[2]})); });
    by_lowest.allocate();
    for_each_proper_triangle([&](std::uint32_t index, Triangle t) {
      std::sort(t.begin(), t.end());
      by_lowest.put(t[0], {t[1], t[2], index});
    });
    by_lowest.for_each_group([&](std::size_t, std::span<Others> group) {
      for (std::size_t i = 1; i < group.size(); ++i)
        if (group[i][0] == group[i - 1][0] && group[i][1] == group[i - 1][1])
          faults_.add(MeshFaultKind::duplicate, centre(mesh_.triangles[group[i][2]]));
    });
  }

  struct Use {
    std::uint32_t high;  // the edge's higher vertex
    std::uint32_t triangle;
    bool forward;  // runs from the lower vertex to the higher
    auto operator<=>(const Use&) const = default;
  };

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for_each_proper_triangle([&](std::uint32_t index, const Triangle& t) {
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t from = t[k], to = t[(k + 1) % 3];
        visit(std::min(from, to), Use{std::max(from, to), index, from < to});
      }
    });
  }

  void check_edges() {
    Buckets<Use> by_lower(mesh_.vertices.size());
    for_each_edge([&](std::uint32_t low, const Use&) { by_lower.count(low); });
    by_lower.allocate();
    for_each_edge([&](std::uint32_t low, const Use& use) { by_lower.put(low, use); });
    by_lower.for_each_group([&](std::size_t low, std::span<Use> group) {
      for (auto first = group.begin(); first != group.end();) {
        const auto last = std::find_if(first, group.end(), [&](const Use& use) { return use.high != first->high; });
        judge_edge(low, std::span<const Use>(first, last));
        first = last;
      }
    });
  }

  // The corner of the triangle that is not on the edge.
  std::size_t apex(const Use& use, std::size_t low) const {
    const Triangle& t = mesh_.triangles[use.triangle];
    return std::size_t{t[0]} + t[1] + t[2] - low - use.high;
  }

  void judge_edge(std::size_t low, std::span<const Use> uses) {
    const Vec3 middle = (mesh_.vertices[low] + mesh_.vertices[uses[0].high]) * 0.5;
    if (uses.size() == 1) return faults_.add(MeshFaultKind::open_edge, middle);
    // Triangles with the same corners share all their edges, so any of those tells.
    twins_possible_ = twins_possible_ || uses.size() > 2 || apex(uses[0], low) == apex(uses[1], low);
    if (uses.size() > 2) return faults_.add(MeshFaultKind::non_manifold_edge, middle);
    if (uses[0].forward == uses[1].forward) faults_.add(MeshFaultKind::flipped, middle);
    shells_.join(uses[0].triangle, uses[1].triangle);
  }

  void check_shells() {
    const std::vector<double> volumes = shell_volumes();
    // Looking into each of many thousand cavities of a foam would take minutes; past this budget the total
    // volume alone decides.
    std::size_t budget = 20'000'000;
    for (std::uint32_t t = 0; t < mesh_.triangles.size(); ++t) {
      if (shells_.of(t) != t || volumes[t] > 0) continue;
      if (budget < mesh_.triangles.size()) break;
      budget -= mesh_.triangles.size();
      if (!is_cavity(t)) faults_.add(MeshFaultKind::inside_out, centre(mesh_.triangles[t]));
    }
    if (!faults_.any() && std::accumulate(volumes.begin(), volumes.end(), 0.0) <= 0)
      faults_.add(MeshFaultKind::inside_out, mesh_.vertices[mesh_.triangles.front()[0]]);
  }

  // Whether the other shells wind round this one once more than not: solid angles over 4 pi.
  bool is_cavity(std::uint32_t shell) {
    const Vec3 eye = centre(mesh_.triangles[shell]);
    double half_angles = 0;
    for (std::uint32_t t = 0; t < mesh_.triangles.size(); ++t) {
      if (shells_.of(t) == shell) continue;
      const Triangle& i = mesh_.triangles[t];
      const Vec3 a = mesh_.vertices[i[0]] - eye, b = mesh_.vertices[i[1]] - eye, c = mesh_.vertices[i[2]] - eye;
      const double la = length(a), lb = length(b), lc = length(c);
      half_angles += std::atan2(dot(a, cross(b, c)), la * lb * lc + dot(a, b) * lc + dot(b, c) * la + dot(c, a) * lb);
    }
    return half_angles > std::numbers::pi;  // a full wrap is 2 pi half-angles; between wraps lies the middle
  }

  const TriangleMesh& mesh_;
  Shells shells_;
  FaultCounter faults_;
  bool twins_possible_ = false;
};

struct KindText {
  std::string_view id, one, many;
};
constexpr std::array<KindText, kinds> texts{{
    {"empty", "no triangle at all", ""},
    {"bad_index", "triangle with a corner that does not exist", "triangles with corners that do not exist"},
    {"not_finite", "vertex that is not a finite number", "vertices that are not finite numbers"},
    {"degenerate", "triangle with two equal corners", "triangles with two equal corners"},
    {"duplicate", "triangle that occurs twice", "triangles that occur twice"},
    {"open_edge", "open edge", "open edges"},
    {"non_manifold_edge", "edge with more than two triangles", "edges with more than two triangles"},
    {"flipped", "edge between triangles that face opposite ways", "edges between triangles that face opposite ways"},
    {"inside_out", "shell that is inside out", "shells that are inside out"},
}};
const KindText& text_of(MeshFaultKind kind) { return texts[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view to_string(MeshFaultKind kind) { return text_of(kind).id; }

std::string describe(const MeshFault& fault) {
  const KindText& text = text_of(fault.kind);
  if (fault.kind == MeshFaultKind::empty) return std::string(text.one);
  const bool one = fault.count == 1;
  return std::to_string(fault.count) + " " + std::string(one ? text.one : text.many) +
         (one ? ", at (" : ", the first at (") + number_text(fault.at.x) + ", " + number_text(fault.at.y) + ", " +
         number_text(fault.at.z) + ")";
}

std::vector<MeshFault> mesh_faults(const TriangleMesh& mesh) { return Inspector(mesh).run(); }

std::vector<MeshShell> mesh_shells(const TriangleMesh& mesh) {
  Inspector inspector(mesh);
  return inspector.run().empty() ? inspector.shells() : std::vector<MeshShell>();
}

}  // namespace fitwright
