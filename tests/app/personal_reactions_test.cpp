// What reactions and commands keep about persons outside of their events: timers, refusals and dead letters.
#include <eventstore/app/reactions.hpp>
#include <eventstore/app/subject.hpp>
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/security/memory_key_store.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "branch.hpp"

namespace personal_reactions_test {

using namespace bank;
using namespace std::chrono_literals;
namespace app = es::app;
using es::Errc;

namespace {

using std::string, std::vector;

struct Joined {
  EVENTSTORE_EVENT(Joined, "GuestJoined", (string, name, , es::personal));
};
struct Join {
  EVENTSTORE_COMMAND(Join, "join", (string, name, , es::personal));
};
struct GuestState {
  EVENTSTORE_FIELDS(GuestState, (string, name, "", es::personal));
};
struct Guest : es::DeciderOf<"guest", GuestState, es::Events<Joined>, es::Commands<Join>> {
  static void evolve(State& state, const Joined& event) { state.name = event.name; }
  static Decision decide(const State*, const Join& command) { return Joined{command.name}; }
};

struct Sent {
  EVENTSTORE_EVENT(Sent, "CardSent", (string, text, , es::personal), (std::int64_t, cents));
};
struct Send {
  EVENTSTORE_COMMAND(Send, "send", (string, text, , es::personal), (es::Secret, code, es::Secret{}),
                     (std::int64_t, cents));
};
struct CardState {
  EVENTSTORE_FIELDS(CardState, (std::int64_t, cards), (std::int64_t, cents), (string, last, "", es::personal));
};
// Its key is the guest's.
struct Card : es::DeciderOf<"card", CardState, es::Events<Sent>, es::Commands<Send>> {
  static inline string code;  // of the last command
  static void evolve(State& state, const Sent& event) { state = {state.cards + 1, event.cents, event.text}; }
  static Decision decide(const State*, const Send& command) {
    code = string{command.code.reveal()};
    if (command.cents == 0) return es::refuse_for_good("no_postage", "nobody paid for " + command.text);
    if (command.cents < 0) throw std::runtime_error{"no stamps for " + command.text};
    return Sent{command.text, command.cents};
  }
};

struct Parcel {
  EVENTSTORE_FIELDS(Parcel, (string, name, , es::personal), (std::int64_t, cents));
};

/// A card after a day. Guests whose names end with a digit are special.
struct Greet {
  static constexpr auto name = "greet";
  using reads = es::Reads<Guest>;
  static void react(const Joined& event, const es::Change<Guest>& change, es::Outgoing& to) {
    const auto due = change.metadata.created_at + 24h;
    const Send send{event.name, es::Secret{"tricorder"}, 5};
    switch (event.name.empty() ? ' ' : event.name.back()) {
      case '0': return to.execute<Card>(change.key, Send{event.name, {}, 0});
      case '1': return to.execute<Card>(change.key, Send{event.name, {}, -1});
      case '2': throw std::runtime_error{"no card for " + event.name};
      case '3': return to.at(due, "parcel").call("post", Parcel{event.name, 7});
      default: return to.at(due, "card").execute<Card>(change.key, send);
    }
  }
};

const vector<string> planted{"Zaphodius", "tricorder"};

struct Inn {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  std::shared_ptr<es::MemoryKeyStore> keys = std::make_shared<es::MemoryKeyStore>();
  vector<string> posted{};
  es::Store store = open();

