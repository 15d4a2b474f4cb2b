// `chatbots`: one document a chatbot, also once it is deleted.
#include <aggregates/chatbot/chatbot.hpp>
#include <projections/common/contact_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/chatbots.hpp>

namespace domain {
namespace {

struct Chatbots : ShownDocuments<Chatbot, ChatbotDocument> {
  static constexpr auto name = "chatbots";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"name"})}; }
};

}  // namespace

eventstore::ProjectionType chatbots_projection() { return eventstore::projection<Chatbots>(source_hash::chatbots); }

}  // namespace domain
