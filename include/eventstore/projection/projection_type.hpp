#pragma once
// The parts that a projection must have, and its form without types: the value of `es::projection<P>()`.
#include <eventstore/aggregate/lists.hpp>
#include <eventstore/projection/change.hpp>
#include <eventstore/projection/keyed_by.hpp>
#include <eventstore/projection/on_failure.hpp>
#include <eventstore/projection/operations.hpp>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The aggregates whose events a projection handles: `using reads = es::Reads<Account>;`
template <class... A> struct Reads : TypeList<A...> {};

/// Events of those aggregates that do not change its documents.
template <class... E> struct Ignores : TypeList<E...> {};

/// Reads every event of every category, through one handler: `project(const es::AnyChange&,
/// es::Operations<Document>&)`.
struct Everything {};

/// Threads: immutable; `project` is called by one worker at a time.
struct ProjectionType {
  CollectionShape shape;
  std::vector<std::string> categories;  ///< empty: everything
  std::vector<const Schema*> events;    ///< that it handles; empty: everything
  /// Earlier names of those categories, under which their older streams still stand.
  std::vector<std::string> former_categories{};
  /// Turns one event into operations. Errors: unknown_event_type, unreadable_schema, corrupt_record, user_exception.
  std::function<Result<void>(const AnyChange& change, PendingDocuments& to)> project;
  std::string source_hash{};  ///< of its code; empty if the build gave none
  /// Whether events of types that this build does not know are passed over, and listed; otherwise the collection stays
  /// at the place before the first one. A projection of everything gets them as events that change no state.
  bool passes_over_unknown = false;
  std::vector<std::string> ignored_events{};  ///< types in its `ignores`, in their order
  OnFailure on_failure = OnFailure::stop;
  /// Whether it was declared to set events aside, so that its handlers can only write whole documents.
  bool writes_whole_documents = false;
  KeyedBy keyed_by = KeyedBy::nothing;

  [[nodiscard]] const std::string& name() const { return shape.name; }
  [[nodiscard]] bool reads(std::string_view category) const;
  [[nodiscard]] bool reads_everything() const { return categories.empty(); }
  /// "shape:<digest> events:<digest> ignores:<digest> code:<hash> aggregate-delivery:<digest>…", without the hash if
  /// there is none, without `ignores` where it reads everything, and
  /// with a part for each of `aggregates` that it reads: what their states and evolve() are, as far as they say so. A
  /// collection is stale if a part differs from the checkpoint's.
  [[nodiscard]] std::string fingerprint(std::span<const AggregateType> aggregates) const;
};

/// Whether each collection belongs to one projection: two of one name, or one that has the name of a table beside
/// another's documents (`NAME_rows`, `NAME__rebuild`), would write to one table; and whether none was made to set
/// events aside that may write parts of documents. Errors: invalid_argument, naming it.
Result<void> check_projections(std::span<const ProjectionType* const> projections);

