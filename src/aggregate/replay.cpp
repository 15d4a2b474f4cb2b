#include <eventstore/aggregate/replay.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

Result<void> replay(const EventLog& log, const SchemaReader& schemas, const StreamId& stream, AnyState& state,
                    Version last) {
  bool more = true;
  while (more && state.version < last) {
    ReadStream next{state.version.next()};
    next.limit = static_cast<std::size_t>(std::min<std::uint64_t>(next.limit, last.value - state.version.value));
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, next));
    EVENTSTORE_TRY(state.fold(page.events, last, schemas));
    more = !page.at_end && !page.events.empty();
  }
  return {};
}

}  // namespace v1
}  // namespace eventstore
