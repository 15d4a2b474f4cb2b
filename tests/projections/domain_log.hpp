#pragma once
// A log with the domain's events, and all its collections in memory.
#include <aggregates/activity/activity.hpp>
#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <aggregates/metric/metric.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/projection/worker.hpp>
#include <eventstore/schema/json_document.hpp>
#include <projections/projections.hpp>

#include <catch2/catch.hpp>

namespace domain {

namespace es = eventstore;
using std::int64_t, std::string;

inline es::Timestamp moment(std::string_view text) {
  const auto parsed = es::Timestamp::parse(text);
  if (!parsed) FAIL(parsed.error().message());
  return *parsed;
}

/// JSON in one form, so that equal values are equal texts.
inline string canonical(std::string_view json) {
  es::JsonDocument document;
  const auto root = document.parse(json);
  if (!root) FAIL(root.error().message() << " in " << json);
  string text;
  root->write_canonical(text);
  return text;
}

inline std::unique_ptr<es::SqliteCollections> in_memory() {
  auto opened = es::SqliteCollections::open(":memory:");
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

/// Rows as text, columns parted by " | ", nothing as "-".
inline string text_of(const es::SqlRow& row) {
  string text;
  for (const auto& value : row) {
    if (&value != &row.front()) text += " | ";
    if (const auto* const number = std::get_if<int64_t>(&value)) text += std::to_string(*number);
    if (const auto* const real = std::get_if<double>(&value)) text += Catch::Detail::stringify(*real);
    if (const auto* const words = std::get_if<string>(&value)) text += *words;
    if (std::holds_alternative<std::nullptr_t>(value)) text += "-";
  }
  return text;
}

struct DomainLog {
  es::ManualClock clock{moment("2026-01-27T10:30:00Z")};
  es::MemoryLog log{clock};
  std::vector<es::AggregateType> aggregates = all_aggregates();
  std::vector<es::ProjectionType> projections = all_projections();
  std::unique_ptr<es::SqliteCollections> collections = in_memory();
  /// Of the events that are recorded next.
  es::Metadata metadata{};
  int recorded = 0;

  DomainLog() { metadata.organization = "org-1"; }

  /// Appends `event` at the clock's time, which then moves on by a second. Its id.
  template <class E> es::EventId record(const string& stream, const E& event) {
    const auto& schema = es::schema_of<E>();
    const auto data = es::encode(event);
    const auto descriptor = schema.record();
    es::Bytes tagged;
    es::encode_tagged(metadata, tagged);
    const es::EventId id{es::Uuid::v5(es::Uuid{}, "event " + std::to_string(++recorded))};
    const es::NewEvent made{*es::StreamId::parse(stream),
                            id,
                            schema.name,
                            metadata.organization,
                            clock.now(),
                            schema.id,
                            es::Codec::binary,
                            0,
                            tagged,
                            data};
    const auto receipt = log.append({.events = {&made, 1}, .schemas = {&descriptor, 1}});
    if (!receipt) FAIL(receipt.error().message());
    clock.advance_seconds(1);
    return id;
  }

  void run(es::SqliteCollections& to, std::size_t batch_events = 8192) {
    es::ProjectionWorker worker{log, aggregates, to, {batch_events, {}}};
    std::vector<const es::ProjectionType*> all;
    for (const auto& projection : projections) all.push_back(&projection);
    const auto report = worker.run(all);
    if (!report) FAIL(report.error().message());
    REQUIRE(report->left.empty());
  }
  void run() { run(*collections); }

  /// The rows of a SELECT as text, once the projections have caught up.
  std::vector<string> rows(const string& sql) {
    run();
    return texts(*collections, sql);
  }
  static std::vector<string> texts(es::SqliteCollections& from, const string& sql) {
    const auto found = from.rows(sql);
    if (!found) FAIL(found.error().message());
    std::vector<string> all;
    for (const auto& row : *found) all.push_back(text_of(row));
    return all;
  }
  /// Everything in every collection.
  std::vector<string> dump(es::SqliteCollections& from) const {
    std::vector<string> all;
    for (const auto& projection : projections)
      for (auto& row : texts(from, "SELECT * FROM " + projection.name() + " ORDER BY _id"))
        all.push_back(projection.name() + ": " + row);
    return all;
  }
  /// The only document of a collection, as canonical JSON.
  string document(const string& collection, const string& organization = "org-1") {
    run();
    for (const auto& projection : projections) {
      if (projection.name() != collection) continue;
      const auto found = collections->documents(projection.shape, organization, "WHERE organization_id = ?1");
      if (!found) FAIL(found.error().message());
      REQUIRE(found->size() == 1);
      return canonical(found->front());
    }
    FAIL("no such collection");
    return {};
  }
};

using Rows = std::vector<string>;

inline MessageSent sent(string id, string content = "Hello") {
  return {.message_id = std::move(id),
          .sender_id = "agent-9",
          .receiver_id = "contact-1",
          .message_content = std::move(content)};
}
inline MessageReceived received(string id, string content = "Hello") {
  return {.message_id = std::move(id),
          .sender_id = "contact-1",
          .receiver_id = "agent-9",
          .message_content = std::move(content)};
}
inline DeliveryScheduled scheduled() {
  return {.customer_id = "customer-1", .address = "Hafenstraße 1", .scheduled_time = moment("2026-01-28T09:00:00Z")};
}

}  // namespace domain
