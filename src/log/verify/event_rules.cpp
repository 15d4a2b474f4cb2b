#include "event_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "advice.hpp"

namespace eventstore::engine {

Result<void> EventRules::begin_segment(const WalkedSegment& segment) {
  path_ = segment.path;
  schemas_.clear();
  last_schema_ = SchemaId{};
  schema_may_be_lost_ = false;
  return {};
}

void EventRules::event(const WalkedEvent& event) {
  auto& stream = stream_of(event.event);
  check_version(event, stream);
  if (const auto& organization = organizations_[stream.organization]; organization != event.event.organization)
    find(event, fmt::format("organization \"{}\" in stream {}, which belongs to \"{}\"", event.event.organization,
                            event.event.stream, organization));
  stream.version = event.event.version;
  stream.last = event.event.position;
  check_schema(event);
}

EventRules::Stream& EventRules::stream_of(const RecordedEvent& event) {
  const auto hash = hashing_.name(event.stream);
  const auto number =
      names_.find(hash, [&](std::uint32_t candidate) { return streams_[candidate].name == event.stream; });
  if (number != NameTable::none) return streams_[number];
  names_.put(hash, static_cast<std::uint32_t>(streams_.size()),
             [&](std::uint32_t earlier) { return streams_[earlier].hash; });
  auto& stream =
      streams_.emplace_back(Stream{std::string{event.stream}, hash, number_of_organization(event.organization)});
  report_.streams = streams_.size();
  if (expired_ == nullptr) return stream;
  const auto dropped = expired_->streams->find(event.stream, hash);
  if (!dropped || !*dropped) return stream;
  stream.organization = number_of_organization((*dropped)->organization);
  stream.version = (*dropped)->last;
  stream.last = (*dropped)->last_position;
  return stream;
}

std::uint32_t EventRules::number_of_organization(std::string_view organization) {
  const auto hash = hashing_.name(organization);
  const auto known = organization_names_.find(
      hash, [&](std::uint32_t candidate) { return organizations_[candidate] == organization; });
  if (known != NameTable::none) return known;
  const auto number = static_cast<std::uint32_t>(organizations_.size());
  organization_names_.put(hash, number, [&](std::uint32_t earlier) { return hashing_.name(organizations_[earlier]); });
  organizations_.emplace_back(organization);
  return number;
}

// Events that can't be read may have been of any stream, so as many versions may be missing as positions are.
void EventRules::check_version(const WalkedEvent& event, const Stream& stream) {
  const auto version = event.event.version.value;
  const auto next = stream.version.value + 1;
  if (version == next) return;
  const auto lost = lost_up_to(event.event.position) - lost_up_to(stream.last);
  if (version > next && version - next <= lost) return;
  find(event, fmt::format("version {} of stream {} where version {} comes next", version, event.event.stream, next));
}

void EventRules::check_schema(const WalkedEvent& event) {
  const auto& schema = event.event.schema;
  if (schema.is_none() || schema == last_schema_) return;
  if (schemas_.contains(schema))
    last_schema_ = schema;
  else if (!schema_may_be_lost_)
    find(event, fmt::format("schema {} is used and not described before in its segment", schema.digest.to_string()));
}

void EventRules::lost(Position first, Position last) {
  const auto before = lost_.empty() ? 0 : lost_.back().before + lost_.back().last - lost_.back().first + 1;
  lost_.push_back({first.value, last.value, before});
}

std::uint64_t EventRules::lost_up_to(Position position) const {
  const auto after = std::upper_bound(lost_.begin(), lost_.end(), position.value,
                                      [](std::uint64_t value, const Lost& range) { return value < range.first; });
  if (after == lost_.begin()) return 0;
  const auto& range = *(after - 1);
  return range.before + std::min(position.value, range.last) - range.first + 1;
}

void EventRules::find(const WalkedEvent& event, std::string what) {
  report_.findings.push_back({FindingKind::altered, path_, event.offset, event.event.position, event.event.position,
                              std::move(what), std::string{advice::altered}});
}

}  // namespace eventstore::engine
