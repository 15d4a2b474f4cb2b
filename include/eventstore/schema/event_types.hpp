#pragma once
// The event types that this build knows.
#include <eventstore/schema/schema.hpp>
#include <map>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The event types of every category that the program registers. Lifetime: schemas are borrowed (schema_of's live for
/// the program). Threads: add before sharing; find from any.
class EventTypes {
 public:
  void add(std::string_view category, const Schema& schema);
  /// Null where the category has no such event.
  [[nodiscard]] const Schema* find(std::string_view category, std::string_view type) const;
  /// "delivery: DeliveryScheduled, …", for messages.
  [[nodiscard]] std::string known_types(std::string_view category) const;

 private:
  std::map<std::string, std::map<std::string, const Schema*, std::less<>>, std::less<>> categories_;
};

}  // namespace v1
}  // namespace eventstore
