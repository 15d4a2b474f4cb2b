#pragma once
// Private to the engine in memory: the members of a MemoryCollections.
#include "document.hpp"

#include <eventstore/collections/memory/memory_collections.hpp>
#include <map>

namespace eventstore {
inline namespace v1 {

struct MemoryCollections::Impl {
  struct Collection {
    CollectionShape shape;
    Checkpoint checkpoint;
    std::map<std::string, engine::memory::Document> documents;  // by _id
    std::optional<Timestamp> expired_before{};
    std::map<Position, SetAsideEvent> set_aside{};
    std::optional<Pace> pace{};
    Position first{1};                // that was counted
    std::vector<TypeCount> folded{};  // since then
  };
  std::map<std::string, Collection, std::less<>> collections{};
  std::map<std::string, Trouble, std::less<>> troubles{};

  /// The organization's documents that fulfil the checked conditions, by _id. Errors: not_found.
  Result<std::vector<const engine::memory::Document*>> matching(const CollectionShape& shape,
                                                                std::string_view organization,
                                                                const Conditions& where) const;
};

}  // namespace v1
}  // namespace eventstore
