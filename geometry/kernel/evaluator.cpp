#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <unordered_set>
#include <variant>

#include "geometry/core/text.hpp"
#include "geometry/kernel/boolean.hpp"
#include "geometry/kernel/exact_solid.hpp"
#include "geometry/kernel/face_cache.hpp"
#include "geometry/kernel/handover.hpp"
#include "geometry/kernel/kernel.hpp"
#include "geometry/kernel/memo.hpp"
#include "geometry/kernel/occt.hpp"
#include "geometry/kernel/planner.hpp"
#include "geometry/kernel/preview.hpp"

namespace fitwright {

std::string_view to_string(Tier tier) {
  switch (tier) {
    case Tier::memo: return "memo";
    case Tier::direct: return "direct";
    case Tier::profiles: return "A";
    case Tier::stamped: return "B";
    case Tier::repeated: return "C/n";
    case Tier::general: return "C";
  }
  return "?";
}

namespace {

/// A value, a tessellated part, or the failure to make one.
using Remembered = std::variant<ValuePtr, std::shared_ptr<const BuiltPart>, Error>;
using NodeMemo = Memo<Hash128, Remembered>;

/// One node to be computed in a run.
struct Job {
  NodePtr node;
  Plan plan;
  std::vector<Job*> inputs;
  std::vector<Job*> dependents;
  std::atomic<int> pending{0};
  std::optional<Result<ValuePtr>> result;
};

std::size_t bytes_of(const BuiltPart& part) {
  std::size_t bytes = part.mesh.vertices.size() * sizeof(Vec3) + part.mesh.triangles.size() * (sizeof(Triangle) + 40);
  for (const EdgeInfo& edge : part.edges) bytes += sizeof(EdgeInfo) + edge.polyline.size() * sizeof(Vec3);
  for (const FaceInfo& face : part.faces) bytes += sizeof(FaceInfo) + 100 * face.origins.size();
  return bytes;
}

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

using NodeSet = std::unordered_set<Hash128>;

/// Where a value made in preview order is remembered: beside the canonical one, never instead of it.
Hash128 preview_key(Hash128 key) { return Hasher().add(std::string_view("preview")).add(key).finish(); }

/// Evaluates roots once: finds what the memo lacks, then computes it bottom-up. No task ever waits for
/// another, so threads cannot deadlock, and a node's value depends on its inputs alone.
class Run {
 public:
  Run(NodeMemo& memo, const EvaluatorOptions& options, const std::map<std::string, std::string>& blobs,
      const NodeSet* settled, std::stop_token stop)
      : memo_(memo),
        rewrite_(options.rewrite),
        read_solids_(options.read_solids),
        blobs_(blobs),
        settled_(settled),
        stop_(std::move(stop)) {}

  std::vector<Result<ValuePtr>> evaluate(const std::vector<NodePtr>& roots) {
    // A rewritten plan that fails is tried again directly, so that the error speaks of the template's own
    // operation and a limit of a rewrite never becomes the maker's.
    do {
      retry_.clear();
      jobs_.clear();
      by_hash_.clear();
      const auto start = std::chrono::steady_clock::now();
      collect(roots);
      plan_ms_ += ms_since(start);
      compute();
      direct_.insert(retry_.begin(), retry_.end());
    } while (!retry_.empty());
    std::vector<Result<ValuePtr>> results;
    for (const NodePtr& root : roots) results.push_back(*by_hash_.at(root->hash())->result);
    return results;
  }
  std::size_t evaluated() const { return evaluated_; }
  std::size_t reordered() const { return reordered_; }
  Tier tier() const { return tier_; }
  double plan_ms() const { return plan_ms_; }

 private:
  Job* job_for(const NodePtr& node, std::vector<Job*>& todo) {
    const auto [it, fresh] = by_hash_.try_emplace(node->hash(), nullptr);
    if (fresh) {
      Job& job = jobs_.emplace_back();
      job.node = node;
      it->second = &job;
      if (const auto known = remembered(node->hash())) {
        if (const auto* error = std::get_if<Error>(&*known))
          job.result = tl::unexpected(*error);
        else
          job.result = std::get<ValuePtr>(*known);
      } else {
        todo.push_back(&job);
      }
    }
    return it->second;
  }

