#include <eventstore/log/event_opener.hpp>
#include <eventstore/log/metadata.hpp>

#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

struct Field {
  std::uint8_t tag;
  std::string Metadata::*text;
};

// Tags are part of the file format: a number is never given to another field.
constexpr Field fields[] = {
    {1, &Metadata::user_id},        {2, &Metadata::ip_address},   {3, &Metadata::user_agent},
    {4, &Metadata::correlation_id}, {5, &Metadata::causation_id}, {6, &Metadata::extra},
};
constexpr std::size_t header_bytes = 1 + sizeof(std::uint32_t);

}  // namespace

void encode_tagged(const Metadata& metadata, Bytes& out) {
  for (const auto& field : fields) {
    const auto& text = metadata.*field.text;
    if (text.empty()) continue;
    const auto length = static_cast<std::uint32_t>(text.size());
    const auto at = out.size();
    out.resize(at + header_bytes + text.size());
    out[at] = std::byte{field.tag};
    std::memcpy(out.data() + at + 1, &length, sizeof length);
    std::memcpy(out.data() + at + header_bytes, text.data(), text.size());
  }
}

Result<void> metadata_into(const RecordedEvent& event, Metadata& metadata) {
  metadata.event_id = event.id;
  metadata.created_at = event.created_at;
  metadata.organization = event.organization;
  metadata.has_erased = false;
  for (const auto& field : fields) (metadata.*field.text).clear();
  for (auto rest = event.metadata; !rest.empty();) {
    std::uint32_t length = 0;
    if (rest.size() >= header_bytes) std::memcpy(&length, rest.data() + 1, sizeof length);
    if (rest.size() < header_bytes || rest.size() - header_bytes < length)
      return failure(Error{Errc::corrupt_record, "read metadata", std::string{event.stream},
                           "a tagged field reaches past the end", event.position});
    const auto text = as_text(rest.subspan(header_bytes, length));
    metadata.has_erased = metadata.has_erased || rest[0] == std::byte{erased_tag};
    for (const auto& field : fields)
      if (field.tag == std::to_integer<std::uint8_t>(rest[0])) (metadata.*field.text).assign(text);
    rest = rest.subspan(header_bytes + length);
  }
  return {};
}

Result<Metadata> metadata_of(const RecordedEvent& event) {
  Metadata metadata;
  EVENTSTORE_TRY(metadata_into(event, metadata));
  return metadata;
}

}  // namespace v1
}  // namespace eventstore
