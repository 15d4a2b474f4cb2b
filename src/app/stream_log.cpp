#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/app/read.hpp>
#include <eventstore/app/stream_log.hpp>
#include <eventstore/history/steps.hpp>

#include <algorithm>
#include <limits>

#include "past_stream.hpp"

namespace eventstore::app {
namespace {

constexpr std::uint64_t chunk_events = 16'384;  // rows in memory on the way backward

// The versions to tell about, the lowest first.
struct Versions {
  std::uint64_t low;
  std::uint64_t high;
};

Versions versions_of(const LogStream& parameters, std::uint64_t head, std::uint64_t limit) {
  const auto [from, to] = std::pair{parameters.from, parameters.to};
  if (parameters.backward) {
    const auto high = from == 0 ? head : std::min(from, head);
    const auto low = std::max<std::uint64_t>(to, 1);
    return {limit < high ? std::max(low, high - limit + 1) : low, high};
  }
  const auto low = std::max<std::uint64_t>(from, 1);
  const auto high = to == 0 ? head : std::min(to, head);
  return {low, low <= high && limit <= high - low ? low + limit - 1 : high};
}

class Teller {
 public:
  using OnEvent = FunctionRef<Result<void>(const LoggedEvent&)>;

  // `type` is null for events that the program does not fold.
  Teller(const Store& store, const AggregateType* type, StreamId stream)
      : store_{store}, type_{type}, stream_{std::move(stream)} {}

  Result<std::uint64_t> head() const {
    EVENTSTORE_TRY_ASSIGN(const Version head, store_.log().head(stream_));
    if (head == Version{0}) return failure(Errc::not_found, "log", stream_.text(), "no such stream");
    return head.value;
  }

  Result<void> tell(Versions versions, OnEvent on_event) const {
    return type_ == nullptr ? tell_data(versions, on_event) : tell_changes(versions, on_event);
  }

  Result<void> tell_backward(Versions versions, OnEvent on_event) const {
    for (auto high = versions.high; high >= versions.low;) {
      const auto low = high - versions.low < chunk_events ? versions.low : high - chunk_events + 1;
      std::vector<LoggedEvent> rows;
      EVENTSTORE_TRY(tell({low, high}, [&](const LoggedEvent& row) { return rows.push_back(row), Result<void>{}; }));
      for (auto row = rows.rbegin(); row != rows.rend(); ++row) EVENTSTORE_TRY(on_event(*row));
      high = low - 1;
    }
    return {};
  }

 private:
  Result<void> tell_changes(Versions versions, OnEvent on_event) const {
    Result<void> told;
    const auto tell_one = [&](const Step& step) {
      const auto& before = step.before;
      told = tell_event(step.event, step.metadata, before.version == Version{0} ? no_time : before.updated_at,
                        type_->is_unknown(step.event) ? std::optional<Json>{} : Json{changes_of(step).to_json()},
                        on_event);
      return told.has_value();
    };
    EVENTSTORE_TRY(each_step(store_.log(), store_.schemas(), *type_, stream_,
                             {Version{versions.low}, Version{versions.high}}, tell_one, store_.snapshots()));
    return told;
  }

  Result<void> tell_data(Versions versions, OnEvent on_event) const {
    auto previous = created_before(versions.low);
    for (auto next = versions.low; next <= versions.high;) {
      EVENTSTORE_TRY_ASSIGN(const Page page, store_.log().read_stream(stream_, {Version{next}}));
      for (const auto& event : page.events) {
        if (event.version.value > versions.high) return {};
        EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
        EVENTSTORE_TRY(tell_event(event, metadata, previous, {}, on_event));
        previous = event.created_at;
      }
      if (page.at_end) return {};
      next = page.next;
    }
    return {};
  }

  // When the event before `version` was created, where that is known.
  [[nodiscard]] Timestamp created_before(std::uint64_t version) const {
    if (version == 1) return no_time;
    const auto page = store_.log().read_stream(stream_, {Version{version - 1}, Direction::forward, 1});
    return page && !page->events.empty() ? page->events.front().created_at : no_time;
  }

  Result<void> tell_event(const RecordedEvent& event, const Metadata& metadata, Timestamp previous,
                          std::optional<Json> changes, OnEvent on_event) const {
    LoggedEvent row{event.version.value,     event.position.value, event.id.to_string(),
                    std::string{event.type}, event.created_at,     event.recorded_at};
    if (!metadata.user_id.empty()) row.user_id = metadata.user_id;
    if (event.created_at < previous) row.clock_ran_back = true;
    row.changes = std::move(changes);
    if (!row.changes) EVENTSTORE_TRY(store_.schemas().data_to_json(event, row.data.emplace().text));
    return on_event(row);
  }

  static constexpr Timestamp no_time{std::numeric_limits<std::int64_t>::min()};

  const Store& store_;
  const AggregateType* type_;
  StreamId stream_;
};

Result<Teller> teller_of(const Store& store, const std::string& text) {
  EVENTSTORE_TRY_ASSIGN(StreamId stream, parse_stream(store.model(), text));
  const auto type = find_aggregate(store.model(), stream.category());
  if (!type) return Teller{store, nullptr, std::move(stream)};
  if ((*type)->state_schema == nullptr) {
    EVENTSTORE_TRY_ASSIGN(stream, stream_of(store.log(), **type, stream.key()));
    return Teller{store, nullptr, std::move(stream)};
  }
  EVENTSTORE_TRY_ASSIGN(auto past, past_stream(store, text));
  return Teller{store, past.type, std::move(past.stream)};
}

}  // namespace

Result<void> log_stream(const Store& store, const LogStream& parameters,
                        FunctionRef<Result<void>(const LoggedEvent&)> on_event) {
  EVENTSTORE_TRY_ASSIGN(const auto limit, limit_of(parameters.limit));
  EVENTSTORE_TRY_ASSIGN(const Teller teller, teller_of(store, parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto head, teller.head());
  if (limit == 0) return {};
  const auto versions = versions_of(parameters, head, limit);
  if (versions.low > versions.high) return {};
  return parameters.backward ? teller.tell_backward(versions, on_event) : teller.tell(versions, on_event);
}

}  // namespace eventstore::app
