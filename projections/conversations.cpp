// `conversations`: the present state of each conversation.
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/projection/ready_made/aggregate_documents.hpp>
#include <projections/projections.hpp>

namespace domain {
namespace {

struct Conversations : eventstore::AggregateDocuments<Conversation> {
  static constexpr auto name = "conversations";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"status"})}; }
};

}  // namespace

eventstore::ProjectionType conversations_projection() { return eventstore::projection<Conversations>(); }

}  // namespace domain
