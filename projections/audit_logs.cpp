// `audit_logs`: the user, the action and the resource of each event, with the changed fields, which come from replayed
// state.
#include <aggregates/activity/events.hpp>
#include <eventstore/schema/json_document.hpp>
#include <projections/projections.hpp>
#include <source_hash/audit_logs.hpp>

namespace domain {
namespace {

namespace es = eventstore;
using std::int64_t, std::optional, std::string;

optional<string> known(const string& text) { return text.empty() ? std::nullopt : optional{text}; }

struct AuditLogs {
  static constexpr auto name = "audit_logs";
  static constexpr int keep_days = 365;
  // `position` orders lines of one moment as they happened.
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, user_id), (string, action), (string, resource_type), (string, resource_id),
                      (es::Json, changes), (optional<string>, ip_address), (optional<string>, user_agent),
                      (es::Timestamp, created_at), (int64_t, position));
  };
  using reads = es::Everything;
  static std::vector<es::Index> indexes() {
    return {es::index_on({"created_at"}), es::index_on({"user_id", "created_at"}), es::index_on({"action"}),
            es::index_on({"resource_id", "created_at"})};
  }

  static void project(const es::AnyChange& change, es::Operations<Document>& to) {
    const auto& metadata = change.metadata();
    Document line{.user_id = metadata.user_id,
                  .ip_address = known(metadata.ip_address),
                  .user_agent = known(metadata.user_agent),
                  .created_at = change.event().created_at,
                  .position = static_cast<int64_t>(change.event().position.value)};
    if (change.is<ActionRecorded>())
      take_recorded_action(change, line);
    else
      take_change(change, line);
    to.append(change, line);
  }

 private:
  static void take_change(const es::AnyChange& change, Document& line) {
    line.action = change.audit_action();
    line.resource_type = change.category();
    line.resource_id = change.key();
    line.changes = {change.changes().to_json()};
  }
  // An action that a program reports names everything itself.
  static void take_recorded_action(const es::AnyChange& change, Document& line) {
    es::JsonDocument document;
    const auto data = document.parse(change.data());
    if (!data) return;
    const auto text = [&](const char* name) { return string{data->find(name).value_or(es::JsonNode{}).text()}; };
    line.action = text("action");
    line.resource_type = text("resource_type");
    line.resource_id = text("resource_id");
    if (line.user_id.empty()) line.user_id = change.key();  // the stream is activity-<user_id>
    line.changes = {R"({"before":{},"after":{}})"};
    if (const auto changes = data->find("changes"); changes && changes->kind() == es::JsonKind::object) {
      line.changes.text.clear();
      changes->write(line.changes.text);
    }
  }
};

}  // namespace

es::ProjectionType audit_logs_projection() { return es::projection<AuditLogs>(source_hash::audit_logs); }

}  // namespace domain
