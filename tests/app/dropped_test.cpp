// After a drop everything goes on that does not ask for what was dropped.
#include <algorithm>
#include <eventstore/app/append.hpp>
#include <eventstore/app/blame.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/app/state.hpp>
#include <eventstore/app/stream_log.hpp>
#include <eventstore/app/verify.hpp>
#include <eventstore/file_log/backup.hpp>

#include "raw_event.hpp"
#include "two_branches.hpp"

namespace dropped_test {

using namespace bank;
using es::Errc;
using Health = es::ProjectionStatus::Health;

namespace {

// Parcels with a hundred moves, one second between them, and an account.
struct Depot : BusyStore {
  es::ManualClock clock{noon};

  Depot() { open(clock); }
  void fill(int moves, const std::vector<string>& keys = {"a", "b"}) {
    for (int i = 0; i < moves; ++i)
      for (const auto& key : keys) {
        clock.advance_seconds(1);
        const auto options = in(key);
        if (!must(store->log().head(es::StreamId::trusted("parcel-" + key))).value)
          REQUIRE(store->execute<Parcel>(key, Send{"t"}, options));
        else
          REQUIRE(store->execute<Parcel>(key, Move{"p" + std::to_string(i % 3)}, options));
      }
  }
  // Appends a move without deciding anything.
  void move_as_fact(const string& key) {
    const es::DecidedEvent fact{&es::schema_of<Moved>(), es::encode(Moved{"fact"})};
    REQUIRE(es::append_events(store->log(), clock, *es::StreamId::parse("parcel-" + key), {&fact, 1}, Depot::in(key)));
  }
  [[nodiscard]] static es::CommandOptions in(const string& key) {
    es::CommandOptions options;
    options.metadata.organization = key == "b" ? "org-b" : "org-a";
    return options;
  }
  es::Result<app::Retained> try_drop(bool without_states = false) {
    auto parameters = drop_before(clock.now().plus_seconds(1));
    parameters.without_states = without_states;
    return app::retain(*store, parameters);
  }
  app::Retained drop(bool without_states = false) { return must(try_drop(without_states)); }
  [[nodiscard]] es::ProjectionStatus status_of(const string& name) {
    for (auto& each : status())
      if (each.name == name) return each;
    FAIL("no such projection");
    return {};
  }
  string shown(const app::ShowState& what) { return es::to_json(must(app::show_state(*store, what))); }
  Errc shown_error(const app::ShowState& what) {
    const auto state = app::show_state(*store, what);
    REQUIRE(!state);
    return state.error().code;
  }
  std::map<string, std::vector<string>> all_documents() {
    std::map<string, std::vector<string>> all;
    for (const auto& projection : store->model().projections) all[projection.name()] = documents(projection.name());
    return all;
  }
};

}  // namespace

TEST_CASE("streams that were dropped are loaded and decided on and appended to as before", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  const auto before = depot.states();
  const auto done = depot.drop();
  REQUIRE(done.expired_position > 20);
  CHECK_FALSE(done.streams_without_state);
  CHECK(depot.states() == before);
  depot.open(depot.clock);
  CHECK(depot.states() == before);
  const auto moved = must(depot.store->execute<Parcel>("a", Move{"p1"}, Depot::in("a")));
  CHECK(moved.version == es::Version{41});
  CHECK(must(depot.store->repository<Parcel>().load("a")).state.visits.at("p1") == 14);
  // A decision that rests on dropped events alone.
  CHECK(depot.store->execute<Parcel>("a", Send{"t"}, Depot::in("a")).error().code == Errc::refused);
  CHECK(depot.store->execute<Parcel>("a", Move{"p1"}, Depot::in("b")).error().code == Errc::wrong_organization);
}

TEST_CASE("a stream of which everything was dropped goes on at its next version", "[retain][dropped]") {
  Depot depot;
  depot.fill(6, {"early"});
  REQUIRE(depot.store->execute<Parcel>("early", Lose{}, Depot::in("early")));
  depot.fill(40);
  (void)depot.drop();
  REQUIRE(must(depot.store->log().info(es::StreamId::trusted("parcel-early"))).last <=
          must(depot.store->log().expired()));
  CHECK_THAT(depot.shown({.stream = "parcel-early"}),
             Catch::Contains(R"("version":7)") && Catch::Contains(R"("is_lost":true)"));
  CHECK(depot.store->execute<Parcel>("early", Move{"x"}, Depot::in("early")).error().code == Errc::refused);
  CHECK(must(depot.store->execute<Parcel>("early", Lose{}, Depot::in("early"))).events.empty());
}

TEST_CASE("states of the time before the boundary are expired, and the error names the earliest", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  const auto boundary = depot.drop().last_position.value_or(0);
  const auto kept = must(depot.store->log().kept_state(es::StreamId::trusted("parcel-a")));
  REQUIRE(kept);
  CHECK(depot.shown_error({.stream = "parcel-a", .at_version = kept->version.value - 1}) == Errc::expired);
  CHECK(depot.shown_error({.stream = "parcel-a", .at_time = kept->updated_at.plus_seconds(-1)}) == Errc::expired);
  const auto error = app::show_state(*depot.store, {.stream = "parcel-a", .at_version = 1}).error();
  CHECK_THAT(error.detail,
             Catch::Contains("the earliest state is that of version " + std::to_string(kept->version.value)));
  const auto version = "\"version\":" + std::to_string(kept->version.value) + ",";
  CHECK_THAT(depot.shown({.stream = "parcel-a", .at_version = kept->version.value}), Catch::Contains(version));
  CHECK_THAT(depot.shown({.stream = "parcel-a", .at_time = kept->updated_at}), Catch::Contains(version));
  CHECK_THAT(depot.shown({.stream = "parcel-a", .at_time = depot.clock.now()}), Catch::Contains(R"("version":40,)"));
  CHECK(kept->position.value <= boundary);
}

TEST_CASE("the past of a stream that was dropped begins with the state that was kept", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  (void)depot.drop();
  const auto kept = must(depot.store->log().kept_state(es::StreamId::trusted("parcel-a")));
  REQUIRE(kept);
  REQUIRE(kept->version.value < 40);
  const auto blamed = must(app::blame_stream(*depot.store, {.stream = "parcel-a"}));
  REQUIRE_FALSE(blamed.rows.empty());
  bool is_dropped = false;
  for (const auto& row : blamed.rows) {
    if (row.dropped_up_to) CHECK(*row.dropped_up_to == kept->version.value);
    CHECK(row.version.has_value() != row.dropped_up_to.has_value());
    CHECK(row.version.value_or(41) > kept->version.value);
    is_dropped = is_dropped || row.dropped_up_to;
  }
  CHECK(is_dropped);
  const auto at_kept = must(app::blame_stream(*depot.store, {.stream = "parcel-a", .at_version = kept->version.value}));
  for (const auto& row : at_kept.rows) CHECK(row.dropped_up_to == kept->version.value);
  CHECK(app::blame_stream(*depot.store, {.stream = "parcel-a", .at_version = 1}).error().code == Errc::expired);

  std::vector<std::uint64_t> told;
  const auto tell = [&](const app::LoggedEvent& row) { return told.push_back(row.version), es::Result<void>{}; };
  REQUIRE(app::log_stream(*depot.store, {.stream = "parcel-a"}, tell));
  CHECK(told.front() == kept->version.value + 1);
  CHECK(told.back() == 40);
  told.clear();
  REQUIRE(app::log_stream(*depot.store, {.stream = "parcel-a", .backward = true}, tell));
  CHECK(told.back() == kept->version.value + 1);
  CHECK(told.front() == 40);

  const auto version = [&](const app::ShowState& what) { return must(app::show_state(*depot.store, what)).version; };
  CHECK(version({.stream = "parcel-a", .at_position = kept->position.value}) == kept->version.value);
  CHECK(version({.stream = "parcel-a", .at_position = 80}) == 40);
  CHECK(depot.shown_error({.stream = "parcel-a", .at_position = kept->position.value - 1}) == Errc::expired);
  CHECK(version({.stream = "parcel-a", .at_time = depot.clock.now(), .by = es::EventClock::recorded}) == 40);
  CHECK(depot.shown_error({.stream = "parcel-a", .at_time = noon, .by = es::EventClock::recorded}) == Errc::expired);
}

TEST_CASE("collections that had caught up go on as if nothing had been dropped", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  REQUIRE(depot.store->project());
  const auto before = depot.all_documents();
  (void)depot.drop();
  REQUIRE(depot.store->project());
  CHECK(depot.all_documents() == before);
  for (const auto& status : depot.status()) {
    CHECK(status.health == Health::live);
    CHECK(status.note.empty());
  }
  for (const auto& [name, documents] : before) {
    REQUIRE(depot.store->rebuild(name));
    CHECK(depot.documents(name) == documents);
  }
}

TEST_CASE("a collection that had not caught up is built of the documents that were kept", "[retain][dropped]") {
  Depot depot;
  depot.fill(5);
  REQUIRE(depot.store->project());
  depot.fill(40);
  (void)depot.drop();
  CHECK(depot.status_of("places").health == Health::expired);
  REQUIRE(depot.store->project());
  const auto gone_on = depot.all_documents();
  for (const auto& status : depot.status()) {
    CHECK(status.health == Health::live);
    CHECK(status.note.empty());
  }
  Depot whole;
  whole.fill(5);
  whole.fill(40);
  REQUIRE(whole.store->project());
  CHECK(gone_on.at("places") == whole.documents("places"));
  CHECK(gone_on.at("parcels") == whole.documents("parcels"));
}

TEST_CASE("a new collection begins with what is there and says so", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  const auto boundary = depot.drop().last_position.value_or(0);
  const auto run = must(depot.store->project());
  CHECK(run.position.value == 80);
  CHECK(run.without_state == 0);
  const auto status = depot.status_of("parcels");
  CHECK(status.health == Health::live);
  CHECK(status.note == "made without " + std::to_string(boundary) + " events up to position " +
                           std::to_string(boundary) + ", which retention dropped before it read them");
  // The later events give the state of the whole stream.
  REQUIRE(depot.documents("parcels").size() == 2);
  CHECK_THAT(depot.documents("parcels").front(), Catch::Contains("|3|3|40|"));
  // It has nothing of what was dropped, so a rebuild loses nothing.
  REQUIRE(depot.store->rebuild("parcels"));
  CHECK(depot.status_of("parcels").note == status.note);
  const auto rows = must(depot.store->readable_collections());
  const auto& model = depot.store->model();
  CHECK(es::check_live(depot.store->log(), model.projections[2], *rows, model.aggregates));
}

TEST_CASE("what is dropped without states is told, and the rest goes on", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  REQUIRE(depot.store->project());
  const auto before = depot.all_documents();
  const auto done = depot.drop(true);
  CHECK(done.streams_without_state == 2);
  const auto shown = app::show_state(*depot.store, {.stream = "parcel-a"});
  REQUIRE(!shown);
  CHECK(shown.error().code == Errc::expired);
  CHECK_THAT(shown.error().detail,
             Catch::Contains("the state there was not kept") && Catch::Contains("restore a backup"));
  CHECK(depot.store->execute<Parcel>("a", Move{"x"}, Depot::in("a")).error().code == Errc::expired);
  // Facts are appended as before, and new streams are as they always were.
  depot.move_as_fact("a");
  depot.fill(3, {"c"});
  depot.open(depot.clock);  // so that no state is remembered
  const auto run = must(depot.store->project());
  CHECK(run.without_state == 1);
  CHECK(depot.documents("parcels").size() == 3);
  const auto ledger = depot.documents("ledger");
  CHECK(ledger.size() == before.at("ledger").size() + 4);
  // Also where the state is lost, an event's own action is known.
  CHECK(std::ranges::none_of(ledger, [](const string& line) { return line.find("update") != string::npos; }));
  for (const auto& status : depot.status()) {
    CHECK(status.health == Health::live);
    CHECK_THAT(status.note, Catch::Contains("first events of 2 streams") && Catch::Contains("restore a backup"));
  }
  SECTION("a rebuild that would lose documents is refused unless it is told to") {
    const auto refused = depot.store->rebuild("places");
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::expired);
    CHECK_THAT(refused.error().detail, Catch::Contains("--without-dropped"));
    REQUIRE(depot.store->rebuild("places", {}, {.without_dropped = true}));
    CHECK_THAT(depot.status_of("places").note, Catch::Contains("made without"));
    REQUIRE(depot.store->rebuild("places"));
  }
  SECTION("later drops keep the states that there are") {
    depot.fill(40, {"c"});
    CHECK(depot.drop().streams_without_state == 2);
    CHECK_THAT(depot.shown({.stream = "parcel-c"}), Catch::Contains(R"("version":43)"));
  }
}

