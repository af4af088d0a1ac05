#include <APIHeaderSection_MakeHeader.hxx>
#include <BRepBuilderAPI_Transform.hxx>
#include <Interface_EntityIterator.hxx>
#include <Interface_Protocol.hxx>
#include <Quantity_Color.hxx>
#include <STEPCAFControl_Writer.hxx>
#include <STEPControl_StepModelType.hxx>
#include <Standard_Failure.hxx>
#include <StepData_Protocol.hxx>
#include <StepData_StepModel.hxx>
#include <StepData_StepWriter.hxx>
#include <StepRepr_NextAssemblyUsageOccurrence.hxx>
#include <StepRepr_RepresentationContext.hxx>
#include <StepVisual_MechanicalDesignGeometricPresentationRepresentation.hxx>
#include <TCollection_HAsciiString.hxx>
#include <TDataStd_Name.hxx>
#include <TDocStd_Document.hxx>
#include <TopLoc_Location.hxx>
#include <XCAFDoc_ColorTool.hxx>
#include <XCAFDoc_DocumentTool.hxx>
#include <XCAFDoc_ShapeTool.hxx>
#include <gp_Trsf.hxx>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <sstream>
#include <utility>
#include <vector>

#include "export/clean_text.hpp"
#include "export/rows.hpp"
#include "export/step/step.hpp"
#include "geometry/kernel/exact_solid.hpp"

namespace fitwright {

namespace {

using opencascade::handle;
using Text = handle<TCollection_HAsciiString>;

Text text(std::string_view s) { return new TCollection_HAsciiString(clean_text(s).c_str()); }

void set_name(const TDF_Label& label, const std::string& name) {
  TDataStd_Name::Set(label, TCollection_ExtendedString(clean_text(name).c_str(), true));
}

gp_Trsf to_trsf(const Placement& p) {
  gp_Trsf t;
  const auto& l = p.linear;
  t.SetValues(l[0].x, l[0].y, l[0].z, p.offset.x, l[1].x, l[1].y, l[1].z, p.offset.y, l[2].x, l[2].y, l[2].z,
              p.offset.z);
  return t;
}

// The scene as an XDE document: one product for each part, an instance for each copy.
class Assembly {
 public:
  explicit Assembly(const Scene& scene)
      : scene_(scene),
        document_(new TDocStd_Document("BinXCAF")),
        shapes_(XCAFDoc_DocumentTool::ShapeTool(document_->Main())),
        colours_(XCAFDoc_DocumentTool::ColorTool(document_->Main())) {}

  const handle<TDocStd_Document>& document() const { return document_; }

  void fill(const ScenePlacements& placements) {
    // A single piece that stays where it is needs no assembly round it.
    if (placements.size() == 1 && placements[0].size() == 1 && placements[0][0] == Placement{}) {
      product(scene_.parts[0], false);
      return;
    }
    const TDF_Label root = shapes_->NewShape();
    set_name(root, scene_.metadata.title.empty() ? "assembly" : scene_.metadata.title);
    for (std::size_t part = 0; part < placements.size(); ++part) add_copies(root, scene_.parts[part], placements[part]);
    shapes_->UpdateAssemblies();
  }

 private:
  // Locations can't mirror: mirror images are a product of their own.
  void add_copies(const TDF_Label& root, const ScenePart& part, const std::vector<Placement>& copies) {
    std::array<TDF_Label, 2> products;
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const bool mirrored = copies[i].mirrors();
      if (products[mirrored].IsNull()) products[mirrored] = product(part, mirrored);
      const Placement rest = mirrored ? copies[i] * Placement::reflection({1, 0, 0}) : copies[i];
      const TDF_Label instance = shapes_->AddComponent(root, products[mirrored], TopLoc_Location(to_trsf(rest)));
      set_name(instance, copies.size() == 1 ? part.name : part.name + " " + std::to_string(i + 1));
    }
  }

  TDF_Label product(const ScenePart& part, bool mirrored) {
    TopoDS_Shape shape = part.solid->shape();
    // A document takes a shape that was moved for a use of another, nameless one: the move goes into the geometry.
    gp_Trsf moved = shape.Location().Transformation();
    if (mirrored) moved.PreMultiply(to_trsf(Placement::reflection({1, 0, 0})));
    if (mirrored || !shape.Location().IsIdentity())
      shape = BRepBuilderAPI_Transform(shape.Located(TopLoc_Location()), moved, true).Shape();
    const TDF_Label label = shapes_->AddShape(shape, false, false);
    set_name(label, mirrored ? part.name + " (mirrored)" : part.name);
    const auto channel = [](double c) { return std::clamp(c, 0.0, 1.0); };
    colours_->SetColor(
        label,
        Quantity_Color(channel(part.colour.r), channel(part.colour.g), channel(part.colour.b), Quantity_TOC_sRGB),
        XCAFDoc_ColorSurf);
    return label;
  }

