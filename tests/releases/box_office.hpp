#pragma once
// One log, used by releases in turn.
#include <eventstore/log/memory_log.hpp>

#include <catch2/catch.hpp>

#include "releases/tickets.hpp"

namespace tickets {

struct BoxOffice {
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T12:00:00Z")};
  es::MemoryLog log{clock};

  /// Runs a command, with the repository of a program that was just started.
  template <class Ticket, class Command>
  es::Result<es::Executed> run(const string& key, const Command& command, const es::CommandOptions& options = {}) {
    es::Repository<Ticket> repository{log, clock};
    return repository.execute(key, command, options);
  }
  template <class Ticket, class Command> void must_run(const string& key, const Command& command) {
    if (const auto done = run<Ticket>(key, command); !done) FAIL(done.error().message());
  }
  template <class Ticket> es::Loaded<Ticket> load(const string& key) {
    auto loaded = es::Repository<Ticket>{log, clock}.load(key);
    if (!loaded) FAIL(loaded.error().message());
    return std::move(*loaded);
  }
  template <class Ticket> es::Error error_of_load(const string& key) {
    auto loaded = es::Repository<Ticket>{log, clock}.load(key);
    REQUIRE_FALSE(loaded);
    return std::move(loaded.error());
  }
  /// "ticket-1 1 TicketIssued {…}" of every event, by nothing but what the log has.
  std::vector<string> raw() const {
    const es::SchemaReader schemas{log};
    const auto page = log.read_all();
    if (!page) FAIL(page.error().message());
    std::vector<string> lines;
    for (const auto& event : page->events) {
      string line = string{event.stream} + " " + std::to_string(event.version.value) + " " + string{event.type} + " ";
      if (const auto shown = schemas.data_to_json(event, line); !shown) FAIL(shown.error().message());
      lines.push_back(std::move(line));
    }
    return lines;
  }
};

using Lines = std::vector<string>;

}  // namespace tickets
