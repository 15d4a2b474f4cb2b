#include "read_side.hpp"

#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>
#include <deque>

#include "event_delivery.hpp"
#include "visit.hpp"

namespace eventstore::engine {
namespace {

using format::Location;

// A filter that admits little must not make one page read the whole log.
constexpr std::size_t page_looked_at_max = 65536;

class NoOpener final : public EventOpener {
  Result<void> open(RecordedEvent& event, Bytes&) const override {
    return failure(Error{Errc::missing_key, "read", std::string{event.stream},
                         "the event has encrypted values, and the log was opened without its keys: open it as a store",
                         event.position});
  }
};

// The clear data of a page's events, beside the view that keeps the rest in place.
struct OpenedPage {
  std::shared_ptr<const View> view;
  std::deque<Bytes> clear;
};

Result<void> open_events(const EventOpener& opener, Page& page, const std::shared_ptr<const View>& view) {
  std::shared_ptr<OpenedPage> opened;
  for (auto& event : page.events) {
    if (event.encryption_key != encrypted_values) continue;
    if (!opened) opened = std::make_shared<OpenedPage>(OpenedPage{view, {}});
    EVENTSTORE_TRY(opener.open(event, opened->clear.emplace_back()));
  }
  if (opened)
    page.pin = std::move(opened);
  else
    page.pin = view;
  return {};
}

}  // namespace

/// The state that one read sees: it does not change while it is used.
struct ReadSide::Reading {
  std::shared_ptr<const View> view;
  Bound bound;

  [[nodiscard]] Result<FoundStream> find(const StreamId& stream) const {
    return view->find(stream.text(), view->hashing.name(stream.text()), bound);
  }
};

ReadSide::ReadSide() { exchange(std::make_shared<View>()); }

const EventOpener& ReadSide::opener_or_none() const {
  static const NoOpener none;
  return opener_ ? *opener_ : none;
}

const ReadSide::Slot& ReadSide::own_slot() const {
  static std::atomic<std::size_t> threads{0};
  thread_local const auto number = threads.fetch_add(1, std::memory_order_relaxed);
  return slots_[number % slots_.size()];
}

std::shared_ptr<const View> ReadSide::view() const {
  const auto& slot = own_slot();
  const std::lock_guard lock{slot.mutex};
  // Counted where the slot counts, so that threads of other slots count elsewhere.
  return {slot.view, slot.view->get()};
}

void ReadSide::exchange(std::shared_ptr<const View> view) {
  // All or none: nothing is allocated once the first one was exchanged.
  std::array<std::shared_ptr<const std::shared_ptr<const View>>, std::tuple_size_v<decltype(slots_)>> fresh;
  for (auto& one : fresh) one = std::make_shared<const std::shared_ptr<const View>>(view);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const std::lock_guard lock{slots_[i].mutex};
    slots_[i].view.swap(fresh[i]);
  }
}

template <class Read> auto ReadSide::with_view(Read read) const -> decltype(read(std::declval<Reading&>())) {
  for (std::size_t remade = 0;; ++remade) {
    // The position first: whichever view is taken later has it.
    const auto last = head();
    const auto failures = mapping_failures();
    Reading reading{view(), {}};
    auto bound = reading.view->bound(last);
    if (bound) reading.bound = *bound;
    auto result = bound ? read(reading) : tl::unexpected<Error>{std::move(bound.error())};
    if (mapping_failures() != failures) return failure(unreadable("read"));
    // Each index file once: if a new one does not help, its segment is damaged.
    if (result || remade > reading.view->segments.size() + reading.view->tables.size()) return result;
    EVENTSTORE_TRY_ASSIGN(const bool is_remade, reading.view->remake_index(result.error()));
    if (!is_remade) return result;
  }
}

Result<Visited> ReadSide::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  return with_view([&](Reading& reading) -> Result<Visited> {
    return engine::visit_stream(*reading.view, reading.bound, stream, options, visitor,
                                options.as_stored ? nullptr : &opener_or_none());
  });
}

