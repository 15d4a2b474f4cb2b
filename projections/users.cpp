// `users`: one document a user, without its tokens, until it is erased.
#include <aggregates/user/user.hpp>
#include <projections/common/calendar_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/users.hpp>

namespace domain {
namespace {

struct Users : ShownDocuments<User, UserDocument> {
  static constexpr auto name = "users";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"email"})}; }
};

}  // namespace

eventstore::ProjectionType users_projection() { return eventstore::projection<Users>(source_hash::users); }

}  // namespace domain
