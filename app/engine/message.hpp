// What is asked of the engine and what it answers: plain data that crosses a process boundary as bytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "export/cutlist/cut_list.hpp"
#include "export/flat_options.hpp"
#include "export/make/measure.hpp"
#include "export/make/sheets.hpp"
#include "export/scene.hpp"
#include "geometry/catalog/record.hpp"
#include "geometry/checks/finding.hpp"
#include "geometry/graph/product.hpp"
#include "geometry/kernel/kernel.hpp"
#include "geometry/mesh/mesh.hpp"
#include "geometry/mesh/outline2d.hpp"
#include "templates/schema/template.hpp"

namespace fitwright {

/// Raised with every change of what a message holds; both ends must agree.
inline constexpr std::uint32_t message_version = 6;

/// One file wanted, or some.
struct ExportWish {
  std::string format;        ///< id of the format table
  std::optional<Pose> pose;  ///< empty: the format's own
  bool per_part = false;     ///< one file for each part instead of one for all
  FlatOptions flat = {};     ///< for formats that draw flat parts, and for sheets and beds
  bool laid = false;         ///< one file for each sheet that flat parts are cut from, or for each print bed
  bool operator==(const ExportWish&) const = default;
};

/// A model file from outside, to be checked.
struct ForeignModel {
  std::string name;  ///< file name; its extension tells the format
  std::string bytes;
  bool operator==(const ForeignModel&) const = default;
};

/// What a part can be coloured by: the thickness of its walls (mm), how far faces hang over (degrees from the
/// vertical), how steep walls are (degrees from the direction of building), in the made pose.
enum class MapKind { none, thickness, overhang, draft };

/// What the figures of a map run over. Thicknesses above `high` are told as `high`.
struct MapScale {
  double low = 0, high = 1;
  std::optional<double> limit;  ///< of the process
  std::string unit;
  bool operator==(const MapScale&) const = default;
};

/// A limit of the process that is another one where the parts are made, by the keys of processes.toml.
struct OtherLimit {
  std::string key;
  double value = 0;
  std::string source;
  DataStatus status = DataStatus::unsourced;
  bool operator==(const OtherLimit&) const = default;
};

/// What the answer shall hold, beside what led there. A later one does what the earlier ones need.
struct Wants {
  bool description = false;  ///< what the template says of itself
  bool values = false;       ///< values completed and held to ranges and rules
  bool visibility = false;   ///< which parameters to show at these values; implies values
  bool parts = false;        ///< built parts with their meshes
  bool outlines = false;     ///< what is cut from sheet for each part, and the cut list
  bool check = false;        ///< findings
  bool quick_check = false;  ///< findings of the checks that a hand on a slider does not feel; not with `check`
  /// Id of the process whose limits count in the checks, in place of the request's own; "any": only what holds for
  /// every way of making. Nothing is built differently. Empty: the request's own.
  std::string check_for;
  bool measures = false;            ///< what estimates and order rules are about
  bool ways = false;                ///< which way up each part could be made, best first
  MapKind map = MapKind::none;      ///< figures to colour the parts by; implies parts, with meshes fit for it
  bool handles = false;             ///< the rates of the handles; costs a run of the script or two for each
  bool face_parameters = false;     ///< the parameters behind each face; costs two runs for each parameter
  std::vector<ExportWish> exports;  ///< implies check
  bool force = false;               ///< export in spite of blocking findings
  bool preview = false;             ///< for the eye, in the midst of a drag: what moves is built last; never exported
  /// Milliseconds that may go into explaining a failed build: the parameters behind it, and the largest size that would
  /// have worked. 0: no explanation. The less time, the further below the limit that size may be.
  std::uint32_t explain_ms = 3000;
  /// Milliseconds that may go into changes that clear findings; implies check. 0: none are looked for.
  std::uint32_t suggest_ms = 0;
  std::set<std::string> fixed;  ///< parameters that no suggestion may change
  bool operator==(const Wants&) const = default;
};

struct Request {
  std::string source;                          ///< the template's Lua text
  std::string chunk = "template.lua";          ///< what messages call it
  std::map<std::string, std::string> modules;  ///< Lua text by name
  std::map<std::string, std::string> files;    ///< bytes by name
  std::map<std::string, std::string> fonts;    ///< bytes by name, beside those that ship
  std::optional<ForeignModel> model;           ///< checked instead of a template when given

