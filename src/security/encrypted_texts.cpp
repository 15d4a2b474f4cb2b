#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/security/encrypted_texts.hpp>

#include "base64.hpp"
#include "encrypted_form.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;
namespace {

// A text has a value, and an erased one has none.
struct KeptText {
  EVENTSTORE_FIELDS(KeptText, (std::string, subject, , subject_id), (std::optional<std::string>, text, , personal));
};
struct KeptTexts {
  EVENTSTORE_FIELDS(KeptTexts, (std::vector<KeptText>, texts));
};

constexpr std::string_view sentence_begin = "{\"$encrypted\":\"";
constexpr std::string_view sentence_end = "\"}";
constexpr const char* of_erased = "the sentence was about a person who was erased";

void add_sized(BytesView part, Bytes& out) {
  const auto size = static_cast<std::uint32_t>(part.size());
  const auto number = std::as_bytes(std::span{&size, 1});
  out.insert(out.end(), number.begin(), number.end());
  out.insert(out.end(), part.begin(), part.end());
}

struct StoredTexts {
  BytesView data;
  BytesView metadata;
};

// Absent where the bytes are none.
std::optional<StoredTexts> stored_texts(const Bytes& bytes) {
  BytesReader in{bytes};
  StoredTexts stored;
  stored.data = in.sized();
  stored.metadata = in.sized();
  if (!in.done()) return std::nullopt;
  return stored;
}

tl::unexpected<Error> damaged_texts(const TextPlace& place) {
  return failure(Errc::corrupt_record, "decrypt " + place.type, place.stream.text(),
                 "its encrypted texts are damaged, or are another record's");
}

std::optional<std::string_view> message_in(std::string_view kept) {
  if (!kept.starts_with(sentence_begin) || !kept.ends_with(sentence_end)) return std::nullopt;
  kept.remove_prefix(sentence_begin.size());
  kept.remove_suffix(sentence_end.size());
  return kept;
}

}  // namespace

Result<std::optional<std::string>> encrypted_texts(const ValueCipher& cipher, const TextPlace& place,
                                                   std::vector<PersonalText> texts) {
  KeptTexts kept{};
  for (auto& each : texts) kept.texts.push_back({std::move(each.subject), std::move(each.text)});
  const auto data = encode(kept);
  const NewEvent event{.stream = place.stream,
                       .id = EventId{place.id},
                       .type = place.type,
                       .organization = place.organization,
                       .data = data};
  const ClearEvent clear{&event, &schema_of<KeptTexts>(), place.stream.key()};
  EVENTSTORE_TRY_ASSIGN(const auto encrypted, cipher.encrypt({&clear, 1}));
  const auto& form = encrypted.front();
  if (form.is_of_erased) return std::optional<std::string>{};
  Bytes stored;
  add_sized(form.is_encrypted ? form.data : data, stored);
  add_sized(form.metadata, stored);
  return std::optional{to_base64(stored)};
}

Result<std::vector<std::optional<std::string>>> decrypted_texts(const ValueCipher& cipher, const TextPlace& place,
                                                                std::string_view base64) {
  const auto bytes = from_base64(base64);
  const auto stored = stored_texts(bytes);
  if (!stored) return damaged_texts(place);
  RecordedEvent event{.stream = place.stream.text(), .id = EventId{place.id}, .type = place.type};
  event.encryption_key = encrypted_values;
  event.data = stored->data;
  event.metadata = stored->metadata;
  Bytes memory;
  EVENTSTORE_TRY(cipher.open(event, memory));
  auto kept = decode<KeptTexts>(event.data);
  if (!kept) return damaged_texts(place);
  std::vector<std::optional<std::string>> texts;
  for (auto& each : kept->texts) texts.push_back(std::move(each.text));
  return texts;
}

bool has_texts_of(std::string_view base64, const Uuid& key_id) {
  const auto bytes = from_base64(base64);
  const auto stored = stored_texts(bytes);
  if (!stored) return false;
  RecordedEvent event{};
  event.encryption_key = encrypted_values;
  event.metadata = stored->metadata;
  return is_encrypted_by(event, key_id);
}

// One person's message within the next one's: whoever is erased, the way in is closed.
Result<std::string> kept_sentence(const EventLog& log, const TextPlace& place, const std::vector<std::string>& persons,
                                  std::string sentence) {
  const auto* const cipher = value_cipher_of(log);
  if (cipher == nullptr) return sentence;
  for (const auto& person : persons) {
    EVENTSTORE_TRY_ASSIGN(const auto message, encrypted_texts(*cipher, place, {{person, std::move(sentence)}}));
    if (!message) return std::string{of_erased};
    sentence = std::string{sentence_begin} + *message + std::string{sentence_end};
  }
  return sentence;
}

std::string readable_sentence(const EventLog& log, const TextPlace& place, std::string kept) {
  const auto* const cipher = value_cipher_of(log);
  while (cipher != nullptr) {
    const auto message = message_in(kept);
    if (!message) break;
    auto texts = decrypted_texts(*cipher, place, *message);
    if (!texts || texts->size() != 1) break;
    if (!texts->front()) return of_erased;
    kept = std::move(*texts->front());
  }
  return kept;
}

}  // namespace v1
}  // namespace eventstore
