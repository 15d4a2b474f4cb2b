#include <aggregates/common/checks.hpp>
#include <aggregates/common/person_checks.hpp>
#include <aggregates/customer/check_preferences.hpp>
#include <aggregates/customer/customer.hpp>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

std::optional<Refusal> if_erased(const CustomerState& state) {
  if (state.erased_at) return refuse("erased", "the customer is erased");
  return std::nullopt;
}

// Of the fields that are there.
std::optional<Refusal> check_profile(const std::optional<std::string>& name, const std::optional<std::string>& phone,
                                     const std::optional<std::string>& email,
                                     const std::optional<std::string>& address) {
  if (auto problem = check_texts({{"name", name.value_or("none")}, {"address", address.value_or("none")}}))
    return problem;
  if (phone)
    if (auto problem = check_phone(*phone)) return problem;
  if (email) return check_email(*email);
  return std::nullopt;
}

// The event, or nothing where the state has all of it already.
template <class Event> Customer::Decision unless_known(const CustomerState& state, const Event& event) {
  auto after = state;
  Customer::evolve(after, event);
  if (after == state) return {};
  return event;
}

}  // namespace

Customer::Decision Customer::create(const RegisterCustomer& command) {
  if (auto problem = check_profile(command.name, command.phone, command.email, command.address)) return *problem;
  if (command.preferences)
    if (auto problem = check_preferences(*command.preferences)) return *problem;
  return CustomerRegistered{command.name, command.phone, command.email, command.address, command.preferences};
}

Customer::Decision Customer::decide(const State& state, const ChangeCustomerProfile& command) {
  if (auto problem = if_erased(state)) return *problem;
  if (!command.name && !command.phone && !command.email && !command.address)
    return refuse("nothing_to_change", "give a name, a phone, an email or an address");
  if (auto problem = check_profile(command.name, command.phone, command.email, command.address)) return *problem;
  return unless_known(state, CustomerProfileChanged{command.name, command.phone, command.email, command.address});
}

Customer::Decision Customer::decide(const State& state, const ChangeCustomerPreferences& command) {
  if (auto problem = if_erased(state)) return *problem;
  if (auto problem = check_preferences(command.preferences)) return *problem;
  return unless_known(state, CustomerPreferencesChanged{command.preferences});
}

Customer::Decision Customer::decide(const State& state, const EraseCustomer&) {
  if (state.erased_at) return {};
  return CustomerErased{};
}

}  // namespace domain
