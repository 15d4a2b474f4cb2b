#pragma once
// given(events).when(command): tests the behaviour of an aggregate in one expression, without a log.
//
//   CHECK(given<Account>(Opened{.owner = "ada"}).when(Withdraw{900}).is_refused("not enough money"));
//
// A decision that rests on other aggregates gets theirs by with<Other>(key, events…):
//
//   CHECK(given<Job>(Posted{}).with<Agent>("ada", Hired{}).when(Assign{"ada"}).is(Assigned{"ada"}));
#include <algorithm>
#include <eventstore/aggregate/commit.hpp>
#include <eventstore/testing/verdict.hpp>
#include <map>
#include <memory>
#include <utility>

namespace eventstore::testing {

/// The outcome of a command on a given history.
template <Decider A> class Outcome {
 public:
  Outcome(Result<AnyDecision> result, typename A::State state)
      : error_{result ? std::optional<Error>{} : std::move(result.error())},
        decision_{result ? std::move(*result) : AnyDecision{}},
        state_{std::move(state)} {}

  /// Exactly these events, in this order, and none for other aggregates.
  template <class... E> [[nodiscard]] Verdict is(const E&... events) const {
    return is(CommitOf<E...>{AnyDecision{{{&schema_of<E>(), encode(events)}...}, {}, {}}});
  }
  /// Exactly what `expected` says: es::commit(own…).also<Other>(key, events…).
  template <class... Own> [[nodiscard]] Verdict is(const CommitOf<Own...>& expected) const {
    const bool same = !error_ && !decision_.refusal && is_same(decision_, expected.any());
    return {same, same ? "" : "expected " + shown(expected.any()) + ", found " + shown()};
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
    return decision_.refusal ? "the refusal \"" + decision_.refusal->sentence + "\"" : shown(decision_);
  }
  static bool is_same(const std::vector<DecidedEvent>& a, const std::vector<DecidedEvent>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const DecidedEvent& one, const DecidedEvent& other) {
      return one.schema == other.schema && one.data == other.data;
    });
  }
  static bool is_same(const AnyDecision& a, const AnyDecision& b) {
    return is_same(a.events, b.events) && std::equal(a.also.begin(), a.also.end(), b.also.begin(), b.also.end(),
                                                     [](const AlsoDecided& one, const AlsoDecided& other) {
                                                       return one.type == other.type && one.key == other.key &&
                                                              is_same(one.events, other.events);
                                                     });
  }
  static std::string shown(const AnyDecision& decision) {
    std::string text;
    const auto show = [&](const std::vector<DecidedEvent>& events, const std::string& place) {
      for (const auto& event : events) {
        text += (text.empty() ? "" : ", ") + event.schema->name + " ";
        (void)bytes_to_json(event.schema->type, event.data, text);
        text += place;
      }
    };
    show(decision.events, "");
    for (const auto& also : decision.also) show(also.events, " on " + also.type->category + "-" + also.key);
    return text.empty() ? "nothing" : text;
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
  /// Sets the zone of the organization's days, which is UTC otherwise. Lifetime: `zone` outlives this.
  Given& in(const Zone& zone) {
    context_.zone = &zone;
    return *this;
  }
  template <class E> Given& and_then(const E& event) {
    fold(event);
    return *this;
  }

  /// The history of another aggregate, which otherwise does not exist. `events` come behind those given before.
  template <Aggregate Other, class... E> Given& with(std::string_view key, const E&... events) {
    static_assert(sizeof...(E) > 0, "an aggregate without events does not exist: leave this `with` out");
    static_assert((Other::events::template contains<E> && ...),
                  "an event of another aggregate: `with<Agent>` takes the events that `Agent` lists in its `events`");
    auto& other = others_[{std::string{Other::category}, std::string{key}}];
    auto state = other == nullptr ? typename Other::State{} : *other->template as<typename Other::State>();
    (evolve<Other>(state, events, context_.metadata), ...);
    other = std::make_shared<StateOf<Other>>(std::move(state));
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
    const StateOf<A> own{state_};
    const auto others = named(command, exists ? &own : nullptr);
    AnyDecision decision = detail::answer<A>(exists ? &state_ : nullptr, command, context_, others).any();
    auto after = state_;
    for (const auto& event : decision.events)
      fold_decided(after, event, static_cast<const typename A::events*>(nullptr));
    return {std::move(decision), std::move(after)};
  }

  [[nodiscard]] const typename A::State& state() const { return state_; }

 private:
  // As for execute: the decision sees those that keys names, and no others.
  template <class Command> [[nodiscard]] AnyOthers named(const Command& command, const AnyState* own) const {
    AnyOthers others;
    if constexpr (detail::reads_others<A, Command>) {
      for (const auto& [type, key] : detail::name_others<A, Command>(own, &command, context_)) {
        const bool is_own = type->category == A::category && key == context_.stream.key();
        const auto found = others_.find({type->category, key});
        others.add(type->category, key, is_own ? own : found == others_.end() ? nullptr : found->second.get());
      }
    }
    return others;
  }
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
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const AnyState>> others_;
  Context context_{StreamId::trusted(std::string{A::category} + "-given")};
};

template <Decider A, class... E> Given<A> given(const E&... events) { return Given<A>{events...}; }

}  // namespace eventstore::testing
