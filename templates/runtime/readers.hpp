// From the tables that a template returns to a Template and a Product.
#pragma once

#include "geometry/graph/product.hpp"
#include "templates/runtime/sandbox.hpp"
#include "templates/runtime/tree.hpp"
#include "templates/schema/template.hpp"

namespace fitwright {

/// `source` is the template's text, for the line of a fault. Errors: ErrorKind::script naming the field. What only
/// `audit` knows to judge is not judged here.
Result<Template> read_template(const Tree& root, std::string_view source);

/// Parts, mates, handles, rules and warnings; nodes are looked up in the sandbox, whose side table and blobs
/// move into the product. Errors: ErrorKind::script naming part and field.
Result<Product> read_product(const Tree& root, Sandbox& sandbox, const Template& about, std::string_view source);

}  // namespace fitwright
