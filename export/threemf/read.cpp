#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "export/clean_text.hpp"
#include "export/threemf/archive.hpp"
#include "export/threemf/threemf.hpp"

namespace fitwright {

namespace {

constexpr std::size_t max_xml_bytes = std::size_t{160} << 20;
constexpr std::size_t max_tree_bytes = std::size_t{512} << 20;
constexpr std::size_t max_pieces = 10'000;
constexpr int max_nesting = 32;

// What pugixml's tree of this text will weigh: 64 bytes a node, 40 an attribute.
std::size_t tree_bytes(std::string_view xml) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '<') bytes += 64;
    if (xml[i] == '=') bytes += 40;
    if (xml[i] != '>') continue;
    // Text between tags is a node, space alone is not.
    const std::size_t next = std::min(xml.find_first_not_of(" \t\r\n", i + 1), xml.size());
    if (next < xml.size() && xml[next] != '<') bytes += 64;
    i = std::max(i, next - 1);
  }
  return bytes;
}

std::string_view local_name(const char* name) {
  const std::string_view all(name);
  return all.substr(all.find(':') + 1);  // npos + 1 is 0
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& c) { return local_name(c.name()) == name; });
}

// Attribute of another namespace, whatever its prefix.
std::string_view foreign(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& a : node.attributes())
    if (local_name(a.name()) == name && std::string_view(a.name()).size() > name.size()) return a.value();
  return {};
}

template <class T>
bool parse(std::string_view text, T& value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

// p' = linear p + offset; scales and shears are allowed.
struct Affine {
  std::array<Vec3, 3> columns{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};  // images of x, y, z
  Vec3 offset;
  Vec3 linear(Vec3 p) const { return columns[0] * p.x + columns[1] * p.y + columns[2] * p.z; }
  Vec3 apply(Vec3 p) const { return linear(p) + offset; }
  bool mirrors() const { return dot(columns[0], cross(columns[1], columns[2])) < 0; }
};
Affine operator*(const Affine& a, const Affine& b) {
  return {{a.linear(b.columns[0]), a.linear(b.columns[1]), a.linear(b.columns[2])}, a.apply(b.offset)};
}

std::optional<Affine> parse_transform(std::string_view text) {
  if (text.empty()) return Affine{};
  std::array<double, 12> n{};
  for (double& value : n) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const std::string_view word = text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
    if (!parse(word, value) || !std::isfinite(value)) return {};
    text.remove_prefix(word.size());
  }
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) return {};
  return Affine{{Vec3{n[0], n[1], n[2]}, Vec3{n[3], n[4], n[5]}, Vec3{n[6], n[7], n[8]}}, {n[9], n[10], n[11]}};
}

std::optional<double> unit_in_mm(std::string_view unit) {
  constexpr std::pair<std::string_view, double> units[] = {
      {"", 1},        {"millimeter", 1}, {"micron", 0.001}, {"centimeter", 10},
      {"inch", 25.4}, {"foot", 304.8},   {"meter", 1000}};
  for (const auto& [name, mm] : units)
    if (name == unit) return mm;
  return {};
}

// One model file of the package.
struct Document {
  std::string xml;  // the tree points into it
  pugi::xml_document tree;
  pugi::xml_node model;
  std::map<std::string_view, pugi::xml_node> objects;
};

class Reader {
 public:
  Reader(const ImportSource& source, ArchiveReader archive) : source_(source), archive_(std::move(archive)) {}

  Result<ImportedModel> run() {
    FW_TRY(const std::string root, root_path());
    FW_TRY(const Document* document, load(root));
    const std::string_view unit = document->model.attribute("unit").value();
    const std::optional<double> scale = unit_in_mm(unit);
    if (!scale) return broken("its unit \"" + clean_text(unit) + "\" is none of 3MF's");
    Affine to_mm;
    for (Vec3& column : to_mm.columns) column = column * *scale;

    for (const pugi::xml_node& item : child(document->model, "build").children()) {
      if (local_name(item.name()) != "item") continue;
      FW_CHECK(place(*document, root, item, to_mm, {}, 0));
    }
    if (model_.parts.empty()) return fail(ErrorKind::file, source_.name + " contains nothing to build");
    return std::move(model_);
  }

 private:
  tl::unexpected<Error> broken(const std::string& what) const {
    return fail(ErrorKind::file, source_.name + " is not a proper 3MF file: " + what, "export it again");
  }
  tl::unexpected<Error> too_large() const {
    return fail(ErrorKind::file, source_.name + " has more triangles or copies than can be read",
                "export it more coarsely");
  }

  // The package says which file is the model; most call it the same.
  Result<std::string> root_path() {
    const std::string usual = "3D/3dmodel.model";
    if (!archive_.has("_rels/.rels")) {
      if (archive_.has(usual)) return usual;
      return fail(ErrorKind::file, source_.name + " is a ZIP archive, but no 3MF file: it has no model inside");
    }
    FW_TRY(const std::string text, archive_.read("_rels/.rels", std::size_t{1} << 20));
    pugi::xml_document rels;
    if (!rels.load_buffer(text.data(), text.size())) return broken("its list of contents is no XML");
    for (const pugi::xml_node& relation : child(rels, "Relationships").children())
      if (std::string_view(relation.attribute("Type").value()).ends_with("/3dmodel"))
        return without_slash(relation.attribute("Target").value());
    return fail(ErrorKind::file, source_.name + " contains no model: its list of contents names none");
  }

