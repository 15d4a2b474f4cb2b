#include "subject_traces.hpp"

#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/aggregate/subject_of.hpp>

#include <algorithm>

#include "lost_keys.hpp"

namespace eventstore::app {
namespace {

// The metadata that tells about a person, and stands in clear.
void add_clear_metadata(const Metadata& metadata, std::vector<std::string>& fields) {
  if (!metadata.ip_address.empty()) fields.emplace_back("metadata.ip_address");
  if (!metadata.user_agent.empty()) fields.emplace_back("metadata.user_agent");
  if (!metadata.extra.empty()) fields.emplace_back("metadata.extra");
}

class Tracing {
 public:
  Tracing(const Store& store, const Subject& subject, std::span<const Uuid> lost)
      : store_{store}, subject_{subject}, key_ids_{lost.begin(), lost.end()} {}

  Result<void> begin() {
    const auto* const cipher = value_cipher_of(store_.log());
    if (cipher == nullptr) return {};
    EVENTSTORE_TRY_ASSIGN(const auto key, cipher->keys().find(subject_));
    if (key) key_ids_.push_back(key->id);
    return {};
  }

  // The fields about the person that stand in clear.
  Result<std::vector<std::string>> clear_fields(const RecordedEvent& event) {
    std::vector<std::string> fields;
    if (event.encryption_key != 0) return fields;
    EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
    const auto* const type = aggregates_.find(event.stream.substr(0, event.stream.find('-')));
    if (type != nullptr && has_personal(*type) && !type->is_unknown(event)) {
      EVENTSTORE_TRY_ASSIGN(const auto read, type->read(event, store_.schemas()));
      for (const auto& each : read) {
        EVENTSTORE_TRY_ASSIGN(const auto unnamed, clear_values(*each.schema, each.data, {}));
        for (const auto& value : unnamed) {
          const bool is_named = !value.subject.empty();
          EVENTSTORE_TRY_ASSIGN(const bool is_ours,
                                is_named ? Result<bool>{value.subject == subject_.id} : is_of(event, *type));
          if (is_ours) fields.push_back(value.path);
        }
      }
    }
    if (metadata.user_id == subject_.id) {
      add_clear_metadata(metadata, fields);
    } else if (metadata.user_id.empty() && type != nullptr) {
      std::vector<std::string> others;
      add_clear_metadata(metadata, others);
      if (!others.empty()) {
        EVENTSTORE_TRY_ASSIGN(const bool is_ours, is_of(event, *type));
        if (is_ours) fields.insert(fields.end(), others.begin(), others.end());
      }
    }
    return fields;
  }

  // Under the key of the stream itself stands what was written before the stream named the person.
  Result<bool> is_encrypted(const RecordedEvent& event) {
    if (is_under_key_of_subject(event)) return true;
    if (event.encryption_key == 0) return false;
    const auto* const type = aggregates_.find(event.stream.substr(0, event.stream.find('-')));
    if (type == nullptr || !type->subject) return false;
    EVENTSTORE_TRY_ASSIGN(const auto own, own_key_of(event.stream));
    if (!own || !is_encrypted_by(event, *own)) return false;
    return is_of(event, *type);
  }

 private:
  [[nodiscard]] bool is_under_key_of_subject(const RecordedEvent& event) const {
    return std::any_of(key_ids_.begin(), key_ids_.end(), [&](const Uuid& id) { return is_encrypted_by(event, id); });
  }
  Result<std::optional<Uuid>> own_key_of(std::string_view stream) {
    const auto known = own_keys_.find(stream);
    if (known != own_keys_.end()) return known->second;
    EVENTSTORE_TRY_ASSIGN(const auto key, store_.keys().find(Subject{subject_.organization, std::string{stream}}));
    return own_keys_.emplace(stream, key ? std::optional{key->id} : std::nullopt).first->second;
  }
  static bool has_personal(const AggregateType& type) {
    return std::any_of(type.events.begin(), type.events.end(), [](const Schema* each) { return each->has_encrypted; });
  }

  // Whether what names nobody in the event's stream is about the person.
  Result<bool> is_of(const RecordedEvent& event, const AggregateType& type) {
    const auto known = streams_.find(event.stream);
    if (known != streams_.end()) return known->second;
    EVENTSTORE_TRY_ASSIGN(const auto stream, StreamId::parse(event.stream));
    EVENTSTORE_TRY_ASSIGN(const auto subject, subject_of_stream(store_, type, stream));
    return streams_.emplace(stream.text(), subject == subject_.id).first->second;
  }

  const Store& store_;
  const Subject& subject_;
  const AggregateTypes aggregates_{store_.model().aggregates};
  std::vector<Uuid> key_ids_;
  std::map<std::string, bool, std::less<>> streams_;
  std::map<std::string, std::optional<Uuid>, std::less<>> own_keys_;
};

}  // namespace

Result<std::string> subject_of_stream(const Store& store, const AggregateType& type, const StreamId& stream) {
  if (!type.subject) return std::string{stream.key()};
  auto state = load_state(store.log(), store.schemas(), type, stream, no_version_limit, nullptr);
  if (!state && state.error().code == Errc::missing_key)
    return subject_as_stored(store.log(), store.schemas(), type, stream, no_version_limit);
  if (!state) return failure_of(state);
  return subject_of(type, **state, stream);
}

Result<std::map<std::string, SubjectStream>> trace_subject(const Store& store, const Subject& subject,
                                                           std::span<const Uuid> lost, const OnSubjectEvent& on_event,
                                                           const OnProgress& on_progress, const std::stop_token& stop) {
  Tracing tracing{store, subject, lost};
  EVENTSTORE_TRY(tracing.begin());
  EVENTSTORE_TRY_ASSIGN(const auto dropped, store.log().dropped());
  EVENTSTORE_TRY_ASSIGN(const Position head, store.log().head());
  std::map<std::string, SubjectStream> streams;
  ReadAll page{.from = dropped.last == Position{0} ? Position{0} : dropped.last.next(), .as_stored = true};
  page.filter.organization = subject.organization;
  for (bool more = true; more;) {
    if (stop.stop_requested()) return failure(Errc::stopped, "trace subject", {}, "nothing was changed");
    EVENTSTORE_TRY_ASSIGN(const Page read, store.log().read_all(page));
    for (const auto& event : read.events) {
      EVENTSTORE_TRY_ASSIGN(const bool is_encrypted, tracing.is_encrypted(event));
      EVENTSTORE_TRY_ASSIGN(const auto fields, tracing.clear_fields(event));
      if (!is_encrypted && fields.empty()) continue;
      auto& counts = streams[std::string{event.stream}];
      ++(is_encrypted ? counts.encrypted : counts.clear);
      if (on_event) EVENTSTORE_TRY(on_event(event, fields));
    }
    more = !read.at_end;
    page.from = Position{read.next};
    if (on_progress && head.value != 0)
      on_progress({page.from.value, static_cast<double>(page.from.value) / static_cast<double>(head.value)});
  }
  return streams;
}

}  // namespace eventstore::app
