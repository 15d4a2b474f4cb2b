#pragma once
// given(events).when(command): tests the behaviour of an aggregate in one expression, without a log.
//
//   CHECK(given<Account>(Opened{.owner = "ada"}).when(Withdraw{900}).is_refused("not enough money"));
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/testing/verdict.hpp>

namespace eventstore::testing {

/// The outcome of a command on a given history.
template <Decider A> class Outcome {
 public:
  Outcome(Result<AnyDecision> result, typename A::State state)
      : error_{result ? std::optional<Error>{} : std::move(result.error())},
        decision_{result ? std::move(*result) : AnyDecision{}},
        state_{std::move(state)} {}

  /// Exactly these events, in this order.
  template <class... E> [[nodiscard]] Verdict is(const E&... events) const {
    const std::vector<DecidedEvent> wanted{DecidedEvent{&schema_of<E>(), encode(events)}...};
    bool same = !error_ && !decision_.refusal && wanted.size() == decision_.events.size();
    for (std::size_t i = 0; same && i < wanted.size(); ++i)
      same = wanted[i].schema == decision_.events[i].schema && wanted[i].data == decision_.events[i].data;
    return {same, same ? "" : "expected " + shown(wanted) + ", found " + shown()};
  }
  /// Nothing to do: neither an event nor a refusal.
  [[nodiscard]] Verdict is_nothing() const { return is(); }
  [[nodiscard]] Verdict is_refused(std::string_view sentence) const {
    const bool same = decision_.refusal && decision_.refusal->sentence == sentence;
    return {same, "expected the refusal \"" + std::string{sentence} + "\", found " + shown()};
  }
  [[nodiscard]] Verdict is_refused() const {
    return {decision_.refusal.has_value(), "expected a refusal, found " + shown()};
  }
  /// Refused with the code that programs go by: es::refuse("code", "sentence"), or already_exists if the command opens
  /// a stream that exists.
  [[nodiscard]] Verdict is_refused_with(std::string_view code) const {
    const bool same = decision_.refusal && decision_.refusal->code == code;
    const auto found = decision_.refusal ? "the code \"" + decision_.refusal->code + "\"" : shown();
    return {same, "expected a refusal with the code \"" + std::string{code} + "\", found " + found};
  }
  /// The command was not decided, and execute would give this error: not_found for a command that needs a stream if
  /// there is none.
  [[nodiscard]] Verdict is_error(Errc code) const {
    const bool same = error_ ? error_->code == code : decision_.refusal && code == Errc::refused;
    return {same, "expected the error " + std::string{to_string(code)} + ", found " + shown()};
  }

  /// The state after the decided events are folded in.
  [[nodiscard]] const typename A::State& state() const { return state_; }

 private:
  [[nodiscard]] std::string shown() const {
    if (error_) return "the error " + error_->message();
    return decision_.refusal ? "the refusal \"" + decision_.refusal->sentence + "\"" : shown(decision_.events);
  }
  static std::string shown(const std::vector<DecidedEvent>& events) {
    if (events.empty()) return "nothing";
    std::string text;
    for (const auto& event : events) {
      text += (text.empty() ? "" : ", ") + event.schema->name + " ";
      (void)bytes_to_json(event.schema->type, event.data, text);
    }
    return text;
  }

  std::optional<Error> error_;
  AnyDecision decision_;
  typename A::State state_;
};

/// A history, and the time and the metadata of the next command.
template <Decider A> class Given {
 public:
  template <class... E> explicit Given(const E&... events) { (fold(events), ...); }
  /// Sets the caller and the time of the command. The events given before keep their time, which is 1970's first moment
  /// unless `at` came first.
  Given& by(Metadata metadata) {
    context_.metadata = std::move(metadata);
    context_.metadata.created_at = context_.now;
    return *this;
  }
  Given& at(Timestamp now) {
    context_.now = now;
    context_.metadata.created_at = now;
    return *this;
  }
  template <class E> Given& and_then(const E& event) {
    fold(event);
    return *this;
  }

  /// The outcome that execute would give for `command`: a command that opens a stream is refused on a history with
  /// events, and one that needs a stream is not_found on a history without.
  template <class Command> [[nodiscard]] Outcome<A> when(const Command& command) const {
    static_assert(A::commands::template contains<Command>,
                  "not a command of this aggregate: add it to `commands`, or to the es::Commands<> of its DeciderOf");
    const bool exists = context_.version != Version{0};
    const auto fits = check_stream_need(detail::stream_need<A, Command>(), exists, context_.stream.text());
    if (!fits && fits.error().code != Errc::refused) return {failure(fits.error()), state_};
    if (!fits) return {AnyDecision{{}, refuse(fits.error().refusal_code, fits.error().detail)}, state_};
    AnyDecision decision = detail::answer<A>(exists ? &state_ : nullptr, command, context_, {}).any();
    auto after = state_;
    for (const auto& event : decision.events)
      fold_decided(after, event, static_cast<const typename A::events*>(nullptr));
    return {std::move(decision), std::move(after)};
  }

  [[nodiscard]] const typename A::State& state() const { return state_; }

 private:
  template <class E> void fold(const E& event) {
    evolve<A>(state_, event, context_.metadata);
    context_.version = context_.version.next();
  }
  template <class... E>
  void fold_decided(typename A::State& state, const DecidedEvent& decided, const Events<E...>*) const {
    (void)((decided.schema == &schema_of<E>() &&
            (evolve<A>(state, *decode<E>(decided.data), context_.metadata), true)) ||
           ...);
  }

  typename A::State state_{};
  Context context_{StreamId::trusted(std::string{A::category} + "-given")};
};

template <Decider A, class... E> Given<A> given(const E&... events) { return Given<A>{events...}; }

}  // namespace eventstore::testing
