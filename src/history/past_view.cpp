#include "past_view.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

bool PastView::admits(const RecordedEvent& event) const {
  if (event.position > cut_.end) return false;
  if (cut_.ends.empty()) return true;
  const auto end = cut_.ends.find(event.stream);
  return end == cut_.ends.end() || event.version < end->second;
}

Result<Version> PastView::last_of(const StreamInfo& info) const {
  const auto found = cut_.ends.find(info.stream);
  const auto end = found == cut_.ends.end() ? info.version.next() : found->second;
  if (end <= Version{1} || info.first > cut_.end) return Version{0};
  if (info.last <= cut_.end) return Version{end.value - 1};
  return last_up_to_end(StreamId::trusted(info.stream), Version{end.value - 1});
}

Result<Version> PastView::last_up_to_end(const StreamId& stream, Version head) const {
  Version there{0};
  for (auto not_there = head.next(); there.next() < not_there;) {
    const Version middle{there.value + (not_there.value - there.value) / 2};
    const auto page = log().read_stream(stream, {.from = middle, .limit = 1});
    // What retention dropped is not behind the end.
    const bool is_dropped = !page && page.error().code == Errc::expired;
    if (!page && !is_dropped) return tl::unexpected<Error>{page.error()};
    const bool is_there = is_dropped || (!page->events.empty() && page->events.front().position <= cut_.end);
    (is_there ? there : not_there) = middle;
  }
  return there;
}

Result<StreamInfo> PastView::past_of(StreamInfo info) const {
  const auto head = info.version;
  EVENTSTORE_TRY_ASSIGN(info.version, last_of(info));
  if (info.version == head || info.version == Version{0}) return info;
  auto page = log().read_stream(StreamId::trusted(info.stream), {.from = info.version, .limit = 1});
  if (page && !page->events.empty()) {
    info.last = page->events.front().position;
  } else if (page || page.error().code == Errc::expired) {
    EVENTSTORE_TRY_ASSIGN(const auto kept, log().kept_state(StreamId::trusted(info.stream)));
    info.last = kept ? kept->position : info.first;
  } else {
    return failure_of(page);
  }
  return info;
}

Result<bool> PastView::cut_short(const StreamId& stream, ReadStream& options, Version& last) const {
  EVENTSTORE_TRY_ASSIGN(last, head(stream));
  const bool is_backward = options.direction == Direction::backward;
  if (last == Version{0} || (!is_backward && options.from > last)) return false;
  if (is_backward && (options.from == Version{0} || options.from > last)) options.from = last;
  if (!is_backward) {
    const auto there = last.value - std::max<std::uint64_t>(options.from.value, 1) + 1;
    options.limit = static_cast<std::size_t>(std::min<std::uint64_t>(options.limit, there));
  }
  return true;
}

Result<Page> PastView::read_stream(const StreamId& stream, const ReadStream& options) const {
  auto part = options;
  Version last{};
  EVENTSTORE_TRY_ASSIGN(const bool has_some, cut_short(stream, part, last));
  if (!has_some) return Page{};
  EVENTSTORE_TRY_ASSIGN(Page page, log().read_stream(stream, part));
  if (options.direction == Direction::backward) return page;
  std::erase_if(page.events, [&](const RecordedEvent& event) { return event.version > last; });
  page.at_end = page.at_end || page.next > last.value;
  return page;
}

Result<Visited> PastView::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  auto part = options;
  Version last{};
  EVENTSTORE_TRY_ASSIGN(const bool has_some, cut_short(stream, part, last));
  if (!has_some) return Visited{};
  EVENTSTORE_TRY_ASSIGN(Visited visited, log().visit_stream(stream, part, visitor));
  if (options.direction == Direction::forward) visited.at_end = visited.at_end || visited.next > last.value;
  return visited;
}

Result<Page> PastView::read_all(const ReadAll& options) const {
  const bool is_backward = options.direction == Direction::backward;
  auto part = options;
  if (!is_backward && part.from > cut_.end) return Page{};
  if (is_backward && (part.from == Position{0} || part.from > cut_.end)) part.from = cut_.end;
  // A reader takes a page without events for the end of what it waits for.
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(Page page, log().read_all(part));
    std::erase_if(page.events, [&](const RecordedEvent& event) { return !admits(event); });
    if (!is_backward) page.at_end = page.at_end || page.next > cut_.head.value;
    if (page.at_end || !page.events.empty() || part.limit == 0) return page;
    part.from = Position{page.next};
  }
}

Result<Visited> PastView::visit_all(const ReadAll& options, Visitor visitor) const {
  const bool is_backward = options.direction == Direction::backward;
  auto part = options;
  if (!is_backward && part.from > cut_.end) return Visited{};
  if (is_backward && (part.from == Position{0} || part.from > cut_.end)) part.from = cut_.end;
  // Events that are not there count for no limit.
  part.limit = no_limit;
  auto left = options.limit;
  if (left == 0) return Visited{part.from.value, false};
  const auto pass = [&](const RecordedEvent& event) {
    if (event.position > cut_.end) return false;
    return !admits(event) || (visitor(event) && --left != 0);
  };
  EVENTSTORE_TRY_ASSIGN(Visited visited, log().visit_all(part, pass));
  if (!is_backward) visited.at_end = visited.at_end || visited.next > cut_.head.value;
  return visited;
}

Result<Page> PastView::find(const StreamId& stream, const EventId& id) const {
  EVENTSTORE_TRY_ASSIGN(Page page, log().find(stream, id));
  if (page.events.empty() || admits(page.events.front())) return page;
  return failure(Errc::not_found, "find event", stream.text(), "there was no event of that id then");
}

Result<Version> PastView::head(const StreamId& stream) const {
  EVENTSTORE_TRY_ASSIGN(const Version now, log().head(stream));
  if (now == Version{0}) return now;
  EVENTSTORE_TRY_ASSIGN(const StreamInfo all, log().info(stream));
  return last_of(all);
}

Result<StreamInfo> PastView::info(const StreamId& stream) const {
  EVENTSTORE_TRY_ASSIGN(StreamInfo all, log().info(stream));
  EVENTSTORE_TRY_ASSIGN(StreamInfo past, past_of(std::move(all)));
  if (past.version == Version{0})
    return failure(Errc::not_found, "read stream", stream.text(), "there was no such stream then");
  return past;
}

Result<std::vector<StreamInfo>> PastView::streams(std::string_view category, std::string_view after,
                                                  std::size_t limit) const {
  std::vector<StreamInfo> found;
  std::string place{after};
  while (found.size() < limit) {
    EVENTSTORE_TRY_ASSIGN(auto some, log().streams(category, place, limit - found.size()));
    if (some.empty()) break;
    place = some.back().stream;
    for (auto& each : some) {
      EVENTSTORE_TRY_ASSIGN(StreamInfo past, past_of(std::move(each)));
      if (past.version != Version{0}) found.push_back(std::move(past));
    }
  }
  return found;
}

Result<std::uint64_t> PastView::checksum_at(Position position) const {
  if (position <= cut_.end) return log().checksum_at(position);
  return failure(Error{Errc::not_found, "read checksum", {}, "there was no such event then", position});
}

Result<std::optional<KeptState>> PastView::kept_state(const StreamId& stream) const {
  EVENTSTORE_TRY_ASSIGN(auto kept, log().kept_state(stream));
  if (!kept) return kept;
  EVENTSTORE_TRY_ASSIGN(const Version last, head(stream));
  if (last == Version{0}) kept.reset();
  return kept;
}

}  // namespace v1
}  // namespace eventstore
