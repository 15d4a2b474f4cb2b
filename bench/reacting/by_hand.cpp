#include <bench/reacting/by_hand.hpp>

#include <bench/reacting/payments.hpp>

#include <cstdio>
#include <fstream>

namespace bench {
namespace {

namespace es = eventstore;

constexpr std::size_t page_events = 256;

class Booking {
 public:
  Booking(es::Store& store, std::filesystem::path checkpoint)
      : store_{store}, ledgers_{store.repository<Ledger>()}, checkpoint_{std::move(checkpoint)} {}

  es::Result<void> run() {
    auto from = read_checkpoint();
    while (true) {
      EVENTSTORE_TRY_ASSIGN(
          const auto page,
          store_.log().read_all({.from = from, .limit = page_events, .filter = {.category = Payer::category}}));
      for (const auto& event : page.events) EVENTSTORE_TRY(book(event));
      if (!page.events.empty()) from = page.events.back().position.next();
      EVENTSTORE_TRY(write_checkpoint(from));
      if (page.at_end) return {};
      from = es::Position{page.next};
    }
  }

 private:
  es::Result<void> book(const es::RecordedEvent& event) {
    const auto key = event.stream.substr(event.stream.find('-') + 1);
    es::Result<void> booked{};
    EVENTSTORE_TRY(es::with_events<Payer>(event, store_.schemas(), [&](const Paid& paid, const es::EventPart&) {
      es::CommandOptions options{};
      options.metadata.organization = event.organization;
      options.metadata.causation_id = event.id.to_string();
      options.command_id = es::Uuid::v5(event.id.uuid, "book-payments");
      auto executed = ledgers_.execute(key, Book{paid.cents}, options);
      if (executed) return;
      if (executed.error().code == es::Errc::refused)
        std::fprintf(stderr, "not booked: %s\n", executed.error().message().c_str());
      else
        booked = es::failure_of(executed);
    }));
    return booked;
  }

  [[nodiscard]] es::Position read_checkpoint() const {
    std::uint64_t position = 0;
    std::ifstream{checkpoint_} >> position;
    return es::Position{position};
  }

  // A new file in the old one's place, so that a crash leaves one of them whole.
  [[nodiscard]] es::Result<void> write_checkpoint(es::Position next) const {
    const auto made = checkpoint_.string() + ".new";
    std::ofstream file{made};
    file << next.value << std::endl;
    std::error_code failed;
    std::filesystem::rename(made, checkpoint_, failed);
    if (!file || failed) return es::failure(es::Errc::io_failed, "write checkpoint", made);
    return {};
  }

  es::Store& store_;
  es::Repository<Ledger> ledgers_;
  const std::filesystem::path checkpoint_;
};

}  // namespace

es::Result<void> book_payments_by_hand(es::Store& store, const std::filesystem::path& checkpoint) {
  return Booking{store, checkpoint}.run();
}

}  // namespace bench