  std::string design_name;  ///< title for exported files; empty: the template's name
  std::string preset;       ///< name; values of its own come before those below
  Values values;
  std::map<std::string, std::string> entered;  ///< values as typed ("31.5 in"); these come last
  std::string process, material;  ///< ids, of a process or a machine; empty: the template's first, the process's usual
  std::string workshop;           ///< the maker's own machines and figures: TOML, see workshop.hpp
  std::optional<double> sheet_thickness;  ///< mm, measured
  std::map<std::string, Vec3> ups;        ///< by part: the direction that is up while it is made, as the maker chose
  std::vector<OtherLimit> limits;         ///< checked instead of the process's own
  Deflection deflection;
  Wants wants;
  bool operator==(const Request&) const = default;
};

/// One way up to make a part.
struct Way {
  Vec3 up;                    ///< unit, in the part's coordinates
  double support_volume = 0;  ///< mm3 below what hangs over
  double contact_area = 0;    ///< mm2 on the bed
  double height = 0;          ///< mm
  bool operator==(const Way&) const = default;
};

/// A part as built, with what the product says of it. Mesh, faces and edges of `built` are there only when
/// the parts were wanted; the summary always is.
struct ResponsePart {
  BuiltPart built;
  std::uint64_t faces = 0, triangles = 0;
  bool watertight = false;  ///< the mesh has no fault; not looked for in previews
  std::string label, role, material;
  Colour colour;
  std::vector<Placement> assembled;
  Vec3 up{0, 0, 1};
  std::optional<Vec3> sheet;
  Grain grain = Grain::none;
  std::vector<std::string> edges;  ///< that get banding
  /// By origin of its faces: the parameters behind them, nearest first, as indices into `about.parameters`; when
  /// wanted.
  std::map<std::string, std::vector<std::uint16_t>> behind;
  std::vector<Way> ways;   ///< when wanted, best first; none for what is not printed
  std::vector<float> map;  ///< when wanted: a figure for each triangle
  /// When outlines are wanted: what is cut from sheet for it, seen from the side that points up while it is made.
  std::optional<Outline2D> outline;
  std::string no_outline;  ///< else why there is none, a sentence without its full stop
};

/// A change of one parameter that clears findings and raises none: it was tried.
struct Remedy {
  std::string parameter;
  ParameterValue value;
  std::vector<std::uint32_t> clears;  ///< indices into `report.findings`
  bool operator==(const Remedy&) const = default;
};

/// An exported file.
struct FileBytes {
  std::string format;  ///< id
  std::string part;    ///< or the sheet or plate; empty: all parts
  std::string bytes;
  std::uint32_t wish = 0;  ///< index of the wish that it answers
  bool operator==(const FileBytes&) const = default;
};

/// Milliseconds spent.
struct Timings {
  double script = 0, plan = 0, build = 0, tessellate = 0, check = 0, write = 0, total = 0;
  bool operator==(const Timings&) const = default;
};

struct Response {
  std::optional<Error> error;  ///< the other fields hold what was done before it
  Template about;
  Values values;                  ///< complete
  std::set<std::string> visible;  ///< names of the parameters to show, when wanted
  std::string process, material;  ///< ids as used; empty: none
  std::vector<ResponsePart> parts;
  std::vector<Mate> mates;
  std::vector<HardwareItem> hardware;
  std::vector<CutRow> cut_list;  ///< when outlines are wanted, in the order of the parts
  std::vector<Handle> handles;
  CheckReport report;
  std::optional<MapScale> scale;      ///< of the parts' maps
  std::vector<Remedy> remedies;       ///< those found in the time given
  std::vector<FileBytes> files;       ///< in the order of the wishes, parts in the product's order
  std::vector<PartMeasure> measures;  ///< of the parts, when wanted
  std::vector<LaidSheet>
      sheets;  ///< of the last wish to lay parts on sheets or plates, in the order of its files, or boards as planned
  std::vector<std::string> warnings;  ///< for people
  std::vector<std::string> log;       ///< what the template printed
  std::vector<std::string> modules;   ///< names of those that the template required
  Tier tier = Tier::memo;
  Timings timings;

  /// Files were asked for and held back because a finding blocks.
  bool blocked() const { return report.verdict() == Verdict::blocked; }
};

/// Names of the parameters behind a face of the part, nearest first; empty where `part.behind` does not know it. The
/// face may be another response's, as long as it is the same part.
std::vector<std::string> face_parameters(const Template& about, const ResponsePart& part, const FaceInfo& face);

/// Messages as bytes. Exact solids stay behind; everything else arrives as it was.
std::string encode(const Request& request);
std::string encode(const Response& response);
/// The same into `encoded_size` bytes that the caller has: meshes are large.
std::size_t encoded_size(const Response& response);
void encode(const Response& response, char* to);
/// Errors (usage): truncated, damaged, not such a message, or of another version.
Result<Request> decode_request(std::string_view bytes);
Result<Response> decode_response(std::string_view bytes);

}  // namespace fitwright
