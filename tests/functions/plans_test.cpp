// The functions' questions use the indexes that their SQL of the first release used: that SQL stands here.
#include <functions/calendar.hpp>
#include <functions/calls.hpp>
#include <functions/deliveries.hpp>

#include "functions/office.hpp"

using namespace domain;

namespace {

// Asks like the collections that it stands for, and keeps how SQLite would answer.
class Watched final : public es::Collections {
 public:
  explicit Watched(es::SqliteCollections& real) : real_{real} {}

  es::Result<std::optional<es::Checkpoint>> checkpoint(std::string_view name) override {
    return real_.checkpoint(name);
  }
  es::Result<void> create(const es::CollectionShape& shape, std::string_view name,
                          const es::Checkpoint& start) override {
    return real_.create(shape, name, start);
  }
  void watch(es::WorkWatch watch) override { real_.watch(std::move(watch)); }
  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override { return real_.commit(batches); }
  es::Result<void> finish(const es::CollectionShape& shape, std::string_view name, es::Position at) override {
    return real_.finish(shape, name, at);
  }
  es::Result<void> roll_back(std::string_view name) override { return real_.roll_back(name); }
  es::Result<void> purge() override { return real_.purge(); }
  es::Result<std::vector<string>> names() override { return real_.names(); }
  es::Result<es::ScannedPage> scan(const es::CollectionShape& shape, std::string_view name, std::string_view after,
                                   std::size_t limit) override {
    return real_.scan(shape, name, after, limit);
  }
  es::Result<void> hold_snapshot() override { return real_.hold_snapshot(); }
  void release_snapshot() override { real_.release_snapshot(); }
  es::Result<es::RoomNeeded> room_for_rebuild(std::string_view name) override { return real_.room_for_rebuild(name); }
  es::Result<void> replace(const es::CollectionShape& shape, std::string_view replacement) override {
    return real_.replace(shape, replacement);
  }
  es::Result<void> copy(const es::CollectionShape& shape, std::string_view from, std::string_view name,
                        const es::Checkpoint& start) override {
    return real_.copy(shape, from, name, start);
  }
  es::Result<void> drop(std::string_view name) override { return real_.drop(name); }
  es::Result<void> note_trouble(std::string_view name, const std::optional<es::Trouble>& trouble) override {
    return real_.note_trouble(name, trouble);
  }
  es::Result<std::optional<es::Trouble>> trouble(std::string_view name) override { return real_.trouble(name); }
  es::Result<std::vector<es::SetAsideEvent>> set_aside(std::string_view name) override { return real_.set_aside(name); }
  es::Result<es::Certificate> certificate(std::string_view name) override { return real_.certificate(name); }
  es::Result<es::Digest128> compute_digest(const es::CollectionShape& shape, std::string_view name) override {
    return real_.compute_digest(shape, name);
  }
  es::Result<es::Digest128> keep_digest(const es::CollectionShape& shape, std::string_view name) override {
    return real_.keep_digest(shape, name);
  }
  es::Result<std::optional<es::Pace>> pace(std::string_view name) override { return real_.pace(name); }
  es::Result<void> sync() override { return real_.sync(); }
  es::Result<std::uint64_t> count(std::string_view name) override { return real_.count(name); }
  es::Result<es::CollectionSize> size(std::string_view name) override { return real_.size(name); }
  es::Result<std::uint64_t> expire(const es::CollectionShape& shape, std::string_view name, es::Timestamp moment,
                                   std::size_t documents_max) override {
    return real_.expire(shape, name, moment, documents_max);
  }
  es::Result<std::optional<es::Timestamp>> expired_before(std::string_view name) override {
    return real_.expired_before(name);
  }
  es::Result<es::DocumentPage> find(const es::CollectionShape& shape, std::string_view organization,
                                    const es::DocumentQuery& query) override {
    plan = good(real_.explain(shape, organization, query));
    return real_.find(shape, organization, query);
  }
  es::Result<std::uint64_t> count(const es::CollectionShape& shape, std::string_view organization,
                                  const es::Conditions& where) override {
    return real_.count(shape, organization, where);
  }
  es::Result<std::vector<es::Group>> group(const es::CollectionShape& shape, std::string_view organization,
                                           const es::GroupQuery& query) override {
    plan = good(real_.explain(shape, organization, query));
    return real_.group(shape, organization, query);
  }
  es::Result<std::vector<es::NearDocument>> near(const es::CollectionShape& shape, std::string_view organization,
                                                 const es::NearQuery& query) override {
    plan = good(real_.explain(shape, organization, query));
    return real_.near(shape, organization, query);
  }

