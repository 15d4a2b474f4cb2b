#include <eventstore/log/metadata.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

#include "encrypted_form.hpp"
#include "encrypted_places.hpp"

namespace eventstore {
inline namespace v1 {

using namespace security;

Result<std::vector<EncryptedAbout>> encrypted_about(const RecordedEvent& event, const Schema* schema) {
  std::vector<EncryptedAbout> about;
  if (event.encryption_key != encrypted_values) return about;
  // The names of persons are in clear, and the data keeps its form with blank values in the places of the others.
  const auto places = schema == nullptr ? Result<std::vector<EncryptedPlace>>{std::vector<EncryptedPlace>{}}
                                        : encrypted_places(*schema, event.data);
  const auto named_at = [&](std::string_view path) -> std::optional<std::string> {
    if (!places) return std::nullopt;
    const auto found = std::ranges::find(*places, path, &EncryptedPlace::path);
    return found == places->end() ? std::nullopt : std::optional{found->subject};
  };
  for (auto rest = messages_in(event.metadata); !rest.empty();) {
    const auto message = take_message(rest);
    const auto paths = message ? paths_of(*message) : std::vector<std::string_view>{};
    if (paths.empty())
      return failure(Error{Errc::corrupt_record, "look for keys", std::string{event.stream},
                           "the encrypted values are damaged", event.position});
    auto& one = about.emplace_back(EncryptedAbout{message->key_id, std::nullopt});
    if (message->place(0).offset < metadata_offset) {
      one.subject = named_at(paths.front());
      continue;
    }
    EVENTSTORE_TRY_ASSIGN(const auto metadata, metadata_of(event));
    one.subject = metadata.user_id;
  }
  return about;
}

}  // namespace v1
}  // namespace eventstore