TEST_CASE("a collection that lacks dropped events without their documents goes on after them", "[retain][dropped]") {
  Depot depot;
  depot.fill(5);
  REQUIRE(depot.store->project());
  depot.fill(40);
  const auto boundary = depot.drop(true).last_position.value_or(0);
  depot.fill(3, {"c"});
  REQUIRE(depot.store->project());
  CHECK(depot.documents("parcels").size() == 3);
  const auto status = depot.status_of("parcels");
  CHECK(status.health == Health::live);
  CHECK_THAT(status.note, Catch::StartsWith("made without " + std::to_string(boundary - 10) + " events"));
}

TEST_CASE("a collection keeps what it has where less was kept beside it", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  REQUIRE(depot.store->project());
  (void)depot.drop(true);
  depot.fill(60, {"c"});
  REQUIRE(must(depot.store->log().expired()) < es::Position{80});
  (void)depot.drop();
  REQUIRE(must(depot.store->log().expired()) > es::Position{80});
  CHECK(depot.status_of("ledger").health == Health::expired);
  const auto before = depot.documents("ledger").size();
  REQUIRE(depot.store->project());
  CHECK(depot.status_of("ledger").health == Health::live);
  CHECK(depot.documents("ledger").size() > before);
  CHECK_THAT(depot.status_of("ledger").note, Catch::StartsWith("made without"));
  CHECK_THAT(depot.shown({.stream = "parcel-c"}), Catch::Contains(R"("version":60)"));
}

