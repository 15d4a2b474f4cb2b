// Reactions: commands that follow from events, each once.
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/projection/subscription.hpp>
#include <eventstore/testing/reacted.hpp>

#include <thread>

#include "projection/reaction_office.hpp"
#include "temporary_directory.hpp"

namespace reaction_test {

using namespace bank;
using Texts = std::vector<string>;

TEST_CASE("an event leads to its commands once", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{5});
  bank.run("ada", Deposit{6});
  auto worker = bank.worker<SendReceipt>();
  const auto report = run(worker);
  CHECK(report.events == 3);
  CHECK(report.done == 4);
  CHECK(report.position == es::Position{8});
  CHECK(letters_in(bank.log, "ada") == Texts{"you have 5", "you have 11"});
  CHECK(letters_in(bank.log, "bank") == Texts{"ada", "ada"});
  CHECK(run(worker).events == 0);
  bank.run("ada", Deposit{1});
  CHECK(run(worker).done == 2);
  CHECK(letters_in(bank.log, "ada").back() == "you have 12");
}

TEST_CASE("the events of a reaction name their cause and keep its organization", "[reaction]") {
  MailBank bank;
  es::CommandOptions options{};
  options.metadata.organization = "org-1";
  options.metadata.user_id = "u-1";
  options.metadata.correlation_id = "c-1";
  bank.run("ada", Open{"ada"}, options);
  const auto caused = bank.run("ada", Deposit{5}, options).events.front().id;
  auto worker = bank.worker<SendReceipt>();
  run(worker);
  const auto page = *bank.log.read_stream(*es::StreamId::parse("mailbox-ada"));
  const auto metadata = *es::metadata_of(page.events.front());
  CHECK(metadata.organization == "org-1");
  CHECK(metadata.causation_id == caused.to_string());
  CHECK(metadata.correlation_id == "c-1");
  CHECK(metadata.user_id.empty());
}

TEST_CASE("a reaction begins where it is told and says so in its stream", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{5});
  bank.run("ada", Deposit{6});
  SECTION("now") {
    auto worker = bank.worker<SendReceipt>(es::From::now());
    CHECK(run(worker).done == 0);
    bank.run("ada", Deposit{7});
    CHECK(run(worker).done == 2);
    CHECK(worker.state()->after == 3);
  }
  SECTION("a position") {
    auto worker = bank.worker<SendReceipt>(es::From::position(es::Position{3}));
    CHECK(run(worker).done == 2);
    CHECK(worker.state()->after == 2);
  }
  SECTION("only the first time") {
    { (void)bank.worker<SendReceipt>(es::From::now()); }
    REQUIRE(bank.files.remove("reactions/send-receipt"));
    auto worker = bank.worker<SendReceipt>(es::From::beginning());
    CHECK(run(worker).done == 0);
    bank.run("ada", Deposit{7});
    CHECK(run(worker).done == 2);
  }
}

TEST_CASE("a lost checkpoint repeats nothing", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  for (const int64_t cents : {5, 0, 6}) bank.run("ada", Deposit{cents});
  bank.run("ada", Withdraw{1});
  {
    auto worker = bank.worker<SendReceipt>();
    run(worker);
  }
  const auto before = history_of(bank.log);
  const auto sent = bank.sent;
  CHECK(sent.size() == 1);
  REQUIRE(bank.files.remove("reactions/send-receipt"));
  auto worker = bank.worker<SendReceipt>();
  run(worker);
  CHECK(history_of(bank.log) == before);
  CHECK(bank.sent == sent);
}

TEST_CASE("a refusal is an outcome that is recorded and never decided again", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{0});
  {
    auto worker = bank.worker<SendReceipt>();
    const auto report = run(worker);
    CHECK(report.refused == 1);
    CHECK(report.done == 1);
    CHECK(report.set_aside == 0);
    CHECK(worker.state()->refused == 1);
  }
  const auto page = *bank.log.read_stream(*es::StreamId::parse("reaction-send-receipt"));
  const auto refused = *es::decode<es::ReactionCommandRefused>(page.events.back().data);
  CHECK(refused.stream == "mailbox-ada");
  CHECK(refused.command == "write");
  CHECK(refused.code == "empty");
  CHECK(refused.sentence == "a letter has a text");
  CHECK(refused.cause.position == 2);
  CHECK(page.events.back().organization == "eventstore");
}

