#pragma once
// Structs of every kind of field, for the tests of the schema layer.
#include <cstdint>
#include <eventstore/schema/codec.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace samples {

namespace es = eventstore;
using std::string;

EVENTSTORE_ENUM(Verb, create, update, delete_);

struct Size {
  EVENTSTORE_FIELDS(Size, (double, length), (std::optional<double>, width));
};
struct Item {
  EVENTSTORE_FIELDS(Item, (string, name), (std::int32_t, count, 1));
};
struct Nothing {
  EVENTSTORE_FIELDS(Nothing);
};

using Items = std::vector<Item>;
using Words = std::vector<string>;
using Counts = std::map<string, std::int64_t>;
using ItemsByKey = std::map<string, Item>;

/// Each kind of field once at least.
struct Everything {
  EVENTSTORE_EVENT(Everything, "EverythingHappened", (bool, flag), (std::int8_t, i8), (std::int16_t, i16),
                   (std::int32_t, i32), (std::int64_t, i64), (std::uint8_t, u8), (std::uint16_t, u16),
                   (std::uint32_t, u32), (std::uint64_t, u64), (float, f32), (double, f64), (string, text),
                   (es::Bytes, bytes), (es::Uuid, uuid), (es::Timestamp, time), (es::Json, free), (Verb, verb),
                   (std::optional<string>, note), (std::optional<Size>, size), (Items, items), (Words, words),
                   (Counts, counts), (ItemsByKey, by_key), (Size, nested), (Nothing, nothing));
};

inline Everything example() {
  Everything all{};
  all.flag = true;
  all.i8 = -8;
  all.i16 = -1600;
  all.i32 = -320000;
  all.i64 = -64'000'000'000;
  all.u8 = 200;
  all.u16 = 60000;
  all.u32 = 4'000'000'000;
  all.u64 = 18'000'000'000'000'000'000U;
  all.f32 = 0.1F;
  all.f64 = 0.1;
  all.text = "ünïcode \"quoted\"\n";
  all.bytes = {std::byte{0}, std::byte{0xFF}, std::byte{0x10}, std::byte{0x20}};
  all.uuid = *es::Uuid::parse("123e4567-e89b-12d3-a456-426614174000");
  all.time = *es::Timestamp::parse("2026-01-27T10:30:00.000001Z");
  all.free = {R"({"z":1,"a":[true,null]})"};
  all.verb = Verb::delete_;
  all.note = "noted";
  all.size = Size{1.5, {}};
  all.items = {{"one", 1}, {"two", 2}};
  all.words = {"", "word"};
  all.counts = {{"a", 1}, {"b", -2}};
  all.by_key = {{"k", {"three", 3}}};
  all.nested = {2.5, 3.5};
  return all;
}

}  // namespace samples
