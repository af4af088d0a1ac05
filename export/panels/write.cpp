// The panel plan as a page to print and take to the saw: pictures, cuts in order, what becomes of each piece.
#include <fmt/format.h>

#include <algorithm>

#include "export/make/picture.hpp"
#include "export/panels/plan.hpp"
#include "export/rows.hpp"
#include "geometry/core/text.hpp"

namespace fitwright {

namespace {

constexpr std::string_view style =
    "body{font:15px/1.4 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;margin:1em 0}th,td{padding:.2em .8em .2em 0;text-align:left;"
    "border-bottom:1px solid #ddd}td.n{text-align:right}svg{width:100%;height:auto}"
    "section{page-break-inside:avoid}.note{color:#555}";

std::string board_picture(const BoardPlan& board, std::size_t index) {
  std::string content;
  for (const SawnPanel& one : board.plan.panels) {
    if (one.board != index) continue;
    const Vec2 low{one.x, one.y}, high{one.x + one.length, one.y + one.width};
    const Contour2D outline{line2d(low, {high.x, low.y}), line2d({high.x, low.y}, high), line2d(high, {low.x, high.y}),
                            line2d({low.x, high.y}, low)};
    content += fmt::format(R"(<path d="{}" fill="#d9c49a" stroke="#333"/>)", picture_path(outline, board.saw.width));
    content +=
        picture_label(one.piece + ": " + board.names[one.panel], (low + high) * 0.5, high - low, board.saw.width);
  }
  return picture_of({board.saw.length, board.saw.width}, content);
}

/// An id as words: "birch_plywood" is Birch plywood.
std::string words_of(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
  return id;
}

std::string cut_text(const SawCut& cut) {
  const char* how = cut.rip ? "Rip" : "Cross-cut";
  if (cut.trims)
    return fmt::format("{} {} mm off one edge of {}, to have it true", how, number_text(cut.at), cut.piece);
  return fmt::format("{} {} at {} mm", how, cut.piece, number_text(cut.at));
}

std::string board_section(const BoardPlan& board, std::size_t index) {
  std::string html = fmt::format("<section><h3>Board {}</h3>{}", board.saw.first + index, board_picture(board, index));
  html += "<table><tr><th>Cut</th><th></th><th>gives</th><th>leaves</th></tr>";
  int number = 0;
  for (const SawCut& cut : board.plan.cuts[index])
    html += fmt::format("<tr><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", ++number,
                        html_text(cut_text(cut)), cut.trims ? "" : html_text(cut.keeps), html_text(cut.leaves));
  html += "</table><table><tr><th>Piece</th><th>is</th><th>mm</th><th>then</th></tr>";
  for (const SawnPanel& one : board.plan.panels)
    if (one.board == index)
      html += fmt::format("<tr><td>{}</td><td>{}</td><td>{} x {}</td><td>{}</td></tr>\n", html_text(one.piece),
                          html_text(board.names[one.panel]), number_text(board.panels[one.panel].length),
                          number_text(board.panels[one.panel].width), html_text(board.after[one.panel]));
  return html + "</table></section>\n";
}

Result<std::string> write(const Scene& scene, const FlatOptions& options, const ColourProfile*) {
  FW_TRY(const std::vector<BoardPlan> boards, plan_boards(scene, options.stock));
  const std::string title = html_text(scene.metadata.title);
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}: panel plan</title>"
      "<style>{1}</style></head><body><h1>{0}: panel plan</h1>\n"
      "<p class=\"note\">Sizes are millimetres. Each measure is what the piece at the fence is to be; the blade takes "
      "its "
      "width from the other one. Cut in the order given; letters on the pieces are those of the pictures.</p>\n",
      title, style);
  for (const BoardPlan& board : boards) {
    html += fmt::format(
        "<h2>{}{} mm, {} of {} x {} mm</h2><p>{:.0f} % of the boards is used; the blade takes {} mm.{}</p>\n",
        board.material.empty() ? "" : html_text(words_of(board.material)) + ", ", number_text(board.thickness),
        board.plan.boards == 1 ? "1 board" : fmt::format("{} boards", board.plan.boards), number_text(board.saw.length),
        number_text(board.saw.width), 100 * board.plan.used, number_text(board.saw.kerf),
        board.source.empty() ? "" : " Board sizes: " + html_text(board.source) + ".");
    for (std::size_t i = 0; i < board.plan.boards; ++i) html += board_section(board, i);
  }
  return html + "</body></html>\n";
}

}  // namespace

const Format panel_plan_format{.id = "panel-plan",
                               .title = "Panel plan",
                               .extensions = {".html"},
                               .mime = "text/html",
                               .note = "How boards are sawn into the flat parts: pictures and cuts in order, to print.",
                               .purpose = "Cut list",
                               .advice = "for the table saw: which cut comes when",
                               .default_pose = Pose::made,
                               .keeps_parts = true,
                               .exact = true,
                               .write = nullptr,
                               .read = nullptr,
                               .write_flat = write,
                               .lists = true};

}  // namespace fitwright
