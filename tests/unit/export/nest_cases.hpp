// Seeded sets of pieces, for the tests and the bench of nesting; and a packer by bounding boxes to compare with.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "export/make/nest.hpp"

namespace fitwright {

struct NestCase {
  std::string name;
  std::vector<NestPiece> pieces;
  NestOptions options;
};

class NestDice {
 public:
  explicit NestDice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_() >> 11) * 0x1p-53);
  }
  double whole(double low, double high) { return std::floor(between(low, high + 1)); }

 private:
  std::mt19937_64 random_;
};

inline Contour2D polygon(const std::vector<Vec2>& corners) {
  Contour2D contour;
  for (std::size_t i = 0; i < corners.size(); ++i)
    contour.push_back(line2d(corners[i], corners[(i + 1) % corners.size()]));
  return contour;
}

inline Contour2D rectangle(double x, double y) { return polygon({{0, 0}, {x, 0}, {x, y}, {0, y}}); }

inline NestPiece board(NestDice& dice) {
  return {rectangle(dice.whole(150, 900), dice.whole(60, 400)), {}, Turns::quarters};
}

inline NestPiece angle(NestDice& dice) {
  const double x = dice.whole(150, 400), y = dice.whole(150, 400), w = dice.whole(30, 70);
  return {polygon({{0, 0}, {x, 0}, {x, w}, {w, w}, {w, y}, {0, y}}), {}, Turns::quarters};
}

inline NestPiece ring(NestDice& dice) {
  const double r = dice.whole(40, 160);
  return {{circle2d({0, 0}, r)}, {{circle2d({0, 0}, r * dice.between(0.5, 0.85), true)}}, Turns::none};
}

/// A plate with one round end and a round bite out of the other.
inline NestPiece round_end(NestDice& dice) {
  const double l = dice.whole(80, 300), r = dice.whole(20, 60), bite = 0.7 * r;
  return {
      {line2d({0, -r}, {l, -r}), arc2d({l, -r}, {l, r}, {l, 0}, std::numbers::pi), line2d({l, r}, {0, r}),
       line2d({0, r}, {0, bite}), arc2d({0, bite}, {0, -bite}, {0, 0}, -std::numbers::pi), line2d({0, -bite}, {0, -r})},
      {},
      Turns::quarters};
}

inline std::vector<NestCase> nest_cases(int seeds) {
  std::vector<NestCase> cases;
  for (int seed = 1; seed <= seeds; ++seed) {
    NestDice dice(static_cast<std::uint64_t>(seed));
    const auto add = [&](const char* name, int count, const auto& make, Vec2 sheet) {
      NestCase& one = cases.emplace_back();
      one.name = std::string(name) + " " + std::to_string(seed);
      for (int i = 0; i < count; ++i) one.pieces.push_back(make(dice));
      one.options.sheet = sheet;
      one.options.margin = dice.whole(0, 15);
      one.options.spacing = dice.whole(0, 12);
      one.options.tries = 3;
    };
    add("boards", 24, board, {2440, 1220});
    add("angles", 16, angle, {1220, 1220});
    add("rings", 20, ring, {1000, 800});
    add("round", 20, round_end, {1000, 600});
    add("mixed", 20,
        [](NestDice& d) {
          const double which = d.between(0, 4);
          return which < 1 ? board(d) : which < 2 ? angle(d) : which < 3 ? ring(d) : round_end(d);
        },
        {1525, 1525});
  }
  return cases;
}

/// Rows of bounding boxes, higher ones first, each box laid flat: what a packer by bounding boxes finds. How many
/// sheets.
inline std::size_t boxed_sheets(const NestCase& one) {
  std::vector<Vec2> boxes;
  for (const NestPiece& piece : one.pieces) {
    const Vec2 size = bounds(piece.outer).size();
    const bool turn = allowed_turns(piece.turns).size() > 2 && size.y > size.x;
    boxes.push_back(turn ? Vec2{size.y, size.x} : size);
  }
  std::sort(boxes.begin(), boxes.end(), [](Vec2 a, Vec2 b) { return a.y > b.y; });
  const double width = one.options.sheet.x - 2 * one.options.margin,
               height = one.options.sheet.y - 2 * one.options.margin;
  struct Row {
    double used, height;
  };
  std::vector<std::vector<Row>> sheets;
  const auto lay = [&](Vec2 box) {
    for (auto& rows : sheets) {
      double top = 0;
      for (Row& row : rows) {
        if (row.used + box.x <= width && box.y <= row.height) return row.used += box.x + one.options.spacing, void();
        top += row.height + one.options.spacing;
      }
      if (top + box.y <= height) return rows.push_back({box.x + one.options.spacing, box.y}), void();
    }
    sheets.push_back({{box.x + one.options.spacing, box.y}});
  };
  for (const Vec2 box : boxes) lay(box);
  return sheets.size();
}

}  // namespace fitwright