TEST_CASE("what one organization lost makes nothing of another stale", "[retain][dropped]") {
  Depot depot;
  depot.fill(30, {"b"});
  const auto first = depot.drop(true);
  REQUIRE(first.streams_without_state == 1);
  depot.fill(40, {"a"});
  REQUIRE(depot.store->project());
  const auto of_a = [&] {
    std::vector<string> documents;
    for (const auto& each : depot.documents("parcels"))
      if (each.find("|org-a|") != string::npos) documents.push_back(each);
    return documents;
  };
  REQUIRE(of_a().size() == 1);
  (void)depot.drop();
  depot.move_as_fact("b");
  depot.fill(5, {"a"});
  depot.open(depot.clock);
  CHECK(must(depot.store->project()).without_state == 1);
  CHECK_THAT(of_a().front(), Catch::Contains("|3|3|45|"));
  CHECK(depot.status_of("parcels").health == Health::live);
  REQUIRE(depot.store->rebuild("parcels"));
  CHECK_THAT(of_a().front(), Catch::Contains("|3|3|45|"));
  CHECK(must(depot.store->execute<Parcel>("a", Move{"p"}, Depot::in("a"))).version == es::Version{46});
}

TEST_CASE("a build that does not know a category drops nothing of it unless it is told to", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  depot.open(depot.clock, {{es::aggregate<Account>("1")}, {}});
  const auto refused = depot.try_drop();
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::unknown_event_type);
  CHECK_THAT(refused.error().message(), Catch::Contains("category parcel") && Catch::Contains("--without-states"));
  CHECK(refused.error().message().find('\n') == string::npos);
  CHECK(must(depot.store->log().expired()) == es::Position{0});
  CHECK(depot.drop(true).segments > 0);
}

