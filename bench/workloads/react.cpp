// A reaction that gives one command for each event, and the same loop by hand.
#include <bench/projected/checked.hpp>
#include <bench/reacting/by_hand.hpp>
#include <bench/reacting/payments.hpp>
#include <bench/reference_check.hpp>
#include <bench/registration.hpp>
#include <bench/store_directory.hpp>
#include <bench/workloads/workloads.hpp>

#include <functional>
#include <string>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t events_checked = 300;
constexpr std::size_t events_measured = 20'000;
constexpr std::size_t payments_each = 10;  // of a payer

using React = std::function<void(es::Store& store, const std::filesystem::path& directory)>;

es::Store open(const std::filesystem::path& directory, es::Durability durability) {
  es::Model model{{es::aggregate<Payer>(), es::aggregate<Ledger>()}, {}, {}, {es::reaction<BookPayments>()}};
  es::StoreOptions options{};
  options.log.durability = durability;
  return checked(es::Store::open((directory / "store").string(), std::move(model), options));
}

std::int64_t cents_of(std::size_t payment) { return static_cast<std::int64_t>(payment % 997 + 1); }
std::size_t payers_of(std::size_t events) { return (events + payments_each - 1) / payments_each; }

void fill(const std::filesystem::path& directory, std::size_t events) {
  auto store = open(directory, es::Durability::on_close);
  auto payers = store.repository<Payer>();
  for (std::size_t i = 0; i < events; ++i)
    checked(payers.execute(std::to_string(i % payers_of(events)), Pay{cents_of(i)}));
  checked(store.close());
}

// Each ledger has the payments of its payer, each once.
void require_booked(es::Store& store, std::size_t events) {
  auto ledgers = store.repository<Ledger>();
  std::int64_t bookings = 0;
  std::vector<std::int64_t> cents(payers_of(events));
  for (std::size_t i = 0; i < events; ++i) cents[i % cents.size()] += cents_of(i);
  for (std::size_t payer = 0; payer < cents.size(); ++payer) {
    const auto ledger = checked(ledgers.load(std::to_string(payer)));
    require(ledger.state.cents == cents[payer], "a ledger does not have the payments of its payer");
    bookings += ledger.state.bookings;
  }
  require(bookings == static_cast<std::int64_t>(events), "a payment is not booked once");
}

double react_once(const React& react, es::Durability durability, std::size_t events) {
  const FreshDirectory directory;
  fill(directory.path(), events);
  auto store = open(directory.path(), durability);
  Latencies latencies;
  latencies.time([&] { react(store, directory.path()); });
  require_booked(store, events);
  react(store, directory.path());
  require_booked(store, events);  // a second run finds nothing to do
  return latencies.seconds();
}

void react_by_library(es::Store& store, const std::filesystem::path&) {
  auto worker = checked(store.react(BookPayments::name, {.from = es::From::beginning()}));
  require(checked(worker.run()).set_aside == 0, "an event was set aside");
}

void react_by_hand(es::Store& store, const std::filesystem::path& directory) {
  checked(book_payments_by_hand(store, directory / "checkpoint"));
}

void measure_reacting(std::string_view engine, const std::string& sync, es::Durability durability, const React& react) {
  measure("react", engine, "/sync:" + sync, [=](benchmark::State& state) {
    (void)react_once(react, durability, events_checked);
    for ([[maybe_unused]] auto _ : state) state.SetIterationTime(react_once(react, durability, events_measured));
    state.SetItemsProcessed(static_cast<std::int64_t>(events_measured));
  });
}

void measure_reacting(std::string_view engine, const React& react) {
  measure_reacting(engine, "every_commit", es::Durability::every_commit, react);
  measure_reacting(engine, "on_close", es::Durability::on_close, react);
}

}  // namespace

void register_react() {
  measure_reacting("eventstore", react_by_library);
  measure_reacting("handwritten", react_by_hand);
}

}  // namespace bench
