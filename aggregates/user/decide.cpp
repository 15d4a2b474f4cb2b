#include <aggregates/common/checks.hpp>
#include <aggregates/common/person_checks.hpp>
#include <aggregates/common/person_forms.hpp>
#include <aggregates/user/user.hpp>

namespace domain {
namespace {

std::optional<eventstore::Refusal> if_erased(const UserState& state) {
  if (state.erased_at) return eventstore::refuse("erased", "the user is erased");
  return std::nullopt;
}

}  // namespace

User::Decision User::decide(const State* state, const RegisterUser& command) {
  if (state != nullptr && (state->registered || state->erased_at)) return already_exists("the user is registered");
  if (auto problem = check_email(command.email)) return *problem;
  return UserRegistered{command.email};
}

User::Decision User::decide(const State& state, const ChangeUserEmail& command) {
  if (auto problem = if_erased(state)) return *problem;
  if (auto problem = check_email(command.email)) return *problem;
  if (state.email == email_form(command.email)) return {};
  return UserEmailChanged{command.email};
}

User::Decision User::decide(const State& state, const UpdateUserTokens& command) {
  if (auto problem = if_erased(state)) return *problem;
  if (auto problem = check_texts({{"tokens", command.tokens.reveal()}})) return *problem;
  if (token_of(state, command.provider) == command.tokens) return {};
  return UserTokensUpdated{command.provider, command.tokens};
}

User::Decision User::decide(const State& state, const RevokeUserTokens& command) {
  if (!token_of(state, command.provider)) return {};
  return UserTokensRevoked{command.provider};
}

User::Decision User::decide(const State& state, const EraseUser&) {
  if (state.erased_at) return {};
  return UserErased{};
}

}  // namespace domain
