#pragma once
// The operations of a projection on its documents.
#include <eventstore/collections/collections.hpp>
#include <eventstore/schema/codec.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The operations of a batch on one collection, combined into one for each document where possible.
class PendingDocuments {
 public:
  /// `shape` outlives this.
  explicit PendingDocuments(const CollectionShape& shape) : shape_{&shape} {}

  /// The organization of the documents that the next operations write.
  void set_organization(std::string_view organization) { organization_ = organization; }

  void put(std::string_view key, Bytes document);
  void remove(std::string_view key);
  void patch(std::string_view key, std::vector<DocumentWrite::FieldValue> fields);
  /// Adds the numbers that `document` has in `columns` to the existing document; if there is none, writes `document`.
  void increment(std::string_view key, Bytes document, const std::vector<std::size_t>& columns);

  [[nodiscard]] const CollectionShape& shape() const { return *shape_; }
  [[nodiscard]] std::size_t size() const { return writes_.size(); }
  /// The writes, in order; nothing is pending afterwards.
  std::vector<DocumentWrite> take();

 private:
  DocumentWrite* last_of(std::string_view key);
  DocumentWrite& add(DocumentWrite::Kind kind, std::string_view key);

  const CollectionShape* shape_;
  std::string organization_;
  std::vector<DocumentWrite> writes_;
  std::unordered_map<std::string, std::size_t> last_;  // by key: the latest write of that document
};

/// Typed operations on documents `D`; they take effect with the batch, all or none. Lifetime: the call.
template <class D> class Operations {
 public:
  explicit Operations(PendingDocuments& pending) : pending_{pending} {}

  /// Writes the whole document.
  void put(std::string_view key, const D& document) { pending_.put(key, encode(document)); }

  /// Removes the document, if it exists.
  void remove(std::string_view key) { pending_.remove(key); }

  /// Sets some fields, if the document exists: `to.patch<&Document::status, &Document::updated_at>(key, status, now)`.
  template <auto... Members, class... Values> void patch(std::string_view key, const Values&... values) {
    static_assert(sizeof...(Members) == sizeof...(Values), "give one value for each field that patch<> names");
    std::vector<DocumentWrite::FieldValue> fields;
    (fields.push_back({column<Members>(), bytes_of<Members>(values)}), ...);
    pending_.patch(key, std::move(fields));
  }

  /// Adds the numbers that `document` has in `Members` to the existing document; if there is none, writes `document`.
  template <auto... Members> void increment(std::string_view key, const D& document) {
    static_assert((Addable<std::remove_cvref_t<decltype(document.*Members)>> && ...),
                  "increment adds int64_t and double fields");
    pending_.increment(key, encode(document), {column<Members>()...});
  }

 private:
  template <class T> static constexpr bool Addable = std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>;

  template <auto Member> [[nodiscard]] std::size_t column() const {
    constexpr auto index = field_index<Member, D>();
    static_assert(index < D::eventstore_facts().size(), "not a field of the document");
    return pending_.shape().column(D::eventstore_facts()[index].name);
  }
  template <auto Member, class Value> static Bytes bytes_of(const Value& value) {
    using FieldType = std::remove_cvref_t<decltype(std::declval<D&>().*Member)>;
    const FieldType field{value};
    Bytes bytes;
    BytesOut archive{bytes};
    archive(field);
    return bytes;
  }

  PendingDocuments& pending_;
};

}  // namespace v1
}  // namespace eventstore
