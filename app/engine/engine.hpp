// The one door to templates, kernel, checks and export: a request in, a response out, nothing thrown.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/engine/handler.hpp"
#include "geometry/catalog/catalog.hpp"

namespace fitwright {

/// Answers requests within this process. Calls from several threads take turns where they share the kernel.
class Engine : public RequestHandler {
 public:
  /// `assets`: the folder that asset_folder() gives.
  explicit Engine(std::filesystem::path assets, EvaluatorOptions options = {});
  ~Engine() override;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  Response handle(const Request& request, std::stop_token stop = {}, const Progress& progress = {}) override;

  /// The same across a process boundary: bytes of a Request in, bytes of a Response out. Damaged bytes are
  /// answered with an error like any other fault.
  std::string handle_bytes(std::string_view request, std::stop_token stop = {}, const Progress& progress = {});

  /// The data of the engine's assets. Errors (file): missing.
  Result<const Catalog*> catalog();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fitwright