TEST_CASE("what is without an event that this build does not know is not kept for good", "[retain][dropped]") {
  const bool has_collections = GENERATE(true, false);
  CAPTURE(has_collections);
  Depot depot;
  depot.fill(2);
  append_raw(*depot.store, "parcel-c", "ParcelTeleported");
  depot.fill(40);
  if (has_collections) REQUIRE(depot.store->project());
  const auto refused = depot.try_drop();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unknown_event_type);
  CHECK_THAT(refused.error().message(), Catch::Contains("ParcelTeleported") && Catch::Contains("nothing was dropped") &&
                                            Catch::Contains("--without-states"));
  CHECK(must(depot.store->log().expired()) == es::Position{0});
  CHECK(depot.drop(true).expired_position > 0);
}

TEST_CASE("a store restored from a backup that begins after a drop goes on", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  (void)depot.drop();
  const auto states = depot.states();
  es::PosixFileSystem files;
  const auto copy = depot.folder.file("backup");
  (void)must(es::backup(files, depot.folder.file("store"), files, copy, depot.clock));
  Depot other;
  other.store.reset();
  std::filesystem::remove_all(other.folder.file("store"));
  (void)must(es::restore(files, copy, files, other.folder.file("store")));
  other.open(depot.clock);
  CHECK(other.states() == states);
  REQUIRE(other.store->project());
  CHECK(other.documents("parcels").size() == 2);
  CHECK_THAT(other.status_of("parcels").note, Catch::StartsWith("made without"));
  CHECK(must(other.store->execute<Parcel>("a", Move{"p"}, Depot::in("a"))).version == es::Version{41});
}

