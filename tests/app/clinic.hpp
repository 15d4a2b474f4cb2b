#pragma once
// A clinic whose patients may be erased: an aggregate whose key is the person, and one that names the person later.
#include <eventstore/aggregate/unique.hpp>
#include <eventstore/app/subject.hpp>
#include <eventstore/collections/documents_of.hpp>
#include <eventstore/projection/ready_made.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/security/sqlite_key_store.hpp>

#include <filesystem>
#include <fstream>

#include "branch.hpp"

namespace clinic {

using namespace bank;
namespace app = es::app;
using es::Errc;

using std::string, std::vector;

struct Registered {
  EVENTSTORE_EVENT(Registered, "PatientRegistered", (string, name, , es::personal), (string, email, , es::personal),
                   (std::int64_t, floor, 1));
};
struct Renamed {
  EVENTSTORE_EVENT(Renamed, "PatientRenamed", (string, name, , es::personal));
};
struct Register {
  EVENTSTORE_COMMAND(Register, "register", (string, name, , es::personal), (string, email, , es::personal));
};
struct Rename {
  EVENTSTORE_COMMAND(Rename, "rename", (string, name, , es::personal));
};
// Its key is the person.
struct Patient {
  static constexpr auto category = "patient";
  using events = es::Events<Registered, Renamed>;
  using commands = es::Commands<Register, Rename>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name, "", es::personal), (string, email, "", es::personal),
                      (std::int64_t, floor, 0));
  };
  static constexpr auto unique = es::unique<&State::email>(es::lower_case);
  static void evolve(State& state, const Registered& event) { state = {event.name, event.email, event.floor}; }
  static void evolve(State& state, const Renamed& event) { state.name = event.name; }
  static Decision create(const Register& c) { return Registered{.name = c.name, .email = c.email}; }
  static Decision decide(const State&, const Rename& c) { return Renamed{c.name}; }
};

struct Noted {
  EVENTSTORE_EVENT(Noted, "VisitNoted", (string, note, , es::personal));
};
struct Begun {
  EVENTSTORE_EVENT(Begun, "VisitBegun", (string, patient_id));
};
struct Note {
  EVENTSTORE_COMMAND(Note, "note", (string, note, , es::personal));
};
struct Begin {
  EVENTSTORE_COMMAND(Begin, "begin", (string, patient_id));
};
// Notes may come before the patient is known.
struct Visit {
  static constexpr auto category = "visit";
  using events = es::Events<Begun, Noted>;
  using commands = es::Commands<Begin, Note>;
  using Decision = es::Decision<events>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, patient_id), (vector<string>, notes, vector<string>{}, es::personal));
  };
  static string subject(const State& state) { return state.patient_id; }
  static void evolve(State& state, const Begun& event) { state.patient_id = event.patient_id; }
  static void evolve(State& state, const Noted& event) { state.notes.push_back(event.note); }
  static Decision decide(const State*, const Begin& c) { return Begun{c.patient_id}; }
  static Decision decide(const State*, const Note& c) { return Noted{c.note}; }
};

struct Notes {
  static constexpr auto name = "notes";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, note));
  };
  static std::vector<es::Index> indexes() { return {es::full_text_on("note")}; }
  using reads = es::Reads<Visit>;
  using ignores = es::Ignores<Begun>;
  static void project(const Noted& event, const es::Change<Visit>& c, es::Operations<Document>& to) {
    to.put(string{c.key} + "/" + std::to_string(c.version.value), {event.note});
  }
};

inline const vector<string> planted{"Zaphodius", "Beeblebroxa", "zaphodius@heart.example", "threeheadedly",
                                    "improbablyaching"};

inline es::Model model() {
  return {{es::aggregate<Patient>("1"), es::aggregate<Visit>("1")},
          {es::documents<Patient>("patients"), es::documents<Visit>("visits"), es::projection<Notes>(), es::events(),
           es::audit_logs()}};
}

struct Clinic {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  std::shared_ptr<es::MemoryKeyStore> memory_keys = std::make_shared<es::MemoryKeyStore>();
  std::shared_ptr<es::KeyStore> keys = memory_keys;
  es::FileSystem* files = nullptr;
  const string directory = folder.file("store");

  [[nodiscard]] es::Result<es::Store> try_open() const {
    es::StoreOptions options{};
    options.clock = &clock;
    options.keys = keys;
    options.files = files;
    options.master_key = es::MasterKeySource{};
    options.log.segment_bytes_max = 8192;
    options.log.prepared_bytes = 0;
    options.log.background_work = false;
    return es::Store::open(directory, model(), options);
  }
  [[nodiscard]] es::Store open() const { return must(try_open()); }

  static void project(es::Store& store) { must(store.project()); }

  // What is planted is only of p-1.
  static void fill(es::Store& store) {
    must(store.execute<Visit>("v-1", Note{"came in threeheadedly"}));
    must(store.execute<Patient>("p-1", Register{"Zaphodius", "zaphodius@heart.example"}));
    must(store.execute<Patient>("p-2", Register{"Arthur", "arthur@earth.example"}));
    must(store.execute<Visit>("v-1", Begin{"p-1"}));
    must(store.execute<Visit>("v-2", Begin{"p-2"}));
    project(store);
    must(store.execute<Patient>("p-1", Rename{"Beeblebroxa"}));
    must(store.execute<Visit>("v-1", Note{"head is improbablyaching"}));
    must(store.execute<Visit>("v-2", Note{"wants tea"}));
    project(store);
  }
  static app::ErasedSubject erase(es::Store& store, const string& subject = "p-1") {
    return must(app::erase_subject(store, {.subject = subject}, [](const auto&) -> es::Result<void> { return {}; }));
  }
  static string name_of(es::Store& store, const string& key) {
    return must(store.repository<Patient>().load(key)).state.name;
  }
};

inline vector<string> found_in(const string& folder) {
  vector<string> found;
  for (const auto& each : std::filesystem::recursive_directory_iterator{folder}) {
    if (!each.is_regular_file()) continue;
    std::ifstream file{each.path(), std::ios::binary};
    const string bytes{std::istreambuf_iterator<char>{file}, {}};
    for (const auto& value : planted)
      if (bytes.find(value) != string::npos) found.push_back(value + " in " + each.path().filename().string());
  }
  return found;
}

// The documents of the others, as lines.
inline string documents_of(es::Store& store, const string& collection, const string& without) {
  auto* const collections = must(store.readable_collections());
  const auto& projections = store.model().projections;
  const auto projection =
      std::find_if(projections.begin(), projections.end(), [&](const auto& each) { return each.name() == collection; });
  const auto page = must(collections->scan(projection->shape, collection, "", 1000));
  string lines;
  for (const auto& document : page.documents) {
    string line;
    for (const auto& value : document.values) line += value + "|";
    if (line.find(without) == string::npos) lines += line + "\n";
  }
  return lines;
}

}  // namespace clinic
