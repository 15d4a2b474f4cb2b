#include "admission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../containers/name_table.hpp"
#include "commit_form.hpp"

namespace eventstore::engine {
namespace {

// A stream that the commit writes or names in an expectation.
struct Touched {
  std::string_view name;
  std::uint64_t hash = 0;
  FoundStream found{};
  std::string_view organization{};        // of the stream, or of the first event that creates it
  Version head{};                         // grows as events are placed
  const Expectation* expected = nullptr;  // where the commit has one
  Version last_seen{};                    // while a retry is recognised
};

// The commit's events by stream, each stream looked up once.
class Admission {
 public:
  Admission(const Commit& commit, const LogIndex& index) : commit_{commit}, index_{index} {}

  Result<Admitted> judge() {
    EVENTSTORE_TRY(check_form(commit_));
    EVENTSTORE_TRY(group());
    EVENTSTORE_TRY(check_ids_once());
    EVENTSTORE_TRY(check_outcomes_once());
    EVENTSTORE_TRY_ASSIGN(auto earlier, recognise_outcomes());
    if (!earlier.already_there) {
      EVENTSTORE_TRY_ASSIGN(earlier, recognise());
    }
    if (earlier.already_there) return Admitted{std::move(earlier), repeated_, {}, {}, {}, {}};
    EVENTSTORE_TRY(check_organizations());
    EVENTSTORE_TRY(check_schemas());
    EVENTSTORE_TRY(check_expectations());
    const auto* const tail = index_.view().growing_tail();
    Admitted admitted{
        place(), {}, {}, std::move(streams_), std::move(ids_), tail == nullptr ? Position{0} : tail->before()};
    admitted.touched.reserve(touched_.size());
    for (const auto& stream : touched_)
      admitted.touched.push_back({stream.name, stream.hash, stream.found.part_in(tail)});
    return admitted;
  }

 private:
  std::uint32_t touch(std::string_view name) {
    if (!touched_.empty() && touched_[last_].name == name) return last_;
    const auto hash = index_.hashing().name(name);
    last_ = names_.find(hash, [&](std::uint32_t number) { return touched_[number].name == name; });
    if (last_ != NameTable::none) return last_;
    last_ = static_cast<std::uint32_t>(touched_.size());
    names_.put(hash, last_, [&](std::uint32_t number) { return touched_[number].hash; });
    touched_.push_back({.name = name, .hash = hash});
    return last_;
  }

  Result<void> group() {
    streams_.reserve(commit_.events.size());
    touched_.reserve(commit_.events.size());
    names_.reserve(commit_.events.size());
    for (const auto& event : commit_.events) streams_.push_back(touch(event.stream.text()));
    for (const auto& outcome : commit_.outcomes) outcome_streams_.push_back(touch(outcome.stream.text()));
    for (const auto& expectation : commit_.expectations) {
      const auto stream = touch(expectation.stream.text());
      if (std::exchange(touched_[stream].expected, &expectation) != nullptr)
        return failure(Errc::invalid_argument, "append", expectation.stream.text(), "two expectations on one stream");
      expected_.push_back(stream);
    }
    return look_up();
  }

  // In steps, so that the memory of many streams is fetched at once: most were not touched for a while.
  Result<void> look_up() {
    const auto& view = index_.view();
    if (const auto* const tail = view.growing_tail(); tail != nullptr && touched_.size() > 1) {
      for (const auto& stream : touched_) tail->prefetch(stream.hash);
      for (const auto& stream : touched_) tail->prefetch_stream(stream.hash);
    }
    for (auto& stream : touched_) {
      EVENTSTORE_TRY_ASSIGN(stream.found, view.find(stream.name, stream.hash, index_.everything()));
      if (stream.found.damage) return failure(*stream.found.damage);
      stream.organization = stream.found.organization;
      stream.head = stream.found.head();
    }
    return {};
  }

