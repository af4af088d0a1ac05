#include "app/session/orderer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "geometry/core/file_io.hpp"

namespace fitwright {
namespace fs = std::filesystem;
namespace {

Result<Catalog> load_catalog(const fs::path& assets, const std::string& workshop) {
  FW_TRY(Catalog shipped, Catalog::load(assets / "data"));
  std::vector<std::string> ignored;  // whoever edits the workshop was told
  if (auto own = shipped.with_workshop(workshop, ignored)) return own;
  return shipped;
}

/// Whole sheets as they are sold; of what is as large as the machine's bed no more than is used.
std::vector<SheetUse> bought(const Catalog& catalog, const Process& process, const std::vector<LaidSheet>& sheets) {
  const auto sold = [&](const LaidSheet& sheet) {
    const auto rows = catalog.sheets(sheet.material);
    for (const Record* row : rows ? *rows : std::vector<const Record*>{})
      for (const Vec2 size : sold_sizes(*row, process))
        if (size == sheet.size) return true;
    return false;
  };
  std::vector<SheetUse> all;
  for (const LaidSheet& sheet : sheets) {
    if (sheet.thickness <= 0) continue;
    const auto known = std::find_if(all.begin(), all.end(), [&](const SheetUse& use) {
      return use.material == sheet.material && use.thickness == sheet.thickness;
    });
    const double area = (sold(sheet) ? sheet.size.x : sheet.end) * sheet.size.y;
    if (known == all.end())
      all.push_back({sheet.material, sheet.thickness, area});
    else
      known->area += area;
  }
  return all;
}

Result<std::optional<Estimate>> laid_estimate(const Catalog& catalog, const MakeWay& way, const Response& answer) {
  EstimateWish wish;
  FW_TRY(wish.process, catalog.process(way.estimate.process));
  wish.sheets = bought(catalog, *wish.process, answer.sheets);
  if (wish.sheets.empty() || !way.own) return std::optional<Estimate>();
  if (!way.estimate.material.empty()) {
    FW_TRY(wish.material, catalog.material(way.estimate.material));
  }
  FW_TRY(Estimate estimate, fitwright::estimate(catalog, answer.measures, wish));
  return std::optional(std::move(estimate));
}

}  // namespace

struct Orderer::Impl {
  std::unique_ptr<RequestHandler> handler;
  fs::path assets;
  std::function<void()> wake;

  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  Request design;
  Design base;
  std::uint64_t number = 0;  ///< of what is asked: an answer to an older one is dropped
  bool look_due = false, order_due = false, running = false, closing = false;
  State shown;
  std::optional<MakeWay> kept;  ///< chosen before the ways were looked for anew
  std::stop_source stop;
  std::shared_ptr<const Catalog> catalog;  ///< used by the thread alone, as is `catalog_of`
  std::string catalog_of;
  std::thread thread;

  enum class Job { none, look, order, judge };

