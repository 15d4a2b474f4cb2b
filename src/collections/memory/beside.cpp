// Collections beside the live ones: those that replace them, and those that were replaced.
#include "impl.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

Result<void> MemoryCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  const auto found = impl_->collections.find(replacement);
  if (found == impl_->collections.end())
    return failure(Errc::not_found, "replace collection", std::string{replacement}, "no such collection");
  const auto live = impl_->collections.find(shape.name);
  const auto expired = live == impl_->collections.end() ? std::nullopt : live->second.expired_before;
  if (expired && shape.keep_since_column())
    EVENTSTORE_TRY(expire(shape, replacement, *expired, found->second.documents.size() + 1));
  auto collection = std::move(found->second);
  impl_->collections.erase(found);
  collection.checkpoint.building = false;
  if (live != impl_->collections.end()) impl_->collections[kept_name(shape.name)] = std::move(live->second);
  impl_->collections[shape.name] = std::move(collection);
  return {};
}

Result<void> MemoryCollections::roll_back(std::string_view name) {
  const auto kept = impl_->collections.find(kept_name(name));
  if (kept == impl_->collections.end())
    return failure(Errc::not_found, "roll back", std::string{name},
                   "no collection is kept: the last rebuild replaced none, or a later one has begun");
  if (const auto live = impl_->collections.find(name); live != impl_->collections.end()) {
    std::swap(live->second, kept->second);
    // What has expired since goes at the next expiry. Nothing is before any time.
    live->second.expired_before = std::max(live->second.expired_before, kept->second.expired_before);
    return {};
  }
  auto collection = std::move(kept->second);
  impl_->collections.erase(kept);
  impl_->collections.insert_or_assign(std::string{name}, std::move(collection));
  return {};
}

Result<ScannedPage> MemoryCollections::scan(const CollectionShape&, std::string_view name, std::string_view after,
                                            std::size_t limit) {
  const auto found = impl_->collections.find(name);
  if (found == impl_->collections.end())
    return failure(Errc::not_found, "scan collection", std::string{name}, "no such collection");
  const auto& shape = found->second.shape;
  const auto& documents = found->second.documents;
  Result<ScannedPage> scanned{ScannedPage{}};
  for (const auto& column : shape.columns) scanned->fields.push_back(column.name);
  for (auto at = documents.upper_bound(std::string{after}); at != documents.end(); ++at) {
    if (scanned->documents.size() == limit) break;
    const auto& document = at->second;
    auto& into = scanned->documents.emplace_back(ScannedPage::Document{document.id, document.organization, {}});
    for (std::size_t i = 0; i < shape.columns.size(); ++i)
      into.values.push_back(engine::memory::json_of(shape.columns[i], document.columns[i]));
  }
  return scanned;
}

// Threads: one at a time, so nobody else changes anything.
Result<void> MemoryCollections::hold_snapshot() { return {}; }
void MemoryCollections::release_snapshot() {}

// Memory has no disk that could be full.
Result<RoomNeeded> MemoryCollections::room_for_rebuild(std::string_view) { return RoomNeeded{}; }

}  // namespace v1
}  // namespace eventstore
