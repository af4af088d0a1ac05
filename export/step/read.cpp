#include <BRepBndLib.hxx>
#include <BRep_Builder.hxx>
#include <Bnd_Box.hxx>
#include <STEPCAFControl_Reader.hxx>
#include <Standard_Failure.hxx>
#include <TDF_LabelSequence.hxx>
#include <TDataStd_Name.hxx>
#include <TDocStd_Document.hxx>
#include <TopExp_Explorer.hxx>
#include <TopLoc_Location.hxx>
#include <TopoDS_Compound.hxx>
#include <XCAFDoc_DocumentTool.hxx>
#include <XCAFDoc_ShapeTool.hxx>

#include <algorithm>
#include <cmath>
#include <istream>
#include <streambuf>

#include "export/clean_text.hpp"
#include "export/step/step.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/kernel.hpp"

namespace fitwright {

namespace {

using opencascade::handle;

constexpr std::size_t max_step_bytes = std::size_t{64} << 20;
constexpr std::size_t max_parse_bytes = std::size_t{900} << 20;
constexpr std::size_t max_pieces = 10'000;
constexpr int max_nesting = 64;

// Reads from memory without a copy.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());  // std::streambuf wants it so; nothing is written
    setg(begin, begin, begin + bytes.size());
  }
};

tl::unexpected<Error> unreadable(const ImportSource& source, const std::string& why) {
  return fail(ErrorKind::file, source.name + " cannot be read as STEP: " + why, "export it again");
}

// What a STEP file asks of the kernel's parser, counted outside its texts and comments.
struct Demand {
  std::size_t lists = 0, commas = 0;
  int nesting = 0;
  /// Measured: it is lists that cost.
  std::size_t bytes() const { return 600 * lists + 40 * commas; }
};

Demand demand_of(std::string_view step) {
  Demand demand;
  int depth = 0;
  for (std::size_t i = 0; i < step.size(); ++i) switch (step[i]) {
      case '\'': i = std::min(step.find('\'', i + 1), step.size() - 1); break;
      case '/':
        if (step.substr(i).starts_with("/*")) i = std::min(step.find("*/", i + 2), step.size() - 2) + 1;
        break;
      case '(':
        ++demand.lists;
        demand.nesting = std::max(demand.nesting, ++depth);
        break;
      case ')': depth = std::max(0, depth - 1); break;
      case ',': ++demand.commas; break;
      default: break;
    }
  return demand;
}

// What can be told without parsing: the kernel's parser takes cut-off files for whole ones.
Result<void> check_envelope(const ImportSource& source) {
  if (source.bytes.size() > max_step_bytes)
    return fail(ErrorKind::file, source.name + " is larger than " + std::to_string(max_step_bytes >> 20) +
                                     " MB, the limit for STEP files");
  const Demand demand = demand_of(source.bytes);
  if (demand.nesting > max_nesting) return unreadable(source, "its lists are nested without end");
  if (demand.bytes() > max_parse_bytes)
    return fail(ErrorKind::file,
                source.name + " holds more STEP data than can be read in a reasonable amount of memory",
                "export the parts one by one");
  const std::size_t start = source.bytes.substr(0, 4096).find("ISO-10303-21");
  if (start == std::string_view::npos) return unreadable(source, "it does not start like a STEP file");
  if (source.bytes.rfind("END-ISO-10303-21") == std::string_view::npos)
    return fail(ErrorKind::file, source.name + " is cut off: the end of the STEP data is missing",
                "copy or export it again");
  return {};
}

std::string name_of(const TDF_Label& label) {
  handle<TDataStd_Name> name;
  if (!label.FindAttribute(TDataStd_Name::GetID(), name)) return {};
  const TCollection_ExtendedString& wide = name->Get();
  std::string utf8(static_cast<std::size_t>(wide.LengthOfCString()) + 1, '\0');
  Standard_PCharacter out = utf8.data();
  wide.ToUTF8CString(out);
  utf8.resize(utf8.size() - 1);
  return clean_text(utf8);
}

// The solids of a shape: the one itself, or a compound of several; null when there are none.
TopoDS_Shape solids_of(const TopoDS_Shape& shape) {
  TopoDS_Compound all;
  BRep_Builder builder;
  builder.MakeCompound(all);
  TopoDS_Shape single;
  int count = 0;
  for (TopExp_Explorer it(shape, TopAbs_SOLID); it.More(); it.Next(), ++count) {
    builder.Add(all, it.Current());
    single = it.Current();
  }
  return count > 1 ? TopoDS_Shape(all) : single;
}

// Walks the assembly down to its products.
class Collector {
 public:
  struct Piece {
    std::string name;
    TopoDS_Shape solids;
  };

  Collector(const ImportSource& source, handle<XCAFDoc_ShapeTool> shapes)
      : source_(source), shapes_(std::move(shapes)) {}

  Result<void> run() {
    TDF_LabelSequence roots;
    shapes_->GetFreeShapes(roots);
    for (int i = 1; i <= roots.Length(); ++i) FW_CHECK(visit(roots.Value(i), {}, {}, 0));
    return {};
  }

  std::vector<Piece> pieces;
  std::size_t without_solids = 0;

