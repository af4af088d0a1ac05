// What a template says of itself, its values, rules and visibility.
#include "templates/runtime/runtime.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "templates/schema/values.hpp"
#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

const std::string bookshelf = R"lua(
return { id="bookshelf", version="1.0.0", name="Bookshelf", summary="A shelf for books.", description="Long.",
  licence="CC-BY-4.0", author="Fitwright", processes={"panel_saw","cnc_router_sheet"},
  parameters={
    {"width", kind="length", default=800, min=300, max=1200, step=1, label="Width", help="Outside.", group="Size"},
    {"height", kind="length", default=1800, min=300, max=2400, label="Height"},
    {"shelves", kind="count", default=5, min=1, max=20, label="Shelves"},
    {"style", kind="choice", default="dado", choices={{"dado","Dado joints"},{"fixed","Screwed"}}, label="Joints"},
    {"back", kind="toggle", default=true, label="Back"},
    {"depth", kind="length", default=6, min=2, max=9, label="Dado depth", visible_when=function(p) return p.style == "dado" end},
    {"label", kind="text", label="Label"},
    {"tint", kind="colour", default="#d9b98c", label="Colour"},
  },
  rules={
    { check=function(p) return p.height / p.shelves >= 150 end, message="Shelves are too close for a book.",
      parameters={"height","shelves"} },
    { check=function(p) return p.width < 1100 or p.shelves > 2, "A wide shelf needs " .. 3 .. " shelves." end,
      message="Too few shelves.", parameters={"width"} },
  },
  presets={ {"paperbacks", label="Paperbacks", values={width=600, shelves=7}} },
  build=function(p, ctx) print("width", p.width) return { parts={ {name="side", solid=box(18, 300, p.height)} } } end }
)lua";

}  // namespace

TEST_CASE("a template tells of itself") {
  const auto about = script(bookshelf).describe();
  INFO((about ? "" : describe(about.error())));
  REQUIRE(about);
  CHECK(about->id == "bookshelf");
  CHECK(about->summary == "A shelf for books.");
  CHECK(about->processes == std::vector<std::string>{"panel_saw", "cnc_router_sheet"});
  REQUIRE(about->parameters.size() == 8);
  const Parameter& width = about->parameters[0];
  CHECK(width.name == "width");
  CHECK(width.kind == ParameterKind::length);
  CHECK(width.fallback == ParameterValue(800.0));
  CHECK(width.min == 300);
  CHECK(width.max == 1200);
  CHECK(width.step == 1);
  CHECK(width.group == "Size");
  CHECK(about->parameters[3].choices == std::vector<Choice>{{"dado", "Dado joints"}, {"fixed", "Screwed"}});
  CHECK(about->parameters[5].has_visible_when);
  CHECK(about->rules[0].parameters == std::vector<std::string>{"height", "shelves"});
  REQUIRE(about->find_preset("paperbacks"));
  CHECK(about->find_preset("paperbacks")->values.at("shelves") == ParameterValue(7.0));
}

TEST_CASE("values reach build, what was left out at its default") {
  const auto done = run(bookshelf, {{"height", 900.0}});
  REQUIRE(done);
  CHECK(done->values.at("width") == ParameterValue(800.0));
  CHECK(done->log == std::vector<std::string>{"width\t800"});
  const NodePtr& side = done->product.parts[0].solid;
  CHECK(std::get<double>(side->args()[2]) == 900);
  CHECK(done->about.name == "Bookshelf");
}

TEST_CASE("illegal values are refused before anything runs") {
  CHECK(refused(bookshelf, {{"width", 5000.0}}).kind == ErrorKind::value);
  CHECK(refused(bookshelf, {{"shelves", 2.5}}).kind == ErrorKind::value);
  const Error unknown = refused(bookshelf, {{"widht", 800.0}});
  CHECK(unknown.kind == ErrorKind::value);
  CHECK(mentions(unknown.suggestion, "width"));
}