TEST_CASE("a failure is tried again later and holds up what comes after it", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{7});
  bank.run("ada", Deposit{1});
  Mailbox::failures = 2;
  auto worker = bank.worker<SendReceipt>();
  auto report = run(worker);
  CHECK(report.events == 1);
  REQUIRE(report.next);
  CHECK(*report.next > noon + 499ms);
  CHECK(*report.next <= noon + 1s);
  CHECK(report.position == es::Position{1});
  CHECK(run(worker).events == 0);
  CHECK(Mailbox::failures == 1);  // it was not tried before its time
  bank.clock.set(*report.next);
  report = run(worker);
  REQUIRE(report.next);
  CHECK(*report.next > bank.clock.now() + 999ms);
  CHECK(*report.next <= bank.clock.now() + 2s);
  bank.clock.set(*report.next);
  CHECK(run(worker).done == 4);
  CHECK(letters_in(bank.log, "ada") == Texts{"unlucky 7", "you have 8"});
  CHECK(worker.dead_letters()->empty());
}

TEST_CASE("an event that fails too often is set aside and its stream waits behind it", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.open_account("bea");
  bank.run("ada", Deposit{7});
  bank.run("ada", Deposit{1});
  bank.run("bea", Deposit{2});
  Mailbox::failures = 4;
  auto worker = bank.worker<SendReceipt>();
  finish(worker, bank.clock, noon + 1h);
  CHECK(Mailbox::failures == 0);
  CHECK(letters_in(bank.log, "ada").empty());
  CHECK(letters_in(bank.log, "bea") == Texts{"you have 2"});
  const auto letters = *worker.dead_letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].id == "00000000000000000003");
  CHECK(letters[0].what.attempts == 4);
  CHECK(letters[0].what.code == "user_exception");
  CHECK(letters[0].what.reason.find("no ink") != string::npos);
  CHECK(letters[1].what.attempts == 0);
  CHECK(letters[1].what.cause.stream == "account-ada");

  SECTION("they are retried in order") {
    CHECK(worker.retry(letters[1].id).error().code == es::Errc::refused);
    CHECK(*worker.retry_all() == 2);
    CHECK(letters_in(bank.log, "ada") == Texts{"unlucky 7", "you have 8"});
    CHECK(letters_in(bank.log, "bank") == Texts{"bea", "ada", "ada"});
  }
  SECTION("a retry that fails leaves the letter") {
    Mailbox::failures = 1;
    CHECK(worker.retry(letters[0].id).error().code == es::Errc::user_exception);
    CHECK(worker.dead_letters()->size() == 2);
    CHECK(*worker.retry_all() == 2);
  }
  SECTION("one is dropped and the other retried") {
    CHECK(worker.drop(letters[0].id));
    CHECK(worker.retry(letters[1].id));
    CHECK(letters_in(bank.log, "ada") == Texts{"you have 8"});
    CHECK(worker.drop(letters[0].id).error().code == es::Errc::not_found);
  }
  CHECK(worker.dead_letters()->empty());
  const auto before = history_of(bank.log);
  REQUIRE(bank.files.remove("reactions/send-receipt"));
  auto again = bank.worker<SendReceipt>();
  run(again);
  CHECK(history_of(bank.log) == before);  // what was set aside is not handled again, whatever became of it
}

TEST_CASE("a handler that throws sets its event aside at once", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Deposit{13});
  auto worker = bank.worker<SendReceipt>();
  const auto report = run(worker);
  CHECK(report.set_aside == 1);
  CHECK_FALSE(report.next);
  CHECK(worker.dead_letters()->front().what.reason.find("thirteen") != string::npos);
}

TEST_CASE("an outside call has the same key each time and is not repeated once it is noted", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Withdraw{3});
  bank.telephone_failures = 1;
  auto worker = bank.worker<SendReceipt>();
  finish(worker, bank.clock, noon + 1h);
  REQUIRE(bank.sent.size() == 1);
  CHECK(bank.sent[0].starts_with("ada 3 "));

  SECTION("a refusal is an outcome") {
    bank.telephone_failures = 1;
    bank.telephone_error = es::Errc::refused;
    bank.run("ada", Withdraw{4});
    CHECK(run(worker).refused == 1);
    CHECK(worker.state()->refused == 1);
  }
  SECTION("any other error is tried again") {
    bank.telephone_failures = 3;
    bank.telephone_error = es::Errc::invalid_argument;
    bank.run("ada", Withdraw{4});
    finish(worker, bank.clock, noon + 1h);
    CHECK(bank.sent.size() == 2);
  }
}

TEST_CASE("a reaction that follows is woken by appends and answers other threads", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  auto worker = bank.worker<SendReceipt>();
  es::Result<void> followed{};
  std::jthread follower{[&](std::stop_token stop) { followed = worker.follow(stop); }};
  es::Subscription letters{bank.log, {.filter = {.stream = "mailbox-ada"}}};
  for (const int64_t cents : {1, 2, 3}) {
    bank.run("ada", Deposit{cents});
    CHECK(letters.next()->type == "LetterWritten");
    CHECK(worker.dead_letters()->empty());
  }
  follower.request_stop();
  follower.join();
  CHECK(followed);
  CHECK(letters_in(bank.log, "ada").size() == 3);
}

