#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/stored_state.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

// Whether `snapshot` was made by the code of `type`, from the history that `log` has.
// One whose event was dropped can no longer be compared. Errors: those of the log, which then says nothing about the
// snapshot.
Result<bool> holds(const EventLog& log, const AggregateType& type, const Snapshot& snapshot) {
  if (snapshot.fingerprint != type.fingerprint || snapshot.store_id != log.store_id()) return false;
  const auto checksum = log.checksum_at(snapshot.position);
  if (!checksum && checksum.error().code != Errc::not_found && checksum.error().code != Errc::expired)
    return tl::unexpected<Error>{checksum.error()};
  return checksum && *checksum == snapshot.checksum;
}

// Null, where the bytes are no state. Errors: those of the key store.
Result<std::unique_ptr<AnyState>> state_of(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                           Snapshot snapshot) {
  auto state = type.new_state();
  Bytes memory;
  const auto bytes = opened_state(log, stream, snapshot.version, snapshot.state, memory);
  const auto code = bytes ? Errc{} : bytes.error().code;
  if (!bytes && code != Errc::corrupt_record && code != Errc::missing_key) return tl::make_unexpected(bytes.error());
  if (!bytes || !state->decode_from(*bytes)) return std::unique_ptr<AnyState>{};
  state->version = snapshot.version;
  state->position = snapshot.position;
  state->created_at = snapshot.created_at;
  state->updated_at = snapshot.updated_at;
  state->organization = std::move(snapshot.organization);
  return state;
}

}  // namespace

std::unique_ptr<AnyState> Snapshots::restore(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                             Version last) {
  if (type.fingerprint.empty()) return nullptr;
  try {
    auto restored = try_restore(log, type, stream, last);
    if (restored) return std::move(*restored);
    note(std::move(restored.error()));
  } catch (const std::bad_alloc&) {
    note({Errc::out_of_memory, "read snapshot", stream.text()});
  }
  return nullptr;
}

Result<std::unique_ptr<AnyState>> Snapshots::try_restore(const EventLog& log, const AggregateType& type,
                                                         const StreamId& stream, Version last) {
  while (last > Version{0}) {
    EVENTSTORE_TRY_ASSIGN(auto snapshot, store_.newest(stream, last));
    if (!snapshot) break;
    const auto version = snapshot->version;
    EVENTSTORE_TRY_ASSIGN(const bool is_ours, holds(log, type, *snapshot));
    std::unique_ptr<AnyState> state;
    if (is_ours) {
      EVENTSTORE_TRY_ASSIGN(state, state_of(log, type, stream, std::move(*snapshot)));
    }
    if (state != nullptr) {
      ++used_;
      return state;
    }
    ++ignored_;
    if (store_.may_write()) EVENTSTORE_TRY(store_.remove(stream, version));
    last = Version{version.value - 1};
  }
  return std::unique_ptr<AnyState>{};
}

void Snapshots::loaded(const EventLog& log, const AggregateType& type, const StreamId& stream, const AnyState& state,
                       std::uint64_t folded, std::chrono::microseconds took) {
  // A snapshot would not say which events its state is without.
  if (state.passed_over.events != 0) return;
  if (type.fingerprint.empty() || !store_.may_write() || !policy_.is_due(folded, took)) return;
  try {
    if (auto taken = take(log, type, stream, state); !taken) note(std::move(taken.error()));
  } catch (const std::bad_alloc&) {
    note({Errc::out_of_memory, "write snapshot", stream.text()});
  }
}

Result<void> Snapshots::take(const EventLog& log, const AggregateType& type, const StreamId& stream,
                             const AnyState& state) {
  EVENTSTORE_TRY_ASSIGN(const auto checksum, log.checksum_at(state.position));
  Snapshot snapshot{state.version,    state.position,   log.store_id(),   checksum,
                    type.fingerprint, state.created_at, state.updated_at, state.organization};
  EVENTSTORE_TRY_ASSIGN(snapshot.state, stored_state(log, type, stream, state));
  EVENTSTORE_TRY(store_.put(stream, snapshot));
  ++taken_;
  return {};
}

void Snapshots::note(Error error) {
  ++failed_;
  const std::lock_guard lock{mutex_};
  last_failure_ = std::move(error);
}

Snapshots::Counts Snapshots::counts() const { return {used_, ignored_, taken_, failed_}; }

std::optional<Error> Snapshots::last_failure() const {
  const std::lock_guard lock{mutex_};
  return last_failure_;
}

Result<std::unique_ptr<AnyState>> load_state(const EventLog& log, const SchemaReader& schemas,
                                             const AggregateType& type, const StreamId& stream, Version last,
                                             Snapshots* snapshots) {
  for (;;) {
    std::unique_ptr<AnyState> state;
    if (snapshots != nullptr) state = snapshots->restore(log, type, stream, last);
    if (state == nullptr) {
      EVENTSTORE_TRY_ASSIGN(state, first_state(log, schemas, type, stream, last));
    }
    const auto from = state->version;
    const auto begun = snapshots == nullptr ? Timestamp{} : snapshots->clock().now();
    auto replayed = replay(log, schemas, stream, *state, last);
    if (!replayed && replayed.error().code == Errc::expired) {
      EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(stream));
      if (kept && kept->version > from) continue;  // the events were dropped in the meantime
      return failure(without_state(std::move(replayed.error())));
    }
    EVENTSTORE_TRY(std::move(replayed));
    if (snapshots != nullptr && last == no_version_limit)
      snapshots->loaded(log, type, stream, *state, state->version.value - from.value,
                        std::chrono::microseconds{snapshots->clock().now().micros - begun.micros});
    return state;
  }
}

}  // namespace v1
}  // namespace eventstore
