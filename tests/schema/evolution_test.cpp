// Events stored under an older schema of the same name, read as today's.
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/schema_reader.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace evolution_test {

using namespace eventstore;
using namespace samples;

namespace {

EVENTSTORE_ENUM(OldVerb, update, create);

struct Then {
  EVENTSTORE_EVENT(Then, "Happened", (std::int32_t, widened), (float, real), (string, removed), (string, required),
                   (OldVerb, verb), (string, former));
};
struct Now {
  EVENTSTORE_EVENT(Now, "Happened", (string, latter, , es::was("former")), (std::optional<string>, required),
                   (std::int64_t, widened), (std::int64_t, added, 7), (std::optional<Size>, size), (double, real),
                   (Verb, verb));
};
struct Later {
  EVENTSTORE_EVENT(Later, "Happened", (string, without_default));
};

struct Place {
  EVENTSTORE_FIELDS(Place, (std::int64_t, x), (std::int64_t, y));
};
struct Moved {
  EVENTSTORE_EVENT(Moved, "Moved", (Place, place, , es::flattened), (string, note));
};
// A later schema of the same event.
struct MovedFurther {
  EVENTSTORE_EVENT(MovedFurther, "Moved", (Place, place, , es::flattened), (string, note), (std::optional<string>, by));
};

struct Store {
  ManualClock clock{Timestamp{1}};
  MemoryLog log{clock};
  SchemaReader schemas{log};

  template <class E> Page append(const E& event) {
    const Bytes data = encode(event);
    return append(schema_of<E>(), data, Codec::binary);
  }
  Page append(const Schema& schema, BytesView data, Codec codec) {
    const NewEvent event{StreamId::trusted("thing-1"),
                         EventId{Uuid::v5(Uuid{}, as_text(data))},
                         schema.name,
                         "default",
                         Timestamp{1},
                         codec == Codec::json ? SchemaId{} : schema.id,
                         codec,
                         0,
                         {},
                         data};
    const auto record = schema.record();
    REQUIRE(log.append(Commit{{&event, 1}, {}, {&record, 1}}));
    return *log.read_stream(event.stream);
  }
};

const Then then{-5, 0.5F, "gone", "here", OldVerb::create, "name"};

}  // namespace

TEST_CASE("an event is read as a later schema: added, removed, reordered, widened, renamed", "[schema][evolution]") {
  Store store;
  const auto page = store.append(then);
  Bytes scratch;
  const auto bytes = store.schemas.data_as(schema_of<Now>(), page.events[0], scratch);
  if (!bytes) FAIL(bytes.error().message());
  CHECK(decode<Now>(*bytes) == Now{"name", "here", -5, 7, {}, 0.5, Verb::create});
}

TEST_CASE("a stored record is flattened in JSON where the program's own event has it so", "[schema][evolution]") {
  Store store;
  const auto page = store.append(Moved{{3, 4}, "here"});
  std::string nested;
  REQUIRE(store.schemas.data_to_json(page.events[0], nested));
  CHECK(nested == R"({"place":{"x":3,"y":4},"note":"here"})");
  SchemaReader knowing{store.log};
  const std::array own{&schema_of<Now>(), &schema_of<MovedFurther>()};
  knowing.know(own);
  std::string flat;
  REQUIRE(knowing.data_to_json(page.events[0], flat));
  CHECK(flat == R"({"x":3,"y":4,"note":"here"})");
}

TEST_CASE("an event of today's schema is read where it lies", "[schema][evolution]") {
  Store store;
  const auto page = store.append(Now{"n", {}, 1, 2, {}, 3, Verb::delete_});
  Bytes scratch;
  const auto bytes = store.schemas.data_as(schema_of<Now>(), page.events[0], scratch);
  REQUIRE(bytes);
  CHECK(bytes->data() == page.events[0].data.data());
  CHECK(scratch.empty());
}

TEST_CASE("an event kept as JSON is read as a schema", "[schema][evolution]") {
  Store store;
  const auto page = store.append(schema_of<Later>(), as_bytes(R"({"without_default":"x","unknown":[1]})"), Codec::json);
  Bytes scratch;
  const auto bytes = store.schemas.data_as(schema_of<Later>(), page.events[0], scratch);
  REQUIRE(bytes);
  CHECK(decode<Later>(*bytes) == Later{"x"});
}

TEST_CASE("an event that does not fit today's schema is unreadable_schema and says where", "[schema][evolution]") {
  Store store;
  const auto page = store.append(then);
  Bytes scratch;
  const auto bytes = store.schemas.data_as(schema_of<Later>(), page.events[0], scratch);
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().code == Errc::unreadable_schema);
  CHECK(bytes.error().during == "read Happened");
  CHECK(bytes.error().where == "thing-1");
  CHECK(bytes.error().at == Position{1});
  CHECK(bytes.error().detail == "stored under another schema: `without_default` is added and has no default");
}

TEST_CASE("a recorded schema is found by its id and parsed once", "[schema][evolution]") {
  Store store;
  store.append(then);
  const auto found = store.schemas.find(schema_of<Then>().id);
  REQUIRE(found);
  CHECK((*found)->descriptor == schema_of<Then>().descriptor);
  CHECK(*store.schemas.find(schema_of<Then>().id) == *found);
  const auto missing = store.schemas.find(schema_of<Later>().id);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Errc::not_found);
}

}  // namespace evolution_test
