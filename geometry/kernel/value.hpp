// What the evaluator computes for a node.
#pragma once

#include <TopoDS_Shape.hxx>

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "geometry/core/result.hpp"
#include "geometry/graph/operation.hpp"
#include "geometry/kernel/provenance.hpp"
#include "geometry/kernel/solid_reader.hpp"

namespace fitwright {

struct ThreadForm;  // thread.hpp

/// A solid of a body that is known to be a straight prism, or a screw thread.
struct PrismPiece {
  TopoDS_Shape profile;  ///< one face in z = 0, looking up; of a thread, the disc that just holds it
  Placement at;          ///< profile coordinates to body coordinates; rigid
  double height = 0;     ///< mm, along the placed z axis
  std::vector<std::size_t>
      faces;  ///< positions in Body::traces: bottom, top; of a prism then the profile's edges' sides
  std::shared_ptr<const ThreadForm> thread = {};  ///< null for a prism
};

/// A shape with the provenance of its carriers: the faces of a solid, the edges of a profile. `traces`
/// follows the order of TopExp::MapShapes over the carriers. A profile lies in z = 0, its faces look up.
struct Body {
  TopoDS_Shape shape;
  std::vector<Trace> traces;
  /// For each solid in order, or empty when not every solid is a prism.
  std::vector<PrismPiece> prisms = {};
};

struct BooleanTask;  // boolean.hpp
class Preview;       // preview.hpp

class Value {
 public:
  Value(double number) : kind_(Kind::number), number_(number) {}
  Value(Kind kind, Body body) : kind_(kind), body_(std::move(body)) {}
  Kind kind() const { return kind_; }
  double number() const { return number_; }
  const Body& body() const { return body_; }
  /// Made in preview order, or from what was: never to be taken for the canonical value.
  bool is_preview() const { return preview_; }
  void mark_preview() { preview_ = true; }
  /// Estimate of the memory held, for the memo's bound.
  std::size_t bytes() const;

 private:
  Kind kind_;
  double number_ = 0;
  Body body_;
  bool preview_ = false;
};
using ValuePtr = std::shared_ptr<const Value>;

/// Everything a builder sees: its arguments with symbolic numbers resolved, and its children's values.
class BuildContext {
 public:
  BuildContext(const Node& node, std::vector<Arg> args, std::vector<std::vector<ValuePtr>> values,
               const std::map<std::string, std::string>& blobs, SolidReader read_solids, BooleanTask& task,
               Preview* preview)
      : node_(node),
        args_(std::move(args)),
        values_(std::move(values)),
        blobs_(blobs),
        read_solids_(read_solids),
        task_(task),
        preview_(preview) {}

  const Node& node() const { return node_; }
  const std::stop_token& stop() const;
  /// How booleans are to be made; they note in it how they were.
  BooleanTask& booleans() const { return task_; }
  /// Null in canonical order.
  Preview* preview() const { return preview_; }
  double number(std::size_t arg) const { return std::get<double>(args_[arg]); }
  int count(std::size_t arg) const { return static_cast<int>(number(arg)); }
  bool flag(std::size_t arg) const { return std::get<bool>(args_[arg]); }
  const std::string& text(std::size_t arg) const { return std::get<std::string>(args_[arg]); }
  Vec3 vector(std::size_t arg) const { return std::get<Vec3>(args_[arg]); }
  const std::vector<Vec2>& points(std::size_t arg) const { return std::get<std::vector<Vec2>>(args_[arg]); }
  const std::vector<Vec3>& places(std::size_t arg) const { return std::get<std::vector<Vec3>>(args_[arg]); }
  const std::vector<double>& numbers(std::size_t arg) const { return std::get<std::vector<double>>(args_[arg]); }
  bool given(std::size_t arg) const { return !std::holds_alternative<std::monostate>(args_[arg]); }
  /// A selector, or null when it was left out.
  NodePtr selector(std::size_t arg) const { return given(arg) ? std::get<NodePtr>(args_[arg]) : nullptr; }
  /// The one profile or solid of an argument.
  const Body& body(std::size_t arg) const { return values_[arg].front()->body(); }
  /// The members of a list argument.
  std::vector<const Body*> bodies(std::size_t arg) const {
    std::vector<const Body*> all;
    for (const ValuePtr& value : values_[arg]) all.push_back(&value->body());
    return all;
  }
  /// The solids of a stored STEP file. Errors: file, geometry (missing, no reader).
  Result<std::shared_ptr<const ExactSolid>> solids(std::size_t arg) const;
  /// Content of a stored file; an error when the product does not carry it.
  Result<const std::string*> blob(std::size_t arg) const;

 private:
  const Node& node_;
  std::vector<Arg> args_;
  std::vector<std::vector<ValuePtr>> values_;
  const std::map<std::string, std::string>& blobs_;
  SolidReader read_solids_;
  BooleanTask& task_;
  Preview* preview_;
};

}  // namespace fitwright
