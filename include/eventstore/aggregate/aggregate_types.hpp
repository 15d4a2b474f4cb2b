#pragma once
// The aggregates of a program, shared by all code that works with all of them.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <memory>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A list that cannot change any more. A copy costs a pointer and keeps the list alive. Threads: immutable.
class AggregateTypes {
 public:
  AggregateTypes(std::vector<AggregateType> types)  // NOLINT(google-explicit-constructor): a list is a list
      : types_{std::make_shared<const std::vector<AggregateType>>(std::move(types))} {}
  explicit AggregateTypes(std::shared_ptr<const std::vector<AggregateType>> types) : types_{std::move(types)} {}

  [[nodiscard]] auto begin() const { return types_->begin(); }
  [[nodiscard]] auto end() const { return types_->end(); }
  [[nodiscard]] std::span<const AggregateType> all() const { return *types_; }

  /// The aggregate that has the category, by its name of today or by an earlier one; null where there is none.
  [[nodiscard]] const AggregateType* find(std::string_view category) const;

 private:
  std::shared_ptr<const std::vector<AggregateType>> types_;
};

}  // namespace v1
}  // namespace eventstore
