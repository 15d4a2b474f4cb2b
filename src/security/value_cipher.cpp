#include <eventstore/log/metadata.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>
#include <cstring>
#include <map>

#include "coded_data.hpp"
#include "subject_ciphers.hpp"
#include "value_encryption.hpp"
#include "value_opening.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;
namespace {

tl::unexpected<Error> unopened(const RecordedEvent& event, std::string what) {
  return failure(Error{Errc::corrupt_record, "decrypt " + std::string{event.type}, std::string{event.stream},
                       std::move(what), event.position});
}

}  // namespace

ValueCipher::ValueCipher(std::shared_ptr<KeyStore> keys, FindSubjects find_subjects, NameSubject name_subject)
    : keys_{std::move(keys)},
      find_subjects_{std::move(find_subjects)},
      name_subject_{std::move(name_subject)},
      ciphers_{std::make_unique<SubjectCiphers>(*keys_)} {}
ValueCipher::~ValueCipher() = default;

KeyStore& ValueCipher::keys() const { return *keys_; }

Result<std::vector<std::string>> ValueCipher::subjects(const EventLog& log, std::span<const NewEvent> events) const {
  if (!find_subjects_) return std::vector<std::string>(events.size());
  return find_subjects_(log, events);
}

Result<std::vector<EncryptedEvent>> ValueCipher::encrypt(std::span<const ClearEvent> events) const {
  std::vector<EventEncryption> encryptions;
  encryptions.reserve(events.size());
  std::vector<Subject> subjects;
  subjects.reserve(events.size());
  for (const auto& event : events) {
    EVENTSTORE_TRY_ASSIGN(auto encryption, EventEncryption::of(event));
    encryption.add_subjects(subjects);
    encryptions.push_back(std::move(encryption));
  }
  std::vector<SubjectCipher> held;
  if (!subjects.empty()) {
    EVENTSTORE_TRY_ASSIGN(held, ciphers_->find_or_make(subjects));
  }
  std::vector<EncryptedEvent> encrypted;
  encrypted.reserve(events.size());
  std::size_t next = 0;
  for (auto& encryption : encryptions) {
    const auto count = encryption.subjects();
    encrypted.push_back(std::move(encryption).run(std::span{held}.subspan(next, count)));
    next += count;
  }
  return encrypted;
}

Result<std::vector<CodedData>> ValueCipher::coded(std::span<const ClearEvent> events) const {
  std::vector<DataCoding> codings;
  std::vector<Subject> subjects;
  for (const auto& event : events) {
    EVENTSTORE_TRY_ASSIGN(auto coding, DataCoding::of(event));
    coding.add_subjects(subjects);
    codings.push_back(std::move(coding));
  }
  std::vector<SubjectCipher> held;
  if (!subjects.empty()) {
    EVENTSTORE_TRY_ASSIGN(held, ciphers_->find_or_make(subjects));
  }
  std::vector<CodedData> all;
  std::size_t next = 0;
  for (const auto& coding : codings) {
    const auto count = coding.subjects();
    all.push_back(coding.run(std::span{held}.subspan(next, count)));
    next += count;
  }
  return all;
}

Result<std::vector<std::size_t>> ValueCipher::erased_places(const Schema& schema, BytesView data,
                                                            std::string_view organization,
                                                            std::string_view subject) const {
  EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(schema, data));
  std::map<std::string_view, bool> is_erased;
  std::vector<std::size_t> erased;
  for (const auto& place : places) {
    if (!is_blank(place, data)) continue;
    const auto id = place.subject.empty() ? subject : std::string_view{place.subject};
    const auto [known, is_new] = is_erased.try_emplace(id);
    if (is_new) {
      EVENTSTORE_TRY_ASSIGN(const auto key, ciphers_->find(Subject{std::string{organization}, std::string{id}}));
      known->second = key && key->cipher == nullptr;
    }
    if (known->second) erased.push_back(place.offset);
  }
  return erased;
}

Result<Uuid> ValueCipher::own_code(BytesView data) const {
  static constexpr std::string_view form{"eventstore content 1\0", 21};
  EVENTSTORE_TRY_ASSIGN(auto key, keys().own_key());
  const auto code = Cipher{key}.code({as_bytes(form), data});
  wipe(key);
  Uuid id;
  std::memcpy(id.octets.data(), code.data(), id.octets.size());
  return id;
}

// What it says on restoring stays, because that may bring the values back.
Error ValueCipher::of_missing_key(Error error, const RecordedEvent& event, const Uuid& key_id) const {
  auto who = name_subject_ ? name_subject_(event, key_id) : std::string{};
  if (who.empty()) return error;
  if (event.organization != Metadata{}.organization) who += " --org " + std::string{event.organization};
  error.detail += "; if there is none, give the person's values up: `subject erase " + who + "`";
  return error;
}

Result<void> ValueCipher::open(RecordedEvent& event, Bytes& memory) const {
  thread_local ValueOpening opening;
  thread_local Bytes context;
  opening.begin();
  auto rest = messages_in(event.metadata);
  while (!rest.empty()) {
    const auto message = take_message(rest);
    if (!message) return unopened(event, "the encrypted values are damaged");
    const auto held = ciphers_->find(message->key_id);
    if (!held) {
      auto error = held.error();
      error.where = std::string{event.stream};
      error.at = event.position;
      if (error.code == Errc::missing_key) error = of_missing_key(std::move(error), event, message->key_id);
      return failure(std::move(error));
    }
    const auto* const cipher = (*held)->cipher.get();
    if (cipher == nullptr) {
      opening.add_erased(*message);
      continue;
    }
    write_context(event.stream, event.id, event.type, *message, context);
    auto* const clear = opening.add(*message);
    if (!cipher->decrypt(message->nonce, context, message->encrypted, message->tag, clear))
      return unopened(event, "an encrypted value was altered, or is another event's");
  }
  if (!opening.write(event.data, event.metadata, memory))
    return unopened(event, "an encrypted value lies outside the data");
  event.data = BytesView{memory}.first(opening.data_size());
  event.metadata = BytesView{memory}.subspan(opening.data_size());
  event.encryption_key = opening.has_erased() ? erased_values : 0;
  return {};
}

const ValueCipher* value_cipher_of(const EventLog& log) { return dynamic_cast<const ValueCipher*>(log.opener()); }

Result<std::vector<ClearValue>> clear_values(const Schema& schema, BytesView data, std::string_view subject) {
  std::vector<ClearValue> found;
  if (!schema.has_encrypted) return found;
  EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(schema, data));
  for (const auto& place : places) {
    if (is_blank(place, data)) continue;
    found.push_back({place.path, place.subject.empty() ? std::string{subject} : place.subject});
  }
  return found;
}

bool is_encrypted_by(const RecordedEvent& event, const Uuid& key_id) {
  if (event.encryption_key != encrypted_values) return false;
  for (auto rest = messages_in(event.metadata); !rest.empty();) {
    const auto message = take_message(rest);
    if (!message) return false;
    if (message->key_id == key_id) return true;
  }
  return false;
}

bool has_encrypted_values_of(BytesView given, BytesView stored) {
  std::vector<MessageView> there;
  for (auto rest = messages_in(stored); !rest.empty();) {
    const auto message = take_message(rest);
    if (!message) return false;
    there.push_back(*message);
  }
  for (auto rest = messages_in(given); !rest.empty();) {
    const auto message = take_message(rest);
    if (!message || std::none_of(there.begin(), there.end(),
                                 [&](const MessageView& each) { return is_same_message(*message, each); }))
      return false;
  }
  return true;
}

}  // namespace v1
}  // namespace eventstore
