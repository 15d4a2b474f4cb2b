#include <eventstore/collections/target_collections.hpp>

#include <eventstore/schema/codec.hpp>

#include "target_state.hpp"
#include "target_writer.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

using engine::target::CollectionState;
using engine::target::State;

struct TargetCollections::Impl {
  DocumentTarget& target;
  WorkWatch watch{};

  Result<State> read() const;
  Result<void> write(const State& state) const { return target.write_state(to_json(state)); }
  // Removes what is of no use any more.
  Result<void> clear(State& state) const;
  static std::string next_location(State& state, std::string_view name);
  static void abandon(State& state, std::string_view name);
};

namespace {

tl::unexpected<Error> not_found(std::string during, std::string_view name) {
  return failure(Errc::not_found, std::move(during), std::string{name}, "no such collection");
}

tl::unexpected<Error> cannot(std::string during, const std::string& name, const std::string& detail) {
  return failure(Errc::invalid_argument, std::move(during), name, detail);
}

constexpr const char* no_questions = "the collection stands in a place of the program's own: ask that place";

// A batch that was begun is made again as it was; another one gets a number of its own.
Result<void> begin(CollectionState& state, const CollectionBatch& batch) {
  if (state.position != batch.from.value)
    return failure(Errc::locked, "commit batch", batch.name, "another worker has moved this collection's checkpoint");
  if (!batch.to.fingerprint.empty() && state.fingerprint != batch.to.fingerprint)
    return failure(Errc::locked, "commit batch", batch.name, "other code has made the collection anew");
  if (state.begun && *state.begun != batch.to.position.value)
    return cannot("commit batch", batch.name,
                  "a batch up to position " + std::to_string(*state.begun) + " was begun, and this one ends at " +
                      std::to_string(batch.to.position.value) + ": rebuild the collection");
  if (state.begun) return {};
  // One that ends where it begins is not made again: who asked for it asks again.
  if (batch.to.position != batch.from) state.begun = batch.to.position.value;
  ++state.batch;
  return {};
}

}  // namespace

Result<State> TargetCollections::Impl::read() const {
  EVENTSTORE_TRY_ASSIGN(const auto text, target.read_state());
  if (!text) return State{};
  auto state = from_json<State>(*text);
  if (!state)
    return failure(Errc::corrupt_record, "read state of collections", "",
                   "the target's state cannot be read (" + state.error().message() +
                       "): remove it with all documents, and the next run makes them again");
  return state;
}

Result<void> TargetCollections::Impl::clear(State& state) const {
  if (state.abandoned.empty()) return {};
  for (const auto& location : state.abandoned) EVENTSTORE_TRY(target.drop(location));
  state.abandoned.clear();
  return write(state);
}

std::string TargetCollections::Impl::next_location(State& state, std::string_view name) {
  return std::string{name} + "-" + std::to_string(++state.locations);
}

void TargetCollections::Impl::abandon(State& state, std::string_view name) {
  const auto found = state.collections.find(std::string{name});
  if (found == state.collections.end()) return;
  state.abandoned.push_back(found->second.location);
  state.collections.erase(found);
}

TargetCollections::TargetCollections(DocumentTarget& target) : impl_{new Impl{target}} {}
TargetCollections::~TargetCollections() = default;

Result<std::optional<std::string>> TargetCollections::location(std::string_view collection) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.collections.find(std::string{collection});
  return found == state.collections.end() ? std::optional<std::string>{} : std::optional{found->second.location};
}

Result<std::optional<Checkpoint>> TargetCollections::checkpoint(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.collections.find(std::string{name});
  return found == state.collections.end() ? std::optional<Checkpoint>{} : std::optional{checkpoint_of(found->second)};
}

Result<std::vector<std::string>> TargetCollections::names() {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  std::vector<std::string> names;
  for (const auto& [name, collection] : state.collections) names.push_back(name);
  return names;
}

Result<void> TargetCollections::create(const CollectionShape&, std::string_view name, const Checkpoint& start) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  Impl::abandon(state, name);
  CollectionState made{};
  set_checkpoint(made, start);
  made.location = Impl::next_location(state, name);
  made.fingerprint = start.fingerprint;
  made.building = true;
  made.folded = engine::target::Folded{start.position.next().value, start.position.value, {}};
  state.collections.emplace(name, std::move(made));
  EVENTSTORE_TRY(impl_->write(state));
  return impl_->clear(state);
}

void TargetCollections::watch(WorkWatch watch) { impl_->watch = std::move(watch); }

Result<void> TargetCollections::commit(std::span<const CollectionBatch> batches) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  for (const auto& batch : batches) {
    const auto found = state.collections.find(batch.name);
    if (found == state.collections.end()) return not_found("commit batch", batch.name);
    EVENTSTORE_TRY(begin(found->second, batch));
  }
  EVENTSTORE_TRY(impl_->write(state));
  for (const auto& batch : batches) {
    if (impl_->watch.is_stopped && impl_->watch.is_stopped())
      return failure(Errc::stopped, "commit batch", batch.name, "stopped within a batch, which the next run completes");
    auto& collection = state.collections[batch.name];
    EVENTSTORE_TRY(engine::target::write_documents(impl_->target, collection.location, batch, collection.batch));
    set_checkpoint(collection, batch.to);
    note(collection, batch);
    collection.begun.reset();
  }
  return impl_->write(state);
}

Result<void> TargetCollections::finish(const CollectionShape&, std::string_view name, Position at) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  const auto found = state.collections.find(std::string{name});
  if (found == state.collections.end() || found->second.position != at.value)
    return failure(Errc::locked, "finish collection", std::string{name},
                   "another worker has moved this collection's checkpoint");
  if (!found->second.building) return {};
  found->second.building = false;
  return impl_->write(state);
}

