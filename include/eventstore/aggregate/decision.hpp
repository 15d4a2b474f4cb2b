#pragma once
// The outcome of a command: events, or a refusal.
#include <eventstore/aggregate/lists.hpp>
#include <eventstore/fwd.hpp>
#include <eventstore/schema/codec.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The reason of a refusal: a code for programs, a sentence for people.
struct Refusal {
  std::string code;
  std::string sentence;
  bool is_for_good = false;  ///< a repeat of the command by its id gets the same refusal, whatever happened since
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Refuses with the code "refused".
inline Refusal refuse(std::string sentence) { return {"refused", std::move(sentence)}; }
inline Refusal refuse(std::string code, std::string sentence) { return {std::move(code), std::move(sentence)}; }
/// Refuses, and has the refusal recorded under the command's id, if the caller gave one. Without this the command is
/// decided again when it is repeated.
inline Refusal refuse_for_good(std::string sentence) { return {"refused", std::move(sentence), true}; }
inline Refusal refuse_for_good(std::string code, std::string sentence) {
  return {std::move(code), std::move(sentence), true};
}

/// An event that was decided on, as bytes. Lifetime: `schema` is the program's.
struct DecidedEvent {
  const Schema* schema;
  Bytes data;
};

/// Events that a decision appends to the stream of another aggregate. Lifetime: `type` is the program's.
struct AlsoDecided {
  const AggregateType* type;
  std::string key;
  std::vector<DecidedEvent> events;
};

/// A decision without the types of its events.
struct AnyDecision {
  std::vector<DecidedEvent> events{};
  std::optional<Refusal> refusal{};
  std::vector<AlsoDecided> also{};
};

template <class List> class Decision;
template <class... Own> class CommitOf;

/// `return Opened{…};` or `return {Opened{…}, Deposited{…}};` or `return {};` (nothing to do) or `return
/// es::refuse("…");` or, for several streams, `return es::commit(Paid{…}).also<Account>(key, Received{…});`
template <class... E> class Decision<Events<E...>> {
 public:
  Decision() = default;

  template <class... Decided>
  requires(sizeof...(Decided) > 0 && (Events<E...>::template contains<std::remove_cvref_t<Decided>> && ...))
      Decision(const Decided&... events) {  // NOLINT(google-explicit-constructor): a decision is one event, or several
    (add(events), ...);
  }
  template <class... Own>
  Decision(CommitOf<Own...> commit)  // NOLINT(google-explicit-constructor)
      : any_{std::move(commit).any()} {
    static_assert((Events<E...>::template contains<Own> && ...),
                  "es::commit(...) takes the deciding aggregate's own events: those of another one go into "
                  "`.also<Other>(key, ...)`");
  }
  Decision(Refusal refusal) { any_.refusal = std::move(refusal); }  // NOLINT(google-explicit-constructor)

  template <class Event>
  requires(Events<E...>::template contains<Event>) void add(const Event& event) {
    any_.events.push_back({&schema_of<Event>(), encode(event)});
  }

  [[nodiscard]] const AnyDecision& any() const& { return any_; }
  [[nodiscard]] AnyDecision&& any() && { return std::move(any_); }

 private:
  AnyDecision any_;
};

}  // namespace v1
}  // namespace eventstore
