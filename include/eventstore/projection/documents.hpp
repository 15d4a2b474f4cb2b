#pragma once
// The documents of a projection, to be asked: `es::Documents<Balances>{collections, "org-1"}.newest<…>(10)`.
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/projection/projection_type.hpp>

namespace eventstore {
inline namespace v1 {

/// One organization's documents of the projection P; what can be asked: documents_of.hpp. Whether they may be believed,
/// check_live() says (status.hpp). Lifetime: borrows the collections. Threads: as Collections.
template <class P> class Documents : public DocumentsOf<typename P::Document> {
 public:
  Documents(Collections& collections, std::string organization)
      : DocumentsOf<typename P::Document>{collections, shape(), std::move(organization)} {}

 private:
  static const CollectionShape& shape() {
    static const CollectionShape made = shape_of<P>();
    return made;
  }
};

}  // namespace v1
}  // namespace eventstore
