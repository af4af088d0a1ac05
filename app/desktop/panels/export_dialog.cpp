#include "app/desktop/panels/export_dialog.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/desktop/system.hpp"
#include "app/desktop/words.hpp"
#include "export/format.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_files_named = 6;
constexpr const char* dialog_name = "Export##dialog";

fs::path usual_folder() {
  const char* home = std::getenv("HOME");
  return home ? fs::path(home) : fs::current_path();
}

const Format& format_of(const std::string& id) {
  for (const Format& format : formats())
    if (format.id == id && format.writes()) return format;
  return formats().front();
}

/// What was tried for the same finding in the meantime, else what the error says.
const std::string& proven_advice(const Desk& desk, const Error& error) {
  if (desk.now.checked && error.kind == ErrorKind::finding)
    for (const Finding& finding : desk.now.checked->report.findings)
      if (finding.part == error.part && error.message.ends_with(finding.message)) return finding.suggestion;
  return error.suggestion;
}

/// Made from solids layer by layer, as printers do it.
bool prints(const Process& process) { return process.input_kind == "solid" && !process.does.starts_with("cnc"); }

bool has_sheets(const Desk& desk) {
  const auto& model = desk.now.model;
  return model && std::any_of(model->parts.begin(), model->parts.end(),
                              [](const ResponsePart& part) { return part.sheet.has_value(); });
}

/// The format for what the design is made by.
std::string usual_format(const Desk& desk) {
  const Process* process = desk.process();
  if (!process || prints(*process)) return "3mf";
  if (process->input_kind == "cut_list" && has_sheets(desk)) return "panel-plan";  // what a saw is worked by
  return process->input_kind == "profile" && has_sheets(desk) ? "dxf" : "step";
}

bool offered(const Desk& desk, const Format& format) { return format.write || (format.write_flat && has_sheets(desk)); }

/// What tells a format from others for the same purpose: "STL", "CSV".
std::string short_name(const Format& format) {
  if (!format.lists) return std::string(format.title);
  std::string name(format.extensions.front().substr(1));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
  return name;
}

}  // namespace

void ExportDialog::open(Desk& desk) {
  if (std::exchange(chosen_in_, desk.opened) != desk.opened) chosen_format_.clear();
  choice_.format = chosen_format_.empty() ? usual_format(desk) : chosen_format_;
  choice_.folder = desk.settings.export_folder.empty() ? usual_folder() : fs::path(desk.settings.export_folder);
  if (desk.settings.export_folder.empty() && !desk.now.path.empty()) choice_.folder = desk.now.path.parent_path();
  for (const Fineness& one : finenesses())
    if (one.id == desk.settings.fineness) choice_.deflection = one.deflection;
  const std::string& name = desk.now.document.name.empty() ? desk.now.about.name : desk.now.document.name;
  choice_.stem = file_stem(name);
  if (desk.now.document.variant)
    choice_.stem += "-" + file_stem(desk.now.document.variants[*desk.now.document.variant].name);
  choice_.part.clear();
  choice_.force = replace_ = false;
  folder_ = choice_.folder.string();
  stem_ = choice_.stem;
  design_ = desk.session->build_request();
  written_.clear();
  problem_.clear();
  asked_ = true;
}

