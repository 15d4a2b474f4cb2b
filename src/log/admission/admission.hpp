#pragma once
// Whether a commit may be appended, and where its events would stand: the same rules for every engine.
#include "../reading/log_index.hpp"

namespace eventstore::engine {

/// A commit that may be appended.
struct Admitted {
  struct Touched {
    std::string_view name;
    std::uint64_t hash = 0;
    TailIndex::Stream* in_tail = nullptr;  ///< null where the tail does not have it
  };

  Receipt receipt;
  format::Location repeated{};         ///< already_there: the last record by which the retry was recognised
  std::vector<Touched> touched;        ///< the streams of the commit
  std::vector<std::uint32_t> streams;  ///< of each event, as a place in touched
  std::vector<std::uint64_t> ids;      ///< of each event, its Hashing::id
  Position before_tail;                ///< the tail in which they were looked up begins after this
};

/// Checks `commit` against the log in `index`, including commits that are not published yet. The receipt's `durability`
/// is left to the engine. Errors: as EventLog::append, before anything is written.
Result<Admitted> admit(const Commit& commit, const LogIndex& index);

/// Adds an admitted commit, which was written to `location`, to the index. `commit` need not be where it was written.
void add_admitted(const Admitted& admitted, const std::byte* commit, format::Location location, LogIndex& index);

/// The descriptors of the schemas that `commit` uses and `held` does not name; they are added to `held`. admit()
/// refuses a schema that neither the log nor the commit describes.
std::vector<SchemaRecord> descriptors_missing(const Commit& commit, const SchemaBook& known,
                                              std::vector<SchemaId>& held);

}  // namespace eventstore::engine
