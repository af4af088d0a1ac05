// The shipped products, ready to be built again and again with other values.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/engine/environment.hpp"
#include "geometry/kernel/kernel.hpp"
#include "templates/runtime/runtime.hpp"

namespace fitwright::bench {

/// A product's script with the environment of its first process.
struct Workpiece {
  TemplateScript script;
  Template about;
  BuildEnvironment environment;
};

/// All shipped products, or the one named. Errors: file, script.
Result<std::vector<Workpiece>> workpieces(const std::string& only = {});

/// Percentile (0 to 100) by nearest rank; the values need not be sorted.
double percentile(std::vector<double> values, double percent);

double ms_since(std::chrono::steady_clock::time_point start);

/// Exit status of a benchmark that ended so; an error is printed.
int exit_status_of(const Result<void>& done);

/// `bench slider`: moves every parameter of the products and prints a line for each. Returns an exit status.
int run_slider(const std::vector<std::string>& arguments);

/// `bench peers [--out FOLDER] [--runs N]`: rebuilds the models that other tools build too. Returns an exit status.
int run_peers(const std::vector<std::string>& arguments);

/// `bench boundary`: what it costs to have an answer from another process. Returns an exit status.
int run_boundary();

/// `bench checks`: what it costs to measure meshes of 50 000 triangles. Returns an exit status.
int run_checks_bench();

/// `bench estimate`: how long after an edit its price is known, over all products. Returns an exit status.
int run_estimates();

/// `bench nest`: seeded pieces laid on sheets, beside rows of bounding boxes. Returns an exit status.
int run_nest_bench();

/// `bench print FILE...`: what a printer lays down for each STL file, and the estimate, a JSON line each.
int run_print_bench(const std::vector<std::string>& files);

}  // namespace fitwright::bench
