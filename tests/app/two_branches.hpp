#pragma once
// A store and its twin: the same work happens in both, and only the first one drops what is old.
#include <eventstore/app/retain.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/map.hpp>

#include <map>

#include "app/branch.hpp"

namespace bank {

namespace app = es::app;

struct Sent {
  EVENTSTORE_EVENT(Sent, "ParcelSent", (string, to));
};
struct Moved {
  static constexpr auto audit_action = "move";
  EVENTSTORE_EVENT(Moved, "ParcelMoved", (string, place));
};
struct Lost {
  EVENTSTORE_EVENT(Lost, "ParcelLost");
};
struct Send {
  EVENTSTORE_COMMAND(Send, "send", (string, to));
};
struct Move {
  EVENTSTORE_COMMAND(Move, "move", (string, place));
};
struct Lose {
  EVENTSTORE_COMMAND(Lose, "lose");
};

/// Remembers all places, so that a state without its first events is another one.
struct Parcel {
  static constexpr auto category = "parcel";
  using events = es::Events<Sent, Moved, Lost>;
  using commands = es::Commands<Send, Move, Lose>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, to), (es::Map<int64_t>, visits), (bool, is_lost, false));
  };
  static void evolve(State& s, const Sent& e) { s.to = e.to; }
  static void evolve(State& s, const Moved& e) { ++s.visits[e.place]; }
  static void evolve(State& s, const Lost&) { s.is_lost = true; }
  static Decision create(const Send& c, const es::Context&) { return Sent{c.to}; }
  static Decision decide(const State& s, const Move& c, const es::Context&) {
    if (s.is_lost) return es::refuse("lost", "a parcel that is lost does not move");
    return Moved{c.place};
  }
  static Decision decide(const State& s, const Lose&, const es::Context&) {
    if (s.is_lost) return {};
    return Lost{};
  }
};

/// A category of events without state.
struct Noted {
  EVENTSTORE_EVENT(Noted, "Noted", (string, text));
};
struct Diary {
  static constexpr auto category = "diary";
  using events = es::Events<Noted>;
};

/// How often each place was visited: sums over streams.
struct Places {
  static constexpr auto name = "places";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, visits), (string, last));
  };
  using reads = es::Reads<Parcel>;
  using ignores = es::Ignores<Sent, Lost>;
  static void project(const Moved& e, const es::Change<Parcel>& c, es::Operations<Document>& to) {
    to.increment<&Document::visits>(e.place, {1, "nobody"});
    to.patch<&Document::last>(e.place, string{c.key});
  }
};

/// The parcels under way, with what they were before: removed when they are lost.
struct Parcels {
  static constexpr auto name = "parcels";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, to), (int64_t, places), (int64_t, places_before), (int64_t, version),
                      (es::Timestamp, opened_at));
  };
  using reads = es::Reads<Parcel>;
  static void project(const es::Change<Parcel>& c, es::Operations<Document>& to) {
    if (c.after.is_lost) return to.remove(c.key);
    to.put(c.key, {c.after.to, static_cast<int64_t>(c.after.visits.size()),
                   static_cast<int64_t>(c.before.visits.size()), static_cast<int64_t>(c.version.value), c.opened_at});
  }
};

/// Every event of every category, with what it changed.
struct Ledger {
  static constexpr auto name = "ledger";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, position), (string, stream), (es::Json, changes), (string, action));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    to.put(c.event().id.to_string(), {static_cast<int64_t>(c.event().position.value),
                                      string{c.event().stream},
                                      {c.changes().to_json()},
                                      string{c.audit_action()}});
  }
};

inline es::Model busy_model() {
  return {{es::aggregate<Account>("1"), es::aggregate<Parcel>("1"), es::aggregate<Diary>()},
          {es::projection<Balances>("1"), es::projection<Places>("1"), es::projection<Parcels>("1"),
           es::projection<Ledger>("1")}};
}

/// One store of the two, in small segments.
struct BusyStore {
  es::test::TemporaryDirectory folder{};
  std::optional<es::Store> store{};

  void open(const es::Clock& clock, es::Model model = busy_model(), bool snapshots = false) {
    store.reset();
    es::StoreOptions options{};
    options.clock = &clock;
    options.snapshots = snapshots;
    options.log.segment_bytes_max = 4096;
    options.log.prepared_bytes = 0;
    options.log.background_work = false;
    options.log.new_store_id = es::Uuid::v5(es::Uuid{}, "busy");
    options.worker.batch_events = 7;
    store = must(es::Store::open(folder.file("store"), std::move(model), options));
  }
  [[nodiscard]] string collections_file() const { return folder.file("store/collections.sqlite"); }

  /// All documents of a collection, in the order of their ids; empty where there is none.
  [[nodiscard]] std::vector<string> documents(const string& name) const {
    const auto opened = es::SqliteCollections::open(collections_file(), es::SqliteCollections::Mode::read_only);
    if (!opened || !must((*opened)->checkpoint(name))) return {};
    std::vector<string> all;
    for (const auto& row : must((*opened)->rows("SELECT * FROM \"" + name + "\" ORDER BY _id"))) {
      string line;
      for (const auto& value : row)
        std::visit(
            [&](const auto& each) {
              using Value = std::decay_t<decltype(each)>;
              if constexpr (std::is_same_v<Value, string>) line += each;
              if constexpr (std::is_arithmetic_v<Value>) line += std::to_string(each);
              line += '|';
            },
            value);
      all.push_back(line);
    }
    return all;
  }

  /// Every stream's state as JSON, with its place, times and organization.
  [[nodiscard]] std::map<string, string> states() {
    std::map<string, string> all;
    const es::AggregateTypes aggregates{store->model().aggregates};
    for (const auto& info : must(store->log().streams({}, {}, 100'000))) {
      const auto* const type = aggregates.find(info.stream.substr(0, info.stream.find('-')));
      if (type == nullptr) continue;
      const auto state = must(es::load_state(store->log(), store->schemas(), *type, es::StreamId::trusted(info.stream),
                                             es::no_version_limit, store->snapshots()));
      string json;
      es::Bytes bytes;
      state->encode_to(bytes);
      if (type->state_schema != nullptr) REQUIRE(es::bytes_to_json(type->state_schema->type, bytes, json));
      all[info.stream] = json + " " + std::to_string(state->version.value) + " " +
                         std::to_string(state->position.value) + " " + state->created_at.to_string() + " " +
                         state->updated_at.to_string() + " " + state->organization;
    }
    return all;
  }
  [[nodiscard]] std::vector<es::ProjectionStatus> status() { return must(store->status()); }
};

inline app::Retain drop_before(es::Timestamp time) { return {time, app::RetainAction::drop}; }

}  // namespace bank
