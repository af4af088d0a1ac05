#include "app/desktop/panels/estimate_strip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/words.hpp"

namespace fitwright::desktop {
namespace {

Result<Estimate> estimate_of(const Catalog& catalog, const Response& measured) {
  EstimateWish wish;
  FW_TRY(wish.process, catalog.process(measured.process));
  if (!measured.material.empty()) {
    FW_TRY(wish.material, catalog.material(measured.material));
  }
  return estimate(catalog, measured.measures, wish);
}

const char* trust_in(DataStatus status) {
  switch (status) {
    case DataStatus::sourced: return "as its source says";
    case DataStatus::derived: return "derived from its source";
    case DataStatus::inferred: return "our reading of its source";
    case DataStatus::unsourced: break;
  }
  return "practice, without a source";
}

/// As much of a source as one reads in passing.
std::string shortened(const std::string& source) {
  constexpr std::size_t most = 110;
  if (source.size() <= most) return source;
  const std::size_t end = source.find_last_of(" ,;:", most);
  return source.substr(0, end == std::string::npos ? most : end) + "\u2026";
}

}  // namespace

// Nobody pays in parts of a cent.
std::string cost_text(const Spread& eur) { return eur.high < 0.1 ? "under 0.10 EUR" : about_text(eur, "EUR"); }

std::string figures_text(const Estimate& estimate) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() || more.empty() ? "" : ", ") + more; };
  if (estimate.service.empty() && estimate.hours.likely > 0)
    add(duration_text(estimate.hours.likely) + " of machine time");
  if (estimate.weight_kg.likely > 0) add(weight_text(estimate.weight_kg.likely));
  if (estimate.co2_kg) add(fmt::format("{} CO2e", weight_text(estimate.co2_kg->likely)));
  return text;
}

void EstimateStrip::follow(const Desk& desk) {
  if (of_ == desk.now.measured && workshop_ == desk.workshop()) return;
  of_ = desk.now.measured;
  workshop_ = desk.workshop();
  estimate_.reset();
  problem_.clear();
  if (!of_ || !desk.catalog()) return;
  if (of_->process.empty()) {
    problem_ = "the template names no process";
    return;
  }
  auto estimate = estimate_of(*desk.catalog(), *of_);
  if (!estimate)
    problem_ = estimate.error().message;
  else if (!estimate->impossible.empty())
    problem_ = estimate->impossible;
  else
    estimate_ = std::move(*estimate);
}

float EstimateStrip::height(const Gui& gui, float room) const {
  const float folded = ImGui::GetFrameHeight() + 2 * gui.fonts.small->FontSize + gui.px(30);
  return open_ ? std::clamp(room * 0.45F, folded, folded + gui.px(230)) : folded;
}

void EstimateStrip::draw(Desk& desk, Gui& gui, const Commands& commands, Pointer& pointer) {
  follow(desk);
  const HintsAt place(gui, HintPlace::right_of_window);
  ImGui::Separator();
  const Command& make = commands.find("make it");
  const std::string verb = fmt::format("{}  {}", make.icon, "Make it");
  const float verb_width = ImGui::CalcTextSize(verb.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
  const float right = ImGui::GetContentRegionMax().x;
  draw_price(desk, gui, right - verb_width - 2 * ImGui::GetStyle().ItemSpacing.x);
  ImGui::SameLine(right - verb_width);
  ImGui::BeginDisabled(!make.possible());
  if (button(gui, verb.c_str(), ButtonStyle::plain, "Where, from what and for how much; then all that the place needs",
             "Make it"))
    make.run();
  ImGui::EndDisabled();
  ImGui::PushFont(gui.fonts.small);
  draw_figures(desk, gui);
  if (estimate_ && open_) {
    ImGui::BeginChild("reckoning", {0, 0}, false);
    draw_reckoning(gui, *estimate_);
    if (button(gui, "Enter your own prices\u2026", ButtonStyle::plain, nullptr, "Own prices"))
      pointer.prices_asked = true;
    ImGui::EndChild();
  }
  ImGui::PopFont();
}

void EstimateStrip::draw_price(const Desk& desk, Gui& gui, float width) {
  ImGui::AlignTextToFramePadding();
  if (!estimate_) {
    muted(gui, fitted(problem_.empty() ? "Reckoning\u2026" : "No estimate", width));
    gui.probe.item("Estimate", problem_);
    hint(gui, desk.told(problem_));
    return;
  }
  const std::string price = cost_text(estimate_->eur);
  const bool current = desk.now.measured_revision == desk.now.revision;
  ImGui::PushFont(gui.fonts.bold);
  ImGui::PushStyleColor(ImGuiCol_Text, current ? gui.colours.text : gui.colours.muted);
  text(gui, fitted(price, width));
  ImGui::PopStyleColor();
  ImGui::PopFont();
  gui.probe.item("Estimate", current ? price : "");
  hint(gui, price + ", made on a machine of your own; an estimate from published figures, not a quote");
}

void EstimateStrip::draw_figures(const Desk& desk, Gui& gui) {
  if (!estimate_) {
    muted(gui, fitted(desk.told(problem_), ImGui::GetContentRegionAvail().x));
    return;
  }
  const bool current = desk.now.measured_revision == desk.now.revision;
  const std::string figures = "about " + figures_text(*estimate_);
  muted(gui, fitted(figures, ImGui::GetContentRegionAvail().x));
  gui.probe.item("Estimate figures", current ? figures : "");
  hint(gui,
       "Time of the machine, weight as made, and greenhouse gases of material and electricity where a factor is known");
  ImGui::PushStyleColor(ImGuiCol_Text, gui.colours.accent);
  ImGui::PushStyleColor(ImGuiCol_Button, ImVec4(0, 0, 0, 0));
  const std::string fold = fmt::format("{}  How is this reckoned?", open_ ? icon::caret_down : icon::caret_right);
  if (ImGui::SmallButton(fold.c_str())) open_ = !open_;
  ImGui::PopStyleColor(2);
  gui.probe.item("How is this reckoned?", open_ ? "on" : "off");
}

void draw_reckoning(Gui& gui, const Estimate& estimate) {
  ImGui::PushFont(gui.fonts.small);
  for (std::size_t i = 0; i < estimate.lines.size(); ++i) {
    const EstimateLine& line = estimate.lines[i];
    const bool unsourced = line.status == DataStatus::unsourced;
    text(gui,
         fmt::format("{}{}: {}", unsourced ? std::string(icon::warning) + "  " : "", line.what, cost_text(line.eur)));
    gui.probe.item(fmt::format("reckoned {}", i), unsourced ? "unsourced" : line.source);
    paragraph(gui,
              unsourced ? trust_in(line.status) : fmt::format("{}: {}", trust_in(line.status), shortened(line.source)),
              &gui.colours.muted);
    hint(gui, line.source);
  }
  if (estimate.wasted_kg.likely > 0)
    paragraph(gui,
              fmt::format("Of {} of material, {} are left over.", weight_text(estimate.used_kg.likely),
                          weight_text(estimate.wasted_kg.likely)),
              &gui.colours.muted);
  ImGui::PopFont();
}

}  // namespace fitwright::desktop