TEST_CASE("a broken rule tells its message and the values behind it") {
  const Error error = refused(bookshelf, {{"height", 900.0}, {"shelves", 8.0}});
  CHECK(error.kind == ErrorKind::rule);
  CHECK(error.message == "Shelves are too close for a book. (height = 900 mm, shelves = 8)");
  CHECK(error.parameters == std::vector<std::string>{"height", "shelves"});
  CHECK(script(bookshelf).check({{"shelves", 8.0}}));
  CHECK_FALSE(script(bookshelf).check({{"height", 900.0}, {"shelves", 8.0}}));
  CHECK(mentions(refused(bookshelf, {{"width", 1150.0}, {"shelves", 2.0}}).message, "A wide shelf needs 3 shelves."));
}

TEST_CASE("visibility follows the values") {
  const auto dado = script(bookshelf).visible({});
  REQUIRE(dado);
  CHECK(dado->contains("depth"));
  const auto fixed = script(bookshelf).visible({{"style", std::string("fixed")}});
  REQUIRE(fixed);
  CHECK_FALSE(fixed->contains("depth"));
  CHECK(fixed->size() == 7);
}

TEST_CASE("a template whose declaration is wrong says what to mend") {
  const auto described = [](const std::string& extra) {
    const auto about = script(with_build("return {parts={{name='a', solid=box(1,1,1)}}}", extra)).describe();
    INFO(extra);
    REQUIRE_FALSE(about);
    CHECK(about.error().kind == ErrorKind::script);
    return about.error().message;
  };
  const std::string number = "{'a', kind='number', default=1, min=0, max=2}";
  CHECK(mentions(described("parameters={{'a', kind='size', default=1}},"), "kind \"size\""));
  CHECK(mentions(described("parameters={{'a', kind='number', default=9, min=0, max=2}},"), "default"));
  CHECK(mentions(described("parameters={{'a', kind='number', min=0, max=2}},"), "lacks a default"));
  CHECK(mentions(described("parameters={{'a', kind='number', default=0/0, min=0, max=2}},"), "finite"));
  CHECK(mentions(described("parameters={{'a', kind='number', default=1, min=0, max=1/0}},"), "finite"));
  CHECK(mentions(described("parameters={{'a', kind='number', default=1, min='0', max=2}},"), "min is a text"));
  CHECK(mentions(described("parameters={{'a', kind='number', default=1, min=0, max=2, maximum=3}},"), "maximum"));
  CHECK(mentions(described("parameters={" + number + "," + number + "},"), "twice"));
  CHECK(mentions(described("parameters={{'a', kind='choice', default='x', choices={}}},"), "no choices"));
  CHECK(mentions(described("parameters={3},"), "table"));
  CHECK(mentions(described("parameters='none',"), "list"));
  CHECK(mentions(described("parameters={[3]={}},"), "list"));
  CHECK(mentions(described("parameters={" + number +
                           "}, rules={{check=function() return true end, message='m', parameters={'b'}}},"),
                 "\"b\""));
  CHECK(mentions(described("rules={{message='m'}},"), "lacks the function check"));
  CHECK(mentions(described("rules={{check=function(p) return 1 end, message='m'}},"), "true or false"));
  CHECK(mentions(described("rules={{check=function(p) end, message='m'}},"), "not nothing"));
  CHECK(mentions(described("rules={{check=function(p) return false end, message='never'}},"),
                 "defaults break a rule: never"));
  CHECK(mentions(described("parameters={" + number + "}, presets={{'p', values={a=3}}},"), "preset p"));
  CHECK(mentions(described("parameters={" + number + "}, presets={{'p', values={b=1}}},"), "\"b\""));
  CHECK(mentions(
      described("parameters={" + number +
                "}, presets={{'p', values={a=2}}}, rules={{check=function(p) return p.a < 2 end, message='big'}},"),
      "preset p break a rule: big"));
  CHECK(mentions(
      described(
          "parameters={{'a', kind='number', default=1, min=0, max=2, visible_when=function(p) return 'yes' end}},"),
      "visible_when"));
  CHECK(mentions(
      described("parameters={{'a', kind='number', default=1, min=0, max=2, visible_when=function(p) return p.b end}},"),
      "\"b\""));
  CHECK(mentions(described("ID='x',"), "unknown field \"ID\""));
}

