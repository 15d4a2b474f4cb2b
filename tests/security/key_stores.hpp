#pragma once
// The key stores that the laws run against, and what tests of keys share.
#include <catch2/catch.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/sqlite_key_store.hpp>
#include <memory>
#include <temporary_directory.hpp>

namespace eventstore::test {

inline const Uuid log_id = Uuid::v5(eventstore_namespace, "the log of the tests");
inline constexpr std::string_view one_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
inline constexpr std::string_view other_key = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Everything that other processes do is seen at once.
inline KeyStoreOptions options_in(const std::string& directory, std::string_view master_key = one_key) {
  KeyStoreOptions options;
  options.directory = directory;
  options.log_id = log_id;
  options.master_key.text = master_key;
  options.look_every = std::chrono::milliseconds{0};
  return options;
}

inline std::unique_ptr<SqliteKeyStore> opened_keys(const KeyStoreOptions& options) {
  auto opened = SqliteKeyStore::open(options);
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

template <class T> Errc code_of(const Result<T>& result) {
  if (result) FAIL("it did not fail");
  return result.error().code;
}

inline Subject subject_named(const std::string& id, const std::string& organization = "org-1") {
  return {organization, id};
}

inline SubjectKey key_of(KeyStore& keys, const Subject& subject) {
  return must(keys.find_or_make({&subject, 1})).at(0);
}

inline Erasure erasure_of(const Subject& subject, std::int64_t at = 1) {
  return {subject, Uuid::v5(eventstore_namespace, subject.id), Timestamp{at}, "user-1", ErasureStep::key_destroyed};
}

struct MemoryKeys {
  MemoryKeyStore store;
  KeyStore& keys = store;
};

struct SqliteKeys {
  TemporaryDirectory directory;
  std::unique_ptr<SqliteKeyStore> store = opened_keys(options_in(directory.file("keys")));
  KeyStore& keys = *store;
};

}  // namespace eventstore::test
