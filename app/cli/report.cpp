#include "app/cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/view/finding_view.hpp"
#include "app/view/picture.hpp"
#include "geometry/checks/check.hpp"
#include "geometry/core/text.hpp"
#include "templates/schema/base64.hpp"

namespace fitwright::cli {
namespace {

constexpr PixelSize picture_size{560, 380};
constexpr std::size_t most_pictures = 24;  // a page of a few megabytes at most

constexpr std::string_view style = R"css(
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1d2430; background: #f4f5f7; margin: 0; }
main { max-width: 980px; margin: 0 auto; padding: 32px 20px 60px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 0; }
.verdict { display: inline-block; padding: 3px 12px; border-radius: 14px; font-weight: 600; color: #fff; }
.clean { background: #237a3c; } .risks, .unverified { background: #9a6200; } .blocked { background: #b3261e; }
article { background: #fff; border: 1px solid #dde1e7; border-left-width: 5px; border-radius: 8px; padding: 18px 20px;
  margin: 18px 0; display: grid; grid-template-columns: 1fr 360px; gap: 20px; }
article.blocks { border-left-color: #b3261e; } article.risk { border-left-color: #c98a00; }
article.advice { border-left-color: #3f6fd8; }
figure { margin: 0; position: relative; } figure img { width: 100%; border-radius: 6px; display: block; }
figure svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.where { color: #5b6573; margin: 0 0 8px; } .try { background: #e8f1ff; border-radius: 6px; padding: 8px 12px; }
table { border-spacing: 0; font-size: 14px; } td { padding: 1px 14px 1px 0; vertical-align: top; }
td:first-child, details { color: #5b6573; } details { font-size: 14px; } .warn { color: #8a4b00; }
@media (max-width: 760px) { article { grid-template-columns: 1fr; } }
@media print { body { background: #fff; } article { break-inside: avoid; } }
)css";

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (!text.empty() && text.back() != '.') text += '.';
  return escaped(text);
}

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean: return "Can be made";
    case Verdict::risks: return "May fail";
    case Verdict::blocked: return "Cannot be made like this";
    case Verdict::unverified: break;
  }
  return "Not verified";
}

std::string figure_text(const std::optional<double>& value, const std::string& unit) {
  return value ? number_text(std::round(*value * 1000) / 1000) + (unit.empty() ? "" : " " + unit) : "";
}

/// Draws findings; made once, for a context takes a while.
class Artist {
 public:
  explicit Artist(const std::shared_ptr<const Response>& model) : scene_(view_scene(model, Pose::made)) {
    foreign_ = model->about.id.empty();
    if (foreign_) scene_ = view_scene(model, Pose::assembled);
    auto context = OffscreenContext::create();
    auto renderer = context ? Renderer::create() : fail(context.error());
    if (!renderer) {
      why_not_ = renderer.error().message;
      return;
    }
    context_ = std::move(*context);
    renderer_ = std::move(*renderer);
    target_ = renderer_->make_target();
  }
  const std::string& why_not() const { return why_not_; }

  /// A figure with the finding's faces marked and its places ringed; empty when it cannot be drawn.
  std::string figure(const Finding& finding) {
    if (!renderer_) return {};
    Camera camera;
    camera.look(StandardView::iso);
    const double aspect = picture_size.aspect();
    camera.fit(scene_.box, aspect);
    const auto view = finding_view(scene_, finding, camera, aspect, foreign_);
    if (!view) return {};
    DrawOptions options;
    options.colours.selected = {0.9, 0.25, 0.2};
    options.selected = view->faces;
    if (renderer_->draw(*target_, picture_size, scene_, view->camera, options) == 0) return {};
    const auto png = png_bytes(picture_size, renderer_->pixels(*target_));
    if (!png) return {};
    std::string text = fmt::format("<figure><img alt=\"{}\" src=\"data:image/png;base64,{}\">", escaped(finding.title),
                                   base64_encode(*png));
    text += fmt::format("<svg viewBox=\"0 0 {} {}\">", picture_size.width, picture_size.height);
    for (const Vec3& place : view->places)
      if (const auto seen = view->camera.project(place, aspect))
        text += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"16\" fill=\"none\" stroke=\"#b3261e\" stroke-width=\"3\"/>",
            (seen->at.x + 1) / 2 * picture_size.width, (1 - seen->at.y) / 2 * picture_size.height);
    return text + "</svg></figure>";
  }

 private:
  ViewScene scene_;
  bool foreign_ = false;
  std::unique_ptr<OffscreenContext> context_;
  std::unique_ptr<Renderer> renderer_;
  RenderTargetPtr target_;
  std::string why_not_;
};

std::string labels_of(const Template& about, const std::vector<std::string>& names) {
  constexpr std::size_t nearest = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(nearest, names.size()); ++i) {
    const Parameter* parameter = about.find_parameter(names[i]);
    text += (i > 0 ? ", " : "") + (parameter && !parameter->label.empty() ? parameter->label : names[i]);
  }
  return text;
}

std::string part_label(const Response& checked, const std::string& name) {
  for (const ResponsePart& part : checked.parts)
    if (part.built.name == name && !part.label.empty()) return part.label;
  return name;
}

std::string finding_html(const Response& checked, const Finding& finding, const std::string& figure) {
  std::string text =
      fmt::format("<article class=\"{}\"><div><h2>{}</h2>\n<p class=\"where\">{}{}</p>\n<p>{}</p>\n",
                  to_string(finding.severity), escaped(finding.title), escaped(part_label(checked, finding.part)),
                  finding.count() > 1 ? fmt::format(", {} places", finding.count()) : "", sentence(finding.message));
  if (!finding.suggestion.empty()) text += fmt::format("<p class=\"try\">{}</p>\n", sentence(finding.suggestion));
  text += "<table>";
  const auto row = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("<tr><td>{}</td><td>{}</td></tr>", name, escaped(value));
  };
  row("Measured", figure_text(finding.measured, finding.unit));
  row("Limit", figure_text(finding.required, finding.unit));
  row("Depends on", labels_of(checked.about, finding.parameters));
  text += "</table>\n";
  if (finding.status == DataStatus::unsourced)
    text += "<p class=\"warn\">The limit is practice without a source.</p>\n";
  if (!finding.detail.empty() || !finding.source.empty()) {
    text += "<details><summary>Details</summary>";
    if (!finding.detail.empty()) text += fmt::format("<p>{}</p>", sentence(finding.detail));
    if (!finding.source.empty()) text += fmt::format("<p>Source of the limit: {}</p>", escaped(finding.source));
    text += "</details>";
  }
  return text + "</div>" + figure + "</article>\n";
}

}  // namespace

std::string check_report_html(const std::string& subject, const std::string& process,
                              const std::shared_ptr<const Response>& checked) {
  const CheckReport& report = checked->report;
  std::string text = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n"
      "<style>{1}</style></head>\n<body><main>\n<h1>{0}</h1>\n<p>{2}</p>\n<p><span class=\"verdict "
      "{3}\">{4}</span></p>\n",
      escaped(subject), style, escaped(process), to_string(report.verdict()), verdict_text(report.verdict()));
  if (report.findings.empty()) text += "<p>Nothing was found that stands in the way.</p>\n";
  std::optional<Artist> artist;
  if (!report.findings.empty()) artist.emplace(checked);
  if (artist && !artist->why_not().empty())
    text += fmt::format("<p class=\"warn\">There are no pictures: {}.</p>\n", escaped(artist->why_not()));
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    text += finding_html(*checked, report.findings[i],
                         i < most_pictures ? artist->figure(report.findings[i]) : std::string());
  if (!report.unchecked.empty()) {
    text += "<h2>Not decided</h2>\n<ul>\n";
    for (const Unchecked& open : report.unchecked)
      text +=
          fmt::format("<li>{}{}: {}</li>\n", escaped(check_title(open.check)),
                      open.part.empty() ? "" : ", " + escaped(part_label(*checked, open.part)), sentence(open.reason));
    text += "</ul>\n";
  }
  return text + "</main></body></html>\n";
}

}  // namespace fitwright::cli
