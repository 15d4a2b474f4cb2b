// The questions of the contract, in the plainest way: look at every document.
#include "impl.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

using engine::memory::comes_before;
using engine::memory::Document;
using engine::memory::json_of;
using engine::memory::value_of;

// Documents in order; a cursor without an id stands after all that have its values.
class Sorter {
 public:
  static Result<Sorter> make(const CollectionShape& shape, const Order& order) {
    Sorter sorter{shape, order.descending};
    for (const auto& name : order.by) {
      EVENTSTORE_TRY_ASSIGN(sorter.fields_.emplace_back(), queried_field(shape, name));
    }
    return sorter;
  }

  [[nodiscard]] Cursor place_of(const Document& document) const {
    Cursor cursor{{}, document.id};
    for (const auto& field : fields_) cursor.values.push_back(value_of(shape_, document, field));
    return cursor;
  }
  [[nodiscard]] bool before(const Cursor& a, const Cursor& b) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (comes_before(fields_[i], a.values[i], b.values[i])) return !descending_;
      if (comes_before(fields_[i], b.values[i], a.values[i])) return descending_;
    }
    if (a.id.empty() || b.id.empty()) return b.id.empty() && !a.id.empty();
    return descending_ ? b.id < a.id : a.id < b.id;
  }

 private:
  Sorter(const CollectionShape& shape, bool descending) : shape_{shape}, descending_{descending} {}

  const CollectionShape& shape_;
  bool descending_;
  std::vector<QueriedField> fields_{};
};

void add(Sum& sum, const QueryValue& value) {
  const auto* const whole = std::get_if<std::int64_t>(&value);
  const auto* const real = std::get_if<double>(&value);
  if (whole == nullptr && real == nullptr) return;
  const double number = whole != nullptr ? static_cast<double>(*whole) : *real;
  sum.total += number;
  sum.smallest = sum.count == 0 ? number : std::min(sum.smallest, number);
  sum.largest = sum.count == 0 ? number : std::max(sum.largest, number);
  ++sum.count;
}

}  // namespace

Result<std::vector<const Document*>> MemoryCollections::Impl::matching(const CollectionShape& shape,
                                                                       std::string_view organization,
                                                                       const Conditions& where) const {
  const auto found = collections.find(shape.name);
  if (found == collections.end()) return failure(Errc::not_found, "query " + shape.name, "", "no such collection");
  std::vector<const Document*> all;
  for (const auto& [id, document] : found->second.documents)
    if (document.organization == organization && engine::memory::fulfils(shape, document, where))
      all.push_back(&document);
  return all;
}

Result<DocumentPage> MemoryCollections::find(const CollectionShape& shape, std::string_view organization,
                                             const DocumentQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(const auto documents, impl_->matching(shape, organization, query.where));
  EVENTSTORE_TRY_ASSIGN(const Sorter sorter, Sorter::make(shape, query.order));
  std::vector<std::pair<Cursor, const Document*>> places;
  for (const auto* const document : documents) {
    auto place = sorter.place_of(*document);
    if (!query.after || sorter.before(*query.after, place)) places.emplace_back(std::move(place), document);
  }
  std::sort(places.begin(), places.end(),
            [&](const auto& a, const auto& b) { return sorter.before(a.first, b.first); });
  DocumentPage page{};
  for (std::size_t i = 0; i < places.size() && i < query.limit; ++i)
    page.documents.push_back(json_of(shape, *places[i].second));
  if (places.size() > query.limit) page.next = places[query.limit - 1].first;
  return page;
}

Result<std::uint64_t> MemoryCollections::count(const CollectionShape& shape, std::string_view organization,
                                               const Conditions& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto where, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(const auto documents, impl_->matching(shape, organization, where));
  return documents.size();
}

Result<std::vector<Group>> MemoryCollections::group(const CollectionShape& shape, std::string_view organization,
                                                    const GroupQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(const auto documents, impl_->matching(shape, organization, query.where));
  std::vector<QueriedField> keys;
  std::vector<QueriedField> summed;
  for (const auto& key : query.by) {
    EVENTSTORE_TRY_ASSIGN(keys.emplace_back(), queried_field(shape, key.field));
  }
  for (const auto& name : query.of) {
    EVENTSTORE_TRY_ASSIGN(summed.emplace_back(), queried_field(shape, name));
  }
  const auto key_of = [&](const Document& document) {
    std::vector<QueryValue> key;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      key.push_back(value_of(shape, document, keys[i]));
      if (const auto* const time = std::get_if<Timestamp>(&key.back()); time != nullptr && query.by[i].period)
        key.back() = period_name(*time, *query.by[i].period);
    }
    return key;
  };
  const auto first = [&](const std::vector<QueryValue>& a, const std::vector<QueryValue>& b) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (comes_before(keys[i], a[i], b[i])) return true;
      if (comes_before(keys[i], b[i], a[i])) return false;
    }
    return false;
  };
  std::map<std::vector<QueryValue>, Group, decltype(first)> groups{first};
  for (const auto* const document : documents) {
    auto key = key_of(*document);
    if (query.after && !comes_before(keys.front(), *query.after, key.front())) continue;
    auto& group = groups.try_emplace(key, Group{key, 0, std::vector<Sum>(summed.size())}).first->second;
    ++group.documents;
    for (std::size_t i = 0; i < summed.size(); ++i) add(group.sums[i], value_of(shape, *document, summed[i]));
  }
  std::vector<Group> all;
  for (auto& [key, group] : groups) all.push_back(std::move(group));
  return all;
}

Result<std::vector<NearDocument>> MemoryCollections::near(const CollectionShape& shape, std::string_view organization,
                                                          const NearQuery& asked) {
  EVENTSTORE_TRY_ASSIGN(const auto query, checked(shape, asked));
  EVENTSTORE_TRY_ASSIGN(const auto documents, impl_->matching(shape, organization, query.where));
  EVENTSTORE_TRY_ASSIGN(const QueriedField longitude, queried_field(shape, query.field + ".longitude"));
  EVENTSTORE_TRY_ASSIGN(const QueriedField latitude, queried_field(shape, query.field + ".latitude"));
  std::vector<NearDocument> found;  // by _id, which the sort below keeps
  for (const auto* const document : documents) {
    const auto east = value_of(shape, *document, longitude);
    const auto north = value_of(shape, *document, latitude);
    if (!std::holds_alternative<double>(east) || !std::holds_alternative<double>(north)) continue;
    const double distance =
        distance_meters(query.longitude, query.latitude, std::get<double>(east), std::get<double>(north));
    if (distance <= query.radius_meters) found.push_back({json_of(shape, *document), distance});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const NearDocument& a, const NearDocument& b) { return a.distance_meters < b.distance_meters; });
  if (found.size() > query.limit) found.resize(query.limit);
  return found;
}

}  // namespace v1
}  // namespace eventstore
