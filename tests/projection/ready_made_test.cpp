// The collections that the library brings, over domains that are not this repository's.
#include <eventstore/projection/documents.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/testing/projected.hpp>

#include "projection/library_domain.hpp"

namespace ready_made_test {

using namespace library;
using bank::Deposited, bank::Opened, bank::Withdrawn;
using es::testing::projected;

namespace {

es::Uuid id_of(int number) { return es::Uuid::v5(es::Uuid{}, "event " + std::to_string(number)); }

struct LongAudit : es::AuditLogs {
  static constexpr auto name = "audit_for_ten_years";
  static constexpr int keep_days = 3653;
};
struct Books : es::AggregateDocuments<Book> {
  static constexpr auto name = "present_books";
};

}  // namespace

TEST_CASE("events has the line of every event, of whatever category", "[projection][ready]") {
  Town town;
  town.record("ada", Opened{.owner = "Ada"});
  town.record_raw("parcel-7", "ParcelPosted", R"({"weight":3})");
  CHECK(town.rows("SELECT event_type, event_data, aggregate_id, aggregate_type, created_at, version, metadata, "
                  "event_id, position FROM events ORDER BY position") ==
        Rows{{string{"AccountOpened"}, string{R"({"owner":"Ada","limit":500})"}, string{"ada"}, string{"account"},
              string{"2026-01-27T12:00:01.000000Z"}, int64_t{1}, string{"{}"}, id_of(1).to_string(), int64_t{1}},
             {string{"ParcelPosted"}, string{R"({"weight":3})"}, string{"7"}, string{"parcel"},
              string{"2026-01-27T12:00:02.000000Z"}, int64_t{1}, string{"{}"}, id_of(2).to_string(), int64_t{2}}});
}

TEST_CASE("ids of documents are known before any projection has run", "[projection][ready]") {
  Town town;
  town.record("ada", Deposited{7});
  const auto key = es::event_key("account-ada", es::EventId{id_of(1)});
  for (const string name : {es::EventLines::name, es::AuditLogs::name})
    CHECK(town.rows("SELECT _id FROM " + name) == Rows{{es::document_id(name, key).to_string()}});
  es::Measurements measured;
  measured.add("deposits", 7);
  const auto sum = es::Analytics::key("default", measured.all().front(), bank::noon);
  CHECK(sum == "default\ndeposits\n2026-01-27T12:00:00Z\n{}\n{}");
  CHECK(town.rows("SELECT _id FROM analytics") == Rows{{es::document_id(es::Analytics::name, sum).to_string()}});
  town.tell("book-1", BookBought{"Emma"});
  CHECK(town.rows("SELECT _id FROM books") == Rows{{es::document_id("books", "1").to_string()}});
}

TEST_CASE("an audit line has the action that the event's type names, and otherwise goes by its place in the stream",
          "[projection][ready]") {
  Town town;
  town.record("ada", Opened{.owner = "Ada"});  // names "open"
  town.tell("book-1", BookBought{"Emma"});
  town.tell("book-1", BookNoteDeleted{3});
  town.tell("book-1", BookDiscarded{"torn"});
  town.tell("book-2", BookThrownAway{true});
  town.record_raw("parcel-7", "ParcelPosted", "{}");
  town.record_raw("parcel-7", "ParcelDeleted", "{}");
  CHECK(town.rows("SELECT action, resource_type, resource_id FROM audit_logs ORDER BY position") ==
        Rows{{string{"open"}, string{"account"}, string{"ada"}},
             {string{"create"}, string{"book"}, string{"1"}},
             {string{"update"}, string{"book"}, string{"1"}},
             {string{"delete"}, string{"book"}, string{"1"}},
             {string{"delete"}, string{"book"}, string{"2"}},
             {string{"create"}, string{"parcel"}, string{"7"}},
             {string{"update"}, string{"parcel"}, string{"7"}}});
}

TEST_CASE("an aggregate writes more of an audit line, and the changes stay unless it gives others",
          "[projection][ready]") {
  Town town;
  town.tell("book-1", BookLent{"Ada"});
  town.tell("book-1", BookLent{"Bob"});
  town.tell("visit-9", PageViewed{"index"});
  town.tell("visit-9", DoorOpened{});
  CHECK(town.rows("SELECT user_id, action, resource_type, resource_id, changes FROM audit_logs ORDER BY position") ==
        Rows{{string{""}, string{"lend"}, string{"reader"}, string{"Ada"},
              string{R"({"before":{},"after":{"reader":"Ada"}})"}},
             {string{""}, string{"lend again"}, string{"reader"}, string{"Bob"},
              string{R"({"before":{"reader":"Ada"},"after":{"reader":"Bob"}})"}},
             {string{"visitor 9"}, string{"view"}, string{"page"}, string{"index"},
              string{R"({"before":{},"after":{"seen":true}})"}},
             {string{""}, string{"update"}, string{"visit"}, string{"9"}, string{R"({"before":{},"after":{}})"}}});
}

TEST_CASE("an audit line says who acted and from where", "[projection][ready]") {
  const auto by = [](es::Metadata metadata) {
    auto lines = projected<es::AuditLogs>().by(std::move(metadata)).and_then<Book>("1", BookBought{"Emma"}).documents();
    REQUIRE(lines.size() == 1);
    return lines.begin()->second;
  };
  const auto known = by({.user_id = "u-9", .ip_address = "10.0.0.1", .user_agent = "curl/8"});
  CHECK(known.user_id == "u-9");
  CHECK(known.ip_address == "10.0.0.1");
  CHECK(known.user_agent == "curl/8");
  const auto unknown = by({});
  CHECK(unknown.user_id.empty());
  CHECK_FALSE(unknown.ip_address);
  CHECK_FALSE(unknown.user_agent);
}

TEST_CASE("analytics sums what aggregates measure by organization, hour, tags and metadata", "[projection][ready]") {
  Town town;
  town.record("ada", Deposited{7});
  town.record("bob", Deposited{5});
  town.record("eve", Deposited{1}, "other");
  town.record("ada", Withdrawn{2});
  town.clock.advance_seconds(3600);
  town.record("ada", Deposited{3});
  CHECK(town.rows("SELECT organization_id, metric_type, value, count, tags, metadata, date, hour, timestamp FROM "
                  "analytics ORDER BY metric_type, organization_id, timestamp") ==
        Rows{{string{"default"}, string{"deposits"}, 12.0, int64_t{2}, string{"{}"}, string{"{}"}, string{"2026-01-27"},
              int64_t{12}, string{"2026-01-27T12:00:00.000000Z"}},
             {string{"default"}, string{"deposits"}, 3.0, int64_t{1}, string{"{}"}, string{"{}"}, string{"2026-01-27"},
              int64_t{13}, string{"2026-01-27T13:00:00.000000Z"}},
             {string{"other"}, string{"deposits"}, 1.0, int64_t{1}, string{"{}"}, string{"{}"}, string{"2026-01-27"},
              int64_t{12}, string{"2026-01-27T12:00:00.000000Z"}},
             {string{"default"}, string{"withdrawals"}, 2.0, int64_t{1}, string{R"({"from":"7"})"},
              string{R"({"to":"5"})"}, string{"2026-01-27"}, int64_t{12}, string{"2026-01-27T12:00:00.000000Z"}}});
}

TEST_CASE("an aggregate without a measure adds nothing to analytics", "[projection][ready]") {
  Town town;
  town.tell("book-1", BookBought{"Emma"});
  town.tell("visit-9", PageViewed{"index"});
  CHECK(town.rows("SELECT * FROM analytics").empty());
}

TEST_CASE("an aggregate has one document with its present state, and where in its stream that is",
          "[projection][ready]") {
  Town town;
  town.ready.push_back(es::documents<bank::Account>("accounts", es::index_on({"cents"})));
  town.record("ada", Opened{.owner = "Ada"});
  town.record("bob", Opened{.owner = "Bob"}, "other");
  town.record("ada", Deposited{7});
  CHECK(
      town.rows("SELECT organization_id, aggregate_id, cents, \"limit\", version, created_at, updated_at FROM accounts "
                "ORDER BY aggregate_id") ==
      Rows{{string{"default"}, string{"ada"}, int64_t{7}, int64_t{500}, int64_t{2},
            string{"2026-01-27T12:00:01.000000Z"}, string{"2026-01-27T12:00:03.000000Z"}},
           {string{"other"}, string{"bob"}, int64_t{0}, int64_t{500}, int64_t{1}, string{"2026-01-27T12:00:02.000000Z"},
            string{"2026-01-27T12:00:02.000000Z"}}});
  CHECK(bank::rows(*town.collections,
                   "SELECT name FROM sqlite_master WHERE tbl_name = 'accounts' AND name LIKE '%cents'") ==
        Rows{{string{"accounts_by_cents"}}});
}

TEST_CASE("a collection with another name and keeping time is a struct that derives from the library's",
          "[projection][ready]") {
  Town town;
  town.ready = {es::projection<LongAudit>(), es::projection<Books>()};
  CHECK(town.ready[0].shape.keep_days == 3653);
  town.tell("book-1", BookBought{"Emma"});
  CHECK(town.rows("SELECT action FROM audit_for_ten_years") == Rows{{string{"create"}}});
  const auto book = es::Documents<Books>{*town.collections, "default"}.get("1");
  REQUIRE(book);
  REQUIRE(*book);
  CHECK((*book)->state.title == "Emma");
  CHECK((*book)->aggregate_id == "1");
}

}  // namespace ready_made_test
