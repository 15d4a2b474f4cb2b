#pragma once
// An event whose data is kept as JSON, like one of a type that this build does not know.
#include <eventstore/app/store.hpp>

#include <catch2/catch.hpp>

namespace bank {

inline void append_raw(eventstore::Store& store, const std::string& stream, const std::string& type) {
  namespace es = eventstore;
  const auto id = stream + std::to_string(store.log().head()->value);
  const es::NewEvent raw{.stream = es::StreamId::trusted(stream),
                         .id = es::EventId{es::Uuid::v5(es::Uuid{}, id)},
                         .type = type,
                         .organization = "default",
                         .created_at = store.clock().now(),
                         .codec = es::Codec::json,
                         .data = es::as_bytes("{}")};
  REQUIRE(store.log().append({.events = {&raw, 1}}));
}

}  // namespace bank