namespace detail {

// Handlers are found by their exact types: a handler of another event, to which this event converts, is no handler of
// this event. Concepts of their own, as in aggregate/concepts.hpp.
template <class P> constexpr OnFailure on_failure_of() {
  if constexpr (requires { OnFailure{P::on_failure}; })
    return P::on_failure;
  else
    return OnFailure::stop;
}
template <class P> constexpr bool writes_whole_documents = on_failure_of<P>() == OnFailure::set_aside;
// What the handlers of P get.
template <class P>
using OperationsOf =
    std::conditional_t<writes_whole_documents<P>, Puts<typename P::Document>, Operations<typename P::Document>>;

template <class P, class A, class To>
concept HandlesAnyInto = requires {
  static_cast<void (*)(const Change<A>&, To&)>(&P::project);
};
template <class P, class A, class E, class To>
concept HandlesInto = requires {
  static_cast<void (*)(const E&, const Change<A>&, To&)>(&P::project);
}
|| requires { static_cast<void (*)(E, const Change<A>&, To&)>(&P::project); };
template <class P, class A>
concept HandlesAny = HandlesAnyInto<P, A, OperationsOf<P>> || HandlesAnyInto<P, A, Puts<typename P::Document>>;
template <class P, class A, class E>
concept Handles = HandlesInto<P, A, E, OperationsOf<P>> || HandlesInto<P, A, E, Puts<typename P::Document>>;
template <class P>
concept DescribesDocuments = requires {
  typename P::Document;
}
&&Described<typename P::Document>;
template <class P>
concept HandlesEverything = requires(const AnyChange& change, OperationsOf<P>& to) {
  P::project(change, to);
};

// Whether a handler of P gets operations that its policy does not bear.
template <class P, class A, class E> constexpr bool check_operations() {
  static_assert(
      !(writes_whole_documents<P> && (HandlesAnyInto<P, A, Operations<typename P::Document>> ||
                                      HandlesInto<P, A, E, Operations<typename P::Document>>)),
      "a projection that sets events aside writes whole documents, so that what later events write is right without "
      "them: let project() take `es::Puts<Document>&`, or declare es::OnFailure::set_aside_although_incomplete");
  return true;
}

template <class P, class E> constexpr bool ignores() {
  if constexpr (requires { typename P::ignores; })
    return P::ignores::template contains<E>;
  else
    return false;
}

template <class P, class A, class E> constexpr bool check_handled() {
  static_assert(check_operations<P, A, E>());
  static_assert(
      HandlesAny<P, A> || Handles<P, A, E> || ignores<P, E>(),
      "an event that the projection neither handles nor ignores: write `static void project(const Event&, const "
      "es::Change<Aggregate>&, es::Operations<Document>&)` for it, or list it in `using ignores = es::Ignores<...>;`");
  static_assert(
      !(Handles<P, A, E> && ignores<P, E>()),
      "an event that the projection both handles and ignores: take it out of `ignores`, or take out its project()");
  static_assert(
      !(HandlesAny<P, A> && ignores<P, E>()),
      "an event that the projection ignores, and that its handler of any event handles: take it out of `ignores`, or "
      "write a project() for each event instead of the one for any");
  static_assert(
      !(HandlesAny<P, A> && Handles<P, A, E>),
      "an event with a project() of its own besides the one for any event, which would be called instead: keep one of "
      "the two");
  return true;
}

template <class P, class E, class... A> constexpr bool check_ignored() {
  static_assert((A::events::template contains<E> || ...),
                "an event in `ignores` that no aggregate in `reads` has: take it out of `ignores`, or name its "
                "aggregate in `reads`");
  return true;
}
template <class P, class... A, class... E> constexpr bool check_ignores(const Reads<A...>*, const Ignores<E...>*) {
  return (check_ignored<P, E, A...>() && ...);
}

// Runs user code. Errors: user_exception, out_of_memory.
template <class Use> Result<void> guarded(const RecordedEvent& event, Use use) {
  try {
    use();
    return {};
  } catch (...) {
    return failure(reading_error(event, ReadingStage::evolve));
  }
}

template <class A>
Change<A> typed_change(const AnyChange& change, const Metadata& metadata, const typename Change<A>::State& before,
                       const typename Change<A>::State& after, std::size_t ordinal = 0) {
  const auto& event = change.event();
  return Change<A>{change.key(),
                   event.stream,
                   PlaceIn<A, Version>{event.version},
                   PlaceIn<A, Position>{event.position},
                   metadata,
                   change.after().created_at,
                   before,
                   after,
                   event,
                   ordinal};
}

// Of a category without state.
template <class P, class A, class... Event>
requires(!requires { typename A::State; }) Result<void> project_one(const Events<Event...>*, const AnyChange& change,
                                                                    PendingDocuments& to) {
  static_assert((check_handled<P, A, Event>() && ...));
  static constexpr WithoutState none{};
  if constexpr (HandlesAny<P, A>) {
    return guarded(change.event(), [&] {
      OperationsOf<P> operations{to};
      P::project(typed_change<A>(change, change.metadata(), none, none), operations);
    });
  } else {
    return with_events<A>(change.event(), change.schemas(), [&]<class E>(const E& event, const EventPart& part) {
      if constexpr (Handles<P, A, E>) {
        OperationsOf<P> operations{to};
        const auto metadata = part_metadata(change.metadata(), part.ordinal);
        P::project(event,
                   typed_change<A>(change, part.ordinal == 0 ? change.metadata() : metadata, none, none, part.ordinal),
                   operations);
      }
    });
  }
}

template <class P, class A, class... Event>
requires requires { typename A::State; }
Result<void> project_one(const Events<Event...>*, const AnyChange& change, PendingDocuments& to) {
  static_assert((check_handled<P, A, Event>() && ...));
  if (change.after().template as<typename A::State>() == nullptr)
    return failure(Errc::invalid_argument, "project", std::string{change.category()},
                   "the projection reads an aggregate that is not among those that the program registers");
  const auto& before = *change.before().template as<typename A::State>();
  const auto& after = *change.after().template as<typename A::State>();
  if constexpr (HandlesAny<P, A>) {
    return guarded(change.event(), [&] {
      OperationsOf<P> operations{to};
      P::project(typed_change<A>(change, change.metadata(), before, after), operations);
    });
  } else {
    const auto use = [&]<class E>(const E& event, const typename A::State& was, const typename A::State& is,
                                  const EventPart& part) requires(Handles<P, A, E>) {
      OperationsOf<P> operations{to};
      if (part.ordinal == 0)
        P::project(event, typed_change<A>(change, change.metadata(), was, is), operations);
      else
        P::project(event,
                   typed_change<A>(change, part_metadata(change.metadata(), part.ordinal), was, is, part.ordinal),
                   operations);
    };
    return with_changes<A>(change.event(), before, after, change.schemas(), use);
  }
}

template <class... E> std::vector<std::string> names_of(const Ignores<E...>*) {
  return {std::string{schema_of<E>().name}...};
}

template <class P, class... A> void read_categories(ProjectionType& type, const Reads<A...>*) {
  if constexpr (requires { typename P::ignores; })
    static_assert(
        check_ignores<P>(static_cast<const Reads<A...>*>(nullptr), static_cast<const typename P::ignores*>(nullptr)));
  if constexpr (requires { typename P::ignores; })
    type.ignored_events = names_of(static_cast<const typename P::ignores*>(nullptr));
  (type.categories.emplace_back(A::category), ...);
  (
      [&type] {
        for (const auto former : former_categories<A>()) type.former_categories.emplace_back(former);
        for (const auto* schema : schemas_of(static_cast<const typename A::events*>(nullptr)))
          type.events.push_back(schema);
      }(),
      ...);
  type.project = [](const AnyChange& change, PendingDocuments& to) {
    Result<void> result{};
    const auto category = change.category();
    (void)((is_category_of<A>(category) &&
            (result = project_one<P, A>(static_cast<const typename A::events*>(nullptr), change, to), true)) ||
           ...);
    return result;
  };
}

template <class P> void read_categories(ProjectionType& type, const Everything*) {
  static_assert(
      !requires { typename P::ignores; },
      "a projection that reads es::Everything ignores nothing: take `ignores` out, and pass over events in project()");
  static_assert(
      HandlesEverything<P> || !writes_whole_documents<P>,
      "a projection of es::Everything that sets events aside writes whole documents: write `static void project(const "
      "es::AnyChange&, es::Puts<Document>&)`, or declare es::OnFailure::set_aside_although_incomplete");
  static_assert(HandlesEverything<P>,
                "a projection that reads es::Everything has one handler: `static void project(const es::AnyChange&, "
                "es::Operations<Document>&)`");
  type.project = [](const AnyChange& change, PendingDocuments& to) -> Result<void> {
    EVENTSTORE_TRY(guarded(change.event(), [&] {
      OperationsOf<P> operations{to};
      P::project(change, operations);
    }));
    if (change.failure()) return tl::unexpected<Error>{*change.failure()};
    return {};
  };
}

}  // namespace detail

