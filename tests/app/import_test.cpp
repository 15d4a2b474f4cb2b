#include <eventstore/app/import.hpp>
#include <eventstore/schema/event_line.hpp>

#include <unistd.h>

#include "line_branch.hpp"

namespace import_test {

using namespace bank;

namespace {

struct Imported {
  es::Result<void> ended{};
  app::ImportCounts counts{};
  std::vector<std::string> refused{};
  std::vector<std::string> places{};
};

Imported import(const Branch& branch, const std::string& text, const app::Import& parameters = {}) {
  auto store = branch.open();
  auto source = branch.source(text);
  auto kept = must(app::RefusedLines::open(parameters.on_error, source));
  Imported imported;
  const app::ImportWatch watch{
      [&](const es::Error& error) { imported.refused.push_back(error.where); },
      [&](const app::ImportedTo& place) { imported.places.push_back(es::to_json(place)); },
  };
  imported.ended = app::import(store.log(), store.model(), parameters, source, kept, imported.counts, watch);
  REQUIRE(store.close());
  return imported;
}

const std::string three = opened("ada") + line("ada", 2) + line("ada", 3);

}  // namespace

TEST_CASE("lines are imported once, and what became of them is counted", "[import]") {
  const Branch branch;
  const auto first = import(branch, three);
  REQUIRE(first.ended);
  CHECK(es::to_json(first.counts) == R"({"read":3,"appended":3,"already_there":0,"refused":0,"unclaimed":0})");
  CHECK(first.places == std::vector<std::string>{R"({"line":3,"position":3})"});
  const auto again = import(branch, three);
  REQUIRE(again.ended);
  CHECK(again.counts.already_there == 3);
  CHECK(must(branch.open().log().head()) == es::Position{3});
}

TEST_CASE("a line that is refused ends the import, and the lines before it stay", "[import]") {
  const Branch branch;
  const auto imported = import(branch, opened("ada") + line("ada", 2, "MoneyBurnt") + line("ada", 2));
  REQUIRE(!imported.ended);
  CHECK(imported.ended.error().code == Errc::unknown_event_type);
  CHECK_THAT(imported.ended.error().where, Catch::StartsWith("line 2"));
  CHECK(imported.counts.read == 2);
  CHECK(imported.counts.appended == 1);
  CHECK(imported.counts.refused == 1);
}

TEST_CASE("lines that are refused are passed over, or kept in a file", "[import]") {
  const Branch branch;
  const auto late = line("ada", 7);
  const auto text = opened("ada") + late + line("ada", 2);
  SECTION("passed over") {
    const auto imported = import(branch, text, {.on_error = "skip"});
    REQUIRE(imported.ended);
    CHECK(imported.counts.appended == 2);
    REQUIRE(imported.refused.size() == 1);
    CHECK_THAT(imported.refused.front(), Catch::StartsWith("line 2"));
  }
  SECTION("kept") {
    REQUIRE(import(branch, text, {.on_error = branch.folder.file("refused")}).ended);
    CHECK(branch.read("refused") == late);
  }
  SECTION("never in the file that is read") {
    const auto source = branch.source(text);
    const auto kept = app::RefusedLines::open(branch.folder.file("lines"), source);
    REQUIRE(!kept);
    CHECK(kept.error().code == Errc::invalid_argument);
    CHECK(branch.read("lines") == text);
  }
}

TEST_CASE("event types that the program does not know can be kept with their data", "[import]") {
  const Branch branch;
  const auto imported = import(branch, opened("ada") + line("ada", 2, "MoneyBurnt"), {.raw = true});
  REQUIRE(imported.ended);
  CHECK(imported.counts.appended == 2);
}

TEST_CASE("a file that is not there is not found", "[import]") {
  const Branch branch;
  const auto source = app::LineSource::open(branch.folder.file("nothing"));
  REQUIRE(!source);
  CHECK(source.error().code == Errc::not_found);
}

TEST_CASE("lines that come slowly are appended when the input pauses, and a stop keeps what was read whole",
          "[import]") {
  const Branch branch;
  auto store = branch.open();
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  auto source = must(app::LineSource::of(ends[0], "pipe"));
  const auto write = [&](const std::string& text) {
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  };
  auto kept = must(app::RefusedLines::open("stop", source));
  std::stop_source stop;
  std::vector<std::uint64_t> appended_to;
  const app::ImportWatch watch{.on_appended =
                                   [&](const app::ImportedTo& place) {
                                     appended_to.push_back(place.line);
                                     if (place.line == 2) write(line("ada", 3) + R"({"event_type":)");
                                     if (place.line == 3) stop.request_stop();
                                   },
                               .stop = stop.get_token()};
  write(opened("ada") + line("ada", 2));
  app::ImportCounts counts;
  const auto ended = app::import(store.log(), store.model(), {}, source, kept, counts, watch);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == Errc::stopped);
  CHECK(ended.error().detail ==
        "interrupted after line 3; all whole lines before are in the log: import the input again to go on");
  CHECK(appended_to == std::vector<std::uint64_t>{2, 3});
  CHECK(es::to_json(counts) == R"({"read":3,"appended":3,"already_there":0,"refused":0,"unclaimed":0})");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("times without a zone are read in the zone of the import", "[import]") {
  const Branch branch;
  auto text = opened("ada");
  text.replace(text.find("30:00Z"), 6, "30:00");
  const auto refused = import(branch, text);
  REQUIRE_FALSE(refused.ended);
  CHECK_THAT(refused.ended.error().detail, Catch::Contains("has no zone") && Catch::Contains("--zone"));
  REQUIRE(import(branch, text, {.zone = "Europe/Berlin"}).ended);
  const auto page = must(branch.open().log().read_all());
  CHECK(page.events.front().created_at.to_string() == "2026-01-27T09:30:00.000000Z");
  CHECK(import(branch, text, {.zone = "Berlin"}).ended.error().code == Errc::invalid_argument);
}

TEST_CASE("a line whose spelling has changed is already there", "[import]") {
  const Branch branch;
  REQUIRE(import(branch, opened("ada")).ended);
  const auto again = import(branch, line("ada", 1, "AccountOpened", R"({"limit":5e2,"owner":"ada"})"));
  REQUIRE(again.ended);
  CHECK(again.counts.already_there == 1);
}

TEST_CASE("a line that an earlier build imported under the id of its spelling is already there", "[import]") {
  const Branch branch;
  const auto spelled = line("ada", 1, "AccountOpened", R"({"owner":"ada","limit":500})");
  const auto types = es::event_types_of(branch.model);
  const auto former = es::EventLineReader{types}.read(spelled)->former_id;
  REQUIRE(former != es::EventId{});
  const auto old = spelled.substr(0, spelled.size() - 2) + R"(,"event_id":")" + former.to_string() + "\"}\n";
  REQUIRE(import(branch, old).ended);
  const auto again = import(branch, spelled);
  REQUIRE(again.ended);
  CHECK(again.counts.already_there == 1);
  CHECK(import(branch, line("ada", 1, "AccountOpened", R"({"owner":"ada","limit":400})")).ended.error().code ==
        Errc::id_conflict);
}

