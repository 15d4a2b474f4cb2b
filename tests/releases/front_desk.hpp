#pragma once
// A log with a collection, which one release after the other keeps.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/worker.hpp>

#include "releases/box_office.hpp"

namespace tickets {

/// What a program of one release has.
struct Release {
  std::vector<es::AggregateType> aggregates;
  es::ProjectionType holders;
};

inline Release older_release() { return {{es::aggregate<older::Ticket>()}, es::projection<older::Holders>()}; }
inline Release newer_release() { return {{es::aggregate<newer::Ticket>()}, es::projection<newer::Holders>()}; }
inline Release renaming_release() {
  return {{es::aggregate<renamed::Admission>()}, es::projection<renamed::Holders>()};
}

struct FrontDesk : BoxOffice {
  std::unique_ptr<es::SqliteCollections> collections = [] {
    auto opened = es::SqliteCollections::open(":memory:");
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }();

  es::Result<es::RunReport> project(const Release& release) {
    es::ProjectionWorker worker{log, release.aggregates, *collections};
    return worker.run({&release.holders});
  }
  es::Result<es::RunReport> rebuild(const Release& release) {
    es::ProjectionWorker worker{log, release.aggregates, *collections};
    return worker.rebuild(release.holders);
  }
  /// "1 ada 0" of every document, in the order of the holders.
  Lines documents() {
    const auto found = collections->rows("SELECT holder, used FROM holders ORDER BY holder");
    if (!found) FAIL(found.error().message());
    Lines lines;
    for (const auto& row : *found)
      lines.push_back(std::get<string>(row[0]) + " " + std::to_string(std::get<int64_t>(row[1])));
    return lines;
  }
  es::Position place() {
    const auto checkpoint = collections->checkpoint("holders");
    REQUIRE(checkpoint);
    REQUIRE(*checkpoint);
    return (*checkpoint)->position;
  }
};

}  // namespace tickets
