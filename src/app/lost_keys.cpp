#include "lost_keys.hpp"

#include <eventstore/aggregate/subject_of.hpp>

#include <map>

namespace eventstore::app {
namespace {

class LostKeys {
 public:
  explicit LostKeys(const Store& store) : store_{store}, aggregates_{store.model().aggregates} {}

  Result<void> look_at(const RecordedEvent& event) {
    EVENTSTORE_TRY_ASSIGN(const auto about, encrypted_about(event, nullptr));
    for (const auto& each : about) {
      EVENTSTORE_TRY_ASSIGN(const auto place, place_of(each.key_id, event));
      if (place) ++found[*place].events;
    }
    return {};
  }

  std::vector<LostKey> found{};

 private:
  // In `found`; absent where the key is there.
  Result<std::optional<std::size_t>> place_of(const Uuid& id, const RecordedEvent& event) {
    const auto known = places_.find(id);
    if (known != places_.end()) return known->second;
    auto key = store_.keys().find(id);
    if (!key && key.error().code != Errc::missing_key) return failure_of(key);
    auto& place = places_[id];
    if (key) return place;
    EVENTSTORE_TRY_ASSIGN(auto owner, owner_of(store_.log(), store_.schemas(), aggregates_, event, id));
    place = found.size();
    auto& lost = found.emplace_back();
    lost.id = id;
    if (owner) lost.subject = Subject{std::string{event.organization}, std::move(*owner)};
    lost.organization = event.organization;
    lost.stream = event.stream;
    lost.first = event.position;
    return place;
  }

  const Store& store_;
  const AggregateTypes aggregates_;
  std::map<Uuid, std::optional<std::size_t>> places_;
};

}  // namespace

Result<std::string> subject_as_stored(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                      const StreamId& stream, Version last) {
  if (!type.subject) return std::string{stream.key()};
  auto state = type.new_state();
  ReadStream next{.as_stored = true};
  for (bool more = true; more;) {
    auto page = log.read_stream(stream, next);
    if (!page && page.error().code == Errc::expired) return stream.text();  // nobody knows any more
    if (!page) return failure_of(page);
    for (const auto& event : page->events) {
      if (event.version > last) return subject_of(type, *state, stream);
      EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
      if (!type.is_unknown(event)) EVENTSTORE_TRY(state->apply(event, metadata, schemas));
    }
    more = !page->at_end;
    next.from = Version{page->next};
  }
  return subject_of(type, *state, stream);
}

Result<std::optional<std::string>> owner_of(const EventLog& log, const SchemaReader& schemas,
                                            const AggregateTypes& aggregates, const RecordedEvent& event,
                                            const Uuid& key_id) {
  const auto schema = event.codec == Codec::json ? Result<const Schema*>{nullptr} : schemas.find(event.schema);
  EVENTSTORE_TRY_ASSIGN(const auto about, encrypted_about(event, schema ? *schema : nullptr));
  for (const auto& each : about) {
    if (each.key_id != key_id || !each.subject) continue;
    if (!each.subject->empty()) return each.subject;
    EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(event.stream));
    const auto* const type = aggregates.find(stream.category());
    if (type == nullptr) return std::optional<std::string>{};
    EVENTSTORE_TRY_ASSIGN(auto owner, subject_as_stored(log, schemas, *type, stream, event.version));
    return std::optional{std::move(owner)};
  }
  return std::optional<std::string>{};
}

Result<std::vector<LostKey>> lost_keys(const Store& store, const OnProgress& on_progress, const std::stop_token& stop) {
  LostKeys keys{store};
  EVENTSTORE_TRY_ASSIGN(const auto dropped, store.log().dropped());
  EVENTSTORE_TRY_ASSIGN(const Position head, store.log().head());
  ReadAll next{.from = dropped.last == Position{0} ? Position{0} : dropped.last.next(), .as_stored = true};
  for (bool more = true; more;) {
    if (stop.stop_requested()) return failure(Errc::stopped, "look for keys", {}, "nothing was changed");
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_all(next));
    for (const auto& event : page.events) EVENTSTORE_TRY(keys.look_at(event));
    more = !page.at_end;
    next.from = Position{page.next};
    if (on_progress && head.value != 0)
      on_progress({next.from.value, static_cast<double>(next.from.value) / static_cast<double>(head.value)});
  }
  return std::move(keys.found);
}

}  // namespace eventstore::app
