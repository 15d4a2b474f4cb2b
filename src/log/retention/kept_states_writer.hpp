#pragma once
// Writes the file of kept states, one state after another in the order of the table of streams.
#include <eventstore/file_log/digest.hpp>
#include <eventstore/file_log/retention.hpp>
#include <map>

#include "../evidence/sha256.hpp"
#include "../files/kept_states.hpp"
#include "../files/whole_file.hpp"

namespace eventstore::engine {

/// Threads: one at a time. Memory: eight bytes for each stream, the origins, and a buffer. Throws bad_alloc. Errors of
/// all: io_failed, out_of_space.
class KeptStatesWriter {
 public:
  /// `header` has the store, the last segment and the number of streams. The file has its name when it is finished.
  static Result<KeptStatesWriter> begin(FileSystem& files, const std::string& path, const format::StatesHeader& header);

  /// The next stream's state. The header's checksum, origin and sizes are filled in here. Errors: also too_large.
  Result<void> add(std::string_view stream, format::StateHeader header, const StateOrigin& origin, BytesView state);
  /// The next stream has no place in the file: state_unkept or state_not_needed.
  void pass(std::uint64_t place) { places_.push_back(place); }
  /// Returns when the file is on the disk under its name, with the digest of its bytes: states_digest().
  Result<Digest> finish();

 private:
  KeptStatesWriter(WholeFile file, std::string path, const format::StatesHeader& header)
      : file_{std::move(file)}, path_{std::move(path)}, header_{header}, sha_{std::make_unique<Sha256>()} {}

  Result<void> write(BytesView bytes);
  Result<void> pad();
  Result<void> flush();
  Result<void> write_places();
  Result<void> write_origins();

  WholeFile file_;
  std::string path_;
  format::StatesHeader header_;
  std::unique_ptr<Sha256> sha_;  // of all behind the header
  std::uint64_t written_ = sizeof(format::StatesHeader);
  Bytes buffer_;  // what was written last, and is not in the file yet
  std::vector<std::uint64_t> places_;
  std::vector<StateOrigin> origins_;
};

/// SHA-256 of the SHA-256 of all behind the header, and of the header. Cost: reads the file.
Digest states_digest(BytesView file);

}  // namespace eventstore::engine