TEST_CASE("a second run of a template is the first again") {
  const TemplateScript one = script(bookshelf);
  const TemplateScript other = one;  // NOLINT(performance-unnecessary-copy-initialization): the copy is what is tested
  const auto first = one.run({}, {}), second = one.run({}, {}), copied = other.run({}, {});
  REQUIRE(first);
  REQUIRE(second);
  REQUIRE(copied);
  for (const auto* again : {&*second, &*copied}) {
    CHECK(again->about == first->about);
    CHECK(again->log == first->log);
    CHECK(again->product.parts[0].solid->hash() == first->product.parts[0].solid->hash());
    CHECK(again->product.made_at.size() == first->product.made_at.size());
  }
  // Errors keep their lines when the text is no longer compiled anew.
  const TemplateScript broken = script(with_build("local x = nil\nreturn x.y"));
  const auto early = broken.run({}, {}), late = broken.run({}, {});
  REQUIRE_FALSE(early);
  REQUIRE_FALSE(late);
  CHECK(early.error() == late.error());
  CHECK(late.error().source.line > 0);
  REQUIRE(one.describe());
  CHECK(one.describe() == script(bookshelf).describe());
}

TEST_CASE("a fault of the declaration is told with its line, as far as a text can be found") {
  const auto fault = [](const std::string& lines) {
    const auto about = script(with_build("return {parts={{name='a', solid=box(1,1,1)}}}", lines)).describe();
    REQUIRE_FALSE(about);
    return about.error();
  };
  const int first = fault("ID='x',").source.line;
  CHECK(first > 0);
  const Error below = fault(
      "parameters={\n{'a', kind='number', default=1, min=0, max=2},\n"
      "{'b', kind='number', default=1,\n min=0, maxx=2}},");
  CHECK(mentions(below.message, "maxx"));
  CHECK(below.source.line == first + 3);
  const Error misspelt = script("return {\n id='x', version='1.0.0',\n name='X',\n license='CC0'}").describe().error();
  CHECK(misspelt.source.line == 4);
  CHECK(mentions(misspelt.suggestion, "licence"));
}

TEST_CASE("the line of a fault is that of its own table") {
  // Line 1 is the head; a handle and a rule speak of the parameter before it is declared.
  const auto fault = [](const std::string& text) {
    const auto about = script(text).describe();
    REQUIRE_FALSE(about);
    INFO(describe(about.error()));
    return about.error().source.line;
  };
  const auto with = [](const std::string& parameter, const std::string& preset = "values={size=3}",
                       const std::string& rule = "message='Too ' .. 'small.', parameters={'size'}") {
    return "local note = { 'size', default=1 } -- { 'size', min=3\n"
           "local function build(p) return {parts={}, handles={ {parameter='size', at={0,0,0}, direction='+x'} }} end\n"
           "return { id='t', version='1.0.0', name='T', licence='CC0-1.0', processes={'fdm'}, build=build,\n"
           "rules={ {\ncheck=function(p) return true end,\n" +
           rule + "} },\npresets={ {'size',\n" + preset +
           "} },\nparameters={\n{'other', kind='toggle', default=true},\n{'size',\n" + parameter + "} } }";
  };
  const std::string sound = "kind='number',\nmin=1, max=9,\ndefault=2";
  CHECK(script(with(sound)).describe());
  CHECK(fault(with("kind='number', min=1, max=9")) == 11);
  CHECK(fault(with("kind='number',\nmin=10, max=9,\ndefault=2")) == 13);
  CHECK(fault(with("kind='number',\nmin=1, max=9,\ndefault=12")) == 14);
  CHECK(fault(with("kind='number',\nmin=1, max=9,\ndefault=2, maxx=3")) == 14);
  CHECK(fault(with(sound, "values={\nsize=30}")) == 9);
  CHECK(fault(with(sound, "values={\nsise=3}")) == 9);
  CHECK(fault(with(sound, "values={}", "\nmessage='Too small.', parameters={'sise'}")) == 7);
  CHECK(fault(with(sound, "values={}", "parameters={'size'}")) == 4);
}

