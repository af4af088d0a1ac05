// From a request to an order: which files a place takes, what it would refuse, the package.
#pragma once

#include <functional>

#include "app/engine/handler.hpp"
#include "app/engine/message.hpp"
#include "export/pack/pack.hpp"
#include "templates/schema/design.hpp"

namespace fitwright {

struct OrderWish {
  FlatOptions flat;
  bool together = false;  ///< parts laid together on sheets or beds, also where one part a file is usual
  bool as_given = false;  ///< reliefs and kerf are those of `flat`, also where none is given
  bool files = true;      ///< else only what would be refused is looked for, which is quicker
};

struct ShopOrder {
  Response response;
  std::vector<PackFile> files;
  std::vector<Refusal> refusals;  ///< empty: nothing that is known
  std::string process, material;  ///< names for people
};

/// Builds, checks against the place's limits and writes the files that it takes. Without a process of its own the
/// request takes the first of the template's that the place offers; a machine of the maker's own counts as what it
/// does. Errors: as the engine's; value (material).
Result<ShopOrder> take_order(RequestHandler& engine, const Catalog& catalog, const ShopProfile& shop, Request& request,
                             const OrderWish& wish, std::stop_token stop = {}, const Progress& progress = {});

/// What opens again as this answer, with the name and variants that `base` has. Errors: internal.
Result<std::string> design_text(Design base, const Request& request, const Response& response);
using DesignText = std::function<Result<std::string>(const Request&, const Response&)>;

/// The bytes of the package. Errors: internal, and those of `design`.
Result<std::string> package_of(const ShopOrder& order, const ShopProfile& shop, const Request& request,
                               const DesignText& design);

}  // namespace fitwright
