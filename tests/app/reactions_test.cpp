// The reactions of a store's model.
#include <eventstore/app/reactions.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/projection/reaction_record.hpp>

#include "branch.hpp"

namespace reactions_test {

using namespace bank;
using es::Errc;
namespace app = es::app;
using namespace std::chrono_literals;

namespace {

struct NoteWritten {
  EVENTSTORE_EVENT(NoteWritten, (string, text));
};
struct WriteNote {
  EVENTSTORE_COMMAND(WriteNote, (string, text));
};
struct PadState {
  EVENTSTORE_FIELDS(PadState, (int64_t, notes));
};
struct Pad : es::DeciderOf<"pad", PadState, es::Events<NoteWritten>, es::Commands<WriteNote>> {
  static void evolve(State& state, const NoteWritten&) { ++state.notes; }
  static Decision decide(const State*, const WriteNote& command) {
    if (command.text == "0") return es::refuse("empty", "nothing was paid in");
    return NoteWritten{command.text};
  }
};

struct Paid {
  EVENTSTORE_FIELDS(Paid, (int64_t, cents));
};

/// A note of each deposit; a withdrawal makes a call, at once or, of 2 cents, an hour later.
struct TakeNotes {
  static constexpr auto name = "take-notes";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.execute<Pad>(change.key, WriteNote{std::to_string(event.cents)});
  }
  static void react(const Withdrawn& event, const es::Change<Account>& change, es::Outgoing& to) {
    if (event.cents == 2)
      to.at(change.metadata.created_at + 1h, change.key).call("pay", Paid{event.cents});
    else
      to.call("pay", Paid{event.cents});
  }
};

/// Corrects the account once for each note "7".
struct Correct {
  static constexpr auto name = "correct";
  using reads = es::Reads<Pad>;
  static void react(const NoteWritten& event, const es::Change<Pad>& change, es::Outgoing& to) {
    if (event.text == "7") to.execute<Account>(change.key, Deposit{1});
  }
};

struct Office {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  std::vector<std::int64_t> paid{};
  es::Errc trouble{};
  bool is_in_trouble = false;
  int waits = 0;
  es::Store store = open();

  [[nodiscard]] es::Model model() {
    const auto pay = [this](const es::OutsideCall& call) -> es::Result<void> {
      if (is_in_trouble) return es::failure(trouble, "pay", "bank", "closed");
      paid.push_back(call.argument<Paid>()->cents);
      return {};
    };
    return {{es::aggregate<Account>(), es::aggregate<Pad>()},
            {},
            {},
            {es::reaction<TakeNotes>(), es::reaction<Correct>()},
            {{"pay", pay}}};
  }
  [[nodiscard]] es::Store open(es::FileLogOptions::Mode mode = es::FileLogOptions::Mode::read_write) {
    es::StoreOptions options{};
    options.clock = &clock;
    options.log.mode = mode;
    return must(es::Store::open(folder.file("store"), model(), options));
  }
  void open_account() { REQUIRE(store.execute<Account>("ada", Open{"ada"})); }
  template <class Command> void execute(const Command& command) { REQUIRE(store.execute<Account>("ada", command)); }
  std::vector<app::ReactionRun> run(const app::RunReactions& parameters) {
    Rows<app::ReactionRun> rows;
    es::RetryOptions retry{};
    retry.wait = [this](std::chrono::milliseconds time, const std::stop_token&) {
      ++waits;
      clock.set(clock.now() + time);
    };
    const auto done = app::run_reactions(store, parameters, rows, retry);
    if (!done) FAIL(done.error().message());
    return rows.all;
  }
  std::vector<app::ReactionStanding> standings() {
    Rows<app::ReactionStanding> rows;
    REQUIRE(app::list_reactions(store, rows));
    return rows.all;
  }
  std::vector<app::DeadLetterRow> letters() {
    Rows<app::DeadLetterRow> rows;
    REQUIRE(app::list_reaction_letters(store, {}, rows));
    return rows.all;
  }
  std::int64_t notes() {
    const auto pad = store.repository<Pad>().load("ada");
    return pad ? pad->state.notes : 0;
  }
};

}  // namespace

TEST_CASE("reactions that never ran begin only where they are told to", "[react]") {
  Office office;
  office.open_account();
  office.execute(Deposit{5});
  const auto head = must(office.store.log().head());
  Rows<app::ReactionRun> rows;
  const auto untold = app::run_reactions(office.store, {}, rows);
  REQUIRE_FALSE(untold);
  CHECK(untold.error().code == Errc::invalid_argument);
  CHECK_THAT(untold.error().message(), Catch::Contains("take-notes") && Catch::Contains("--from beginning"));
  CHECK(must(office.store.log().head()) == head);  // none was begun
  CHECK(office.standings()[0].health == "missing");

  SECTION("from the beginning") {
    const auto ran = office.run({.from = "beginning"});
    REQUIRE(ran.size() == 2);
    CHECK(ran[0].reaction == "take-notes");
    CHECK(ran[0].done == 1);
    CHECK(office.notes() == 1);
  }
  SECTION("from now on") {
    office.run({.from = "now"});
    CHECK(office.notes() == 0);
    office.execute(Deposit{6});
    office.run({});
    CHECK(office.notes() == 1);
  }
  SECTION("from a position") {
    office.execute(Deposit{6});
    office.run({.from = "3"});
    CHECK(office.notes() == 1);
  }
  SECTION("and nowhere else") {
    for (const auto* const bad : {"0", "-1", "yesterday", "3 "})
      CHECK(app::run_reactions(office.store, {.from = bad}, rows).error().code == Errc::invalid_argument);
  }
}