  [[nodiscard]] es::Store open() {
    const auto post = [this](const es::OutsideCall& call) -> es::Result<void> {
      posted.push_back(call.argument<Parcel>()->name);
      return {};
    };
    es::StoreOptions options{};
    options.clock = &clock;
    options.keys = keys;
    return must(es::Store::open(
        folder.file("store"),
        {{es::aggregate<Guest>(), es::aggregate<Card>()}, {}, {}, {es::reaction<Greet>()}, {{"post", post}}}, options));
  }
  void join(const string& name) { must(store.execute<Guest>("g-1", Join{name})); }
  es::ReactionReport run() {
    auto worker = must(store.react("greet", {.from = es::From::beginning(), .attempts_max = 1, .seed = 1}));
    return must(worker.run());
  }
  app::ErasedSubject erase() {
    return must(app::erase_subject(store, {.subject = "g-1"}, [this](const app::ClearEventFound& found) {
      clear.push_back(found);
      return es::Result<void>{};
    }));
  }
  vector<app::ClearEventFound> clear{};
  string exported() {
    string lines;
    REQUIRE(app::export_subject(store, {.subject = "g-1"}, [&](std::string_view line) -> es::Result<void> {
      lines += line;
      lines += '\n';
      return {};
    }));
    return lines;
  }
  vector<app::DeadLetterRow> letters() {
    Rows<app::DeadLetterRow> rows;
    REQUIRE(app::list_reaction_letters(store, {}, rows));
    return rows.all;
  }
  // The last note, as JSON.
  string last_note() {
    const auto page = must(store.log().read_stream(*es::StreamId::parse("reaction-greet"), {.limit = es::no_limit}));
    string json{page.events.back().type};
    REQUIRE(store.schemas().data_to_json(page.events.back(), json));
    return json;
  }
  std::int64_t cards() {
    const auto card = store.repository<Card>().load("g-1");
    return card ? card->state.cards : 0;
  }
};

vector<string> planted_in(const string& folder) {
  vector<string> found;
  for (const auto& each : std::filesystem::recursive_directory_iterator{folder}) {
    if (!each.is_regular_file()) continue;
    std::ifstream file{each.path(), std::ios::binary};
    const string bytes{std::istreambuf_iterator<char>{file}, {}};
    for (const auto& value : planted)
      if (bytes.find(value) != string::npos) found.push_back(value + " in " + each.path().filename().string());
  }
  return found;
}

}  // namespace

TEST_CASE("a timer keeps the personal values and secrets of its command encrypted and fires with them", "[timers]") {
  Inn inn;
  inn.join("Zaphodius");
  CHECK(inn.run().done == 1);
  CHECK_THAT(inn.last_note(), Catch::Contains("ReactionTimerSet") && Catch::Contains(R"("cents":5)"));
  CHECK(planted_in(inn.folder.file("store")) == vector<string>{});
  inn.run();  // nothing is set twice
  CHECK_THAT(inn.exported(), Catch::Contains(R"("text":"Zaphodius")") && Catch::Contains(R"("code":"sealed")"));
  inn.clock.set(noon + 24h);
  CHECK(inn.run().fired == 1);
  CHECK(must(inn.store.repository<Card>().load("g-1")).state.last == "Zaphodius");
  CHECK(Card::code == "tricorder");
}

TEST_CASE("a timer whose person was erased ends with a note and no command", "[timers]") {
  Inn inn;
  const bool is_call = GENERATE(false, true);
  inn.join(is_call ? "Zaphodius3" : "Zaphodius");
  inn.run();
  CHECK(planted_in(inn.folder.file("store")) == vector<string>{});
  CHECK(inn.erase().clear_events == 0);
  CHECK_THAT(inn.exported(), !Catch::Contains("Zaphodius"));
  inn.clock.set(noon + 24h);
  const auto report = inn.run();
  CHECK(report.fired == 1);
  CHECK(report.refused == 1);
  CHECK(inn.cards() == 0);
  CHECK(inn.posted.empty());
  CHECK_THAT(inn.last_note(), Catch::Contains("ReactionTimerFired"));
  auto worker = must(inn.store.react("greet", {.from = es::From::now()}));
  CHECK(must(worker.state()).timers.empty());
  CHECK(must(worker.state()).refused == 1);
  CHECK(must(worker.dead_letters()).empty());
}

TEST_CASE("an outside call gets the personal values that its timer kept", "[timers]") {
  Inn inn;
  inn.join("Zaphodius3");
  inn.run();
  inn.clock.set(noon + 24h);
  inn.run();
  CHECK(inn.posted == vector<string>{"Zaphodius3"});
}

TEST_CASE("a timer is not set about a person who was erased before", "[timers]") {
  Inn inn;
  inn.join("Zaphodius");
  inn.erase();
  const auto report = inn.run();
  CHECK(report.refused == 1);
  CHECK_THAT(inn.last_note(), Catch::Contains("ReactionCommandRefused") && Catch::Contains("subject_erased"));
}

TEST_CASE("a timer that an earlier build kept in clear fires and is found and ends by an erasure", "[timers]") {
  Inn inn;
  inn.join("Zaphodius");
  inn.run();
  // As the builds before wrote it: the command's fields are the data.
  const auto stream = *es::StreamId::parse("reaction-greet");
  const auto page = must(inn.store.log().read_stream(stream, {.limit = es::no_limit}));
  auto set = must(es::decode<es::ReactionTimerSet>(page.events.back().data));
  set.what.data.text = R"({"text":"Zaphodius of old","code":"tricorder","cents":5})";
  set.what.action_id = es::Uuid::v5(es::eventstore_namespace, "of old");
  es::Metadata metadata{};
  metadata.organization = "eventstore";
  const es::DecidedEvent event{&es::schema_of<es::ReactionTimerSet>(), es::encode(set)};
  must(es::append_events(inn.store.event_log(), inn.clock, stream, {&event, 1}, {.metadata = metadata}));
  CHECK_THAT(inn.exported(), Catch::Contains("Zaphodius of old"));
  inn.clock.set(noon + 24h);
  SECTION("it fires") {
    CHECK(inn.run().fired == 1);
    CHECK(must(inn.store.repository<Card>().load("g-1")).state.last == "Zaphodius of old");
  }
  SECTION("its person is erased") {
    CHECK(inn.erase().clear_events == 1);
    REQUIRE(inn.clear.size() == 1);
    CHECK(inn.clear[0].fields == vector<string>{"what.data.text", "what.data.code"});
    const auto report = inn.run();
    CHECK(report.refused == 1);
    CHECK(inn.cards() == 0);
  }
}

TEST_CASE("the sentence of a refusal for good is kept encrypted and repeated until its person is erased",
          "[refusals]") {
  Inn inn;
  const es::CommandOptions options{.command_id = es::Uuid::v5(es::eventstore_namespace, "card")};
  const auto refused = [&] {
    const auto answer = inn.store.execute<Card>("g-1", Send{"Zaphodius", {}, 0}, options);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::refused);
    CHECK(answer.error().refusal_code == "no_postage");
    return answer.error().detail;
  };
  CHECK(refused() == "nobody paid for Zaphodius");
  CHECK(refused() == "nobody paid for Zaphodius");
  CHECK(planted_in(inn.folder.file("store")) == vector<string>{});
  inn.erase();
  CHECK(refused() == "the sentence was about a person who was erased");
}

TEST_CASE("a reaction notes refusals and failures that quote a person in encrypted form", "[refusals]") {
  Inn inn;
  SECTION("a refusal") {
    inn.join("Zaphodius0");
    CHECK(inn.run().refused == 1);
    CHECK_THAT(inn.last_note(), Catch::Contains("no_postage") && !Catch::Contains("Zaphodius"));
    CHECK(planted_in(inn.folder.file("store")) == vector<string>{});
  }
  SECTION("a failure") {
    const auto name = GENERATE("Zaphodius1", "Zaphodius2");
    inn.join(name);
    CHECK(inn.run().set_aside == 1);
    CHECK(planted_in(inn.folder.file("store")) == vector<string>{});
    REQUIRE(inn.letters().size() == 1);
    CHECK_THAT(inn.letters()[0].reason, Catch::Contains(name));
    inn.erase();
    CHECK(inn.letters()[0].reason == "the sentence was about a person who was erased");
  }
}

}  // namespace personal_reactions_test
