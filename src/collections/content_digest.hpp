#pragma once
// Private to collections: the digest of a collection's documents, piece by piece, as every engine makes it
// (docs/reference/collections.md, "Digest").
#include <eventstore/collections/collections.hpp>
#include <eventstore/core/bytes.hpp>
#include <eventstore/schema/json_document.hpp>

namespace eventstore::engine {

/// Makes the digests of pieces one after the other. A document is one piece: begin_document(), its values in the order
/// of their fields' names, end_document(). Each entry of a map that is a field of its own is another piece, because
/// engines store large maps in parts. Threads: one at a time. Its functions throw std::bad_alloc.
class ContentDigest {
 public:
  void begin_document(std::string_view id, std::string_view organization);
  // A field's value, where it has one: as whole numbers, floating-point numbers, text (times, ids, enumerators, and
  // lists and records as JSON) or bytes.
  void integer(std::string_view field, std::int64_t value);
  void real(std::string_view field, double value);
  void text(std::string_view field, std::string_view value);
  void bytes(std::string_view field, std::string_view value);
  [[nodiscard]] Digest128 end_document() const { return hash(); }

  /// An entry of a map, its value as JSON.
  [[nodiscard]] Digest128 entry(std::string_view id, std::string_view field, std::string_view key,
                                std::string_view json);
  /// The sum of the entries of a map that stands in one text. A text that is no JSON object is a piece by itself.
  [[nodiscard]] Digest128 map(std::string_view id, std::string_view field, std::string_view json);

 private:
  void number(std::uint64_t value, std::size_t octets);
  void sized(std::string_view text);
  [[nodiscard]] Digest128 hash() const;

  std::string piece_;
  std::string value_;
  JsonDocument parser_;
};

/// The certificate of a collection at `checkpoint` that began before `first`, without events and digest.
Certificate certificate_of(const Checkpoint& checkpoint, Position first);

/// Whether the entries of the column's maps are pieces of their own.
bool has_entries(const Column& column);

/// The columns of the shape in the order of their names.
std::vector<std::size_t> columns_by_name(const CollectionShape& shape);

/// The digest of one document that stands in typed bytes, one for each column of the shape (detail::DocumentColumns).
/// `by_name` is columns_by_name(). Errors: corrupt_record.
Result<Digest128> digest_of(ContentDigest& digest, const CollectionShape& shape,
                            const std::vector<std::size_t>& by_name, std::string_view id, std::string_view organization,
                            const std::vector<Bytes>& columns);

}  // namespace eventstore::engine