  Job next() const {
    if (look_due) return Job::look;
    if (order_due) return Job::order;
    return unjudged() ? Job::judge : Job::none;
  }
  std::optional<std::size_t> unjudged() const {
    for (std::size_t i = 0; i < shown.ways.size(); ++i)
      if (!shown.ways[i].refusals && shown.ways[i].undecided.empty()) return i;
    return std::nullopt;
  }

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return closing || next() != Job::none; });
      if (closing) return;
      running = true;
      shown.busy = true;
      stop = std::stop_source();
      const Job job = next();
      shown.stage = job == Job::look ? "ways" : job == Job::order ? "order" : "places";
      shown.share = 0;
      if (job == Job::look)
        look(lock);
      else if (job == Job::order)
        order(lock);
      else
        judge(lock);
      running = false;
      shown.stage.clear();
      shown.busy = next() != Job::none;
      changed.notify_all();
      tell(lock);
    }
  }

  // Without the lock while somebody else's code runs.
  void tell(std::unique_lock<std::mutex>& lock) const {
    if (!wake) return;
    lock.unlock();
    wake();
    lock.lock();
  }

  Progress progress(std::uint64_t asked) {
    return [this, asked](std::string_view, double share) {
      std::unique_lock lock(mutex);
      if (asked != number) return;
      shown.share = share;
      tell(lock);
    };
  }

  Result<const Catalog*> known(const std::string& workshop) {
    if (!catalog || catalog_of != workshop) {
      FW_TRY(Catalog loaded, load_catalog(assets, workshop));
      catalog = std::make_shared<const Catalog>(std::move(loaded));
      catalog_of = workshop;
    }
    return catalog.get();
  }

  void look(std::unique_lock<std::mutex>& lock) {
    look_due = false;
    const std::uint64_t asked = number;
    Request request = design;
    request.wants = {};
    request.wants.measures = true;
    const std::stop_token token = stop.get_token();
    lock.unlock();
    const Response answer = handler->handle(request, token, progress(asked));
    auto found = [&]() -> Result<std::vector<MakeWay>> {
      if (answer.error) return fail(*answer.error);
      FW_TRY(const Catalog* data, known(request.workshop));
      return ways_to_make(*data, answer.measures, answer.about.processes);
    }();
    lock.lock();
    if (asked != number) return;
    if (!found) {
      shown.error = found.error();
      return;
    }
    shown.ways = std::move(*found);
    shown.hardware = answer.hardware;
    choose_usual(answer);
  }

  /// The way that was chosen before, else the one that the document names, at home, else the cheapest.
  void choose_usual(const Response& answer) {
    const auto find = [&](const auto& fits) -> std::optional<std::size_t> {
      const auto it = std::find_if(shown.ways.begin(), shown.ways.end(), fits);
      if (it == shown.ways.end()) return std::nullopt;
      return static_cast<std::size_t>(it - shown.ways.begin());
    };
    std::optional<std::size_t> way;
    if (kept) way = find([&](const MakeWay& one) { return one.same_way(*kept); });
    if (!way)
      way = find([&](const MakeWay& one) {
        return one.own && !one.shop.empty() && one.estimate.process == answer.process &&
               one.estimate.material == answer.material;
      });
    if (!way) way = find([](const MakeWay& one) { return !one.shop.empty(); });
    shown.chosen = way;
    order_due = way && !shown.ways[*way].shop.empty();
  }

  Request request_for(const MakeWay& way) const {
    Request request = design;
    request.wants = {};
    request.process = way.estimate.process;
    request.material = way.estimate.material;
    return request;
  }

  void order(std::unique_lock<std::mutex>& lock) {
    order_due = false;
    const std::uint64_t asked = number;
    const std::size_t chosen = *shown.chosen;
    const MakeWay way = shown.ways[chosen];
    Request request = request_for(way);
    const Design named = base;
    const std::stop_token token = stop.get_token();
    lock.unlock();
    auto made = [&]() -> Result<std::shared_ptr<const MadeOrder>> {
      FW_TRY(const Catalog* data, known(request.workshop));
      auto all = std::make_shared<MadeOrder>();
      FW_TRY(all->shop, shop_profile(*data, way.shop));
      FW_TRY(all->order, take_order(*handler, *data, all->shop, request, {}, token, progress(asked)));
      FW_TRY(const Process* process, data->process(request.process));
      all->rules = rule_lines(all->shop, process->does);
      FW_TRY(all->laid, laid_estimate(*data, way, all->order.response));
      if (!all->order.refusals.empty()) return all;
      FW_TRY(all->package, package_of(all->order, all->shop, request, [&](const Request& from, const Response& answer) {
               return design_text(named, from, answer);
             }));
      return all;
    }();
    lock.lock();
    if (asked != number || shown.chosen != chosen) return;
    if (made) {
      judged(way, (*made)->order.refusals);
      // What was laid out is known better than from areas alone. The rows stay where they are: nobody wants to look for
      // the one that was clicked.
      if (const auto& laid = (*made)->laid; laid && laid->impossible.empty()) shown.ways[chosen].estimate = *laid;
      shown.order = std::move(*made);
    } else if (made.error().kind != ErrorKind::cancelled) {
      shown.error = made.error();
      undecided(way, made.error().message);
    }
  }

  void judge(std::unique_lock<std::mutex>& lock) {
    const std::uint64_t asked = number;
    const MakeWay way = shown.ways[*unjudged()];
    Request request = request_for(way);
    const std::stop_token token = stop.get_token();
    lock.unlock();
    auto refusals = [&]() -> Result<std::vector<Refusal>> {
      FW_TRY(const Catalog* data, known(request.workshop));
      FW_TRY(const ShopProfile shop, shop_profile(*data, way.shop));
      OrderWish wish;
      wish.files = false;
      FW_TRY(ShopOrder order, take_order(*handler, *data, shop, request, wish, token, progress(asked)));
      return std::move(order.refusals);
    }();
    lock.lock();
    if (asked != number) return;
    if (refusals)
      judged(way, *refusals);
    else if (refusals.error().kind != ErrorKind::cancelled)
      undecided(way, refusals.error().message);
  }

  /// The limits are the place's and the process's; of all its materials one is looked at.
  static bool alike(const MakeWay& a, const MakeWay& b) {
    return a.shop == b.shop && a.estimate.process == b.estimate.process;
  }
  void judged(const MakeWay& way, const std::vector<Refusal>& refusals) {
    for (MakeWay& one : shown.ways)
      if (alike(one, way)) one.refusals = refusals;
  }
  void undecided(const MakeWay& way, const std::string& why) {
    for (MakeWay& one : shown.ways)
      if (alike(one, way) && !one.refusals) one.undecided = why;
  }
};

