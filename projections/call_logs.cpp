// `call_logs`: one document a call.
#include <aggregates/call/call.hpp>
#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/call_logs.hpp>

namespace domain {
namespace {

namespace es = eventstore;

struct CallLogs : ShownDocuments<Call, CallDocument> {
  static constexpr auto name = "call_logs";
  static constexpr int keep_days = 365;
  static constexpr auto keep_since = &CallDocument::createdAt;
  // The key of a call is its call_sid, where it has one: so that is unique in every history.
  static std::vector<es::Index> indexes() {
    return {es::index_on({"delivery_id"}),
            es::unique_index_on({"call_sid"}),
            es::index_on({"status"}),
            es::index_on({"start_time"}),
            es::index_on({"ai_analysis.sentiment"}),
            es::index_on({"createdAt"}),
            es::index_on({"campaign_id"}),
            es::index_on({"customer_id"})};
  }
};

}  // namespace

es::ProjectionType call_logs_projection() { return es::projection<CallLogs>(source_hash::call_logs); }

}  // namespace domain
