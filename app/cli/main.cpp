// fitwright: the command line.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <functional>
#include <system_error>

#include "app/cli/command.hpp"
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

void subject(CLI::App& app, Options& options, const char* help) {
  app.add_option("subject", options.subject, help)->required();
}

void json(CLI::App& app, Options& options) { app.add_flag("--json", options.json, "Print JSON"); }

void design(CLI::App& app, Options& options) {
  app.add_option("--preset", options.preset, "Start from a preset of the template");
  app.add_option("--set", options.settings, "Set a parameter: NAME=VALUE, e.g. width=31.5in")->allow_extra_args(false);
  app.add_option("--process", options.process, "Way of making it (see: fitwright processes)");
  app.add_option("--material", options.material, "Material (see: fitwright materials)");
  app.add_option("--deflection", options.deflection,
                 "Largest distance of the mesh from the exact surface, 0.1 mm if not given");
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
         app.add_option("--pose", options.pose, "made (on the bed) or assembled; each format has its own usual one");
         app.add_flag("--per-part", options.per_part, "One file for each part: NAME-part.ext");
         app.add_flag("--force", options.force, "Write files in spite of a blocking finding");
         json(app, options);
       }},
      {"check", "Check a design or a model file", cli::check,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template, design, or an STL, STEP or 3MF file");
         design(app, options);
         json(app, options);
       }},
      {"formats", "List the file formats", cli::formats, only_json},
      {"processes", "List the ways of making with their limits", cli::processes, only_json},
      {"materials", "List the materials", cli::materials, only_json},
      {"services", "List companies that make parts to order", cli::services, only_json},
      {"new", "Start a template in a new folder", cli::create,
       [](CLI::App& app, Options& options) { subject(app, options, "Folder to make"); }},
      {"test", "Build a template's presets and samples of its ranges", cli::test,
       [](CLI::App& app, Options& options) {
         subject(app, options, "Template id, template.lua or its folder");
         app.add_option("--count", options.count, "Random settings to build")->check(CLI::Range(0, 100000));
         app.add_option("--seed", options.seed, "Another seed gives other random settings");
         app.add_option("--process", options.process, "Way of making it");
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

/// The word on the command line that was meant as a command, if it is near one.
Error unknown_command(const std::vector<Command>& all, const CLI::ParseError& parse, int argc, char** argv) {
  std::vector<std::string> names;
  for (const Command& command : all) names.emplace_back(command.name);
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] == '-') continue;
    if (std::find(names.begin(), names.end(), argv[i]) != names.end()) break;
    Error error = usage(fmt::format("there is no command \"{}\"", argv[i]));
    if (const std::string near = nearest_name(argv[i], names); !near.empty())
      error.suggestion = fmt::format("fitwright {}", near);
    return error;
  }
  return usage(parse.what());
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
    return refuse(unknown_command(all, parse, argc, argv));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!parsers[i]->parsed()) continue;
    cli::Notes notes;
    const Outcome outcome = all[i].run(options, notes);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      return refuse(make_error(ErrorKind::file, "the output cannot be written"));
    const int status = outcome ? *outcome : refuse(outcome.error());
    for (const std::string& note : notes) fmt::print(stderr, "{}\n", note);
    return status;
  }
  return refuse(usage("no command was given"));
}

}  // namespace

int main(int argc, char** argv) {
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
