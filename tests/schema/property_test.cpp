// Laws that hold for any value, and for any bytes at all.
#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/event_line.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <bit>
#include <cmath>

#include "schema/samples.hpp"

namespace property_test {

using namespace eventstore;
using namespace samples;

namespace {

string any_text() {
  static const std::vector<string> pieces{"a", "B", " ", "\"", "\\", "\n", string(1, '\0'), "é", "漢", "😀", "$", "{"};
  string text;
  for (const auto& piece : *rc::gen::container<std::vector<string>>(rc::gen::elementOf(pieces))) text += piece;
  return text;
}

double any_double() {
  const auto value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
  return std::isfinite(value) ? value : 0.5;
}

Size any_size() { return {any_double(), *rc::gen::arbitrary<bool>() ? std::optional{any_double()} : std::nullopt}; }

Item any_item() { return {any_text(), *rc::gen::arbitrary<std::int32_t>()}; }

std::size_t any_count() { return *rc::gen::inRange<std::size_t>(0, 5); }

Everything any_everything() {
  Everything all{};
  all.flag = *rc::gen::arbitrary<bool>();
  all.i8 = *rc::gen::arbitrary<std::int8_t>();
  all.i16 = *rc::gen::arbitrary<std::int16_t>();
  all.i32 = *rc::gen::arbitrary<std::int32_t>();
  all.i64 = std::bit_cast<std::int64_t>(*rc::gen::resize(1000, rc::gen::arbitrary<std::uint64_t>()));
  all.u8 = *rc::gen::arbitrary<std::uint8_t>();
  all.u16 = *rc::gen::arbitrary<std::uint16_t>();
  all.u32 = *rc::gen::arbitrary<std::uint32_t>();
  all.u64 = *rc::gen::resize(1000, rc::gen::arbitrary<std::uint64_t>());
  all.f64 = any_double();
  all.f32 = static_cast<float>(*rc::gen::arbitrary<std::int32_t>()) / 7;
  all.text = any_text();
  for (const auto octet : *rc::gen::arbitrary<std::vector<std::uint8_t>>()) all.bytes.push_back(std::byte{octet});
  for (auto& octet : all.uuid.octets) octet = *rc::gen::arbitrary<std::uint8_t>();
  all.time.micros = *rc::gen::inRange<std::int64_t>(-62'135'596'800'000'000, 253'402'300'800'000'000);
  append_json_string(all.free.text, any_text());
  all.verb = *rc::gen::element(Verb::create, Verb::update, Verb::delete_);
  if (*rc::gen::arbitrary<bool>()) all.note = any_text();
  if (*rc::gen::arbitrary<bool>()) all.size = any_size();
  for (auto i = any_count(); i > 0; --i) all.items.push_back(any_item());
  for (auto i = any_count(); i > 0; --i) all.words.push_back(any_text());
  for (auto i = any_count(); i > 0; --i) all.counts[any_text()] = *rc::gen::arbitrary<std::int64_t>();
  for (auto i = any_count(); i > 0; --i) all.by_key[any_text()] = any_item();
  all.nested = any_size();
  return all;
}

// Bytes that are nearly a value: a few octets of one changed.
Bytes damaged(Bytes bytes) {
  for (auto i = any_count() + 1; i > 0; --i)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = std::byte{*rc::gen::arbitrary<std::uint8_t>()};
  return bytes;
}

// Whatever they are: a value or an error, never a crash; and if they are a value, its JSON is JSON.
void survive(const Bytes& bytes) {
  const auto& type = schema_of<Everything>().type;
  const auto decoded = decode<Everything>(bytes);
  string json;
  (void)bytes_to_json(type, bytes, json);
  BytesReader{bytes}.value(type);
  if (!decoded) RC_ASSERT(decoded.error().code == Errc::corrupt_record);
}

}  // namespace

TEST_CASE("any value survives its bytes", "[schema][property]") {
  CHECK(rc::check("decode(encode(x)) == x", [] {
    const auto value = any_everything();
    const auto bytes = encode(value);
    const auto back = decode<Everything>(bytes);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == value);
    BytesReader reader{bytes};
    RC_ASSERT(reader.value(schema_of<Everything>().type).size() == bytes.size());
  }));
}

TEST_CASE("any value survives its JSON", "[schema][property]") {
  CHECK(rc::check("from_json(to_json(x)) == x", [] {
    const auto value = any_everything();
    const auto back = from_json<Everything>(to_json(value));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == value);
    RC_ASSERT(encode(*back) == encode(value));
  }));
}

TEST_CASE("any two values differ exactly where their changes are not empty", "[schema][property]") {
  CHECK(rc::check("changes(x, y) is empty if and only if x == y", [] {
    const auto before = any_everything();
    auto after = *rc::gen::arbitrary<bool>() ? before : any_everything();
    const auto changes = changes_between(before, after);
    RC_ASSERT(changes.empty() == (encode(before) == encode(after)));
    const auto& type = schema_of<Everything>().type;
    RC_ASSERT(apply_changes(type, to_json(before), changes) == to_json(after));
    RC_ASSERT(apply_changes(type, to_json(after), changes, ChangeDirection::backward) == to_json(before));
    RC_ASSERT(apply_changes(type, to_json(Everything{}), changes_from_nothing(after)) == to_json(after));
  }));
}

TEST_CASE("no bytes crash a reader", "[schema][property]") {
  CHECK(rc::check("random bytes", [] {
    Bytes bytes;
    for (const auto octet : *rc::gen::arbitrary<std::vector<std::uint8_t>>()) bytes.push_back(std::byte{octet});
    survive(bytes);
  }));
  CHECK(rc::check("bytes that are nearly a value", [] { survive(damaged(encode(any_everything()))); }));
}

TEST_CASE("no text crashes the reader of lines or of descriptors", "[schema][property]") {
  EventTypes known;
  known.add("thing", schema_of<Everything>());
  const string line = R"({"event_type":"EverythingHappened","event_data":)" + to_json(example()) +
                      R"(,"aggregate_id":"7","aggregate_type":"thing","created_at":"2026-01-27T10:30:00Z"})";
  CHECK(rc::check("text that is nearly a line", [&] {
    EventLineReader reader{known};
    const auto bytes = as_bytes(line);
    (void)reader.read(as_text(damaged({bytes.begin(), bytes.end()})));
  }));
  CHECK(rc::check("text that is nearly a descriptor", [] {
    const auto bytes = as_bytes(schema_of<Everything>().descriptor);
    const auto text = damaged({bytes.begin(), bytes.end()});
    if (const auto parsed = Schema::parse(as_text(text))) RC_ASSERT(Schema::parse(parsed->descriptor).has_value());
  }));
}

}  // namespace property_test