  Result<void> check_ids_once() {
    const auto& events = commit_.events;
    ids_.reserve(events.size());
    for (std::size_t i = 0; i < events.size(); ++i)
      ids_.push_back(index_.hashing().id(touched_[streams_[i]].hash, events[i].id.uuid));
    if (events.size() == 1) return {};
    NameTable seen;
    seen.reserve(events.size());
    for (std::uint32_t i = 0; i < events.size(); ++i) {
      const auto twin = seen.find(ids_[i], [&](std::uint32_t earlier) {
        return streams_[earlier] == streams_[i] && events[earlier].id == events[i].id;
      });
      if (twin != NameTable::none)
        return refused(Errc::invalid_argument, events[i].stream,
                       fmt::format("event id {} is twice in the commit", events[i].id.to_string()));
      seen.put(ids_[i], i, [&](std::uint32_t earlier) { return ids_[earlier]; });
    }
    return {};
  }

  // A commit has few outcomes.
  Result<void> check_outcomes_once() const {
    const auto& outcomes = commit_.outcomes;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (outcome_streams_[i] == outcome_streams_[j] && outcomes[i].command_id == outcomes[j].command_id)
          return refused(Errc::invalid_argument, outcomes[i].stream,
                         fmt::format("command id {} is twice in the commit", outcomes[i].command_id.to_string()));
    return {};
  }

  // Whether all outcomes were recorded before.
  Result<Receipt> recognise_outcomes() {
    Receipt receipt;
    std::size_t present = 0;
    for (std::size_t i = 0; i < commit_.outcomes.size(); ++i) {
      const auto& outcome = commit_.outcomes[i];
      const auto& stream = touched_[outcome_streams_[i]];
      EVENTSTORE_TRY_ASSIGN(const auto location,
                            index_.view().find_outcome(stream.name, stream.hash, outcome.command_id, format::past_all));
      if (location == format::Location{}) continue;
      EVENTSTORE_TRY_ASSIGN(const auto* const record, index_.view().record(location, format::RecordKind::outcome));
      const auto recorded = format::outcome_at(record);
      if (recorded.content != outcome.content || recorded.organization != outcome.organization)
        return refused(
            Errc::id_conflict, outcome.stream,
            fmt::format("command id {} was used for another command or other data", outcome.command_id.to_string()));
      repeated_ = std::max(repeated_, location);
      ++present;
    }
    if (present != 0 && present != commit_.outcomes.size())
      return refused(Errc::id_conflict, commit_.outcomes.front().stream,
                     "some command ids of the commit were used before, and others were not");
    receipt.already_there = present != 0;
    return receipt;
  }

  // The places that the events got when they were first appended; already_there only where all were.
  Result<Receipt> recognise() {
    Receipt receipt;
    const NewEvent* present = nullptr;
    const NewEvent* absent = nullptr;
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
      const auto& event = commit_.events[i];
      auto& stream = touched_[streams_[i]];
      EVENTSTORE_TRY_ASSIGN(const auto location, find_earlier(i, stream));
      (location == format::Location{} ? absent : present) = &event;
      if (location == format::Location{}) continue;
      repeated_ = std::max(repeated_, location);
      EVENTSTORE_TRY_ASSIGN(const auto* const record, index_.view().record(location));
      const auto recorded = format::event_at(record);
      EVENTSTORE_TRY_ASSIGN(const bool is_same, is_same_event(event, recorded));
      if (!is_same)
        return conflict(event, fmt::format("is stored at version {} with other content", recorded.version.value));
      if (std::exchange(stream.last_seen, recorded.version) >= recorded.version)
        return conflict(event, "is stored, but in another order");
      receipt.events.push_back({recorded.version, recorded.position});
    }
    if (present != nullptr && absent != nullptr)
      return conflict(*present, fmt::format("is stored, but {} of the same commit is not", absent->id.to_string()));
    receipt.already_there = present != nullptr;
    return receipt;
  }

  // The place of an event with the same id as the commit's; 0 if there is none.
  Result<format::Location> find_earlier(std::size_t event, const Touched& stream) const {
    if (stream.found.parts.empty()) return format::Location{};
    return index_.view().find_event(stream.found, commit_.events[event].id, ids_[event]);
  }

