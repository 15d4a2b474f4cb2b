#include "../../src/mongo/address.hpp"

#include <catch2/catch.hpp>

using namespace eventstore;
using mongo::Address;

TEST_CASE("an address shows its servers and its database, and neither user nor password nor options", "[address]") {
  const auto address =
      Address::parse("mongodb://ann:s3cr%40t@one:27017,two:27018/shop?replicaSet=main&authSource=admin");
  REQUIRE(address);
  CHECK(address->shown() == "mongodb://one:27017,two:27018/shop");
  CHECK(address->database() == "shop");
}

TEST_CASE("an address without a path means the database that is given beside it", "[address]") {
  CHECK(Address::parse("mongodb://one")->database() == "eventstore");
  CHECK(Address::parse("mongodb://one/", "delauto")->database() == "delauto");
  CHECK(Address::parse("mongodb://one/shop", "delauto")->database() == "shop");
}

TEST_CASE("the address of a service is shown without a look-up", "[address]") {
  const auto address = Address::parse("mongodb+srv://ann:secret@cluster.example.org/shop");
  REQUIRE(address);
  CHECK(address->shown() == "mongodb+srv://cluster.example.org/shop");
}

TEST_CASE("a word of the template that is left in an address is named", "[address]") {
  for (const std::string word : {"<password>", "<db_password>"}) {
    const auto address = Address::parse("mongodb://ann:" + word + "@one/shop");
    REQUIRE(!address);
    CHECK(address.error().code == Errc::invalid_argument);
    CHECK(address.error().message().find(word) != std::string::npos);
  }
}

TEST_CASE("what is no address is refused, and the message quotes nothing of it", "[address]") {
  for (const std::string text : {"mongodb://ann:s3cr@t/x@one/shop", "mongodb://ann:s3cr%t@one/shop",
                                 "mongodb://ann:s3cr:t@one/shop", "mongodb://", "postgres://ann:s3cr@one/shop",
                                 "mongodb://ann:s3cr@one/sh op", "mongodb://ann:s3cr@one:99999/shop"}) {
    CAPTURE(text);
    const auto address = Address::parse(text);
    REQUIRE(!address);
    CHECK(address.error().code == Errc::invalid_argument);
    CHECK(address.error().message().find("s3cr") == std::string::npos);
    CHECK(address.error().message().find("ann") == std::string::npos);
  }
}

TEST_CASE("an address is told from the name of a directory", "[address]") {
  CHECK(mongo::is_address("mongodb://one/shop"));
  CHECK(mongo::is_address("mongodb+srv://one.example.org"));
  CHECK(!mongo::is_address("./eventstore-data"));
  CHECK(!mongo::is_address("mongodb"));
}