  static std::string without_slash(std::string_view path) {
    return std::string(path.substr(path.starts_with('/') ? 1 : 0));
  }

  Result<const Document*> load(const std::string& path) {
    if (const auto known = documents_.find(path); known != documents_.end()) return &known->second;
    if (documents_.size() > max_pieces) return too_large();
    FW_TRY(std::string xml, archive_.read(path, max_xml_bytes - xml_bytes_));
    xml_bytes_ += xml.size();
    tree_bytes_ += tree_bytes(xml);
    if (tree_bytes_ > max_tree_bytes) return too_large();
    Document& document = documents_[path];
    document.xml = std::move(xml);
    const auto parsed = document.tree.load_buffer_inplace(
        document.xml.data(), document.xml.size(), pugi::parse_minimal | pugi::parse_escapes, pugi::encoding_utf8);
    document.model = child(document.tree, "model");
    if (!parsed || !document.model) return broken("its model is no XML of a model");
    for (const pugi::xml_node& object : child(document.model, "resources").children())
      if (local_name(object.name()) == "object") document.objects.emplace(object.attribute("id").value(), object);
    return &document;
  }

  // A build item or a component: an object with a transform. `name` is that of the nearest named parent.
  Result<void> place(const Document& document, const std::string& path, const pugi::xml_node& reference,
                     const Affine& outer, std::string name, int depth) {
    if (depth > max_nesting) return broken("its objects are nested more than " + std::to_string(max_nesting) + " deep");
    if (++references_ > max_pieces) return too_large();
    const std::optional<Affine> own = parse_transform(reference.attribute("transform").value());
    if (!own) return broken("a transform is not twelve numbers");
    const Affine transform = outer * *own;

    const std::string_view elsewhere = foreign(reference, "path");
    const std::string home = elsewhere.empty() ? path : without_slash(elsewhere);
    const Document* owner = &document;
    if (home != path) {
      FW_TRY(owner, load(home));
    }
    const std::string_view id = reference.attribute("objectid").value();
    const auto object = owner->objects.find(id);
    if (object == owner->objects.end()) return broken("object " + clean_text(id) + " does not exist");
    if (const std::string_view own_name = object->second.attribute("name").value(); !own_name.empty())
      name = clean_text(own_name);
    if (const std::string_view type = object->second.attribute("type").value(); !type.empty() && type != "model") {
      model_.notes.push_back("an object of type \"" + clean_text(type) + "\" was left out");
      return {};
    }
    if (const pugi::xml_node mesh = child(object->second, "mesh")) return add_mesh(mesh, transform, name);
    for (const pugi::xml_node& component : child(object->second, "components").children())
      if (local_name(component.name()) == "component")
        FW_CHECK(place(*owner, home, component, transform, name, depth + 1));
    return {};
  }

  Result<void> add_mesh(const pugi::xml_node& node, const Affine& transform, const std::string& name) {
    ImportedPart part{name.empty() ? source_.stem : name, {}, nullptr};
    for (const pugi::xml_node& v : child(node, "vertices").children()) {
      Vec3 p;
      if (!parse(v.attribute("x").value(), p.x) || !parse(v.attribute("y").value(), p.y) ||
          !parse(v.attribute("z").value(), p.z))
        return broken("vertex " + std::to_string(part.mesh.vertices.size() + 1) + " of an object is not three numbers");
      p = transform.apply(p);
      if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
        return broken("vertex " + std::to_string(part.mesh.vertices.size() + 1) + " of an object is not finite");
      part.mesh.vertices.push_back(p);
      if (++elements_ > 2 * max_import_triangles) return too_large();
    }
    for (const pugi::xml_node& t : child(node, "triangles").children()) {
      Triangle corners{};
      if (!parse(t.attribute("v1").value(), corners[0]) || !parse(t.attribute("v2").value(), corners[1]) ||
          !parse(t.attribute("v3").value(), corners[2]))
        return broken("triangle " + std::to_string(part.mesh.triangles.size() + 1) +
                      " of an object is not three vertices");
      if (*std::max_element(corners.begin(), corners.end()) >= part.mesh.vertices.size())
        return broken("triangle " + std::to_string(part.mesh.triangles.size() + 1) +
                      " of an object has a vertex that does not exist");
      if (transform.mirrors()) std::swap(corners[1], corners[2]);
      part.mesh.triangles.push_back(corners);
      if (++elements_ > 2 * max_import_triangles) return too_large();
    }
    if (part.mesh.triangles.empty())
      model_.notes.push_back("object \"" + part.name + "\" has no triangles and was left out");
    else
      model_.parts.push_back(std::move(part));
    return {};
  }

  const ImportSource& source_;
  ArchiveReader archive_;
  std::map<std::string, Document> documents_;
  std::size_t xml_bytes_ = 0, tree_bytes_ = 0, references_ = 0, elements_ = 0;
  ImportedModel model_;
};

}  // namespace

Result<ImportedModel> read_threemf(const ImportSource& source) {
  FW_TRY(ArchiveReader archive, ArchiveReader::open(source.bytes, source.name));
  return Reader(source, std::move(archive)).run();
}

}  // namespace fitwright
