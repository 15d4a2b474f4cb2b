#include <catch2/catch.hpp>

#include <eventstore/core/must.hpp>
#include <eventstore/schema/fields.hpp>

#include "people_log.hpp"

namespace encrypted_line_test {

namespace {

namespace es = eventstore;
using std::optional, std::string, std::vector, std::int64_t;

struct Turn {
  EVENTSTORE_FIELDS(Turn, (string, speaker_id, , es::subject_id), (string, message, , es::personal), (int64_t, at, 0));
};
struct Told {
  EVENTSTORE_EVENT(Told, "Told", (string, name, "", es::personal), (int64_t, amount, 0),
                   (optional<string>, phone, , es::personal), (es::Secret, token, es::Secret{}),
                   (vector<Turn>, turns, vector<Turn>{}));
};

es::EventTypes told_types() {
  es::EventTypes types;
  types.add("person", es::schema_of<Told>());
  return types;
}

const string line_of_ann =
    R"({"organization_id":"default","event_type":"Told","event_data":{"name":"Ann","amount":7,"phone":"+49 1",)"
    R"("token":"s3cret","turns":[{"speaker_id":"bob","message":"hello"},{"speaker_id":"ann","message":"hi"}]},)"
    R"("aggregate_id":"ann","aggregate_type":"person","created_at":"2026-01-27T10:30:00Z","version":1,)"
    R"("metadata":{"user_id":"bob","ip_address":"10.0.0.1","campaign":"x"},)"
    R"("event_id":"6b1f8a7e-0c47-4b0e-8a53-0d7f6f1c2b3a"})";

bool has_same_bytes(const people::PeopleLog& one, const people::PeopleLog& other) {
  const auto a = one.stored();
  const auto b = other.stored();
  const auto& x = a.events.front();
  const auto& y = b.events.front();
  return std::ranges::equal(x.data, y.data) && std::ranges::equal(x.metadata, y.metadata) && x.id == y.id &&
         x.encryption_key == y.encryption_key && x.schema == y.schema && x.created_at == y.created_at;
}

// `line` with `to` in place of the first `from`.
string with(string line, const string& from, const string& to) {
  const auto at = line.find(from);
  REQUIRE(at != string::npos);
  return line.replace(at, from.size(), to);
}

}  // namespace

SCENARIO("an exported line has its personal values encrypted, and no secret in any form", "[encrypted line]") {
  GIVEN("an event about two people, with a secret") {
    const auto types = told_types();
    people::PeopleLog log;
    REQUIRE(log.import(types, line_of_ann));
    THEN("its data has them in clear, but for the secret") {
      CHECK(log.shown() == R"({"name":"Ann","amount":7,"phone":"+49 1","token":"sealed",)"
                           R"("turns":[{"speaker_id":"bob","message":"hello","at":0},)"
                           R"({"speaker_id":"ann","message":"hi","at":0}]})");
    }
    THEN("its line has none of them") {
      const auto line = log.exported();
      for (const auto* const value : {"Ann", "+49 1", "s3cret", "hello", "\"hi\"", "10.0.0.1", "campaign"}) {
        CAPTURE(line, value);
        CHECK(line.find(value) == string::npos);
      }
      CHECK(line.find(R"("amount":7,"phone":{"$encrypted":{"with":"name"}})") != string::npos);
      CHECK(line.find(R"("ip_address":{"$encrypted":{"with":"turns[0].message"}})") != string::npos);
    }
    THEN("a second log with its keys gets the same bytes of the line, and knows a repeat") {
      people::PeopleLog other{log.keys};
      REQUIRE(other.import(types, log.exported()));
      CHECK(has_same_bytes(log, other));
      CHECK(es::must(other.import(types, log.exported())).already_there);
      CHECK(es::must(log.import(types, log.exported())).already_there);
      CHECK(es::must(other.import(types, line_of_ann)).already_there);
      CHECK(other.shown() == log.shown());
    }
    THEN("a log with other keys refuses the line") {
      people::PeopleLog stranger;
      const auto imported = stranger.import(types, log.exported());
      REQUIRE(!imported);
      CHECK(imported.error().code == es::Errc::missing_key);
      CHECK(*stranger.log.head() == es::Position{0});
    }
  }
}

SCENARIO("an erased value reads as its default and prints as erased", "[encrypted line]") {
  const auto types = told_types();
  people::PeopleLog log;
  REQUIRE(log.import(types, line_of_ann));
  const auto before = log.exported();
  log.erase("ann");
  CHECK(log.shown() == R"({"name":"erased","amount":7,"phone":"erased","token":"erased",)"
                       R"("turns":[{"speaker_id":"bob","message":"hello","at":0},)"
                       R"({"speaker_id":"ann","message":"erased","at":0}]})");
  CHECK(log.exported() == before);
  CHECK(es::must(log.import(types, before)).already_there);
  CHECK(es::must(log.import(types, line_of_ann)).already_there);
  people::PeopleLog other{log.keys};
  REQUIRE(other.import(types, before));
  CHECK(other.shown() == log.shown());
  const auto changed = log.import(types, with(line_of_ann, "\"amount\":7", "\"amount\":8"));
  REQUIRE(!changed);
  CHECK(changed.error().code == es::Errc::id_conflict);
}

SCENARIO("a line that was put together from others is refused with its place", "[encrypted line]") {
  const auto types = told_types();
  people::PeopleLog log;
  REQUIRE(log.import(types, line_of_ann));
  const auto line = log.exported();
  people::PeopleLog other{log.keys};
  const auto refusal = [&](const string& given) {
    const auto imported = other.import(types, given);
    return imported ? string{"taken"} : imported.error().where + ": " + imported.error().detail;
  };
  WHEN("one value is in clear") {
    CHECK(refusal(with(line, R"({"$encrypted":{"with":"name"}})", R"("+49 2")")) ==
          "event_data.phone: in clear beside encrypted values: a line has all its personal values encrypted, or none");
  }
  WHEN("one value is missing") {
    CHECK(refusal(with(line, R"(,"phone":{"$encrypted":{"with":"name"}})", "")) ==
          "event_data.name: the encrypted value has one for phone with it, and the line has none there");
  }
  WHEN("the metadata is in clear") {
    CHECK(refusal(with(line, R"({"$encrypted":{"with":"turns[0].message"}})", R"("10.0.0.2")"))
              .starts_with("metadata.ip_address: in clear beside encrypted values"));
  }
  WHEN("the event has another id") {
    CHECK(refusal(with(line, "6b1f8a7e-0c47-4b0e", "6b1f8a7e-0c47-4b0f")).find("an encrypted value was altered") !=
          string::npos);
  }
  WHEN("it names no id") {
    CHECK(refusal(with(line, R"(,"event_id":"6b1f8a7e-0c47-4b0e-8a53-0d7f6f1c2b3a")", "")).starts_with("event_id:"));
  }
  WHEN("the message is no message") {
    const auto begin = line.find(R"({"$encrypted":")") + 15;
    auto cut = line;
    cut.erase(begin, 8);
    CHECK(refusal(cut) == "event_data.name: the encrypted value is damaged");
  }
  WHEN("an encrypted value stands where nothing personal is") {
    CHECK(refusal(with(line, R"("amount":7)", R"("amount":{"$encrypted":"AAAA"})")) ==
          "event_data.amount: wrong type: expected int64, found an object");
  }
  CHECK(*other.log.head() == es::Position{0});
}

SCENARIO("messages about personal values do not quote them", "[encrypted line]") {
  const auto types = told_types();
  people::PeopleLog log;
  const auto detail = [&](const string& given) {
    const auto imported = log.import(types, given);
    return imported ? string{} : imported.error().message();
  };
  CHECK(detail(with(line_of_ann, R"("name":"Ann")", R"("name":4711)")).find("4711") == string::npos);
  CHECK(detail(with(line_of_ann, R"("token":"s3cret")", R"("token":"sealed")"))
            .find("a secret comes in as its own text") != string::npos);
}

SCENARIO("a code stands for personal values in the text that ids derive from", "[encrypted line]") {
  const auto types = told_types();
  people::PeopleLog log;
  es::EventLineReader reader{types};
  const auto line = es::must(reader.read(line_of_ann));
  const es::NewEvent event{.stream = line.stream,
                           .id = line.metadata.event_id,
                           .type = line.type,
                           .organization = line.metadata.organization,
                           .data = line.data};
  const es::ClearEvent clear{&event, line.schema, "ann"};
  const auto first = es::must(log.cipher->coded({&clear, 1})).front();
  CHECK(es::must(log.cipher->coded({&clear, 1})).front().text == first.text);
  for (const auto* const value : {"Ann", "+49 1", "s3cret", "hello"}) CHECK(first.text.find(value) == string::npos);
  CHECK(first.text.find("\"amount\":7") != string::npos);
  people::PeopleLog stranger;
  CHECK(es::must(stranger.cipher->coded({&clear, 1})).front().text != first.text);
  log.erase("bob");
  CHECK(es::must(log.cipher->coded({&clear, 1})).front().is_of_erased);
}

}  // namespace encrypted_line_test
