#include "client_pool.hpp"

#include <algorithm>
#include <limits>

#include "server_error.hpp"

namespace eventstore::mongo {
namespace {

std::int32_t count_of(std::chrono::milliseconds time) {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(time.count(), 1, Limits::max()));
}

bool says(const mongoc_uri_t* uri, const char* option) {
  bson_iter_t found;
  return bson_iter_init_find_case(&found, mongoc_uri_get_options(uri), option);
}

bool set_number(mongoc_uri_t* uri, const char* option, std::int32_t value) {
  return says(uri, option) || mongoc_uri_set_option_as_int32(uri, option, value);
}

void set_concerns(mongoc_uri_t* uri) {
  if (!says(uri, MONGOC_URI_W) && !says(uri, MONGOC_URI_JOURNAL)) {
    const std::unique_ptr<mongoc_write_concern_t, DestroyWriteConcern> writes{mongoc_write_concern_new()};
    mongoc_write_concern_set_w(writes.get(), MONGOC_WRITE_CONCERN_W_MAJORITY);
    mongoc_write_concern_set_journal(writes.get(), true);
    mongoc_uri_set_write_concern(uri, writes.get());
  }
  if (!says(uri, MONGOC_URI_READCONCERNLEVEL)) {
    const std::unique_ptr<mongoc_read_concern_t, DestroyReadConcern> reads{mongoc_read_concern_new()};
    mongoc_read_concern_set_level(reads.get(), MONGOC_READ_CONCERN_LEVEL_MAJORITY);
    mongoc_uri_set_read_concern(uri, reads.get());
  }
}

bool set_options(mongoc_uri_t* uri, const PoolOptions& options) {
  const auto connecting = count_of(options.connection_timeout);
  const auto most = static_cast<std::int32_t>(std::clamp<std::uint32_t>(options.connections_max, 1, 10'000));
  set_concerns(uri);
  return set_number(uri, MONGOC_URI_CONNECTTIMEOUTMS, connecting) &&
         set_number(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, connecting) &&
         set_number(uri, MONGOC_URI_WAITQUEUETIMEOUTMS, connecting) &&
         set_number(uri, MONGOC_URI_SOCKETTIMEOUTMS, count_of(options.operation_timeout)) &&
         set_number(uri, MONGOC_URI_MAXPOOLSIZE, most) &&
         (says(uri, MONGOC_URI_RETRYWRITES) || mongoc_uri_set_option_as_bool(uri, MONGOC_URI_RETRYWRITES, true));
}

std::int32_t number_in(const bson_t* document, const char* name) {
  bson_iter_t found;
  if (!bson_iter_init_find(&found, document, name) || !BSON_ITER_HOLDS_NUMBER(&found)) return 0;
  return static_cast<std::int32_t>(bson_iter_as_int64(&found));
}

}  // namespace

Result<ClientPool> ClientPool::open(Address address, const PoolOptions& options) {
  constexpr auto during = "open MongoDB";
  bson_error_t error{};
  const Uri uri{mongoc_uri_new_with_error(address.text().c_str(), &error)};
  if (!uri || !set_options(uri.get(), options))
    return failure(Errc::invalid_argument, during, address.shown(), "the driver refuses the options of the address");
  Pool pool{mongoc_client_pool_new_with_error(uri.get(), &error)};
  if (!pool) return server_error(error, during, address.shown());
  mongoc_client_pool_set_error_api(pool.get(), MONGOC_ERROR_API_VERSION_2);
  mongoc_client_pool_set_appname(pool.get(), "eventstore");
  return ClientPool{std::move(address), std::move(pool)};
}

Result<Client> ClientPool::take() {
  auto* const client = mongoc_client_pool_pop(pool_.get());
  if (client == nullptr)
    return failure(Errc::io_failed, "take a connection to MongoDB", address_.shown(),
                   "all connections were in use for too long: raise DB_CONNECTION_POOL_SIZE");
  return Client{pool_.get(), client};
}

Result<Reached> ClientPool::reach() {
  constexpr auto during = "reach MongoDB";
  auto client = take();
  if (!client) return failure_of(client);
  bson_error_t error{};
  Document hello;
  BSON_APPEND_INT32(hello.get(), "isMaster", 1);
  bson_t reply;
  // A reply is made by every call, also by one that fails.
  const bool answered = mongoc_client_command_simple(client->get(), "admin", hello.get(), nullptr, &reply, &error);
  Reached reached{.wire_version = number_in(&reply, "maxWireVersion"),
                  .is_replica_set = bson_has_field(&reply, "setName")};
  bson_destroy(&reply);
  if (!answered) return server_error(error, during, address_.shown());

  char** const names = mongoc_client_get_database_names_with_opts(client->get(), nullptr, &error);
  if (names == nullptr) return server_error(error, during, address_.shown());
  for (char** name = names; *name != nullptr; ++name) reached.has_database |= address_.database() == *name;
  bson_strfreev(names);
  return reached;
}

}  // namespace eventstore::mongo
