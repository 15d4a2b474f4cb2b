// A crash at any point of a reaction ends with the same events as an undisturbed run.
#include <eventstore/file_log/file_log.hpp>

#include "log/forwarding_log.hpp"
#include "projection/reaction_office.hpp"

namespace reaction_crash_test {

using namespace bank;

namespace {

constexpr es::Uuid store_id = es::eventstore_namespace;

// A bank whose log and checkpoints are on one disk. The telephone is outside: it survives.
struct DiskBank {
  es::ManualClock clock{noon};
  es::SimulatedDisk disk;
  std::set<string> told{};  // the keys of the calls: each counts once

  explicit DiskBank(std::uint64_t seed = 1) : disk{{.seed = seed}} {}

  std::unique_ptr<es::FileLog> open_log() {
    auto opened = es::FileLog::open(disk, clock, "store",
                                    {.segment_bytes_max = 8192, .background_work = false, .new_store_id = store_id});
    return opened ? std::move(*opened) : nullptr;
  }
  void fill() {
    const auto log = open_log();
    REQUIRE(log);
    es::Repository<Account> accounts{*log, clock};
    int number = 0;
    const auto give = [&](const string& key, const auto& command) {
      REQUIRE(accounts.execute(key, command, {.command_id = command_number(++number)}));
    };
    for (const auto* const key : {"ada", "bea"}) give(key, Open{key});
    for (const int64_t cents : {5, 0, 6}) give("ada", Deposit{cents});
    give("bea", Withdraw{2});
    give("bea", Deposit{4});
    give("ada", Withdraw{1});
    REQUIRE(log->close());
  }
  es::ReactionHost host(es::EventLog& log) {
    return {log,
            clock,
            mail_aggregates(),
            disk,
            "reactions",
            nullptr,
            {{"sms", [this](const es::OutsideCall& call) -> es::Result<void> {
                told.insert(call.idempotency_key.to_string());
                return {};
              }}}};
  }
  // Whether both reactions came to their end.
  bool react() {
    const auto log = open_log();
    return log && react_on(*log);
  }
  bool react_on(es::EventLog& log) {
    for (auto type : {es::reaction<SendReceipt>(), es::reaction<Remind>()}) {
      auto worker = es::ReactionWorker::open(host(log), std::move(type),
                                             {.from = es::From::beginning(), .seed = 1, .checkpoint_every = 2});
      if (!worker || !worker->run()) return false;
    }
    return true;
  }
  // Two days later, when all timers have fired.
  std::vector<string> end() {
    clock.set(noon + 48h);
    REQUIRE(react());
    const auto log = open_log();
    return history_of(*log);
  }
};

struct Expected {
  std::vector<string> history;
  std::set<string> told;
};
const Expected& undisturbed() {
  static const Expected expected = [] {
    DiskBank bank;
    bank.fill();
    REQUIRE(bank.react());
    auto history = bank.end();
    return Expected{std::move(history), bank.told};
  }();
  return expected;
}

// Fails the appends that a test names, before they are done or after.
class FailingLog final : public es::ForwardingLog {
 public:
  FailingLog(es::EventLog& log, int nth, bool after, bool throws)
      : ForwardingLog{log}, nth_{nth}, after_{after}, throws_{throws} {}
  es::Result<es::Receipt> append(const es::Commit& commit) override {
    const bool fails = --nth_ == 0;
    if (fails && !after_) return fail();
    auto receipt = ForwardingLog::append(commit);
    return fails ? fail() : std::move(receipt);
  }
  [[nodiscard]] bool has_failed() const { return nth_ <= 0; }

 private:
  es::Result<es::Receipt> fail() {
    if (throws_) throw std::runtime_error{"injected"};
    return es::failure(es::Errc::io_failed, "append", "", "injected");
  }

  int nth_;
  bool after_;
  bool throws_;
};

}  // namespace

TEST_CASE("a power cut at any change of the disk ends with the same events", "[reaction][crash]") {
  const auto& expected = undisturbed();
  std::uint64_t cut = 0;
  for (bool was_cut = true; was_cut;) {
    CAPTURE(++cut);
    DiskBank bank{cut};
    bank.fill();
    bank.disk.cut_power_after(cut);
    was_cut = !bank.react();
    bank.disk.cut_power();
    bank.disk.restart();
    CHECK(bank.end() == expected.history);
    CHECK(bank.told == expected.told);
  }
  CHECK(cut > 50);
}

TEST_CASE("a process that is killed again and again ends with the same events", "[reaction][crash]") {
  const auto& expected = undisturbed();
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    es::Random random{seed};
    DiskBank bank{seed};
    bank.fill();
    for (bool done = false; !done;) {
      const auto changes = 1 + random.below(40);
      if (random.chance(50))
        bank.disk.end_run_after(changes);
      else
        bank.disk.cut_power_after(changes);
      if (random.chance(20)) bank.clock.advance_seconds(3600);
      done = bank.react();
      bank.disk.never_stop();
      if (!done) bank.disk.end_run();
      if (!bank.disk.is_running()) bank.disk.restart();
      if (random.chance(20)) (void)bank.disk.remove("reactions/send-receipt");
    }
    CHECK(bank.end() == expected.history);
    CHECK(bank.told == expected.told);
  }
}

TEST_CASE("an append that fails before or after it is done changes no event", "[reaction][crash]") {
  const auto& expected = undisturbed();
  for (const bool after : {false, true})
    for (const bool throws : {false, true}) {
      int nth = 0;
      for (bool has_failed = true; has_failed;) {
        CAPTURE(++nth, after, throws);
        DiskBank bank;
        bank.fill();
        {
          const auto log = bank.open_log();
          FailingLog failing{*log, nth, after, throws};
          for (auto type : {es::reaction<SendReceipt>(), es::reaction<Remind>()}) {
            const es::ReactionOptions options{.from = es::From::beginning(), .seed = 1};
            auto worker = es::ReactionWorker::open(bank.host(failing), type, options);
            if (!worker) worker = es::ReactionWorker::open(bank.host(failing), type, options);
            REQUIRE(worker);
            finish(*worker, bank.clock, noon + 1h);
          }
          has_failed = failing.has_failed();
        }
        CHECK(bank.end() == expected.history);
        CHECK(bank.told == expected.told);
      }
      CHECK(nth > 15);
    }
}

}  // namespace reaction_crash_test
