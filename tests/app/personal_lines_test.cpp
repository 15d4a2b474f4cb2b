#include <eventstore/app/export.hpp>
#include <eventstore/app/import.hpp>
#include <eventstore/app/state.hpp>
#include <eventstore/app/subject.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/security/memory_key_store.hpp>

#include <algorithm>
#include <filesystem>

#include "line_branch.hpp"

namespace personal_lines_test {

using namespace bank;

namespace {

using std::string, std::vector;

struct Joined {
  EVENTSTORE_EVENT(Joined, "MemberJoined", (string, customer_id), (string, name, , es::personal),
                   (std::int64_t, level, 1), (es::Secret, password, es::Secret{}));
};
struct Called {
  EVENTSTORE_EVENT(Called, "MemberCalled", (string, note, "", es::personal), (std::int64_t, minutes, 0));
};
struct Call {
  EVENTSTORE_COMMAND(Call, "call", (string, note, "", es::personal), (std::int64_t, minutes, 0));
};
struct Member {
  static constexpr auto category = "member";
  using events = es::Events<Joined, Called>;
  using commands = es::Commands<Call>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, customer_id), (string, name, "", es::personal), (string, note, "", es::personal),
                      (es::Secret, password, es::Secret{}), (std::int64_t, level, 0));
  };
  static string subject(const State& state) { return state.customer_id; }
  static void evolve(State& state, const Joined& event) {
    state = {event.customer_id, event.name, "", event.password, event.level};
  }
  static void evolve(State& state, const Called& event) { state.note = event.note; }
  static Decision decide(const State&, const Call& call, const es::Context&) {
    return Called{.note = call.note, .minutes = call.minutes};
  }
};

struct Club {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  const es::Model model{{es::aggregate<Member>("1")}};
  std::shared_ptr<es::MemoryKeyStore> keys = std::make_shared<es::MemoryKeyStore>();

  [[nodiscard]] es::Store open(const string& name = "store") const {
    es::StoreOptions options{};
    options.clock = &clock;
    options.keys = keys;
    return must(es::Store::open(folder.file(name), model, options));
  }
  struct Imported {
    es::Result<void> ended{};
    app::ImportCounts counts{};
    vector<string> refused{};
  };
  Imported import(es::Store& store, const string& text) const {
    std::ofstream{folder.file("lines"), std::ios::binary} << text;
    auto source = must(app::LineSource::open(folder.file("lines")));
    auto kept = must(app::RefusedLines::open("skip", source));
    Imported imported;
    const app::ImportWatch watch{[&](const es::Error& error) { imported.refused.push_back(error.message()); }};
    imported.ended = app::import(store.event_log(), store.model(), {}, source, kept, imported.counts, watch);
    return imported;
  }
  [[nodiscard]] static string lines(const es::Store& store, bool clear = false) {
    string text;
    app::Export parameters{};
    parameters.clear = clear;
    REQUIRE(app::export_lines(store, parameters, [&](std::string_view line) -> es::Result<void> {
      text += line;
      text += '\n';
      return {};
    }));
    return text;
  }
  void erase(es::Store& store, const string& subject) const {
    must(app::erase_subject(store, {.subject = subject}, [](const auto&) -> es::Result<void> { return {}; }));
  }
};

string joined(int version, const string& name = "Wanda") {
  return R"({"aggregate_type":"member","aggregate_id":"7","event_type":"MemberJoined","event_data":{"customer_id":"c-1","name":")" +
         name + R"(","level":3,"password":"s3cr3t"},)" +
         (version == 0 ? "" : "\"version\":" + std::to_string(version) + ",") +
         R"("created_at":"2026-01-27T10:30:00Z"})" + "\n";
}
string called(int version, const string& note = "wants a refund", int minutes = 5) {
  return R"({"aggregate_type":"member","aggregate_id":"7","event_type":"MemberCalled","event_data":{"note":")" + note +
         R"(","minutes":)" + std::to_string(minutes) + "}," +
         (version == 0 ? "" : "\"version\":" + std::to_string(version) + ",") +
         R"("created_at":"2026-01-27T10:31:00Z"})" + "\n";
}

