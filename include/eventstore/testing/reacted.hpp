#pragma once
// reacted<R>(key, events…).when(event).is(…): tests what a reaction wants done, in one expression, without a log and
// without doing it.
//
//   CHECK(reacted<SendReceipt>("ada", Opened{.owner = "ada"}).when(Deposited{500}).is([](es::Outgoing& to) {
//     to.execute<Letter>("ada", Write{"You have 500 cents more."});
//   }));
#include <eventstore/projection/reaction_type.hpp>
#include <eventstore/testing/projected.hpp>
#include <eventstore/testing/verdict.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace eventstore::testing {
namespace detail {

// A history in memory, and what one reaction has made of its last event.
class ReactedHistory {
 public:
  explicit ReactedHistory(ReactionType reaction);
  ~ReactedHistory();
  ReactedHistory(ReactedHistory&&) noexcept;
  ReactedHistory& operator=(ReactedHistory&&) noexcept;

  void by(Metadata metadata);
  void at(Timestamp now);
  void record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data);
  Result<std::vector<OutgoingAction>> react(const AggregateType& type, std::string_view key, const Schema& schema,
                                            BytesView data);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace detail

/// What a reaction wants done because of one event.
class Reacted {
 public:
  explicit Reacted(Result<std::vector<OutgoingAction>> result) : result_{std::move(result)} {}

  /// Exactly what `expected` adds, in this order: commands and calls with their data, timers with their times.
  [[nodiscard]] Verdict is(const std::function<void(Outgoing&)>& expected) const;
  [[nodiscard]] Verdict is_nothing() const;
  /// The handler threw. The event would be set aside.
  [[nodiscard]] Verdict is_error(Errc code) const;
  /// All actions, or the error of the handler.
  [[nodiscard]] const Result<std::vector<OutgoingAction>>& actions() const { return result_; }

 private:
  Result<std::vector<OutgoingAction>> result_;
};

/// A history, and the time and the metadata of the next event.
template <class R> class Reacting {
 public:
  Reacting() : history_{reaction<R>()} {}

  /// Sets the metadata of the events that follow: user, organization and the rest. `at` sets their time.
  Reacting& by(Metadata metadata) {
    history_.by(std::move(metadata));
    return *this;
  }
  /// Sets the time of the events that follow; the default is the first moment of 1970.
  Reacting& at(Timestamp now) {
    history_.at(now);
    return *this;
  }
  /// The next events of the aggregate `key`, to which the reaction has reacted.
  template <class... E> Reacting& and_then(std::string_view key, const E&... events) {
    key_ = key;
    (record(events), ...);
    return *this;
  }
  /// What the reaction wants done because of `event`, the next one of the aggregate that had the last one.
  template <class E> [[nodiscard]] Reacted when(const E& event) { return when(std::string{key_}, event); }
  /// The same of the aggregate `key`.
  template <class E> [[nodiscard]] Reacted when(std::string_view key, const E& event) {
    return Reacted{history_.react(type_of<E>(), key, schema_of<E>(), encode(event))};
  }

 private:
  template <class E> static const AggregateType& type_of() {
    using A = typename detail::ReaderOf<E, typename R::reads>::type;
    static_assert(!std::is_void_v<A>, "the event is of none or of several of the aggregates that the reaction reads");
    return detail::type_of_aggregate<A>();
  }
  template <class E> void record(const E& event) { history_.record(type_of<E>(), key_, schema_of<E>(), encode(event)); }

  detail::ReactedHistory history_;
  std::string key_;
};

template <class R, class... E> Reacting<R> reacted(std::string_view key, const E&... events) {
  Reacting<R> made;
  made.and_then(key, events...);
  return made;
}
template <class R> Reacting<R> reacted() { return {}; }

}  // namespace eventstore::testing
