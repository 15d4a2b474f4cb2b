#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/bisect.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> stopped(const StreamId& stream) {
  return failure(Errc::stopped, "bisect", stream.text(), "it was interrupted");
}

// Answers for single versions of a stream, each from the newest state below it that is known.
class Halving {
 public:
  Halving(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, const StreamId& stream,
          PredicateCheck& check, Snapshots* snapshots)
      : log_{log}, schemas_{schemas}, type_{type}, stream_{stream}, check_{check}, snapshots_{snapshots} {}

  Result<std::optional<FoundStep>> find(const std::stop_token& stop) {
    EVENTSTORE_TRY_ASSIGN(low_, first_state(log_, schemas_, type_, stream_));
    EVENTSTORE_TRY_ASSIGN(Version high, log_.head(stream_));
    if (high <= low_->version) return std::optional<FoundStep>{};
    EVENTSTORE_TRY_ASSIGN(auto found, ask(high, false));
    while (found && high.value - low_->version.value > 1) {
      if (stop.stop_requested()) return stopped(stream_);
      const Version middle{low_->version.value + (high.value - low_->version.value) / 2};
      EVENTSTORE_TRY_ASSIGN(auto there, ask(middle, true));
      if (!there) continue;
      found = std::move(there);
      high = middle;
    }
    return found;
  }

 private:
  // Where it does not hold, the state there becomes the low one, if that `may_move`.
  Result<std::optional<FoundStep>> ask(Version version, bool may_move) {
    EVENTSTORE_TRY_ASSIGN(const auto before, state_before(version));
    const auto failures = mapping_failures();
    const bool has_previous = version.value > low_->version.value + 1 || low_was_asked_;
    ReadStream two{has_previous ? Version{version.value - 1} : version};
    two.limit = 2;
    EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_stream(stream_, two));
    auto answered = answer(page, version, *before, may_move);
    if (mapping_failures() != failures)
      return failure(Errc::io_failed, "bisect", stream_.text(),
                     "the disk cannot read a part of a file: look at the disk, then run verify");
    return answered;
  }

  Result<std::optional<FoundStep>> answer(const Page& page, Version version, const AnyState& before, bool may_move) {
    std::optional<FoundStep> found;
    Metadata metadata;
    check_.begin();
    for (const auto& event : page.events) {
      EVENTSTORE_TRY(metadata_into(event, metadata));
      if (event.version != version) {
        check_.begin_after(event, metadata);
        continue;
      }
      auto after = before.clone();
      EVENTSTORE_TRY(after->apply(event, metadata, schemas_));
      const Step step{event, metadata, before, *after};
      EVENTSTORE_TRY_ASSIGN(const bool holds, check_.holds(step));
      if (holds) return std::optional{found_step(step)};
      if (may_move) {
        low_ = std::move(after);
        low_was_asked_ = true;
      }
      return found;
    }
    return failure(Errc::corrupt_record, "bisect", stream_.text(),
                   "version " + std::to_string(version.value) + " is not there: run verify");
  }

  Result<std::unique_ptr<AnyState>> state_before(Version version) {
    const Version last{version.value - 1};
    auto state = snapshots_ == nullptr ? nullptr : snapshots_->restore(log_, type_, stream_, last);
    if (!state || state->version < low_->version) state = low_->clone();
    EVENTSTORE_TRY(replay(log_, schemas_, stream_, *state, last));
    return state;
  }

  const EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  const StreamId& stream_;
  PredicateCheck& check_;
  Snapshots* snapshots_;
  std::unique_ptr<AnyState> low_{};  // the last version at which it is known not to hold, or the state before all
  bool low_was_asked_ = false;
};

}  // namespace

FoundStep found_step(const Step& step) {
  const auto& event = step.event;
  return {.stream = std::string{event.stream},
          .organization = std::string{event.organization},
          .version = event.version,
          .position = event.position,
          .event_id = event.id,
          .event_type = std::string{event.type},
          .created_at = event.created_at,
          .user_id = step.metadata.user_id,
          .changes = changes_of(step)};
}

Result<std::uint64_t> bisect(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                             const StreamId& stream, PredicateCheck& check, OnStep on_found,
                             const std::stop_token& stop) {
  std::uint64_t versions = 0;
  Result<bool> held{false};
  check.begin();
  const auto ask = [&](const Step& step) {
    ++versions;
    held = check.holds(step);
    if (!held || stop.stop_requested()) return false;
    return !*held || on_found(step);
  };
  EVENTSTORE_TRY(each_step(log, schemas, type, stream, {}, ask));
  if (!held) return failure_of(held);
  if (stop.stop_requested()) return stopped(stream);
  return versions;
}

Result<std::optional<FoundStep>> bisect_halving(const EventLog& log, const SchemaReader& schemas,
                                                const AggregateType& type, const StreamId& stream,
                                                PredicateCheck& check, Snapshots* snapshots,
                                                const std::stop_token& stop) {
  return detail::guarded("bisect", stream.text(),
                         [&] { return Halving{log, schemas, type, stream, check, snapshots}.find(stop); });
}

}  // namespace v1
}  // namespace eventstore
