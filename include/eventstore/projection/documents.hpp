#pragma once
// Questions to the documents of a projection: `es::Documents<Balances>{collections, "org-1"}.newest<…>(10)`.
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/projection/projection_type.hpp>

namespace eventstore {
inline namespace v1 {

/// One organization's documents of the projection P; the questions are in documents_of.hpp. check_live() (status.hpp)
/// says whether the documents are up to date. Lifetime: borrows the collections. Threads: as Collections.
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
