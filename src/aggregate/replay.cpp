#include <eventstore/aggregate/replay.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

Result<void> replay(const EventLog& log, const SchemaReader& schemas, const StreamId& stream, AnyState& state,
                    Version last) {
  bool more = true;
  while (more && state.version < last) {
    ReadStream next{state.version.next()};
    next.limit = static_cast<std::size_t>(std::min<std::uint64_t>(next.limit, last.value - state.version.value));
    const auto failures = mapping_failures();
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, next));
    auto folded = state.fold(page.events, last, schemas);
    if (mapping_failures() != failures)
      return failure(Errc::io_failed, "replay", stream.text(),
                     "the disk cannot read a part of a file: look at the disk, then run verify");
    EVENTSTORE_TRY(std::move(folded));
    more = !page.at_end && !page.events.empty();
  }
  return {};
}

Result<void> apply_new(const NewEvent& event, AnyState& state, const SchemaReader& schemas) {
  const RecordedEvent recorded{.stream = event.stream.text(),
                               .version = state.version.next(),
                               .id = event.id,
                               .type = event.type,
                               .organization = event.organization,
                               .created_at = event.created_at,
                               .schema = event.schema,
                               .codec = event.codec,
                               .metadata = event.metadata,
                               .data = event.data};
  EVENTSTORE_TRY_ASSIGN(const Metadata metadata, metadata_of(recorded));
  return state.apply(recorded, metadata, schemas);
}

}  // namespace v1
}  // namespace eventstore