Result<void> TargetCollections::replace(const CollectionShape& shape, std::string_view replacement) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  const auto found = state.collections.find(std::string{replacement});
  if (found == state.collections.end()) return not_found("replace collection", replacement);
  auto collection = std::move(found->second);
  state.collections.erase(found);
  const auto kept = kept_name(shape.name);
  Impl::abandon(state, kept);
  if (const auto live = state.collections.find(shape.name); live != state.collections.end())
    state.collections.emplace(kept, std::move(live->second));
  collection.building = false;
  state.collections.insert_or_assign(shape.name, std::move(collection));
  EVENTSTORE_TRY(impl_->write(state));
  return impl_->clear(state);
}

Result<void> TargetCollections::roll_back(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  const auto kept = state.collections.find(kept_name(name));
  if (kept == state.collections.end())
    return failure(Errc::not_found, "roll back", std::string{name},
                   "no collection is kept: the last rebuild replaced none, or a later one has begun");
  if (const auto live = state.collections.find(std::string{name}); live != state.collections.end()) {
    std::swap(live->second, kept->second);
  } else {
    auto collection = std::move(kept->second);
    state.collections.erase(kept);
    state.collections.emplace(name, std::move(collection));
  }
  return impl_->write(state);
}

Result<ScannedPage> TargetCollections::scan(const CollectionShape&, std::string_view name, std::string_view,
                                            std::size_t) {
  return cannot("scan collection", std::string{name}, no_questions);
}

Result<void> TargetCollections::hold_snapshot() { return {}; }
void TargetCollections::release_snapshot() {}

// The target's room is its own affair.
Result<RoomNeeded> TargetCollections::room_for_rebuild(std::string_view) { return RoomNeeded{}; }

Result<void> TargetCollections::copy(const CollectionShape& shape, std::string_view, std::string_view,
                                     const Checkpoint&) {
  return cannot("copy collection", shape.name, "documents of dropped events cannot be carried over in a target");
}

Result<void> TargetCollections::drop(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  Impl::abandon(state, name);
  if (state.abandoned.empty()) return {};
  EVENTSTORE_TRY(impl_->write(state));
  return impl_->clear(state);
}

Result<void> TargetCollections::note_trouble(std::string_view name, const std::optional<Trouble>& trouble) {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  if (trouble)
    state.troubles.insert_or_assign(std::string{name}, engine::target::noted(*trouble));
  else if (state.troubles.erase(std::string{name}) == 0)
    return {};
  return impl_->write(state);
}

Result<std::optional<Trouble>> TargetCollections::trouble(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.troubles.find(std::string{name});
  return found == state.troubles.end() ? std::optional<Trouble>{} : std::optional{trouble_of(found->second)};
}

Result<std::vector<SetAsideEvent>> TargetCollections::set_aside(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.collections.find(std::string{name});
  return found == state.collections.end() ? std::vector<SetAsideEvent>{} : set_aside_events(found->second);
}

Result<Certificate> TargetCollections::certificate(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.collections.find(std::string{name});
  if (found == state.collections.end()) return not_found("read certificate", name);
  return engine::target::certificate_of(found->second);
}

Result<Digest128> TargetCollections::compute_digest(const CollectionShape&, std::string_view name) {
  return cannot("make digest", std::string{name}, no_questions);
}

Result<Digest128> TargetCollections::keep_digest(const CollectionShape&, std::string_view name) {
  return cannot("make digest", std::string{name}, no_questions);
}

Result<std::optional<Pace>> TargetCollections::pace(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto state, impl_->read());
  const auto found = state.collections.find(std::string{name});
  if (found == state.collections.end() || !found->second.pace) return std::optional<Pace>{};
  return std::optional{Pace{found->second.pace->events_per_second, found->second.pace->noted_at}};
}

Result<void> TargetCollections::sync() { return {}; }

Result<void> TargetCollections::purge() {
  EVENTSTORE_TRY_ASSIGN(auto state, impl_->read());
  EVENTSTORE_TRY(impl_->clear(state));
  return impl_->target.purge();
}

Result<std::uint64_t> TargetCollections::count(std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto found, location(name));
  if (!found) return not_found("count documents", name);
  return impl_->target.count(*found);
}

Result<CollectionSize> TargetCollections::size(std::string_view name) {
  return cannot("measure collection", std::string{name}, no_questions);
}

Result<std::uint64_t> TargetCollections::expire(const CollectionShape&, std::string_view name, Timestamp, std::size_t) {
  return cannot("expire documents", std::string{name}, no_questions);
}

Result<std::optional<Timestamp>> TargetCollections::expired_before(std::string_view) {
  return std::optional<Timestamp>{};
}

Result<DocumentPage> TargetCollections::find(const CollectionShape& shape, std::string_view, const DocumentQuery&) {
  return cannot("find documents", shape.name, no_questions);
}

Result<std::uint64_t> TargetCollections::count(const CollectionShape& shape, std::string_view, const Conditions&) {
  return cannot("count documents", shape.name, no_questions);
}

Result<std::vector<Group>> TargetCollections::group(const CollectionShape& shape, std::string_view, const GroupQuery&) {
  return cannot("group documents", shape.name, no_questions);
}

Result<std::vector<NearDocument>> TargetCollections::near(const CollectionShape& shape, std::string_view,
                                                          const NearQuery&) {
  return cannot("find near documents", shape.name, no_questions);
}

}  // namespace v1
}  // namespace eventstore
