#include "../../src/mongo/server_error.hpp"

#include <catch2/catch.hpp>

using namespace eventstore;

namespace server_error_test {

std::string told(std::uint32_t domain, std::uint32_t code) {
  bson_error_t error{};
  error.domain = domain;
  error.code = code;
  const Result<void> failed = mongo::server_error(error, "reach MongoDB", "mongodb://one/shop");
  return failed.error().message();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("each failure that people meet is told with what to do", "[server_error]") {
  CHECK(has(told(MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_AUTHENTICATE), "check the user and the password"));
  CHECK(has(told(MONGOC_ERROR_SERVER, 18), "check the user and the password"));
  CHECK(has(told(MONGOC_ERROR_SERVER, 13), "the right to read and to write"));
  CHECK(has(told(MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE), "list of allowed addresses"));
  CHECK(has(told(MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET), "check the network"));
  CHECK(has(told(MONGOC_ERROR_SERVER, 50), "DB_OPERATION_TIMEOUT"));
}

TEST_CASE("what the server says is told, but for an authentication that failed, which may name the user",
          "[server_error]") {
  bson_error_t error{};
  bson_set_error(&error, MONGOC_ERROR_SERVER, 11, "could not find user %s", "ann");
  const auto message = [&] {
    const Result<void> failed = mongo::server_error(error, "reach MongoDB", "mongodb://one/shop");
    return failed.error().message();
  };
  CHECK(has(message(), "could not find user"));
  error.code = 18;
  CHECK(!has(message(), "ann"));
}

}  // namespace server_error_test
