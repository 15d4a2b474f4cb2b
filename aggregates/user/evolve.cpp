// Any history is fact, but for one thing: what comes after an erasure brings nobody back.
#include <aggregates/common/person_forms.hpp>
#include <aggregates/user/user.hpp>

namespace domain {
namespace {

std::optional<eventstore::Secret>& token_in(UserState& state, CalendarProvider provider) {
  return provider == CalendarProvider::google ? state.google_token : state.microsoft_token;
}

}  // namespace

// An address that is there already is from a change, which is later than the registration.
void User::evolve(State& state, const UserRegistered& event) {
  if (state.erased_at || state.registered) return;
  state.registered = true;
  if (state.email.empty()) state.email = email_form(event.email);
}

void User::evolve(State& state, const UserEmailChanged& event) {
  if (!state.erased_at) state.email = email_form(event.email);
}

void User::evolve(State& state, const UserTokensUpdated& event) {
  if (!state.erased_at) token_in(state, event.provider) = event.tokens;
}

void User::evolve(State& state, const UserTokensRevoked& event) { token_in(state, event.provider).reset(); }

void User::evolve(State& state, const UserErased&, const Metadata& metadata) {
  if (state.erased_at) return;
  state = State{};
  state.erased_at = metadata.created_at;
}

}  // namespace domain