TEST_CASE("a reaction whose host lacks a part says which", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.run("ada", Withdraw{3});
  auto host = bank.host();
  SECTION("a function") {
    host.functions.clear();
    auto worker = *es::ReactionWorker::open(host, es::reaction<SendReceipt>(), {.from = es::From::beginning()});
    const auto report = worker.run();
    REQUIRE_FALSE(report);
    CHECK(report.error().code == es::Errc::invalid_argument);
    CHECK(report.error().where == "sms");
    CHECK(worker.dead_letters()->empty());
  }
  SECTION("an aggregate that it reads") {
    host.aggregates = es::AggregateTypes{{es::aggregate<Mailbox>()}};
    const auto opened = es::ReactionWorker::open(host, es::reaction<SendReceipt>(), {.from = es::From::beginning()});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().where == "account");
  }
}

TEST_CASE("a reaction stays before an event of a type that this build does not know", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  const es::NewEvent unknown{*es::StreamId::parse("account-ada"),
                             es::EventId{es::new_uuid(bank.clock)},
                             "AccountSold",
                             "default",
                             noon,
                             {},
                             es::Codec::json,
                             0,
                             {},
                             es::as_bytes("{}")};
  REQUIRE(bank.log.append({.events = {&unknown, 1}}));
  auto worker = bank.worker<SendReceipt>();
  const auto report = worker.run();
  REQUIRE_FALSE(report);
  CHECK(report.error().code == es::Errc::unknown_event_type);
  CHECK(report.error().at == es::Position{2});
}

TEST_CASE("an event whose stream cannot be folded is set aside and other streams go on", "[reaction]") {
  MailBank bank;
  bank.open_account("ada");
  bank.open_account("bea");
  bank.record("ada", Cursed{false});
  bank.run("bea", Deposit{5});
  auto worker = bank.worker<SendReceipt>();
  const auto report = run(worker);
  CHECK(report.set_aside == 1);
  CHECK(report.done == 2);
  CHECK(worker.dead_letters()->front().what.reason.find("cursed") != string::npos);
}

TEST_CASE("a reaction is refused in a process that only reads the log", "[reaction]") {
  const es::test::TemporaryDirectory folder;
  MailBank bank;
  es::PosixFileSystem disk;
  const auto open_log = [&](es::FileLogOptions::Mode mode) {
    auto opened = es::FileLog::open(disk, bank.clock, folder.file("store"), {.mode = mode});
    REQUIRE(opened);
    return std::move(*opened);
  };
  const auto writing = open_log(es::FileLogOptions::Mode::read_write);
  const auto refused = [&] {
    const auto reading = open_log(es::FileLogOptions::Mode::read_only);
    const auto opened = es::ReactionWorker::open(bank.host(reading.get()), es::reaction<SendReceipt>(),
                                                 {.from = es::From::beginning()});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == es::Errc::read_only);
    CHECK(opened.error().detail.find("in the process that writes the log") != string::npos);
  };
  refused();
  { (void)bank.worker<SendReceipt>(es::From::beginning(), writing.get()); }
  refused();
}

TEST_CASE("a name that is no name of a file is refused", "[reaction]") {
  MailBank bank;
  auto type = es::reaction<SendReceipt>();
  for (const auto* const name : {"", "a/b", "Send", "..", "a b"}) {
    type.name = name;
    const auto opened = es::ReactionWorker::open(bank.host(), type, {.from = es::From::now()});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == es::Errc::invalid_argument);
  }
}

TEST_CASE("what a reaction wants done is tested without doing it", "[reaction][testing]") {
  using es::testing::reacted;
  CHECK(reacted<SendReceipt>("ada", Opened{.owner = "ada"}, Deposited{3}).when(Deposited{5}).is([](es::Outgoing& to) {
    to.execute<Mailbox>("ada", Write{"you have 8"});
    to.execute<Mailbox>("bank", Write{"ada"});
  }));
  CHECK(reacted<SendReceipt>().when("ada", Opened{.owner = "ada"}).is_nothing());
  CHECK(reacted<SendReceipt>("ada").when(Deposited{13}).is_error(es::Errc::user_exception));
  const auto later = reacted<Remind>().at(noon).when("ada", Deposited{5});
  CHECK(later.is([](es::Outgoing& to) { to.at(noon + 24h, "ada").execute<Mailbox>("ada", Write{"still 5"}); }));
  CHECK_FALSE(later.is([](es::Outgoing& to) { to.at(noon, "ada").execute<Mailbox>("ada", Write{"still 5"}); }));
  CHECK(later.is([](es::Outgoing& to) { to.cancel("ada"); }).found ==
        "expected cancel timer \"ada\", found at 2026-01-28T12:00:00.000000Z as timer \"ada\" execute write on "
        "mailbox-ada {\"text\":\"still 5\"}");
}

}  // namespace reaction_test
