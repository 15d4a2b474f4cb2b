#pragma once
// Connections to one MongoDB database, shared by threads.
#include <chrono>
#include <eventstore/core/result.hpp>
#include <memory>
#include <string>

#include "address.hpp"
#include "driver.hpp"

namespace eventstore::mongo {

/// An option that the address itself names counts instead.
struct PoolOptions {
  std::uint32_t connections_max = 10;
  std::chrono::milliseconds connection_timeout{5'000};  ///< to connect, to choose a server, to wait for a connection
  std::chrono::milliseconds operation_timeout{30'000};  ///< for one answer
};

/// A connection that is taken from its pool and given back. Lifetime: within its pool's. Threads: one at a time.
class Client {
 public:
  [[nodiscard]] mongoc_client_t* get() const { return handle_.get(); }

 private:
  friend class ClientPool;
  struct GiveBack {
    mongoc_client_pool_t* pool;
    void operator()(mongoc_client_t* client) const { mongoc_client_pool_push(pool, client); }
  };
  explicit Client(mongoc_client_pool_t* pool, mongoc_client_t* client) : handle_{client, GiveBack{pool}} {}
  std::unique_ptr<mongoc_client_t, GiveBack> handle_;
};

/// What a server tells of itself.
struct Reached {
  std::int32_t wire_version = 0;  ///< the largest that it speaks
  bool is_replica_set = false;    ///< so that majority and journal mean more than one machine
  bool has_database = false;      ///< false: it is made at the first write
};

/// Threads: every member from any thread.
class ClientPool {
 public:
  /// Connects to nothing yet. Writes are acknowledged by a majority and from the journal, reads see what a majority
  /// has, and writes are retried by the driver where the server can tell a repeat, unless the address says otherwise.
  /// Errors: invalid_argument, for options that the driver refuses; io_failed, where `mongodb+srv://` is not found.
  static Result<ClientPool> open(Address address, const PoolOptions& options = {});

  /// A connection, made if none is free. Errors: io_failed, where none becomes free within connection_timeout.
  Result<Client> take();

  /// Connects, and asks the server for itself. Errors: io_failed, with what to do. Cost: two round trips.
  Result<Reached> reach();

  [[nodiscard]] const Address& address() const { return address_; }

 private:
  using Pool = std::unique_ptr<mongoc_client_pool_t, DestroyPool>;
  ClientPool(Address address, Pool pool) : address_{std::move(address)}, pool_{std::move(pool)} {}

  Address address_;
  Pool pool_;
};

}  // namespace eventstore::mongo
