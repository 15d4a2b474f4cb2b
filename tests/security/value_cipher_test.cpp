// Personal values on their way into a log, and back to its readers.
#include <eventstore/log/metadata.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <catch2/catch.hpp>

#include "key_stores.hpp"

namespace value_cipher_test {

using namespace eventstore;
using namespace eventstore::test;
using std::string;

namespace {

struct Line {
  EVENTSTORE_FIELDS(Line, (string, role), (string, text, , personal));
};

// Two persons in one event: the caller, whom the stream is about, and the sender.
struct CallNoted {
  EVENTSTORE_EVENT(CallNoted, (string, sender_id), (string, phone, , personal), (std::int64_t, seconds),
                   (std::optional<double>, longitude, , personal), (string, sender_name, , personal_of("sender_id")),
                   (std::vector<Line>, lines), (Secret, token), (string, language, "en", personal));
};

CallNoted noted() {
  return {.sender_id = "bob",
          .phone = "+4915112345678",
          .seconds = 7,
          .longitude = 8.25,
          .sender_name = "Robert Adler",
          .lines = {{"agent", "good morning, Ada"}, {"user", "who is there?"}},
          .token = Secret{"token-of-ada"},
          .language = "en"};
}

// An event in the form in which a log would have it.
struct Stored {
  StreamId stream = must(StreamId::parse("call-1"));
  EventId id{must(Uuid::parse("00000000-0000-0000-0000-000000000001"))};
  Bytes data = encode(noted());
  Bytes metadata{};
  EncryptedEvent encrypted{};

  [[nodiscard]] NewEvent clear() const {
    return {
        .stream = stream, .id = id, .type = "CallNoted", .organization = "org-1", .metadata = metadata, .data = data};
  }
  [[nodiscard]] RecordedEvent recorded() const {
    return {.stream = stream.text(),
            .id = id,
            .type = "CallNoted",
            .organization = "org-1",
            .encryption_key = encrypted_values,
            .metadata = encrypted.metadata,
            .data = encrypted.data};
  }
};

struct Fixture {
  std::shared_ptr<MemoryKeyStore> keys = std::make_shared<MemoryKeyStore>();
  ValueCipher cipher{keys};