  string plan;

 private:
  es::SqliteCollections& real_;
};

// The steps that look something up; how the rest of an order is sorted may differ.
Rows lookups(const string& plan) {
  Rows found;
  for (std::size_t from = 0; from < plan.size();) {
    const auto end = plan.find('\n', from);
    const auto step = plan.substr(from, end - from);
    if (step.starts_with("SEARCH") || step.starts_with("SCAN")) found.push_back(step);
    from = end + 1;
  }
  return found;
}

struct Plans : Office {
  Watched watched{*collections};

  Plans() { run(); }

  [[nodiscard]] OrganizationFunctions asked() {
    auto with_watch = context();
    with_watch.collections = &watched;
    return OrganizationFunctions{with_watch};
  }
  [[nodiscard]] Rows before(const string& sql) {
    string plan;
    for (const auto& step : good(collections->rows("EXPLAIN QUERY PLAN " + sql)))
      plan += std::get<string>(step.back()) + '\n';
    return lookups(plan);
  }
  [[nodiscard]] Rows now() const { return lookups(watched.plan); }
};

// By an index that has the order of times too: only what is of one moment is sorted.
void check_order_by(const string& index, const string& plan) {
  CHECK_THAT(plan, Catch::Contains(index));
  CHECK_THAT(plan, !Catch::Contains("TEMP B-TREE FOR ORDER BY"));
}

const string newest = " ORDER BY created_at DESC, position DESC LIMIT 51";
const string later = " AND (created_at, position) < (?8, ?9)";

}  // namespace

TEST_CASE("lists of messages use the indexes of conversations and of words", "[functions][plans]") {
  Plans plans;
  const string history = "SELECT * FROM message_logs WHERE organization_id = ?1 AND conversation_id = ?2";
  good(plans.asked().get_conversation_history({"c-1", 50, {}}));
  CHECK(plans.now() == plans.before(history + newest));
  check_order_by("message_logs_by_conversation_id_created_at", plans.watched.plan);
  good(plans.asked().get_conversation_history({"c-1", 50, "2026-01-27T10:00:00Z 7"}));
  CHECK(plans.now() == plans.before(history + later + newest));
  const string words =
      "SELECT * FROM message_logs WHERE organization_id = ?1 AND _row IN (SELECT rowid FROM message_logs_text WHERE "
      "message_logs_text MATCH ?2)";
  good(plans.asked().search_messages({"parcel", 50, {}}));
  CHECK(plans.now() == plans.before(words + newest));
  CHECK_THAT(plans.watched.plan, Catch::Contains("message_logs_text"));
  good(plans.asked().search_messages({"parcel", 50, "2026-01-27T10:00:00Z 7"}));
  CHECK(plans.now() == plans.before(words + later + newest));
}

TEST_CASE("a message is looked up by its id", "[functions][plans]") {
  Plans plans;
  CHECK(code(plans.asked().update_message_status({"m-1", MessageStatus::read})) == es::Errc::not_found);
  CHECK(plans.now() ==
        plans.before("SELECT conversation_id FROM message_logs WHERE organization_id = ?1 AND message_id = ?2 ORDER BY "
                     "position DESC LIMIT 1"));
  CHECK_THAT(plans.watched.plan, Catch::Contains("message_logs_by_message_id"));
}