  std::optional<Remembered> remembered(Hash128 key) {
    auto known = memo_.find(key);
    return known || !settled_ ? known : memo_.find(preview_key(key));
  }

  void collect(const std::vector<NodePtr>& roots) {
    std::vector<Job*> todo;
    for (const NodePtr& root : roots) job_for(root, todo);
    while (!todo.empty()) {
      Job* job = todo.back();
      todo.pop_back();
      job->plan = plan_for(job->node, rewrite_ && !direct_.contains(job->node->hash()));
      for (const NodePtr& input : job->plan.inputs) {
        Job* needed = job_for(input, todo);
        job->inputs.push_back(needed);
        if (!needed->result) {
          needed->dependents.push_back(job);
          ++job->pending;
        }
      }
    }
  }

  void compute() {
    tbb::task_group group;
    std::vector<Job*> ready;
    for (Job& job : jobs_)
      if (!job.result && job.pending == 0) ready.push_back(&job);
    handover_();
    for (Job* job : ready) group.run([this, job, &group] { execute(job, group); });
    group.wait();
    handover_();
  }

  void execute(Job* job, tbb::task_group& group) {
    handover_();
    job->result = value_of(*job);
    handover_();
    for (Job* dependent : job->dependents)
      if (--dependent->pending == 0) group.run([this, dependent, &group] { execute(dependent, group); });
  }

  Result<ValuePtr> value_of(const Job& job) {
    if (stop_.stop_requested()) return cancelled_error();
    std::vector<ValuePtr> values;
    for (const Job* input : job.inputs) {
      if (!*input->result) return *input->result;
      values.push_back(**input->result);
    }
    BooleanTask task{stop_, rewrite_};
    std::optional<Preview> preview;
    if (settled_)
      preview.emplace(
          *settled_, [this](Hash128 key) { return partial(key); },
          [this](Hash128 key, const ValuePtr& part) {
            if (!stop_.stop_requested()) memo_.store(key, part, part->bytes());
          });
    Result<Value> value = guarded(job.node->operation().name, [&] {
      return job.plan.build({values, blobs_, read_solids_, task, preview ? &*preview : nullptr});
    });
    if (stop_.stop_requested()) return cancelled_error();  // whatever it is, it may be cut short
    ++evaluated_;
    note_tier(std::max(job.plan.tier, task.served));
    const bool reordered = (preview && preview->used()) ||
                           std::any_of(values.begin(), values.end(), [](const ValuePtr& v) { return v->is_preview(); });
    if (preview && preview->used()) ++reordered_;
    const Hash128 key = reordered ? preview_key(job.node->hash()) : job.node->hash();
    if (value) {
      if (reordered) value->mark_preview();
      auto shared = std::make_shared<const Value>(std::move(*value));
      memo_.store(key, shared, shared->bytes());
      return shared;
    }
    if (job.plan.tier == Tier::profiles) {
      const std::scoped_lock lock(mutex_);
      retry_.insert(job.node->hash());
      return tl::unexpected(std::move(value).error());
    }
    Error error = std::move(value).error();
    error.operation = job.node->operation().name;
    error.node = job.node->hash();
    memo_.store(key, error, sizeof error + error.message.size());
    return fail(std::move(error));
  }

  std::optional<ValuePtr> partial(Hash128 key) {
    const auto known = memo_.find(key);
    if (!known) return std::nullopt;
    return std::get<ValuePtr>(*known);
  }

  void note_tier(Tier tier) {
    const std::scoped_lock lock(mutex_);
    tier_ = std::max(tier_, tier);
  }

