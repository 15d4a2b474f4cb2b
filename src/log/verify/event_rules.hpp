#pragma once
// The rules for the events of a log: gapless versions, one organization a stream, schemas described before use.
#include <unordered_set>

#include "../containers/hashing.hpp"
#include "../containers/name_table.hpp"
#include "../index/expired.hpp"
#include "walk.hpp"

namespace eventstore::engine {

class EventRules final : public WalkObserver {
 public:
  /// `expired`: the last dropped versions of streams; null for none. It outlives this object, and its table is whole.
  EventRules(VerifyReport& report, const Uuid& store_id, const Expired* expired)
      : report_{report}, hashing_{Hashing::of_store(store_id)}, expired_{expired} {}

  Result<void> begin_segment(const WalkedSegment& segment) override;
  void schema(const SchemaRecord& schema, std::uint64_t) override { schemas_.insert(schema.id); }
  void event(const WalkedEvent& event) override;
  void gap_begins() override { schema_may_be_lost_ = true; }
  void lost(Position first, Position last) override;
  Result<void> end_segment(const WalkedEnd&) override { return {}; }

 private:
  struct Stream {
    std::string name;
    std::uint64_t hash = 0;
    std::uint32_t organization = 0;  // place in organizations_
    Version version{};
    Position last{};
  };
  struct Lost {
    std::uint64_t first;
    std::uint64_t last;
    std::uint64_t before;  // positions lost before `first`
  };

  Stream& stream_of(const RecordedEvent& event);
  std::uint32_t number_of_organization(std::string_view organization);
  void check_version(const WalkedEvent& event, const Stream& stream);
  void check_schema(const WalkedEvent& event);
  [[nodiscard]] std::uint64_t lost_up_to(Position position) const;
  void find(const WalkedEvent& event, std::string what);

  VerifyReport& report_;
  const Hashing hashing_;
  const Expired* const expired_;
  std::string path_;
  NameTable names_;
  std::vector<Stream> streams_;
  NameTable organization_names_;
  std::vector<std::string> organizations_;
  std::unordered_set<SchemaId> schemas_;  // described in this segment
  SchemaId last_schema_{};                // known to be one of them
  bool schema_may_be_lost_ = false;       // in this segment
  std::vector<Lost> lost_;
};

}  // namespace eventstore::engine
