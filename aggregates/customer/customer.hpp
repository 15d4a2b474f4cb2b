#pragma once
// A customer, to whom deliveries go.
//
// Rules that the requirements leave open:
// - no two customers of an organization have one phone;
// - new preferences replace all earlier ones, because each of them has a default;
// - a command that names the present profile or preferences changes nothing;
// - an erased customer takes no command, and later history brings nothing of it back: its state is that of nobody, but
//   for the time of the erasure. `erase` is the fact in the domain; the command `subject erase` destroys the key, so
//   that history, too, has nothing of the customer.
#include <aggregates/customer/commands.hpp>
#include <aggregates/customer/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

namespace domain {

struct Customer
    : eventstore::DeciderOf<
          "customer", CustomerState,
          eventstore::Events<CustomerRegistered, CustomerProfileChanged, CustomerPreferencesChanged, CustomerErased>,
          eventstore::Commands<RegisterCustomer, ChangeCustomerProfile, ChangeCustomerPreferences, EraseCustomer>> {
  static constexpr auto collection = "customers";
  static constexpr auto unique = eventstore::unique<&CustomerState::phone>(eventstore::e164);

  static void evolve(State& state, const CustomerRegistered& event);
  static void evolve(State& state, const CustomerProfileChanged& event);
  static void evolve(State& state, const CustomerPreferencesChanged& event);
  static void evolve(State& state, const CustomerErased& event, const Metadata& metadata);

  static Decision create(const RegisterCustomer& command);
  static Decision decide(const State& state, const ChangeCustomerProfile& command);
  static Decision decide(const State& state, const ChangeCustomerPreferences& command);
  static Decision decide(const State& state, const EraseCustomer& command);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
