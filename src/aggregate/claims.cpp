#include <eventstore/aggregate/claims.hpp>
#include <eventstore/aggregate/snapshots.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

std::vector<std::string> values_in(const UniqueField& field, const AnyState* state) {
  return state == nullptr ? std::vector<std::string>{} : field.values(*state);
}

// "user_id, provider and provider_event_id" of "user_id+provider+provider_event_id".
std::string in_words(std::string name) {
  const auto last = name.rfind('+');
  if (last != std::string::npos) name.replace(last, 1, " and ");
  for (auto plus = name.find('+'); plus != std::string::npos; plus = name.find('+')) name.replace(plus, 1, ", ");
  return name;
}

}  // namespace

Result<Claims::Claim*> Claims::find(const StateChange& change, const UniqueField& field,
                                    const std::vector<std::string>& values) {
  if (!codes_) {
    EVENTSTORE_TRY_ASSIGN(codes_, OwnCodes::of(log_));
  }
  const auto name = change.type.collection + '.' + field.name;
  std::vector<std::string_view> parts{change.organization};
  parts.insert(parts.end(), values.begin(), values.end());
  EVENTSTORE_TRY_ASSIGN(StreamId stream,
                        StreamId::of(ClaimRecord::category, name + ':' + codes_->of("claim " + name, parts)));
  if (const auto known = claims_.find(stream.text()); known != claims_.end()) return &known->second;
  EVENTSTORE_TRY_ASSIGN(const auto state, load_state(log_, schemas_, claim_records(), stream));
  if (state->passed_over.events != 0)
    return failure(Error{Errc::unknown_event_type, "claim a unique value", stream.text(),
                         "this build does not know " + state->passed_over.to_string() +
                             ", so it cannot say who has the value: use the build that wrote it",
                         state->passed_over.first});
  auto text = stream.text();
  Claim claim{std::move(stream), state->version, state->as<ClaimState>()->owner};
  return &claims_.insert_or_assign(std::move(text), std::move(claim)).first->second;
}

Result<void> Claims::release(const StateChange& change) {
  for (const auto& field : change.type.unique) {
    const auto had = values_in(field, change.before);
    if (had.empty() || had == values_in(field, change.after)) continue;
    EVENTSTORE_TRY_ASSIGN(Claim* const claim, find(change, field, had));
    if (claim->owner != change.stream.text()) continue;
    claim->owner.clear();
    events_.push_back({claim->stream, {&schema_of<ClaimReleased>(), encode(ClaimReleased{})}});
  }
  return {};
}

Result<std::vector<DuplicateValue>> Claims::take(const StateChange& change) {
  std::vector<DuplicateValue> duplicates;
  for (const auto& field : change.type.unique) {
    const auto has = values_in(field, change.after);
    if (has.empty() || has == values_in(field, change.before)) continue;
    EVENTSTORE_TRY_ASSIGN(Claim* const claim, find(change, field, has));
    if (claim->owner == change.stream.text()) continue;
    if (!claim->owner.empty()) {
      duplicates.push_back({&field, StreamId::trusted(claim->owner)});
      continue;
    }
    claim->owner = change.stream.text();
    events_.push_back({claim->stream, {&schema_of<ClaimTaken>(), encode(ClaimTaken{claim->owner})}});
  }
  return duplicates;
}

void Claims::expect_in(EventWriter& writer) const {
  for (const auto& [name, claim] : claims_) writer.expect(claim.stream, ExpectedVersion::exactly(claim.version));
}

Result<void> Claims::add_to(EventWriter& writer, const Metadata& metadata, const EventIdRule& ids) const {
  const auto shared = claim_metadata(metadata);
  for (const auto& [stream, event] : events_) EVENTSTORE_TRY(writer.add(stream, {&event, 1}, shared, ids));
  expect_in(writer);
  return {};
}

void Claims::clear() {
  claims_.clear();
  events_.clear();
}

Metadata claim_metadata(const Metadata& metadata) {
  auto shared = metadata;
  shared.ip_address.clear();
  shared.user_agent.clear();
  shared.extra.clear();
  return shared;
}

Error not_unique(const AggregateType& type, const StreamId& stream, const UniqueField& field) {
  Error error{.code = Errc::refused, .where = stream.text(), .refusal_code = "not_unique"};
  error.detail = "another " + type.category + " has this " + in_words(field.name) + ": give this one another";
  return error;
}

}  // namespace v1
}  // namespace eventstore
