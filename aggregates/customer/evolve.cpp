// Any history is fact, but for one thing: what comes after an erasure brings nobody back.
#include <aggregates/customer/customer.hpp>

namespace domain {

void Customer::evolve(State& state, const CustomerRegistered& event) {
  if (state.erased_at) return;
  state.name = event.name;
  state.phone = event.phone;
  state.email = event.email;
  state.address = event.address;
  state.preferences = event.preferences.value_or(CustomerPreferences{});
}

// A field that the event does not name keeps its value.
void Customer::evolve(State& state, const CustomerProfileChanged& event) {
  if (state.erased_at) return;
  if (event.name) state.name = *event.name;
  if (event.phone) state.phone = *event.phone;
  if (event.email) state.email = event.email;
  if (event.address) state.address = event.address;
}

void Customer::evolve(State& state, const CustomerPreferencesChanged& event) {
  if (!state.erased_at) state.preferences = event.preferences;
}

void Customer::evolve(State& state, const CustomerErased&, const Metadata& metadata) {
  if (state.erased_at) return;
  state = State{};
  state.erased_at = metadata.created_at;
}

}  // namespace domain
