// The commands of the window, a row each.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "app/desktop/shell.hpp"

namespace fitwright::desktop {
namespace fs = std::filesystem;

void Shell::add_document_commands() {
  const auto working = [this] { return desk_.screen == Screen::workbench; };
  const auto known = [this] {
    return desk_.screen == Screen::workbench && !desk_.now.document.package->template_id.empty();
  };
  commands_.add({"library", icon::home, "Library", GLFW_KEY_HOME, true, false, "Ctrl+Home", working,
                 [this] { desk_.when_saved([this] { desk_.show_library(); }); }});
  commands_.add({"open", icon::folder_open, "Open a design\u2026", GLFW_KEY_O, true, false, "Ctrl+O", {}, [this] {
                   files_.ask({FileQuestion::Kind::open, "Open a design", "Designs", {".fitwright"}, {}},
                              [this](const fs::path& path) { desk_.open(path.string()); });
                 }});
  commands_.add({"save", icon::save, "Save", GLFW_KEY_S, true, false, "Ctrl+S", known, [this] {
                   if (desk_.now.path.empty())
                     ask_save_name({});
                   else
                     desk_.save();
                 }});
  commands_.add(
      {"save as", "", "Save as\u2026", GLFW_KEY_S, true, true, "Ctrl+Shift+S", known, [this] { ask_save_name({}); }});
  commands_.add({"export", icon::download, "Export\u2026", GLFW_KEY_E, true, false, "Ctrl+E",
                 [this] { return desk_.screen == Screen::workbench && desk_.now.model && !desk_.now.error; },
                 [this] { export_.open(desk_); }});
  commands_.add({"make it", icon::wrench, "Make it\u2026", GLFW_KEY_M, true, false, "Ctrl+M",
                 [this] { return desk_.screen == Screen::workbench && desk_.now.model && !desk_.now.error; },
                 [this] { make_it_.ask(); }});
  commands_.add({"-1", "", "", 0, false, false, "", {}, [] {}});
  commands_.add({"undo", icon::undo, "Undo", GLFW_KEY_Z, true, false, "Ctrl+Z",
                 [this] { return desk_.screen == Screen::workbench && desk_.now.can_undo; },
                 [this] { desk_.edit([](Document& document) { document.undo(); }); }, true, true});
  const auto redo = [this] { desk_.edit([](Document& document) { document.redo(); }); };
  const auto can_redo = [this] { return desk_.screen == Screen::workbench && desk_.now.can_redo; };
  commands_.add({"redo", icon::redo, "Redo", GLFW_KEY_Y, true, false, "Ctrl+Y", can_redo, redo, true, true});
  commands_.add({"copy command", icon::terminal, "Copy settings as a command", GLFW_KEY_C, true, true, "Ctrl+Shift+C",
                 working, [this] { copy_asked_ = true; }});
  commands_.add({"-2", "", "", 0, false, false, "", {}, [] {}});
}

void Shell::add_view_commands() {
  const auto working = [this] { return desk_.screen == Screen::workbench; };
  View& view = viewport_.view;
  Settings& settings = desk_.settings;
  commands_.add({"fit", icon::expand, "Show all", GLFW_KEY_F, false, false, "F", working, [this, &view] {
                   view.fit(viewport_.aspect());
                   flat_.fit();
                 }});
  commands_.add({"perspective", icon::cube, "Perspective", GLFW_KEY_P, false, false, "P", working,
                 [&settings] { settings.perspective = !settings.perspective; }});
  commands_.add({"edges", icon::pencil, "Edges", GLFW_KEY_E, false, false, "E", working,
                 [&settings] { settings.edges = !settings.edges; }});
  commands_.add({"dimensions", icon::dimensions, "Overall dimensions", GLFW_KEY_D, false, false, "D", working,
                 [&view] { view.dimensions = !view.dimensions; }});
  commands_.add({"section", icon::adjust, "Cut open", GLFW_KEY_X, false, false, "X", working,
                 [&view] { view.section.on = !view.section.on; }});
  commands_.add(
      {"measure", icon::arrows_h, "Measure between two points", GLFW_KEY_M, false, false, "M", working, [&view] {
         view.measuring = !view.measuring;
         view.measured.clear();
       }});
  commands_.add(
      {"colours", icon::tint, "Colour by thickness, overhang or draft", GLFW_KEY_C, false, false, "C", working, [this] {
         MapKind& kind = viewport_.colours.kind;
         kind = kind == MapKind::none ? MapKind::thickness : MapKind::none;
       }});
  commands_.add({"pose", icon::laid_out, "As it is made", GLFW_KEY_B, false, false, "B", working, [this, &view] {
                   view.pose = view.pose == Pose::made ? Pose::assembled : Pose::made;
                   view.explode = 0;
                   viewport_.look_at_all();
                 }});
  commands_.add({"flat", icon::scissors, "Flat parts and cut list", GLFW_KEY_L, false, false, "L", working,
                 [this] { flat_.toggle(); }});
  commands_.add({"screenshot", icon::camera, "Save a picture\u2026", GLFW_KEY_P, true, true, "Ctrl+Shift+P",
                 [this] { return desk_.screen == Screen::workbench && desk_.now.model; },
                 [this] {
                   dialogs_.open_picture([this](int factor) {
                     picture_factor_ = factor;
                     picture_asked_ = true;
                   });
                 }});
  const std::pair<int, StandardView> keys[] = {{GLFW_KEY_0, StandardView::iso},   {GLFW_KEY_1, StandardView::front},
                                               {GLFW_KEY_2, StandardView::back},  {GLFW_KEY_3, StandardView::left},
                                               {GLFW_KEY_4, StandardView::right}, {GLFW_KEY_5, StandardView::top},
                                               {GLFW_KEY_6, StandardView::bottom}};
  static constexpr const char* titles[] = {"View from the corner", "Front view", "Back view",  "Left view",
                                           "Right view",           "Top view",   "Bottom view"};
  static constexpr const char* digits[] = {"0", "1", "2", "3", "4", "5", "6"};
  for (std::size_t i = 0; i < std::size(keys); ++i)
    commands_.add({titles[i], "", titles[i], keys[i].first, false, false, digits[i], working,
                   [&view, way = keys[i].second] { view.look(way); }});
  commands_.add({"-3", "", "", 0, false, false, "", {}, [] {}});
}

void Shell::add_app_commands() {
  Settings& settings = desk_.settings;
  commands_.add({"theme", icon::moon, "Light or dark", 0, false, false, "", {}, [&settings] {
                   settings.theme = settings.theme == "dark" ? "light" : "dark";
                 }});
  commands_.add({"machines", "", "My machines\u2026", 0, false, false, "", {}, [this] { machines_.open(); }});
  commands_.add({"prices", "", "My prices\u2026", 0, false, false, "",
                 [this] { return desk_.screen == Screen::workbench && desk_.now.measured; },
                 [this] { prices_.ask(desk_); }});
  commands_.add({"settings", icon::cog, "Settings\u2026", GLFW_KEY_COMMA, true, false, "Ctrl+,", {}, [this] {
                   dialogs_.open_settings();
                 }});
  commands_.add({"about", icon::info, "About and diagnostics\u2026", GLFW_KEY_F1, false, false, "F1", {}, [this] {
                   dialogs_.open_about();
                 }});
  commands_.add({"quit", "", "Quit", GLFW_KEY_Q, true, false, "Ctrl+Q", {}, [this] { leave(); }});
}

}  // namespace fitwright::desktop
