#pragma once
// A store of the whole domain in small segments on a simulated disk, whose functions are called by their names.
#include <aggregates/aggregates.hpp>
#include <eventstore/app/call_function.hpp>
#include <eventstore/app/retain.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/security/memory_key_store.hpp>
#include <eventstore/testing/simulated_disk.hpp>
#include <functions/functions.hpp>
#include <projections/projections.hpp>

#include <catch2/catch.hpp>

#include "temporary_directory.hpp"

namespace domain {

namespace es = eventstore;
namespace app = eventstore::app;
using std::string;

class Shop {
 public:
  static es::Model model() { return {all_aggregates(), all_projections(), all_functions()}; }

  [[nodiscard]] es::Store open(es::FileLogOptions::Mode mode = es::FileLogOptions::Mode::read_write) {
    es::StoreOptions options{};
    options.clock = &clock;
    options.files = &disk;
    options.keys = keys;
    options.snapshots = with_snapshots;
    options.collections_path = collections_path;
    options.log.mode = mode;
    options.log.segment_bytes_max = 4096;
    options.log.prepared_bytes = 0;
    options.log.background_work = false;
    auto opened = es::Store::open("store", model(), options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }

  es::Result<es::Answer> call(es::Store& store, const string& name, const string& json,
                              const std::optional<es::Uuid>& command_id = {}, const string& organization = "org-1",
                              bool recording = true) {
    clock.advance_seconds(1);
    EVENTSTORE_TRY_ASSIGN(const auto* const function, app::find_function(store.model(), name, recording));
    EVENTSTORE_TRY_ASSIGN(const auto arguments, es::json_to_bytes(es::parameters_of(*function).type, json));
    app::CallFunction parameters{};
    parameters.command_id = command_id;
    parameters.caller.organization_id = organization;
    return app::call_function(store, *function, parameters, arguments);
  }
  /// As call; the answer's first document.
  string must_call(es::Store& store, const string& name, const string& json, const string& organization = "org-1",
                   bool recording = true) {
    const auto answer = call(store, name, json, {}, organization, recording);
    if (!answer) FAIL(name << " " << json << ": " << answer.error().message());
    return answer->documents.empty() ? string{} : answer->documents.front();
  }

  void log_message(es::Store& store, const string& conversation, const string& id,
                   const string& organization = "org-1") {
    must_call(store, "log_message",
              R"({"conversation_id":")" + conversation + R"(","sender_id":"a","receiver_id":"b",)" +
                  R"("message_content":"Hello","message_id":")" + id + R"("})",
              organization);
  }
  /// An event of the campaign k-1.
  void store_event(es::Store& store, const string& type, const string& data, const string& organization) {
    must_call(store, "store_event",
              R"({"event_type":")" + type + R"(","event_data":)" + data +
                  R"(,"aggregate_type":"campaign","aggregate_id":"k-1"})",
              organization);
  }
  /// A message in each of three conversations; `day` is part of their ids.
  void chat(es::Store& store, const string& day, const string& organization = "org-1") {
    for (const string number : {"1", "2", "3"}) log_message(store, "c-" + number, day + "-" + number, organization);
  }
  /// The facts of one day, on streams of every kind.
  void trade(es::Store& store, const string& day, const string& organization = "org-1") {
    chat(store, day, organization);
    const auto record = [&](const char* name, const char* json) { must_call(store, name, json, organization); };
    record("log_action", R"({"user_id":"u-9","action":"view","resource_type":"page","resource_id":"p-1"})");
    record("log_metric", R"({"metric_type":"cpu","value":0.5})");
    store_event(store, "CampaignCreated", R"({"campaign_id":"k-1","name":"Spring","content":"Hi"})", organization);
    store_event(store, "CampaignContactsAdded", R"({"contact_ids":[")" + day + R"("]})", organization);
    record("log_campaign_execution", R"({"user_id":"u-9","campaign_id":"k-1","contacts_count":40})");
  }
  /// Drops all segments that were finished up to now, without keeping the states of their streams.
  void drop(es::Store& store) {
    const auto dropped = app::retain(
        store, {.before = clock.now().plus_seconds(1), .action = app::RetainAction::drop, .without_states = true});
    if (!dropped) FAIL(dropped.error().message());
    REQUIRE(dropped->expired_position > 0);
  }
  void project(es::Store& store) {
    const auto report = store.project();
    if (!report) FAIL(report.error().message());
  }
  static es::Position head(const es::Store& store) {
    const auto head = store.log().head();
    if (!head) FAIL(head.error().message());
    return *head;
  }

  es::test::TemporaryDirectory folder{};
  string collections_path = folder.file("collections.sqlite");
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T10:30:00Z")};
  std::shared_ptr<es::KeyStore> keys = std::make_shared<es::MemoryKeyStore>();  // the disk has no place for SQLite
  es::SimulatedDisk disk{};
  bool with_snapshots = false;
};

}  // namespace domain
