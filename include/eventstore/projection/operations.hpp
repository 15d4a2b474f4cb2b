#pragma once
// The operations of a projection on its documents.
#include <concepts>
#include <cstring>
#include <eventstore/collections/collections.hpp>
#include <eventstore/projection/contribution.hpp>
#include <eventstore/projection/detail/document_steps.hpp>
#include <eventstore/projection/detail/held_document.hpp>
#include <eventstore/projection/detail/key_places.hpp>
#include <optional>
#include <string>
#include <string_view>
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
  [[nodiscard]] const std::string& organization() const { return organization_; }

  /// The latest write of the document; null if there is none in this batch. Lifetime: until the next operation.
  DocumentWrite* last_of(std::string_view key);
  /// The document's write, which is a put or a removal now, in the place of the latest one.
  DocumentWrite& replace(DocumentWrite::Kind kind, std::string_view key);
  /// A further write of the document, after those before it.
  DocumentWrite& add(DocumentWrite::Kind kind, std::string_view key);
  /// Sets `fields` of a document that is not being put in this batch.
  void patch(std::string_view key, std::vector<DocumentWrite::FieldValue> fields);
  /// The documents of this batch whose keys no other document has.
  AppendedDocuments& appended() { return appended_; }

  [[nodiscard]] const CollectionShape& shape() const { return *shape_; }
  [[nodiscard]] std::size_t size() const { return writes_.size() + appended_.size(); }
  /// About how many bytes the documents have.
  [[nodiscard]] std::size_t bytes() const { return appended_.bytes() + writes_.size() * write_bytes_; }

  struct Taken {
    std::vector<DocumentWrite> writes;
    AppendedDocuments appended;
  };
  /// The writes, in order; nothing is pending afterwards. The next ones use the memory of `written`.
  Taken take(AppendedDocuments written = {});

 private:
  const CollectionShape* shape_;
  std::string organization_;
  std::vector<DocumentWrite> writes_;
  detail::KeyPlaces last_;  // of each key, its latest write
  AppendedDocuments appended_;
  std::size_t write_bytes_ = 1024;  // a write's document, as the last batch had them
};

namespace detail {

/// A write's document, which Operations<D> made.
template <class D> D& held_by(DocumentWrite& write) { return static_cast<Held<D>&>(*write.held).document; }

template <class Number> void append_number(Number number, Bytes& out) {
  static_assert(sizeof number == 8);
  const auto end = out.size();
  out.resize(end + sizeof number);
  std::memcpy(out.data() + end, &number, sizeof number);
}

}  // namespace detail

/// Operations on documents `D` each of which says all of its document; they take effect with the batch, all or none. A
/// document is encoded once a batch, however often it was put. Lifetime: the call.
template <class D> class Puts {
 public:
  explicit Puts(PendingDocuments& pending) : pending_{pending} {}

  /// Writes the whole document.
  void put(std::string_view key, D document) {
    hold(pending_.replace(DocumentWrite::Kind::put, key), std::move(document));
  }

  /// Writes the whole document under `change.event_key()`, which no other event has: while the collection is being
  /// built, no index is asked for the key. A second one of the same event takes the place of the first.
  template <class Change> void append(const Change& change, const D& document) {
    const auto& key = change.event_key();
    if (pending_.last_of(key) != nullptr) return put(key, document);
    pending_.appended().add(document_id(pending_.shape().name, key), key, pending_.organization(),
                            [&](Bytes& out) { encode(document, out); });
  }

  /// Removes the document, if it exists.
  void remove(std::string_view key) { pending_.replace(DocumentWrite::Kind::remove, key); }

 protected:
  static void hold(DocumentWrite& write, D document) {
    if (write.held)
      detail::held_by<D>(write) = std::move(document);
    else
      write.held = std::make_shared<detail::Held<D>>(std::move(document));
  }

  PendingDocuments& pending_;
};

