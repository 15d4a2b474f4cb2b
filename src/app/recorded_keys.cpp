#include "recorded_keys.hpp"

#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/aggregate/read_event.hpp>

#include <set>

namespace eventstore::app {
namespace {

class KeysAsRecorded final : public KeyStore {
 public:
  KeysAsRecorded(std::shared_ptr<KeyStore> keys, std::set<Uuid> erased)
      : keys_{std::move(keys)}, erased_{std::move(erased)} {}

  Result<SubjectKey> find(const Uuid& id) const override { return as_recorded(keys_->find(id)); }
  Result<std::optional<SubjectKey>> find(const Subject& subject) const override {
    auto found = keys_->find(subject);
    if (found && *found && erased_.contains((*found)->id)) (*found)->bytes.reset();
    return found;
  }
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) override {
    return keys_->find_or_make(subjects);
  }
  Result<Erasure> erase(const Erasure& erasure) override { return keys_->erase(erasure); }
  Result<void> note(const Subject& subject, ErasureStep step) override { return keys_->note(subject, step); }
  Result<std::vector<Erasure>> erasures(bool unfinished_only) const override {
    return keys_->erasures(unfinished_only);
  }
  Result<KeyBytes> own_key() const override { return keys_->own_key(); }
  std::uint64_t generation() const override { return keys_->generation(); }

 private:
  [[nodiscard]] Result<SubjectKey> as_recorded(Result<SubjectKey> found) const {
    if (found && erased_.contains(found->id)) found->bytes.reset();
    return found;
  }

  const std::shared_ptr<KeyStore> keys_;
  const std::set<Uuid> erased_;
};

// What needs a key fails as the opening did, and all else goes on.
class UnopenedKeys final : public KeyStore {
 public:
  explicit UnopenedKeys(Error why) : why_{std::move(why)} {}

  Result<SubjectKey> find(const Uuid&) const override { return failure(why_); }
  Result<std::optional<SubjectKey>> find(const Subject&) const override { return failure(why_); }
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject>) override { return failure(why_); }
  Result<Erasure> erase(const Erasure&) override { return failure(why_); }
  Result<void> note(const Subject&, ErasureStep) override { return failure(why_); }
  Result<std::vector<Erasure>> erasures(bool) const override { return failure(why_); }
  Result<KeyBytes> own_key() const override { return failure(why_); }
  std::uint64_t generation() const override { return 0; }

 private:
  const Error why_;
};

Result<void> each_in(const EventLog& log, const SchemaReader& schemas, const StreamId& stream,
                     FunctionRef<Result<void>(const Erasure& recorded)> visit) {
  Version from{0};
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const Page page, log.read_stream(stream, {.from = from, .as_stored = true}));
    for (const auto& event : page.events) {
      EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
      Result<void> visited{};
      const auto use = [&](const SubjectErased& recorded, const EventPart&) {
        const Subject subject{metadata.organization, recorded.subject};
        const auto own = erasures_of(subject.organization);
        if (!own || *own != stream || ids_of(subject).id(stream, 0) != event.id) return;
        visited = visit({subject, event.id.uuid, metadata.created_at, metadata.user_id, ErasureStep::recorded});
      };
      if (auto read = with_events<ErasureRecord>(event, schemas, use);
          !read && read.error().code != Errc::unknown_event_type)
        return read;
      EVENTSTORE_TRY(std::move(visited));
    }
    more = !page.at_end;
    from = Version{page.next};
  }
  return {};
}

}  // namespace

Result<StreamId> erasures_of(const std::string& organization) {
  return StreamId::of(ErasureRecord::category, organization);
}

EventIdRule ids_of(const Subject& subject) {
  return EventIdRule::of_command(
      Uuid::v5(eventstore_namespace, "erasure\n" + subject.organization + "\n" + subject.id));
}

std::shared_ptr<KeyStore> unopened_keys(Error why) { return std::make_shared<UnopenedKeys>(std::move(why)); }

Result<void> each_recorded_erasure(const EventLog& log, const SchemaReader& schemas,
                                   FunctionRef<Result<void>(const Erasure& recorded)> visit) {
  constexpr std::size_t page = 256;
  std::string after;
  for (bool more = true; more;) {
    EVENTSTORE_TRY_ASSIGN(const auto streams, log.streams(ErasureRecord::category, after, page));
    for (const auto& info : streams) {
      after = info.stream;
      EVENTSTORE_TRY(each_in(log, schemas, StreamId::trusted(info.stream), visit));
    }
    more = streams.size() == page;
  }
  return {};
}

Result<std::shared_ptr<KeyStore>> keys_as_recorded(const EventLog& log, const SchemaReader& schemas,
                                                   std::shared_ptr<KeyStore> keys) {
  std::set<Uuid> erased;
  const auto look = [&](const Erasure& recorded) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto key, keys->find(recorded.subject));
    if (key && key->bytes) erased.insert(key->id);
    return {};
  };
  EVENTSTORE_TRY(each_recorded_erasure(log, schemas, look));
  if (erased.empty()) return keys;
  return std::shared_ptr<KeyStore>{std::make_shared<KeysAsRecorded>(std::move(keys), std::move(erased))};
}

}  // namespace eventstore::app
