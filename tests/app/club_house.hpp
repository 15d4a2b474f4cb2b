#pragma once
// A store of a club in a folder of its own, and event lines for it.
#include <eventstore/aggregate/claim_record.hpp>
#include <eventstore/app/import.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/security/memory_key_store.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "aggregate/club.hpp"
#include "temporary_directory.hpp"

namespace club {

namespace app = es::app;
using es::must;

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

struct Imported {
  app::ImportCounts counts{};
  std::vector<string> duplicates{};
};

struct ClubHouse {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  std::shared_ptr<es::KeyStore> keys = std::make_shared<es::MemoryKeyStore>();
  const es::Model model{{es::aggregate<Member>("1"), es::aggregate<Booking>("1")}};

  [[nodiscard]] es::Store open(const string& name = "store") const {
    es::StoreOptions options{};
    options.clock = &clock;
    options.keys = keys;
    options.log.durability = es::Durability::on_close;
    auto store = es::Store::open(folder.file(name), model, options);
    if (!store) FAIL(store.error().message());
    return std::move(*store);
  }
  [[nodiscard]] app::LineSource source(const string& text) const {
    std::ofstream{folder.file("lines"), std::ios::binary} << text;
    return must(app::LineSource::open(folder.file("lines")));
  }
  Imported import(es::Store& store, const string& text) const {
    auto from = source(text);
    auto refused = must(app::RefusedLines::open("stop", from));
    Imported imported;
    app::ImportWatch watch;
    watch.on_duplicate = [&](const app::DuplicateInLine& each) { imported.duplicates.push_back(es::to_json(each)); };
    const auto ended = app::import(store.event_log(), store.model(), {}, from, refused, imported.counts, watch);
    if (!ended) FAIL(ended.error().message());
    return imported;
  }
};

/// An event of member-`key`, with its line end; version 0 claims none.
inline string line(const string& key, int version, const string& type, const string& data) {
  return R"({"aggregate_type":"member","aggregate_id":")" + key + R"(","event_type":")" + type + R"(","event_data":)" +
         data + (version == 0 ? "" : R"(,"version":)" + std::to_string(version)) +
         R"(,"created_at":"2026-01-27T10:30:00Z"})" + "\n";
}
inline string joined(const string& key, const string& email, int version = 1) {
  return line(key, version, "MemberJoined", R"({"email":")" + email + R"("})");
}
inline string changed(const string& key, int version, const string& email) {
  return line(key, version, "MemberChanged", R"({"email":")" + email + R"("})");
}
inline string left(const string& key, int version) { return line(key, version, "MemberLeft", "{}"); }

/// "member-ada" for each claim that holds, in the order of the claims' names.
inline std::vector<string> owners(const es::Store& store) {
  std::vector<string> owners;
  es::SystemClock clock;
  for (const auto& info : must(store.log().streams("claim", {}, es::no_limit))) {
    const auto state =
        must(es::load_state(store.log(), store.schemas(), es::claim_records(), es::StreamId::trusted(info.stream)));
    if (const auto& owner = state->as<es::ClaimState>()->owner; !owner.empty()) owners.push_back(owner);
  }
  std::sort(owners.begin(), owners.end());
  return owners;
}

}  // namespace club
