#include <catch2/catch.hpp>
#include <eventstore/log/metadata.hpp>

namespace metadata_test {

using namespace eventstore;

namespace {

RecordedEvent recorded_with(BytesView metadata) {
  RecordedEvent recorded;
  recorded.stream = "delivery-1";
  recorded.position = Position{5};
  recorded.organization = "org-1";
  recorded.metadata = metadata;
  return recorded;
}

}  // namespace

TEST_CASE("metadata comes back as it was given") {
  Metadata given;
  given.organization = "org-1";
  given.user_id = "ada";
  given.ip_address = "::1";
  given.user_agent = "curl";
  given.correlation_id = "c";
  given.causation_id = "d";
  given.extra = "{}";
  Bytes bytes;
  encode_tagged(given, bytes);
  CHECK(*metadata_of(recorded_with(bytes)) == given);
}

TEST_CASE("what is not known takes no byte, and what was there before is forgotten") {
  Bytes bytes;
  encode_tagged({}, bytes);
  CHECK(bytes.empty());
  Metadata used;
  used.user_id = "someone else";
  REQUIRE(metadata_into(recorded_with({}), used));
  CHECK(used.user_id.empty());
  CHECK(used.organization == "org-1");
}

TEST_CASE("a tag of a later build is passed over") {
  Bytes bytes{std::byte{99}, std::byte{1}, {}, {}, {}, std::byte{7}};
  Metadata user;
  user.user_id = "ada";
  encode_tagged(user, bytes);
  CHECK(metadata_of(recorded_with(bytes))->user_id == "ada");
}

TEST_CASE("a tagged field that reaches past the end is damage") {
  const Bytes bytes{std::byte{1}, std::byte{9}, {}, {}, {}, std::byte{7}};
  CHECK(metadata_of(recorded_with(bytes)).error().message() ==
        "corrupt_record: read metadata [delivery-1] at position 5: a tagged field reaches past the end");
  CHECK_FALSE(metadata_of(recorded_with(BytesView{bytes}.first(3))));
}

}  // namespace metadata_test