void ExportDialog::draw(Desk& desk, Gui& gui, FileDialog& files) {
  if (asked_) ImGui::OpenPopup(dialog_name);
  open_ = open_ || asked_;
  asked_ = false;
  if (!open_ || files.open()) return;  // the question for a folder stands in its place
  if (!ImGui::IsPopupOpen(dialog_name)) ImGui::OpenPopup(dialog_name);
  if (!begin_dialog(gui, dialog_name, 620)) return;
  title(gui, written_.empty() ? "Export" : "Done");
  if (!written_.empty()) {
    draw_done(desk, gui);
  } else {
    {
      const DialogBody body(gui);
      draw_what(desk, gui);
      draw_fineness(gui);
      draw_where(desk, gui, files);
    }
    if (desk.catalog() && desk.now.model)
      choice_.check_for = judged_for(choice_.format, desk.now.model->process, desk.now.about, *desk.catalog());
    desk.exporter->prepare(design_, choice_);
    const Exporter::Plan plan = desk.exporter->plan();
    working_ = plan.busy;
    draw_plan(desk, gui, plan);
    draw_buttons(desk, gui, plan);
  }
  if (!open_ || files.open()) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void ExportDialog::draw_what(Desk& desk, Gui& gui) {
  if (desk.now.document.variant) muted(gui, "Variant: " + desk.now.document.variants[*desk.now.document.variant].name);
  draw_purpose(desk, gui);
  const Format& format = format_of(choice_.format);
  ImGui::Dummy({0, gui.px(2)});
  if (format.write) draw_pose(gui);
  const bool drawn = format.write_flat && !format.lists;
  if (drawn) flat_rows_.draw(desk, gui, desk.process(), flat_);
  choice_.flat = drawn ? flat_ : FlatOptions{};
  if (!format.lists && desk.now.model && desk.now.model->parts.size() > 1) draw_division(desk, gui);
}

void ExportDialog::draw_pose(Gui& gui) {
  label(gui, "How it lies", gui.px(label_units));
  const Pose pose = choice_.pose.value_or(format_of(choice_.format).default_pose);
  if (radio(gui, "As it is made, on the bed", pose == Pose::made)) choice_.pose = Pose::made;
  ImGui::SameLine();
  if (radio(gui, "Assembled", pose == Pose::assembled)) choice_.pose = Pose::assembled;
}

void ExportDialog::draw_purpose(Desk& desk, Gui& gui) {
  std::string_view purpose;
  for (const Format& format : formats())
    if (format.purpose != purpose && offered(desk, format)) {
      purpose = format.purpose;
      draw_formats(desk, gui, purpose);
    }
  // Any solid can be written for any purpose; what it was worked out for is another matter.
  const Format& chosen = format_of(choice_.format);
  const Process* process = desk.process();
  const bool meant = chosen.purpose == format_of(usual_format(desk)).purpose || chosen.lists ||
                     (process && chosen.write_flat && !prints(*process));
  if (process && !meant)
    paragraph(gui, "Clearances and checks stay those of " + process->name + ".", &gui.colours.warning);
}

void ExportDialog::draw_formats(Desk& desk, Gui& gui, std::string_view purpose) {
  label(gui, purpose, gui.px(label_units));
  for (const Format& format : formats()) {
    if (format.purpose != purpose || !offered(desk, format)) continue;
    const std::string name = short_name(format);
    if (radio(gui, (name + "##format").c_str(), choice_.format == format.id,
              fmt::format("{}\n{}", sentence(std::string(format.advice)), format.note).c_str(),
              fmt::format("{}: {}", purpose, name))) {
      choice_.format = chosen_format_ = format.id;
      choice_.pose.reset();
      choice_.part.clear();
    }
    ImGui::SameLine(0, gui.px(14));
  }
  const Format& chosen = format_of(choice_.format);
  ImGui::AlignTextToFramePadding();
  muted(gui, chosen.purpose == purpose ? fitted(chosen.advice, ImGui::GetContentRegionAvail().x) : "");
}

void ExportDialog::draw_division(Desk& desk, Gui& gui) {
  label(gui, "Files", gui.px(label_units));
  if (radio(gui, "All in one file", !choice_.per_part && choice_.part.empty())) {
    choice_.per_part = false;
    choice_.part.clear();
  }
  ImGui::SameLine();
  if (radio(gui, "A file for each part", choice_.per_part && choice_.part.empty())) {
    choice_.per_part = true;
    choice_.part.clear();
  }
  ImGui::SameLine();
  const auto takes = [&](const ResponsePart& part) { return format_of(choice_.format).takes(part.sheet.has_value()); };
  const auto& parts = desk.now.model->parts;
  if (radio(gui, "One part", !choice_.part.empty()))
    if (const auto first = std::find_if(parts.begin(), parts.end(), takes); first != parts.end())
      choice_.part = first->built.name;
  if (choice_.part.empty()) return;
  label(gui, "Part", gui.px(label_units));
  ImGui::SetNextItemWidth(gui.px(230));
  const bool list = ImGui::BeginCombo("##which part", part_label(desk.now.model.get(), choice_.part).c_str());
  gui.probe.item("Which part", choice_.part);
  if (!list) return;
  for (const ResponsePart& part : parts)
    if (takes(part) && menu_line(gui, part_label(part).c_str(), part.built.name == choice_.part))
      choice_.part = part.built.name;
  ImGui::EndCombo();
}

void ExportDialog::draw_fineness(Gui& gui) {
  if (format_of(choice_.format).exact) return;
  label(gui, "How fine", gui.px(label_units));
  for (const Fineness& one : finenesses()) {
    const std::string title(one.title);
    if (radio(gui, title.c_str(), choice_.deflection == one.deflection,
              fmt::format("{}; within {} mm of the exact surface", one.note, one.deflection).c_str()))
      choice_.deflection = one.deflection;
    ImGui::SameLine();
  }
  ImGui::NewLine();
}

void ExportDialog::draw_where(Desk& desk, Gui& gui, FileDialog& files) {
  ImGui::Dummy({0, gui.px(2)});
  const float labels = gui.px(label_units);
  label(gui, "Folder", labels);
  if (entry(gui, "Export folder", folder_, "Folder", ImGui::GetContentRegionAvail().x - gui.px(110)))
    choice_.folder = folder_;
  ImGui::SameLine();
  if (button(gui, "Choose\u2026", ButtonStyle::plain, nullptr, "Choose export folder"))
    files.ask({FileQuestion::Kind::folder, "Where to export to", "", {}, choice_.folder},
              [this, &desk](const fs::path& folder) {
                choice_.folder = folder;
                folder_ = folder.string();
                desk.settings.export_folder = folder_;
              });
  label(gui, "Name", labels);
  if (entry(gui, "Export name", stem_, "Name") && !stem_.empty()) choice_.stem = stem_;
}

void ExportDialog::draw_plan(Desk& desk, Gui& gui, const Exporter::Plan& plan) {
  ImGui::Dummy({0, gui.px(4)});
  if (plan.error) {
    notice(gui, "export error", icon::warning, gui.colours.danger_ground, gui.colours.danger,
           desk.told(plan.error->message), [&] {
             const std::string advice = proven_advice(desk, *plan.error);
             if (!advice.empty()) paragraph(gui, desk.told(advice));
             if (plan.blocked) checkbox(gui, "Write it all the same", choice_.force);
           });
    return;
  }
  if (plan.blocked) checkbox(gui, "Write it although a check says it cannot be made", choice_.force);
  // As much room before the files are known as after, so that the buttons below stay where they are.
  const bool several = choice_.per_part && choice_.part.empty() && desk.now.model;
  const std::size_t files = plan.ready ? plan.files.size() : several ? desk.now.model->parts.size() : 1;
  const float top = ImGui::GetCursorPosY();
  if (plan.ready)
    draw_files(gui, plan);
  else
    draw_progress(gui, plan);
  const auto lines = static_cast<float>(1 + std::min(files, most_files_named + 1));
  const float below = top + lines * ImGui::GetTextLineHeightWithSpacing();
  if (ImGui::GetCursorPosY() < below) ImGui::SetCursorPosY(below);
}

void ExportDialog::draw_progress(Gui& gui, const Exporter::Plan& plan) {
  ImGui::ProgressBar(static_cast<float>(plan.share), {-1, gui.px(20)},
                     plan.stage.empty() ? "Working it out\u2026" : plan.stage.c_str());
  gui.probe.item("Export progress", plan.stage);
}

void ExportDialog::draw_files(Gui& gui, const Exporter::Plan& plan) {
  std::size_t bytes = 0;
  for (const PlannedFile& file : plan.files) bytes += file.bytes;
  const bool exact = format_of(choice_.format).exact;
  const std::string sum =
      fmt::format("{} file{}, {}{}", plan.files.size(), plan.files.size() == 1 ? "" : "s", bytes_text(bytes),
                  format_of(choice_.format).write_flat ? ""
                  : exact                              ? ", exact surfaces"
                                                       : ", " + count_text(plan.triangles) + " triangles");
  text(gui, sum);
  gui.probe.item("Export size", sum);
  for (std::size_t i = 0; i < std::min(plan.files.size(), most_files_named); ++i) {
    const PlannedFile& file = plan.files[i];
    muted(gui,
          fmt::format("{}  {}{}", icon::file, file.path.filename().string(), file.exists ? "   is there already" : ""));
  }
  if (plan.files.size() > most_files_named)
    muted(gui, fmt::format("and {} more", plan.files.size() - most_files_named));
}

void ExportDialog::draw_buttons(Desk& desk, Gui& gui, const Exporter::Plan& plan) {
  if (!problem_.empty()) paragraph(gui, desk.told(problem_), &gui.colours.danger);
  const bool exists =
      std::any_of(plan.files.begin(), plan.files.end(), [](const PlannedFile& file) { return file.exists; });
  if (replace_ && exists) paragraph(gui, "Files of these names are there already. Replace them?", &gui.colours.warning);
  ImGui::BeginDisabled(!plan.ready || plan.error.has_value());
  if (default_button(gui, replace_ && exists ? "Replace" : "Write", "Write files", {gui.px(130), 0})) {
    if (exists && !replace_)
      replace_ = true;
    else
      write(desk);
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (button(gui, "Cancel", ButtonStyle::plain, nullptr, "Cancel export", {gui.px(110), 0}) || escape_pressed(gui))
    close(desk);
}

void ExportDialog::write(Desk& desk) {
  auto files = desk.exporter->write(replace_);
  problem_.clear();
  if (!files) {
    problem_ = files.error().message;
    return;
  }
  written_ = std::move(*files);
  desk.settings.export_folder = choice_.folder.string();
  for (const Fineness& one : finenesses())
    if (one.deflection == choice_.deflection) desk.settings.fineness = one.id;
}

void ExportDialog::draw_done(Desk& desk, Gui& gui) {
  for (std::size_t i = 0; i < std::min<std::size_t>(written_.size(), 8); ++i)
    paragraph(gui, fmt::format("{}  {}", icon::check, written_[i].string()));
  gui.probe.item("Written", written_.front().string());
  ImGui::Dummy({0, gui.px(6)});
  const auto opened = [&](const fs::path& path) {
    if (const auto done = open_with_system(path); !done) desk.complain(done.error());
  };
  if (button(
          gui,
          fmt::format("{}  {}", icon::external, format_of(choice_.format).exact ? "Open it" : "Open in slicer").c_str(),
          ButtonStyle::plain, "With the program that this system has chosen for such files", "Open in slicer"))
    opened(written_.front());
  ImGui::SameLine();
  if (button(gui, fmt::format("{}  Open folder", icon::folder_open).c_str(), ButtonStyle::plain, nullptr,
             "Open folder"))
    opened(choice_.folder);
  ImGui::SameLine();
  if (button(gui, "Export another", ButtonStyle::plain, "In another format, or of another part")) written_.clear();
  ImGui::SameLine();
  if (default_button(gui, "Close", "Close export", {gui.px(110), 0}) || escape_pressed(gui)) close(desk);
}

void ExportDialog::close(Desk& desk) {
  open_ = false;
  desk.exporter->cancel();
}

}  // namespace fitwright::desktop