TEST_CASE("audit lines use the indexes of users, resources and times", "[functions][plans]") {
  Plans plans;
  const string user =
      "SELECT * FROM audit_logs WHERE organization_id = ?1 AND user_id = ?2 AND created_at > ?3 AND created_at <= ?4";
  good(plans.asked().get_user_activity({"u-1", 7, 50, {}}));
  CHECK(plans.now() == plans.before(user + newest));
  check_order_by("audit_logs_by_user_id_created_at", plans.watched.plan);
  good(plans.asked().get_user_activity({"u-1", 7, 50, "2026-01-27T10:00:00Z 7"}));
  CHECK(plans.now() == plans.before(user + later + newest));
  const string resource = "SELECT * FROM audit_logs WHERE organization_id = ?1 AND resource_id = ?2";
  good(plans.asked().get_resource_history({"r-1", 50, {}}));
  CHECK(plans.now() == plans.before(resource + newest));
  check_order_by("audit_logs_by_resource_id_created_at", plans.watched.plan);
  good(plans.asked().get_resource_history({"r-1", 50, "2026-01-27T10:00:00Z 7"}));
  CHECK(plans.now() == plans.before(resource + later + newest));
}

TEST_CASE("sums by the day and hour use the index of metrics and dates", "[functions][plans]") {
  Plans plans;
  const auto before = [&](const string& period) {
    return plans.before("SELECT " + period +
                        " AS period, sum(value), sum(count) FROM analytics WHERE organization_id = ?1 AND metric_type "
                        "= ?2 AND date >= ?3 AND timestamp >= ?4 AND timestamp <= ?5 AND " +
                        period + " > ?6 GROUP BY period ORDER BY period");
  };
  for (const auto& cursor : {std::optional<string>{}, std::optional<string>{"2026-01-01"}}) {
    good(plans.asked().get_daily_stats({"cpu", 30, cursor}));
    CHECK(plans.now() == before("date"));
    CHECK_THAT(plans.watched.plan, Catch::Contains("analytics_by_metric_type_date"));
    CHECK_THAT(plans.watched.plan, !Catch::Contains("TEMP B-TREE"));
    good(plans.asked().get_hourly_stats({"cpu", 24, cursor}));
    CHECK(plans.now() == before("substr(timestamp, 1, 13)"));
    CHECK_THAT(plans.watched.plan, Catch::Contains("analytics_by_metric_type_date"));
  }
}

TEST_CASE("questions about calls and deliveries use the indexes of their collections", "[functions][plans]") {
  Plans plans;
  auto with_watch = plans.context();
  with_watch.collections = &plans.watched;
  const auto asking = with_watch.asking();
  good(get_recent_calls(asking, {}));
  check_order_by("call_logs_by_createdAt", plans.watched.plan);
  good(get_active_calls(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("call_logs_by_status") || Catch::Contains("call_logs_by_createdAt"));
  good(get_queued_calls(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("call_logs_by_status") || Catch::Contains("call_logs_by_createdAt"));
  good(get_active_campaigns(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("campaigns_by_status"));
  good(search_transcripts(asking, {"door", 20, {}}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("transcripts_text"));
  good(get_call_duration_stats(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("call_logs_by_createdAt"));
  good(get_call_outcome_stats(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("call_logs_by_createdAt"));
  good(get_sentiment_distribution(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("call_logs_by"));
  good(get_agent_success_rates(asking, {}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("deliveries_by"));
}

TEST_CASE("questions of the calendar assistant use the indexes of their collections", "[functions][plans]") {
  Plans plans;
  auto with_watch = plans.context();
  with_watch.collections = &plans.watched;
  const auto asking = with_watch.asking();
  const auto at = moment("2026-02-01T09:00:00Z");
  good(get_user_by_email(asking, {"ana@example.org"}));
  CHECK_THAT(plans.watched.plan, Catch::Contains("users_by_email (organization_id=? AND email=?)"));
  good(get_user_events(asking, {"u-1", at, at.plus_seconds(3'600), 50, {}}));
  check_order_by("calendar_events_by_user_id_start_end (organization_id=? AND user_id=? AND start<?)",
                 plans.watched.plan);
  good(get_active_session(asking, {"u-1", CalendarProvider::google}));
  check_order_by(
      "sessions_by_user_id_provider_expires_at (organization_id=? AND user_id=? AND provider=? AND expires_at>?)",
      plans.watched.plan);
  good(get_user_agent_logs(asking, {"u-1", 50, {}}));
  check_order_by("agent_logs_by_user_id_created_at (organization_id=? AND user_id=?)", plans.watched.plan);
}
