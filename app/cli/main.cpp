// fitwright: the command line.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <system_error>

#include "app/cli/command.hpp"
#include "app/engine/programs.hpp"
#include "geometry/core/text.hpp"

namespace {

using namespace fitwright;
using cli::Options;
using cli::Outcome;

struct Command {
  const char* name;
  const char* summary;
  Outcome (*run)(const Options&, cli::Notes&);
  std::function<void(CLI::App&, Options&)> declare;
};

/// An option's value that must be more than nothing: "--process ''" is a slip, not a wish.
CLI::Validator something() {
  return {[](std::string& text) { return text.empty() ? std::string("it must not be empty") : std::string(); }, ""};
}

CLI::Validator whole_number(std::uint64_t most) {
  return {[most](std::string& text) {
            std::uint64_t value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error == std::errc{} && end == text.data() + text.size() && value <= most) return std::string();
            return fmt::format("\"{}\" is not a whole number from 0 to {}", text, most);
          },
          ""};
}

void subject(CLI::App& app, Options& options, const char* help) {
  app.add_option("subject", options.subject, help)->required();
}

void isolated(CLI::App& app, Options& options) {
  app.add_flag("--isolated", options.isolated,
               "Build in a process of its own, as is always done for what does not ship with Fitwright");
}

void json(CLI::App& app, Options& options) { app.add_flag("--json", options.json, "Print JSON"); }

void design(CLI::App& app, Options& options) {
  app.add_option("--preset", options.preset, "Start from a preset of the template")->check(something());
  app.add_option("--set", options.settings, "Set a parameter: NAME=VALUE, e.g. width=31.5in; the last one counts")
      ->allow_extra_args(false);
  app.add_option("--process", options.process,
                 "Way of making it, or a machine of yours (see: fitwright processes, fitwright machines)")
      ->check(something());
  app.add_option("--material", options.material, "Material (see: fitwright materials)")->check(something());
  app.add_option("--deflection", options.deflection,
                 "Largest distance of the mesh from the exact surface, 0.001 to 10 mm; 0.1 mm if not given")
      ->check(something());
}

/// The sheets and beds on which parts are laid together.
void layout_sizes(CLI::App& app, Options& options) {
  app.add_option("--sheet", options.sheet, "Size of sheet, board or bed, e.g. 2500x1250; as sold if not given")
      ->check(something());
  app.add_option("--margin", options.margin, "What stays free along the edges of a sheet, board or bed")
      ->check(something());
  app.add_option("--spacing", options.spacing, "What stays free between parts on a sheet or bed")->check(something());
  app.add_option("--saw-kerf", options.saw_kerf, "Panel plan: width of the saw's blade")->check(something());
  app.add_option("--grain", options.grain,
                 "Sheets and boards: along the grain runs what the template says of each part (part, the usual), the "
                 "longer side of every part (long), or whatever fits (any)")
      ->check(something());
  app.add_option("--seed", options.seed, "Another seed may find another layout")
      ->check(whole_number(std::numeric_limits<std::uint64_t>::max()));
}

void layout(CLI::App& app, Options& options) {
  app.add_flag("--per-sheet", options.per_sheet, "DXF, SVG: parts laid on sheets, one file for each: NAME-sheet.ext");
  app.add_flag("--per-plate", options.per_plate, "3MF, STL: parts laid on print beds, one file for each");
  layout_sizes(app, options);
}

