#pragma once
// The keys of subjects. They live beside the log, never in it, and are the second truth: a lost key is lost data, and a
// destroyed key is an erased person. docs/inside/privacy.md has the format and what an attacker learns from it.
#include <array>
#include <cstddef>
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/security/subject.hpp>
#include <optional>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A key of AES-256.
using KeyBytes = std::array<std::byte, 32>;

/// A subject's key. Encrypted values name it by its id, which says nothing about the subject.
struct SubjectKey {
  Uuid id{};
  std::optional<KeyBytes> bytes{};  ///< absent: the subject was erased
};

/// The steps of an erasure: the key is destroyed, then an event records it, then everything that was made from the
/// subject's data is made again. A process that ends in between is followed by one that goes on.
enum class ErasureStep : std::uint8_t { key_destroyed, recorded, finished };

struct Erasure {
  Subject subject;
  Uuid event_id{};  ///< of the event that records it
  Timestamp erased_at{};
  std::string user_id{};  ///< who asked for it; empty: not known
  ErasureStep step = ErasureStep::key_destroyed;
  /// Keys of the subject that the key store has lost: from now on they count as destroyed. Not among what
  /// KeyStore::erasures gives.
  std::vector<Uuid> lost_keys{};
};

/// Threads: every member from any thread. Several processes may have one key store open; what one of them has done is
/// seen by the next call of the others.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// The key with this id. Errors: missing_key, where there is none; io_failed, corrupt_record.
  virtual Result<SubjectKey> find(const Uuid& id) const = 0;

  /// The subject's key; absent where the subject has none yet. Errors: as above, but missing_key.
  virtual Result<std::optional<SubjectKey>> find(const Subject& subject) const = 0;

  /// The keys of `subjects`, in their order. Those that are missing are made, and are durable when this returns: none
  /// of them is, where it fails. A subject that was erased gets no new key. Errors: read_only, out_of_space, io_failed.
  /// Cost: one transaction for all that are made; none where all are there.
  virtual Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) = 0;

  /// Destroys the subject's key durably, and keeps the erasure. A subject without a key gets none from now on. Where
  /// the subject was erased before, the first erasure stays and is the result, and its lost keys are kept, too. Errors:
  /// read_only, out_of_space, io_failed. Where it fails the key is there, or destroyed and not yet cleared from the
  /// disk: call it again.
  virtual Result<Erasure> erase(const Erasure& erasure) = 0;

  /// Notes that the erasure of `subject` has come so far. Errors: not_found; as erase.
  virtual Result<void> note(const Subject& subject, ErasureStep step) = 0;

  /// All erasures, or those that are not finished, in the order of erased_at. Errors: io_failed, corrupt_record.
  virtual Result<std::vector<Erasure>> erasures(bool unfinished_only) const = 0;

  /// The store's own key, which never changes and belongs to no subject: for codes of claims and of commands. Made with
  /// the store. Errors: as find.
  virtual Result<KeyBytes> own_key() const = 0;

  /// A number that is another one after a key was destroyed, by this process or another: until then, keys that a caller
  /// has kept are good. Cost: no system call more often than every 50 ms.
  virtual std::uint64_t generation() const = 0;
};

}  // namespace v1
}  // namespace eventstore
