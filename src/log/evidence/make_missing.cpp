#include <fmt/format.h>

#include <algorithm>

#include "../contract/guarded.hpp"
#include "../files/segment_list.hpp"
#include "expired_seals.hpp"
#include "seal_files.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

class MissingSeals {
 public:
  MissingSeals(const StoreFiles& store, const Uuid& store_id) : store_{store}, seals_{store}, store_id_{store_id} {}

  Result<SealsMade> make(const std::stop_token& stop) {
    EVENTSTORE_TRY_ASSIGN(const auto expired, read_expired(store_, store_id_));
    if (expired) {
      EVENTSTORE_TRY_ASSIGN(made_.head, chain_head_of(*expired, store_.path("expired")));
    }
    EVENTSTORE_TRY_ASSIGN(const auto list, list_segments(store_, store_id_));
    const auto& segments = list.numbers;
    EVENTSTORE_TRY_ASSIGN(there_, seals_.numbers());
    // The last segment is not finished: a next one begins only once it is sealed and on the disk.
    for (auto number = made_.head.segment + 1; !segments.empty() && number < segments.back(); ++number) {
      if (stop.stop_requested()) return failure(Errc::stopped, "seal", store_.directory());
      EVENTSTORE_TRY(has(number) ? take(number) : make_one(number));
    }
    return made_;
  }

 private:
  [[nodiscard]] bool has(std::uint32_t number) const {
    return std::binary_search(there_.begin(), there_.end(), number);
  }

  Result<void> take(std::uint32_t number) {
    EVENTSTORE_TRY_ASSIGN(const auto seal, seals_.read_header(number, store_id_));
    EVENTSTORE_TRY(check_continues(seal, seals_.path(number)));
    made_.head = seal.chain_head();
    return {};
  }

  Result<void> make_one(std::uint32_t number) {
    EVENTSTORE_TRY_ASSIGN(const auto segment, store_.open_segment(number, store_id_, OpenMode::read));
    EVENTSTORE_TRY_ASSIGN(const auto size, segment->file()->size());
    EVENTSTORE_TRY_ASSIGN(const auto seal, make_seal({segment->data(), size}, segment->path(), made_.head.digest));
    if (segment->has_failed()) return failure(unreadable("seal", segment->path()));
    EVENTSTORE_TRY(check_continues(seal, segment->path()));
    EVENTSTORE_TRY(check_next(seal, segment->path()));
    EVENTSTORE_TRY(seals_.write(seal));
    made_.head = seal.chain_head();
    ++made_.made;
    return {};
  }

  [[nodiscard]] Result<void> check_continues(const Seal& seal, const std::string& path) const {
    if (seal.header.previous == made_.head.digest && seal.header.first_position == made_.head.covered_to.value + 1)
      return {};
    return failure(Errc::corrupt_record, "seal", path,
                   fmt::format("it does not continue the seal of segment {}; run verify --chain", made_.head.segment));
  }

  // A missing seal is made again only as it was: the one after it remembers its digest.
  [[nodiscard]] Result<void> check_next(const Seal& seal, const std::string& path) const {
    const auto next = static_cast<std::uint32_t>(seal.header.number) + 1;
    if (!has(next)) return {};
    EVENTSTORE_TRY_ASSIGN(const auto later, seals_.read_header(next, store_id_));
    if (later.header.previous == seal.header.digest) return {};
    return failure(Error{Errc::corrupt_record, "seal", path,
                         "the next segment's seal shows that this segment is not the one that was sealed; run verify "
                         "--chain, and compare with a backup",
                         Position{seal.header.first_position}});
  }

  const StoreFiles& store_;
  const SealFiles seals_;
  const Uuid store_id_;
  std::vector<std::uint32_t> there_;
  SealsMade made_;
};

}  // namespace

Result<SealsMade> make_missing_seals(FileSystem& files, const std::string& directory, const std::stop_token& stop) {
  return guarded("seal", directory, [&]() -> Result<SealsMade> {
    const StoreFiles store{files, directory};
    EVENTSTORE_TRY_ASSIGN(const auto manifest, store.read_manifest());
    for (;;) {
      EVENTSTORE_TRY_ASSIGN(const auto before, read_expired(store, manifest.store_id));
      auto made = MissingSeals{store, manifest.store_id}.make(stop);
      if (made) return made;
      // A writer may have dropped the segment in the meantime.
      EVENTSTORE_TRY_ASSIGN(const auto after, read_expired(store, manifest.store_id));
      if (!after || (before && before->last_segment() == after->last_segment())) return made;
    }
  });
}

}  // namespace v1
}  // namespace eventstore
