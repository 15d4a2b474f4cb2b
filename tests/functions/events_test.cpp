// get_aggregate_events, get_events_by_type: from the log itself, so never behind it.
#include "functions/office.hpp"

using namespace domain;

namespace {
Rows numbers(int from, int to) {
  Rows all;
  for (int n = from; n <= to; ++n) all.push_back(std::to_string(n));
  return all;
}
}  // namespace

TEST_CASE("an aggregate's events are the newest, oldest first, in the line format", "[functions][events]") {
  Office office;
  for (int n = 1; n <= 9; ++n) office.record("conversation-c-1", sent("m-" + std::to_string(n)));
  const auto functions = office.functions();
  const auto newest = good(functions.get_aggregate_events({"c-1", "conversation", 3, {}}));
  CHECK(fields(newest.documents, "version") == numbers(7, 9));
  CHECK(fields(newest.documents, "event_type") == Rows{"MessageSent", "MessageSent", "MessageSent"});
  for (const int64_t limit : {1, 2, 3, 8, 9, 10})
    CHECK(all_pages(functions, &OrganizationFunctions::get_aggregate_events, {"c-1", "conversation", limit, {}},
                    "version", true) == numbers(1, 9));
  CHECK(good(functions.get_aggregate_events({"none", "conversation", 3, {}})).documents.empty());
  CHECK(code(functions.get_aggregate_events({"c-1", "conver-sation", 3, {}})) == es::Errc::invalid_argument);
}

TEST_CASE("another organization's stream gives nothing, with and without a cursor", "[functions][events]") {
  Office office;
  for (int n = 1; n <= 9; ++n) office.record("conversation-c-1", sent("m-" + std::to_string(n)));
  const auto functions = office.functions("org-2");
  for (const std::optional<string>& cursor : {std::optional<string>{}, std::optional<string>{"5"}}) {
    const auto page = good(functions.get_aggregate_events({"c-1", "conversation", 3, cursor}));
    CHECK(page.documents.empty());
    CHECK(page.next_cursor.empty());
    CHECK(good(functions.get_events_by_type({"MessageSent", 3, cursor})).documents.empty());
  }
}

TEST_CASE("events of a type come from all streams of the organization", "[functions][events]") {
  Office office;
  Rows expected;
  for (int n = 1; n <= 40; ++n) {
    office.metadata.organization = n % 4 == 0 ? "org-2" : "org-1";
    const auto stream = "conversation-" + office.metadata.organization + std::to_string(n % 3);
    if (n % 5 == 0)
      office.record(stream, ConversationReopened{});
    else
      office.record(stream, sent("m-" + std::to_string(n)));
    if (n % 4 != 0 && n % 5 != 0) expected.push_back(std::to_string(n));
  }
  const auto functions = office.functions();
  for (const int64_t limit : {1, 7, 24, 100})
    CHECK(all_pages(functions, &OrganizationFunctions::get_events_by_type, {"MessageSent", limit, {}}, "position",
                    true) == expected);
  CHECK(good(functions.get_events_by_type({"Unheard", 3, {}})).documents.empty());
}

TEST_CASE("lists go on over the log's own pages", "[functions][events]") {
  Office office;
  for (int n = 1; n <= 2500; ++n) {
    office.metadata.organization = n % 2 == 0 ? "org-2" : "org-1";
    office.record("activity-" + office.metadata.organization, ActionRecorded{Action::view, "page", "p", {}});
  }
  const auto all = good(office.functions().get_events_by_type({"ActionRecorded", 10'000, {}}));
  CHECK(all.documents.size() == 1250);
  CHECK(all.next_cursor.empty());
  CHECK(good(office.functions().get_aggregate_events({"org-1", "activity", 10'000, {}})).documents.size() == 1250);
}
