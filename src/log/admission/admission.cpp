#include "admission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "../containers/name_table.hpp"

namespace eventstore::engine {
namespace {

tl::unexpected<Error> refused(Errc code, const NewEvent& event, std::string reason) {
  return failure(code, "append", event.stream.text(), std::move(reason));
}

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
    EVENTSTORE_TRY(check_form());
    EVENTSTORE_TRY(group());
    EVENTSTORE_TRY(check_ids_once());
    EVENTSTORE_TRY_ASSIGN(auto earlier, recognise());
    if (earlier.already_there) return Admitted{std::move(earlier), {}, {}, {}, {}};
    EVENTSTORE_TRY(check_organizations());
    EVENTSTORE_TRY(check_schemas());
    EVENTSTORE_TRY(check_expectations());
    const auto* const tail = index_.view().growing_tail();
    Admitted admitted{
        place(), {}, std::move(streams_), std::move(ids_), tail == nullptr ? Position{0} : tail->before()};
    admitted.touched.reserve(touched_.size());
    for (const auto& stream : touched_)
      admitted.touched.push_back({stream.name, stream.hash, stream.found.part_in(tail)});
    return admitted;
  }

 private:
  Result<void> check_form() const {
    if (commit_.events.empty()) return failure(Errc::invalid_argument, "append", {}, "a commit needs an event");
    std::size_t total = 0;
    for (const auto& event : commit_.events) {
      if (event.id == EventId{}) return refused(Errc::invalid_argument, event, "an event needs an id");
      EVENTSTORE_TRY(check_name(event, "type", event.type));
      EVENTSTORE_TRY(check_name(event, "organization", event.organization));
      const auto size = event.stream.text().size() + event.type.size() + event.organization.size() +
                        event.metadata.size() + event.data.size();
      if (size > event_bytes_max)
        return refused(Errc::too_large, event,
                       fmt::format("event is {} bytes, the limit is {}", size, event_bytes_max));
      total += format::padded(sizeof(format::EventHeader) + size);
    }
    // Room for the header and for the descriptors, each at most once.
    total += sizeof(format::CommitHeader);
    for (const auto& schema : commit_.schemas)
      total += format::padded(sizeof(format::SchemaHeader) + schema.descriptor.size());
    if (total > commit_bytes_max)
      return failure(Errc::too_large, "append", {},
                     fmt::format("commit is {} bytes, the limit is {}", total, commit_bytes_max));
    return {};
  }

  static Result<void> check_name(const NewEvent& event, std::string_view what, std::string_view name) {
    if (name.empty()) return refused(Errc::invalid_argument, event, fmt::format("an event needs a {}", what));
    if (name.size() > name_bytes_max)
      return refused(Errc::invalid_argument, event,
                     fmt::format("{} is {} bytes, the limit is {}", what, name.size(), name_bytes_max));
    return {};
  }

  std::uint32_t touch(std::string_view name) {
    if (!touched_.empty() && touched_[last_].name == name) return last_;
    const auto hash = hash_of(name);
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
      ids_.push_back(event_id_hash(touched_[streams_[i]].hash, events[i].id));
    if (events.size() == 1) return {};
    NameTable seen;
    seen.reserve(events.size());
    for (std::uint32_t i = 0; i < events.size(); ++i) {
      const auto twin = seen.find(ids_[i], [&](std::uint32_t earlier) {
        return streams_[earlier] == streams_[i] && events[earlier].id == events[i].id;
      });
      if (twin != NameTable::none)
        return refused(Errc::invalid_argument, events[i],
                       fmt::format("event id {} is twice in the commit", events[i].id.to_string()));
      seen.put(ids_[i], i, [&](std::uint32_t earlier) { return ids_[earlier]; });
    }
    return {};
  }