std::vector<Command> commands() {
  const auto only_json = [](CLI::App& app, Options& options) { json(app, options); };
  return {
      {"list", "List the templates that ship", cli::list, only_json},
      {"show", "Show a template: parameters, rules, presets", cli::show,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua, its folder, or a .fitwright design");
         json(app, options);
       }},
      {"make", "Build, check and write a design", cli::make,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua, its folder, or a .fitwright design");
         design(app, options);
         app.add_option("-o,--output", options.outputs,
                        "File to write; the extension picks the format; may be repeated")
             ->allow_extra_args(false);
         app.add_option("--pose", options.pose, "made (on the bed) or assembled; each format has its own usual one")
             ->check(something());
         app.add_flag("--per-part", options.per_part, "One file for each part: NAME-part.ext");
         app.add_option("--kerf", options.kerf,
                        "DXF, SVG: width of the cut, or auto for the machine's; paths keep half from the part")
             ->check(something());
         app.add_option("--relief", options.relief, "DXF, SVG: dogbone or tbone at sharp inside corners; needs --bit")
             ->check(something());
         app.add_option("--bit", options.bit, "DXF, SVG: diameter of the bit that the relief is for")
             ->check(something());
         app.add_option("--tabs", options.tabs, "DXF, SVG: width of bridges that hold parts in the sheet")
             ->check(something());
         app.add_option("--profile", options.profile, "DXF, SVG: colours as a laser service wants them")
             ->check(something());
         app.add_flag("--labels", options.labels, "DXF, SVG: write each part's name on it, on a layer of its own");
         layout(app, options);
         app.add_flag("--force", options.force, "Write files in spite of a blocking finding");
         isolated(app, options);
         json(app, options);
       }},
      {"check", "Check a design or a model file", cli::check,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template, design, or an STL, STEP or 3MF file");
         design(app, options);
         app.add_option("-o,--output", options.outputs, "Report to write: an HTML page with pictures")
             ->allow_extra_args(false);
         isolated(app, options);
         json(app, options);
       }},
      {"quote", "Estimate what a design takes and costs, by every process, material and service", cli::quote,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua, its folder, or a .fitwright design");
         design(app, options);
         isolated(app, options);
         json(app, options);
       }},
      {"pack", "Write an order package for a service, or for a machine of your own", cli::pack,
       [](CLI::App& app, Options& options) {
         app.add_option("subject", options.subject, "Template, design, or an STL, STEP or 3MF file");
         design(app, options);
         app.add_option("--service", options.service, "Whom it is for; without it they are listed with their rules")
             ->check(something());
         app.add_option("-o,--output", options.outputs, "ZIP file to write; without it only the preflight is done")
             ->allow_extra_args(false);
         app.add_flag("--per-sheet", options.per_sheet, "Parts laid together on sheets, where the service takes that");
         app.add_option("--kerf", options.kerf,
                        "DXF, SVG: width of the cut; paths keep half of it from the part; auto, also without this, on "
                        "a laser of one's own")
             ->check(something());
         app.add_option(
                "--relief", options.relief,
                "DXF, SVG: dogbone or tbone at sharp inside corners, with --bit; or none. Without this, dogbones "
                "where a router's parts meet")
             ->check(something());
         app.add_option("--bit", options.bit, "DXF, SVG: diameter of the bit that the relief is for")
             ->check(something());
         layout_sizes(app, options);
         isolated(app, options);
         json(app, options);
       }},
      {"render", "Draw a picture of a design", cli::render,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua, its folder, or a .fitwright design");
         design(app, options);
         app.add_option("-o,--output", options.outputs, "PNG file to write")->allow_extra_args(false);
         app.add_option("--size", options.size, "Width and height in pixels, 16x16 to 8192x8192; 1200x900 if not given")
             ->check(something());
         app.add_option("--view", options.view, "iso, front, back, left, right, top or bottom; iso if not given")
             ->check(something());
         app.add_option("--pose", options.pose, "made (on the bed) or assembled; assembled if not given")
             ->check(something());
         app.add_flag("--orthographic", options.orthographic, "Without perspective");
         app.add_flag("--transparent", options.transparent, "No background");
         isolated(app, options);
       }},
      {"formats", "List the file formats", cli::formats, only_json},
      {"processes", "List the ways of making with their limits", cli::processes, only_json},
      {"materials", "List the materials", cli::materials, only_json},
      {"services", "List companies that make parts to order", cli::services, only_json},
      {"machines", "List your own machines; add, set or remove one", cli::machines,
       [](CLI::App& app, Options& options) {
         app.add_option("what", options.words, "Nothing to list them; add ID, set ID or remove ID, then KEY=VALUE ...");
         json(app, options);
       }},
      {"new", "Start a template in a new folder", cli::create,
       [](CLI::App& app, Options& options) { subject(app, options, "Folder to make"); }},
      {"test", "Build a template's presets and samples of its ranges", cli::test,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua or its folder");
         app.add_option("--count", options.count, "Random settings to build")->check(whole_number(100'000));
         app.add_option("--seed", options.seed, "Another seed gives other random settings")
             ->check(whole_number(std::numeric_limits<std::uint64_t>::max()));
         app.add_option("--process", options.process, "Way of making it")->check(something());
       }},
      {"app", "Open the desktop app; so does fitwright alone, on a desktop", cli::app,
       [](CLI::App& app, Options& options) {
         app.add_option("subject", options.subject, "Template id, template.lua, its folder, or a .fitwright design")
             ->check(something());
       }},
  };
}

