#include "subject_ciphers.hpp"

#include <atomic>

namespace eventstore::security {
namespace {

// What a thread has used last.
template <class Key> struct LastUsed {
  std::uint64_t owner = 0;
  std::uint64_t generation = 0;
  Key key{};
  SubjectCipher found{};

  [[nodiscard]] bool is(std::uint64_t of, std::uint64_t in, const Key& wanted) const {
    return owner == of && generation == in && key == wanted;
  }
};

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> numbers{0};
  return ++numbers;
}

}  // namespace

SubjectCiphers::SubjectCiphers(KeyStore& keys, std::size_t entries_max)
    : keys_{keys}, number_{next_number()}, by_id_{entries_max}, by_subject_{entries_max} {}

SubjectCipher SubjectCiphers::keep(const Subject* subject, SubjectKey key, std::uint64_t generation) {
  SubjectCipher made{key.id, nullptr};
  if (key.bytes) {
    made.cipher = std::make_shared<const Cipher>(*key.bytes);
    wipe(*key.bytes);
  }
  by_id_.put(key.id, made, generation);
  if (subject != nullptr) by_subject_.put(*subject, made, generation);
  return made;
}

Result<const SubjectCipher*> SubjectCiphers::find(const Uuid& id) {
  thread_local LastUsed<Uuid> last;
  const auto generation = keys_.generation();
  if (last.is(number_, generation, id)) return &last.found;
  auto found = by_id_.find(id, generation);
  if (!found) {
    EVENTSTORE_TRY_ASSIGN(auto key, keys_.find(id));
    found = keep(nullptr, std::move(key), generation);
  }
  last = {number_, generation, id, std::move(*found)};
  return &last.found;
}

Result<std::optional<SubjectCipher>> SubjectCiphers::find(const Subject& subject) {
  const auto generation = keys_.generation();
  auto found = by_subject_.find(subject, generation);
  if (found) return found;
  EVENTSTORE_TRY_ASSIGN(auto key, keys_.find(subject));
  if (!key) return std::optional<SubjectCipher>{};
  return std::optional{keep(&subject, std::move(*key), generation)};
}

Result<std::vector<SubjectCipher>> SubjectCiphers::find_or_make(std::span<const Subject> subjects) {
  thread_local LastUsed<Subject> last;
  const auto generation = keys_.generation();
  if (subjects.size() == 1 && last.is(number_, generation, subjects[0])) return std::vector{last.found};
  std::vector<SubjectCipher> found(subjects.size());
  std::vector<Subject> missing;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (auto one = by_subject_.find(subjects[i], generation)) {
      found[i] = std::move(*one);
      continue;
    }
    missing.push_back(subjects[i]);
    places.push_back(i);
  }
  if (!missing.empty()) {
    EVENTSTORE_TRY_ASSIGN(auto keys, keys_.find_or_make(missing));
    for (std::size_t i = 0; i < places.size(); ++i)
      found[places[i]] = keep(&missing[i], std::move(keys[i]), generation);
  }
  if (subjects.size() == 1) last = {number_, generation, subjects[0], found[0]};
  return found;
}

}  // namespace eventstore::security
