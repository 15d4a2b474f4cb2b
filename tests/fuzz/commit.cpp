// The reader of commits, which takes the log's bytes as they stand.
#include "fuzz_one.hpp"
#include "log/bytes/commit_check.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

using format::CommitHeader;
using format::RecordKind;
using format::RecordPrefix;

// Everything in the log names its own place; what is checked here is all the rest.
ExpectedCommit expected_by(const CommitHeader& header) {
  return {header.store_fold, header.location, header.generation, header.first_position, header.previous_checksum};
}

void read_events(BytesView commit, const CommitHeader& header) {
  std::size_t events = 0;
  for (std::size_t at = sizeof header; at < header.length;) {
    const auto prefix = format::load<RecordPrefix>(commit.data() + at);
    if (prefix.kind == RecordKind::event) {
      const auto event = format::event_at(commit.data() + at);
      // Every byte of every text is within the commit.
      must(reinterpret_cast<const std::byte*>(event.stream.data()) > commit.data());
      must(event.data.data() + event.data.size() <= commit.data() + header.length);
      ++events;
    }
    at += prefix.length;
  }
  must(events == header.event_count);
}

void read(BytesView bytes) {
  if (bytes.size() < sizeof(CommitHeader)) {
    must(!check_commit(bytes, {}).text.empty());
    return;
  }
  const auto header = format::load<CommitHeader>(bytes.data());
  const auto flaw = check_commit(bytes, expected_by(header));
  if (flaw.text.empty()) read_events(bytes, header);
}

// Records as far as their lengths lead, then the sums over them.
void repair(Bytes& bytes) {
  if (bytes.size() < sizeof(CommitHeader)) return;
  auto header = format::load<CommitHeader>(bytes.data());
  header.length = static_cast<std::uint32_t>(std::min<std::size_t>(header.length, bytes.size()));
  Bytes checksums;
  std::size_t at = sizeof header;
  std::uint32_t records = 0;
  std::uint32_t events = 0;
  while (at + sizeof(RecordPrefix) <= header.length) {
    const auto prefix = format::load<RecordPrefix>(bytes.data() + at);
    if (prefix.length < sizeof(RecordPrefix) || prefix.length > header.length - at) break;
    put(bytes, at + offsetof(RecordPrefix, commit_distance), static_cast<std::uint32_t>(at));
    const auto checksum = format::checksum_of(BytesView{bytes}.subspan(at + 8, prefix.length - 8));
    put(bytes, at, checksum);
    checksums.resize(checksums.size() + 8);
    put(checksums, checksums.size() - 8, checksum);
    ++records;
    events += prefix.kind == RecordKind::event ? 1 : 0;
    at += prefix.length;
  }
  header.magic = format::commit_magic;
  header.length = static_cast<std::uint32_t>(at);
  header.record_count = records;
  header.event_count = events;
  header.body_checksum = format::checksum_of(checksums);
  header.checksum = format::header_checksum(header);
  std::memcpy(bytes.data(), &header, sizeof header);
}

}  // namespace

void fuzz_one(BytesView bytes) {
  read(bytes);
  Bytes repaired{bytes.begin(), bytes.end()};
  repair(repaired);
  read(repaired);
}

}  // namespace eventstore::fuzz
