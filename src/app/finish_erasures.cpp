#include <eventstore/app/subject.hpp>

#include <eventstore/app/claims.hpp>

#include "erased_data.hpp"
#include "erased_person.hpp"

namespace eventstore::app {
namespace {

Result<ErasedPerson> person_of(const Store& store, const Erasure& erasure) {
  const auto pass_over = [](const RecordedEvent&, const std::vector<std::string>&) { return Result<void>{}; };
  return find_person(store, erasure.subject, pass_over, {}, {});
}

// Tells about the first, and how many more there are.
class LeftErasures {
 public:
  void add(const Erasure& erasure, const std::string& why) {
    if (count_++ == 0) first_ = "the erasure of " + erasure.subject.id + " is not finished: " + why;
  }
  [[nodiscard]] std::string sentence() const {
    if (count_ == 0) return {};
    const auto others = count_ == 1 ? std::string{} : "; the same is true of " + std::to_string(count_ - 1) + " more";
    return first_ + others +
           "; `project run` goes on with it once that is mended, and `keys status` counts erasures that are not "
           "finished";
  }

 private:
  std::size_t count_ = 0;
  std::string first_{};
};

// A store that is open for reading has its keys open for reading, too.
Result<void> note_finished(Store& store, const Subject& subject) {
  std::unique_ptr<SqliteKeyStore> own;
  if (store.own_keys() != nullptr) {
    KeyStoreOptions options{};
    options.directory = store.directory() + "/keys";
    options.log_id = store.log().store_id();
    options.master_key = store.master_key_source();
    options.is_expected = true;
    options.clock = &store.clock();
    EVENTSTORE_TRY_ASSIGN(own, SqliteKeyStore::open(std::move(options)));
  }
  return (own == nullptr ? store.keys() : *own).note(subject, ErasureStep::finished);
}

// Whether what only a process that writes the log may do is done.
Result<bool> is_done_but_for_documents(Store& store, const Erasure& erasure, const ErasedPerson& person) {
  if (erasure.step != ErasureStep::recorded) return false;
  for (const auto& subject : person.subjects) {
    EVENTSTORE_TRY_ASSIGN(const auto key, store.keys().find(subject));
    if (key && key->bytes) return false;
  }
  if (!person.lost_keys.empty()) return false;
  if (!has_unique_values(store.model())) return true;
  EVENTSTORE_TRY_ASSIGN(const auto stale, stale_claims(store, streams_named(person.streams)));
  return stale == 0;
}

Result<std::string> finish_documents_of(Store& store, const Erasure& erasure) {
  EVENTSTORE_TRY_ASSIGN(const auto person, person_of(store, erasure));
  EVENTSTORE_TRY(remove_snapshots(store, person.streams));
  EVENTSTORE_TRY_ASSIGN(auto left, make_documents_again(store, person.subjects.front().organization, person.streams));
  if (!left.empty()) return left;
  EVENTSTORE_TRY_ASSIGN(const bool is_done, is_done_but_for_documents(store, erasure, person));
  if (is_done) EVENTSTORE_TRY(note_finished(store, erasure.subject));
  return left;
}

}  // namespace

Result<std::string> finish_erasures(Store& store) {
  // The log is the truth: what it calls erased is erased, whatever a copy of the key store says.
  EVENTSTORE_TRY(destroy_again(store));
  EVENTSTORE_TRY_ASSIGN(const auto unfinished, store.keys().erasures(true));
  LeftErasures left;
  for (const auto& erasure : unfinished) {
    EVENTSTORE_TRY_ASSIGN(const auto person, person_of(store, erasure));
    EVENTSTORE_TRY(destroy_keys(store, person, erasure.erased_at, erasure.user_id));
    // The person is erased. A collection that cannot be written now must not keep the store closed.
    const auto why = finish_person(store, person);
    if (!why || !why->empty()) left.add(erasure, why ? *why : why.error().message());
  }
  return left.sentence();
}

Result<std::string> finish_documents(Store& store) {
  const auto unfinished = store.keys().erasures(true);
  LeftErasures left;
  if (!unfinished) return std::string{};  // there are no keys that could be asked
  for (const auto& erasure : *unfinished) {
    const auto why = finish_documents_of(store, erasure);
    if (!why || !why->empty()) left.add(erasure, why ? *why : why.error().message());
  }
  return left.sentence();
}

}  // namespace eventstore::app
