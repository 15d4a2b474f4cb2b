#include "log_walk.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t streams_page = 1000;
constexpr std::uint64_t steps_between_looks = 1024;

// The first version that the log still has of a stream whose first events retention has dropped.
Result<Version> first_left(const EventLog& log, const StreamId& stream) {
  EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(stream));
  if (kept) return kept->version.next();
  Version first{1};
  const auto visited = log.visit_stream(stream, {.direction = Direction::backward, .limit = no_limit},
                                        [&first](const RecordedEvent& event) {
                                          first = event.version;
                                          return true;
                                        });
  if (!visited && visited.error().code != Errc::expired) return tl::unexpected<Error>{visited.error()};
  return first;
}

}  // namespace

Result<void> ExportPace::step() {
  if (done_++ % steps_between_looks != 0) return {};
  if (watch_.stop.stop_requested()) return failure(Errc::stopped, "export", {}, "nothing was written");
  if (watch_.on_progress) watch_.on_progress(std::min(done_, total_), total_);
  return {};
}

std::uint64_t positions_of(const LogPart& part) {
  return part.to < part.from ? 0 : part.to.value - part.from.value + 1;
}

Result<LogPart> bounded(const EventLog& log, LogPart part) {
  if (part.to != Position{0} && part.from > part.to)
    return failure(Errc::invalid_argument, "export", fmt::format("--from {} --to {}", part.from.value, part.to.value),
                   "the first position is past the last: exchange them");
  EVENTSTORE_TRY_ASSIGN(const Position head, log.head());
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  part.to = part.to == Position{0} ? head : std::min(part.to, head);
  part.from = std::max({part.from, dropped.last.next(), Position{1}});
  return part;
}

bool has(const LogPart& part, Position position) { return position >= part.from && position <= part.to; }

Result<void> each_stream(const EventLog& log, const Categories& categories, const LogPart& part,
                         OnStreamInfo on_stream) {
  for (const auto& category : categories.names(part.category)) {
    std::string after;
    for (bool more = true; more;) {
      EVENTSTORE_TRY_ASSIGN(const auto page, log.streams(category, after, streams_page));
      for (const auto& stream : page) {
        const bool may_be_in = stream.first <= part.to && stream.last >= part.from;
        const bool is_theirs = part.organization.empty() || stream.organization == part.organization;
        if (may_be_in && is_theirs) EVENTSTORE_TRY(on_stream(stream));
      }
      more = page.size() == streams_page;
      if (more) after = page.back().stream;
    }
  }
  return {};
}

Result<void> each_event_of(const EventLog& log, const StreamInfo& info, const LogPart& part, OnRecordedEvent on_event) {
  const auto stream = StreamId::trusted(info.stream);
  ReadStream next{};
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  if (dropped.last != Position{0} && info.first <= dropped.last) {
    EVENTSTORE_TRY_ASSIGN(next.from, first_left(log, stream));
  }
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, next));
    for (const auto& event : page.events) {
      if (event.position > part.to) return {};
      if (has(part, event.position)) EVENTSTORE_TRY(on_event(event));
    }
    if (page.at_end) return {};
    next.from = Version{page.next};
  }
}

Result<void> each_event(const EventLog& log, const Categories& categories, const LogPart& part,
                        OnRecordedEvent on_event) {
  const auto names = categories.names(part.category);
  ReadAll next{.from = part.from, .filter = {.organization = part.organization}};
  if (names.size() == 1) next.filter.category = names.front();
  const auto is_named = [&](const RecordedEvent& event) {
    const auto category = event.stream.substr(0, event.stream.find('-'));
    return names.size() == 1 || std::find(names.begin(), names.end(), category) != names.end();
  };
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all(next));
    for (const auto& event : page.events) {
      if (event.position > part.to) return {};
      if (is_named(event)) EVENTSTORE_TRY(on_event(event));
    }
    if (page.at_end || page.next > part.to.value) return {};
    next.from = Position{page.next};
  }
}

}  // namespace v1
}  // namespace eventstore
