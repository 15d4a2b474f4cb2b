#pragma once
// Texts about persons in a record that is about none of them, as a note of a reaction or the outcome of a command is:
// each text is encrypted under its person's key, and the record keeps the result as one text.
#include <eventstore/core/stream_id.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The place of a record. Texts that were encrypted for one place open at no other.
struct TextPlace {
  StreamId stream;
  Uuid id{};
  std::string type{};
  std::string organization{};  ///< of the persons
};

struct PersonalText {
  std::string subject{};
  std::string text{};
};

/// The texts in base64; absent where one of the persons was erased. The same texts at the same place give the same.
/// Errors: as ValueCipher::encrypt.
Result<std::optional<std::string>> encrypted_texts(const ValueCipher& cipher, const TextPlace& place,
                                                   std::vector<PersonalText> texts);

/// The texts in their order; those of persons who were erased meanwhile are absent. Errors: corrupt_record, where
/// `base64` is none of this place; missing_key; those of the key store.
Result<std::vector<std::optional<std::string>>> decrypted_texts(const ValueCipher& cipher, const TextPlace& place,
                                                                std::string_view base64);

/// Whether one of the texts in `base64` is encrypted by the key `key_id`.
bool has_texts_of(std::string_view base64, const Uuid& key_id);

/// A sentence that may quote any of `persons`: it can be read until the first of them is erased. It stays as it is
/// where nobody is named, and in a log without keys; where one of the persons was erased before, a sentence that says
/// so stands for it. Errors: as encrypted_texts.
Result<std::string> kept_sentence(const EventLog& log, const TextPlace& place, const std::vector<std::string>& persons,
                                  std::string sentence);

/// The sentence that `kept` was made of; a sentence that says so where a person was erased meanwhile. Whatever else
/// cannot be opened stays as it is.
[[nodiscard]] std::string readable_sentence(const EventLog& log, const TextPlace& place, std::string kept);

}  // namespace v1
}  // namespace eventstore
