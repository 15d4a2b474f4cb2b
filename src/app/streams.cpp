#include <eventstore/app/streams.hpp>
#include <eventstore/log/event_log.hpp>

namespace eventstore::app {
namespace {

constexpr std::size_t listed_at_once = 1000;

}  // namespace

Result<void> list_streams(const EventLog& log, const ListStreams& parameters,
                          FunctionRef<Result<void>(const StreamSummary&)> on_stream) {
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(const auto page, log.streams(parameters.category, after, listed_at_once));
    for (const auto& info : page)
      EVENTSTORE_TRY(
          on_stream({info.stream, info.organization, info.version.value, info.first.value, info.last.value}));
    if (page.size() < listed_at_once) return {};
    after = page.back().stream;
  }
}

}  // namespace eventstore::app
