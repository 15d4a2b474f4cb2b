#pragma once
// A log in memory that encrypts, and the way of lines out of it and into it.
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/schema/event_types.hpp>
#include <eventstore/security/encrypted_line.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/value_cipher.hpp>
#include <memory>
#include <string>

namespace people {

namespace es = eventstore;

/// Logs that share a key store: the second one is like a store that was restored beside its keys.
struct PeopleLog {
  explicit PeopleLog(std::shared_ptr<es::KeyStore> given = std::make_shared<es::MemoryKeyStore>())
      : keys{std::move(given)}, cipher{std::make_shared<es::ValueCipher>(keys)} {
    log.open_with(cipher);
  }

  es::Result<es::Receipt> append(const es::EventLine& line) {
    es::EventWriter writer;
    writer.add(line);
    return writer.append_to(log);
  }
  /// Appends what `text` says.
  es::Result<es::Receipt> import(const es::EventTypes& types, std::string_view text) {
    es::EventLineReader reader{types};
    auto line = reader.read(text);
    if (!line) return es::failure_of(line);
    EVENTSTORE_TRY(es::take_encrypted_values(*line, cipher.get()));
    return append(*line);
  }
  /// The event at `position`, as it is stored.
  es::Page stored(std::uint64_t position = 1) const {
    return *log.read_all({.from = es::Position{position}, .limit = 1, .as_stored = true});
  }
  es::Page clear(std::uint64_t position = 1) const {
    return *log.read_all({.from = es::Position{position}, .limit = 1});
  }
  std::string exported(std::uint64_t position = 1) const {
    std::string line;
    const auto page = stored(position);
    const es::SchemaReader schemas{log};
    const auto written = es::append_encrypted_line(page.events.front(), schemas, line);
    return written ? line : written.error().message();
  }
  std::string shown(std::uint64_t position = 1) const {
    std::string json;
    const auto page = clear(position);
    const es::SchemaReader schemas{log};
    const auto written = schemas.data_to_json(page.events.front(), json);
    return written ? json : written.error().message();
  }
  void erase(const std::string& subject) {
    (void)keys->erase({.subject = {"default", subject}, .event_id = es::Uuid{}, .erased_at = clock.now()});
  }

  es::ManualClock clock{es::Timestamp{1'700'000'000'000'000}};
  std::shared_ptr<es::KeyStore> keys;
  std::shared_ptr<es::ValueCipher> cipher;
  es::MemoryLog log{clock};
};

}  // namespace people