  EncryptedEvent encrypt(const NewEvent& event, std::string_view subject = "ada") const {
    const ClearEvent clear{&event, &schema_of<CallNoted>(), subject};
    return must(cipher.encrypt({&clear, 1})).front();
  }
  Stored store(Stored stored = {}) const {
    stored.encrypted = encrypt(stored.clear());
    return stored;
  }
  CallNoted read(const Stored& stored) const {
    auto event = stored.recorded();
    Bytes memory;
    must(cipher.open(event, memory));
    return must(decode<CallNoted>(event.data));
  }
  void erase(const string& subject) const { must(keys->erase({{"org-1", subject}, Uuid{}, Timestamp{}, ""})); }
};

bool has(BytesView bytes, std::string_view text) { return as_text(bytes).find(text) != std::string_view::npos; }

}  // namespace

TEST_CASE("what is stored of an event shows no personal value and no secret", "[cipher]") {
  const Fixture fixture;
  const auto stored = fixture.store();
  REQUIRE(stored.encrypted.is_encrypted);
  CHECK_FALSE(stored.encrypted.is_of_erased);
  for (const auto* const planted : {"+49151", "Adler", "morning", "who is", "token-of"}) {
    CHECK_FALSE(has(stored.encrypted.data, planted));
    CHECK_FALSE(has(stored.encrypted.metadata, planted));
  }
  const auto blank = must(decode<CallNoted>(stored.encrypted.data));
  CHECK(blank.sender_id == "bob");
  CHECK(blank.seconds == 7);
  CHECK(blank.phone.empty());
  CHECK_FALSE(blank.longitude);
  CHECK(blank.lines.size() == 2);
  CHECK(blank.lines[0].role == "agent");
  CHECK(blank.lines[0].text.empty());
}

TEST_CASE("a reader gets every value back", "[cipher]") {
  const Fixture fixture;
  CHECK(fixture.read(fixture.store()) == noted());
}

TEST_CASE("an event is encrypted to the same bytes each time, and another one with the same values to others",
          "[cipher]") {
  const Fixture fixture;
  const auto one = fixture.store();
  const auto again = fixture.store();
  CHECK(one.encrypted.metadata == again.encrypted.metadata);
  Stored other;
  other.id = EventId{must(Uuid::parse("00000000-0000-0000-0000-000000000002"))};
  CHECK_FALSE(fixture.store(other).encrypted.metadata == one.encrypted.metadata);
  Stored elsewhere;
  elsewhere.stream = must(StreamId::parse("call-2"));
  CHECK_FALSE(fixture.store(elsewhere).encrypted.metadata == one.encrypted.metadata);
}

TEST_CASE("the values of an erased subject read as their defaults, and those of another one stay", "[cipher]") {
  const Fixture fixture;
  const auto stored = fixture.store();
  fixture.erase("ada");
  auto expected = noted();
  expected.phone.clear();
  expected.longitude.reset();
  for (auto& line : expected.lines) line.text.clear();
  expected.token = {};
  CHECK(fixture.read(stored) == expected);
  expected.sender_name.clear();
  fixture.erase("bob");
  CHECK(fixture.read(stored) == expected);
  auto event = stored.recorded();
  Bytes memory;
  must(fixture.cipher.open(event, memory));
  CHECK(event.encryption_key == erased_values);
}

TEST_CASE("an event about an erased subject is told apart from others, so that only its repeat is taken", "[cipher]") {
  const Fixture fixture;
  const auto stored = fixture.store();
  fixture.erase("ada");
  const auto repeat = fixture.encrypt(stored.clear());
  CHECK(repeat.is_of_erased);
  CHECK(repeat.data == stored.encrypted.data);
  CHECK(has_encrypted_values_of(repeat.metadata, stored.encrypted.metadata));
  CHECK_FALSE(has_encrypted_values_of(stored.encrypted.metadata, repeat.metadata));
}

TEST_CASE("a value that was altered, or is another event's, is damage", "[cipher]") {
  const Fixture fixture;
  const auto fails = [&](const Stored& stored) {
    auto event = stored.recorded();
    Bytes memory;
    const auto opened = fixture.cipher.open(event, memory);
    return !opened && opened.error().code == Errc::corrupt_record;
  };
  auto altered = fixture.store();
  altered.encrypted.metadata.back() ^= std::byte{1};
  CHECK(fails(altered));
  auto moved = fixture.store();
  moved.id = EventId{must(Uuid::parse("00000000-0000-0000-0000-000000000009"))};
  CHECK(fails(moved));
  auto cut = fixture.store();
  cut.encrypted.data.resize(4);
  CHECK(fails(cut));
}

TEST_CASE("a key that is neither there nor erased is an error that names the stream", "[cipher]") {
  const Fixture fixture;
  const auto stored = fixture.store();
  const ValueCipher others{std::make_shared<MemoryKeyStore>()};
  auto event = stored.recorded();
  Bytes memory;
  const auto opened = others.open(event, memory);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::missing_key);
  CHECK(opened.error().where == "call-1");
}

TEST_CASE("metadata about a person is the user's, and the stream's subject's where no user is named", "[cipher]") {
  const Fixture fixture;
  const auto with = [&](const string& user) {
    Metadata metadata{};
    metadata.user_id = user;
    metadata.ip_address = "203.0.113.7";
    metadata.extra = R"({"note":"called twice"})";
    Stored stored;
    encode_tagged(metadata, stored.metadata);
    return fixture.store(stored);
  };
  const auto metadata_of_opened = [&](const Stored& stored) {
    auto event = stored.recorded();
    Bytes memory;
    must(fixture.cipher.open(event, memory));
    return must(metadata_of(event));
  };
  const auto of_user = with("eve");
  const auto of_subject = with("");
  CHECK_FALSE(has(of_user.encrypted.metadata, "203.0.113.7"));
  CHECK_FALSE(has(of_user.encrypted.metadata, "twice"));
  CHECK(has(of_user.encrypted.metadata, "eve"));
  CHECK(metadata_of_opened(of_user).ip_address == "203.0.113.7");
  fixture.erase("ada");
  CHECK(metadata_of_opened(of_user).extra == R"({"note":"called twice"})");
  CHECK(metadata_of_opened(of_subject).ip_address.empty());
  fixture.erase("eve");
  CHECK(metadata_of_opened(of_user).ip_address.empty());
  CHECK(metadata_of_opened(of_user).user_id == "eve");
}

TEST_CASE("the subject of one organization is not that of another", "[cipher]") {
  const Fixture fixture;
  const auto stored = fixture.store();
  must(fixture.keys->erase({{"org-2", "ada"}, Uuid{}, Timestamp{}, ""}));
  CHECK(fixture.read(stored) == noted());
}

}  // namespace value_cipher_test
