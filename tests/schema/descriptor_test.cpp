#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace descriptor_test {

using namespace eventstore;
using namespace samples;

namespace {

struct Person {
  EVENTSTORE_EVENT(Person, "PersonMet", (string, id, , es::subject_id), (string, phone, , es::personal_data),
                   (string, mail, , es::subject_id | es::personal_data));
};
struct Plain {
  EVENTSTORE_EVENT(Plain, "Counted", (std::int64_t, count));
};
struct Defaulted {
  EVENTSTORE_EVENT(Defaulted, "Counted", (std::int64_t, count, 7, es::was("number")));
};
struct Helped {
  EVENTSTORE_EVENT(Helped, "Counted", (std::int64_t, count, , es::help("How many, at most") | es::personal_data),
                   (std::int64_t, other, 7, es::was("number") | es::help("Another")));
};
struct NotHelped {
  EVENTSTORE_EVENT(NotHelped, "Counted", (std::int64_t, count, , es::personal_data),
                   (std::int64_t, other, 7, es::was("number")));
};
struct OtherName {
  EVENTSTORE_EVENT(OtherName, "Tallied", (std::int64_t, count));
};

}  // namespace

TEST_CASE("a descriptor names the record and every field with its type", "[schema][descriptor]") {
  CHECK(schema_of<Everything>().descriptor ==
        "EverythingHappened{flag:bool,i8:int8,i16:int16,i32:int32,i64:int64,u8:uint8,u16:uint16,u32:uint32,u64:uint64,"
        "f32:float32,f64:float64,text:text,bytes:bytes,uuid:uuid,time:timestamp,free:json,verb:enum(create|update|"
        "delete),note:text?,size:{length:float64,width:float64?}?,items:[{name:text,count:int32}],words:[text],"
        "counts:map<int64>,by_key:map<{name:text,count:int32}>,nested:{length:float64,width:float64?},nothing:{}}");
  CHECK(schema_of<Nothing>().descriptor == "{}");
  CHECK(canonical_text(type_of<Items>()) == "[{name:text,count:int32}]");
}

TEST_CASE("a descriptor tells who a record is about and what is personal", "[schema][descriptor]") {
  CHECK(schema_of<Person>().descriptor == "PersonMet{id@subject:text,phone@personal:text,mail@subject@personal:text}");
}

TEST_CASE("a descriptor reads back as the same schema", "[schema][descriptor]") {
  for (const auto* const schema : {&schema_of<Everything>(), &schema_of<Person>(), &schema_of<Nothing>()}) {
    CAPTURE(schema->descriptor);
    const auto parsed = Schema::parse(schema->descriptor);
    REQUIRE(parsed);
    CHECK(parsed->name == schema->name);
    CHECK(parsed->descriptor == schema->descriptor);
    CHECK(parsed->id == schema->id);
    CHECK(as_text(parsed->record().descriptor) == schema->descriptor);
  }
}

TEST_CASE("a schema's identity is its name and its shape; defaults and earlier names are not part of it",
          "[schema][descriptor]") {
  CHECK(schema_of<Plain>().id == schema_of<Defaulted>().id);
  CHECK(schema_of<Plain>().id != schema_of<OtherName>().id);
  CHECK(schema_of<Plain>().id.digest.to_string() == Schema::parse("Counted{count:int64}")->id.digest.to_string());
  CHECK_FALSE(schema_of<Plain>().id.is_none());
}

TEST_CASE("the help of a field is known to its type and is part of no schema", "[schema][descriptor]") {
  const auto& type = schema_of<Helped>().type;
  CHECK(type.field("count")->attributes.help == "How many, at most");
  CHECK(type.field("other")->attributes.help == "Another");
  CHECK(schema_of<Helped>().id == schema_of<NotHelped>().id);
  CHECK(annotated_text(type) == annotated_text(schema_of<NotHelped>().type));
}

TEST_CASE("any value can be shown by its descriptor alone", "[schema][descriptor]") {
  const auto parsed = Schema::parse(schema_of<Everything>().descriptor);
  REQUIRE(parsed);
  std::string json;
  REQUIRE(bytes_to_json(parsed->type, encode(example()), json));
  CHECK(json == to_json(example()));
}

TEST_CASE("a malformed descriptor is corrupt_record and says where it stops making sense", "[schema][descriptor]") {
  const auto detail_of = [](std::string_view text) {
    const auto parsed = Schema::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::corrupt_record);
    CHECK(parsed.error().during == "read schema descriptor");
    return parsed.error().detail;
  };
  CHECK(detail_of("") == "expected a type at byte 0");
  CHECK(detail_of("Name") == "expected a type at byte 4");
  CHECK(detail_of("Name{") == "expected a field's name and ':' at byte 5");
  CHECK(detail_of("Name{a") == "expected a field's name and ':' at byte 6");
  CHECK(detail_of("Name{a:}") == "expected a type at byte 7");
  CHECK(detail_of("Name{a:int63}") == "expected a type at byte 12");
  CHECK(detail_of("Name{a:text") == "expected } at byte 11");
  CHECK(detail_of("Name{a:text,}") == "expected a field's name and ':' at byte 13");
  CHECK(detail_of("Name{a:[text}") == "expected ] at byte 12");
  CHECK(detail_of("Name{a:map<text}") == "expected > at byte 15");
  CHECK(detail_of("Name{a:enum(x|y}") == "expected ) at byte 16");
  CHECK(detail_of("Name{a:text,b:int64,a:text}") == "expected fields of different names at byte 27");
  CHECK(detail_of("Name{a:text}}") == "expected a record and nothing after it at byte 12");
  CHECK(detail_of("Name{a:text}?") == "expected a record and nothing after it at byte 13");
}

TEST_CASE("every prefix of a descriptor is refused", "[schema][descriptor]") {
  const auto& whole = schema_of<Everything>().descriptor;
  for (std::size_t length = 0; length < whole.size(); ++length)
    REQUIRE_FALSE(Schema::parse(std::string_view{whole}.substr(0, length)));
}

TEST_CASE("a descriptor nested beyond 64 levels is refused, however it is nested", "[schema][descriptor]") {
  const std::size_t many = 200'000;
  CHECK_FALSE(Schema::parse("N{a:" + std::string(many, '[')));
  CHECK_FALSE(Schema::parse("N{a:text" + std::string(many, '?') + "}"));
  std::string records = "N";
  for (std::size_t i = 0; i < many; ++i) records += "{a:";
  CHECK_FALSE(Schema::parse(records));
  CHECK(Schema::parse("N{a:text??}"));
}

}  // namespace descriptor_test
