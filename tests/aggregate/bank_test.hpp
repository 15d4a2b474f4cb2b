#pragma once
// A bank with a log in memory and a clock that stands still.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/log/memory_log.hpp>

#include "aggregate/account.hpp"

namespace bank {

inline const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

inline es::Uuid command_number(int n) { return es::Uuid::v5(es::Uuid{}, "command " + std::to_string(n)); }

struct Bank {
  es::ManualClock clock{noon};
  es::MemoryLog log{clock};
  es::Repository<Account> accounts{log, clock};

  template <class Command>
  es::Executed run(std::string_view key, const Command& command, const es::CommandOptions& options = {}) {
    auto executed = accounts.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
    return std::move(*executed);
  }
  template <class Command>
  es::Error error_of(std::string_view key, const Command& command, const es::CommandOptions& options = {}) {
    const auto before = *log.head();
    auto executed = accounts.execute(key, command, options);
    REQUIRE_FALSE(executed);
    CHECK(*log.head() == before);
    return executed.error();
  }
  /// Writes `event` past the repository, as an import or an older build would.
  template <class E> void record(std::string_view key, const E& event) {
    const auto stream = *es::StreamId::of("account", key);
    const es::Bytes data = es::encode(event);
    const auto& schema = es::schema_of<E>();
    const es::NewEvent recorded{stream,
                                es::EventId{es::new_uuid(clock)},
                                schema.name,
                                "default",
                                clock.now(),
                                schema.id,
                                es::Codec::binary,
                                0,
                                {},
                                data};
    const auto descriptor = schema.record();
    REQUIRE(log.append(es::Commit{{&recorded, 1}, {}, {&descriptor, 1}}));
  }
};

}  // namespace bank
