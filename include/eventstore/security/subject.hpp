#pragma once
// A person whom stored data is about.
#include <compare>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Two organizations may each have a subject of one id: they are two persons, with a key each.
struct Subject {
  std::string organization;
  std::string id;  ///< as the domain names the person: a customer_id, a user_id; 1 to 300 bytes, so that the name of a
                   ///< stream is one

  friend auto operator<=>(const Subject&, const Subject&) = default;
};

}  // namespace v1
}  // namespace eventstore