Result<Visited> ReadSide::visit_all(const ReadAll& options, Visitor visitor) const {
  return with_view([&](Reading& reading) -> Result<Visited> {
    return engine::visit_all(*reading.view, reading.bound, options, no_limit, visitor,
                             options.as_stored ? nullptr : &opener_or_none());
  });
}

// The events are opened once the page has them all: a visit would open each in the same memory.
template <class Visit> Result<Page> ReadSide::page(std::size_t reserved, bool as_stored, Visit visit) const {
  return with_view([&](Reading& reading) -> Result<Page> {
    Page page;
    page.events.reserve(std::min<std::uint64_t>(reserved, reading.bound.last.value));
    EVENTSTORE_TRY_ASSIGN(const Visited visited, visit(reading, [&](const RecordedEvent& event) {
                            page.events.push_back(event);
                            return true;
                          }));
    page.next = visited.next;
    page.at_end = visited.at_end;
    page.pin = reading.view;
    if (!as_stored) EVENTSTORE_TRY(open_events(opener_or_none(), page, reading.view));
    return page;
  });
}

Result<Page> ReadSide::read_stream(const StreamId& stream, const ReadStream& options) const {
  return page(std::min<std::size_t>(options.limit, 16), options.as_stored, [&](const Reading& reading, Visitor add) {
    return engine::visit_stream(*reading.view, reading.bound, stream, options, add, nullptr);
  });
}

Result<Page> ReadSide::read_all(const ReadAll& options) const {
  const bool is_filtered = !options.filter.is_empty();
  const auto reserved = is_filtered ? 0 : std::min<std::size_t>(options.limit, 1024);
  return page(reserved, options.as_stored, [&](const Reading& reading, Visitor add) {
    return engine::visit_all(*reading.view, reading.bound, options, is_filtered ? page_looked_at_max : no_limit, add,
                             nullptr);
  });
}

Result<Page> ReadSide::find(const StreamId& stream, const EventId& id) const {
  return with_view([&](Reading& reading) -> Result<Page> {
    const auto& view = *reading.view;
    EVENTSTORE_TRY_ASSIGN(const auto found, reading.find(stream));
    EVENTSTORE_TRY_ASSIGN(const auto location, view.find_event(found, id, view.hashing.id(found.hash, id.uuid)));
    if (location == Location{}) {
      if (auto damage = view.damages->first()) return failure(std::move(*damage));
      return failure(Errc::not_found, "find event", stream.text(), "no event " + id.to_string());
    }
    EVENTSTORE_TRY_ASSIGN(const auto* const record, view.record(location));
    Page page;
    page.events.push_back(format::event_at(record));
    EVENTSTORE_TRY(open_events(opener_or_none(), page, reading.view));
    return page;
  });
}

Result<RecordedOutcome> ReadSide::find_outcome(const StreamId& stream, const Uuid& command_id) const {
  // The end first: whichever view is taken later has what is before it.
  const Location end{published_end_.load(std::memory_order_acquire)};
  return with_view([&](Reading& reading) -> Result<RecordedOutcome> {
    const auto& view = *reading.view;
    EVENTSTORE_TRY_ASSIGN(const auto location,
                          view.find_outcome(stream.text(), view.hashing.name(stream.text()), command_id, end));
    if (location == Location{}) {
      if (auto damage = view.damages->first()) return failure(std::move(*damage));
      return failure(Errc::not_found, "find outcome", stream.text(), "no outcome of " + command_id.to_string());
    }
    EVENTSTORE_TRY_ASSIGN(const auto* const record, view.record(location, format::RecordKind::outcome));
    const auto outcome = format::outcome_at(record);
    return RecordedOutcome{outcome.content, std::string{outcome.organization},
                           Bytes{outcome.result.begin(), outcome.result.end()},
                           Timestamp{format::commit_of(record).recorded_at}};
  });
}