 private:
  Result<void> visit(const TDF_Label& label, const TopLoc_Location& outer, const std::string& parent_name, int depth) {
    if (depth > max_nesting || ++visited_ > max_pieces)
      return unreadable(source_, "its assembly has too many levels or copies");
    const std::string own = name_of(label);
    const std::string& name = own.empty() ? parent_name : own;
    if (!XCAFDoc_ShapeTool::IsAssembly(label)) {
      add(XCAFDoc_ShapeTool::GetShape(label).Moved(outer), name);
      return {};
    }
    TDF_LabelSequence components;
    XCAFDoc_ShapeTool::GetComponents(label, components);
    for (int i = 1; i <= components.Length(); ++i) {
      TDF_Label product;
      if (!XCAFDoc_ShapeTool::GetReferredShape(components.Value(i), product)) continue;
      FW_CHECK(visit(product, outer * XCAFDoc_ShapeTool::GetLocation(components.Value(i)), name, depth + 1));
    }
    return {};
  }

  void add(const TopoDS_Shape& shape, const std::string& name) {
    TopoDS_Shape solids = solids_of(shape);
    if (solids.IsNull())
      ++without_solids;
    else
      pieces.push_back({name.empty() ? source_.stem : name, std::move(solids)});
  }

  const ImportSource& source_;
  handle<XCAFDoc_ShapeTool> shapes_;
  std::size_t visited_ = 0;
};

// A part the size of a house needs no tenth of a millimetre, and would take all memory at that.
Deflection deflection_for(const TopoDS_Shape& shape) {
  Bnd_Box box;
  BRepBndLib::Add(shape, box);
  Deflection deflection;
  if (!box.IsVoid()) deflection.linear = std::max(deflection.linear, std::sqrt(box.SquareExtent()) / 5000);
  return deflection;
}

struct Pieces {
  std::vector<Collector::Piece> all;  ///< never empty
  std::size_t without_solids = 0;
};

Result<Pieces> read_pieces(const ImportSource& source) {
  const StepSession session;
  STEPCAFControl_Reader reader;
  ViewBuffer buffer(source.bytes);
  std::istream stream(&buffer);
  if (reader.ChangeReader().ReadStream("model.step", stream) != IFSelect_RetDone)
    return unreadable(source, "its data is damaged");
  handle<TDocStd_Document> document = new TDocStd_Document("BinXCAF");
  if (!reader.Transfer(document)) return unreadable(source, "it holds no shape that the geometry kernel understands");
  Collector collector(source, XCAFDoc_DocumentTool::ShapeTool(document->Main()));
  FW_CHECK(collector.run());
  if (collector.pieces.empty())
    return fail(ErrorKind::file,
                source.name + " contains no solids" + (collector.without_solids ? ", only surfaces or curves" : ""),
                "export the model as solids");
  return Pieces{std::move(collector.pieces), collector.without_solids};
}

Result<ImportedModel> read_exact(const ImportSource& source) {
  FW_TRY(Pieces pieces, read_pieces(source));
  ImportedModel model;
  if (pieces.without_solids)
    model.notes.push_back(std::to_string(pieces.without_solids) + " shapes without solids were left out");
  for (Collector::Piece& piece : pieces.all) {
    const Deflection deflection = deflection_for(piece.solids);
    auto solid = std::make_shared<const ExactSolid>(std::move(piece.solids));
    auto built = tessellate(solid, piece.name, deflection);
    if (!built) return unreadable(source, "\"" + piece.name + "\" cannot be meshed: " + built.error().message);
    model.parts.push_back({std::move(piece.name), std::move(built->mesh), std::move(solid), std::move(built->faces),
                           std::move(built->edges)});
  }
  return model;
}

/// Runs `f`, with what OpenCASCADE throws turned into an error of the file.
template <class F>
auto reading(const ImportSource& source, F&& f) -> decltype(f()) {
  try {
    FW_CHECK(check_envelope(source));
    return f();
  } catch (const Standard_Failure& failure) {
    return unreadable(source, failure.GetMessageString() && *failure.GetMessageString()
                                  ? failure.GetMessageString()
                                  : "the geometry kernel gave up");
  } catch (const std::exception& e) {
    return unreadable(source, e.what());
  }
}

}  // namespace

Result<ImportedModel> read_step(const ImportSource& source) {
  return reading(source, [&] { return read_exact(source); });
}

Result<std::shared_ptr<const ExactSolid>> read_step_solids(std::string_view bytes) {
  const ImportSource source{"the STEP file", "model", bytes};
  if (bytes.empty()) return unreadable(source, "it is empty");
  return reading(source, [&]() -> Result<std::shared_ptr<const ExactSolid>> {
    FW_TRY(Pieces pieces, read_pieces(source));
    TopoDS_Compound all;
    BRep_Builder builder;
    builder.MakeCompound(all);
    for (const Collector::Piece& piece : pieces.all)
      for (TopExp_Explorer it(piece.solids, TopAbs_SOLID); it.More(); it.Next()) builder.Add(all, it.Current());
    return std::make_shared<const ExactSolid>(solids_of(all));
  });
}

}  // namespace fitwright