namespace {

// The parcel of a later build: its state has a field more, one less, and a wider one.
struct LaterParcel : Parcel {
  struct State {
    EVENTSTORE_FIELDS(State, (es::Map<int64_t>, visits), (string, remark, "none"), (bool, is_lost, false));
  };
  static void evolve(State&, const Sent&) {}
  static void evolve(State& s, const Moved& e) { ++s.visits[e.place]; }
  static void evolve(State& s, const Lost&) { s.is_lost = true; }
  static Decision create(const Send& c, const es::Context&) { return Sent{c.to}; }
  static Decision decide(const State&, const Move& c, const es::Context&) { return Moved{c.place}; }
  static Decision decide(const State&, const Lose&, const es::Context&) { return Lost{}; }
};

// One whose state cannot be made of the kept one.
struct StrangeParcel : LaterParcel {
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, to), (es::Map<int64_t>, visits), (bool, is_lost, false));
  };
  static void evolve(State&, const Sent&) {}
  static void evolve(State& s, const Moved& e) { ++s.visits[e.place]; }
  static void evolve(State& s, const Lost&) { s.is_lost = true; }
  static Decision create(const Send& c, const es::Context&) { return Sent{c.to}; }
  static Decision decide(const State&, const Move& c, const es::Context&) { return Moved{c.place}; }
  static Decision decide(const State&, const Lose&, const es::Context&) { return Lost{}; }
};

// As Parcels, with a field more.
struct LaterParcels {
  static constexpr auto name = "parcels";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, to), (string, colour, "grey"), (std::optional<int64_t>, weight),
                      (int64_t, version));
  };
  using reads = es::Reads<Parcel>;
  static void project(const es::Change<Parcel>& c, es::Operations<Document>& to) {
    if (c.after.is_lost) return to.remove(c.key);
    to.put(c.key, {c.after.to, "red", 3, static_cast<int64_t>(c.version.value)});
  }
};

}  // namespace

