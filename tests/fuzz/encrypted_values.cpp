// Any bytes as the encrypted values of an event: two bytes with the length of the data, the data, the messages. A
// message is taken whole or not at all, and no place in it leads out of the data.
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/value_cipher.hpp>

#include "fuzz_one.hpp"
#include "security/encrypted_form.hpp"
#include "security/value_opening.hpp"

namespace eventstore::fuzz {
namespace {

using namespace security;

// Says of each key that its subject was erased, or has one key for all.
class AnyKey final : public KeyStore {
 public:
  explicit AnyKey(std::optional<KeyBytes> bytes) : bytes_{bytes} {}
  Result<SubjectKey> find(const Uuid& id) const override { return SubjectKey{id, bytes_}; }
  Result<std::optional<SubjectKey>> find(const Subject&) const override { return std::optional<SubjectKey>{}; }
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) override {
    return std::vector<SubjectKey>(subjects.size());
  }
  Result<Erasure> erase(const Erasure& erasure) override { return erasure; }
  Result<void> note(const Subject&, ErasureStep) override { return {}; }
  Result<std::vector<Erasure>> erasures(bool) const override { return std::vector<Erasure>{}; }
  Result<KeyBytes> own_key() const override { return KeyBytes{}; }
  std::uint64_t generation() const override { return 1; }

 private:
  std::optional<KeyBytes> bytes_;
};

void take_all(BytesView messages) {
  Bytes again;
  auto rest = messages;
  while (!rest.empty()) {
    const auto message = take_message(rest);
    if (!message) break;
    (void)paths_of(*message);
    append_message(*message, again);
  }
  must(std::ranges::equal(again, messages.first(messages.size() - rest.size())));
}

void put_back(BytesView data, BytesView messages) {
  ValueOpening opening;
  opening.begin();
  for (auto rest = messages; !rest.empty();) {
    const auto message = take_message(rest);
    if (!message) break;
    auto* const clear = opening.add(*message);
    std::copy(message->encrypted.begin(), message->encrypted.end(), clear);
  }
  Bytes memory;
  if (opening.write(data, {}, memory)) must(opening.data_size() <= memory.size());
}

void open(BytesView data, BytesView messages, std::optional<KeyBytes> key) {
  const ValueCipher cipher{std::make_shared<AnyKey>(key)};
  Bytes metadata;
  append_tagged(encrypted_tag, messages, metadata);
  RecordedEvent event{.stream = "person-1", .type = "Told"};
  event.encryption_key = encrypted_values;
  event.data = data;
  event.metadata = metadata;
  Bytes memory;
  if (!cipher.open(event, memory)) return;
  std::uint32_t before = 0;
  for (const auto place : erased_places(event)) {
    must(place >= before && place <= event.data.size());
    before = place;
  }
  if (!key) must(std::ranges::equal(event.data, data));
}

}  // namespace

void fuzz_one(BytesView bytes) {
  if (bytes.size() < 2) return;
  const auto length = std::to_integer<std::size_t>(bytes[0]) + 256 * std::to_integer<std::size_t>(bytes[1]);
  bytes = bytes.subspan(2);
  const auto data = bytes.first(std::min(length, bytes.size()));
  const auto messages = bytes.subspan(data.size());
  take_all(messages);
  put_back(data, messages);
  open(data, messages, std::nullopt);
  open(data, messages, KeyBytes{});
}

}  // namespace eventstore::fuzz
