// `agent_logs`: one document a run of the assistant.
#include <aggregates/assistant_run/assistant_run.hpp>
#include <projections/common/calendar_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/agent_logs.hpp>

namespace domain {
namespace {

struct AgentLogs : ShownDocuments<AssistantRun, AgentLogDocument> {
  static constexpr auto name = "agent_logs";
  static constexpr int keep_days = 365;
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"user_id", "created_at"})}; }
};

}  // namespace

eventstore::ProjectionType agent_logs_projection() {
  return eventstore::projection<AgentLogs>(source_hash::agent_logs);
}

}  // namespace domain
