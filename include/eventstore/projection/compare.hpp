#pragma once
// Two collections of one projection, document by document.
#include <cstdint>
#include <eventstore/collections/collections.hpp>
#include <eventstore/core/timestamp.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// In how many documents a field has another value.
struct FieldDifference {
  std::string field;
  std::uint64_t documents = 0;
};

/// One difference. Values are JSON; empty: the document has none, or is not there.
struct DocumentDifference {
  std::string id;
  std::string field{};  ///< empty: the document as a whole was added or removed
  std::string before{};
  std::string after{};
};

struct Comparison {
  std::uint64_t same = 0;
  std::uint64_t added = 0;  ///< documents that only the later collection has
  std::uint64_t removed = 0;
  std::uint64_t changed = 0;
  std::vector<FieldDifference> fields{};  ///< of the changed documents, by name; `organization_id` among them
  /// The first ones of each field, of the added documents and of the removed ones, in the order of `_id`.
  std::vector<DocumentDifference> examples{};
  Position before_position{};  ///< of the log, up to which the former collection has its documents
  Position after_position{};   ///< the same as before_position, unless the former one could not be brought there

  [[nodiscard]] bool is_same() const { return added == 0 && removed == 0 && changed == 0; }
};

struct CompareOptions {
  std::size_t examples_max = 3;      ///< of each field, of the added and of the removed documents
  std::size_t page_documents = 500;  ///< that are read at once of either collection
  /// Documents of an earlier time are passed over, where the shape names a time that they live from: the next expiry
  /// removes them, and a late event may have made them in one collection only. Of those that both have alike, some may
  /// be counted.
  std::optional<Timestamp> expired_before{};
};

/// Compares the documents of the collections `before` and `after` by their ids. Fields go by their names, and are shown
/// by the types of `shape`; a field that only one of the collections has differs where it has a value there. Equal
/// means equal to the last digit: nothing is rounded. Errors: not_found, stopped (by the watch of `collections`); as
/// Collections::scan. Cost: that of Collections::differing; where that does not help, reads both once more, in the
/// order of their ids; two pages of documents are in memory.
Result<Comparison> compare_collections(Collections& collections, const CollectionShape& shape, std::string_view before,
                                       std::string_view after, const CompareOptions& options = {});

/// Compares documents of `shape` that were read before. Errors: none but those of memory.
Result<Comparison> compare_documents(const CollectionShape& shape, DifferingDocuments documents,
                                     const CompareOptions& options = {});

/// As compare_collections, where Collections::differing lists the documents that differ; absent where it does not, as
/// of a collection of which too many documents differ. `after` needs no index. Errors: as Collections::differing.
Result<std::optional<Comparison>> compare_unordered(Collections& collections, const CollectionShape& shape,
                                                    std::string_view before, std::string_view after,
                                                    const CompareOptions& options = {});

}  // namespace v1
}  // namespace eventstore
