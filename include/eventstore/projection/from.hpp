#pragma once
// The place at which a reader of the log begins that has no checkpoint yet.
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/result.hpp>

namespace eventstore {
inline namespace v1 {

class EventLog;

/// `From::beginning()`, `From::now()` or `From::position(Position{812})`. There is no default.
class From {
 public:
  /// The first event that the log still has: those that retention dropped are passed over.
  static constexpr From beginning() { return From{Kind::beginning, Position{}}; }
  /// The next event that is appended.
  static constexpr From now() { return From{Kind::now, Position{}}; }
  /// The event at `first`, or the first one after it.
  static constexpr From position(Position first) { return From{Kind::position, first}; }

  /// The position before the first event to give, as `log` is now. Errors: as EventLog::head and EventLog::dropped.
  [[nodiscard]] Result<Position> resolve(const EventLog& log) const;

 private:
  enum class Kind : std::uint8_t { beginning, now, position };
  constexpr From(Kind kind, Position first) : kind_{kind}, first_{first} {}

  Kind kind_;
  Position first_;
};

}  // namespace v1
}  // namespace eventstore
