#include <catch2/catch.hpp>

#include <rapidcheck.h>
#include <eventstore/core/must.hpp>
#include <eventstore/schema/json_codec.hpp>

#include "../schema/any_value.hpp"
#include "people_log.hpp"

namespace encryption_property_test {

namespace {

namespace es = eventstore;
using es::Kind, es::Type;

// Makes some fields of `type` personal, some texts secret, and some texts name a subject, at any depth.
void make_personal(Type& type) {
  bool has_subject = false;
  for (auto& part : type.of) make_personal(part);
  for (auto& field : type.fields) {
    if (type.kind == Kind::variant) {
      make_personal(field.type);
      continue;
    }
    const auto choice = any::below(8);
    if (choice < 2) field.attributes = field.attributes | es::personal;
    if (choice == 2 && field.type.kind == Kind::text) field.type.kind = Kind::secret_text;
    if (choice == 3 && field.type.kind == Kind::text && !std::exchange(has_subject, true))
      field.attributes = field.attributes | es::subject_id;
    make_personal(field.type);
  }
}

// A field whose default is another value than nothing.
void give_default(Type& type) {
  auto& field = type.fields.front();
  es::Bytes bytes;
  es::BytesOut out{bytes};
  any::value(field.type, out);
  field.default_value = std::move(bytes);
}

struct Made {
  es::Schema schema;
  es::EventLine line;
};

Made any_event() {
  auto type = any::record();
  make_personal(type);
  if (any::below(2) == 0) give_default(type);
  Made made{es::Schema::of("Happened", std::move(type)),
            {es::StreamId::trusted("thing-1"), "Happened", {}, {}, nullptr, {}, {}}};
  es::BytesOut out{made.line.data};
  any::value(made.schema.type, out);
  made.line.metadata.event_id = es::EventId{es::Uuid::v5(es::eventstore_namespace, "an event")};
  made.line.metadata.created_at = es::Timestamp{1'700'000'000'000'000};
  if (any::below(2) == 0) made.line.metadata.user_id = "somebody";
  if (any::below(2) == 0) made.line.metadata.ip_address = "10.0.0.1";
  if (any::below(2) == 0) made.line.metadata.extra = R"({"campaign":"x"})";
  encode_tagged(made.line.metadata, made.line.tagged);
  return made;
}

// Whether JSON keeps the value that `bytes` are: it has no infinity, free data of no text becomes null, and an optional
// that is left out gets its default.
bool survives_json(const es::Schema& schema, es::BytesView bytes) {
  const auto recorded = es::must(es::Schema::parse(schema.descriptor));
  std::string json;
  if (!es::bytes_to_json(recorded.type, bytes, json, {.secrets = es::ShownSecrets::sealed_unless_empty})) return false;
  const auto read = es::json_to_bytes(schema.type, json);
  return read && std::ranges::equal(*read, bytes);
}

es::Result<es::Receipt> append(people::PeopleLog& to, const Made& made) {
  auto line = made.line;
  line.schema = &made.schema;
  return to.append(line);
}

}  // namespace

TEST_CASE("an event of any schema is read as it was written, and stored without its personal values",
          "[encrypted values][property]") {
  REQUIRE(rc::check("encrypted and opened", [] {
    const auto made = any_event();
    people::PeopleLog log;
    RC_ASSERT(append(log, made).has_value());
    const auto page = log.clear();
    const auto& event = page.events.front();
    RC_ASSERT(event.encryption_key == 0U);
    RC_ASSERT(std::ranges::equal(event.data, made.line.data));
    RC_ASSERT(*es::metadata_of(event) == *es::metadata_of(es::RecordedEvent{.id = event.id,
                                                                            .organization = event.organization,
                                                                            .created_at = event.created_at,
                                                                            .metadata = made.line.tagged}));
    const auto stored = log.stored();
    const auto left = es::must(es::clear_values(made.schema, stored.events.front().data, "thing-1"));
    RC_ASSERT(left.empty());
    RC_ASSERT(es::must(append(log, made)).already_there);
    people::PeopleLog again{log.keys};
    RC_ASSERT(append(again, made).has_value());
    const auto same = again.stored();
    RC_ASSERT(std::ranges::equal(same.events.front().metadata, stored.events.front().metadata));
  }));
}

TEST_CASE("importing an exported event gives the bytes of the log again", "[encrypted values][property]") {
  REQUIRE(rc::check("exported and imported", [] {
    const auto made = any_event();
    people::PeopleLog log;
    RC_ASSERT(append(log, made).has_value());
    const auto stored = log.stored();
    const auto& event = stored.events.front();
    if (!survives_json(made.schema, event.data)) return;  // so would no clear line
    es::EventTypes types;
    types.add("thing", made.schema);
    const auto line = log.exported();
    people::PeopleLog other{log.keys};
    const auto imported = other.import(types, line);
    if (!imported) RC_FAIL(line + "\n" + imported.error().message());
    const auto copy = other.stored();
    RC_ASSERT(std::ranges::equal(copy.events.front().data, event.data));
    RC_ASSERT(std::ranges::equal(copy.events.front().metadata, event.metadata));
    RC_ASSERT(copy.events.front().encryption_key == event.encryption_key);
    RC_ASSERT(es::must(log.import(types, line)).already_there);
  }));
}

TEST_CASE("erased values of any schema are defaults, and the others stay", "[encrypted values][property]") {
  REQUIRE(rc::check("erased", [] {
    const auto made = any_event();
    people::PeopleLog log;
    RC_ASSERT(append(log, made).has_value());
    log.erase("1");
    const auto page = log.clear();
    const auto& event = page.events.front();
    const auto values = es::must(es::clear_values(made.schema, event.data, "1"));
    for (const auto& value : values) RC_ASSERT(value.subject != "1");
    const auto places = es::erased_places(event);
    RC_ASSERT(std::ranges::is_sorted(places));
    for (const auto place : places) RC_ASSERT(place < event.data.size());
    std::string json;
    const es::SchemaReader schemas{log.log};
    RC_ASSERT(schemas.data_to_json(event, json).has_value());
    std::size_t shown = 0;
    for (auto at = json.find(es::erased_json); at != std::string::npos; at = json.find(es::erased_json, at + 1))
      ++shown;
    RC_ASSERT(shown >= places.size());
    RC_ASSERT(es::must(append(log, made)).already_there);
  }));
}

}  // namespace encryption_property_test