TEST_CASE("a later build reads kept states by their own schema or says that it cannot", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  (void)depot.drop();
  SECTION("a state with other fields") {
    depot.open(depot.clock, {{es::aggregate<LaterParcel>("2")}, {}});
    CHECK_THAT(depot.shown({.stream = "parcel-a"}),
               Catch::Contains(R"("state":{"visits":{"p0":13,"p1":13,"p2":13},"remark":"none","is_lost":false})"));
    // Its own states are kept under its own schema from the next drop on.
    for (int i = 0; i < 40; ++i) {
      depot.clock.advance_seconds(1);
      REQUIRE(depot.store->execute<LaterParcel>("a", Move{"q"}, Depot::in("a")));
    }
    (void)depot.drop();
    CHECK_THAT(depot.shown({.stream = "parcel-a"}), Catch::Contains(R"("q":40)"));
    CHECK(must(depot.store->log().dropped()).origins.size() == 1);
  }
  SECTION("a state that cannot be made of it") {
    depot.open(depot.clock, {{es::aggregate<StrangeParcel>("2")}, {}});
    const auto shown = app::show_state(*depot.store, {.stream = "parcel-a"});
    REQUIRE(!shown);
    CHECK(shown.error().code == Errc::unreadable_schema);
    CHECK_THAT(shown.error().message(), Catch::Contains("parcel-a") && Catch::Contains("cannot be read as the state"));
    const auto refused = depot.try_drop();
    if (!refused) CHECK(refused.error().code == Errc::unreadable_schema);
  }
  SECTION("status tells that other code made them") {
    auto model = busy_model();
    model.aggregates[1] = es::aggregate<Parcel>("2");
    depot.open(depot.clock, std::move(model));
    REQUIRE(depot.store->project());
    CHECK_THAT(depot.status_of("parcels").note,
               Catch::Contains("states that retention kept of parcel were made by other"));
    CHECK_THAT(depot.status_of("balances").note, !Catch::Contains("other code"));
  }
}

TEST_CASE("a projection whose documents have new fields carries the old ones over", "[retain][dropped]") {
  Depot depot;
  depot.fill(20, {"old"});
  depot.fill(40);
  REQUIRE(depot.store->project());
  (void)depot.drop();
  auto model = busy_model();
  model.projections[2] = es::projection<LaterParcels>("2");
  depot.open(depot.clock, std::move(model));
  CHECK(depot.status_of("parcels").health == Health::stale);
  CHECK_THAT(depot.status_of("parcels").note, Catch::Contains("documents of dropped events that were made by other"));
  REQUIRE(depot.store->rebuild("parcels"));
  const auto documents = depot.documents("parcels");
  REQUIRE(documents.size() == 3);
  const auto has = [&](const string& text) {
    return std::any_of(documents.begin(), documents.end(),
                       [&](const string& each) { return each.find(text) != string::npos; });
  };
  CHECK(has("|t|grey||20|"));  // of dropped events alone
  CHECK(has("|t|red|3|40|"));
  depot.fill(40, {"a"});
  (void)depot.drop();
  REQUIRE(depot.store->rebuild("parcels"));
  CHECK(depot.documents("parcels").size() == 3);
}

TEST_CASE("snapshots of dropped events are passed over without a failure", "[retain][dropped]") {
  Depot depot;
  depot.open(depot.clock, busy_model(), true);
  depot.fill(120, {"a"});
  CHECK(must(depot.store->repository<Parcel>().load("a")).version == es::Version{120});
  const auto states = depot.states();
  (void)depot.drop();
  const auto failed = depot.store->snapshots()->counts().failed;
  CHECK(depot.states() == states);
  CHECK(depot.store->snapshots()->counts().failed == failed);
}

TEST_CASE("a process that has the store open elsewhere goes on after a drop", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  es::StoreOptions options{};
  options.clock = &depot.clock;
  options.snapshots = false;
  options.log.mode = es::FileLogOptions::Mode::read_only;
  auto reader = must(es::Store::open(depot.folder.file("store"), busy_model(), options));
  REQUIRE(reader.project({"parcels"}));
  (void)depot.drop();
  CHECK(must(reader.repository<Parcel>().load("a")).version == es::Version{40});
  CHECK(must(reader.repository<Parcel>().load("a")).state.visits.size() == 3);
  depot.fill(1);
  REQUIRE(reader.project({"parcels"}));
  CHECK_THAT(depot.documents("parcels").front(), Catch::Contains("|41|"));
  const auto run = reader.project({"places"});  // that was never run
  REQUIRE(run);
  CHECK(run->position == es::Position{82});
}

TEST_CASE("verify checks what was kept", "[retain][dropped]") {
  Depot depot;
  depot.fill(40);
  (void)depot.drop();
  es::PosixFileSystem files;
  Rows<app::VerifyFinding> findings;
  const auto summary = must(app::verify(files, depot.folder.file("store"), {}, findings));
  CHECK(summary.sound);
  CHECK(summary.kept_states == 2);
  CHECK(summary.kept_states_digest.value_or("").size() == 64);
}

}  // namespace dropped_test