// What an earlier build made of the line: in clear, under the id that derives from it.
void append_clear(es::Store& store, const string& text) {
  const auto types = es::event_types_of(store.model());
  es::EventLineReader reader{types};
  const auto line = must(reader.read(text));
  const es::NewEvent event{.stream = line.stream,
                           .id = line.metadata.event_id,
                           .type = line.type,
                           .organization = line.metadata.organization,
                           .created_at = line.metadata.created_at,
                           .schema = line.schema->id,
                           .metadata = line.tagged,
                           .data = line.data};
  const auto schema = line.schema->record();
  must(store.event_log().append({.events = {&event, 1}, .schemas = {&schema, 1}}));
}

bool is_anywhere(const std::filesystem::path& folder, std::string_view text) {
  for (const auto& each : std::filesystem::recursive_directory_iterator{folder}) {
    if (!each.is_regular_file()) continue;
    std::ifstream file{each.path(), std::ios::binary};
    const string bytes{std::istreambuf_iterator<char>{file}, {}};
    if (bytes.find(text) != string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("lines about people are known when they come again, with and without versions", "[personal lines]") {
  const Club club;
  auto store = club.open();
  const int versioned = GENERATE(0, 1);
  const auto text = joined(versioned) + called(2 * versioned) + called(3 * versioned);
  const auto first = club.import(store, text);
  REQUIRE(first.ended);
  CHECK(first.counts.appended == 3);
  const auto again = club.import(store, text);
  CHECK(again.counts.already_there == 3);
  CHECK(must(store.log().head()) == es::Position{3});
  const auto types = es::event_types_of(store.model());
  es::EventLineReader reader{types};
  const auto guessed = must(reader.read(joined(versioned)));
  CHECK(store.log().find(guessed.stream, guessed.metadata.event_id).error().code == Errc::not_found);
}

TEST_CASE("lines that an earlier build imported in clear are known", "[personal lines]") {
  const Club club;
  auto store = club.open();
  const int versioned = GENERATE(0, 1);
  append_clear(store, joined(versioned));
  const auto imported = club.import(store, joined(versioned) + called(2 * versioned));
  REQUIRE(imported.ended);
  CHECK(imported.counts.already_there == 1);
  CHECK(imported.counts.appended == 1);
  club.erase(store, "c-1");
  CHECK(club.import(store, joined(versioned)).counts.already_there == 1);
}

TEST_CASE("after an erasure a line is compared with the event at its version, and refused without one",
          "[personal lines]") {
  const Club club;
  auto store = club.open();
  REQUIRE(club.import(store, joined(1) + called(2)).counts.appended == 2);
  club.erase(store, "c-1");
  CHECK(club.import(store, joined(1) + called(2)).counts.already_there == 2);
  SECTION("another value that was not erased") {
    const auto imported = club.import(store, called(2, "wants a refund", 6));
    CHECK(imported.counts.refused == 1);
    REQUIRE(imported.refused.size() == 1);
    CHECK_THAT(imported.refused.front(), Catch::Contains("event_data.minutes") && !Catch::Contains("note"));
  }
  SECTION("no version") {
    const auto imported = club.import(store, called(0));
    CHECK(imported.counts.refused == 1);
    REQUIRE(imported.refused.size() == 1);
    CHECK_THAT(imported.refused.front(), Catch::Contains("was erased"));
  }
  SECTION("a new version") {
    CHECK(club.import(store, called(3)).counts.refused == 1);
    CHECK(must(store.log().head(*es::StreamId::parse("member-7"))) == es::Version{2});
  }
}

TEST_CASE("what a store exports is imported as the same bytes", "[personal lines]") {
  const Club club;
  auto store = club.open();
  REQUIRE(club.import(store, joined(1) + called(2) + called(3, "calm")).counts.appended == 3);
  const auto text = Club::lines(store);
  CHECK_THAT(text, !Catch::Contains("Wanda") && !Catch::Contains("refund") && !Catch::Contains("s3cr3t"));
  const bool is_erased = GENERATE(false, true);
  if (is_erased) {
    club.erase(store, "c-1");
    CHECK_THAT(Club::lines(store), Catch::StartsWith(text));
  }
  CHECK(club.import(store, text).counts.already_there == 3);
  auto copy = club.open("copy");
  REQUIRE(club.import(copy, text).counts.appended == 3);
  CHECK(Club::lines(copy) == text);
  const auto cleared = Club::lines(copy, true);
  if (is_erased) {
    CHECK_THAT(cleared, Catch::Contains(R"("name":{"$erased":true})") && Catch::Contains(R"("note":{"$erased":true})"));
  } else {
    CHECK_THAT(cleared, Catch::Contains(R"("name":"Wanda")") && Catch::Contains(R"("password":"s3cr3t")"));
  }
  const auto shown = must(app::show_state(copy, {.stream = "member-7"}));
  CHECK(shown.state.text ==
        (is_erased ? R"({"customer_id":"c-1","name":"erased","note":"erased","password":"erased","level":3})"
                   : R"({"customer_id":"c-1","name":"Wanda","note":"calm","password":"sealed","level":3})"));
}

TEST_CASE("clear lines of erased values are repeats in their store and defaults in another one", "[personal lines]") {
  const Club club;
  auto store = club.open();
  REQUIRE(club.import(store, joined(1) + called(2) + called(3, "calm")).counts.appended == 3);
  club.erase(store, "c-1");
  const auto cleared = Club::lines(store, true);
  CHECK(club.import(store, cleared).counts.already_there == 3);  // the record of the erasure is passed over
  auto copy = club.open("copy");
  REQUIRE(club.import(copy, cleared).counts.appended == 3);
  CHECK_THAT(Club::lines(copy, true), !Catch::Contains("erased\""));
  CHECK(must(copy.repository<Member>().load("7")).state.name.empty());
}

TEST_CASE("no file of a store has a personal value in clear, snapshots neither", "[personal lines]") {
  const Club club;
  {
    auto store = club.open();
    string text = joined(1);
    for (int version = 2; version < 150; ++version) text += called(version, "note of Quintilian");
    REQUIRE(club.import(store, text).counts.appended == 149);
    const auto state = must(app::show_state(store, {.stream = "member-7"}));
    CHECK_THAT(state.state.text, Catch::Contains("Quintilian"));
    REQUIRE(must(store.execute("member-7", "call", R"({"note":"Quintilian calls"})",
                               {.command_id = es::Uuid::v5(es::eventstore_namespace, "a call")}))
                .version == es::Version{150});
    CHECK(store.snapshots()->counts().taken > 0);
    CHECK(!store.snapshots()->last_failure());
    REQUIRE(store.close());
  }
  for (const auto* const value : {"Quintilian", "Wanda", "s3cr3t"})
    CHECK(!is_anywhere(club.folder.file("store"), value));
  auto store = club.open();
  const auto state = must(app::show_state(store, {.stream = "member-7"}));
  CHECK_THAT(state.state.text, Catch::Contains("Quintilian calls"));
  CHECK(store.snapshots()->counts().used > 0);
}

TEST_CASE("the content of a command about a person is a code, and a repeat is known by it", "[personal lines]") {
  const Club club;
  auto store = club.open();
  REQUIRE(club.import(store, joined(1)).counts.appended == 1);
  es::CommandOptions options{};
  options.command_id = es::Uuid::v5(es::eventstore_namespace, "a call");
  const Call call{.note = "wants a refund"};
  REQUIRE(store.execute<Member>("7", call, options));
  const auto outcome = must(store.log().find_outcome(*es::StreamId::parse("member-7"), options.command_id));
  const auto plain = es::command_content("call", es::schema_of<Call>(), es::encode(call));
  CHECK(std::equal(plain.octets.begin(), plain.octets.begin() + 8, outcome.content.octets.begin()));
  CHECK(!std::equal(plain.octets.begin() + 8, plain.octets.end(), outcome.content.octets.begin() + 8));
  CHECK(must(store.execute<Member>("7", call, options)).already_there);
  CHECK(store.execute<Member>("7", Call{.note = "is happy"}, options).error().code == Errc::id_conflict);
}

}  // namespace personal_lines_test
