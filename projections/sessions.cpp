// `sessions`: one document a session, without its tokens.
#include <aggregates/session/session.hpp>
#include <projections/common/calendar_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/sessions.hpp>

namespace domain {
namespace {

struct Sessions : ShownDocuments<Session, SessionDocument> {
  static constexpr auto name = "sessions";
  static constexpr int keep_days = 30;
  static constexpr auto keep_since = &SessionDocument::expires_at;
  static std::vector<eventstore::Index> indexes() {
    return {eventstore::index_on({"user_id", "provider", "expires_at"})};
  }
};

}  // namespace

eventstore::ProjectionType sessions_projection() { return eventstore::projection<Sessions>(source_hash::sessions); }

}  // namespace domain
