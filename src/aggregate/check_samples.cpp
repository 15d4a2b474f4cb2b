#include <eventstore/aggregate/detail/check_samples.hpp>

#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/differences.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Appends the payload to a log of its own and reads it from there.
Result<std::vector<EncodedEvent>> read_one(const AggregateType& aggregate, const Schema& schema, BytesView payload) {
  const ManualClock clock{Timestamp{0}};
  MemoryLog log{clock};
  EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(aggregate.category + "-sample"));
  NewEvent event{stream, EventId{Uuid::v5(schema.id.digest, payload)}};
  event.type = schema.name;
  event.organization = "default";
  event.schema = schema.id;
  event.data = payload;
  const auto descriptor = schema.record();
  EVENTSTORE_TRY(log.append(Commit{{&event, 1}, {}, {&descriptor, 1}}));
  EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all());
  const SchemaReader schemas{log};
  return aggregate.read(page.events.front(), schemas);
}

// The bytes that the structs wrote back.
Result<void> check_written(const std::vector<EncodedEvent>& events, const Schema& stored, BytesView payload) {
  for (const auto& [schema, data] : events) {
    EVENTSTORE_TRY(check_value(schema->type, data));
    if (schema->id == stored.id && !std::equal(data.begin(), data.end(), payload.begin(), payload.end()))
      return failure(
          Errc::corrupt_record, "read samples", "",
          "its struct reads the payload and writes other bytes: correct the code that reads or writes its fields");
  }
  return {};
}

}  // namespace

Result<Verdict::Way> check_samples(const AggregateType& aggregate, const SampleFile& file) {
  const auto verdict = judge(file.schema.name, file.schema.record_text(), aggregate.readable->texts());
  if (!verdict.reads())
    return failure(Errc::unreadable_schema, "read samples", file.schema.name, describe_unreadable(verdict));
  std::size_t number = 0;
  for (const auto& sample : file.samples) {
    ++number;
    auto events = read_one(aggregate, file.schema, sample.payload);
    Result<void> checked{};
    if (events)
      checked = check_written(*events, file.schema, sample.payload);
    else
      checked = failure_of(events);
    if (checked) continue;
    checked.error().where = "payload " + std::to_string(number);
    if (checked.error().code == Errc::user_exception)
      checked.error().detail += ": an upcaster must take every value that its old struct can hold";
    return failure_of(checked);
  }
  return verdict.way;
}

}  // namespace v1
}  // namespace eventstore