Result<Version> ReadSide::head(const StreamId& stream) const {
  return with_view([&](Reading& reading) -> Result<Version> {
    EVENTSTORE_TRY_ASSIGN(const auto found, reading.find(stream));
    if (found.damage) return failure(*found.damage);
    return found.head();
  });
}

Result<StreamInfo> ReadSide::info(const StreamId& stream) const {
  return with_view([&](Reading& reading) -> Result<StreamInfo> {
    EVENTSTORE_TRY_ASSIGN(const auto found, reading.find(stream));
    if (found.damage) return failure(*found.damage);
    if (found.head() == Version{0}) return failure(Errc::not_found, "describe stream", stream.text(), "no such stream");
    return reading.view->info(found);
  });
}

Result<std::vector<StreamInfo>> ReadSide::streams(std::string_view category, std::string_view after,
                                                  std::size_t limit) const {
  return with_view([&](Reading& reading) -> Result<std::vector<StreamInfo>> {
    const auto& view = *reading.view;
    if (auto damage = view.damages->first()) return failure(std::move(*damage));
    const std::string prefix = category.empty() ? std::string{} : std::string{category} + '-';
    std::vector<StreamInfo> infos;
    std::string last{after};
    while (infos.size() < limit) {
      EVENTSTORE_TRY_ASSIGN(const auto name, view.name_after(last, prefix));
      if (!name || !name->starts_with(prefix)) break;
      last = *name;
      EVENTSTORE_TRY_ASSIGN(const auto found, view.find(last, view.hashing.name(last), reading.bound));
      if (found.head() == Version{0}) continue;  // not to be seen yet
      EVENTSTORE_TRY_ASSIGN(auto info, view.info(found));
      infos.push_back(std::move(info));
    }
    return infos;
  });
}

Result<BytesView> ReadSide::schema(const SchemaId& id) const {
  EVENTSTORE_TRY(schemas_.complete());
  return with_view([&](Reading& reading) -> Result<BytesView> {
    if (const auto descriptor = schemas_.find(id, reading.bound.location)) return *descriptor;
    if (auto damage = reading.view->damages->first()) return failure(std::move(*damage));
    EVENTSTORE_TRY(schemas_.read_again());
    if (const auto descriptor = schemas_.find(id, reading.bound.location)) return *descriptor;
    EVENTSTORE_TRY(schemas_.check_not_hidden(id));
    return failure(Errc::not_found, "find schema", id.digest.to_string(), "no event has this schema");
  });
}

Result<std::vector<SchemaRecord>> ReadSide::schemas() const {
  EVENTSTORE_TRY(schemas_.complete());
  EVENTSTORE_TRY(schemas_.read_again());
  return with_view(
      [&](Reading& reading) -> Result<std::vector<SchemaRecord>> { return schemas_.all(reading.bound.location); });
}

Result<std::uint64_t> ReadSide::checksum_at(Position position) const {
  if (position == Position{0}) return 0;
  return with_view([&](Reading& reading) -> Result<std::uint64_t> {
    if (position > reading.bound.last)
      return failure(Error{Errc::not_found, "find the checksum", {}, "the log ends before this position", position});
    if (const auto& expired = reading.view->expired; expired != nullptr && position == expired->last())
      return expired->header.last_event_checksum;
    EVENTSTORE_TRY_ASSIGN(const auto location, reading.view->at(position));
    if (location == Location{}) return failure(reading.view->damages->at(position).value_or(event_missing(position)));
    EVENTSTORE_TRY_ASSIGN(const auto* const record, reading.view->record(location));
    if (format::event_at(record).position != position) return failure(reading.view->misplaced(location, false));
    return format::commit_of(record).checksum;
  });
}

DroppedEvents ReadSide::dropped() const {
  const auto now = view();
  return now->expired == nullptr ? DroppedEvents{} : now->expired->summary();
}

Result<std::optional<KeptState>> ReadSide::kept_state(const StreamId& stream) const {
  const auto now = view();
  if (now->expired == nullptr) return std::optional<KeptState>{};
  return now->expired->state_of(stream.text());
}

}  // namespace eventstore::engine
