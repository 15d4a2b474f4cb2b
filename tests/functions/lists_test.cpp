// get_user_activity, get_resource_history: newest first, one organization, every line once.
#include "functions/office.hpp"

using namespace domain;

namespace {

void act(Office& office, const string& organization, const string& user, const string& resource) {
  good(office.functions(organization).log_action({user, Action::view, "page", resource, {}, {}, {}}));
}

}  // namespace

TEST_CASE("a user's activity is of the last days, newest first", "[functions][lists]") {
  Office office;
  office.clock.set(moment("2026-01-20T10:30:00Z"));
  act(office, "org-1", "u-1", "a week ago");
  office.clock.set(moment("2026-01-20T10:30:01Z"));
  act(office, "org-1", "u-1", "within");
  office.clock.set(moment("2026-01-27T10:30:00Z"));
  act(office, "org-1", "u-1", "now");
  act(office, "org-1", "u-2", "another's");
  office.clock.set(moment("2026-01-27T10:30:01Z"));
  act(office, "org-1", "u-1", "later");
  office.run();
  office.clock.set(moment("2026-01-27T10:30:00Z"));
  const auto activity = [&](int64_t days) {
    return fields(good(office.functions().get_user_activity({"u-1", days, 100, {}})).documents, "resource_id");
  };
  CHECK(activity(7) == Rows{"now", "within"});
  CHECK(activity(8) == Rows{"now", "within", "a week ago"});
  CHECK(activity(1) == Rows{"now"});
}

TEST_CASE("pages give every line exactly once, also of one moment", "[functions][lists]") {
  Office office;
  Rows expected;
  for (int n = 0; n < 23; ++n) {
    act(office, "org-1", "u-1", std::to_string(n));
    act(office, "org-2", "u-2", "foreign");
    expected.insert(expected.begin(), std::to_string(n));
    if (n % 5 == 0) office.clock.set(es::Timestamp{office.clock.now().micros + 1});
  }
  office.run();
  for (const int64_t limit : {1, 2, 5, 22, 23, 24}) {
    CAPTURE(limit);
    CHECK(all_pages(office.functions(), &OrganizationFunctions::get_user_activity, {"u-1", 7, limit, {}}, "resource_id",
                    false) == expected);
  }
  CHECK(good(office.functions("org-2").get_user_activity({"u-1", 7, 100, {}})).documents.empty());
}

TEST_CASE("a resource's history has what everybody did to it", "[functions][lists]") {
  Office office;
  office.record("delivery-7", scheduled());
  office.record("delivery-7", DeliveryAssigned{.agent_id = "a-1"});
  act(office, "org-1", "u-1", "7");
  act(office, "org-2", "u-2", "7");
  act(office, "org-1", "u-1", "8");
  office.run();
  const auto functions = office.functions();
  CHECK(fields(good(functions.get_resource_history({"7", 50, {}})).documents, "action") ==
        Rows{"view", "update", "create"});
  CHECK(all_pages(functions, &OrganizationFunctions::get_resource_history, {"7", 1, {}}, "action", false) ==
        Rows{"view", "update", "create"});
}

TEST_CASE("a limit and a cursor must make sense", "[functions][lists]") {
  Office office;
  act(office, "org-1", "u-1", "7");
  office.run();
  const auto functions = office.functions();
  for (const int64_t limit : {int64_t{-1}, int64_t{10'001}, std::numeric_limits<int64_t>::max()}) {
    CHECK(code(functions.get_resource_history({"7", limit, {}})) == es::Errc::invalid_argument);
    CHECK(code(functions.get_events_by_type({"ActionRecorded", limit, {}})) == es::Errc::invalid_argument);
    CHECK(code(functions.get_aggregate_events({"u-1", "activity", limit, {}})) == es::Errc::invalid_argument);
  }
  CHECK(functions.get_resource_history({"7", 10'000, {}}));
  for (const auto& page :
       {functions.get_resource_history({"7", 0, {}}), functions.get_events_by_type({"ActionRecorded", 0, {}}),
        functions.get_aggregate_events({"u-1", "activity", 0, {}})})
    CHECK((page && page->documents.empty() && page->next_cursor.empty()));
  for (const string cursor : {"", "x", "0", "-1", "7x", "2026-01-27T10:30:00Z", "2026-01-27T10:30:00Z x",
                              "99999999999999999999", "2026-01-27T10:30:00Z -1"}) {
    CAPTURE(cursor);
    CHECK(code(functions.get_resource_history({"7", 5, cursor})) == es::Errc::invalid_argument);
    CHECK(code(functions.get_events_by_type({"ActionRecorded", 5, cursor})) == es::Errc::invalid_argument);
    CHECK(code(functions.get_aggregate_events({"u-1", "activity", 5, cursor})) == es::Errc::invalid_argument);
  }
}

TEST_CASE("lists of collections that were not made yet are not found", "[functions][lists]") {
  Office office;
  for (const bool with_file : {false, true}) {
    const OrganizationFunctions functions{office.context("org-1", with_file)};
    CHECK(code(functions.get_resource_history({"7", 5, {}})) == es::Errc::not_found);
    CHECK(code(functions.get_conversation_history({"7", 5, {}})) == es::Errc::not_found);
    CHECK(code(functions.search_messages({"word", 5, {}})) == es::Errc::not_found);
    CHECK(code(functions.get_daily_stats({"cpu", 5, {}})) == es::Errc::not_found);
  }
}
