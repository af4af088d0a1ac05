#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "export/clean_text.hpp"
#include "export/float_mesh.hpp"
#include "export/rows.hpp"
#include "export/threemf/archive.hpp"
#include "export/threemf/threemf.hpp"

namespace fitwright {

namespace {

constexpr std::string_view content_types =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>
)";
constexpr std::string_view relationships =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

// The shortest text that reads back as the same number.
template <class T>
void append_number(std::string& xml, T value) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value == 0 ? T{0} : value);
  xml.append(digits.data(), end);
}

void append_mesh(std::string& xml, const FloatMesh& mesh) {
  xml += "<mesh><vertices>\n";
  for (const Vec3f& v : mesh.vertices) {
    xml += "<vertex x=\"";
    append_number(xml, v.x);
    xml += "\" y=\"";
    append_number(xml, v.y);
    xml += "\" z=\"";
    append_number(xml, v.z);
    xml += "\"/>\n";
  }
  xml += "</vertices><triangles>\n";
  for (const Triangle& t : mesh.triangles) {
    xml += "<triangle v1=\"";
    append_number(xml, t[0]);
    xml += "\" v2=\"";
    append_number(xml, t[1]);
    xml += "\" v3=\"";
    append_number(xml, t[2]);
    xml += "\"/>\n";
  }
  xml += "</triangles></mesh>";
}

void append_metadata(std::string& xml, std::string_view name, std::string_view value) {
  if (!value.empty())
    xml += fmt::format("<metadata name=\"{}\">{}</metadata>\n", name, escaped(clean_text(value, 65536)));
}

std::string parameters_text(const SceneMetadata& data) {
  std::string text;
  for (const auto& [name, value] : data.parameters) text += (text.empty() ? "" : "; ") + name + " = " + value;
  return text;
}

void append_all_metadata(std::string& xml, const SceneMetadata& data) {
  append_metadata(xml, "Title", data.title);
  append_metadata(xml, "Designer", data.author);
  append_metadata(xml, "Description", data.description);
  append_metadata(xml, "LicenseTerms", data.licence);
  append_metadata(xml, "Application", "Fitwright");
  append_metadata(xml, "fitwright:template", data.template_id);
  append_metadata(xml, "fitwright:template_version", data.template_version);
  append_metadata(xml, "fitwright:parameters", parameters_text(data));
}

void append_materials(std::string& xml, const Scene& scene) {
  const auto byte = [](double c) { return static_cast<int>(std::lround(std::clamp(c, 0.0, 1.0) * 255)); };
  xml += "<basematerials id=\"1\">\n";
  for (const ScenePart& part : scene.parts)
    xml += fmt::format("<base name=\"{}\" displaycolor=\"#{:02X}{:02X}{:02X}\"/>\n", escaped(clean_text(part.name)),
                       byte(part.colour.r), byte(part.colour.g), byte(part.colour.b));
  xml += "</basematerials>\n";
}

void append_item(std::string& items, std::size_t object, const Placement& p) {
  items += fmt::format("<item objectid=\"{}\"", object);
  if (!(p == Placement{})) {
    items += " transform=\"";
    const auto& l = p.linear;
    // Row vectors: the file lists the images of x, y and z, then the offset.
    const std::array numbers{l[0].x, l[1].x, l[2].x, l[0].y,     l[1].y,     l[2].y,
                             l[0].z, l[1].z, l[2].z, p.offset.x, p.offset.y, p.offset.z};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (i > 0) items += ' ';
      append_number(items, numbers[i]);
    }
    items += '"';
  }
  items += "/>\n";
}

// One object for the part and one more for its mirror image if a copy needs it: readers disagree on
// transforms that mirror.
class Objects {
 public:
  Result<void> add(const Scene& scene, std::size_t index, const std::vector<Placement>& copies) {
    std::array<std::size_t, 2> ids{};
    for (const Placement& copy : copies) {
      const bool mirrored = copy.mirrors();
      const Placement in_mesh = mirrored ? Placement::reflection({1, 0, 0}) : Placement{};
      if (ids[mirrored] == 0) {
        ids[mirrored] = next_id_++;
        const ScenePart& part = scene.parts[index];
        FW_TRY(const FloatMesh mesh, float_mesh(part.mesh, in_mesh, part.name));
        xml += fmt::format("<object id=\"{}\" type=\"model\" name=\"{}{}\" pid=\"1\" pindex=\"{}\">", ids[mirrored],
                           escaped(clean_text(part.name)), mirrored ? " (mirrored)" : "", index);
        append_mesh(xml, mesh);
        xml += "</object>\n";
      }
      append_item(items, ids[mirrored], copy * in_mesh);
    }
    return {};
  }

  std::string xml, items;

 private:
  std::size_t next_id_ = 2;  // 1 is the list of materials
};

Result<std::string> write(const Scene& scene, const ScenePlacements& placements) {
  Objects objects;
  for (std::size_t part = 0; part < scene.parts.size(); ++part) FW_CHECK(objects.add(scene, part, placements[part]));
  std::string model =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<model unit=\"millimeter\" xml:lang=\"en-US\" xmlns=\"";
  model += std::string(threemf_core) + "\" xmlns:fitwright=\"" + std::string(threemf_fitwright) + "\">\n";
  append_all_metadata(model, scene.metadata);
  model += "<resources>\n";
  append_materials(model, scene);
  model += objects.xml + "</resources>\n<build>\n" + objects.items + "</build>\n</model>\n";
  return make_archive({{"[Content_Types].xml", std::string(content_types)},
                       {"_rels/.rels", std::string(relationships)},
                       {"3D/3dmodel.model", std::move(model)}});
}

}  // namespace

const Format threemf_format{"3mf",
                            "3MF",
                            {".3mf"},
                            "model/3mf",
                            "Triangles in millimetres with part names, colours, copies and the design's data.",
                            "3D printing",
                            "the best: names, colours and copies in one file",
                            Pose::made,
                            true,
                            false,
                            write,
                            read_threemf};

}  // namespace fitwright