  // The places that the events got when they were first appended; already_there only where all were.
  Result<Receipt> recognise() {
    Receipt receipt;
    const NewEvent* present = nullptr;
    const NewEvent* absent = nullptr;
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
      const auto& event = commit_.events[i];
      auto& stream = touched_[streams_[i]];
      EVENTSTORE_TRY_ASSIGN(const auto* const record, find_earlier(i, stream));
      (record == nullptr ? absent : present) = &event;
      if (record == nullptr) continue;
      const auto recorded = format::event_at(record);
      if (!same_content(event, recorded))
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

  // The record of an event with the same id as the commit's, or null.
  Result<const std::byte*> find_earlier(std::size_t event, const Touched& stream) const {
    const auto none = static_cast<const std::byte*>(nullptr);
    if (stream.found.parts.empty()) return none;
    EVENTSTORE_TRY_ASSIGN(const auto location,
                          index_.view().find_event(stream.found, commit_.events[event].id, ids_[event]));
    if (location == format::Location{}) return none;
    return index_.view().record(location);
  }

  static bool same_content(const NewEvent& event, const RecordedEvent& recorded) {
    if (event.type != recorded.type || event.organization != recorded.organization ||
        event.created_at != recorded.created_at)
      return false;
    if (!std::ranges::equal(event.metadata, recorded.metadata)) return false;
    // The same event written under another schema has other bytes; whether it means the same is not for the log to say.
    if (event.schema != recorded.schema) return true;
    return event.codec == recorded.codec && std::ranges::equal(event.data, recorded.data);
  }

  static tl::unexpected<Error> conflict(const NewEvent& event, std::string_view reason) {
    return refused(Errc::id_conflict, event, fmt::format("event id {} {}", event.id.to_string(), reason));
  }

  Result<void> check_organizations() {
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
      const auto& event = commit_.events[i];
      auto& organization = touched_[streams_[i]].organization;
      if (organization.empty()) organization = event.organization;
      if (organization != event.organization)
        return refused(Errc::wrong_organization, event, "the stream belongs to another organization");
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
      if (!is_given) EVENTSTORE_TRY(index_.schemas().check_not_hidden(known));
      if (!is_given)
        return refused(Errc::invalid_argument, event,
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
  std::vector<std::uint32_t> streams_;   // of each event, as a place in touched_
  std::vector<std::uint32_t> expected_;  // of each expectation, likewise
  std::vector<std::uint64_t> ids_;       // of each event, its event_id_hash
};

}  // namespace

Result<Admitted> admit(const Commit& commit, const LogIndex& index) { return Admission{commit, index}.judge(); }

void add_admitted(const Admitted& admitted, const std::byte* commit, format::Location location, LogIndex& index) {
  index.schemas().add_commit(commit, location);
  auto& tail = index.tail();
  // Where other segments were begun since, this tail begins later, or none of them had anything.
  const bool is_known = admitted.before_tail == tail.before();
  std::vector<TailIndex::Stream*> streams;
  streams.reserve(admitted.touched.size());
  for (const auto& stream : admitted.touched)
    streams.push_back(is_known ? stream.in_tail : tail.find(stream.name, stream.hash));
  std::size_t next = 0;
  format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
    const auto id = admitted.ids[next];
    const auto number = admitted.streams[next++];
    auto*& stream = streams[number];
    if (stream == nullptr) stream = &tail.add_stream(format::event_at(record), admitted.touched[number].hash);
    tail.add(*stream, format::Location{location.value + distance}, id);
  });
}

std::vector<SchemaRecord> descriptors_missing(const Commit& commit, const SchemaBook& book,
                                              std::vector<SchemaId>& held) {
  std::vector<SchemaRecord> missing;
  SchemaId last{};
  for (const auto& event : commit.events) {
    if (event.schema == last || event.schema.is_none()) continue;
    last = event.schema;
    if (std::find(held.begin(), held.end(), last) != held.end()) continue;
    held.push_back(last);
    const auto given = std::find_if(commit.schemas.begin(), commit.schemas.end(),
                                    [&](const SchemaRecord& schema) { return schema.id == last; });
    if (const auto known = book.find(last, format::past_all))
      missing.push_back({last, *known});
    else if (given != commit.schemas.end())
      missing.push_back({last, given->descriptor});
  }
  return missing;
}

}  // namespace eventstore::engine
