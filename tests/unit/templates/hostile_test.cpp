// Templates that mean harm, or are badly broken: each ends soon, with a clear error and without effect.
#include <cstdint>
#include <ctime>
#include <filesystem>

#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

void check_script_error(const Error& error, std::string_view part) {
  INFO(describe(error));
  CHECK(error.kind == ErrorKind::script);
  CHECK(mentions(describe(error), part));
}

void ends(const std::string& body, std::string_view part) { check_script_error(build_refused(body), part); }

}  // namespace

TEST_CASE("loops without end") {
  ends("while true do end", "steps");
  ends("::again:: goto again", "steps");
  ends("repeat local x = 1 until false", "steps");
  ends("for i = 1, math.huge do end", "steps");
  ends("for i = 1, 1e18 do end", "steps");
  ends("local function f() return f() end return f()", "steps");
  ends("local t = setmetatable", "not available");
  check_script_error(refused("while true do end"), "steps");
  CHECK(build_refused("\n\nwhile true do end").source == SourceLocation{"t/template.lua", 4});
}

TEST_CASE("loops without end in predicates") {
  const std::string good = "return {parts={{name='a', solid=box(1,1,1)}}}";
  check_script_error(refused(with_build(good, "rules={{check=function(p) while true do end end, message='m'}},")),
                     "steps");
  const auto visible =
      script(
          with_build(
              good, "parameters={{'a', kind='toggle', default=true, visible_when=function(p) while true do end end}},"))
          .visible({});
  REQUIRE_FALSE(visible);
  check_script_error(visible.error(), "steps");
  // Load, rules and build share one budget: three times 0.9 million steps is too much.
  const std::string spend = " for i = 1, 900000 do end ";
  check_script_error(
      refused("local function s()" + spend + "end s() " +
              with_build("s() " + good, "rules={{check=function(p) s() return true end, message='m'}},")),
      "steps");
}

TEST_CASE("texts that grow without end") {
  ends("local s = 'x' while true do s = s .. s end", "1 MB");
  ends("return ('x'):rep(1e9)", "longer");
  ends("return ('x'):rep(1e18)", "longer");
  ends("return (''):rep(1e18)", "steps");
  ends("return (''):rep(1e18, '')", "steps");
  ends("return ('x'):rep(math.maxinteger, 'yy')", "longer");
  ends("return ('x'):rep(-1):rep(1e15)", "steps");
  ends("local t = {} for i = 1, 1e4 do t[i] = ('x'):rep(1000) end return table.concat(t)", "1 MB");
  ends("local s = ('x'):rep(1e6) for i = 1, 1e6 do local t = s .. i end", "MB");
  ends("return (('x'):rep(1e6)):gsub('x', ('y'):rep(1e5))", "MB");
  ends("return (('x'):rep(1e5)):gsub('.*', ('%0'):rep(1000))", "simpler");
  ends("return string.format(('%99.99f'):rep(1e4), table.unpack({}, 1, 1e4))", "number expected");
  ends("local s = ('x'):rep(1e6) return s:upper():lower():reverse() .. s", "1 MB");
  ends("local s = ('x'):rep(1e6) while true do s = s:reverse() end", "MB");
  ends("local s = ('a'):rep(1e6) local b = true for i = 1, 1e7 do b = b and (s .. '1' < s .. '2') end", "MB");
}

TEST_CASE("comparing long texts does not escape the clock") {
  ends("local s = ('a'):rep(1e6 - 1) local x, y = s .. 'x', s .. 'y' for i = 1, 1e9 do local b = x < y end",
       "the template takes");
  ends(
      "local s = ('a'):rep(1e6 - 1) local t = {} for i = 1, 20 do t[i] = s .. i % 10 end for i = 1, 1e9 do "
      "table.sort(t) end",
      "the template takes");
}

TEST_CASE("memory") {
  ends("local t = {} for i = 1, 1e9 do t[i] = i end", "template");
  ends("local t = {} for i = 1, 1e9 do t[i] = {} end", "template");
  ends("local t = {} for i = 1, 1e9 do t[i] = function() return t, i end end", "template");
  ends("local t = {} for i = 1, 1e9 do t['k' .. i] = i end", "template");
  ends("return table.unpack({}, 1, 1e8)", "steps");
  ends("return select('#', table.unpack({}, 1, 1e6))", "unpack");
  ends("while true do local t = table.pack(table.unpack({}, 1, 10000)) end", "template");
  ends("return ('x'):rep(1e6):byte(1, -1)", "slice");
}

