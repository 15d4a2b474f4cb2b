// A person is erased: from the log and its backups, snapshots, claims and collections, whatever ends the work.
#include <eventstore/app/backup.hpp>
#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/faulty_file_system.hpp>

#include "clinic.hpp"

namespace erase_subject_test {

using namespace clinic;

TEST_CASE("after an erasure no file of the store has a value of the person, and the history is whole", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  (void)Clinic::name_of(store, "p-1");  // may take a snapshot
  es::PosixFileSystem files;
  const auto backup = clinic.folder.file("backup");
  must(app::backup({files, clinic.directory, files}, {backup}, clinic.clock));
  CHECK_FALSE(found_in(clinic.directory).empty());  // in the collections, until now
  CHECK(found_in(backup).empty());
  const auto others = documents_of(store, "patients", "p-1") + documents_of(store, "visits", "v-1");

  const auto erased = Clinic::erase(store);
  CHECK(erased.streams == 2);
  CHECK(erased.clear_events == 0);
  CHECK_FALSE(erased.left);
  CHECK(found_in(clinic.directory) == vector<string>{});
  CHECK(documents_of(store, "patients", "p-1") + documents_of(store, "visits", "v-1") == others);
  CHECK(Clinic::name_of(store, "p-1").empty());
  CHECK(must(store.repository<Visit>().load("v-1")).state.notes == vector<string>{"", ""});
  CHECK(Clinic::name_of(store, "p-2") == "Arthur");
  REQUIRE(store.close());
  const auto verified = must(es::verify(files, clinic.directory, {.chain = true}));
  CHECK(verified.findings.empty());
  auto again = clinic.open();
  for (const auto& projection : again.model().projections)
    CHECK(must(again.rebuild(projection.name(), {}, {.expect_same = true})).stopped == false);
}

TEST_CASE("a backup from before the erasure, restored beside the keys of today, reads as erased", "[erase]") {
  Clinic clinic;
  es::PosixFileSystem files;
  const auto backup = clinic.folder.file("backup");
  {
    auto store = clinic.open();
    Clinic::fill(store);
    must(app::backup({files, clinic.directory, files}, {backup}, clinic.clock));
    Clinic::erase(store);
    REQUIRE(store.close());
  }
  std::filesystem::remove_all(clinic.directory);
  must(app::restore({files, clinic.directory, files}, {.directory = backup}));
  auto store = clinic.open();
  CHECK(Clinic::name_of(store, "p-1").empty());
  CHECK(Clinic::name_of(store, "p-2") == "Arthur");
}

TEST_CASE("an older copy of the key store brings nobody back", "[erase]") {
  Clinic clinic;
  clinic.keys = nullptr;  // the store's own
  const auto copy = clinic.folder.file("keys.sqlite");
  {
    auto store = clinic.open();
    Clinic::fill(store);
    REQUIRE(store.own_keys() != nullptr);
    REQUIRE(store.own_keys()->back_up(copy));
    Clinic::erase(store);
    REQUIRE(store.close());
  }
  std::filesystem::copy_file(copy, clinic.directory + "/keys/keys.sqlite",
                             std::filesystem::copy_options::overwrite_existing);
  auto store = clinic.open();
  CHECK(Clinic::name_of(store, "p-1").empty());
  const auto key = must(store.keys().find(es::Subject{"default", "p-1"}));
  REQUIRE(key);
  CHECK_FALSE(key->bytes);
  CHECK(must(store.keys().erasures(true)).empty());
}

TEST_CASE("nothing new is recorded about an erased person, and the values that only they had can be taken", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  const auto taken = store.execute<Patient>("p-3", Register{"Trillian", "Zaphodius@heart.example"});
  REQUIRE_FALSE(taken);
  CHECK(taken.error().refusal_code == "not_unique");
  Clinic::erase(store);
  must(store.execute<Patient>("p-3", Register{"Trillian", "Zaphodius@heart.example"}));
  const auto renamed = store.execute<Patient>("p-1", Rename{"Zaphod again"});
  REQUIRE_FALSE(renamed);
  CHECK(renamed.error().code == Errc::refused);
  CHECK(renamed.error().refusal_code == "subject_erased");
  CHECK_THAT(renamed.error().message(), !Catch::Contains("Zaphod"));
}

TEST_CASE("an erasure is recorded once, and a second call says that it was there", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  const auto first = Clinic::erase(store);
  CHECK_FALSE(first.already_erased);
  const auto second = Clinic::erase(store);
  CHECK(second.already_erased);
  CHECK(second.erased_at == first.erased_at);
  const auto stream = must(es::StreamId::parse("erasure-default"));
  // The visit had a note before it had a patient: its own key went, too.
  CHECK(must(store.log().head(stream)) == es::Version{2});
}

TEST_CASE("a note from before the person was named goes with them though no later event has values", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  must(store.execute<Visit>("v-3", Note{"felt threeheadedly"}));
  must(store.execute<Visit>("v-3", Begin{"p-1"}));
  Clinic::project(store);
  CHECK(Clinic::erase(store).streams == 3);
  CHECK(must(store.repository<Visit>().load("v-3")).state.notes == vector<string>{""});
  CHECK(found_in(clinic.directory) == vector<string>{});
}

TEST_CASE("nothing is erased of a person about whom nothing is stored", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  const auto erased = app::erase_subject(store, {.subject = "p-9"}, [](const auto&) -> es::Result<void> { return {}; });
  REQUIRE_FALSE(erased);
  CHECK(erased.error().code == Errc::not_found);
  CHECK_FALSE(must(store.keys().find(es::Subject{"default", "p-9"})));
}

TEST_CASE("everything about a person is exported, events first and then states", "[erase]") {
  const Clinic clinic;
  auto store = clinic.open();
  Clinic::fill(store);
  string lines;
  const auto print = [&](std::string_view line) -> es::Result<void> {
    lines += line;
    lines += '\n';
    return {};
  };
  REQUIRE(app::export_subject(store, {.subject = "p-1"}, print));
  for (const auto& value : planted)
    if (value != "threeheadedly") CHECK_THAT(lines, Catch::Contains(value));
  CHECK_THAT(lines, Catch::Contains(R"("stream":"patient-p-1")") && Catch::Contains(R"("stream":"visit-v-1")"));
  CHECK_THAT(lines, !Catch::Contains("Arthur"));
}

namespace {

/// Ends the process, as far as a test can: from the nth change on, every change fails.
class EndingKeys final : public es::KeyStore {
 public:
  EndingKeys(es::KeyStore& keys, int nth) : keys_{keys}, left_{nth} {}
  es::Result<es::SubjectKey> find(const es::Uuid& id) const override { return keys_.find(id); }
  es::Result<std::optional<es::SubjectKey>> find(const es::Subject& subject) const override {
    return keys_.find(subject);
  }
  es::Result<vector<es::SubjectKey>> find_or_make(std::span<const es::Subject> subjects) override {
    return keys_.find_or_make(subjects);
  }
  es::Result<es::Erasure> erase(const es::Erasure& erasure) override {
    if (ends()) return ended();
    return keys_.erase(erasure);
  }
  es::Result<void> note(const es::Subject& subject, es::ErasureStep step) override {
    if (ends()) return ended();
    return keys_.note(subject, step);
  }
  es::Result<vector<es::Erasure>> erasures(bool unfinished_only) const override {
    return keys_.erasures(unfinished_only);
  }
  es::Result<es::KeyBytes> own_key() const override { return keys_.own_key(); }
  std::uint64_t generation() const override { return keys_.generation(); }