TEST_CASE("a place to begin says nothing to a reaction that has begun", "[react]") {
  Office office;
  office.open_account();
  office.execute(Deposit{5});
  office.run({.from = "now"});
  office.run({.from = "beginning"});
  CHECK(office.notes() == 0);
}

TEST_CASE("reactions handle what other reactions led to before a run ends", "[react]") {
  Office office;
  office.open_account();
  office.execute(Deposit{7});
  const auto ran = office.run({.from = "beginning"});
  CHECK(must(office.store.repository<Account>().load("ada")).state.cents == 8);
  CHECK(office.notes() == 2);
  CHECK(ran[0].done == 2);
  CHECK(ran[1].done == 1);
  CHECK(office.run({})[0].done == 0);
}

TEST_CASE("only the named reactions run", "[react]") {
  Office office;
  const auto ran = office.run({.names = {"correct"}, .from = "now"});
  REQUIRE(ran.size() == 1);
  CHECK(ran[0].reaction == "correct");
  CHECK(office.standings()[0].health == "missing");
  CHECK(office.standings()[1].health == "live");
  Rows<app::ReactionRun> rows;
  const auto unknown = app::run_reactions(office.store, {.names = {"wrong"}}, rows);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == Errc::not_found);
  CHECK_THAT(unknown.error().message(), Catch::Contains("the reactions are take-notes, correct"));
}

TEST_CASE("the standing of a reaction has its place, timers and refusals", "[react]") {
  Office office;
  office.run({.from = "beginning"});
  office.open_account();
  office.execute(Deposit{5});
  office.execute(Deposit{0});
  office.execute(Withdraw{2});
  CHECK(office.standings()[0].behind == 4);
  const auto ran = office.run({});
  CHECK(ran[0].refused == 1);
  CHECK(ran[0].next == noon.plus_seconds(3600));
  auto standing = office.standings()[0];
  CHECK(standing.health == "live");
  CHECK(standing.behind == 0);
  CHECK(standing.refused == 1);
  CHECK(standing.timers == 1);
  CHECK(standing.next_timer == noon.plus_seconds(3600));
  office.clock.advance_seconds(3600);
  CHECK(office.run({})[0].fired == 1);
  CHECK(office.paid == std::vector<std::int64_t>{2});
  CHECK(office.standings()[0].timers == 0);
}

TEST_CASE("standings and dead letters can be seen beside the process that writes", "[react]") {
  Office office;
  office.open_account();
  office.execute(Deposit{5});
  office.run({.from = "beginning"});
  auto reader = office.open(es::FileLogOptions::Mode::read_only);
  Rows<app::ReactionStanding> rows;
  REQUIRE(app::list_reactions(reader, rows));
  CHECK(rows.all[0].health == "live");
  Rows<app::DeadLetterRow> letters;
  CHECK(app::list_reaction_letters(reader, {}, letters));
  CHECK(letters.all.empty());
  Rows<app::ReactionRun> runs;
  const auto refused = app::run_reactions(reader, {}, runs);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::read_only);
  CHECK_THAT(refused.error().message(), Catch::Contains("runs in the process that writes"));
}

TEST_CASE("dead letters are listed and retried and dropped", "[react]") {
  Office office;
  office.trouble = Errc::invalid_argument;
  office.is_in_trouble = true;
  office.open_account();
  office.execute(Deposit{500});
  office.run({.from = "now"});
  office.execute(Withdraw{3});
  office.execute(Withdraw{4});
  const auto ran = office.run({});
  CHECK(ran[0].set_aside == 2);
  CHECK(office.waits >= 3);  // before each retry of the first one
  const auto letters = office.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].reaction == "take-notes");
  CHECK(letters[0].stream == "account-ada");
  CHECK(letters[0].code == "invalid_argument");
  CHECK(office.standings()[0].health == "unwell");
  CHECK(office.standings()[0].dead_letters == 2);

  SECTION("a retry that fails leaves the letter") {
    CHECK_FALSE(app::retry_reaction_letters(office.store, {"take-notes", {letters[0].letter}}));
    CHECK(must(app::retry_reaction_letters(office.store, {"take-notes", {}})).left == 2);
  }
  SECTION("all are retried in their order") {
    office.is_in_trouble = false;
    const auto done = must(app::retry_reaction_letters(office.store, {"take-notes", {}}));
    CHECK(done.done == 2);
    CHECK(done.left == 0);
    CHECK(office.paid == std::vector<std::int64_t>{3, 4});
  }
  SECTION("one is dropped, and the other retried") {
    office.is_in_trouble = false;
    CHECK(must(app::drop_reaction_letters(office.store, {"take-notes", {letters[0].letter}})).left == 1);
    CHECK(must(app::retry_reaction_letters(office.store, {"take-notes", {letters[1].letter}})).left == 0);
    CHECK(office.paid == std::vector<std::int64_t>{4});
    CHECK(office.standings()[0].health == "live");
  }
  SECTION("a letter that is not there is not found") {
    CHECK(app::drop_reaction_letters(office.store, {"take-notes", {"7"}}).error().code == Errc::not_found);
    CHECK(app::retry_reaction_letters(office.store, {"wrong", {}}).error().code == Errc::not_found);
  }
}

