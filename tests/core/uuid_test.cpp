#include <catch2/catch.hpp>
#include <eventstore/core/uuid.hpp>
#include <unordered_set>

#include "../../src/core/name_based.hpp"

using namespace eventstore;

namespace {

Uuid uuid(std::string_view text) {
  const auto parsed = Uuid::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

constexpr auto dns_namespace = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

}  // namespace

TEST_CASE("version 5 gives the UUIDs that RFC 9562 shows") {
  CHECK(Uuid::v5(uuid(dns_namespace), "www.example.com").to_string() == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  CHECK(Uuid::v5(uuid(dns_namespace), "python.org").to_string() == "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  CHECK(Uuid::v5(uuid(dns_namespace), "") != Uuid::v5(eventstore_namespace, ""));
}

TEST_CASE("version 7 begins with the milliseconds and keeps the bits that RFC 9562 fixes") {
  // The example of RFC 9562, appendix A.6.
  const auto time = Timestamp::parse("2022-02-22T14:22:22-05:00");
  CHECK(Uuid::v7(*time, 0xCC3, 0x18C4'DC0C'0C07'398F).to_string() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  CHECK(Uuid::v7(*time, ~0ULL, ~0ULL).to_string() == "017f22e2-79b0-7fff-bfff-ffffffffffff");
  CHECK(Uuid::v7(*time, 0, 0).to_string() == "017f22e2-79b0-7000-8000-000000000000");
  CHECK(Uuid::v7(*time, ~0ULL, ~0ULL) < Uuid::v7(Timestamp{time->micros + 1000}, 0, 0));
}

TEST_CASE("a UUID is read in either case and printed in lower case") {
  const std::string text = "123e4567-e89b-12d3-a456-426614174abc";
  CHECK(uuid(text).to_string() == text);
  CHECK(uuid("123E4567-E89B-12D3-A456-426614174ABC") == uuid(text));
  CHECK(Uuid{}.is_nil());
  CHECK_FALSE(uuid(text).is_nil());
}

TEST_CASE("text that is no UUID is refused and shown") {
  const auto* const text = GENERATE("", "123e4567", "123e4567-e89b-12d3-a456-42661417400g",
                                    "123e4567ee89b-12d3-a456-426614174000", "{123e4567-e89b-12d3-a456-426614174000}");
  const auto refused = Uuid::parse(text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid_argument);
  CHECK(refused.error().where == text);
  CHECK(refused.error().detail == "expected 36 characters like 123e4567-e89b-12d3-a456-426614174000");
}

TEST_CASE("UUIDs spread over a hash table") {
  std::unordered_set<std::size_t> hashes;
  for (int i = 0; i < 1000; ++i) hashes.insert(std::hash<Uuid>{}(Uuid::v5(eventstore_namespace, std::to_string(i))));
  CHECK(hashes.size() == 1000);
}

TEST_CASE("a name has the same UUID with and without OpenSSL") {
  for (std::size_t size = 0; size < 300; ++size) {
    const std::string name(size, 'x');
    CHECK(name_based_by_openssl(eventstore_namespace, as_bytes(name)) ==
          name_based_by_boost(eventstore_namespace, as_bytes(name)));
  }
}
