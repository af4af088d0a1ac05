// What can be made how: processes, materials, services and hardware, loaded from assets/data.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geometry/catalog/record.hpp"

namespace fitwright {

/// How two parts are meant to meet.
enum class FitClass {
  press,   ///< pushed together by hand or mallet, holds by friction
  slide,   ///< goes together and apart by hand without play that shows
  free,    ///< moves with visible play
  thread,  ///< radial allowance between a printed or cut thread pair
  rest,    ///< faces merely touch
};
std::string_view to_string(FitClass fit);
/// Errors (value): unknown name, with the nearest.
Result<FitClass> fit_class(std::string_view name);

/// Largest part a machine takes, mm. Sheet machines bound x and y only: z is infinite.
struct BuildVolume {
  std::string name;  ///< e.g. "desktop", "full sheet"
  Vec3 size;
  std::string source;
  DataStatus status = DataStatus::unsourced;
};

/// A way of making parts, with its limits by key ("min_wall_supported_mm", ...) as facts of the record. A machine of
/// the maker's own stands beside those of the data files, as one more.
struct Process : Record {
  std::string name;
  std::string does;        ///< id of the process that a machine does; a process does itself
  std::string input_kind;  ///< solid, profile, folded_solid or cut_list
  bool needs_supports = false;
  std::vector<BuildVolume> build_volumes;  ///< a part must fit one of them; empty: not known
};

/// A material; density and stiffness are facts of the record ("density_kg_m3", "young_mpa", ...).
struct Material : Record {
  std::string name;
  std::vector<std::string> processes;  ///< ids of the processes that work it
};

/// A company that makes parts to order.
struct Service : Record {
  std::string name;
  std::vector<std::string> kinds;  ///< ids of the processes it offers
  std::string operating;           ///< whether it takes orders, in words
};

/// The facts of one data folder. Each file is parsed when it is first asked for; results stay valid as long
/// as the catalog. Safe to use from several threads.
class Catalog {
 public:
  /// A catalog of `folder`. Errors (file): the folder does not exist.
  static Result<Catalog> load(const std::filesystem::path& folder);
  /// The same with a maker's own figures (workshop.hpp) over it: each machine as a process that follows its own facts,
  /// materials with own prices and thickness. A machine whose process nobody knows is left out, and told in `warnings`.
  /// Errors: file (the text is damaged, or a data file).
  Result<Catalog> with_workshop(std::string_view text, std::vector<std::string>& warnings) const;
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  /// All rows of a kind, in the file's order. Errors (file): missing or faulty file, named with line and key.
  Result<std::span<const Process>> processes() const;
  Result<std::span<const Material>> materials() const;
  Result<std::span<const Service>> services() const;
  /// One row by id. Errors: as above; value for an unknown id, with the nearest.
  Result<const Process*> process(std::string_view id) const;
  Result<const Material*> material(std::string_view id) const;
  Result<const Service*> service(std::string_view id) const;

  /// Clearance per side in mm between two parts made by a process. Errors: unknown process; no such fit.
  Result<Quantity> fit(std::string_view process, FitClass fit) const;

  /// A metric thread size ("M3"): screw, nut, washer, hole and insert figures in mm.
  Result<const Record*> metric(std::string_view size) const;
  /// All sheets sold of a material: nominal and real thickness, sizes.
  Result<std::vector<const Record*>> sheets(std::string_view material) const;

  /// The whole of one file ("hardware.toml", "furniture.toml", ...) as a tree.
  Result<const Record*> file(std::string_view name) const;
  /// Names of the data files, sorted.
  std::vector<std::string> files() const;
  /// The same of a folder in the data folder, as file() takes them ("shops/ponoko.toml").
  std::vector<std::string> files(std::string_view folder) const;

 private:
  struct State;
  explicit Catalog(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

/// The sizes in which a row of Catalog::sheets() is sold, as far as the machine takes them whole, either way round; mm.
std::vector<Vec2> sold_sizes(const Record& sheet, const Process& process);

}  // namespace fitwright