TEST_CASE("a line that was changed is told as what differs and not as a version to try again with", "[import]") {
  const Branch branch;
  REQUIRE(import(branch, three).ended);
  const auto refusal = [&](const std::string& text) { return import(branch, text).ended.error(); };
  const auto changed = refusal(opened("ada") + line("ada", 2, "MoneyDeposited", R"({"cents":6})"));
  CHECK(changed.code == Errc::id_conflict);
  CHECK(changed.where == "line 2, account-ada");
  CHECK(changed.at == es::Position{2});
  CHECK(changed.detail ==
        "the line differs from version 2, which the log has: event_data.cents; history does not change: leave the line "
        "out, or append what is new as a new event");
  CHECK_THAT(refusal(line("ada", 2, "MoneyWithdrawn", R"({"cents":6})")).detail, Catch::Contains("has: event_type; "));
  auto later = line("ada", 3, "MoneyDeposited", R"({"cents":7})");
  later.replace(later.find("10:30:00"), 8, "10:31:00");
  CHECK_THAT(refusal(later).detail, Catch::Contains("has: created_at, event_data.cents; "));
  auto named = line("ada", 3);
  named.insert(named.size() - 2, R"(,"event_id":"5b0c3f0e-0d6b-4d3c-9a53-0123456789ab")");
  CHECK_THAT(refusal(named).detail, Catch::Contains("has: event_id; "));
  named.insert(named.size() - 2, R"(,"metadata":{"user_id":"u"})");
  CHECK_THAT(refusal(named).detail, Catch::Contains("has: metadata; "));
  // Nothing stands there yet: the line came too early.
  CHECK(refusal(line("ada", 5)).code == Errc::wrong_version);
  // The same id with other content.
  const std::string id = R"(,"event_id":"6b0c3f0e-0d6b-4d3c-9a53-0123456789ab")";
  auto given = line("bo", 0, "AccountOpened", R"({"owner":"bo"})");
  given.insert(given.size() - 2, id);
  REQUIRE(import(branch, given).ended);
  auto other = line("bo", 0, "AccountOpened", R"({"owner":"bob"})");
  other.insert(other.size() - 2, id);
  CHECK_THAT(refusal(other).detail, Catch::Contains("differs from version 1, which the log has: event_data.owner; "));
}

}  // namespace import_test
