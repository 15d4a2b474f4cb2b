#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// The state before the first step: that at the version before the range, or the one that retention kept behind it.
Result<std::unique_ptr<AnyState>> state_before(const EventLog& log, const SchemaReader& schemas,
                                               const AggregateType& type, const StreamId& stream, Version first,
                                               Snapshots* snapshots) {
  EVENTSTORE_TRY_ASSIGN(auto earliest, first_state(log, schemas, type, stream));
  if (first.value <= earliest->version.value + 1) return earliest;
  return load_state(log, schemas, type, stream, Version{first.value - 1}, snapshots);
}

class Walk {
 public:
  Walk(const SchemaReader& schemas, std::unique_ptr<AnyState> begin, OnStep on_step)
      : schemas_{schemas}, before_{std::move(begin)}, after_{before_->clone()}, on_step_{on_step} {}

  [[nodiscard]] Version at() const { return after_->version; }

  // Whether the walk goes on.
  Result<bool> take(const RecordedEvent& event) {
    EVENTSTORE_TRY(metadata_into(event, metadata_));
    EVENTSTORE_TRY(after_->apply(event, metadata_, schemas_));
    if (!on_step_(Step{event, metadata_, *before_, *after_})) return false;
    before_->assign(*after_);
    return true;
  }

 private:
  const SchemaReader& schemas_;
  std::unique_ptr<AnyState> before_;
  std::unique_ptr<AnyState> after_;
  OnStep on_step_;
  Metadata metadata_{};
};

// Whether there are more events after the page.
Result<bool> walk_page(const Page& page, Version last, Walk& walk) {
  for (const auto& event : page.events) {
    if (event.version > last) return false;
    EVENTSTORE_TRY_ASSIGN(const bool goes_on, walk.take(event));
    if (!goes_on) return false;
  }
  return !page.at_end && !page.events.empty();
}

}  // namespace

Result<void> each_step(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                       const StreamId& stream, const StepRange& range, OnStep on_step, Snapshots* snapshots) {
  return detail::guarded("replay", stream.text(), [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto begin, state_before(log, schemas, type, stream, range.first, snapshots));
    Walk walk{schemas, std::move(begin), on_step};
    bool more = true;
    while (more && walk.at() < range.last) {
      ReadStream next{walk.at().next()};
      next.limit = static_cast<std::size_t>(std::min<std::uint64_t>(next.limit, range.last.value - walk.at().value));
      const auto failures = mapping_failures();
      EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, next));
      auto walked = walk_page(page, range.last, walk);
      if (mapping_failures() != failures)
        return failure(Errc::io_failed, "replay", stream.text(),
                       "the disk cannot read a part of a file: look at the disk, then run verify");
      EVENTSTORE_TRY_ASSIGN(more, std::move(walked));
    }
    return {};
  });
}

Changes changes_of(const Step& step) {
  const bool is_passed_over = step.after.passed_over.events != step.before.passed_over.events;
  return is_passed_over ? Changes{} : step.after.changes_since(step.before);
}

Result<std::string> state_json(const AggregateType& type, const AnyState& state) {
  return detail::guarded("show state", {}, [&]() -> Result<std::string> {
    Bytes bytes;
    state.encode_to(bytes);
    std::string json;
    EVENTSTORE_TRY(bytes_to_json(type.state_schema->type, bytes, json));
    return json;
  });
}

Result<std::string> shown_state_json(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                     const AnyState& state) {
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr || !type.state_schema->has_encrypted || state.is_new()) return state_json(type, state);
  return detail::guarded("show state", stream.text(), [&]() -> Result<std::string> {
    Bytes bytes;
    state.encode_to(bytes);
    EVENTSTORE_TRY_ASSIGN(const auto erased, cipher->erased_places(*type.state_schema, bytes, state.organization,
                                                                   subject_of(type, state, stream)));
    std::vector<StandIn> stand_ins;
    for (const auto offset : erased) stand_ins.push_back({offset, erased_json});
    std::string json;
    EVENTSTORE_TRY(bytes_to_json(type.state_schema->type, bytes, json, {.stand_ins = stand_ins}));
    return json;
  });
}

}  // namespace v1
}  // namespace eventstore
