// One long stream from its file to the state: a small numeric state, and a delivery that never ends. `limit` reads the
// same bytes and folds nothing.
#include <bench/data.hpp>
#include <bench/options.hpp>
#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/workloads.hpp>

#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/replay.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/schema/codec.hpp>
#include <functional>
#include <stdexcept>

namespace bench {
namespace {

namespace es = eventstore;

struct LedgerCredited {
  EVENTSTORE_EVENT(LedgerCredited, (std::int64_t, cents));
};
struct LedgerDebited {
  EVENTSTORE_EVENT(LedgerDebited, (std::int64_t, cents));
};
struct LedgerState {
  EVENTSTORE_FIELDS(LedgerState, (std::int64_t, cents), (std::int64_t, credits), (std::int64_t, debits));
};
struct Ledger {
  static constexpr auto category = "ledger";
  using events = es::Events<LedgerCredited, LedgerDebited>;
  using State = LedgerState;
  static void evolve(State& state, const LedgerCredited& event) {
    state.cents += event.cents;
    ++state.credits;
  }
  static void evolve(State& state, const LedgerDebited& event) {
    state.cents -= event.cents;
    ++state.debits;
  }
};

constexpr std::size_t commit_events = 1000;
constexpr int replays = 5;
constexpr std::int64_t noon = 1'769'515'200'000'000;  // 2026-01-27, in microseconds

using Encoded = std::pair<const es::Schema*, es::Bytes>;
/// The n-th event of a history, from 0.
using EventAt = std::function<Encoded(std::size_t)>;

template <class E> Encoded encoded(const E& event) { return {&es::schema_of<E>(), es::encode(event)}; }

Encoded ledger_event(std::size_t n) {
  const auto cents = static_cast<std::int64_t>(mix(n) % 10'000);
  return n % 3 == 2 ? encoded(LedgerDebited{cents}) : encoded(LedgerCredited{cents});
}

// Rounds of an assignment, a departure, a place on the way, a failure and another try.
Encoded delivery_event(std::size_t n) {
  if (n == 0) return encoded(domain::DeliveryScheduled{.customer_id = "c-1", .address = "Rua Direita 1"});
  const auto degrees = static_cast<double>(mix(n) % 90);
  switch (n % 5) {
    case 1: return encoded(domain::DeliveryAssigned{.agent_id = "agent-" + std::to_string(mix(n) % 1000)});
    case 2: return encoded(domain::DeliveryDeparted{.longitude = degrees, .latitude = -degrees});
    case 3:
      return encoded(domain::DeliveryTracked{.status = "at the depot", .longitude = degrees, .latitude = degrees});
    case 4: return encoded(domain::DeliveryFailed{.reason = "nobody there"});
    default: return encoded(domain::DeliveryRetried{es::Timestamp{noon}, static_cast<std::int64_t>(n / 5)});
  }
}

void append(es::FileLog& log, const es::StreamId& stream, const EventAt& event_at, std::size_t from, std::size_t to) {
  std::vector<Encoded> data;
  for (auto n = from; n < to; ++n) data.push_back(event_at(n));
  std::vector<es::NewEvent> added;
  std::vector<es::SchemaRecord> schemas;
  for (auto n = from; n < to; ++n) {
    const auto& [schema, bytes] = data[n - from];
    es::NewEvent next{.stream = stream, .type = schema->name, .organization = "default"};
    const auto bits = mix(n + 1);
    std::memcpy(next.id.uuid.octets.data(), &bits, sizeof bits);
    next.created_at = es::Timestamp{noon + static_cast<std::int64_t>(n)};
    next.schema = schema->id;
    next.data = bytes;
    added.push_back(next);
    schemas.push_back(schema->record());
  }
  if (const auto receipt = log.append({.events = added, .expectations = {}, .schemas = schemas}); !receipt)
    throw std::runtime_error{receipt.error().message()};
}

class LongStream {
 public:
  LongStream(es::AggregateType type, const EventAt& event_at, std::size_t count) : type_{std::move(type)} {
    es::FileLogOptions options{};
    options.durability = es::Durability::on_close;
    auto log = es::FileLog::open(files_, clock_, directory_.path() / "store", options);
    if (!log) throw std::runtime_error{log.error().message()};
    log_ = std::move(*log);
    for (std::size_t from = 0; from < count; from += commit_events)
      append(*log_, stream_, event_at, from, std::min(from + commit_events, count));
  }

  // The bytes of the state at the end.
  es::Bytes replay() const {
    const es::SchemaReader schemas{*log_};
    const auto state = type_.new_state();
    if (const auto done = es::replay(*log_, schemas, stream_, *state); !done)
      throw std::runtime_error{done.error().message()};
    es::Bytes bytes;
    state->encode_to(bytes);
    return bytes;
  }
  std::uint64_t read() const {
    std::uint64_t bytes = 0;
    const auto touch = [&](const es::RecordedEvent& event) {
      for (const auto byte : event.data) bytes += std::to_integer<std::uint64_t>(byte);
      return true;
    };
    if (const auto done = log_->visit_stream(stream_, {{}, es::Direction::forward, es::no_limit}, touch); !done)
      throw std::runtime_error{done.error().message()};
    return bytes;
  }

 private:
  es::AggregateType type_;
  es::StreamId stream_ = es::StreamId::trusted(type_.category + "-1");
  const FreshDirectory directory_;
  es::PosixFileSystem files_;
  es::SystemClock clock_;
  std::unique_ptr<es::FileLog> log_;
};

template <class Run> void measure_runs(benchmark::State& state, std::size_t events, Run run) {
  const auto expected = run();  // also the first touch of the pages
  const MemoryWatch memory;
  Latencies latencies;
  for ([[maybe_unused]] auto _ : state) {
    for (int i = 0; i < replays; ++i) require(latencies.time(run) == expected, "the replay comes to another state");
    state.SetIterationTime(latencies.seconds());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events) * replays);
  memory.report(state);
}

template <class A> void add(const EventAt& event_at) {
  const auto count = options().events;
  const auto parameters = std::string{"/state:"} + A::category + "/events:" + std::to_string(count);
  const auto make = [=] { return LongStream{es::detail::aggregate_without_commands<A>(), event_at, count}; };
  measure("replay", "eventstore", parameters, [=](benchmark::State& state) {
    const auto stream = make();
    measure_runs(state, count, [&] { return stream.replay(); });
  });
  measure("replay", "limit", parameters, [=](benchmark::State& state) {
    const auto stream = make();
    measure_runs(state, count, [&] { return stream.read(); });
  });
}

}  // namespace

void register_replay() {
  add<Ledger>(ledger_event);
  add<domain::Delivery>(delivery_event);
}

}  // namespace bench
