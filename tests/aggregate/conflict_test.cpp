// A rival that is always faster.
#include <functional>

#include "aggregate/bank_test.hpp"

using namespace eventstore;
using namespace bank;

namespace {

// Passes everything on to another log; before each append it lets a rival act.
class RivalLog final : public EventLog {
 public:
  explicit RivalLog(EventLog& log) : log_{log} {}

  std::function<void()> rival;
  int appends = 0;

  Result<Receipt> append(const Commit& commit) override {
    ++appends;
    if (rival) rival();
    return log_.append(commit);
  }
  Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const override {
    return log_.read_stream(stream, options);
  }
  Result<Page> read_all(const ReadAll& options) const override { return log_.read_all(options); }
  Result<Visited> visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const override {
    return log_.visit_stream(stream, options, visitor);
  }
  Result<Visited> visit_all(const ReadAll& options, Visitor visitor) const override {
    return log_.visit_all(options, visitor);
  }
  Result<Page> find(const StreamId& stream, const EventId& id) const override { return log_.find(stream, id); }
  Result<Version> head(const StreamId& stream) const override { return log_.head(stream); }
  Result<Position> head() const override { return log_.head(); }
  Result<StreamInfo> info(const StreamId& stream) const override { return log_.info(stream); }
  Result<std::vector<StreamInfo>> streams(std::string_view category, std::string_view after,
                                          std::size_t limit) const override {
    return log_.streams(category, after, limit);
  }
  Result<BytesView> schema(const SchemaId& id) const override { return log_.schema(id); }
  Result<std::vector<SchemaRecord>> schemas() const override { return log_.schemas(); }
  Result<Position> wait_past(Position seen, std::stop_token stop, std::chrono::milliseconds patience) const override {
    return log_.wait_past(seen, stop, patience);
  }
  Result<void> sync() override { return log_.sync(); }
  [[nodiscard]] Uuid store_id() const override { return log_.store_id(); }
  Result<std::uint64_t> checksum_at(Position position) const override { return log_.checksum_at(position); }

 private:
  EventLog& log_;
};

struct Race {
  Bank bank;
  RivalLog log{bank.log};
  Repository<Account> accounts{log, bank.clock};
};

}  // namespace

TEST_CASE("a command that loses every race tries retries_max + 1 times and says so", "[repository][conflict]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  race.log.rival = [&] { race.bank.run("ada", Deposit{1}); };
  for (const unsigned retries : {0U, 1U, 5U}) {
    CAPTURE(retries);
    race.log.appends = 0;
    const auto executed = race.accounts.execute("ada", Deposit{100}, {.retries_max = retries});
    REQUIRE_FALSE(executed);
    CHECK(executed.error().code == Errc::wrong_version);
    REQUIRE(executed.error().conflicts.size() == 1);
    CHECK(executed.error().conflicts.front().stream == "account-ada");
    CHECK(race.log.appends == static_cast<int>(retries) + 1);
  }
  CHECK(race.bank.accounts.load("ada")->state.cents == 1 + 2 + 6);
}

TEST_CASE("a command that lost a race is decided again on what the rival left", "[repository][conflict]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  race.log.rival = [&] {
    if (race.log.appends == 1) race.bank.run("ada", Withdraw{400});
  };
  const auto refused = race.accounts.execute("ada", Withdraw{400});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(race.log.appends == 1);
  race.log.appends = 0;
  race.log.rival = [&] {
    if (race.log.appends <= 3) race.bank.run("ada", Deposit{1});
  };
  const auto executed = race.accounts.execute("ada", Deposit{100});
  REQUIRE(executed);
  CHECK(race.log.appends == 4);
  CHECK(executed->version == Version{6});
}

TEST_CASE("of two that open the same account one is refused", "[repository][conflict]") {
  Race race;
  race.log.rival = [&] {
    if (race.log.appends == 1) race.bank.run("ada", Open{"bob"});
  };
  const auto executed = race.accounts.execute("ada", Open{"ada"});
  REQUIRE_FALSE(executed);
  CHECK(executed.error().code == Errc::refused);
  CHECK(executed.error().during == "already_exists");
}

TEST_CASE("a rival that ran the very same command makes it a repeat", "[repository][conflict][repeat]") {
  Race race;
  race.bank.run("ada", Open{"ada"});
  const CommandOptions options{.command_id = command_number(1)};
  race.log.rival = [&] { race.bank.run("ada", Withdraw{500}, options); };
  const auto executed = race.accounts.execute("ada", Withdraw{500}, options);
  REQUIRE(executed);
  CHECK(executed->already_there);
  CHECK(*race.bank.log.head() == Position{2});
}
