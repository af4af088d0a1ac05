#include "app/engine/message.hpp"

#include <fmt/format.h>

#include "app/engine/archive.hpp"

namespace fitwright {

template <>
inline constexpr bool is_packed<Vec3> = true;
template <>
inline constexpr bool is_packed<Vec2> = true;
template <>
inline constexpr bool is_packed<Vec3f> = true;
template <>
inline constexpr bool is_packed<Placement> = true;
static_assert(sizeof(Vec2) == 16 && sizeof(Vec3) == 24 && sizeof(Vec3f) == 12 && sizeof(Placement) == 96,
              "packed types have no padding");

template <>
inline constexpr std::uint8_t enum_values<ErrorKind> = 9;
template <>
inline constexpr std::uint8_t enum_values<ParameterKind> = 10;
template <>
inline constexpr std::uint8_t enum_values<SurfaceKind> = 9;
template <>
inline constexpr std::uint8_t enum_values<CurveKind> = 5;
template <>
inline constexpr std::uint8_t enum_values<MateKind> = 4;
template <>
inline constexpr std::uint8_t enum_values<Grain> = 3;
template <>
inline constexpr std::uint8_t enum_values<GrainRule> = 3;
template <>
inline constexpr std::uint8_t enum_values<Severity> = 3;
template <>
inline constexpr std::uint8_t enum_values<DataStatus> = 4;
template <>
inline constexpr std::uint8_t enum_values<Pose> = 2;
template <>
inline constexpr std::uint8_t enum_values<Relief> = 3;
template <>
inline constexpr std::uint8_t enum_values<Tier> = 6;
template <>
inline constexpr std::uint8_t enum_values<MapKind> = 4;
template <>
inline constexpr std::uint8_t enum_values<SheetSide> = 2;
static_assert(static_cast<int>(ErrorKind::internal) == 8 && static_cast<int>(ParameterKind::file) == 9 &&
              static_cast<int>(SurfaceKind::other) == 8 && static_cast<int>(CurveKind::other) == 4 &&
              static_cast<int>(MateKind::rest) == 3 && static_cast<int>(Severity::advice) == 2 &&
              static_cast<int>(DataStatus::unsourced) == 3 && static_cast<int>(Pose::assembled) == 1 &&
              static_cast<int>(Relief::tbone) == 2 && static_cast<int>(Tier::general) == 5 &&
              static_cast<int>(MapKind::draft) == 3 && static_cast<int>(SheetSide::bottom) == 1);

// Not in an unnamed namespace: the archive finds them by their argument's namespace.
static void fields(auto& a, Is<Hash128> auto& v) { a(v.low, v.high); }
static void fields(auto& a, Is<SourceLocation> auto& v) { a(v.chunk, v.line); }
static void fields(auto& a, Is<Error> auto& v) {
  a(v.kind, v.message, v.part, v.operation, v.source, v.parameters, v.measured, v.required, v.unit, v.at, v.suggestion,
    v.node);
}
static void fields(auto& a, Is<Box3> auto& v) { a(v.min, v.max); }
static void fields(auto& a, Is<Colour> auto& v) { a(v.r, v.g, v.b); }
static void fields(auto& a, Is<Deflection> auto& v) { a(v.linear, v.angular); }
static void fields(auto& a, Is<StockOptions> auto& v) { a(v.size, v.margin, v.spacing, v.saw_kerf, v.grain, v.seed); }
static void fields(auto& a, Is<FlatOptions> auto& v) {
  a(v.kerf, v.own_kerf, v.relief, v.bit, v.own_relief, v.profile, v.tabs, v.labels, v.stock);
}
static void fields(auto& a, Is<ExportWish> auto& v) { a(v.format, v.pose, v.per_part, v.flat, v.laid); }
static void fields(auto& a, Is<ForeignModel> auto& v) { a(v.name, v.bytes); }
static void fields(auto& a, Is<OtherLimit> auto& v) { a(v.key, v.value, v.source, v.status); }
static void fields(auto& a, Is<Wants> auto& v) {
  a(v.description, v.values, v.visibility, v.parts, v.outlines, v.check, v.quick_check, v.check_for, v.ways, v.map,
    v.measures, v.handles, v.face_parameters, v.exports, v.force, v.preview, v.explain_ms, v.suggest_ms, v.fixed);
}
static void fields(auto& a, Is<Request> auto& v) {
  a(v.source, v.chunk, v.modules, v.files, v.fonts, v.model, v.design_name, v.preset, v.values, v.entered, v.process,
    v.material, v.workshop, v.sheet_thickness, v.ups, v.limits, v.deflection, v.wants);
}

static void fields(auto& a, Is<Choice> auto& v) { a(v.value, v.label); }
static void fields(auto& a, Is<Parameter> auto& v) {
  a(v.name, v.kind, v.fallback, v.min, v.max, v.step, v.choices, v.label, v.help, v.group, v.has_visible_when);
}
static void fields(auto& a, Is<Rule> auto& v) { a(v.message, v.parameters); }
static void fields(auto& a, Is<Preset> auto& v) { a(v.name, v.label, v.process, v.material, v.values); }
static void fields(auto& a, Is<Template> auto& v) {
  a(v.id, v.version, v.name, v.licence, v.author, v.summary, v.description, v.processes, v.keywords, v.parameters,
    v.rules, v.presets);
}

static void fields(auto& a, Is<TriangleMesh> auto& v) { a(v.vertices, v.triangles, v.face_of, v.normals); }
static void fields(auto& a, Is<FaceInfo> auto& v) {
  a(v.kind, v.area, v.point, v.direction, v.radius, v.radius2, v.concave, v.box, v.origins, v.tags);
}
static void fields(auto& a, Is<EdgeInfo> auto& v) {
  a(v.kind, v.length, v.radius, v.dihedral_deg, v.faces, v.polyline);
}
static void fields(auto& a, Is<BuiltPart> auto& v) { a(v.name, v.mesh, v.faces, v.edges, v.volume, v.area, v.box); }
static void fields(auto& a, Is<Piece2D> auto& v) { a(v.from, v.to, v.centre, v.sweep, v.open); }
static void fields(auto& a, Is<Pocket2D> auto& v) { a(v.outer, v.islands, v.depth, v.side, v.engraved); }
static void fields(auto& a, Is<Drilling2D> auto& v) { a(v.centre, v.diameter, v.depth, v.through, v.side); }
static void fields(auto& a, Is<EdgeDrilling2D> auto& v) { a(v.mouth, v.into, v.diameter, v.depth, v.height); }
static void fields(auto& a, Is<Outline2D> auto& v) {
  a(v.thickness, v.outer, v.inner, v.pockets, v.drillings, v.edge_drillings, v.deviation);
}
static void fields(auto& a, Is<CutRow> auto& v) {
  a(v.label, v.part, v.role, v.material, v.quantity, v.length, v.width, v.thickness, v.sheet, v.area, v.grain, v.edges,
    v.banding);
}
static void fields(auto& a, Is<Way> auto& v) { a(v.up, v.support_volume, v.contact_area, v.height); }
static void fields(auto& a, Is<ResponsePart> auto& v) {
  a(v.built, v.faces, v.triangles, v.watertight, v.label, v.role, v.material, v.colour, v.assembled, v.up, v.sheet,
    v.grain, v.edges, v.behind, v.ways, v.map, v.outline, v.no_outline);
}
static void fields(auto& a, Is<Mate> auto& v) { a(v.kind, v.a, v.b, v.clearance); }
static void fields(auto& a, Is<HardwareItem> auto& v) { a(v.item, v.count); }
static void fields(auto& a, Is<Handle> auto& v) { a(v.parameter, v.at, v.direction, v.rate); }
static void fields(auto& a, Is<Finding> auto& v) {
  a(v.check, v.title, v.severity, v.part, v.message, v.measured, v.required, v.unit, v.at, v.places, v.parameters,
    v.suggestion, v.source, v.status, v.detail, v.faces);
}
static void fields(auto& a, Is<Unchecked> auto& v) { a(v.check, v.part, v.reason); }
static void fields(auto& a, Is<CheckReport> auto& v) { a(v.findings, v.unchecked); }
static void fields(auto& a, Is<MapScale> auto& v) { a(v.low, v.high, v.limit, v.unit); }
static void fields(auto& a, Is<Remedy> auto& v) { a(v.parameter, v.value, v.clears); }
static void fields(auto& a, Is<FileBytes> auto& v) { a(v.format, v.part, v.bytes, v.wish); }
static void fields(auto& a, Is<PrintLayers> auto& v) {
  a(v.layers, v.outer, v.inner, v.gap, v.solid, v.sloped, v.infill);
}
static void fields(auto& a, Is<CutMeasure> auto& v) {
  a(v.thickness, v.area, v.box_area, v.cut, v.pockets, v.engraved, v.openings, v.drillings);
}
static void fields(auto& a, Is<PartMeasure> auto& v) {
  a(v.name, v.material, v.quantity, v.volume, v.area, v.size, v.triangles, v.layers, v.cut);
}
static void fields(auto& a, Is<LaidSheet> auto& v) {
  a(v.name, v.material, v.thickness, v.size, v.source, v.used, v.end, v.labels, v.outlines);
}
static void fields(auto& a, Is<Timings> auto& v) {
  a(v.script, v.plan, v.build, v.tessellate, v.check, v.write, v.total);
}
static void fields(auto& a, Is<Response> auto& v) {
  a(v.error, v.about, v.values, v.visible, v.process, v.material, v.parts, v.mates, v.hardware, v.cut_list, v.handles,
    v.report, v.remedies, v.scale, v.files, v.measures, v.sheets, v.warnings, v.modules, v.log, v.tier, v.timings);
}

namespace {
using Magic = std::array<char, 8>;
constexpr Magic kRequest{'f', 'i', 't', 'w', 'r', 'e', 'q', 0};
constexpr Magic kResponse{'f', 'i', 't', 'w', 'r', 'e', 's', 0};

/// Kind, version and hash of what follows, so that damage anywhere is seen before anything is believed.
struct Header {
  Magic magic{};
  std::uint32_t version = message_version;
  Hash128 hash;
};
}  // namespace
static void fields(auto& a, Is<Header> auto& v) { a(v.magic, v.version, v.hash); }

namespace {
constexpr std::size_t kHeaderBytes = 8 + 4 + 16;

template <class Message>
std::size_t size_as(const Message& message) {
  ByteWriter body;
  body(message);
  return kHeaderBytes + body.written();
}

template <class Message>
void encode_as(const Magic& magic, const Message& message, char* to) {
  ByteWriter body(to + kHeaderBytes);
  body(message);
  ByteWriter head(to);
  head(Header{magic, message_version, hash_bytes({to + kHeaderBytes, body.written()})});
}

template <class Message>
std::string encode_as(const Magic& magic, const Message& message) {
  std::string bytes(size_as(message), 0);
  encode_as(magic, message, bytes.data());
  return bytes;
}

template <class Message>
Result<Message> decode_as(const Magic& magic, std::string_view what, std::string_view bytes) {
  Header header;
  ByteReader head(bytes);
  head(header);
  if (!head.sound() || header.magic != magic)
    return fail(ErrorKind::usage, fmt::format("these {} bytes are not an engine {}", bytes.size(), what));
  if (header.version != message_version)
    return fail(ErrorKind::usage,
                fmt::format("this engine {} has version {}, not {}", what, header.version, message_version),
                "let both ends be of the same Fitwright");
  const std::string_view rest = bytes.substr(kHeaderBytes);
  Message message;
  ByteReader body(rest);
  const bool whole = hash_bytes(rest) == header.hash;
  if (whole) body(message);
  if (!whole || !body.sound() || !body.at_end())
    return fail(ErrorKind::usage, fmt::format("the engine {} is damaged or cut short ({} bytes)", what, bytes.size()));
  return message;
}

}  // namespace

std::string encode(const Request& request) { return encode_as(kRequest, request); }
std::string encode(const Response& response) { return encode_as(kResponse, response); }
std::size_t encoded_size(const Response& response) { return size_as(response); }
void encode(const Response& response, char* to) { encode_as(kResponse, response, to); }
Result<Request> decode_request(std::string_view bytes) { return decode_as<Request>(kRequest, "request", bytes); }
Result<Response> decode_response(std::string_view bytes) { return decode_as<Response>(kResponse, "response", bytes); }

}  // namespace fitwright
