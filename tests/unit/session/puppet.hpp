// A document's pipeline with a handler that does as it is told, for tests.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "app/engine/process.hpp"
#include "app/session/session.hpp"
#include "templates/schema/values.hpp"
#include "tests/catch.hpp"

namespace fitwright::test {

using namespace std::chrono_literals;

inline Template about() {
  Template t;
  t.id = "box";
  t.parameters = {{.name = "width", .fallback = 800.0, .min = 100, .max = 5000, .step = 10},
                  {.name = "depth", .fallback = 300.0, .min = 100, .max = 5000, .step = 10}};
  t.processes = {"fdm"};
  return t;
}

/// What a test tells the handler to do, and what it saw.
struct Script {
  std::atomic<std::chrono::milliseconds> takes = 0ms;
  std::atomic<int> builds = 0, explained = 0, stopped = 0, rated = 0, drawn = 0;
  std::atomic<bool> checks_fail = false;
  std::atomic<std::uint64_t> triangles = 12;
  std::atomic<double> widest_built = 1e9;  ///< a rule on what is measured: wider ones are refused when they are built
  std::set<std::string> held;              ///< parameters that no suggestion may change
  std::function<double(double depth)> widest = [](double) { return 1000; };
  std::function<std::optional<Error>(double width, double depth)> fails = [](double, double) { return std::nullopt; };
};

/// Widths above the widest break a rule. A part is as wide as it is asked to be.
class Puppet : public RequestHandler {
 public:
  explicit Puppet(Script& script) : script_(script) {}
  Response handle(const Request& request, std::stop_token stop, const Progress&) override {
    Response response;
    response.about = about();
    auto values = complete_values(response.about, request.values);
    if (!values) return failed(response, values.error());
    response.values = *values;
    const double width = std::get<double>(response.values.at("width"));
    const double depth = std::get<double>(response.values.at("depth"));
    if (width > script_.widest(depth)) {
      Error rule = make_error(ErrorKind::rule, "A board of that width bends.");
      rule.parameters = {"width", "depth"};
      return failed(response, rule);
    }
    if (!request.wants.parts && !request.wants.check && !request.wants.handles) return response;
    if (width > script_.widest_built) {
      Error rule = make_error(ErrorKind::rule, "The board is heavier than can be carried.");
      rule.parameters = {"width"};
      return failed(response, rule);
    }
    if (request.wants.check && script_.checks_fail) return failed(response, make_error(ErrorKind::geometry, "stuck"));
    if (request.wants.parts) ++script_.builds;
    const auto until = std::chrono::steady_clock::now() + script_.takes.load();
    while (std::chrono::steady_clock::now() < until) {
      if (stop.stop_requested()) {
        ++script_.stopped;
        return failed(response, make_error(ErrorKind::cancelled, "stopped"));
      }
      std::this_thread::sleep_for(1ms);
    }
    if (auto error = script_.fails(width, depth)) {
      if (error->operation == engine_operation) return failed({}, *error);  // nothing but the error is left
      if (request.wants.explain_ms > 0) {
        ++script_.explained;
        error->suggestion = "set depth to 500 mm or less";
      }
      return failed(response, *error);
    }
    ResponsePart part;
    part.built.name = "board";
    part.built.box.max = {width, depth, 1};
    // As many corners as a circle of that deflection has, so that it shows in the answer.
    part.built.mesh.vertices.resize(static_cast<std::size_t>(360 / request.deflection.angular));
    part.triangles = script_.triangles;
    part.built.faces = {FaceInfo{.origins = {"right"}}, FaceInfo{.origins = {"back"}}};
    if (request.wants.face_parameters) part.behind = {{"right", {0}}, {"back", {1, 0}}};
    response.handles = {{"width", {width / 2, 0, 0}, {1, 0, 0}}, {"depth", {0, depth, 0}, {0, 1, 0}}};
    if (request.wants.handles) {
      ++script_.rated;
      response.handles[0].rate = 0.5;
      response.handles[1].rate = 1;
    }
    if (request.wants.outlines) {
      ++script_.drawn;
      part.outline.emplace().thickness = width;
      response.cut_list = {{.label = "board", .length = width}};
    }
    response.parts = {part};
    if (request.wants.visibility) response.visible = {"width", "depth"};
    if (request.wants.check && depth < 200) {
      Finding thin;
      thin.check = "thin";
      thin.part = "board";
      thin.severity = Severity::blocks;
      response.report.findings = {thin};
      if (request.wants.suggest_ms > 0) {
        script_.held = request.wants.fixed;
        response.remedies = {{"depth", 200.0, {0}}};
      }
    }
    return response;
  }

 private:
  static Response failed(Response response, Error error) {
    response.error = std::move(error);
    return response;
  }
  Script& script_;
};

inline Design box() {
  Design design;
  design.name = "Box";
  design.template_id = "box";
  design.source = "return {}";
  design.values = {{"width", 800.0}};
  return design;
}

inline void set(Session& session, const std::string& name, double value, const std::string& gesture = {}) {
  session.edit([&](Document& document) { document.set(name, value, gesture); });
}
inline double number(const Values& values, const std::string& name) { return std::get<double>(values.at(name)); }
inline double built_width(const Snapshot& s) { return s.model->parts.front().built.box.max.x; }

}  // namespace fitwright::test