TEST_CASE("the line of a fault in what build returns is that of its own table") {
  const auto line = [](const std::string& table) {
    const Error error = refused(with_build("local b = box(1, 1, 1)\nreturn {\n" + table + "}"));
    INFO(describe(error));
    return error.source.line;
  };
  CHECK(line("parts={ {name='a', solid=b},\n{name='c',\nsolid=3} }") == 5);
  CHECK(line("parts={ {name='a', solid=b},\n{name='c', solid=b,\ncolor='#ffffff'} }") == 6);
  CHECK(line("parts={ {name='a', solid=b},\n{solid=b} }") == 5);
  CHECK(line("parts={ {name='a', solid=b} },\nmates={\n{kind='rest', a='a', b='a'},\n{kind='slide', a='a', b='c'}}") ==
        7);
  CHECK(line("parts={ {name='a', solid=b} },\nhandles={\n{parameter='none', at={0, 0, 0}, direction='+x'}}") == 6);
}

TEST_CASE("what Lua itself complains of comes with what would work") {
  const std::pair<const char*, const char*> wrong[] = {
      {"return { a = 1 b = 2 }", "comma missing"},
      {"return { a = 1, b = 2", "} is missing"},
      {"if p then return 1", "an end is missing"},
      {"if p then x() else if p then y() end", "an end is missing"},
      {"if p != 3 then end", "~="},
      {"if p = 3 then end", "=="},
      {"local a = 1 a += 1", "a = a + 1"},
      {"local a = \xe2\x80\x9c"
       "text\xe2\x80\x9d",
       "straight quotes"},
      {"local a = 'text", "quote is missing"},
      {"local a = p && ctx", "written as a word"},
  };
  for (const auto& [text, suggestion] : wrong) {
    INFO(text);
    const Error error = refused(text);
    INFO(describe(error));
    CHECK(mentions(error.suggestion, suggestion));
  }
  CHECK(mentions(refused("local function build(p) return p.a end return {build=build()}").suggestion,
                 "without brackets"));
}

TEST_CASE("what was left out or is called otherwise elsewhere is named") {
  const auto described = [](const std::string& extra) {
    return script(with_build("return {parts={{name='a', solid=box(1,1,1)}}}", extra)).describe().error().suggestion;
  };
  CHECK(mentions(described("params={},"), "parameters"));
  CHECK(mentions(described("parameters={{'a', kind='bool', default=true}},"), "toggle"));
  CHECK(mentions(described("parameters={{'a', kind='Toggle', default=true}},"), "toggle"));
  CHECK(mentions(described("parameters={{'a', kind='choice', default='x', choices={'x', 'y'}}},"),
                 "{ \"a\", \"First\" }"));
  CHECK(mentions(script("local t = { id = 't' }").describe().error().suggestion, "end with return"));
  CHECK(mentions(build_refused("local parts = {}").suggestion, "return { parts"));
  CHECK(mentions(build_refused("return {parts={{name='a', thickness=3}}}").suggestion, "J.parts(boards)"));
}

TEST_CASE("a misspelt selector names the nearest") {
  const Error error =
      refused(with_build("return {parts={{name='a', solid=box(1,1,1):fillet(edges.paralel('z'), 1)}}}"), {});
  CHECK(mentions(error.message, "paralel"));
  CHECK(mentions(error.suggestion, "parallel"));
}

TEST_CASE("reading a parameter that does not exist is an error with the nearest name") {
  const std::string source =
      with_build("return p.widht", "parameters={{'width', kind='length', default=1, min=0, max=2}},");
  const Error error = refused(source);
  CHECK(mentions(error.message, "widht"));
  CHECK(mentions(error.suggestion, "width"));
  CHECK(error.source == SourceLocation{"t/template.lua", 2});
}