  Result<bool> is_same_event(const NewEvent& event, const RecordedEvent& recorded) const {
    const bool has_same_bytes = event.type == recorded.type && event.organization == recorded.organization &&
                                event.created_at == recorded.created_at &&
                                std::ranges::equal(event.metadata, recorded.metadata) &&
                                event.schema == recorded.schema && event.codec == recorded.codec &&
                                std::ranges::equal(event.data, recorded.data);
    if (has_same_bytes || !commit_.is_same) return has_same_bytes;
    // Whether an event written under another schema means the same is not for the log to say.
    const auto descriptor = index_.schemas().find(recorded.schema, format::past_all);
    if (!descriptor && !recorded.schema.is_none()) EVENTSTORE_TRY(index_.schemas().check_not_hidden(recorded.schema));
    return (*commit_.is_same)(event, recorded, descriptor.value_or(BytesView{}));
  }

  static tl::unexpected<Error> conflict(const NewEvent& event, std::string_view reason) {
    return refused(Errc::id_conflict, event.stream, fmt::format("event id {} {}", event.id.to_string(), reason));
  }

  Result<void> check_organizations() {
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
      const auto& event = commit_.events[i];
      auto& organization = touched_[streams_[i]].organization;
      if (organization.empty()) organization = event.organization;
      if (organization != event.organization)
        return refused(Errc::wrong_organization, event.stream, "the stream belongs to another organization");
    }
    for (std::size_t i = 0; i < commit_.outcomes.size(); ++i) {
      const auto& organization = touched_[outcome_streams_[i]].organization;
      if (!organization.empty() && organization != commit_.outcomes[i].organization)
        return refused(Errc::wrong_organization, commit_.outcomes[i].stream,
                       "the stream belongs to another organization");
    }
    return {};
  }

  Result<void> check_schemas() const {
    SchemaId known{};
    for (const auto& event : commit_.events) {
      if (event.schema == known) continue;
      known = event.schema;
      if (known.is_none() || index_.schemas().knows(known)) continue;
      const bool is_given = std::any_of(commit_.schemas.begin(), commit_.schemas.end(),
                                        [&](const SchemaRecord& schema) { return schema.id == known; });
      if (is_given) continue;
      EVENTSTORE_TRY(index_.schemas().read_again());
      if (index_.schemas().knows(known)) continue;
      EVENTSTORE_TRY(index_.schemas().check_not_hidden(known));
      return refused(Errc::invalid_argument, event.stream,
                     fmt::format("neither the log nor the commit describes schema {} of {}", known.digest.to_string(),
                                 event.type));
    }
    return {};
  }

  Result<void> check_expectations() const {
    Error failed{Errc::wrong_version, "append", {}, {}};
    for (std::size_t i = 0; i < expected_.size(); ++i) {
      const auto& expectation = commit_.expectations[i];
      const auto head = touched_[expected_[i]].head;
      if (!expectation.version.holds_for(head))
        failed.conflicts.push_back({expectation.stream.text(), expectation.version, head});
    }
    if (!failed.conflicts.empty()) return failure(std::move(failed));
    return {};
  }

  Receipt place() {
    Receipt receipt;
    receipt.events.reserve(commit_.events.size());
    auto position = index_.head();
    for (const auto stream : streams_) {
      auto& head = touched_[stream].head;
      head = head.next();
      position = position.next();
      receipt.events.push_back({head, position});
    }
    return receipt;
  }

  const Commit& commit_;
  const LogIndex& index_;
  std::vector<Touched> touched_;
  NameTable names_;
  std::uint32_t last_ = 0;
  std::vector<std::uint32_t> streams_;          // of each event, as a place in touched_
  std::vector<std::uint32_t> expected_;         // of each expectation, likewise
  std::vector<std::uint64_t> ids_;              // of each event, its Hashing::id
  std::vector<std::uint32_t> outcome_streams_;  // of each outcome, as a place in touched_
  format::Location repeated_{};
};

}  // namespace

Result<Admitted> admit(const Commit& commit, const LogIndex& index) { return Admission{commit, index}.judge(); }

}  // namespace eventstore::engine
