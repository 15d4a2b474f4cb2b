#pragma once
// An aggregate with every kind of part that changes tell apart, and a log with its events.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>
#include <eventstore/schema/schema_reader.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>

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
using Latest = es::Map<Entry>;
using Places = es::Map<es::List<int64_t>>;
using Notes = std::map<string, std::optional<string>>;
using Texts = std::set<string>;

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
    EVENTSTORE_FIELDS(State, (Entries, entries), (Sums, sums), (Latest, latest), (Places, places), (Notes, notes),
                      (Texts, texts), (Totals, totals), (std::optional<Entry>, largest), (std::uint64_t, digest),
                      (es::Json, free), (int64_t, steps, , es::bookkeeping));
  };

  static void evolve(State& s, const Written& e) {
    const auto place = static_cast<std::size_t>(e.place) % (s.entries.size() + 1);
    s.entries.insert(place, Entry{e.text, e.cents});
    s.sums[e.text] += e.cents;
    s.latest[e.text] = Entry{e.text, e.cents};
    s.places[e.text].push_back(e.place);
    s.texts.insert(e.text);
    if (!s.largest || e.cents > s.largest->cents) s.largest = Entry{e.text, e.cents};
    s.digest = s.digest * 6364136223846793005U + static_cast<std::uint64_t>(e.cents);
    s.totals.seen = e.text;
    count(s);
  }
  static void evolve(State& s, const Struck& e) {
    if (s.entries.empty()) return;
    const auto place = static_cast<std::size_t>(e.place) % s.entries.size();
    const auto text = s.entries[place].text;
    s.sums.erase(text);
    s.latest.erase(text);
    s.texts.erase(text);
    s.entries.erase(place);
    s.largest.reset();
    count(s);
  }
  static void evolve(State& s, const Noted& e) {
    s.notes[e.about] = e.note;
    s.free.text = e.note ? R"({"about":{"10":1.50,"b":[1,null]}})" : R"([1,"a"])";
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

 private:
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
    (void)es::must(log.append(es::Commit{{&recorded, 1}, {}, {&descriptor, 1}}));
  }
};

}  // namespace ledger
