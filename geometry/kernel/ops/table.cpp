#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/ops/rows.hpp"

namespace fitwright {

const OperationTable& operations() {
  static const OperationTable table([] {
    std::vector<const Operation*> all;
    for (const auto rows : {ops::profile_rows, ops::outline_rows, ops::primitive_rows, ops::solid_rows, ops::sweep_rows,
                            ops::thread_rows, ops::boolean_rows, ops::blend_rows, ops::body_rows, ops::placement_rows,
                            ops::selector_rows, ops::measure_rows})
      for (const Operation* row : rows()) all.push_back(row);
    return all;
  }());
  return table;
}

}  // namespace fitwright
