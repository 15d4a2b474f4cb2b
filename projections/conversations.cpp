// `conversations`: the present state of each conversation.
#include <aggregates/conversation/conversation.hpp>
#include <projections/aggregate_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/conversations.hpp>

namespace domain {
namespace {

struct Conversations : AggregateDocuments<Conversation> {
  static constexpr auto name = "conversations";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"status"})}; }
};

}  // namespace

eventstore::ProjectionType conversations_projection() {
  return eventstore::projection<Conversations>(source_hash::conversations);
}

}  // namespace domain
