#include "support.hpp"

#include <aggregates/user/user.hpp>
#include <catch2/catch.hpp>

namespace user_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Secret;
using eventstore::testing::given;

namespace {

constexpr auto google = CalendarProvider::google;
constexpr auto microsoft = CalendarProvider::microsoft;

const UserRegistered registered{"ana@example.org"};
const UserTokensUpdated with_google{google, Secret{R"({"access_token":"g-1"})"}};

const auto when_registered = given<User>(registered);
const auto when_connected = given<User>(registered, with_google);
const auto when_erased = given<User>(registered, with_google, UserErased{});

}  // namespace

TEST_CASE("a user is registered once with an e-mail address that is one", "[user]") {
  CHECK(given<User>().when(RegisterUser{"ana@example.org"}).is(registered));
  CHECK(when_registered.when(RegisterUser{"ana@example.org"}).is_refused_with("already_exists"));
  CHECK(when_registered.when(RegisterUser{"bea@example.org"}).is_refused_with("already_exists"));
  CHECK(given<User>().when(RegisterUser{"ana"}).is_refused("email has the form name@example.org"));
}

TEST_CASE("a user's e-mail address is kept in lower case", "[user]") {
  CHECK(given<User>().when(RegisterUser{"Ana@Example.ORG"}).is(UserRegistered{"Ana@Example.ORG"}));
  CHECK(given<User>().when(RegisterUser{"Ana@Example.ORG"}).state().email == "ana@example.org");
  CHECK(when_registered.when(ChangeUserEmail{"ANA@example.org"}).is_nothing());
  CHECK(when_registered.when(ChangeUserEmail{"Bea@example.org"}).is(UserEmailChanged{"Bea@example.org"}));
  CHECK(when_registered.when(ChangeUserEmail{"Bea@example.org"}).state().email == "bea@example.org");
  CHECK(when_registered.when(ChangeUserEmail{"bea"}).is_refused_with("bad_email"));
  CHECK(given<User>().when(ChangeUserEmail{"bea@example.org"}).is_error(eventstore::Errc::not_found));
}

TEST_CASE("new tokens replace those of the same provider alone", "[user]") {
  const Secret newer{R"({"access_token":"g-2"})"};
  const Secret other{"m-1"};
  CHECK(when_registered.when(UpdateUserTokens{google, with_google.tokens}).is(with_google));
  CHECK(when_connected.when(UpdateUserTokens{google, with_google.tokens}).is_nothing());
  CHECK(when_connected.when(UpdateUserTokens{google, newer}).state().google_token == newer);
  const auto both = when_connected.when(UpdateUserTokens{microsoft, other}).state();
  CHECK(both.google_token == with_google.tokens);
  CHECK(both.microsoft_token == other);
  CHECK(when_registered.when(UpdateUserTokens{google, Secret{}}).is_refused("tokens may not be empty"));
}

TEST_CASE("revoked tokens are gone and there is nothing to revoke twice", "[user]") {
  CHECK(when_connected.when(RevokeUserTokens{google}).is(UserTokensRevoked{google}));
  CHECK(!when_connected.when(RevokeUserTokens{google}).state().google_token);
  CHECK(when_connected.when(RevokeUserTokens{microsoft}).is_nothing());
  CHECK(when_registered.when(RevokeUserTokens{google}).is_nothing());
}

TEST_CASE("an erased user is nobody and takes no command", "[user]") {
  CHECK(when_connected.when(EraseUser{}).is(UserErased{}));
  CHECK(when_erased.when(EraseUser{}).is_nothing());
  CHECK(when_erased.when(RegisterUser{"ana@example.org"}).is_refused_with("already_exists"));
  CHECK(when_erased.when(ChangeUserEmail{"ana@example.org"}).is_refused_with("erased"));
  CHECK(when_erased.when(UpdateUserTokens{google, with_google.tokens}).is_refused_with("erased"));
  CHECK(when_erased.when(RevokeUserTokens{google}).is_nothing());
  UserState nobody{};
  nobody.erased_at = second(3);
  CHECK(history<User>(registered, with_google, UserErased{}) == nobody);
}

TEST_CASE("history after an erasure brings nothing of the user back", "[user][history]") {
  const auto erased = history<User>(registered, UserErased{});
  CHECK(history<User>(registered, UserErased{}, registered, UserEmailChanged{"x@example.org"}, with_google,
                      UserTokensRevoked{google}, UserErased{}) == erased);
}

TEST_CASE("a registration that comes late takes nothing back", "[user][history]") {
  const UserEmailChanged changed{"New@example.org"};
  const auto late = history<User>(changed, with_google, registered);
  CHECK(late.email == "new@example.org");
  CHECK(late.google_token == with_google.tokens);
  CHECK(late.registered);
  CHECK(history<User>(registered, changed, with_google) == late);
  CHECK(history<User>(registered, changed, registered, with_google, registered) == late);
}

TEST_CASE("a user whose tokens came first is registered by the same command", "[user][history]") {
  CHECK(given<User>(with_google).when(RegisterUser{"ana@example.org"}).is(registered));
  const auto state = given<User>(with_google).when(RegisterUser{"ana@example.org"}).state();
  CHECK(state.google_token == with_google.tokens);
  CHECK(given<User>(UserErased{}).when(RegisterUser{"ana@example.org"}).is_refused_with("already_exists"));
}

}  // namespace user_test