 private:
  bool ends() { return --left_ < 0; }
  static tl::unexpected<es::Error> ended() { return es::failure(Errc::io_failed, "write keys", "", "it ends here"); }
  es::KeyStore& keys_;
  int left_;
};

// What a new process finds: all of the erasure, or nothing of it.
void check_all_or_nothing(const Clinic& clinic) {
  auto store = clinic.open();
  const auto stream = must(es::StreamId::parse("erasure-default"));
  const auto key = must(clinic.memory_keys->find(es::Subject{"default", "p-1"}));
  const bool is_recorded = must(store.log().head(stream)) > es::Version{0};
  REQUIRE(key);
  CHECK(is_recorded == !key->bytes.has_value());
  CHECK(must(store.keys().erasures(true)).empty());
  if (is_recorded) {
    CHECK(Clinic::name_of(store, "p-1").empty());
    // The visit's early note is of the person too, and under a key of its own.
    CHECK(must(store.repository<Visit>().load("v-1")).state.notes == vector<string>{"", ""});
    CHECK(found_in(clinic.directory) == vector<string>{});
  } else {
    CHECK(Clinic::name_of(store, "p-1") == "Beeblebroxa");
  }
  Clinic::erase(store);
  CHECK(found_in(clinic.directory) == vector<string>{});
}

}  // namespace

TEST_CASE("an erasure that ends at any change of the keys is all there at the next opening, or not at all", "[erase]") {
  bool has_ended = true;
  for (int nth = 0; has_ended; ++nth) {
    Clinic clinic;
    {
      auto store = clinic.open();
      Clinic::fill(store);
      REQUIRE(store.close());
    }
    clinic.keys = std::make_shared<EndingKeys>(*clinic.memory_keys, nth);
    {
      auto store = clinic.open();
      has_ended = !app::erase_subject(store, {.subject = "p-1"}, [](const auto&) -> es::Result<void> { return {}; });
    }
    clinic.keys = clinic.memory_keys;
    INFO("ended at change " << nth);
    check_all_or_nothing(clinic);
  }
}

TEST_CASE("an erasure whose event cannot be written is recorded at the next opening", "[erase]") {
  const auto call = GENERATE(es::FileCall::write, es::FileCall::sync);
  Clinic clinic;
  es::PosixFileSystem real;
  es::FaultyFileSystem faulty{real};
  {
    auto store = clinic.open();
    Clinic::fill(store);
    REQUIRE(store.close());
  }
  clinic.files = &faulty;
  {
    auto store = clinic.open();
    faulty.fail(call, 1, ENOSPC);
    CHECK_FALSE(app::erase_subject(store, {.subject = "p-1"}, [](const auto&) -> es::Result<void> { return {}; }));
    faulty.heal();
  }
  clinic.files = nullptr;
  check_all_or_nothing(clinic);
}

}  // namespace erase_subject_test