  NodeMemo& memo_;
  const bool rewrite_;
  const SolidReader read_solids_;
  const std::map<std::string, std::string>& blobs_;
  const NodeSet* settled_;  ///< null: canonical order
  std::stop_token stop_;
  std::deque<Job> jobs_;
  std::unordered_map<Hash128, Job*> by_hash_;
  std::unordered_set<Hash128> direct_, retry_;
  std::mutex mutex_;
  Handover handover_;
  std::atomic<std::size_t> evaluated_{0}, reordered_{0};
  Tier tier_ = Tier::memo;
  double plan_ms_ = 0;
};

}  // namespace

namespace {

// Faces that cannot be divided cross themselves, as a fillet, chamfer or shell of too large a size leaves them at
// times: the last of those is named, as a guess. Without one the error stays as it is.
void blame_blend(Error& error, const NodePtr& solid) {
  std::deque<NodePtr> next{solid};
  NodeSet seen;
  while (!next.empty()) {
    const NodePtr node = next.front();
    next.pop_front();
    const std::string_view name = node->operation().name;
    if (name == "fillet" || name == "chamfer" || name == "shell") {
      error.message = "faces of the solid cross themselves, most likely since the " + std::string(name) +
                      " is too large for some of its edges";
      error.suggestion = "use a smaller one, or choose fewer edges or faces";
      error.operation = name;
      error.node = node->hash();
      return;
    }
    node->for_each_child([&](Slot, const NodePtr& child) {
      if (seen.insert(child->hash()).second) next.push_back(child);
    });
  }
}

}  // namespace

struct Evaluator::State {
  explicit State(const EvaluatorOptions& o)
      : options(o),
        memo(o.memo_bytes / 4 * 3),
        faces(o.memo_bytes / 4),
        arena(o.threads > 0 ? o.threads : tbb::task_arena::automatic) {}
  EvaluatorOptions options;
  NodeMemo memo;
  FaceCache faces;
  tbb::task_arena arena;
  std::mutex turn;
  NodeSet previewed;  ///< the nodes of the last preview

  std::vector<Result<ValuePtr>> evaluate(const std::vector<NodePtr>& roots, const Product& product,
                                         const std::stop_token& stop, BuildStats* stats,
                                         const NodeSet* settled = nullptr) {
    Run run(memo, options, product.blobs, settled, stop);
    std::vector<Result<ValuePtr>> results;
    arena.execute([&] { results = run.evaluate(roots); });
    if (stats) {
      stats->evaluated += run.evaluated();
      stats->reordered += run.reordered();
      stats->plan_ms += run.plan_ms();
      stats->tier = std::max(stats->tier, run.tier());
    }
    return results;
  }