TEST_CASE("catastrophic patterns") {
  ends("return (('a'):rep(30)):find('.-.-.-.-.-.-.-.-b')", "simpler");
  ends("return (('a'):rep(1e5)):match('.-b')", "simpler");
  ends("return (('a'):rep(100)):gsub('a?a?a?a?a?a?a?a?a?a?b', '')", "simpler");
  ends("for x in (('a'):rep(1e5)):gmatch('(.-)(.-)b') do end", "simpler");
  ends("return ('('):rep(1e5):find('%b()')", "simpler");
  ends("for i = 1, 1e6 do local x = (('a'):rep(100)):find('.-.-b') end", "steps");
  ends("return (('a'):rep(5e5)):find(('a'):rep(4e5) .. 'b', 1, true)", "simpler");
  ends("return ('x'):find(('('):rep(1000))", "too many captures");
  ends("return ('x'):find('[')", "missing");
  ends("return (('a'):rep(1000)):find(('a?'):rep(200) .. 'b')", "simpler");
  ends("return ('a'):find(('(a?'):rep(10))", "");
}

TEST_CASE("recursion without end") {
  ends("local function f() return 1 + f() end return f()", "nested too deeply");
  ends("local function f(a) return f(a) + f(a) end return f(1)", "nested too deeply");
  ends("local function f() return ('x'):gsub('x', f) end return f()", "nested too deeply");
  ends("local t = {1, 2} local function f(a, b) table.sort(t, f) return false end table.sort(t, f)",
       "nested too deeply");
  ends("local f = function(f) return (f(f)) end return f(f)", "nested too deeply");
  ends("return " + std::string(1000, '(') + "1" + std::string(1000, ')'), "nested too deeply");
  ends("return " + std::string(100'000, '{') + std::string(100'000, '}'), "nested too deeply");
  ends("return " + std::string(100'000, '-') + "1", "");
  std::string functions;
  for (int i = 0; i < 1000; ++i) functions += "return function() ";
  check_script_error(refused(functions), "");
}

TEST_CASE("graphs too deep or too large") {
  ends("local b = box(1, 1, 1) for i = 1, 1e6 do b = b:move(1) end return {parts={{name='a', solid=b}}}", "1000 deep");
  ends("local t = {} for i = 1, 1e6 do t[i] = box(i, 1, 1) end return {parts={{name='a', solid=union(t)}}}",
       "20000 shapes");
  ends("for i = 1, 1e6 do box(1, 1, 1) end", "20000 shapes");
  ends("local m = box(1,1,1):volume() for i = 1, 1e6 do m = m + 1 end", "1000 deep");
  ends("local t = {} for i = 1, 50000 do t[i] = {i, i} end for i = 1, 10000 do polygon(t) end", "steps");
  ends("local b = box(1,1,1) local t = {} for i = 1, 70000 do t[i] = b end return union(t)", "65535");
  // Sharing makes 2^900 paths out of 900 nodes; that is legal, and must not take 2^900 steps.
  const std::clock_t start = std::clock();
  CHECK(run(
      with_build("local b = box(1, 1, 1) for i = 1, 900 do b = union(b, b) end return {parts={{name='a', solid=b}}}")));
  CHECK(std::clock() - start < CLOCKS_PER_SEC);
}

TEST_CASE("tables nested in themselves or shared a million fold") {
  ends("local t = {} t[1] = t return polygon(t)", "nested");
  ends("local t = {} t.parts = t return t", "nested");
  ends("local t = {} for i = 1, 22 do t = {t, t, t, t} end return {parts=t}", "200000");
  ends("local s = ('x'):rep(1e6) local t = {} for i = 1, 1000 do t[i] = s end return {parts={}, warnings=t}", "4 MB");
  ends("local t = {} for i = 0, 60 do t[1 << i] = 1 end return polygon(t)", "template");
  ends("return {parts={[1e9]={}}}", "list");
}

TEST_CASE("ranges too large for the table functions") {
  ends("return table.move({}, 1, math.maxinteger - 1, 2)", "steps");
  ends("return table.move({1}, 1, 1e15, 2)", "steps");
  ends("return table.concat({}, '', 1, 1e15)", "steps");
  ends("return table.concat(setmetatable({}, {}))", "setmetatable");
  ends("return table.unpack({}, math.mininteger, math.maxinteger)", "steps");
  // Powers of two in a constructor: the length of this table is 2^62, to Lua.
  std::string powers = "local t = {";
  for (int i = 0; i < 63; ++i) powers += "[" + std::to_string(std::uint64_t{1} << i) + "]=1,";
  powers += "} ";
  ends(powers + "table.sort(t)", "million");
  ends(powers + "table.insert(t, 1, 1)", "steps");
  ends(powers + "table.remove(t, 1)", "steps");
  ends(powers + "return table.concat(t)", "steps");
  ends(powers + "return table.unpack(t)", "steps");
  ends(powers + "return polygon(t)", "200000");
  ends("local t = {} for i = 1, 1e5 do t[i] = i end while true do table.insert(t, 1, 1) end", "steps");
  ends("local t = {} for i = 1, 1e5 do t[i] = i end while true do table.remove(t, 1) table.insert(t, 1) end", "steps");
  ends("local t = {} for i = 1, 3e5 do t[i] = -i end while true do table.sort(t) end", "steps");
  ends("table.sort({1, 2, 3}, function(a, b) error('sort') end)", "sort");
  ends("table.sort({1, 'a', {}})", "compare");
  ends("table.sort({3, 2, 1, nil, 5, 4}, function(a, b) return true end) while true do end", "steps");
  ends(
      "local t = {} for i = 1, 1000 do t[i] = {} end table.sort(t, function(a, b) for i = 1, #t do t[i] = nil end "
      "return true end) error('done')",
      "");
}

TEST_CASE("files, processes and code loading are out of reach") {
  for (const char* name : {"io",         "os",       "package",      "debug",          "load",
                           "loadstring", "dofile",   "loadfile",     "collectgarbage", "coroutine",
                           "pcall",      "xpcall",   "setmetatable", "getmetatable",   "rawget",
                           "rawset",     "rawequal", "rawlen",       "next",           "_G",
                           "warn"}) {
    INFO(name);
    ends(std::string("return ") + name, "not available");
    ends(std::string("return _ENV.") + name, "not available");
    ends(std::string("return _ENV['") + name + "']", "not available");
  }
  for (const char* name :
       {"math.random", "math.randomseed", "string.dump", "string.pack", "string.unpack", "string.packsize"}) {
    INFO(name);
    ends(std::string("return ") + name + "(1)", "not available");
  }
  for (const char* name : {"os", "io", "package", "debug", "_G", "string"})
    ends(std::string("return require '") + name + "'", "no module");
  std::filesystem::remove("/tmp/fitwright-hostile");
  ends("io.open('/tmp/fitwright-hostile', 'w')", "not available");
  ends("os.execute('touch /tmp/fitwright-hostile')", "not available");
  CHECK_FALSE(std::filesystem::exists("/tmp/fitwright-hostile"));
}

TEST_CASE("metatables are out of reach") {
  ends("return ('x').__index", "");
  ends("('x').rep = nil", "");
  ends("local s = 'x' s.foo = 1", "");
  ends("string.__index = 3 return ('x'):foo()", "");
  ends("string.upper = function() while true do end end return ('x'):upper()", "steps");
  ends("box(1,1,1).__index = 3", "solid");
  ends("box(1,1,1).__gc = function() end", "solid");
  ends("return box(1,1,1).__metatable", "__metatable");
  ends("return box(1,1,1).__name", "__name");
  ends("box(1,1,1)()", "call a solid");
  ends("local x <close> = box(1,1,1)", "closable");
  ends("local x <close> = {}", "closable");
  ends("local x <const> = 1 x = 2", "const");
  ends("p.__index = function() while true do end end return p.nothing", "nothing");
  ends("ctx.hardware.M3.__call = print ctx.hardware.M3()", "call a table");
  ends("return '10' + 1", "arithmetic on a string");
  // What looks like a metatable is a plain table here.
  ends("local t = {__gc=function() while true do end end} t = nil error('alive')", "alive");
}

TEST_CASE("bytecode and broken syntax") {
  check_script_error(refused("\x1bLua\x54"), "compiled");
  check_script_error(refused(std::string("\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08", 15)), "compiled");
  const Error syntax = refused("local a = 1\nlocal b =\nreturn }");
  check_script_error(syntax, "unexpected symbol");
  CHECK(syntax.source == SourceLocation{"t/template.lua", 3});
  check_script_error(refused(""), "nothing");
  check_script_error(refused("--"), "nothing");
  check_script_error(refused("return"), "nothing");
  check_script_error(refused("return return"), "");
  check_script_error(refused("break"), "break");
  check_script_error(refused("goto nowhere"), "nowhere");
  check_script_error(refused("return 'unfinished"), "unfinished");
  check_script_error(refused("--[==[ never closed"), "unfinished");
  check_script_error(refused("local a <weird> = 1"), "weird");
  check_script_error(refused(std::string("return \0 1", 10)), "");
  check_script_error(refused(std::string(2 << 20, ' ')), "longer than");
  std::string labels;
  for (int i = 0; i < 60'000; ++i) labels += "goto a" + std::to_string(i) + " ";
  check_script_error(refused(labels), "");
  std::string locals;
  for (int i = 0; i < 300; ++i) locals += "local a" + std::to_string(i) + " ";
  check_script_error(refused(locals), "local variables");
}

TEST_CASE("results of the wrong kind") {
  for (const char* value :
       {"3", "nil", "'text'", "true", "print", "function() end", "box(1,1,1)", "{}", "{id=3}", "{{{{}}}}", "1, 2"}) {
    INFO(value);
    check_script_error(refused(std::string("return ") + value), "template");
  }
  const std::string head = "return { id='t', version='1.0.0', name='T', licence='CC0-1.0', processes={'fdm'}, ";
  check_script_error(refused(head + "}"), "build");
  check_script_error(refused(head + "build=3 }"), "build");
  check_script_error(refused(head + "build={} }"), "build");
  check_script_error(refused(head + "build=function() end, parameters=3 }"), "parameters");
  check_script_error(refused(head + "build=function() end, parameters={{}} }"), "name");
  check_script_error(refused(head + "build=function() end, parameters={error('in the list')} }"), "in the list");
  check_script_error(refused(head + "build=function() end, parameters={{3, kind='count'}} }"), "name");
  check_script_error(refused(head + "build=function() end, [1]={} }"), "without a name");
  check_script_error(refused(head + "build=function() end, [box(1,1,1)]={} }"), "keys");
  check_script_error(refused(head + "build=function() end, [2.5]=1 }"), "keys");
  check_script_error(refused("return { id='t', id=nil, version=1, name={}, licence=print }"), "id");
}

TEST_CASE("error objects of every kind") {
  ends("error({})", "table");
  ends("error({message=('x'):rep(1e6)})", "table");
  ends("error(nil)", "nil");
  ends("error()", "nil");
  ends("error(print)", "function");
  ends("error(3)", "number");
  ends("error(box(1,1,1))", "userdata");
  ends("error(('x'):rep(1e6))", "xxx");
  ends("error('\\xff\\0\\27[2Jbad')", "bad");
  ends("error('other.lua:99: not there')", "other.lua:99: not there");
  ends("assert(false)", "assertion failed");
  ends("assert(nil, {})", "table");
  CHECK(build_refused("error('plain')").message == "plain");
  CHECK(build_refused("error('plain', 0)").source.line == 2);
  CHECK(build_refused("error('\\27[31mred')").message.find('\x1b') == std::string::npos);
}

TEST_CASE("numbers that are none") {
  for (const char* value : {"0/0", "1/0", "-1/0", "math.huge", "-(0/0)", "1e999", "tonumber('1e999')"}) {
    INFO(value);
    ends("return box(1, 1, " + std::string(value) + ")", "finite");
    ends("return {parts={{name='a', solid=box(1,1,1), at={{x=" + std::string(value) + "}}}}}", "finite");
    ends("return box(1,1,1):volume() + " + std::string(value), "finite");
  }
  ends("return 1 // 0", "");
  ends("return 1 % 0", "");
  ends("return math.tointeger(2^63) < 1", "nil");
  ends("local t = {} t[0/0] = 1", "NaN");
}

TEST_CASE("garbage in place of text") {
  check_script_error(refused("\xff\xfe return {}"), "UTF-8");
  check_script_error(refused("return { id='\\xff', version='1', name='n', licence='l', build=function() end }"),
                     "UTF-8");
  check_script_error(refused("return '\xE2\x80\xAE' + nil"), "");
  check_script_error(refused("\xEF\xBB\xBFreturn 3"), "a number");
  check_script_error(refused("𝔣𝔬𝔬 = 3"), "");
  unsigned state = 12345;
  for (int round = 0; round < 300; ++round) {
    std::string noise;
    for (int i = 0; i < 200; ++i) {
      state = state * 1664525u + 1013904223u;
      noise += static_cast<char>(32 + (state >> 24) % 95);
    }
    const auto result = run(noise);
    CHECK_FALSE(result);
  }
}

TEST_CASE("a run out of any limit leaves the next one untouched") {
  for (const char* body :
       {"while true do end", "error({})", "return ('x'):rep(1e18)", "local t = {} for i = 1, 1e9 do t[i] = i end"}) {
    CHECK_FALSE(run(with_build(body)));
    CHECK(run(with_build("return {parts={{name='a', solid=box(1,1,1)}}}")));
  }
}
