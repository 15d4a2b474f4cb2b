#include "commit_writer.hpp"

namespace eventstore::engine {
namespace {

using format::CommitHeader;
using format::EventHeader;
using format::OutcomeHeader;
using format::padded;
using format::SchemaHeader;

std::size_t record_size(const NewEvent& event) {
  return padded(sizeof(EventHeader) + event.stream.text().size() + event.type.size() + event.organization.size() +
                event.metadata.size() + event.data.size());
}

std::size_t record_size(const SchemaRecord& schema) { return padded(sizeof(SchemaHeader) + schema.descriptor.size()); }

std::size_t record_size(const Outcome& outcome) {
  return padded(sizeof(OutcomeHeader) + outcome.stream.text().size() + outcome.organization.size() +
                outcome.result.size());
}

CommitHeader header_at(const CommitPlace& place) {
  CommitHeader header;
  header.store_fold = place.store_fold;
  header.location = place.location;
  header.generation = place.generation;
  header.first_position = place.first_position;
  header.recorded_at = place.recorded_at;
  header.synced_end = place.synced_end;
  header.previous_checksum = place.previous_checksum;
  return header;
}

// Writes records one after another into memory that is large enough, and gathers their checksums.
class Records {
 public:
  explicit Records(std::byte* commit) : commit_{commit}, at_{commit + sizeof(CommitHeader)} {}

  void add(const NewEvent& event, Version version) {
    EventHeader header;
    header.prefix = prefix(format::RecordKind::event, record_size(event), static_cast<std::uint32_t>(events_++));
    header.prefix.codec = event.codec;
    header.version = version.value;
    header.id = event.id.uuid;
    header.created_at = event.created_at.micros;
    header.schema = event.schema.digest;
    header.encryption_key = event.encryption_key;
    header.data_bytes = static_cast<std::uint32_t>(event.data.size());
    header.metadata_bytes = static_cast<std::uint32_t>(event.metadata.size());
    header.stream_bytes = static_cast<std::uint16_t>(event.stream.text().size());
    header.organization_bytes = static_cast<std::uint8_t>(event.organization.size());
    header.type_bytes = static_cast<std::uint8_t>(event.type.size());
    write(header, {as_bytes(event.stream.text()), as_bytes(event.organization), as_bytes(event.type), event.metadata,
                   event.data});
  }

  void add(const SchemaRecord& schema) {
    SchemaHeader header;
    header.prefix =
        prefix(format::RecordKind::schema, record_size(schema), static_cast<std::uint32_t>(schema.descriptor.size()));
    header.id = schema.id.digest;
    write(header, {schema.descriptor});
  }

  void add(const Outcome& outcome) {
    OutcomeHeader header;
    header.prefix =
        prefix(format::RecordKind::outcome, record_size(outcome), static_cast<std::uint32_t>(outcome.result.size()));
    header.command_id = outcome.command_id;
    header.content = outcome.content;
    header.stream_bytes = static_cast<std::uint16_t>(outcome.stream.text().size());
    header.organization_bytes = static_cast<std::uint8_t>(outcome.organization.size());
    write(header, {as_bytes(outcome.stream.text()), as_bytes(outcome.organization), outcome.result});
  }

  [[nodiscard]] std::uint64_t body_checksum() const {
    return format::checksum_of(std::as_bytes(std::span{checksums_}));
  }

 private:
  [[nodiscard]] format::RecordPrefix prefix(format::RecordKind kind, std::size_t length, std::uint32_t ordinal) const {
    format::RecordPrefix made;
    made.kind = kind;
    made.length = static_cast<std::uint32_t>(length);
    made.commit_distance = static_cast<std::uint32_t>(at_ - commit_);
    made.ordinal = ordinal;
    return made;
  }

  template <class Header> void write(const Header& header, std::initializer_list<BytesView> parts) {
    std::memcpy(at_, &header, sizeof header);
    std::byte* end = at_ + sizeof header;
    for (const auto part : parts) {
      if (!part.empty()) std::memcpy(end, part.data(), part.size());
      end += part.size();
    }
    const std::size_t length = header.prefix.length;
    std::memset(end, 0, static_cast<std::size_t>(at_ + length - end));
    constexpr auto skipped = sizeof(std::uint64_t);
    const auto checksum = format::checksum_of({at_ + skipped, length - skipped});
    std::memcpy(at_, &checksum, skipped);
    checksums_.push_back(checksum);
    at_ += length;
  }

  std::byte* commit_;
  std::byte* at_;
  std::size_t events_ = 0;
  std::vector<std::uint64_t> checksums_;
};

}  // namespace

std::size_t encoded_size(const Commit& commit, std::span<const SchemaRecord> schemas) {
  std::size_t size = sizeof(CommitHeader);
  for (const auto& schema : schemas) size += record_size(schema);
  for (const auto& outcome : commit.outcomes) size += record_size(outcome);
  for (const auto& event : commit.events) size += record_size(event);
  return size;
}

std::uint64_t encode_commit(const Commit& commit, std::span<const Placed> places, std::span<const SchemaRecord> schemas,
                            const CommitPlace& place, Bytes& out) {
  out.resize(encoded_size(commit, schemas));
  Records records{out.data()};
  for (const auto& schema : schemas) records.add(schema);
  for (const auto& outcome : commit.outcomes) records.add(outcome);
  const auto& events = commit.events;
  for (std::size_t i = 0; i < events.size(); ++i) records.add(events[i], places[i].version);
  CommitHeader header = header_at(place);
  header.length = static_cast<std::uint32_t>(out.size());
  header.record_count = static_cast<std::uint32_t>(schemas.size() + commit.outcomes.size() + events.size());
  header.event_count = static_cast<std::uint32_t>(events.size());
  header.body_checksum = records.body_checksum();
  header.checksum = format::header_checksum(header);
  std::memcpy(out.data(), &header, sizeof header);
  return header.checksum;
}

CommitHeader control_commit(format::CommitKind kind, const CommitPlace& place) {
  CommitHeader header = header_at(place);
  header.kind = kind;
  header.length = sizeof header;
  header.body_checksum = format::checksum_of({});
  header.checksum = format::header_checksum(header);
  return header;
}

}  // namespace eventstore::engine
