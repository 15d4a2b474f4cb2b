#include "server_error.hpp"

namespace eventstore::mongo {
namespace {

// Codes of the server: its source calls them by these names.
constexpr std::uint32_t unauthorized = 13;
constexpr std::uint32_t authentication_failed = 18;
constexpr std::uint32_t exceeded_time_limit = 50;

bool is_authentication(const bson_error_t& error) {
  return (error.domain == MONGOC_ERROR_CLIENT && error.code == MONGOC_ERROR_CLIENT_AUTHENTICATE) ||
         (error.domain == MONGOC_ERROR_SERVER && error.code == authentication_failed);
}

std::string remedy_of(const bson_error_t& error) {
  if (is_authentication(error)) return "authentication failed: check the user and the password of the address";
  if (error.domain == MONGOC_ERROR_SERVER && error.code == unauthorized)
    return "permission denied: the user needs the right to read and to write this database";
  if (error.domain == MONGOC_ERROR_SERVER && error.code == exceeded_time_limit)
    return "the server did not finish in time: try again, or raise DB_OPERATION_TIMEOUT";
  if (error.domain == MONGOC_ERROR_SERVER_SELECTION)
    return "no server answered in time: check that it runs, and that its list of allowed addresses has this machine";
  if (error.domain == MONGOC_ERROR_STREAM)
    return "the connection broke or took too long: check the network, and that the server runs";
  return {};
}

}  // namespace

tl::unexpected<Error> server_error(const bson_error_t& error, std::string during, std::string where) {
  auto detail = remedy_of(error);
  // What is said of an authentication that failed may name the user.
  const std::string said{is_authentication(error) ? "" : error.message};
  if (!said.empty()) detail += (detail.empty() ? "" : "; ") + ("MongoDB says: " + said);
  return failure(Errc::io_failed, std::move(during), std::move(where), std::move(detail));
}

}  // namespace eventstore::mongo
