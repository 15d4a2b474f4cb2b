#pragma once
// An aggregate with every kind of part that changes tell apart, and a log with its events.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>
#include <eventstore/schema/schema_reader.hpp>

namespace ledger {

namespace es = eventstore;
using std::int64_t, std::string;

struct Entry {
  EVENTSTORE_FIELDS(Entry, (string, text), (int64_t, cents));
};
struct Totals {
  EVENTSTORE_FIELDS(Totals, (int64_t, entries), (double, average), (std::optional<string>, seen, , es::bookkeeping));
};

using Entries = es::List<Entry>;
using Sums = es::Map<int64_t>;
using Notes = std::map<string, std::optional<string>>;

struct Written {
  EVENTSTORE_EVENT(Written, "EntryWritten", (string, text), (int64_t, cents), (int64_t, place));
};
struct Struck {
  EVENTSTORE_EVENT(Struck, "EntryStruck", (int64_t, place));
};
struct Noted {
  EVENTSTORE_EVENT(Noted, "PageNoted", (string, about), (std::optional<string>, note));
};

struct Ledger {
  static constexpr auto category = "ledger";
  using events = es::Events<Written, Struck, Noted>;
  struct State {
    EVENTSTORE_FIELDS(State, (Entries, entries), (Sums, sums), (Notes, notes), (Totals, totals),
                      (std::optional<Entry>, largest), (std::uint64_t, digest), (int64_t, steps, , es::bookkeeping));
  };

  static void evolve(State& s, const Written& e) {
    const auto place = static_cast<std::size_t>(e.place) % (s.entries.size() + 1);
    s.entries.insert(place, Entry{e.text, e.cents});
    s.sums[e.text] = e.cents;
    if (!s.largest || e.cents > s.largest->cents) s.largest = Entry{e.text, e.cents};
    s.digest = s.digest * 6364136223846793005U + static_cast<std::uint64_t>(e.cents);
    s.totals.seen = e.text;
    count(s);
  }
  static void evolve(State& s, const Struck& e) {
    if (s.entries.empty()) return;
    const auto place = static_cast<std::size_t>(e.place) % s.entries.size();
    s.sums.erase(s.entries[place].text);
    s.entries.erase(place);
    s.largest.reset();
    count(s);
  }
  static void evolve(State& s, const Noted& e) {
    s.notes[e.about] = e.note;
    ++s.steps;
  }

 private:
  static void count(State& s) {
    s.totals.entries = static_cast<int64_t>(s.entries.size());
    s.totals.average = static_cast<double>(s.digest % 1000) / 8;
    ++s.steps;
  }
};

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

struct Book {
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  es::AggregateType type = es::aggregate<Ledger>();
  es::SchemaReader schemas{log};
  es::StreamId stream = *es::StreamId::of("ledger", "1");

  template <class E> void record(const E& event) { append(es::schema_of<E>(), es::encode(event)); }
  void append(const es::Schema& schema, const es::Bytes& data) {
    clock.advance_seconds(1);
    const es::NewEvent recorded{stream,
                                es::EventId{es::new_uuid(clock)},
                                schema.name,
                                "default",
                                clock.now(),
                                schema.id,
                                es::Codec::binary,
                                0,
                                {},
                                data};
    const auto descriptor = schema.record();
    REQUIRE(log.append(es::Commit{{&recorded, 1}, {}, {&descriptor, 1}}));
  }
};

}  // namespace ledger
