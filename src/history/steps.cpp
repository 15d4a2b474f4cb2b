#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/aggregate/subject_of.hpp>
#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/security/erased_values.hpp>
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

namespace {

// The state as it would be if erased values were some value or other: where that says something, there was one. Folds
// the stream once more. Null where a fold does not live with such values, or where retention dropped the first events.
std::unique_ptr<AnyState> state_with_some_values(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                                 Version last) {
  const SchemaReader schemas{log};
  auto state = type.new_state();
  ReadStream next{};
  for (bool more = true; more;) {
    const auto page = log.read_stream(stream, next);
    if (!page) return nullptr;
    for (const auto& stored : page->events) {
      if (stored.version > last) return state;
      auto metadata = metadata_of(stored);
      if (!metadata || type.is_unknown(stored)) return nullptr;
      auto event = stored;
      Result<Bytes> filled{Bytes{}};
      if (metadata->has_erased && stored.codec == Codec::binary) {
        const auto schema = schemas.find(stored.schema);
        filled = schema ? with_some_values(stored, **schema) : tl::unexpected<Error>{schema.error()};
        if (!filled) return nullptr;
        event.data = *filled;
        metadata->has_erased = false;
      }
      if (!state->apply(event, *metadata, schemas)) return nullptr;
    }
    more = !page->at_end;
    next.from = Version{page->next};
  }
  return state;
}

// Of those that have their default and may be erased.
Result<std::vector<std::size_t>> places_with_former_values(const EventLog& log, const AggregateType& type,
                                                           const StreamId& stream, const AnyState& state,
                                                           BytesView bytes, std::vector<std::size_t> places) {
  if (places.empty()) return places;
  const auto other = state_with_some_values(log, type, stream, state.version);
  if (other == nullptr) return places;
  Bytes other_bytes;
  other->encode_to(other_bytes);
  return said_places(*type.state_schema, bytes, places, other_bytes);
}

}  // namespace

Result<std::string> shown_state_json(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                     const AnyState& state) {
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr || !type.state_schema->has_encrypted || state.is_new()) return state_json(type, state);
  return detail::guarded("show state", stream.text(), [&]() -> Result<std::string> {
    Bytes bytes;
    state.encode_to(bytes);
    EVENTSTORE_TRY_ASSIGN(auto candidates, cipher->erased_places(*type.state_schema, bytes, state.organization,
                                                                 subject_of(type, state, stream)));
    EVENTSTORE_TRY_ASSIGN(const auto erased,
                          places_with_former_values(log, type, stream, state, bytes, std::move(candidates)));
    std::vector<StandIn> stand_ins;
    for (const auto offset : erased) stand_ins.push_back({offset, erased_json});
    std::string json;
    EVENTSTORE_TRY(bytes_to_json(type.state_schema->type, bytes, json, {.stand_ins = stand_ins}));
    return json;
  });
}

}  // namespace v1
}  // namespace eventstore
