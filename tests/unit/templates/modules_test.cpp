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
    {"failing",
     "return { go=function()\n  error('no boards left')\nend,\noperate=function() local b = box(1, 2, "
     "-3) return b end,\nindex=function() local n local m = n.x end,\nblame=function() error('no', 2) end }"},
    {"guarded", "return strict({board=function() return box(1, 2, 3) end}, 'guarded')"},
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

TEST_CASE("errors in a module name the template's line, and the module's behind it") {
  CHECK(refused_with("return require 'broken'").source == SourceLocation{"t/template.lua:2, in broken.lua", 3});
  const Error failing = refused_with("local m = require 'failing'\nm.go()");
  CHECK(failing.source == SourceLocation{"t/template.lua:3, in failing.lua", 2});
  CHECK(failing.message == "no boards left");
  // What an operation says of its arguments, and Lua itself; and no place in front of a message is made up.
  CHECK(refused_with("local m = require 'failing'\nm.operate()").source ==
        SourceLocation{"t/template.lua:3, in failing.lua", 4});
  CHECK(refused_with("local m = require 'failing'\nm.index()").source ==
        SourceLocation{"t/template.lua:3, in failing.lua", 5});
  // A module may speak of its caller, as everywhere in Lua.
  CHECK(refused_with("local m = require 'failing'\nm.blame()").source == SourceLocation{"t/template.lua", 3});
}

TEST_CASE("shapes of a module are told with the template's line that asked for them") {
  const auto done = run_with("local b = require 'boards'\nlocal a = b.board()\nreturn {parts={{name='a', solid=a}}}");
  REQUIRE(done);
  const Part& part = done->product.parts[0];
  CHECK(locate(done->product, part, part.solid->hash()) == SourceLocation{"t/template.lua:3, in boards.lua", 2});
}

TEST_CASE("a strict table names the nearest of its members, whether a module's or Lua's") {
  const Error misspelt = refused_with("return require('guarded').bord()");
  CHECK(mentions(misspelt.message, "no member of guarded \"bord\""));
  CHECK(mentions(misspelt.suggestion, "board"));
  CHECK(run_with("local g = require 'guarded' return {parts={{name='a', solid=g.board()}}}"));
  const Error random = refused_with("return math.random(3)");
  CHECK(random.message == "math.random is not available to templates");
  CHECK(mentions(refused_with("return math.flor(3)").suggestion, "floor"));
  CHECK(mentions(refused_with("return ('x'):uper()").suggestion, "upper"));
}
