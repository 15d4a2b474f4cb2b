#pragma once
// Encrypts the personal fields and the secrets of events on their way into a log, and gives them back to its readers.
#include <eventstore/log/event_log.hpp>
#include <eventstore/schema/schema.hpp>
#include <eventstore/security/key_store.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::security {
class SubjectCiphers;
}  // namespace eventstore::security

namespace eventstore {
inline namespace v1 {

/// An event in clear. Lifetime: views.
struct ClearEvent {
  const NewEvent* event = nullptr;
  const Schema* schema = nullptr;  ///< null: JSON without a schema; only its metadata is encrypted
  std::string_view subject{};      ///< of the values whose record names nobody
};

/// The form in which an event is stored.
struct EncryptedEvent {
  bool is_encrypted = false;  ///< false: there was nothing to encrypt, and the event is stored as it is
  Bytes data{};               ///< with defaults in place of the encrypted values
  Bytes metadata{};           ///< with the encrypted values
  /// Values of a subject that was erased: they are left out. Such an event may only be compared with one that is
  /// stored, and must not be appended.
  bool is_of_erased = false;
};

/// The data of an event as write_canonical_data gives it, with codes for personal values and secrets.
struct CodedData {
  std::string text{};
  bool is_of_erased = false;  ///< a subject of it was erased: there is no code, and `text` is void
};

/// Each subject's values of an event are one message of AES-256-GCM. Its nonce is an HMAC, under the subject's key, of
/// stream, event id, type, paths and values, so that an event is always encrypted to the same bytes and no nonce is
/// used for two messages; stream, event id, type and paths are authenticated with it. Metadata that tells about a
/// person (IP address, user agent, free data) belongs to the event's user_id, or to the subject where there is none.
/// docs/inside/privacy.md says what this protects from. Threads: any.
class ValueCipher final : public EventOpener {
 public:
  /// Whom each event of a commit is about, which is yet to be appended to `log`, where its writer named nobody; an
  /// empty text stands for the stream's key.
  using FindSubjects =
      std::function<Result<std::vector<std::string>>(const EventLog& log, std::span<const NewEvent> events)>;

  /// Whose key `key_id` was, which encrypts values of the event `stored` and is missing; empty: nobody knows.
  using NameSubject = std::function<std::string(const RecordedEvent& stored, const Uuid& key_id)>;

  /// Without `find_subjects` it is always the stream's key. Without `name_subject` the error of a missing key names
  /// nobody.
  explicit ValueCipher(std::shared_ptr<KeyStore> keys, FindSubjects find_subjects = {}, NameSubject name_subject = {});
  ~ValueCipher() override;

  /// The stored forms of `events`, in their order. Keys that subjects lack are made, all in one step. Errors:
  /// corrupt_record, where data is no value of its schema; too_large; those of KeyStore::find_or_make.
  [[nodiscard]] Result<std::vector<EncryptedEvent>> encrypt(std::span<const ClearEvent> events) const;

  /// What ids of lines derive from: an id tells nothing about a personal value to whom does not have its subject's key.
  /// Keys that subjects lack are made, all in one step. Errors: as encrypt.
  [[nodiscard]] Result<std::vector<CodedData>> coded(std::span<const ClearEvent> events) const;

  /// The places in `data`, a value of `schema`, where a personal value or a secret has its default and its subject was
  /// erased; ascending. `subject` as ClearEvent::subject. Errors: corrupt_record, where data is no such value; those of
  /// KeyStore::find. Cost: one search in the key store for each subject of values that have their default.
  [[nodiscard]] Result<std::vector<std::size_t>> erased_places(const Schema& schema, BytesView data,
                                                               std::string_view organization,
                                                               std::string_view subject) const;

  /// A code for `data` under the store's own key: equal for equal data, and it tells nothing to whom does not have the
  /// key. Errors: as KeyStore::own_key.
  [[nodiscard]] Result<Uuid> own_code(BytesView data) const;

  /// Errors: as EventOpener::open.
  Result<void> open(RecordedEvent& event, Bytes& memory) const override;

  /// Errors: those of FindSubjects.
  [[nodiscard]] Result<std::vector<std::string>> subjects(const EventLog& log, std::span<const NewEvent> events) const;

  [[nodiscard]] KeyStore& keys() const;

 private:
  const std::shared_ptr<KeyStore> keys_;
  [[nodiscard]] Error of_missing_key(Error error, const RecordedEvent& event, const Uuid& key_id) const;

  const FindSubjects find_subjects_;
  const NameSubject name_subject_;
  std::unique_ptr<security::SubjectCiphers> ciphers_;
};

/// The cipher by which `log` opens its events; null where it has none, as a bare log.
const ValueCipher* value_cipher_of(const EventLog& log);

/// Whether every encrypted value in the metadata of `given` is in that of `stored` too, as the same bytes. The place in
/// the data is no part of a value: it may be another one under another schema.
bool has_encrypted_values_of(BytesView given, BytesView stored);

/// A personal value that stands in clear, because the build that wrote the event did not take it for personal.
struct ClearValue {
  std::string path;
  std::string subject;
};

/// The personal values and the secrets that stand in clear in `data`, a value of `schema`, and say something. `subject`
/// is whom they are about where their record names nobody. Errors: corrupt_record, where it is no such value.
Result<std::vector<ClearValue>> clear_values(const Schema& schema, BytesView data, std::string_view subject);

/// Whose values a stored event has, as far as the event itself says.
struct EncryptedAbout {
  Uuid key_id{};
  std::optional<std::string> subject{};  ///< empty: their record names nobody; absent: the event cannot be read
};

/// The persons whose keys encrypt values of `event`, as it is stored; none where it has none. `schema` is that under
/// which it was written; null where that is not known. Errors: corrupt_record.
Result<std::vector<EncryptedAbout>> encrypted_about(const RecordedEvent& event, const Schema* schema);

/// Whether `event`, as it is stored, has values that the key `key_id` encrypts.
bool is_encrypted_by(const RecordedEvent& event, const Uuid& key_id);

}  // namespace v1
}  // namespace eventstore
