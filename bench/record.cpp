#include <bench/record.hpp>

#include <cstring>

namespace bench {
namespace {

struct Header {
  std::uint64_t version;
  std::uint64_t position;
  eventstore::Uuid id;
  std::int64_t created_at;
  std::uint32_t metadata_bytes;
  std::uint32_t data_bytes;
  std::uint16_t stream_bytes;
  std::uint16_t type_bytes;
  std::uint32_t unused;
};

}  // namespace

void encode_record(const Event& event, std::uint64_t position, eventstore::Bytes& out) {
  const auto& stream = event.stream->text();
  const Header header{event.version,
                      position,
                      event.id,
                      event.created_at,
                      static_cast<std::uint32_t>(event.metadata.size()),
                      static_cast<std::uint32_t>(event.data.size()),
                      static_cast<std::uint16_t>(stream.size()),
                      static_cast<std::uint16_t>(event.type.size()),
                      0};
  auto at = out.size();
  out.resize(at + sizeof header + stream.size() + event.type.size() + event.metadata.size() + event.data.size());
  const auto put = [&](const void* from, std::size_t size) {
    std::memcpy(out.data() + at, from, size);
    at += size;
  };
  put(&header, sizeof header);
  put(stream.data(), stream.size());
  put(event.type.data(), event.type.size());
  put(event.metadata.data(), event.metadata.size());
  put(event.data.data(), event.data.size());
}

Record decode_record(const std::byte* from) {
  Header header;
  std::memcpy(&header, from, sizeof header);
  const std::byte* at = from + sizeof header;
  const auto take = [&](std::size_t size) {
    const BytesView taken{at, size};
    at += size;
    return taken;
  };
  Record record;
  record.seen.version = header.version;
  record.seen.position = header.position;
  record.seen.stream = eventstore::as_text(take(header.stream_bytes));
  record.seen.type = eventstore::as_text(take(header.type_bytes));
  record.seen.metadata = take(header.metadata_bytes);
  record.seen.data = take(header.data_bytes);
  record.bytes = static_cast<std::size_t>(at - from);
  return record;
}

}  // namespace bench
