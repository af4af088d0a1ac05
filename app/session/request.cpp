#include "app/session/request.hpp"

namespace fitwright {

Request request_of(const DocumentState& state, std::optional<std::size_t> variant) {
  const Package& package = *state.package;
  Request request;
  request.source = package.source;
  request.chunk = package.chunk;
  request.modules = package.modules;
  request.files = package.files;
  request.fonts = package.fonts;
  request.design_name = state.name;
  request.values = values_of(state, variant);
  request.process = state.process;
  request.material = state.material;
  request.ups = state.ups;
  return request;
}

}  // namespace fitwright
