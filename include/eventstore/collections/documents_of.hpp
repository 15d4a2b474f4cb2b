#pragma once
// Questions in C++ to one organization's documents, which a struct describes:
//
//   const es::DocumentsOf<Document> to{collections, shape, "org-1"};
//   to.where<&Document::status>("open").newest(10);                    // a Page of Document
//   to.where<&Document::package, &Package::fragile>(true).count();     // a path into a nested record
//   to.where_at_least<&Document::cents>(100).newest<&Document::opened_at>(50, cursor);
//   to.sums_by<es::Period::day, &Document::created_at, &Document::cents>();
#include <eventstore/collections/collections.hpp>
#include <eventstore/collections/detail/field_path.hpp>
#include <eventstore/schema/codec.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A part of a list. `next_cursor` asks for the next part, and is empty if there is none.
template <class T> struct PageOf {
  std::vector<T> documents{};
  std::string next_cursor{};
};

template <class D> struct FoundNear {
  D document{};
  double distance_meters = 0;
};

/// Sums of one field over a period or another group.
struct NamedSum {
  std::string name;  ///< the period's, or the value that the documents have in common
  std::uint64_t documents = 0;
  Sum sum{};
};

/// The documents of one organization that fulfil some conditions; each `where` gives a narrower choice. `D` describes
/// the collection's documents, or some of their fields.
/// Errors of all questions: as those of Collections; invalid_argument for a cursor of another list.
/// Lifetime: borrows collections and shape. Threads: as Collections.
template <Described D> class DocumentsOf {
 public:
  DocumentsOf(Collections& collections, const CollectionShape& shape, std::string organization)
      : collections_{&collections}, shape_{&shape}, organization_{std::move(organization)} {}

  /// Keeps documents whose field is `value`; an optional field must have this value.
  template <auto... Path> [[nodiscard]] DocumentsOf where(const detail::FieldValue<Path...>& value) const {
    return with<Path...>(Condition::Kind::equal, {detail::query_value(value)});
  }
  template <auto... Path>
  [[nodiscard]] DocumentsOf where_any_of(const std::vector<detail::FieldValue<Path...>>& values) const {
    std::vector<QueryValue> all;
    for (const auto& value : values) all.push_back(detail::query_value(value));
    return with<Path...>(Condition::Kind::any_of, std::move(all));
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_less(const detail::FieldValue<Path...>& value) const {
    return with<Path...>(Condition::Kind::less, {detail::query_value(value)});
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_at_most(const detail::FieldValue<Path...>& value) const {
    return with<Path...>(Condition::Kind::at_most, {detail::query_value(value)});
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_greater(const detail::FieldValue<Path...>& value) const {
    return with<Path...>(Condition::Kind::greater, {detail::query_value(value)});
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_at_least(const detail::FieldValue<Path...>& value) const {
    return with<Path...>(Condition::Kind::at_least, {detail::query_value(value)});
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_empty() const {
    return with<Path...>(Condition::Kind::empty, {});
  }
  template <auto... Path> [[nodiscard]] DocumentsOf where_not_empty() const {
    return with<Path...>(Condition::Kind::not_empty, {});
  }
  /// Keeps documents whose list has `value` as an element.
  template <auto... Path> [[nodiscard]] DocumentsOf where_contains(const detail::ElementOf<Path...>& value) const {
    return with<Path...>(Condition::Kind::contains, {detail::query_value(value)});
  }
  /// Keeps documents whose text fulfils `search` (text_search.hpp). The field needs a full_text index.
  template <auto... Path> [[nodiscard]] DocumentsOf where_words(std::string search) const {
    return with<Path...>(Condition::Kind::words, {QueryValue{std::move(search)}});
  }
  /// Keeps documents that fulfil a condition of the contract, which names its field by a text.
  [[nodiscard]] DocumentsOf where(Condition condition) const {
    auto narrower = *this;
    narrower.conditions_.push_back(std::move(condition));
    return narrower;
  }

  /// The `limit` newest documents, by `Fields`, or without these by created_at (or timestamp) and position, if the
  /// documents have it.
  template <auto... Fields> Result<PageOf<D>> newest(std::size_t limit, std::string_view cursor = {}) const {
    return typed(page(order<Fields...>(true), limit, cursor));
  }
  template <auto... Fields> Result<PageOf<D>> oldest(std::size_t limit, std::string_view cursor = {}) const {
    return typed(page(order<Fields...>(false), limit, cursor));
  }
  /// The same as JSON, with _id and organization_id, and all fields of the collection.
  template <auto... Fields>
  Result<PageOf<std::string>> newest_json(std::size_t limit, std::string_view cursor = {}) const {
    return page(order<Fields...>(true), limit, cursor);
  }
  template <auto... Fields>
  Result<PageOf<std::string>> oldest_json(std::size_t limit, std::string_view cursor = {}) const {
    return page(order<Fields...>(false), limit, cursor);
  }
  /// The order of `Fields`, newest first, and the documents after a place in an order: for lists that make their own
  /// cursors.
  template <auto... Fields> [[nodiscard]] Order newest_by() const { return order<Fields...>(true); }
  Result<DocumentPage> find(Order order, std::optional<Cursor> after, std::size_t limit) const {
    return collections_->find(*shape_, organization_, {conditions_, std::move(order), std::move(after), limit});
  }

  /// The document that has `key` in its projection.
  Result<std::optional<D>> get(std::string_view key) const {
    const auto id = document_id(shape_->name, key).to_string();
    auto found = typed(where(Condition{"_id", Condition::Kind::equal, {id}}).page({}, 1, {}));
    if (!found) return failure_of(found);
    return found->documents.empty() ? std::optional<D>{} : std::optional<D>{std::move(found->documents.front())};
  }

  Result<std::uint64_t> count() const { return collections_->count(*shape_, organization_, conditions_); }

  /// The number of documents with each value of a field, in the order of the values.
  template <auto... Path> Result<std::vector<NamedSum>> count_by() const {
    return named(group({detail::path_name<D, Path...>()}, {}));
  }
  /// Sums of `Of` for each period of the time field `Time` that has documents, oldest first.
  template <Period period, auto Time, auto Of> Result<std::vector<NamedSum>> sums_by() const {
    static_assert(std::is_same_v<detail::FieldValue<Time>, Timestamp>, "periods need a field that is a Timestamp");
    static_assert(detail::is_number<detail::FieldValue<Of>>, "sums need a field that is a number");
    return named(group({detail::path_name<D, Time>(), period}, {detail::path_name<D, Of>()}));
  }
  /// Sums of `Of` for each value of the field `By`.
  template <auto By, auto Of> Result<std::vector<NamedSum>> sums_by_value() const {
    static_assert(detail::is_number<detail::FieldValue<Of>>, "sums need a field that is a number");
    return named(group({detail::path_name<D, By>()}, {detail::path_name<D, Of>()}));
  }

  /// Sums of several fields by a key; only groups after `after`, if it is given.
  template <auto... Of> Result<std::vector<Group>> sums(GroupKey key, std::optional<std::string> after = {}) const {
    static_assert((detail::is_number<detail::FieldValue<Of>> && ...), "sums need fields that are numbers");
    GroupQuery query{conditions_, {std::move(key)}, {detail::path_name<D, Of>()...}, {}};
    if (after) query.after = std::move(*after);
    return collections_->group(*shape_, organization_, query);
  }

  /// The documents nearest to a point, within `radius_meters`. The field needs a location index.
  template <auto Field>
  Result<std::vector<FoundNear<D>>> near(double longitude, double latitude, double radius_meters,
                                         std::size_t limit) const {
    EVENTSTORE_TRY_ASSIGN(const auto found, collections_->near(*shape_, organization_,
                                                               {detail::path_name<D, Field>(), longitude, latitude,
                                                                radius_meters, conditions_, limit}));
    std::vector<FoundNear<D>> documents;
    for (const auto& each : found) {
      EVENTSTORE_TRY_ASSIGN(D document, read(each.document));
      documents.push_back({std::move(document), each.distance_meters});
    }
    return documents;
  }

 private:
  template <auto... Path> DocumentsOf with(Condition::Kind kind, std::vector<QueryValue> values) const {
    return where(Condition{detail::path_name<D, Path...>(), kind, std::move(values)});
  }
  template <auto... Fields> Order order(bool descending) const {
    if constexpr (sizeof...(Fields) == 0) {
      static_assert(detail::has_default_order<D>(),
                    "name the fields of the order, newest<&Document::opened_at>(10): the documents have neither "
                    "created_at nor timestamp");
      return detail::default_order(*shape_, descending);
    } else {
      return {{detail::path_name<D, Fields>()...}, descending};
    }
  }
  Result<PageOf<std::string>> page(Order order, std::size_t limit, std::string_view cursor) const {
    DocumentQuery query{conditions_, std::move(order), {}, limit};
    if (!cursor.empty()) {
      EVENTSTORE_TRY_ASSIGN(query.after, Cursor::parse(cursor));
    }
    EVENTSTORE_TRY_ASSIGN(DocumentPage found, collections_->find(*shape_, organization_, query));
    return PageOf<std::string>{std::move(found.documents), found.next ? found.next->text() : std::string{}};
  }
  Result<std::vector<Group>> group(GroupKey key, std::vector<std::string> of) const {
    return collections_->group(*shape_, organization_, {conditions_, {std::move(key)}, std::move(of), {}});
  }

  static Result<std::vector<NamedSum>> named(Result<std::vector<Group>> groups) {
    if (!groups) return failure_of(groups);
    std::vector<NamedSum> all;
    for (auto& each : *groups)
      all.push_back({detail::name_of(each.key.front()), each.documents, each.sums.empty() ? Sum{} : each.sums.front()});
    return all;
  }
  static Result<D> read(const std::string& json) {
    EVENTSTORE_TRY_ASSIGN(const Bytes bytes, json_to_bytes(schema_of<D>().type, json, stored_json));
    return decode<D>(bytes);
  }
  static Result<PageOf<D>> typed(Result<PageOf<std::string>> found) {
    if (!found) return failure_of(found);
    PageOf<D> page{{}, std::move(found->next_cursor)};
    for (const auto& json : found->documents) {
      EVENTSTORE_TRY_ASSIGN(D document, read(json));
      page.documents.push_back(std::move(document));
    }
    return page;
  }

  Collections* collections_;
  const CollectionShape* shape_;
  std::string organization_;
  Conditions conditions_{};
};

}  // namespace v1
}  // namespace eventstore
