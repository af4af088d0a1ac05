#include "export/make/panel_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <random>

#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr double same = 1e-6;  // mm
constexpr double steps = 10;   // of a millimetre: how finely lengths are tried in a strip

/// A panel as it would lie in a strip.
struct Lying {
  std::size_t panel;
  double length, width;
};

/// What one length of a strip holds: a panel, and further ones across it where it is narrower than the strip.
struct Column {
  double length;
  std::vector<Lying> stack;
};

struct Strip {
  double width = 0, filled = 0;
  std::vector<Column> columns;
};

struct Board {
  std::vector<Strip> strips;
};

using Left = std::vector<bool>;  // of each panel: still to be cut

class Sawyer {
 public:
  Sawyer(const std::vector<Panel>& panels, const SawOptions& options, std::uint64_t seed, double loose)
      : panels_(panels),
        options_(options),
        random_(seed),
        loose_(loose),
        length_(options.length - trimmed()),
        width_(options.width - trimmed()) {}

  /// Fills boards until nothing is left that fits.
  std::vector<Board> boards(Left& left) {
    std::vector<Board> all;
    for (;;) {
      Board board = fill_board(left);
      if (board.strips.empty()) return all;
      all.push_back(std::move(board));
    }
  }

 private:
  double trimmed() const { return options_.trim > 0 ? options_.trim + options_.kerf : 0; }

  Board fill_board(Left& left) {
    Board board;
    double room = width_;
    while (auto strip = best_strip(left, room)) {
      room -= strip->width + options_.kerf;
      board.strips.push_back(std::move(*strip));
    }
    std::stable_sort(board.strips.begin(), board.strips.end(),
                     [](const Strip& a, const Strip& b) { return a.width > b.width; });
    return board;
  }

  /// The ways a panel may lie in a strip of a width, the widest first.
  std::optional<Lying> lie(std::size_t i, double width) const {
    const Panel& panel = panels_[i];
    std::optional<Lying> best;
    const auto take = [&](double length, double across) {
      if (across <= width + same && length <= length_ + same && (!best || across > best->width))
        best = Lying{i, length, across};
    };
    take(panel.length, panel.width);
    if (panel.turns) take(panel.width, panel.length);
    return best;
  }

  std::optional<Strip> best_strip(Left& left, double room) {
    std::vector<double> widths;
    for (std::size_t i = 0; i < panels_.size(); ++i) {
      if (!left[i]) continue;
      for (const double w : {panels_[i].width, panels_[i].turns ? panels_[i].length : panels_[i].width})
        if (w <= room + same && std::find(widths.begin(), widths.end(), w) == widths.end()) widths.push_back(w);
    }
    std::sort(widths.rbegin(), widths.rend());
    std::optional<Strip> best;
    double best_score = 0;
    for (const double width : widths) {
      Left trial = left;
      Strip strip = fill_strip(trial, width);
      // The share that is filled counts, wide strips a little more; a loose plan looks around.
      const double share = strip.filled / ((width + options_.kerf) * length_);
      const double score = share * std::pow(width, 0.1) * (1 + loose_ * unit());
      if (strip.columns.empty() || score <= best_score) continue;
      best_score = score;
      best = std::move(strip);
    }
    if (best)
      for (const Column& column : best->columns)
        for (const Lying& one : column.stack) left[one.panel] = false;
    return best;
  }

  double unit() { return static_cast<double>(random_() >> 11) * 0x1p-53; }

  /// The panels that fill the strip's length best, by dynamic programming over tenths of a millimetre.
  Strip fill_strip(Left& left, double width) {
    std::vector<Lying> eligible;
    for (std::size_t i = 0; i < panels_.size(); ++i)
      if (left[i])
        if (const auto lying = lie(i, width)) eligible.push_back(*lying);
    std::stable_sort(eligible.begin(), eligible.end(),
                     [](const Lying& a, const Lying& b) { return a.width > b.width; });
    Strip strip{width, 0, {}};
    for (const std::size_t chosen : best_filling(eligible)) {
      Column column{eligible[chosen].length, {eligible[chosen]}};
      left[eligible[chosen].panel] = false;
      strip.columns.push_back(std::move(column));
    }
    for (Column& column : strip.columns) stack(left, width, column);
    for (const Column& column : strip.columns)
      for (const Lying& one : column.stack) strip.filled += one.length * one.width;
    std::stable_sort(strip.columns.begin(), strip.columns.end(),
                     [](const Column& a, const Column& b) { return a.length > b.length; });
    return strip;
  }