Orderer::Orderer(std::unique_ptr<RequestHandler> handler, fs::path assets, std::function<void()> wake)
    : impl_(std::make_unique<Impl>()) {
  impl_->handler = std::move(handler);
  impl_->assets = std::move(assets);
  impl_->wake = std::move(wake);
  impl_->thread = std::thread([this] { impl_->work(); });
}

Orderer::~Orderer() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->closing = true;
    ++impl_->number;
    impl_->stop.request_stop();
    impl_->changed.notify_all();
  }
  impl_->thread.join();
}

void Orderer::look(const Request& design, const Design& base) {
  const std::scoped_lock lock(impl_->mutex);
  Impl& all = *impl_;
  if (all.shown.chosen) all.kept = all.shown.ways[*all.shown.chosen];
  all.design = design;
  all.base = base;
  ++all.number;
  all.shown = {};
  all.shown.busy = all.look_due = true;
  all.shown.stage = "ways";
  all.order_due = false;
  all.stop.request_stop();
  all.changed.notify_all();
}

void Orderer::choose(std::size_t way) {
  const std::scoped_lock lock(impl_->mutex);
  Impl& all = *impl_;
  const bool known = all.shown.chosen == way && (all.shown.order || all.order_due || all.shown.stage == "order");
  if (way >= all.shown.ways.size() || known) return;
  all.shown.chosen = way;
  all.shown.order.reset();
  all.shown.error.reset();
  all.order_due = !all.shown.ways[way].shop.empty();
  all.shown.busy = all.shown.busy || all.order_due;
  all.stop.request_stop();
  all.changed.notify_all();
}

void Orderer::halt() {
  const std::scoped_lock lock(impl_->mutex);
  Impl& all = *impl_;
  ++all.number;
  if (all.look_due || all.shown.ways.empty()) all.shown.error = make_error(ErrorKind::cancelled, "this was stopped");
  all.look_due = all.order_due = false;
  for (MakeWay& way : all.shown.ways)
    if (!way.refusals && way.undecided.empty()) way.undecided = "this was stopped before it was known";
  all.shown.busy = false;
  all.shown.stage.clear();
  all.stop.request_stop();
  all.changed.notify_all();
}

void Orderer::cancel() {
  const std::scoped_lock lock(impl_->mutex);
  Impl& all = *impl_;
  ++all.number;
  all.shown = {};
  all.kept.reset();
  all.look_due = all.order_due = false;
  all.stop.request_stop();
  all.changed.notify_all();
}

Orderer::State Orderer::state() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->shown;
}

Result<void> Orderer::write(const fs::path& path, bool overwrite) const {
  const std::shared_ptr<const MadeOrder> order = state().order;
  if (!order || order->package.empty()) return fail(ErrorKind::usage, "the package is not ready to be written yet");
  std::error_code ignored;
  if (!overwrite && fs::exists(path, ignored))
    return fail(ErrorKind::file, fmt::format("{} is there already, and was left as it is", path.string()),
                "choose another name, or overwrite it");
  return write_file_atomic(path, order->package);
}

void Orderer::settle() const {
  std::unique_lock lock(impl_->mutex);
  impl_->changed.wait(lock, [this] { return !impl_->running && impl_->next() == Impl::Job::none; });
}

}  // namespace fitwright