  Result<std::shared_ptr<const BuiltPart>> mesh(const Part& part, const ValuePtr& value, const Deflection& deflection,
                                                const std::stop_token& stop) {
    const Hash128 key = Hasher()
                            .add(std::string_view(value->is_preview() ? "preview mesh" : "mesh"))
                            .add(part.solid->hash())
                            .add(deflection.linear)
                            .add(deflection.angular)
                            .finish();
    if (const auto known = memo.find(key)) {
      if (const auto* error = std::get_if<Error>(&*known)) return fail(*error);
      return std::get<std::shared_ptr<const BuiltPart>>(*known);
    }
    auto built = tessellate(std::make_shared<ExactSolid>(value->body().shape), "", deflection, stop, faces);
    if (!built) {
      Error error = std::move(built).error();
      if (error.kind == ErrorKind::cancelled) return fail(std::move(error));
      blame_blend(error, part.solid);
      memo.store(key, error, sizeof(Error));
      return fail(std::move(error));
    }
    const auto& traces = value->body().traces;
    for (std::size_t i = 0; i < built->faces.size(); ++i) {
      for (const OriginPtr& origin : traces[i].origins)
        built->faces[i].origins.push_back(to_string(*origin, *part.solid));
      std::sort(built->faces[i].origins.begin(), built->faces[i].origins.end());
      built->faces[i].tags = traces[i].tags;
    }
    auto shared = std::make_shared<const BuiltPart>(std::move(*built));
    memo.store(key, shared, bytes_of(*shared));
    return shared;
  }
};

Evaluator::Evaluator(EvaluatorOptions options) : state_(std::make_unique<State>(options)) {}
Evaluator::~Evaluator() = default;

std::size_t Evaluator::memo_bytes() const { return state_->memo.bytes() + state_->faces.bytes(); }

namespace {

Error joined(Error error, const Product& product, const Part& part) {
  error.part = part.name;
  if (error.node) error.source = locate(product, part, error.node);
  return error;
}

Result<void> decide(const MeasureRule& rule, double value) {
  const bool low = rule.min && value < *rule.min, high = rule.max && value > *rule.max;
  if (!low && !high) return {};
  Error error = make_error(ErrorKind::rule, rule.message);
  error.measured = value;
  error.required = low ? rule.min : rule.max;
  error.unit = rule.unit;
  error.parameters = rule.parameters;
  return fail(std::move(error));
}

NodeSet nodes_of(const std::vector<NodePtr>& roots) {
  NodeSet nodes;
  std::vector<const Node*> todo;
  const auto push = [&](const NodePtr& node) {
    if (nodes.insert(node->hash()).second) todo.push_back(node.get());
  };
  for (const NodePtr& root : roots) push(root);
  while (!todo.empty()) {
    const Node* node = todo.back();
    todo.pop_back();
    node->for_each_child([&](Slot, const NodePtr& child) { push(child); });
  }
  return nodes;
}

}  // namespace

Result<std::vector<BuiltPart>> Evaluator::build(const Product& product, const Deflection& deflection,
                                                std::stop_token stop, BuildStats* stats, Order order) {
  const std::scoped_lock lock(state_->turn);
  const auto start = std::chrono::steady_clock::now();
  std::vector<NodePtr> roots;
  for (const Part& part : product.parts) roots.push_back(part.solid);
  for (const MeasureRule& rule : product.measure_rules) roots.push_back(rule.measure);
  const bool preview = order == Order::preview;
  const auto values = state_->evaluate(roots, product, stop, stats, preview ? &state_->previewed : nullptr);
  if (preview) state_->previewed = nodes_of(roots);
  const std::size_t parts = product.parts.size();
  // What a broken rule allows to fail need not build: its author's words say more than the kernel's.
  for (std::size_t i = 0; i < product.measure_rules.size(); ++i)
    if (values[parts + i]) FW_CHECK(decide(product.measure_rules[i], (*values[parts + i])->number()));
  for (std::size_t i = 0; i < parts; ++i)
    if (!values[i]) return fail(joined(values[i].error(), product, product.parts[i]));
  for (std::size_t i = 0; i < product.measure_rules.size(); ++i)
    if (!values[parts + i]) return tl::unexpected(values[parts + i].error());
  const double build_ms = ms_since(start);

  const auto mesh_start = std::chrono::steady_clock::now();
  std::vector<Result<std::shared_ptr<const BuiltPart>>> meshes(parts);
  Handover handover;
  handover();
  state_->arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, parts, [&](std::size_t i) {
      handover();
      meshes[i] = state_->mesh(product.parts[i], *values[i], deflection, stop);
      handover();
    });
  });
  handover();
  std::vector<BuiltPart> built;
  for (std::size_t i = 0; i < parts; ++i) {
    if (!meshes[i]) return fail(joined(meshes[i].error(), product, product.parts[i]));
    built.push_back(**meshes[i]);
    built.back().name = product.parts[i].name;
  }
  if (stats) {
    stats->build_ms = build_ms - stats->plan_ms;
    stats->tessellate_ms = ms_since(mesh_start);
  }
  return built;
}

Result<std::shared_ptr<const ExactSolid>> Evaluator::solid(const NodePtr& node, const Product& product,
                                                           std::stop_token stop) {
  const std::scoped_lock lock(state_->turn);
  const auto values = state_->evaluate({node}, product, stop, nullptr);
  if (!values.front()) return tl::unexpected(values.front().error());
  return std::make_shared<ExactSolid>((*values.front())->body().shape);
}

Result<double> Evaluator::number(const NodePtr& node, const Product& product, std::stop_token stop) {
  const std::scoped_lock lock(state_->turn);
  const auto values = state_->evaluate({node}, product, stop, nullptr);
  if (!values.front()) return tl::unexpected(values.front().error());
  return (*values.front())->number();
}

}  // namespace fitwright
