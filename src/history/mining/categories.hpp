#pragma once
// Private to the exports: the categories of a log, and the aggregates that fold their streams.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <span>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Lifetime: borrows the log and the aggregates.
class Categories {
 public:
  Categories(const EventLog& log, std::span<const AggregateType> types) : log_{log}, types_{types} {}

  /// Null where no aggregate has the category.
  [[nodiscard]] const AggregateType* aggregate(std::string_view category) const;
  /// The category's name of today.
  [[nodiscard]] std::string_view name(std::string_view category) const;
  /// All names under which the category has streams; the empty one stands for every category.
  [[nodiscard]] std::vector<std::string> names(const std::string& category) const;
  /// One id for an aggregate, under whichever name of its category its stream stands: that of today. Where streams of
  /// two names exist, each has its own. Errors: as EventLog::head. Cost: a look at a stream's head, if the stream has
  /// an earlier name.
  Result<std::string> object_id(std::string_view stream) const;

 private:
  const EventLog& log_;
  std::span<const AggregateType> types_;
};

}  // namespace v1
}  // namespace eventstore
