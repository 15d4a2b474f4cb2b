#pragma once
// Events written into a log by whatever struct, as another build would have.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/log/memory_log.hpp>

namespace recorded {

namespace es = eventstore;

struct Log {
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T12:00:00Z")};
  es::MemoryLog log{clock};
  es::SchemaReader schemas{log};
  int count = 0;

  template <class E> es::EventId record(const std::string& stream, const E& event) {
    return record(stream, es::schema_of<E>(), es::encode(event), es::Codec::binary);
  }
  es::EventId record(const std::string& stream, const es::Schema& schema, es::BytesView data, es::Codec codec) {
    const es::EventId id{es::Uuid::v5(es::Uuid{}, "event " + std::to_string(++count))};
    const es::NewEvent event{*es::StreamId::parse(stream),
                             id,
                             schema.name,
                             "default",
                             clock.now(),
                             codec == es::Codec::json ? es::SchemaId{} : schema.id,
                             codec,
                             0,
                             {},
                             data};
    const auto descriptor = schema.record();
    const auto receipt = log.append(es::Commit{{&event, 1}, {}, {&descriptor, 1}});
    if (!receipt) FAIL(receipt.error().message());
    return id;
  }
};

}  // namespace recorded
