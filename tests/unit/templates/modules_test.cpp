// require over named, versioned modules.
#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const std::map<std::string, std::string> modules{
    {"boards", "local M = {version='1.2.3'}\nfunction M.board() return box(1, 2, 3) end\nreturn M"},
    {"counter", "count = (count or 0) + 1"},
    {"once", "local M = {n=0}\nprint('loaded')\nreturn M"},
    {"ring", "return require('gnir')"},
    {"gnir", "return require('ring')"},
    {"broken", "local x =\n\nreturn }"},
    {"failing", "return { go=function()\n  error('no boards left')\nend }"},
    {"bytes", "\x1bLua"},
    {"number", "return 3"},
    {"bare", "return {}"},
    {"self", "return require('self')"},
};

Result<ScriptRun> run_with(std::string_view body) { return script(with_build(body), modules).run({}, environment()); }

Error refused_with(std::string_view body) {
  const auto done = run_with(body);
  INFO(body);
  REQUIRE_FALSE(done);
  CHECK(done.error().kind == ErrorKind::script);
  return done.error();
}

}  // namespace

TEST_CASE("a module is loaded once, and seen among those used") {
  const auto done = run_with(
      "local a, b = require 'once', require 'once' a.n = 4 print(b.n) return {parts={{name='a', "
      "solid=require('boards').board()}}}");
  REQUIRE(done);
  CHECK(done->log == std::vector<std::string>{"loaded", "4"});
  CHECK(done->modules == std::vector<std::string>{"once", "boards"});
}

TEST_CASE("versions asked for are held") {
  for (const char* version : {"1", "1.2", "1.2.3"})
    CHECK(run_with("return {parts={{name='a', solid=require('boards@" + std::string(version) + "').board()}}}"));
  for (const char* version : {"2", "1.3", "1.2.30", "1.2.3.4", "1."})
    CHECK(mentions(refused_with("return require('boards@" + std::string(version) + "')").message, "1.2.3"));
  CHECK(mentions(refused_with("return require 'bare@1'").message, "version"));
}

TEST_CASE("modules that cannot be used are named") {
  const Error unknown = refused_with("return require 'bords'");
  CHECK(mentions(unknown.message, "bords"));
  CHECK(mentions(unknown.suggestion, "boards"));
  for (const char* name : {"os", "io", "../boards", "/etc/passwd", "", "boards.lua", "package"})
    CHECK(mentions(refused_with("return require '" + std::string(name) + "'").message, "no module"));
  CHECK(mentions(refused_with("return require 'ring'").message, "requires itself"));
  CHECK(mentions(refused_with("return require 'self'").message, "requires itself"));
  CHECK(mentions(refused_with("return require 'bytes'").message, "compiled"));
  CHECK(mentions(refused_with("return require 'number'").message, "table"));
  CHECK(mentions(refused_with("return require(3)").message, "no module"));
  CHECK(mentions(refused_with("return require({})").message, "string expected"));
}

TEST_CASE("errors in a module name the module's line") {
  CHECK(refused_with("return require 'broken'").source == SourceLocation{"broken.lua", 3});
  const Error failing = refused_with("require('failing').go()");
  CHECK(failing.source == SourceLocation{"failing.lua", 2});
  CHECK(failing.message == "no boards left");
}