  std::vector<std::size_t> best_filling(const std::vector<Lying>& eligible) const {
    const auto cells = static_cast<std::size_t>(std::floor((length_ + options_.kerf) * steps + same));
    const auto cost = [&](const Lying& one) {
      return static_cast<std::size_t>(std::ceil((one.length + options_.kerf) * steps - same));
    };
    std::vector<double> value(cells + 1, 0);
    std::vector<std::vector<bool>> taken(eligible.size(), std::vector<bool>(cells + 1, false));
    for (std::size_t i = 0; i < eligible.size(); ++i) {
      const std::size_t need = cost(eligible[i]);
      const double gain = eligible[i].length * eligible[i].width;
      for (std::size_t room = cells; room >= need && room <= cells; --room)
        if (value[room - need] + gain > value[room] + same) {
          value[room] = value[room - need] + gain;
          taken[i][room] = true;
        }
    }
    std::vector<std::size_t> chosen;
    std::size_t room = cells;
    for (std::size_t i = eligible.size(); i-- > 0;)
      if (taken[i][room]) {
        chosen.push_back(i);
        room -= cost(eligible[i]);
      }
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
  }

  /// What fits beside a panel that is narrower than its strip, the largest first.
  void stack(Left& left, double width, Column& column) const {
    double room = width - column.stack.front().width - options_.kerf;
    for (;;) {
      std::optional<Lying> best;
      for (std::size_t i = 0; i < panels_.size(); ++i) {
        if (!left[i]) continue;
        const auto try_lying = [&](double length, double across) {
          if (length <= column.length + same && across <= room + same &&
              (!best || length * across > best->length * best->width))
            best = Lying{i, length, across};
        };
        try_lying(panels_[i].length, panels_[i].width);
        if (panels_[i].turns) try_lying(panels_[i].width, panels_[i].length);
      }
      if (!best) return;
      left[best->panel] = false;
      column.stack.push_back(*best);
      room -= best->width + options_.kerf;
    }
  }

  const std::vector<Panel>& panels_;
  const SawOptions& options_;
  std::mt19937_64 random_;
  double loose_;
  double length_, width_;
};

/// Turns boards into cuts and places.
class Writer {
 public:
  Writer(const SawOptions& options, PanelPlan& plan) : options_(options), plan_(plan) {}

  void add(const Board& board) {
    board_ = plan_.boards++;
    plan_.cuts.emplace_back();
    const std::size_t number = options_.first + board_;
    std::string rest = fmt::format("board {}", number);
    double x = 0, y = 0, length = options_.length, width = options_.width;
    if (options_.trim > 0) {
      trim(rest, true);
      trim(rest, false);
      x = y = options_.trim + options_.kerf;
      length -= x;
      width -= y;
    }
    char letter = 'A';
    std::vector<std::tuple<const Strip*, std::string, double>> strips;
    for (const Strip& strip : board.strips) {
      const std::string name = cut(rest, true, width, strip.width, fmt::format("{}{}", number, letter++));
      strips.emplace_back(&strip, name, y);
      y += strip.width + options_.kerf;
    }
    for (const auto& [strip, name, at] : strips) saw_strip(*strip, name, x, at, length);
  }

 private:
  void trim(std::string& piece, bool rip) {
    plan_.cuts.back().push_back({piece, rip, options_.trim, "waste", piece, true});
  }

  /// Cuts `at` off what measures `whole`; `rest` and `whole` become what is left. What the piece cut off is called:
  /// `name`, unless it is a whole board.
  std::string cut(std::string& rest, bool rip, double& whole, double at, const std::string& name) {
    if (whole - at <= same) {  // it is this piece already: only its name changes
      whole = 0;
      return rename(rest, name) ? name : rest;
    }
    const double left = whole - at - options_.kerf;
    const std::string leaves = left > same ? "rest of " + rest_name(rest) : "";
    plan_.cuts.back().push_back({rest, rip, at, name, leaves, false});
    rest = leaves;
    whole = std::max(0.0, left);
    return name;
  }

  static std::string rest_name(const std::string& piece) {
    constexpr std::string_view before = "rest of ";
    return piece.rfind(before, 0) == 0 ? piece.substr(before.size()) : piece;
  }

