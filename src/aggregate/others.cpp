#include <eventstore/aggregate/others.hpp>

#include <stdexcept>

namespace eventstore {
inline namespace v1 {
namespace {

std::string name_of_other(std::string_view category, std::string_view key) {
  return std::string{category} + "-" + std::string{key};
}

}  // namespace

const AnyState* AnyOthers::find(std::string_view category, std::string_view key) const {
  const auto found = states_.find({std::string{category}, std::string{key}});
  if (found == states_.end())
    throw std::logic_error{"the decision looks at " + name_of_other(category, key) +
                           ", which `keys` does not name: name there whatever the decision reads"};
  return found->second;
}

void detail::fail_for_another_state(std::string_view category, std::string_view key) {
  throw std::logic_error{"the state of " + name_of_other(category, key) +
                         " is another struct's: give each category one aggregate"};
}

}  // namespace v1
}  // namespace eventstore
