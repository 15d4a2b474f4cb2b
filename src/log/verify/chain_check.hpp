#pragma once
// Compares the log with its seals: every sealed event is hashed again and compared with its digest in the seal.
#include "../evidence/expired_seals.hpp"
#include "../evidence/seal_files.hpp"
#include "walk.hpp"

namespace eventstore::engine {

class ChainCheck final : public WalkObserver {
 public:
  /// `sealed`: the segments that had a seal file before the walk began. Later seals are not checked.
  ChainCheck(const StoreFiles& store, const Uuid& store_id, std::vector<std::uint32_t> sealed, VerifyReport& report);

  /// Before the walk: begins the chain after the dropped segments. Errors: newer_format.
  Result<void> begin_after(const Expired& expired);

  Result<void> begin_segment(const WalkedSegment& segment) override;
  void schema(const SchemaRecord& schema, std::uint64_t offset) override;
  void event(const WalkedEvent& event) override;
  void gap_begins() override;
  void lost(Position, Position) override { is_complete_ = false; }
  Result<void> end_segment(const WalkedEnd& end) override;

  /// After the walk, which ended in `last_segment`: looks for seals without a segment, and for the kept digest.
  /// `is_moving`: a writer has published more during the walk, so that a seal past the end proves nothing.
  void finish(std::uint32_t last_segment, bool is_moving, const std::optional<Digest>& kept);

 private:
  // Positions one after another that differ in the same way.
  struct Run {
    std::uint64_t offset = 0;
    Position first{};
    Position last{};
  };
  struct Sealed {
    std::uint32_t number = 0;
    Position covered_to{};
    std::optional<Digest> by_log{};   // made from the log
    std::optional<Digest> by_seal{};  // as the seal file has it
    bool is_expired = false;          // the segment was dropped: only the seal's header is kept
  };

  Result<void> open_seal(std::uint32_t number);
  void difference(Position position, std::uint64_t offset);
  void end_run();
  void compare(const WalkedEnd& end, const Digest& root);
  void take(const WalkedEnd& end, const std::optional<Digest>& by_log);
  void look_for(const Digest& kept);
  void find(FindingKind kind, const std::string& file, std::uint64_t offset, std::string_view what,
            std::string_view advice, Position first = {}, Position last = {});

  const StoreFiles& store_;
  const SealFiles seals_;
  const Uuid store_id_;
  const std::vector<std::uint32_t> sealed_;
  VerifyReport& report_;
  ChainReport& chain_;
  Sha256 sha_;

  // Of the segment that is walked.
  WalkedSegment segment_;
  MerkleTree tree_;
  bool is_complete_ = true;  // every event of it was seen
  std::optional<Run> run_;
  std::shared_ptr<Mapping> mapping_;
  bool has_file_ = false;
  BytesView seal_;             // its file
  SealFlaw flaw_;              // of the file
  format::SealHeader header_;  // of the file, where it can be believed
  bool has_header_ = false;
  bool has_leaves_ = false;  // as many as the header says, whole or not
  bool has_difference_ = false;

  // Of those before it.
  std::uint32_t last_number_ = 0;
  std::string cut_;  // a finished segment whose end is missing
  std::vector<Sealed> chain_so_far_;
  std::vector<std::uint32_t> missing_;        // seal files, since the last that is there
  std::optional<Digest> by_log_ = Digest{};   // the digest before this segment's; absent once the log can't be read
  std::optional<Digest> by_seal_ = Digest{};  // likewise; absent where that seal is missing or damaged
};

}  // namespace eventstore::engine