  /// Gives what a cut made another name; false where no cut made it.
  bool rename(const std::string& piece, const std::string& name) {
    for (auto it = plan_.cuts.back().rbegin(); it != plan_.cuts.back().rend(); ++it)
      for (std::string* made : {&it->leaves, &it->keeps})
        if (*made == piece) {
          *made = name;
          return true;
        }
    return false;
  }

  void saw_strip(const Strip& strip, const std::string& strip_name, double x, double y, double length) {
    std::string rest = strip_name;
    int number = 0;
    std::vector<std::tuple<const Column*, std::string, double>> columns;
    for (const Column& column : strip.columns) {
      const std::string name = cut(rest, false, length, column.length, fmt::format("{}{}", strip_name, ++number));
      columns.emplace_back(&column, name, x);
      x += column.length + options_.kerf;
    }
    for (const auto& [column, name, at] : columns) saw_column(*column, name, at, y, strip.width);
  }

  void saw_column(const Column& column, const std::string& column_name, double x, double y, double width) {
    std::string rest = column_name;
    char letter = 'a';
    for (const Lying& one : column.stack) {
      const bool whole_width = width - one.width <= same, whole_length = column.length - one.length <= same;
      std::string name = column_name;
      if (!(whole_width && letter == 'a')) {
        name = cut(rest, true, width, one.width, column_name + letter++);
      }
      if (!whole_length) {
        double length = column.length;
        std::string piece = name;
        name = cut(piece, false, length, one.length, name + "'");
      }
      plan_.panels.push_back({one.panel, board_, x, y, one.length, one.width, name});
      y += one.width + options_.kerf;
    }
  }

  const SawOptions& options_;
  PanelPlan& plan_;
  std::size_t board_ = 0;
};

/// How much of the last board's width is taken: the rest is one offcut.
double last_taken(const std::vector<Board>& boards) {
  double sum = 0;
  if (!boards.empty())
    for (const Strip& strip : boards.back().strips) sum += strip.width;
  return sum;
}

std::size_t cut_count(const std::vector<Board>& boards) {
  std::size_t count = 0;
  for (const Board& board : boards)
    for (const Strip& strip : board.strips) count += 1 + strip.columns.size();
  return count;
}

Result<void> check_options(const SawOptions& options) {
  const double most = std::max(options.length, options.width), least = std::min(options.length, options.width);
  if (options.kerf >= 0 && options.kerf <= 20 && options.trim >= 0 && least > options.trim + options.kerf &&
      most <= 10000)
    return {};
  return fail(ErrorKind::usage,
              fmt::format("no board of {} x {} mm can be sawn with a kerf of {} mm and {} mm trimmed off",
                          number_text(options.length), number_text(options.width), number_text(options.kerf),
                          number_text(options.trim)),
              "a kerf is 0 to 20 mm, a board up to 10 m long and wider than what is trimmed");
}

}  // namespace

Result<PanelPlan> plan_panels(const std::vector<Panel>& panels, const SawOptions& options, std::stop_token stop) {
  FW_CHECK(check_options(options));
  std::optional<std::vector<Board>> best;
  Left best_left;
  std::tuple<std::size_t, std::size_t, double, std::size_t> best_cost;
  for (int i = 0; i < std::max(1, options.tries); ++i) {
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the panel plan was cancelled");
    Left left(panels.size(), true);
    std::vector<Board> boards =
        Sawyer(panels, options, options.seed + static_cast<std::uint64_t>(i), i == 0 ? 0 : 0.3).boards(left);
    const std::tuple cost(static_cast<std::size_t>(std::count(left.begin(), left.end(), true)), boards.size(),
                          last_taken(boards), cut_count(boards));
    if (best && cost >= best_cost) continue;
    best = std::move(boards);
    best_left = std::move(left);
    best_cost = cost;
  }
  PanelPlan plan;
  Writer writer(options, plan);
  for (const Board& board : *best) writer.add(board);
  double area = 0;
  for (const SawnPanel& panel : plan.panels) area += panel.length * panel.width;
  if (plan.boards > 0) plan.used = area / (static_cast<double>(plan.boards) * options.length * options.width);
  for (std::size_t i = 0; i < panels.size(); ++i)
    if (best_left[i]) plan.unplaced.push_back(i);
  return plan;
}

}  // namespace fitwright
