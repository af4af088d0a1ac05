#include "templates/schema/base64.hpp"

#include "tests/catch.hpp"

using fitwright::base64_decode;
using fitwright::base64_encode;

TEST_CASE("base64 follows the test vectors of RFC 4648") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    CHECK(base64_encode(plain) == coded);
    CHECK(base64_decode(coded) == plain);
  }
}

TEST_CASE("every byte survives, what is not canonical is refused") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(base64_decode(base64_encode(bytes)) == bytes);
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg==Zg==", "Z===", "Zm9v\n", "Zh==", "Zm9=", "Z=9v", "Zm!v", "===="}) {
    INFO(bad);
    CHECK_FALSE(base64_decode(bad));
  }
}