  const Scene& scene_;
  handle<TDocStd_Document> document_;
  handle<XCAFDoc_ShapeTool> shapes_;
  handle<XCAFDoc_ColorTool> colours_;
};

// The translator writes colours in the order of a table of addresses. Here they go to the end, in the order
// of the products that they belong to.
void order_styles(const handle<StepData_StepModel>& model) {
  using StyleRoot = StepVisual_MechanicalDesignGeometricPresentationRepresentation;
  std::vector<handle<Standard_Transient>> shapes;
  std::vector<std::pair<int, handle<StyleRoot>>> styles;
  for (int i = 1; i <= model->NbEntities(); ++i) {
    const handle<Standard_Transient> entity = model->Value(i);
    if (const auto root = handle<StyleRoot>::DownCast(entity); !root.IsNull())
      styles.emplace_back(model->Number(root->ContextOfItems()), root);
    else if (!std::string_view(entity->DynamicType()->Name()).starts_with("StepVisual_"))
      shapes.push_back(entity);
  }
  std::stable_sort(styles.begin(), styles.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const handle<Interface_Protocol> protocol = model->Protocol();
  model->ClearEntities();
  for (const auto& shape : shapes) model->AddEntity(shape);
  for (const auto& [context, root] : styles) model->AddWithRefs(root, protocol);
}

// Whatever depends on the clock or on what the process wrote before gets a fixed value.
void make_deterministic(const handle<StepData_StepModel>& model, const SceneMetadata& data) {
  APIHeaderSection_MakeHeader header(model);
  header.SetName(text(data.title));
  header.SetTimeStamp(text("1980-01-01T00:00:00"));
  header.SetAuthorValue(1, text(data.author));
  header.SetOrganizationValue(1, text(""));
  header.SetPreprocessorVersion(text("Fitwright"));
  header.SetOriginatingSystem(text(data.template_id + " " + data.template_version));
  header.SetAuthorisation(text(data.licence));
  header.SetDescriptionValue(1, text("Fitwright model, millimetres"));

  int instances = 0;
  for (Interface_EntityIterator it = model->Entities(); it.More(); it.Next())
    if (const auto use = handle<StepRepr_NextAssemblyUsageOccurrence>::DownCast(it.Value()); !use.IsNull())
      use->SetId(text(std::to_string(++instances)));
  order_styles(model);
}

// STEP files are ASCII; other characters are written by number: \X2\00F6\X0\ is an o with two dots. The
// kernel writes UTF-8 as it is, and may break a line within a character.
std::string ascii_only(std::string_view utf8) {
  std::string ascii;
  ascii.reserve(utf8.size());
  std::uint32_t code = 0;
  int missing = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      if (missing == 0) ascii += c;
      continue;
    }
    if (byte >= 0xC0) {
      missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      code = byte & (0x3Fu >> missing);
    } else if (missing > 0) {
      code = code << 6 | (byte & 0x3Fu);
      if (--missing == 0)
        ascii += code > 0xFFFF ? fmt::format("\\X4\\{:08X}\\X0\\", code) : fmt::format("\\X2\\{:04X}\\X0\\", code);
    }
  }
  return ascii;
}

tl::unexpected<Error> step_failed(const std::string& why) {
  return fail(ErrorKind::geometry,
              "writing STEP failed in the geometry kernel" + (why.empty() ? "" : " (" + why + ")"));
}

Result<std::string> write_exact(const Scene& scene, const ScenePlacements& placements) {
  const StepSession session;
  Assembly assembly(scene);
  assembly.fill(placements);
  STEPCAFControl_Writer writer;
  if (!writer.Transfer(assembly.document(), STEPControl_AsIs)) return step_failed("nothing was transferred");
  const handle<StepData_StepModel> model = writer.ChangeWriter().Model();
  make_deterministic(model, scene.metadata);
  StepData_StepWriter lines(model);
  lines.SendModel(handle<StepData_Protocol>::DownCast(model->Protocol()));
  std::ostringstream out;
  if (!lines.Print(out)) return step_failed("the file could not be put together");
  return ascii_only(std::move(out).str());
}

Result<std::string> write(const Scene& scene, const ScenePlacements& placements) {
  for (const ScenePart& part : scene.parts)
    if (!part.solid || part.solid->shape().IsNull()) {
      Error error;
      error.kind = ErrorKind::geometry;
      error.message = "part \"" + part.name + "\" has no exact shape, so it cannot be written as STEP";
      error.part = part.name;
      error.suggestion = "write STL or 3MF instead";
      return fail(std::move(error));
    }
  try {
    return write_exact(scene, placements);
  } catch (const Standard_Failure& failure) {
    return step_failed(failure.GetMessageString() ? failure.GetMessageString() : "");
  } catch (const std::exception& e) {
    return step_failed(e.what());
  }
}

}  // namespace

const Format step_format{"step",
                         "STEP",
                         {".step", ".stp"},
                         "model/step",
                         "Exact solids in millimetres as an assembly with names and colours (AP242).",
                         "CNC or a CAD program",
                         "exact surfaces, the parts as an assembly",
                         Pose::assembled,
                         true,
                         true,
                         write,
                         read_step};

}  // namespace fitwright
