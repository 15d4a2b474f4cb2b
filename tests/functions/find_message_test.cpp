// Which message is this id? The log's answer, whether projections ran or not.
#include "functions/shop.hpp"

using namespace domain;

namespace {

string marked(const string& id) { return R"({"message_id":")" + id + R"(","status":"read"})"; }

// The streams of the conversations, by the answer to a status of each message.
std::vector<string> answers(Shop& shop, es::Store& store, const std::vector<string>& ids) {
  std::vector<string> all;
  for (const auto& id : ids) {
    const auto answer = shop.call(store, "update_message_status", marked(id));
    if (!answer) {
      all.emplace_back(es::to_string(answer.error().code));
      continue;
    }
    const auto page = store.log().read_all({{}, es::Direction::backward, 1, {}});
    REQUIRE((page && !page->events.empty()));
    all.emplace_back(page->events.front().stream);
  }
  return all;
}

void write_twice(Shop& shop, es::Store& store, bool is_second) {
  if (!is_second) {
    for (const auto* const id : {"both", "old", "repeated"}) shop.log_message(store, "c-1", id);
    shop.log_message(store, "c-2", "repeated");
    shop.log_message(store, "c-2", "both");
  } else {
    shop.log_message(store, "c-3", "new");
    shop.log_message(store, "c-1", "repeated");  // it is no news to c-1
    shop.log_message(store, "c-3", "both");
    shop.log_message(store, "c-9", "old", "org-2");
  }
}

}  // namespace

TEST_CASE("a message is found in the conversation that got it last with collections and without", "[functions]") {
  for (const string how : {"without collections", "behind", "up to date", "expired"}) {
    CAPTURE(how);
    Shop shop;
    auto store = shop.open();
    write_twice(shop, store, false);
    if (how == "behind") shop.project(store);
    write_twice(shop, store, true);
    if (how == "up to date" || how == "expired") shop.project(store);
    if (how == "expired") {
      const auto collections = store.collections();
      REQUIRE(collections);
      const auto messages = message_logs_projection();
      REQUIRE(*(*collections)->expire(messages.shape, messages.shape.name, shop.clock.now().plus_seconds(1), 1000) > 0);
    }
    CHECK(answers(shop, store, {"old", "new", "both", "repeated", "nobody's"}) ==
          std::vector<string>{"conversation-c-1", "conversation-c-3", "conversation-c-3", "conversation-c-2",
                              "not_found"});
  }
}

TEST_CASE("after a drop a message is expired with collections and without", "[functions]") {
  std::vector<std::vector<string>> seen;
  for (const bool with_collections : {false, true}) {
    Shop shop;
    auto store = shop.open();
    for (int n = 0; n < 40; ++n) shop.log_message(store, "c-" + std::to_string(n), "m-" + std::to_string(n));
    if (with_collections) shop.project(store);
    shop.drop(store);
    shop.log_message(store, "c-0", "late");
    shop.log_message(store, "c-new", "new");
    seen.push_back(answers(shop, store, {"m-0", "late", "new", "nobody's"}));
    CHECK(seen.back() == std::vector<string>{"expired", "expired", "conversation-c-new", "expired"});
  }
  CHECK(seen.front() == seen.back());
}

TEST_CASE("a status that names its conversation waits there for its message", "[functions]") {
  Shop shop;
  auto store = shop.open();
  const string early = R"({"message_id":"m-1","status":"read","conversation_id":"c-1"})";
  const auto unnamed = shop.call(store, "update_message_status", marked("m-1"));
  REQUIRE(!unnamed);
  CHECK(unnamed.error().code == es::Errc::not_found);
  CHECK_THAT(unnamed.error().message(), Catch::Contains("conversation_id"));
  CHECK(shop.must_call(store, "update_message_status", early) == R"({"changed":true})");
  CHECK(shop.must_call(store, "update_message_status", early) == R"({"changed":false})");
  shop.log_message(store, "c-1", "m-1");
  shop.project(store);
  const auto found = shop.must_call(store, "get_conversation_history", R"({"conversation_id":"c-1"})", "org-1", false);
  CHECK_THAT(found, Catch::Contains(R"("status":"read")"));
  CHECK(shop.must_call(store, "update_message_status", marked("m-1")) == R"({"changed":false})");
}

TEST_CASE("a stream that lost its first events takes statuses and closings if a snapshot is left", "[functions]") {
  for (const bool with_snapshots : {false, true}) {
    CAPTURE(with_snapshots);
    Shop shop;
    shop.with_snapshots = with_snapshots;
    auto store = shop.open();
    for (int n = 0; n < 120; ++n) shop.log_message(store, "c-1", "m-" + std::to_string(n));
    shop.must_call(store, "update_message_status", marked("m-119"));  // its load takes the snapshot
    shop.drop(store);
    shop.log_message(store, "c-1", "late");
    const std::vector<string> expected{with_snapshots ? "conversation-c-1" : "expired"};
    CHECK(answers(shop, store, {"late"}) == expected);
    const string closing = R"({"user_id":"u-9","conversation_id":"c-1","resolution_time_seconds":60})";
    const auto id = es::Uuid::v5(es::eventstore_namespace, "closing");
    const auto closed = shop.call(store, "log_conversation_closed", closing, id);
    CHECK(closed.has_value() == with_snapshots);
    const auto again = shop.call(store, "log_conversation_closed", closing, id);
    CHECK(again.has_value() == with_snapshots);
    if (closed && again) CHECK(again->documents == closed->documents);
  }
}
