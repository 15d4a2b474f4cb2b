#include <eventstore/app/streams.hpp>
#include <eventstore/log/event_log.hpp>

namespace eventstore::app {
namespace {

constexpr std::size_t page_streams = 1000;

}  // namespace

Result<void> list_streams(const EventLog& log, const ListStreams& parameters,
                          FunctionRef<Result<void>(const StreamSummary&)> on_stream) {
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(const auto page, log.streams(parameters.category, after, page_streams));
    for (const auto& info : page)
      EVENTSTORE_TRY(
          on_stream({info.stream, info.organization, info.version.value, info.first.value, info.last.value}));
    if (page.size() < page_streams) return {};
    after = page.back().stream;
  }
}

}  // namespace eventstore::app