/// The same, and those that change a part of a document as it is. Lifetime: the call.
template <class D> class Operations : public Puts<D> {
 public:
  using Puts<D>::Puts;
  using Puts<D>::put;

  /// Sets some fields, if the document exists and is the organization's: `to.patch<&Document::status,
  /// &Document::updated_at>(key, status, now)`.
  template <auto... Members, class... Values> void patch(std::string_view key, const Values&... values) {
    static_assert(sizeof...(Members) == sizeof...(Values), "give one value for each field that patch<> names");
    auto* const write = pending_.last_of(key);
    if (write != nullptr && write->kind == DocumentWrite::Kind::remove) return;
    if (write != nullptr && write->kind == DocumentWrite::Kind::put) {
      if (write->organization != pending_.organization()) return;
      auto& document = detail::held_by<D>(*write);
      ((document.*Members = FieldType<Members>{values}), ...);
      return;
    }
    std::vector<DocumentWrite::FieldValue> fields;
    (fields.push_back({column<Members>(), bytes_of<Members>(values)}), ...);
    pending_.patch(key, std::move(fields));
  }

  /// Sets the fields `Members` of the existing document to those of `document`; if there is none, writes `document`;
  /// if it is another organization's, does nothing. For what one aggregate knows of a document to which others add.
  template <auto... Members> void upsert(std::string_view key, D document) {
    auto* const write = pending_.last_of(key);
    if (write != nullptr && write->kind == DocumentWrite::Kind::remove) return put(key, std::move(document));
    if (write != nullptr && write->kind == DocumentWrite::Kind::put) {
      if (write->organization != pending_.organization()) return;
      auto& existing = detail::held_by<D>(*write);
      ((existing.*Members = document.*Members), ...);
      return;
    }
    std::vector<DocumentWrite::FieldValue> fields;
    (fields.push_back({column<Members>(), bytes_of<Members>(document.*Members)}), ...);
    // After an upsert or an increment the document is there.
    if (write != nullptr && write->has_document()) return pending_.patch(key, std::move(fields));
    auto& first = pending_.add(DocumentWrite::Kind::patch, key);
    first.fields = std::move(fields);
    hold(first, std::move(document));
  }

  /// Calls `how`, which takes a Document&, with the existing document; if there is none, with `initial`, or not at all
  /// where that is std::nullopt; if it is another organization's, not at all. For what is no sum: the newest of
  /// something, a list of the last ones, a mean. `how` is called when the batch is written, in the order of the events,
  /// so it holds copies of what it needs. Cost: the document is read and written once a batch.
  ///   to.change(key, Document{}, [at](Document& found) { found.last_seen = std::max(found.last_seen, at); });
  template <std::invocable<D&> How> void change(std::string_view key, std::optional<D> initial, How how) {
    auto* const write = pending_.last_of(key);
    if (write != nullptr && write->kind == DocumentWrite::Kind::put) {
      if (write->organization == pending_.organization()) how(detail::held_by<D>(*write));
      return;
    }
    if (write != nullptr && write->kind == DocumentWrite::Kind::remove) {
      if (!initial) return;
      how(*initial);
      return put(key, std::move(*initial));
    }
    if (write == nullptr || write->kind != DocumentWrite::Kind::change ||
        write->organization != pending_.organization())
      pending_.add(DocumentWrite::Kind::change, key).change = std::make_shared<detail::DocumentSteps<D>>();
    auto& steps = static_cast<detail::DocumentSteps<D>&>(*pending_.last_of(key)->change).steps;
    steps.push_back({std::move(initial), std::move(how)});
  }

  /// Moves what an aggregate adds to a shared document: the numbers that `before` has in `Members` go, and those of
  /// `after` come, of the same document or of another one. Nothing is written where they are the same.
  ///   to.contribute<&Document::orders, &Document::cents>(part_of(change.before), part_of(change.after));
  /// Each event gives what its aggregate's state added before and adds after it, so the sums are those of the present
  /// states, whatever the order of the aggregates' events. Only remove() of a document that others add to makes them
  /// wrong: what is taken off a document that is not there leaves numbers below zero.
  template <auto... Members>
  void contribute(const std::optional<Contribution<D>>& before, const std::optional<Contribution<D>>& after) {
    const bool is_same = before && after && before->key == after->key;
    if (is_same && ((before->document.*Members == after->document.*Members) && ...)) return;
    if (is_same) {
      auto difference = after->document;
      ((difference.*Members -= before->document.*Members), ...);
      return increment<Members...>(after->key, std::move(difference));
    }
    if (before) {
      auto taken = before->document;
      ((taken.*Members = -(taken.*Members)), ...);
      increment<Members...>(before->key, std::move(taken));
    }
    if (after) increment<Members...>(after->key, after->document);
  }

  /// Adds the numbers that `document` has in `Members` to the existing document; if there is none, writes `document`.
  template <auto... Members> void increment(std::string_view key, D document) {
    static_assert((Addable<FieldType<Members>> && ...), "increment adds int64_t and double fields");
    auto* const write = pending_.last_of(key);
    if (write != nullptr && write->kind == DocumentWrite::Kind::remove) return put(key, std::move(document));
    if (write != nullptr && write->kind == DocumentWrite::Kind::put)
      return add_to<Members...>(detail::held_by<D>(*write), document);
    const std::size_t columns[]{column<Members>()...};
    if (write == nullptr || !adds(*write, columns)) {
      auto& first = pending_.add(DocumentWrite::Kind::increment, key);
      first.fields.reserve(sizeof...(Members));
      for (const auto each : columns) first.fields.push_back({each, {}});
      return hold(first, std::move(document));
    }
    // Whole numbers may be added before the document is known. The order of floating-point numbers counts.
    if constexpr ((std::is_same_v<FieldType<Members>, std::int64_t> && ...))
      add_to<Members...>(detail::held_by<D>(*write), document);
    else
      (detail::append_number(document.*Members, write->further), ...);
  }

 private:
  template <auto Member> using FieldType = std::remove_cvref_t<decltype(std::declval<D&>().*Member)>;
  template <class T> static constexpr bool Addable = std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>;

  template <auto... Members> static void add_to(D& sum, const D& document) {
    ((sum.*Members += document.*Members), ...);
  }
  static bool adds(const DocumentWrite& write, std::span<const std::size_t> columns) {
    const auto is_same = [](std::size_t column, const auto& field) { return column == field.column; };
    return write.kind == DocumentWrite::Kind::increment &&
           std::equal(columns.begin(), columns.end(), write.fields.begin(), write.fields.end(), is_same);
  }
  template <auto Member> [[nodiscard]] std::size_t column() const {
    constexpr auto index = field_index<Member, D>();
    static_assert(index < D::eventstore_facts().size(), "not a field of the document");
    return pending_.shape().column(D::eventstore_facts()[index].name);
  }
  template <auto Member, class Value> static Bytes bytes_of(const Value& value) {
    const FieldType<Member> field{value};
    Bytes bytes;
    BytesOut archive{bytes};
    archive(field);
    return bytes;
  }

  using Puts<D>::hold;
  using Puts<D>::pending_;
};

}  // namespace v1
}  // namespace eventstore
