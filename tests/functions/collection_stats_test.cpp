// collection_stats: an organization's documents, and its share of what a collection takes.
#include <functions/collection_stats.hpp>

#include "functions/office.hpp"

namespace collection_stats_test {

using namespace domain;

namespace {

struct Sizes : Office {
  void act(std::string_view time, const string& organization, int times) {
    const auto now = clock.now();
    clock.set(moment(time));
    for (int i = 0; i < times; ++i)
      good(functions(organization).log_action({"u-1", Action::view, "report", "r-" + std::to_string(i), {}, {}, {}}));
    clock.set(now);
  }
  es::Result<CollectionStats> ask(const string& name, const string& organization = "org-1") {
    return collection_stats(context(organization).asking(), {name});
  }
};

string text(const std::optional<es::Timestamp>& time) { return time ? time->to_string() : "none"; }

}  // namespace

TEST_CASE("a collection has documents and bytes and the times of the first and the last", "[functions][sizes]") {
  Sizes sizes;
  sizes.act("2026-01-25T23:59:59Z", "org-1", 1);
  sizes.act("2026-01-26T08:00:00Z", "org-1", 2);
  sizes.run();
  const auto stats = good(sizes.ask("audit_logs"));
  CHECK(stats.documents == 3);
  CHECK(stats.bytes > 3 * 36);
  CHECK(text(stats.oldest) == "2026-01-25T23:59:59.000000Z");
  CHECK(text(stats.newest) == "2026-01-26T08:00:00.000000Z");
  const auto whole = sizes.collections->size("audit_logs");
  REQUIRE(whole);
  CHECK(stats.bytes == static_cast<std::int64_t>(whole->document_bytes));
  CHECK(stats.index_bytes == static_cast<std::int64_t>(whole->index_bytes()));
}

TEST_CASE("an organization learns its own share of a collection and no time of another", "[functions][sizes]") {
  Sizes sizes;
  sizes.act("2026-01-20T00:00:00Z", "org-1", 1);
  sizes.act("2026-01-21T00:00:00Z", "org-2", 3);
  sizes.run();
  const auto one = good(sizes.ask("audit_logs", "org-1"));
  const auto three = good(sizes.ask("audit_logs", "org-2"));
  const auto none = good(sizes.ask("audit_logs", "org-3"));
  CHECK(one.documents == 1);
  CHECK(three.documents == 3);
  CHECK(one.bytes * 3 >= three.bytes - 3);
  CHECK(one.bytes * 3 <= three.bytes + 3);
  CHECK(text(one.newest) == "2026-01-20T00:00:00.000000Z");
  CHECK(text(three.oldest) == "2026-01-21T00:00:00.000000Z");
  CHECK(none.documents == 0);
  CHECK(none.bytes == 0);
  CHECK(none.index_bytes == 0);
  CHECK(text(none.oldest) == "none");
  CHECK(text(none.newest) == "none");
}

TEST_CASE("a collection without created_at goes by its other time", "[functions][sizes]") {
  Sizes sizes;
  sizes.clock.set(moment("2026-01-27T09:20:00Z"));
  good(sizes.functions().log_metric({"cpu", 1, {}, {}}));
  sizes.run();
  const auto stats = good(sizes.ask("analytics"));
  CHECK(stats.documents == 1);
  CHECK(text(stats.oldest) == "2026-01-27T09:00:00.000000Z");
  CHECK(text(stats.newest) == "2026-01-27T09:00:00.000000Z");
}

TEST_CASE("a collection that the program does not have is refused with those that it has", "[functions][sizes]") {
  Sizes sizes;
  sizes.run();
  const auto refused = sizes.ask("audit_log");
  CHECK(code(refused) == es::Errc::not_found);
  CHECK_THAT(refused.error().message(), Catch::Contains("audit_logs") && Catch::Contains("message_logs"));
}

}  // namespace collection_stats_test
