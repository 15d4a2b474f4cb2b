#include "power_model.hpp"

#include <algorithm>
#include <set>

namespace eventstore::power {

Judgement Model::judge(const ModelCommit& commit) const {
  Judgement judgement;
  judgement.refusal = check_form(commit);
  if (!judgement.refusal) judgement.refusal = recognise(commit, judgement);
  if (judgement.refusal || judgement.is_retry) return judgement;
  judgement.refusal = check_streams(commit);
  std::map<std::string, std::uint64_t> heads;
  for (const auto& event : commit.events) {
    const auto found = streams_.find(event.stream);
    const auto before = found == streams_.end() ? 0 : found->second.events.size();
    judgement.places.push_back(
        {Version{before + ++heads[event.stream]}, Position{events_.size() + judgement.places.size() + 1}});
  }
  return judgement;
}

std::optional<Errc> Model::check_form(const ModelCommit& commit) const {
  if (commit.events.empty()) return Errc::invalid_argument;
  for (const auto& event : commit.events)
    if (event.id == EventId{} || event.type.empty() || event.organization.empty()) return Errc::invalid_argument;
  std::set<std::string> expected;
  for (const auto& expectation : commit.expectations)
    if (!expected.insert(expectation.stream.text()).second) return Errc::invalid_argument;
  std::set<std::pair<std::string, EventId>> ids;
  for (const auto& event : commit.events)
    if (!ids.insert({event.stream, event.id}).second) return Errc::invalid_argument;
  return std::nullopt;
}

std::optional<Errc> Model::recognise(const ModelCommit& commit, Judgement& judgement) const {
  std::size_t present = 0;
  std::map<std::string, Version> last;
  for (const auto& event : commit.events) {
    const auto* const there = find(event.stream, event.id);
    if (there == nullptr) continue;
    ++present;
    const bool same = there->type == event.type && there->organization == event.organization &&
                      there->created_at == event.created_at && there->metadata == event.metadata &&
                      there->schema == event.schema && there->codec == event.codec && there->data == event.data;
    if (!same || std::exchange(last[event.stream], there->version) >= there->version) return Errc::id_conflict;
    judgement.places.push_back({there->version, there->position});
  }
  if (present != 0 && present != commit.events.size()) return Errc::id_conflict;
  judgement.is_retry = present != 0;
  return std::nullopt;
}

std::optional<Errc> Model::check_streams(const ModelCommit& commit) const {
  std::map<std::string, std::string> organizations;
  for (const auto& event : commit.events) {
    const auto found = streams_.find(event.stream);
    const auto& organization =
        organizations
            .try_emplace(event.stream, found == streams_.end() ? event.organization : found->second.organization)
            .first->second;
    if (organization != event.organization) return Errc::wrong_organization;
  }
  for (const auto& event : commit.events) {
    const bool is_given = std::any_of(commit.schemas.begin(), commit.schemas.end(),
                                      [&](const ModelSchema& schema) { return schema.id == event.schema; });
    if (!event.schema.is_none() && !is_given && !knows(event.schema)) return Errc::invalid_argument;
  }
  for (const auto& expectation : commit.expectations) {
    const auto found = streams_.find(expectation.stream.text());
    if (!expectation.version.holds_for(Version{found == streams_.end() ? 0 : found->second.events.size()}))
      return Errc::wrong_version;
  }
  return std::nullopt;
}

void Model::add(ModelCommit commit) {
  for (auto& event : commit.events) {
    auto& stream = streams_[event.stream];
    stream.organization = event.organization;
    stream.events.push_back(events_.size());
    event.version = Version{stream.events.size()};
    event.position = Position{events_.size() + 1};
    ids_[{event.stream, event.id}] = events_.size();
    events_.push_back(event);
  }
  learn_schemas(commit);
  ends_.push_back(events_.size());
  commits_.push_back(std::move(commit));
}

void Model::learn_schemas(const ModelCommit& commit) {
  for (const auto& event : commit.events) {
    if (event.schema.is_none() || knows(event.schema)) continue;
    const auto given = std::find_if(commit.schemas.begin(), commit.schemas.end(),
                                    [&](const ModelSchema& schema) { return schema.id == event.schema; });
    schemas_.push_back(*given);
  }
}

void Model::forget_expired_schemas() {
  schemas_.clear();
  for (std::size_t i = 0; i < commits_.size(); ++i)
    if (ends_[i] > expired) learn_schemas(commits_[i]);
}

bool Model::needs(const SchemaId& schema) const {
  return std::any_of(events_.begin() + static_cast<std::ptrdiff_t>(expired), events_.end(),
                     [&](const ModelEvent& event) { return event.schema == schema; });
}

std::size_t Model::recorded_before(Timestamp time) const {
  std::size_t count = 0;
  while (count < events_.size() && events_[count].recorded_at < time) ++count;
  return count;
}

void Model::keep(std::size_t commits) {
  if (commits >= commits_.size()) return;
  auto kept = std::move(commits_);
  kept.resize(commits);
  commits_.clear();
  ends_.clear();
  events_.clear();
  streams_.clear();
  ids_.clear();
  schemas_.clear();
  for (auto& commit : kept) add(std::move(commit));
}

std::optional<std::size_t> Model::commits_with(std::size_t events) const {
  if (events == 0) return 0;
  const auto found = std::lower_bound(ends_.begin(), ends_.end(), events);
  if (found == ends_.end() || *found != events) return std::nullopt;
  return static_cast<std::size_t>(found - ends_.begin()) + 1;
}

const ModelEvent* Model::find(const std::string& stream, const EventId& id) const {
  const auto found = ids_.find({stream, id});
  return found == ids_.end() || found->second < expired ? nullptr : &events_[found->second];
}

bool Model::knows(const SchemaId& id) const {
  return std::any_of(schemas_.begin(), schemas_.end(), [&](const ModelSchema& schema) { return schema.id == id; });
}

}  // namespace eventstore::power
