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

Result<StreamId> Claims::name(const StateChange& change, const UniqueField& field,
                              const std::vector<std::string>& values) {
  if (!codes_) {
    EVENTSTORE_TRY_ASSIGN(codes_, OwnCodes::of(log_));
  }
  const auto name = change.type.collection + '.' + field.name;
  std::vector<std::string_view> parts{change.organization};
  parts.insert(parts.end(), values.begin(), values.end());
  return StreamId::of(ClaimRecord::category, name + ':' + codes_->of("claim " + name, parts));
}

Result<Claims::Claim*> Claims::find(StreamId stream) {
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

void Claims::release(Claim& claim) {
  claim.owner.clear();
  events_.push_back({claim.stream, {&schema_of<ClaimReleased>(), encode(ClaimReleased{})}});
}

Result<void> Claims::release(const StateChange& change) {
  for (const auto& field : change.type.unique) {
    const auto had = values_in(field, change.before);
    if (had.empty() || had == values_in(field, change.after)) continue;
    EVENTSTORE_TRY_ASSIGN(StreamId stream, name(change, field, had));
    EVENTSTORE_TRY_ASSIGN(Claim* const claim, find(std::move(stream)));
    if (claim->owner == change.stream.text()) release(*claim);
  }
  return {};
}

Result<std::vector<DuplicateValue>> Claims::take(const StateChange& change) {
  std::vector<DuplicateValue> duplicates;
  for (const auto& field : change.type.unique) {
    const auto has = values_in(field, change.after);
    if (has.empty() || has == values_in(field, change.before)) continue;
    EVENTSTORE_TRY_ASSIGN(StreamId stream, name(change, field, has));
    EVENTSTORE_TRY_ASSIGN(Claim* const claim, find(std::move(stream)));
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

Result<bool> Claims::release_stale(const StreamId& stream, const StateChange& change) {
  for (const auto& field : change.type.unique) {
    const auto has = values_in(field, change.after);
    if (has.empty()) continue;
    EVENTSTORE_TRY_ASSIGN(const StreamId held, name(change, field, has));
    if (held == stream) return false;
  }
  EVENTSTORE_TRY_ASSIGN(Claim* const claim, find(stream));
  if (claim->owner != change.stream.text()) return false;
  release(*claim);
  return true;
}

void Claims::expect_in(EventWriter& writer) const {
  for (const auto& [name, claim] : claims_) writer.expect(claim.stream, ExpectedVersion::exactly(claim.version));
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

bool is_claim(const StreamId& stream) {
  static constexpr std::size_t digits = 64;
  const auto key = stream.key();
  const auto end = key.rfind(':');
  return stream.category() == ClaimRecord::category && end != std::string_view::npos && key.size() - end == digits + 1;
}

Error not_unique(const AggregateType& type, const StreamId& stream, const UniqueField& field) {
  Error error{.code = Errc::refused, .where = stream.text(), .refusal_code = "not_unique"};
  error.detail = "another " + type.category + " has this " + in_words(field.name) + ": give this one another";
  return error;
}

}  // namespace v1
}  // namespace eventstore