/// Prints an error the way scripts expect it: the first line begins with "error:".
int refuse(const Error& error) {
  fmt::print(stderr, "error: {}\n", describe(error));
  return exit_status(error.kind);
}

Error usage(std::string message) {
  Error error;
  error.kind = ErrorKind::usage;
  error.message = std::move(message);
  error.suggestion = "fitwright --help lists the commands, fitwright COMMAND --help its options";
  return error;
}

/// What is wrong with the options of one command, in our words.
Error wrong_option(const Command& command, const CLI::App& parser, const CLI::ParseError& parse) {
  const std::string what = parse.what();
  Error error = usage(fmt::format("fitwright {}: {}", command.name, what));
  error.suggestion = fmt::format("fitwright {} --help lists its options", command.name);
  const std::vector<std::string> extra = parser.remaining(true);
  if (!extra.empty()) {
    const std::string& word = extra.front();
    if (word[0] != '-') {
      error.message = fmt::format("fitwright {} has no use for \"{}\"", command.name, word);
      return error;
    }
    std::vector<std::string> names;
    for (const CLI::Option* option : parser.get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::string name = word.substr(0, word.find('='));
    error.message = fmt::format("fitwright {} has no option {}", command.name, name);
    if (const std::string near = nearest_name(name, names); !near.empty())
      error.suggestion = fmt::format("did you mean {}?", near);
  } else if (dynamic_cast<const CLI::RequiredError*>(&parse)) {
    error.message = fmt::format("fitwright {} needs to be told what for: {}", command.name,
                                parser.get_option("subject")->get_description());
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&parse)) {
    error.message = fmt::format("fitwright {}: {} takes one value", command.name, what.substr(0, what.find(':')));
  }
  return error;
}

Error wrong_command_line(const std::vector<Command>& all, const std::vector<CLI::App*>& parsers,
                         const CLI::ParseError& parse, int argc, char** argv) {
  std::vector<std::string> names;
  for (const Command& command : all) names.emplace_back(command.name);
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] == '-') continue;
    const auto known = std::find(names.begin(), names.end(), argv[i]);
    if (known != names.end()) {
      const std::size_t which = static_cast<std::size_t>(known - names.begin());
      return wrong_option(all[which], *parsers[which], parse);
    }
    Error error = usage(fmt::format("there is no command \"{}\"", argv[i]));
    if (const std::string near = nearest_name(argv[i], names); !near.empty())
      error.suggestion = fmt::format("fitwright {}", near);
    return error;
  }
  return usage(parse.what());
}

/// Runs a command, prints what is to be said after it, and gives the exit status.
int answer(Outcome (*command)(const Options&, cli::Notes&), const Options& options) {
  cli::Notes notes;
  const Outcome outcome = command(options, notes);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    return refuse(make_error(ErrorKind::file, "the output cannot be written"));
  const int status = outcome ? *outcome : refuse(outcome.error());
  for (const std::string& note : notes) fmt::print(stderr, "{}\n", note);
  return status;
}

int run(int argc, char** argv) {
  CLI::App app("Fitwright makes products in your size: from a template to files you can print, cut or mill.",
               "fitwright");
  app.set_version_flag("--version", "fitwright " FITWRIGHT_VERSION);
  app.require_subcommand(0, 1);
  Options options;
  const std::vector<Command> all = commands();
  std::vector<CLI::App*> parsers;
  for (const Command& command : all) {
    parsers.push_back(app.add_subcommand(command.name, command.summary));
    command.declare(*parsers.back(), options);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& parse) {
    return refuse(wrong_command_line(all, parsers, parse, argc, argv));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    if (parsers[i]->parsed()) return answer(all[i].run, options);
  return has_display() ? answer(cli::app, options) : refuse(usage("no command was given"));
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file above the allowed size is an error of ours to tell, not a death
  try {
    return run(argc, argv);
  } catch (const std::system_error& e) {  // what fmt::print throws on a full disk or a closed pipe
    fmt::print(stderr, "error: the output cannot be written ({})\n", e.code().message());
    return 1;
  } catch (const std::exception& e) {
    fmt::print(stderr, "error: Fitwright failed: {}; please report this with the command line.\n", e.what());
    return 4;
  }
}