/// The collection that the projection P writes.
template <class P> CollectionShape shape_of() {
  std::vector<Index> indexes;
  if constexpr (requires { P::indexes(); }) indexes = P::indexes();
  int keep_days = 0;
  if constexpr (requires { P::keep_days; }) keep_days = P::keep_days;
  auto shape = CollectionShape::of(P::name, schema_of<typename P::Document>(), std::move(indexes), keep_days);
  if constexpr (requires { P::keep_since; }) {
    using Document = typename P::Document;
    using Time = std::remove_cvref_t<decltype(std::declval<Document&>().*P::keep_since)>;
    static_assert(
        std::is_same_v<Time, Timestamp> || std::is_same_v<Time, std::optional<Timestamp>>,
        "keep_since names a time of the document: `static constexpr auto keep_since = &Document::opened_at;`");
    constexpr auto index = field_index<P::keep_since, Document>();
    static_assert(index < Document::eventstore_facts().size(), "keep_since is not a field of the document");
    shape.keep_since = Document::eventstore_facts()[index].name;
  }
  return shape;
}

/// The type-erased form of the projection `P`:
///   static constexpr auto name = "balances";
///   struct Document { EVENTSTORE_FIELDS(Document, …); };
///   using reads = es::Reads<Account>;  using ignores = es::Ignores<Opened>;
///   static void project(const Deposited&, const es::Change<Account>&, es::Operations<Document>&);
///   static std::vector<es::Index> indexes();   // optional
///   static constexpr int keep_days = 90;       // optional
///   static constexpr auto keep_since = &Document::opened_at;  // optional; without it, created_at or timestamp
///   static constexpr bool passes_over_unknown = true;  // optional; without it, only where it reads es::Everything
///   static constexpr auto on_failure = es::OnFailure::set_aside;  // optional; without it, stop
///   static constexpr auto keyed_by = es::KeyedBy::stream;  // optional; lets a part be rebuilt: keyed_by.hpp
/// `source_hash` stands for the code of P and of what it calls: eventstore_source_hash() of the build makes it. Without
/// one, changed code goes unnoticed. Where P is made of the library's code, `static std::string_view library_hash()`
/// gives the hash of that part, which is counted too.
template <class P> ProjectionType projection(std::string_view source_hash = {}) {
  static_assert(
      requires { std::string_view{P::name}; }, "name the collection: `static constexpr auto name = \"balances\";`");
  static_assert(detail::DescribesDocuments<P>,
                "describe the documents: `struct Document { EVENTSTORE_FIELDS(Document, (type, field)...); };`");
  static_assert(
      requires { typename P::reads; }, "say what is read: `using reads = es::Reads<Aggregate>;` or es::Everything");
  ProjectionType type{shape_of<P>(), {}, {}, {}, {}};
  type.source_hash = source_hash;
  if constexpr (requires { std::string_view{P::library_hash()}; })
    type.source_hash.append(source_hash.empty() ? "" : "+").append(P::library_hash());
  if constexpr (requires { bool{P::passes_over_unknown}; })
    type.passes_over_unknown = P::passes_over_unknown;
  else
    type.passes_over_unknown = std::is_same_v<typename P::reads, Everything>;
  type.on_failure = detail::on_failure_of<P>();
  type.writes_whole_documents = detail::writes_whole_documents<P>;
  if constexpr (requires { KeyedBy{P::keyed_by}; }) type.keyed_by = P::keyed_by;
  detail::read_categories<P>(type, static_cast<const typename P::reads*>(nullptr));
  return type;
}

}  // namespace v1
}  // namespace eventstore
