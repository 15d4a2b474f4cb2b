// Names that several organizations use, each for streams of its own.
#include <functions/named_stream.hpp>

#include "functions/office.hpp"
#include "functions/shop.hpp"

using namespace domain;

namespace {

// The event types that an organization finds under the name.
Rows found(Office& office, const string& organization, const string& name, const string& category = "metric") {
  return fields(good(office.functions(organization).get_aggregate_events({name, category, 100, {}})).documents,
                "organization_id");
}

string metric(Office& office, const string& organization, const string& name) {
  return good(office.functions(organization).log_metric({name, 1, {}, {}}));
}

string key(const string& name, const string& organization, std::size_t number) {
  return string{good(named_stream("metric", name, organization, number)).key()};
}

}  // namespace

TEST_CASE("the keys of a name are the same for ever", "[functions][names]") {
  CHECK(key("cpu", "org-2", 0) == "cpu");
  CHECK(key("cpu", "org-2", 1) == "cpu@org-2");
  CHECK(key("cpu", "org-2", 2) == "230c013e-264d-500f-ab62-46378e44bc78");
  CHECK(key("cpu", "org-2", 2) != key("cpu", "org-2", 3));
  CHECK(key("cpu", "org-2", 2) != key("cpu", "org-3", 2));
  const string longest(es::StreamId::key_bytes_max, 'x');
  CHECK(key(longest, "org-2", 0) == longest);
  CHECK(es::Uuid::parse(key(longest, "org-2", 1)));
  CHECK(code(named_stream("metric", longest + "x", "org-2", 0)) == es::Errc::invalid_argument);
}

TEST_CASE("a name whose fallback another organization has is not a dead end", "[functions][names]") {
  Office office;
  metric(office, "org-1", "cpu");
  metric(office, "org-1", "cpu@org-2");
  metric(office, "org-2", "cpu");
  metric(office, "org-2", "cpu");
  CHECK(office.types("metric-cpu").size() == 1);
  CHECK(office.types("metric-cpu@org-2").size() == 1);
  CHECK(office.types("metric-" + key("cpu", "org-2", 2)).size() == 2);
  CHECK(found(office, "org-1", "cpu") == Rows{"org-1"});
  CHECK(found(office, "org-2", "cpu") == Rows{"org-2", "org-2"});
  CHECK(found(office, "org-3", "cpu").empty());
  CHECK(office.rows("SELECT organization_id, metric_type, value FROM analytics ORDER BY 1, 2") ==
        Rows{"org-1 | cpu | 1.0", "org-1 | cpu@org-2 | 1.0", "org-2 | cpu | 2.0"});
}

TEST_CASE("however many of its keys are taken an organization finds its own", "[functions][names]") {
  Office office;
  metric(office, "org-1", "cpu");
  for (std::size_t number = 1; number < 6; ++number) metric(office, "org-1", key("cpu", "org-2", number));
  metric(office, "org-2", "cpu");
  CHECK(office.types("metric-" + key("cpu", "org-2", 6)).size() == 1);
  CHECK(found(office, "org-2", "cpu") == Rows{"org-2"});
}

TEST_CASE("a name too long for a fallback that can be read has one that cannot", "[functions][names]") {
  Office office;
  const string longest(es::StreamId::key_bytes_max, 'x');
  metric(office, "org-1", longest);
  metric(office, "org-2", longest);
  CHECK(found(office, "org-1", longest) == Rows{"org-1"});
  CHECK(found(office, "org-2", longest) == Rows{"org-2"});
}

TEST_CASE("actions and stored events of a name have the same keys", "[functions][names]") {
  Office office;
  const LogAction action{"u-9", Action::view, "page", "p-1", {}, {}, {}};
  const auto stored = [&](const char* type, const char* data, const char* id, const char* category) {
    return StoreEvent{type, es::Json{data}, id, category};
  };
  good(office.functions("org-1").log_action(action));
  auto taken = action;
  taken.user_id = "u-9@org-2";
  good(office.functions("org-1").log_action(taken));
  good(office.functions("org-2").log_action(action));
  good(office.functions("org-2").store_event(
      stored("ActionRecorded", R"({"action":"view","resource_type":"page","resource_id":"p-2"})", "u-9", "activity")));
  CHECK(found(office, "org-2", "u-9", "activity") == Rows{"org-2", "org-2"});
  CHECK(found(office, "org-1", "u-9", "activity") == Rows{"org-1"});

  metric(office, "org-1", "cpu");
  good(office.functions("org-2").store_event(
      stored("MetricRecorded", R"({"metric_type":"cpu","value":1})", "cpu", "metric")));
  CHECK(found(office, "org-2", "cpu") == Rows{"org-2"});
  // Aggregates have ids of their own: another organization's is no name.
  office.metadata.organization = "org-1";
  office.record("conversation-c-1", ConversationOpened{.contact_id = "x"});
  CHECK(code(office.functions("org-2").store_event(
            stored("MessageRead", R"({"message_id":"m"})", "c-1", "conversation"))) == es::Errc::wrong_organization);
}

TEST_CASE("a repeated call finds its fact under a fallback too", "[functions][names]") {
  Office office;
  metric(office, "org-1", "cpu");
  metric(office, "org-1", "cpu@org-2");
  auto context = office.context("org-2");
  context.command_id = es::Uuid::v5(es::eventstore_namespace, "call");
  const OrganizationFunctions functions{context};
  const auto first = good(functions.log_metric({"cpu", 1, {}, {}}));
  const auto head = *office.log.head();
  CHECK(good(functions.log_metric({"cpu", 1, {}, {}})) == first);
  CHECK(*office.log.head() == head);
  // The other organization's call with this very id is another call.
  context.organization = "org-1";
  good(OrganizationFunctions{context}.log_metric({"cpu", 1, {}, {}}));
  CHECK(office.types("metric-cpu").size() == 2);
}

TEST_CASE("streams that retention dropped keep their organizations and so the keys of a name", "[functions][names]") {
  Shop shop;
  auto store = shop.open();
  const string cpu = R"({"metric_type":"cpu","value":1})";
  shop.must_call(store, "log_metric", cpu, "org-1");
  shop.must_call(store, "log_metric", cpu, "org-2");
  for (int n = 0; n < 40; ++n) shop.log_message(store, "c-1", "m-" + std::to_string(n));
  shop.drop(store);
  REQUIRE(store.log().read_stream(*es::StreamId::parse("metric-cpu")).error().code == es::Errc::expired);
  shop.must_call(store, "log_metric", cpu, "org-2");
  CHECK(*store.log().head(*es::StreamId::parse("metric-cpu@org-2")) == es::Version{2});
  CHECK(*store.log().head(*es::StreamId::parse("metric-cpu")) == es::Version{1});
  const string ask = R"({"aggregate_id":"cpu","aggregate_type":"metric"})";
  CHECK_THAT(shop.must_call(store, "get_aggregate_events", ask, "org-2", false), Catch::Contains(R"("version":2)"));
  CHECK(shop.must_call(store, "get_aggregate_events", ask, "org-1", false).empty());
}
