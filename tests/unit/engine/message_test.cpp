// Messages as bytes: whole ones arrive as they were, damaged ones are told.
#include "app/engine/message.hpp"

#include <random>

#include "tests/catch.hpp"
#include "tests/unit/engine/bench.hpp"

using namespace fitwright;

namespace {

Request full_request() {
  Request request = block();
  request.modules = {{"joints", "return {}"}};
  request.files = {{"logo.svg", std::string("\0\xff<svg/>", 8)}};
  request.fonts = {{"mine", "bytes"}};
  request.model = ForeignModel{"a.stl", "solid"};
  request.design_name = "Grüße";
  request.preset = "long";
  request.values = {{"size", 12.5}, {"gap", true}, {"style", std::string("fancy")}};
  request.entered = {{"size", "1/2 in"}};
  request.process = "sla";
  request.material = "resin_standard";
  request.sheet_thickness = 17.7;
  request.deflection = {0.05, 10};
  request.wants = {.description = true,
                   .values = true,
                   .visibility = true,
                   .parts = true,
                   .outlines = true,
                   .check = true,
                   .quick_check = true,
                   .check_for = "any",
                   .ways = true,
                   .map = MapKind::draft,
                   .handles = true,
                   .face_parameters = true,
                   .exports = {{"stl", Pose::assembled, true}, {"step", {}, false}},
                   .force = true,
                   .preview = true,
                   .explain_ms = 7,
                   .suggest_ms = 8,
                   .fixed = {"width"}};
  request.workshop = "[machine.x]";
  request.ups = {{"side", {0, 1, 0}}};
  return request;
}

}  // namespace

TEST_CASE("a request arrives as it was sent") {
  const Request sent = full_request();
  const auto arrived = decode_request(encode(sent));
  REQUIRE(arrived);
  CHECK(*arrived == sent);
  CHECK(*decode_request(encode(Request{})) == Request{});
}

TEST_CASE("a response arrives with meshes, faces, edges and errors") {
  Request request = block();
  request.values["round"] = 3.0;
  request.wants.parts = request.wants.check = request.wants.description = true;
  Response sent = engine().handle(request);
  REQUIRE_FALSE(sent.error);
  sent.error = Error{ErrorKind::rule, "m", "p", "o", {"c", 7}, {"a", "b"}, 1.5, {}, "mm", Vec3{1, 2, 3}, "s", {5, 6}};
  const auto arrived = decode_response(encode(sent));
  REQUIRE(arrived);
  CHECK(arrived->error == sent.error);
  CHECK(arrived->about == sent.about);
  CHECK(arrived->values == sent.values);
  CHECK(arrived->timings == sent.timings);
  REQUIRE(arrived->parts.size() == 1);
  const BuiltPart &there = arrived->parts[0].built, &here = sent.parts[0].built;
  CHECK(there.mesh == here.mesh);
  CHECK(there.volume == here.volume);
  CHECK(there.box == here.box);
  REQUIRE(there.faces.size() == here.faces.size());
  CHECK(there.faces[0].origins == here.faces[0].origins);
  REQUIRE(there.edges.size() == here.edges.size());
  CHECK(there.edges[0].polyline == here.edges[0].polyline);
  CHECK(arrived->parts[0].assembled == sent.parts[0].assembled);
  // Nothing but the exact solid stays behind.
  CHECK_FALSE(there.solid);
  CHECK(encode(*arrived) == encode(sent));
}

TEST_CASE("every truncation is refused") {
  const std::string whole = encode(full_request());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto cut = decode_request(std::string_view(whole).substr(0, length));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().kind == ErrorKind::usage);
  }
  CHECK_FALSE(decode_request(whole + "x"));
}

TEST_CASE("every flipped byte is refused") {
  std::string bytes = encode(full_request());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    CHECK_FALSE(decode_request(bytes));
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
  }
  CHECK(decode_request(bytes));
}

TEST_CASE("messages of another kind or version are refused and named") {
  CHECK(decode_response(encode(Request{})).error().message.find("not an engine response") != std::string::npos);
  std::string newer = encode(Request{});
  newer[8] = 99;
  CHECK(decode_request(newer).error().message.find("version 99") != std::string::npos);
}

TEST_CASE("random bytes, with and without a sound header, end in an error") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string noise(random() % 2000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    CHECK_FALSE(decode_request(noise));
    CHECK_FALSE(decode_response(noise));
    const Response answer = decode_response(engine().handle_bytes(noise)).value();
    REQUIRE(answer.error);
    CHECK(answer.error->kind == ErrorKind::usage);
    // A body of noise under a header that fits it: what it claims must never be believed.
    std::string forged = encode(Response{}).substr(0, 12);
    const Hash128 hash = hash_bytes(noise);
    forged.append(reinterpret_cast<const char*>(&hash), sizeof hash);
    CHECK_FALSE(decode_response(forged + noise));
  }
}
