#include "support.hpp"

#include <aggregates/api_key/api_key.hpp>
#include <catch2/catch.hpp>

namespace api_key_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Secret;
using eventstore::testing::given;

namespace {

const Secret hash{std::string(64, 'a')};
const Secret other_hash{std::string(64, 'B')};
const ApiKeyIssued issued{hash,       "es_12", "dashboard", "for all", KeyEnvironment::staging, {"deliveries:read"},
                          {10, 1000}, "u-1"};
const IssueApiKey issue{hash,       "es_12", "dashboard", "for all", KeyEnvironment::staging, {"deliveries:read"},
                        {10, 1000}, "u-1"};

const auto when_issued = given<ApiKey>(issued);
const auto when_revoked = given<ApiKey>(issued, ApiKeyRevoked{"lost"});

// A history that goes on.
template <class History> History from(const History& history) { return history; }

}  // namespace

TEST_CASE("a key is issued once with the form of its data checked", "[api_key]") {
  CHECK(given<ApiKey>().when(issue).is(issued));
  CHECK(given<ApiKey>().when(issue).state().is_active);
  CHECK(when_issued.when(issue).is_refused_with("already_exists"));
  const auto refused = [](auto change) {
    auto command = issue;
    change(command);
    return given<ApiKey>().when(command);
  };
  for (const auto* const text : {"", "secret", "sk_live_1234567890"})
    CHECK(refused([&](auto& c) { c.key_hash = Secret{text}; }).is_refused_with("bad_key_hash"));
  CHECK(refused([](auto& c) { c.key_hash = Secret{std::string(63, 'a') + 'g'}; }).is_refused_with("bad_key_hash"));
  CHECK(refused([](auto& c) { c.key_prefix.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.name.clear(); }).is_refused_with("empty_text"));
  for (const auto* const right :
       {"deliveries", "deliveries:", ":read", "deliveries:delete", "Deliveries:read", "a b:read"})
    CHECK(refused([&](auto& c) { c.permissions = {right}; }).is_refused_with("bad_permission"));
  CHECK(refused([](auto& c) { c.permissions = {"calls:read", "calls:read"}; }).is_refused_with("bad_permission"));
  CHECK(refused([](auto& c) {
          c.permissions = {"api-keys:write", "agent_logs:read"};
        })
            .state()
            .permissions.size() == 2);
  CHECK(refused([](auto& c) { c.rate_limit.requests = 0; }).is_refused_with("bad_rate_limit"));
  CHECK(refused([](auto& c) { c.rate_limit.period = -1; }).is_refused_with("bad_rate_limit"));
}

TEST_CASE("the hash of a key stands in no refusal", "[api_key]") {
  auto command = issue;
  command.key_hash = Secret{"planted"};
  CHECK(given<ApiKey>().when(command).is_refused("key_hash is a SHA-256: 64 hexadecimal digits"));
}

TEST_CASE("a key changes in the fields that are given", "[api_key]") {
  ChangeApiKey command{};
  CHECK(when_issued.when(command).is_refused_with("nothing_to_change"));
  command.name = "dashboard";
  CHECK(when_issued.when(command).is_nothing());
  command.permissions = Permissions{};
  const auto changed = when_issued.when(command).state();
  CHECK(changed.permissions.empty());
  CHECK(changed.description == "for all");
  command.name = "";
  CHECK(when_issued.when(command).is_refused_with("empty_text"));
}

TEST_CASE("a key is rotated to another hash", "[api_key]") {
  CHECK(when_issued.when(RotateApiKey{other_hash, "es_34"}).is(ApiKeyRotated{other_hash, "es_34"}));
  CHECK(when_issued.when(RotateApiKey{hash, "es_12"}).is_nothing());
  CHECK(when_issued.when(RotateApiKey{Secret{"x"}, "es_34"}).is_refused_with("bad_key_hash"));
  CHECK(when_revoked.when(RotateApiKey{other_hash, "es_34"}).is_refused_with("wrong_status"));
}

TEST_CASE("a revoked key is not used until it is restored", "[api_key]") {
  CHECK(when_issued.when(RevokeApiKey{"lost"}).is(ApiKeyRevoked{"lost"}));
  CHECK(when_revoked.when(RevokeApiKey{}).is_nothing());
  CHECK(when_revoked.when(UseApiKey{}).is_refused_with("key_revoked"));
  CHECK(when_revoked.when(RestoreApiKey{"found"}).is(ApiKeyRestored{"found"}));
  CHECK(when_issued.when(RestoreApiKey{}).is_nothing());
}

TEST_CASE("uses are told once a minute at most", "[api_key]") {
  const ApiKeyUsed used{5, second(100)};
  CHECK(from(when_issued).at(second(100)).when(UseApiKey{5, {}}).is(used));
  const auto at = [&](std::int64_t when) { return from(when_issued).at(second(100)).and_then(used).at(second(when)); };
  CHECK(at(159).when(UseApiKey{1, {}}).is_refused_with("too_soon"));
  const auto later = at(160).when(UseApiKey{2, second(130)});
  CHECK(later.is(ApiKeyUsed{2, second(130)}));
  CHECK(later.state().usage_count == 7);
  CHECK(later.state().last_used_at == second(130));
  CHECK(at(160).when(UseApiKey{2, second(50)}).state().last_used_at == second(100));
  CHECK(when_issued.when(UseApiKey{0, {}}).is_refused_with("bad_requests"));
}

TEST_CASE("history of a key may begin with anything", "[api_key]") {
  const auto early = history<ApiKey>(ApiKeyRevoked{}, ApiKeyUsed{3, second(2)}, issued, issued);
  CHECK(early.issued);
  CHECK_FALSE(early.is_active);
  CHECK(early.usage_count == 3);
  CHECK(early.name == "dashboard");
}

}  // namespace api_key_test