TEST_CASE("letters of a reaction that never ran are not found, and it is not begun", "[react]") {
  Office office;
  const auto retried = app::retry_reaction_letters(office.store, {"correct", {}});
  REQUIRE_FALSE(retried);
  CHECK(retried.error().code == Errc::not_found);
  CHECK(office.standings()[1].health == "missing");
}

TEST_CASE("reactions that follow handle what is appended until they are stopped", "[react][threads]") {
  Office office;
  office.open_account();
  std::stop_source stop;
  std::vector<app::ReactionRun> told;
  const auto on_run = [&](const app::ReactionRun& run) -> es::Result<void> {
    told.push_back(run);
    if (told.size() == 2) {
      office.execute(Deposit{5});
      office.execute(Deposit{0});  // is refused, which is told
    }
    if (run.refused != 0) stop.request_stop();
    return {};
  };
  CHECK(app::run_reactions(office.store, {.follow = true, .from = "now"}, on_run, {}, stop.get_token()));
  CHECK(told.size() == 3);
  CHECK(office.notes() == 1);
}

TEST_CASE("an error of one reaction that follows ends all of them", "[react][threads]") {
  Office office;
  office.open_account();
  office.execute(Deposit{500});
  auto model = office.model();
  model.outside.clear();
  es::StoreOptions options{};
  options.clock = &office.clock;
  REQUIRE(office.store.close());
  office.store = must(es::Store::open(office.folder.file("other"), std::move(model), options));
  office.open_account();
  office.execute(Deposit{500});
  int told = 0;
  const auto on_run = [&](const app::ReactionRun&) -> es::Result<void> {
    if (++told == 2) office.execute(Withdraw{3});
    return {};
  };
  const auto ended = app::run_reactions(office.store, {.follow = true, .from = "now"}, on_run);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code == Errc::invalid_argument);
  CHECK_THAT(ended.error().message(), Catch::Contains("pay"));
}

TEST_CASE("what is told and not taken ends the reactions", "[react]") {
  Office office;
  CHECK(app::run_reactions(office.store, {.follow = true, .from = "now"}, full).error().code == Errc::out_of_space);
}

TEST_CASE("a program opens the worker of a reaction by its name", "[react]") {
  Office office;
  office.open_account();
  office.execute(Deposit{5});
  auto worker = must(office.store.react("take-notes", {.from = es::From::beginning()}));
  CHECK(must(worker.run()).done == 1);
  CHECK(office.store.react("wrong", {.from = es::From::now()}).error().code == Errc::not_found);
}

TEST_CASE("two reactions of one name are refused", "[react]") {
  es::Model model{{es::aggregate<Account>(), es::aggregate<Pad>()}, {}, {}};
  model.reactions = {es::reaction<Correct>(), es::reaction<Correct>()};
  const auto checked = es::check_model(model);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == Errc::invalid_argument);
  CHECK_THAT(checked.error().message(), Catch::Contains("correct"));
}

TEST_CASE("a model with reactions knows their streams unless it lists them itself", "[react][model]") {
  es::Model model{{es::aggregate<Account>(), es::aggregate<Pad>()}, {}, {}};
  CHECK(es::reaction_records(model) == nullptr);
  CHECK(es::find_aggregate(model, "reaction").error().code == Errc::not_found);
  model.reactions = {es::reaction<Correct>()};
  REQUIRE(es::reaction_records(model) != nullptr);
  CHECK(must(es::find_aggregate(model, "reaction")) == es::reaction_records(model));
  CHECK_THAT(es::find_aggregate(model, "letter").error().message(), !Catch::Contains("reaction"));
  model.aggregates.push_back(es::aggregate<es::ReactionRecord>());
  CHECK(es::reaction_records(model) == nullptr);
  CHECK(must(es::find_aggregate(model, "reaction")) == &model.aggregates.back());
}

}  // namespace reactions_test
