// One rotten record of a schema in a finished segment.
#include "store_on_disk.hpp"

namespace damaged_schema_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

const SchemaId thing{Uuid::v5(eventstore_namespace, "thing")};
const SchemaId other{Uuid::v5(eventstore_namespace, "other")};
constexpr std::string_view thing_text = "Thing{a:int64}";
constexpr std::string_view other_text = "Other{b:string}";

Result<Receipt> append_with(FileLog& log, std::uint64_t id, const SchemaId& schema, std::string_view descriptor) {
  auto made = event("thing-1", id, "12345678");
  made.schema = schema;
  made.codec = Codec::binary;
  const std::vector events{made};
  std::vector<SchemaRecord> schemas;
  if (!descriptor.empty()) schemas.push_back({schema, as_bytes(descriptor)});
  return log.append({.events = events, .schemas = schemas});
}

void finish_segment(StoreOnDisk& store, FileLog& log, std::uint64_t& id) {
  const auto segments = store.segment_count();
  const std::string data(600, 'x');
  while (store.segment_count() == segments) REQUIRE(append(log, {event("delivery-1", ++id, data)}));
}

/// Has the schema `thing` in as many finished segments as asked for, and `other` in the first one.
struct SchemaStore : StoreOnDisk {
  std::uint64_t id = 0;

  explicit SchemaStore(int segments_with_thing) {
    auto log = open({.segment_bytes_max = small_segment});
    REQUIRE(append_with(*log, ++id, other, other_text));
    for (int i = 0; i < segments_with_thing; ++i) {
      REQUIRE(append_with(*log, ++id, thing, thing_text));
      finish_segment(*this, *log, id);
    }
    REQUIRE(log->settle());
  }
  void rot(int number) {
    const auto at = read_text(segment(number)).find(thing_text);
    REQUIRE(at != std::string::npos);
    flip_byte(segment(number), at + 6);
  }
};

}  // namespace

TEST_CASE("a rotten record of a schema hides nothing while another segment has the schema", "[damaged_schema]") {
  SchemaStore store{2};
  store.rot(2);
  const auto log = store.open();
  CHECK(append(*log, {event("delivery-2", 1000)}));
  CHECK(append_with(*log, 1001, thing, {}));
  CHECK(as_text(*log->schema(thing)) == thing_text);
  CHECK(log->schemas()->size() == 2);
}

TEST_CASE("a rotten record of a schema fails whoever asks for that schema, and nobody else", "[damaged_schema]") {
  SchemaStore store{1};
  store.rot(1);
  const auto log = store.open();
  const auto is_that_damage = [&](const Error& error) {
    return error.code == Errc::corrupt_record && error.where == store.segment(1);
  };
  CHECK(append(*log, {event("delivery-2", 1000)}));
  CHECK(append_with(*log, 1001, other, {}));
  CHECK(as_text(*log->schema(other)) == other_text);
  CHECK(is_that_damage(log->schema(thing).error()));
  CHECK(is_that_damage(log->schemas().error()));
  CHECK(is_that_damage(append_with(*log, 1002, thing, {}).error()));
  SECTION("a commit that brings the schema makes it known again") {
    CHECK(append_with(*log, 1003, thing, thing_text));
    CHECK(as_text(*log->schema(thing)) == thing_text);
    CHECK(log->schemas()->size() == 2);
  }
}

TEST_CASE("an error of the disk that passes hides no schema for ever", "[damaged_schema]") {
  SchemaStore store{2};
  const auto call = GENERATE(FileCall::open, FileCall::size, FileCall::map, FileCall::read);
  const auto mode = GENERATE(FileLogOptions::Mode::read_write, FileLogOptions::Mode::read_only);
  for (int nth = 1; nth <= 8; ++nth) {
    CAPTURE(static_cast<int>(call), nth);
    const auto log = store.open({.mode = mode});
    store.files.fail(call, nth, EIO);
    (void)log->schemas();
    store.files.heal();
    const auto schemas = log->schemas();
    if (!schemas) FAIL(schemas.error().message());
    CHECK(schemas->size() == 2);
    CHECK(log->schema(thing));
    CHECK(log->schema(other));
  }
}

}  // namespace damaged_schema_test
