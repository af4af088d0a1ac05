// Where a design can be made, from what and for how much, side by side; and the order package for one of these ways.
// All of it in the background. No window.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/engine/order.hpp"
#include "export/make/estimate.hpp"

namespace fitwright {

/// One way to have a design made.
struct MakeWay {
  Estimate estimate;                     ///< with the ids of process, or machine of the maker's own, and material
  std::string process, material, place;  ///< names for people
  std::string shop;                      ///< id of the place's profile; empty: nothing is known of what it takes
  bool own = true;                       ///< on a machine of one's own, not by a service
  bool confirmed = true;                 ///< a dated page says what the place takes
  /// Why the place would not take the design; empty: nothing that is known. None: not looked at yet, or `undecided`.
  std::optional<std::vector<Refusal>> refusals;
  std::string undecided;  ///< why it could not be looked at

  bool same_way(const MakeWay& other) const {
    return estimate.process == other.estimate.process && estimate.material == other.estimate.material &&
           place == other.place;
  }
};

/// All ways for a product with these measures, the cheapest first, those without a price last: each of the template's
/// processes, and each machine of the maker's own that does one, with each material whose price is known, at home; and
/// each service. What the measures alone decide is decided. Errors: file (data).
Result<std::vector<MakeWay>> ways_to_make(const Catalog& catalog, const std::vector<PartMeasure>& measures,
                                          const std::vector<std::string>& processes);

/// An order as it was made for one way.
struct MadeOrder {
  ShopOrder order;
  ShopProfile shop;
  std::string package;             ///< bytes of the ZIP file; empty while something is refused
  std::vector<std::string> rules;  ///< of the place, each with source and date
  std::optional<Estimate> laid;    ///< with whole sheets as they were laid, where there are any
};

class Orderer {
 public:
  /// `assets` as asset_folder() gives; `wake` is called on another thread whenever there is something new.
  Orderer(std::unique_ptr<RequestHandler> handler, std::filesystem::path assets, std::function<void()> wake = {});
  ~Orderer();  ///< stops what is under way
  Orderer(const Orderer&) = delete;
  Orderer& operator=(const Orderer&) = delete;

  /// Looks for the ways to make a design (a session's `build_request`), then at what each place would refuse. `base`
  /// has the name and variants that go into packages. The way that was chosen stays chosen where there still is one.
  void look(const Request& design, const Design& base);
  /// Makes the package of one of the ways.
  void choose(std::size_t way);
  /// Stops what is under way; what is known stays, and what is not known yet is told to be so.
  void halt();
  /// Stops what is under way and drops all of it.
  void cancel();

  struct State {
    std::vector<MakeWay> ways;  ///< empty until they are known
    std::vector<HardwareItem> hardware;
    std::optional<std::size_t> chosen;
    std::shared_ptr<const MadeOrder> order;  ///< of the way chosen; null while it is made
    std::optional<Error> error;              ///< why there are no ways, or no order of the way chosen
    bool busy = false;
    std::string stage;  ///< "ways", "order", "places": what is worked on
    double share = 0;
  };
  State state() const;

  /// Writes the package, whole or not at all. Errors: usage (there is none), file (also: `overwrite` is false and a
  /// file is there).
  Result<void> write(const std::filesystem::path& path, bool overwrite) const;
  /// Blocks until nothing is under way.
  void settle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fitwright
