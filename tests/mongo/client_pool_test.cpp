#include "../../src/mongo/client_pool.hpp"

#include <catch2/catch.hpp>
#include <iostream>

#include "server.hpp"

using namespace eventstore;
using namespace std::chrono_literals;
using mongo::Address;
using mongo::ClientPool;
using mongo::PoolOptions;

namespace client_pool_test {

ClientPool pool_of(const std::string& address, const PoolOptions& options = {}) {
  auto parsed = Address::parse(address);
  REQUIRE(parsed);
  auto pool = ClientPool::open(std::move(*parsed), options);
  REQUIRE(pool);
  return std::move(*pool);
}

void write_one(ClientPool& pool, const char* collection) {
  auto client = pool.take();
  REQUIRE(client);
  auto* const handle = mongoc_client_get_collection(client->get(), pool.address().database().c_str(), collection);
  mongo::Document document;
  BSON_APPEND_UTF8(document.get(), "_id", "one");
  bson_error_t error{};
  const bool written = mongoc_collection_insert_one(handle, document.get(), nullptr, nullptr, &error);
  mongoc_collection_destroy(handle);
  INFO(error.message);
  REQUIRE(written);
}

TEST_CASE("a server is reached, and a database that is not there is made at the first write", "[client_pool]") {
  const auto server = test::Server::start();
  if (!server) return;
  auto pool = pool_of(server->address("first_write"));
  auto reached = pool.reach();
  REQUIRE(reached);
  CHECK(reached->wire_version > 0);
  if (!server->is_own()) return;  // another server keeps what earlier runs wrote
  CHECK(!reached->has_database);
  CHECK(!reached->is_replica_set);
  write_one(pool, "things");
  CHECK(pool.reach()->has_database);
}

TEST_CASE("who asks for a connection while all are in use is told so in time", "[client_pool]") {
  const auto server = test::Server::start();
  if (!server) return;
  auto pool = pool_of(server->address("full"), {.connections_max = 1, .connection_timeout = 500ms});
  {
    const auto first = pool.take();
    REQUIRE(first);
    const auto second = pool.take();
    REQUIRE(!second);
    CHECK(second.error().code == Errc::io_failed);
    CHECK(second.error().message().find("DB_CONNECTION_POOL_SIZE") != std::string::npos);
  }
  CHECK(pool.take());  // what was given back is free again
}

TEST_CASE("a server that is not there is told in time, without the password", "[client_pool]") {
  auto pool = pool_of("mongodb://ann:s3cret@127.0.0.1:1/shop", {.connection_timeout = 50ms});
  const auto reached = pool.reach();
  REQUIRE(!reached);
  CHECK(reached.error().code == Errc::io_failed);
  const auto said = reached.error().message();
  CHECK(said.find("list of allowed addresses") != std::string::npos);
  CHECK(said.find("mongodb://127.0.0.1:1/shop") != std::string::npos);
  CHECK(said.find("s3cret") == std::string::npos);
}

TEST_CASE("a server that ends is told, and nothing waits longer than it may", "[client_pool]") {
  auto server = test::Server::start();
  if (!server) return;
  if (!server->is_own()) {
    std::cout << "skipped: no MongoDB of its own that this test may end: unset MONGODB_URI\n";
    return;
  }
  auto pool = pool_of(server->address("ended"), {.connection_timeout = 200ms});
  REQUIRE(pool.reach());
  server.reset();
  const auto reached = pool.reach();
  REQUIRE(!reached);
  CHECK(reached.error().code == Errc::io_failed);
}

TEST_CASE("an option that the address names counts instead of ours", "[client_pool]") {
  auto pool = pool_of("mongodb://127.0.0.1:1/shop?serverSelectionTimeoutMS=30&w=1", {.connection_timeout = 1h});
  CHECK(!pool.reach());
  const auto client = pool.take();
  REQUIRE(client);
  CHECK(mongoc_write_concern_get_w(mongoc_client_get_write_concern(client->get())) == 1);
}

TEST_CASE("writes are acknowledged by a majority and from the journal, and reads see what a majority has",
          "[client_pool]") {
  auto pool = pool_of("mongodb://127.0.0.1:1/shop");
  const auto client = pool.take();
  REQUIRE(client);
  const auto* const writes = mongoc_client_get_write_concern(client->get());
  CHECK(mongoc_write_concern_get_wmajority(writes));
  CHECK(mongoc_write_concern_get_journal(writes));
  CHECK(std::string{mongoc_read_concern_get_level(mongoc_client_get_read_concern(client->get()))} == "majority");
}

}  // namespace client_pool_test