TEST_CASE("ctx offers process, material, fit, hardware, sheet and text width") {
  const auto logged = [](const std::string& expression, const BuildEnvironment& world) {
    const auto done =
        script(with_build("print(" + expression + ") return {parts={{name='a', solid=box(1,1,1)}}}")).run({}, world);
    INFO(expression << (done ? "" : describe(done.error())));
    REQUIRE(done);
    return done->log.at(0);
  };
  CHECK(logged("ctx.process, ctx.material", environment()) == "fdm\tpla");
  CHECK(logged("ctx.fit('slide')", environment()) == "0.2");
  CHECK(logged("ctx.hardware.M3.tap", environment()) == "2.5");
  CHECK(logged("ctx.sheet_thickness", environment()) == "nil");
  BuildEnvironment sheet = environment();
  sheet.sheet_thickness = 18;
  CHECK(logged("ctx.sheet_thickness", sheet) == "18.0");
  // Five letters of size 10 and 18 bytes of default font.
  CHECK(logged("ctx.text_width('Hello', 10)", environment()) == "68.0");
  CHECK(logged("ctx.text_width('Hello', 10, 'serif')", environment()) == "61.0");

  CHECK(mentions(build_refused("return ctx.fit('slyde')").suggestion, "slide"));
  CHECK(mentions(build_refused("return ctx.hardware.M33").suggestion, "M3"));
  CHECK(mentions(build_refused("return ctx.hardware.M3.clearence").suggestion, "clearance"));
  CHECK(mentions(build_refused("return ctx.proces").suggestion, "process"));
  CHECK(mentions(build_refused("return ctx.text_width('a', 1, 'sherif')").suggestion, "serif"));
  CHECK(mentions(build_refused("return ctx.text_width('a', 0/0)").message, "size"));
  CHECK(mentions(build_refused("return ctx.text_width('\\xff', 1)").message, "UTF-8"));
}

TEST_CASE("runs share nothing, and give the same result every time") {
  const std::string source = with_build(R"lua(
    counter = 0
    for k, v in pairs({zeta=1, alpha=2, [3]=3, mid=4, [1]=5, [true]=6}) do counter = counter + 1 print(k) end
    string.rep = nil
    return {parts={{name='a', solid=box(counter,1,1)}}})lua");
  const TemplateScript template_script = script(source);
  const auto first = template_script.run({}, environment()), second = template_script.run({}, environment());
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->log == std::vector<std::string>{"1", "3", "alpha", "mid", "zeta", "true"});
  CHECK(first->log == second->log);
  CHECK(first->product.parts[0].solid->hash() == second->product.parts[0].solid->hash());
  CHECK(mentions(build_refused("return counter").message, "counter"));
}

TEST_CASE("runs on several threads do not disturb each other") {
  const TemplateScript template_script = script(bookshelf);
  std::vector<int> good(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) good[t] += template_script.run({{"width", 400.0 + i}}, environment()).has_value();
    });
  for (std::thread& thread : threads) thread.join();
  for (const int count : good) CHECK(count == 20);
}

TEST_CASE("numbers do not follow the program's locale") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  if (std::setlocale(LC_ALL, "de_DE.UTF-8")) {
    const auto done =
        run(with_build("print(tostring(1.5), tonumber('2.5'), string.format('%.1f', 3.5)) return {parts={{name='a', "
                       "solid=box(1.5,1,1)}}}"));
    CHECK((done && done->log.at(0) == "1.5\t2.5\t3.5"));
    CHECK(std::localeconv()->decimal_point == std::string(","));
  }
  std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("a template is read from its folder, with the modules beside it") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "fitwright-template-test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "template.lua") << with_build("return require('mine').product()");
  std::ofstream(folder / "mine.lua")
      << "return { product=function() return {parts={{name='a', solid=require('boards').board()}}} end }";
  const auto loaded = TemplateScript::from_file(
      folder / "template.lua", {{"boards", "return { board=function() return box(1,2,3) end }"}, {"mine", "broken("}},
      dummy_operations());
  REQUIRE(loaded);
  const auto done = loaded->run({}, environment());
  INFO((done ? "" : describe(done.error())));
  REQUIRE(done);
  CHECK(done->modules == std::vector<std::string>{"mine", "boards"});
  CHECK(loaded->chunk() == "fitwright-template-test/template.lua");
  const SourceLocation place = locate(done->product, done->product.parts[0], done->product.parts[0].solid->hash());
  CHECK(place.chunk.ends_with("boards.lua"));
  CHECK(place.line == 1);
  fs::remove_all(folder);
  CHECK_FALSE(TemplateScript::from_file(folder / "template.lua", {}, dummy_operations()));
}
