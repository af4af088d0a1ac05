// What is left of Lua's own library works as Lua's manual says.
#include "templates/runtime/pattern_cost.hpp"
#include "tests/catch.hpp"
#include "tests/unit/templates/dummy_operations.hpp"

using namespace fitwright;
using namespace fitwright::test;

namespace {

std::string printed(const std::string& statements) {
  const auto done = run(with_build(statements + "\nreturn {parts={{name='a', solid=box(1,1,1)}}}"));
  INFO(statements << (done ? "" : describe(done.error())));
  REQUIRE(done);
  std::string all;
  for (const std::string& line : done->log) all += (all.empty() ? "" : "\n") + line;
  return all;
}

}  // namespace

TEST_CASE("strings") {
  CHECK(printed("print(('x'):rep(3), ('abc'):upper(), #'äb', ('a,b'):find(',', 1, true))") == "xxx\tABC\t3\t2\t2");
  CHECK(printed("print(('k=v'):match('(%w+)=(%w+)'))") == "k\tv");
  CHECK(printed("for w in ('one two'):gmatch('%a+') do print(w) end") == "one\ntwo");
  CHECK(printed("print((('hello'):gsub('l', 'L')))") == "heLLo");
  CHECK(printed("print(string.format('%5.1f|%s|%d|%%p', 2.25, 'x', 7))") == "  2.2|x|7|%p");
  CHECK(printed("print(string.format('%s %s', {}, print))") == "table function");
  CHECK(printed("print(tostring(nil), tostring(1.5), tostring({}), tostring(box(1,1,1)))") == "nil\t1.5\ttable\tsolid");
}

TEST_CASE("tables") {
  CHECK(printed("local t = {3, 1, 2} table.sort(t) print(table.concat(t, ','))") == "1,2,3");
  CHECK(printed("local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) print(table.concat(t, ','))") ==
        "3,2,1");
  CHECK(printed("local t = {'b', 'a', 'c', 'aa'} table.sort(t) print(table.concat(t, ','))") == "a,aa,b,c");
  CHECK(
      printed(
          "local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) print(table.remove(t), table.remove(t, 1), #t)") ==
      "3\t0\t2");
  CHECK(printed("local t = {} table.insert(t, -5) print(t[1])") == "-5");
  CHECK(printed("print(table.unpack({1, 2, 3}, 2))") == "2\t3");
  CHECK(printed("print(table.concat(table.move({1, 2, 3}, 1, 3, 2), ','))") == "1,1,2,3");
  CHECK(printed("print(select('#', table.unpack(table.pack(1, nil, 3), 1, 3)))") == "3");
}

TEST_CASE("sorting is stable and right on many sizes") {
  // 100 records with 10 keys; equal keys keep their order, which an unstable sort would not.
  CHECK(printed(R"lua(
    for n = 0, 100 do
      local t = {}
      for i = 1, n do t[i] = {key=(i * 7) % 10, order=i} end
      table.sort(t, function(a, b) return a.key < b.key end)
      for i = 2, n do
        local a, b = t[i - 1], t[i]
        if a.key > b.key or (a.key == b.key and a.order >= b.order) then print("wrong", n, i) end
      end
      if #t ~= n then print("lost", n) end
    end)lua")
            .empty());
}

TEST_CASE("iteration skips what was removed meanwhile and goes in a fixed order") {
  CHECK(printed("local t = {b=1, a=2, c=3} for k in pairs(t) do print(k) t.c = nil end") == "a\nb");
  CHECK(printed("for i, v in ipairs({5, 6, nil, 7}) do print(i, v) end") == "1\t5\n2\t6");
  CHECK(printed("for k in pairs({}) do print(k) end").empty());
}

TEST_CASE("numbers") {
  CHECK(printed("print(math.floor(2.7), math.max(1, 5), math.pi > 3, tonumber('0x10'), tonumber('z', 36), 7 // 2)") ==
        "2\t5\ttrue\t16\t35\t3");
  CHECK(printed("print(math.sin(0), math.type(1), utf8.len('äöü'))") == "0.0\tinteger\t3");
}

TEST_CASE("the log is bounded") {
  const auto done =
      run(with_build("for i = 1, 1000 do print(('x'):rep(5000)) end return {parts={{name='a', solid=box(1,1,1)}}}"));
  REQUIRE(done);
  CHECK(done->log.size() == 200);
  CHECK(done->log[0].size() < 600);
}

TEST_CASE("the cost of a pattern grows with the choices in it") {
  CHECK(pattern_cost("abc", 100, false) < 10);
  CHECK(pattern_cost("(%w+)=(%w+)", 30, false) < 20'000);
  CHECK(pattern_cost("[%w+*-]", 100, false) < 20);
  CHECK(pattern_cost(".-.-.-.-b", 1000, false) > 1e9);
  CHECK(pattern_cost("^.-b", 1000, false) < 1000);
  CHECK(pattern_cost("a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaa", 30, false) > 1e9);
  CHECK(pattern_cost("[a", 100, false) > 0);
  CHECK(pattern_cost("%", 100, false) > 0);
  CHECK(pattern_cost(".*.*", 1000, true) < 1000);
}
