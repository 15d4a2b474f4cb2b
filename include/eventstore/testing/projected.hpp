#pragma once
// projected<P>(key, events…).document(key): tests the behaviour of a projection in one expression, without a log and
// its collections.
//
//   CHECK(projected<Balances>("ada", Opened{.owner = "ada"}, Deposited{500}).document("ada")->cents == 500);
#include <eventstore/projection/projection_type.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace eventstore::testing {
namespace detail {

// A history in memory, and the documents that one projection has made of it, as bytes.
class ProjectedHistory {
 public:
  explicit ProjectedHistory(ProjectionType projection);
  ~ProjectedHistory();
  ProjectedHistory(ProjectedHistory&&) noexcept;
  ProjectedHistory& operator=(ProjectedHistory&&) noexcept;

  void by(Metadata metadata);
  void at(Timestamp now);
  // `type` is borrowed for as long as this lives.
  void record(const AggregateType& type, std::string_view key, const Schema& schema, BytesView data);

  [[nodiscard]] const std::map<std::string, Bytes, std::less<>>& documents() const;
  [[nodiscard]] bool removed(std::string_view key) const;
  [[nodiscard]] const std::optional<Error>& failure() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// The aggregate of `List` that has the event E; void if none or several have it.
template <class E, class List> struct ReaderOf { using type = void; };
template <class E, class A, class... Rest> struct ReaderOf<E, Reads<A, Rest...>> {
  static constexpr bool is_first = A::events::template contains<E>;
  static constexpr bool is_later = (Rest::events::template contains<E> || ... || false);
  using type =
      std::conditional_t<is_first, std::conditional_t<is_later, void, A>, typename ReaderOf<E, Reads<Rest...>>::type>;
};

template <class A> const AggregateType& type_of_aggregate() {
  static const AggregateType type = ::eventstore::detail::aggregate_without_commands<A>();
  return type;
}

}  // namespace detail

/// A history that grows event by event, and the documents that `P` has made of it. The states around each event are
/// folded by the aggregates, as in a run. The setters apply to the events that follow.
template <class P> class Projected {
 public:
  using Document = typename P::Document;

  Projected() : history_{projection<P>()} {}

  /// Sets the metadata of the events that follow: user, organization and the rest. `at` sets their time.
  Projected& by(Metadata metadata) {
    history_.by(std::move(metadata));
    return *this;
  }
  /// Sets the time of the events that follow; the default is the first moment of 1970.
  Projected& at(Timestamp now) {
    history_.at(now);
    return *this;
  }

  /// The next events of the aggregate `key`.
  template <class... E> Projected& and_then(std::string_view key, const E&... events) {
    (record<typename detail::ReaderOf<E, typename P::reads>::type>(key, events), ...);
    return *this;
  }
  /// The same of the aggregate A, which must be named if P reads es::Everything, or several aggregates with such an
  /// event.
  template <Category A, class... E> Projected& and_then(std::string_view key, const E&... events) {
    (record<A>(key, events), ...);
    return *this;
  }

  /// Absent if there is no such document, or no longer.
  [[nodiscard]] std::optional<Document> document(std::string_view key) const {
    const auto found = history_.documents().find(key);
    return found == history_.documents().end() ? std::optional<Document>{} : read(found->second);
  }
  [[nodiscard]] std::map<std::string, Document> documents() const {
    std::map<std::string, Document> all;
    for (const auto& [key, bytes] : history_.documents()) all.emplace(key, read(bytes));
    return all;
  }
  /// Whether the document existed, and the projection has removed it.
  [[nodiscard]] bool removed(std::string_view key) const { return history_.removed(key); }
  /// The error that stopped the projection: a handler threw, as in a run. Later events are then not projected.
  [[nodiscard]] const std::optional<Error>& failure() const { return history_.failure(); }

 private:
  template <class A, class E> void record(std::string_view key, const E& event) {
    static_assert(
        !std::is_void_v<A>,
        "the event could belong to several aggregates: name its aggregate, `.and_then<Aggregate>(key, event)`");
    if constexpr (!std::is_void_v<A>) {
      static_assert(A::events::template contains<E>, "not an event of this aggregate: add it to `events`");
      history_.record(detail::type_of_aggregate<A>(), key, schema_of<E>(), encode(event));
    }
  }
  static Document read(const Bytes& bytes) { return *decode<Document>(bytes); }  // as it was encoded a moment ago

  detail::ProjectedHistory history_;
};

template <class P, class... E> Projected<P> projected(std::string_view key, const E&... events) {
  Projected<P> made;
  made.and_then(key, events...);
  return made;
}
template <class P> Projected<P> projected() { return {}; }

}  // namespace eventstore::testing
