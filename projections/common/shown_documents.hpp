#pragma once
// Collections with one document an aggregate that are not its whole state: secrets and what an aggregate keeps for
// itself are left out, and an aggregate has no document before its history has begun, or after it is deleted.
//
//   struct Users : ShownDocuments<User, UserDocument> { static constexpr auto name = "users"; };
//
// For the state there are is_shown(const State&) and document_of(const State&, DocumentPlace), beside the document's
// struct. A function that records answers with the same document, before any projection has run.
#include <eventstore/projection/projection_type.hpp>

#include <cstdint>
#include <string>

namespace domain {

/// What a document has besides the state.
struct DocumentPlace {
  std::string aggregate_id;
  std::int64_t version = 0;
  eventstore::Timestamp created_at{};
  eventstore::Timestamp updated_at{};
};

/// Derive from it, and add a name and indexes. The key of a document is that of its stream.
template <class A, class D> struct ShownDocuments {
  using Document = D;
  using reads = eventstore::Reads<A>;
  // The document is the state as this build knows it, which `state` shows too; a build that knows more remakes it.
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = eventstore::KeyedBy::stream;

  static void project(const eventstore::Change<A>& change, eventstore::Operations<Document>& to) {
    if (is_shown(change.after))
      to.put(change.key, document_of(change.after,
                                     {std::string{change.key}, static_cast<std::int64_t>(change.stored_version().value),
                                      change.opened_at, change.metadata.created_at}));
    else if (is_shown(change.before))
      to.remove(change.key);
  }
};

}  // namespace domain
