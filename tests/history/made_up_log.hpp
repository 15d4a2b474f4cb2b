#pragma once
// A log of made-up histories of the domain's aggregates, whose streams cross, and whose clocks now and then run
// backwards.
#include <aggregates/aggregates.hpp>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/schema_reader.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace past {

namespace es = eventstore;

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

template <class T> T must(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}
inline void must(const es::Result<void>& result) {
  if (!result) FAIL(result.error().message());
}

/// An event, with the memory that its views need.
struct OwnedEvent {
  es::RecordedEvent event{};
  std::string stream, type, organization;
  es::Bytes metadata, data;

  explicit OwnedEvent(const es::RecordedEvent& from)
      : event{from},
        stream{from.stream},
        type{from.type},
        organization{from.organization},
        metadata{from.metadata.begin(), from.metadata.end()},
        data{from.data.begin(), from.data.end()} {}

  [[nodiscard]] es::RecordedEvent view() const {
    auto shown = event;
    shown.stream = stream;
    shown.type = type;
    shown.organization = organization;
    shown.metadata = metadata;
    shown.data = data;
    return shown;
  }
};

class MadeUpLog {
 public:
  explicit MadeUpLog(std::uint64_t seed, std::size_t streams_max = 8) : random{seed, noon}, streams_max_{streams_max} {
    for (const auto& type : types)
      if (type.make_up) made_up_.push_back(&type);
  }

  /// Adds so many events at least.
  void grow(std::uint64_t events) {
    const auto end = must(log.head()).value + events;
    while (must(log.head()).value < end) step();
  }
  /// One event for each copy goes into `to`, as it is but for its position.
  static void copy(const es::RecordedEvent& event, const es::EventLog& from, es::MemoryLog& to) {
    const es::NewEvent copied{es::StreamId::trusted(event.stream),
                              event.id,
                              event.type,
                              event.organization,
                              event.created_at,
                              event.schema,
                              event.codec,
                              0,
                              event.metadata,
                              event.data};
    const es::SchemaRecord schema{event.schema, must(from.schema(event.schema))};
    (void)must(to.append({.events = {&copied, 1}, .schemas = {&schema, 1}}));
  }
  [[nodiscard]] std::vector<OwnedEvent> events() const {
    std::vector<OwnedEvent> all;
    (void)must(log.visit_all({.limit = es::no_limit}, [&](const es::RecordedEvent& event) {
      all.emplace_back(event);
      return true;
    }));
    return all;
  }
  [[nodiscard]] const es::AggregateType& type_of(const es::StreamId& stream) const {
    return *types.find(stream.category());
  }
  [[nodiscard]] const es::StreamId& some_stream() { return random.pick(streams_); }

  es::AggregateTypes types = those_without_secrets();
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  es::SchemaReader schemas{log};
  es::Random random;

 private:
  // Lines and edits say "sealed" for a secret, which does not come in again.
  static es::AggregateTypes those_without_secrets() {
    auto types = domain::all_aggregates();
    constexpr std::array<std::string_view, 5> secret{"agent", "api_key", "customer", "session", "user"};
    std::erase_if(types, [&](const es::AggregateType& each) {
      return std::find(secret.begin(), secret.end(), each.category) != secret.end();
    });
    return types;
  }
  struct History {
    es::StreamId stream;
    const es::AggregateType* type;
    std::unique_ptr<es::AnyState> state;
    std::string organization;
  };

  void step() {
    if (histories_.size() < streams_max_ && random.chance(30)) {
      const auto* const type = random.pick(made_up_);
      histories_.push_back({must(es::StreamId::of(type->category, "k-" + std::to_string(streams_.size()))), type,
                            type->new_state(), random.chance(50) ? "org-1" : "org-2"});
      streams_.push_back(histories_.back().stream);
    }
    if (histories_.empty()) return;
    const auto place = random.below(histories_.size());
    auto& history = histories_[place];
    clock.advance_seconds(static_cast<std::int64_t>(random.below(60)));
    random.set_now(clock.now());
    random.set_key(std::string{history.stream.key()});
    const auto decided = history.type->make_up(random, *history.state);
    if (decided.events.empty()) {
      histories_.erase(histories_.begin() + static_cast<std::ptrdiff_t>(place));
      return;
    }
    append(history, decided.events);
  }

  void append(History& history, const std::vector<es::DecidedEvent>& decided) {
    es::Metadata metadata{};
    metadata.organization = history.organization;
    metadata.user_id = "user-" + std::to_string(random.below(5));
    metadata.created_at = clock.now().plus_seconds(random.chance(20) ? random.between(-400, 100) : 0);
    es::EventWriter writer;
    must(writer.add(history.stream, decided, metadata, es::EventIdRule::of_command(random.uuid())));
    const auto receipt = must(writer.append_to(log));
    for (const auto& placed : receipt.events) {
      const auto page = must(log.read_stream(history.stream, {.from = placed.version, .limit = 1}));
      must(history.state->apply(page.events.front(), must(es::metadata_of(page.events.front())), schemas));
    }
  }

  const std::size_t streams_max_;
  std::vector<const es::AggregateType*> made_up_;
  std::vector<History> histories_;
  std::vector<es::StreamId> streams_;
};

inline es::Bytes bytes_of(const es::AnyState& state) {
  es::Bytes bytes;
  state.encode_to(bytes);
  return bytes;
}

}  // namespace past
