// Damaged bytes: each is an error, none is believed about how much memory to take.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "schema/samples.hpp"

using namespace eventstore;
using namespace samples;

namespace {

std::size_t largest_allocation = 0;

}  // namespace

// Watches every allocation of the program for the largest one.
void* operator new(std::size_t size) {
  if (size > largest_allocation) largest_allocation = size;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

constexpr std::size_t small = std::size_t{64} * 1024;

void append_number(Bytes& out, std::uint32_t number) {
  BytesOut archive{out};
  archive(number);
}

template <class T> void check_refused_cheaply(const Bytes& bytes) {
  std::string json;
  largest_allocation = 0;
  const auto decoded = decode<T>(bytes);
  const auto decoded_at_most = largest_allocation;
  largest_allocation = 0;
  const auto shown = bytes_to_json(type_of<T>(), bytes, json);
  const auto shown_at_most = largest_allocation;
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == Errc::corrupt_record);
  CHECK(decoded_at_most < small);
  REQUIRE_FALSE(shown);
  CHECK(shown.error().code == Errc::corrupt_record);
  CHECK(shown_at_most < small);
}

struct OneText {
  EVENTSTORE_FIELDS(OneText, (string, text));
};
struct OneBlob {
  EVENTSTORE_FIELDS(OneBlob, (Bytes, blob));
};
struct OneFree {
  EVENTSTORE_FIELDS(OneFree, (Json, free));
};
struct OneList {
  EVENTSTORE_FIELDS(OneList, (Items, items));
};
struct OneMap {
  EVENTSTORE_FIELDS(OneMap, (Counts, counts));
};
struct OneFlag {
  EVENTSTORE_FIELDS(OneFlag, (bool, flag));
};
struct OneNote {
  EVENTSTORE_FIELDS(OneNote, (std::optional<std::uint8_t>, note));
};
struct OneVerb {
  EVENTSTORE_FIELDS(OneVerb, (Verb, verb));
};
struct OneTime {
  EVENTSTORE_FIELDS(OneTime, (Timestamp, time));
};

}  // namespace

TEST_CASE("bytes cut off at any length are corrupt_record", "[schema][damage]") {
  const auto whole = encode(example());
  const auto& type = schema_of<Everything>().type;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const BytesView cut{whole.data(), length};
    const auto decoded = decode<Everything>(cut);
    REQUIRE_FALSE(decoded);
    REQUIRE(decoded.error().code == Errc::corrupt_record);
    REQUIRE(decoded.error().during == "decode EverythingHappened");
    REQUIRE(decoded.error().detail == "the bytes end too soon");
    std::string json;
    const auto shown = bytes_to_json(type, cut, json);
    REQUIRE_FALSE(shown);
    REQUIRE(shown.error().code == Errc::corrupt_record);
    REQUIRE(shown.error().detail == "the bytes are not a value of record");
  }
}

TEST_CASE("bytes left over after the last field are corrupt_record", "[schema][damage]") {
  auto bytes = encode(example());
  bytes.push_back(std::byte{0});
  const auto decoded = decode<Everything>(bytes);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == Errc::corrupt_record);
  CHECK(decoded.error().detail == "bytes are left over after the last field");
  std::string json;
  CHECK_FALSE(bytes_to_json(schema_of<Everything>().type, bytes, json));
}

TEST_CASE("an absurd length allocates next to nothing", "[schema][damage]") {
  for (const std::uint32_t length : {0xFFFFFFFFU, 0x7FFFFFFFU, 0x10000000U, 17U}) {
    CAPTURE(length);
    Bytes bytes;
    append_number(bytes, length);
    bytes.resize(bytes.size() + 16);
    check_refused_cheaply<OneText>(bytes);
    check_refused_cheaply<OneBlob>(bytes);
    check_refused_cheaply<OneFree>(bytes);
    check_refused_cheaply<OneList>(bytes);
    check_refused_cheaply<OneMap>(bytes);
  }
}

TEST_CASE("an absurd count of records without fields ends at once", "[schema][damage]") {
  const auto schema = Schema::parse("Old{nothings:[{}],text:text}");
  REQUIRE(schema);
  Bytes bytes;
  append_number(bytes, 0xFFFFFFFFU);
  append_number(bytes, 4);
  bytes.resize(bytes.size() + 4);
  std::string json;
  largest_allocation = 0;
  const auto shown = bytes_to_json(schema->type, bytes, json);
  CHECK(largest_allocation < small);
  REQUIRE_FALSE(shown);
  CHECK(shown.error().code == Errc::corrupt_record);
}

TEST_CASE("values that no writer makes are corrupt_record, decoded or shown", "[schema][damage]") {
  check_refused_cheaply<OneFlag>({std::byte{2}});
  check_refused_cheaply<OneNote>({std::byte{2}, std::byte{1}});
  Bytes verb;
  BytesOut{verb}(std::string{"explode"});
  const auto decoded = decode<OneVerb>(verb);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == Errc::corrupt_record);
  CHECK(decoded.error().detail == "an enumerator that this build does not know: explode");
  for (const std::int64_t micros : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                                    -62'135'596'800'000'001, 253'402'300'800'000'000}) {
    CAPTURE(micros);
    Bytes time;
    BytesOut{time}(micros);
    check_refused_cheaply<OneTime>(time);
  }
}
