#include "keep_states.hpp"

#include <algorithm>

#include "../evidence/expired_seals.hpp"

namespace eventstore::engine {
namespace {

using format::StateHeader;

// All time: whether some event is later is not known.
constexpr std::int64_t not_known = std::numeric_limits<std::int64_t>::max();

class Keeping {
 public:
  Keeping(KeptStatesWriter& to, const Expired* before, const StateSource& state_of)
      : to_{to}, before_{before}, state_of_{state_of} {}

  Result<void> add(const DroppedStream& stream) {
    if (stream.is_touched) return state_of_ ? take(stream) : pass(format::state_unkept);
    if (before_ == nullptr || before_->kept == nullptr) return pass(format::state_unkept);
    return copy(stream);
  }

 private:
  Result<void> pass(std::uint64_t place) {
    to_.pass(place);
    return {};
  }

  Result<void> take(const DroppedStream& stream) {
    EVENTSTORE_TRY_ASSIGN(const auto state,
                          state_of_({StreamId::trusted(stream.name), Version{stream.version}, stream.last}));
    if (!state) return pass(format::state_unkept);
    if (state->origin == nullptr) return pass(format::state_not_needed);
    StateHeader header;
    header.version = stream.version;
    header.position = stream.last.value;
    header.created_at = state->created_at.micros;
    header.updated_at = state->updated_at.micros;
    EVENTSTORE_TRY_ASSIGN(header.latest_created_at, latest(stream));
    return to_.add(stream.name, header, *state->origin, state->state);
  }

  // Over the events that earlier drops took too.
  [[nodiscard]] Result<std::int64_t> latest(const DroppedStream& stream) const {
    if (stream.earlier_rank == DroppedStream::none) return stream.latest_created_at;
    EVENTSTORE_TRY_ASSIGN(const auto entry, before_->streams->entry_by_rank(stream.earlier_rank));
    EVENTSTORE_TRY_ASSIGN(const auto earlier, before_->stored_state(entry));
    return earlier ? std::max(stream.latest_created_at, earlier->header.latest_created_at) : not_known;
  }

  // A stream of which this drop takes nothing keeps what it had.
  Result<void> copy(const DroppedStream& stream) {
    EVENTSTORE_TRY_ASSIGN(const auto place, before_->kept->place(stream.earlier_rank));
    if (place == format::state_unkept || place == format::state_not_needed) return pass(place);
    EVENTSTORE_TRY_ASSIGN(const auto entry, before_->streams->entry_by_rank(stream.earlier_rank));
    EVENTSTORE_TRY_ASSIGN(const auto stored, before_->stored_state(entry));
    if (!stored) return before_->kept->damaged("a state is there and not there");
    return to_.add(stream.name, stored->header, *before_->kept->origins()[stored->header.origin], stored->state());
  }

  KeptStatesWriter& to_;
  const Expired* const before_;
  const StateSource& state_of_;
};

}  // namespace

Result<std::optional<format::ExpiredStates>> keep_states(const StoreFiles& store, const Expired& expired,
                                                         const Expired* before,
                                                         const std::vector<DroppedStream>& streams,
                                                         const StateSource& state_of) {
  const auto path = store.path(kept_states_name(expired.last_segment()));
  if (!state_of && (before == nullptr || before->kept == nullptr)) {
    // One that an earlier try made, and that was never named, would be taken for a file that belongs here.
    EVENTSTORE_TRY(remove_if_there(store.files(), path));
    return std::optional<format::ExpiredStates>{};
  }
  const auto made = [&]() -> Result<Digest> {
    format::StatesHeader header;
    header.store_id = expired.header.store_id;
    header.last_segment = expired.last_segment();
    EVENTSTORE_TRY_ASSIGN(auto writer, KeptStatesWriter::begin(store.files(), path, header));
    Keeping keeping{writer, before, state_of};
    for (const auto& stream : streams) EVENTSTORE_TRY(keeping.add(stream));
    return writer.finish();
  }();
  if (!made) (void)store.files().remove(path + ".tmp");
  if (!made) return tl::unexpected<Error>{made.error()};
  // Read back, so that nothing is dropped for the sake of states that the file does not have.
  EVENTSTORE_TRY_ASSIGN(const auto kept, KeptStates::open(store.files(), path));
  if (states_digest(kept->bytes()) != *made)
    return failure(Errc::io_failed, "keep the states", path,
                   "the file differs when it is read back: nothing was dropped");
  format::ExpiredStates states;
  states.file_bytes = kept->header().file_bytes;
  states.header_checksum = kept->header().header_checksum;
  states.content = *made;
  if (before != nullptr && before->states) states.before = before->states->chained;
  Expired chained = expired;
  chained.states = states;
  states.chained = chained_states(chained);
  return std::optional{states};
}

}  // namespace eventstore::engine
