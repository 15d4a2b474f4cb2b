#pragma once
// What a log under power cuts has promised: a list of commits, so simple that it is right by looking at it.
#include <eventstore/log/event_log.hpp>
#include <map>
#include <optional>

namespace eventstore::power {

struct ModelEvent {
  std::string stream;
  EventId id{};
  std::string type;
  std::string organization;
  Timestamp created_at{};
  SchemaId schema{};
  Codec codec = Codec::binary;
  std::uint32_t encryption_key = 0;
  std::string metadata;
  std::string data;

  Version version{};        // once it is in the model
  Position position{};      // likewise
  Timestamp recorded_at{};  // once it was given to the log
};

struct ModelSchema {
  SchemaId id{};
  std::string descriptor;
};

struct ModelCommit {
  std::vector<ModelEvent> events;
  std::vector<Expectation> expectations;
  std::vector<ModelSchema> schemas;
  std::optional<Durability> durability;
};

/// What the log has to answer.
struct Judgement {
  std::optional<Errc> refusal;
  bool is_retry = false;
  std::vector<Placed> places;
};

class Model {
 public:
  struct Stream {
    std::string organization;
    std::vector<std::size_t> events;  // places in events()
  };

  [[nodiscard]] Judgement judge(const ModelCommit& commit) const;

  /// Takes in a commit that the log acknowledged, or that turned out to be there.
  void add(ModelCommit commit);
  /// Forgets all commits but the first `commits`, which must not be fewer than the durable ones.
  void keep(std::size_t commits);

  [[nodiscard]] const std::vector<ModelEvent>& events() const { return events_; }
  [[nodiscard]] const std::map<std::string, Stream>& streams() const { return streams_; }
  /// The descriptors that the log has recorded, in the order in which they were met.
  [[nodiscard]] const std::vector<ModelSchema>& schemas() const { return schemas_; }
  [[nodiscard]] std::size_t commits() const { return commits_.size(); }
  [[nodiscard]] const ModelCommit& commit(std::size_t number) const { return commits_[number]; }
  /// How many events the first `commits` commits have.
  [[nodiscard]] std::size_t events_before(std::size_t commits) const { return commits == 0 ? 0 : ends_[commits - 1]; }
  /// The number of commits that have the first `events` events; nothing where the last of them is half there.
  [[nodiscard]] std::optional<std::size_t> commits_with(std::size_t events) const;
  /// Null also for one that expired.
  [[nodiscard]] const ModelEvent* find(const std::string& stream, const EventId& id) const;
  /// How many events, from the first on, were recorded before `time`.
  [[nodiscard]] std::size_t recorded_before(Timestamp time) const;
  /// Forgets the schemas that only expired events have, as a log does that is opened again.
  void forget_expired_schemas();
  /// Whether an event that did not expire has this schema.
  [[nodiscard]] bool needs(const SchemaId& schema) const;

  /// So many commits survive whatever happens.
  std::size_t durable = 0;
  /// So many events, from the first on, were dropped: they have their places, and cannot be read or found.
  std::size_t expired = 0;
  /// Written perhaps: wholly there or not at all, after all the others.
  std::optional<ModelCommit> unknown;

 private:
  [[nodiscard]] bool knows(const SchemaId& id) const;
  void learn_schemas(const ModelCommit& commit);
  [[nodiscard]] std::optional<Errc> check_form(const ModelCommit& commit) const;
  [[nodiscard]] std::optional<Errc> recognise(const ModelCommit& commit, Judgement& judgement) const;
  [[nodiscard]] std::optional<Errc> check_streams(const ModelCommit& commit) const;

  std::vector<ModelCommit> commits_;
  std::vector<std::size_t> ends_;  // of each commit: how many events there are up to it
  std::vector<ModelEvent> events_;
  std::map<std::string, Stream> streams_;
  std::map<std::pair<std::string, EventId>, std::size_t> ids_;
  std::vector<ModelSchema> schemas_;
};

}  // namespace eventstore::power
