#pragma once
// Collections with one document an aggregate: its present state, and where in its stream that is.
//
//   es::documents<Account>("accounts", es::index_on({"owner"}))
//
// or, where the documents are asked as es::Documents<Accounts>, as a struct:
//
//   struct Accounts : es::AggregateDocuments<Account> {
//     static constexpr auto name = "accounts";
//     static std::vector<es::Index> indexes() { return {es::index_on({"owner"})}; }
//   };
#include <concepts>
#include <eventstore/projection/projection_type.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// The document of an aggregate with the state `State`, whose fields are columns. `aggregate_id`, the key of the
/// stream, joins it with `events` and, as resource_id, with `audit_logs`. A state that has a field of one of the other
/// four names does not compile: such an aggregate needs a projection of its own.
template <class State> struct AggregateDocument {
  EVENTSTORE_FIELDS(AggregateDocument, (std::string, aggregate_id), (State, state, , flattened),
                    (std::int64_t, version), (Timestamp, created_at), (Timestamp, updated_at));
};

namespace detail {

std::string_view aggregate_documents_hash();

}  // namespace detail

/// A projection of the aggregate `A` that lacks a name, and may get indexes: derive from it. The key of a document is
/// that of its stream.
template <class A> struct AggregateDocuments {
  using Document = AggregateDocument<typename A::State>;
  using reads = Reads<A>;
  // The document is the state as this build knows it, which `state` shows too; a build that knows more remakes it.
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = KeyedBy::stream;

  static void project(const Change<A>& change, Operations<Document>& to) {
    to.put(change.key, {.aggregate_id = std::string{change.key},
                        .state = change.after,
                        .version = static_cast<std::int64_t>(change.stored_version().value),
                        .created_at = change.opened_at,
                        .updated_at = change.metadata.created_at});
  }
  /// The hash of the library's code of this projection: es::projection() counts it.
  static std::string_view library_hash() { return detail::aggregate_documents_hash(); }
};

namespace detail {

// Its shape is made once the name is known.
template <class A> struct UnnamedDocuments : AggregateDocuments<A> { static constexpr auto name = ""; };

}  // namespace detail

/// The collection `name` of the present states of all aggregates `A`, for a program's list of projections. Indexes may
/// name fields of the state. The documents are kept for ever. Cost: one document a changed aggregate and batch.
template <class A, std::same_as<Index>... Indexes>
[[nodiscard]] ProjectionType documents(std::string name, Indexes... indexes) {
  using Unnamed = detail::UnnamedDocuments<A>;
  auto type = projection<Unnamed>();
  type.shape =
      CollectionShape::of(std::move(name), schema_of<typename Unnamed::Document>(), {std::move(indexes)...}, 0);
  return type;
}

}  // namespace v1
}  // namespace eventstore
