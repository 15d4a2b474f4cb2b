#pragma once
// A bank that writes letters because of what happens on its accounts.
#include <eventstore/projection/reaction_worker.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "aggregate/bank_test.hpp"

namespace bank {

using namespace std::chrono_literals;

struct LetterWritten {
  EVENTSTORE_EVENT(LetterWritten, (string, text));
};
struct Write {
  EVENTSTORE_COMMAND(Write, (string, text));
};
/// Needs that a letter was written before.
struct Correct {
  EVENTSTORE_COMMAND(Correct, (string, text));
};
struct MailboxState {
  EVENTSTORE_FIELDS(MailboxState, (int64_t, letters));
};
struct Mailbox : es::DeciderOf<"mailbox", MailboxState, es::Events<LetterWritten>, es::Commands<Write, Correct>> {
  static inline int failures = 0;  // of the next tries to write "unlucky"

  static void evolve(State& state, const LetterWritten&) { ++state.letters; }
  static Decision decide(const State*, const Write& command) {
    if (command.text.empty()) return es::refuse("empty", "a letter has a text");
    if (command.text.starts_with("unlucky") && failures > 0) {
      --failures;
      throw std::runtime_error{"no ink"};
    }
    return LetterWritten{command.text};
  }
  static Decision decide(const State&, const Correct& command) { return LetterWritten{command.text}; }
};

struct Sms {
  EVENTSTORE_FIELDS(Sms, (string, to), (int64_t, cents));
};

/// Two letters for a deposit, an SMS for a withdrawal; a deposit of 0 gives a letter that is refused.
struct SendReceipt {
  static constexpr auto name = "send-receipt";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    if (event.cents == 13) throw std::runtime_error{"thirteen"};
    to.execute<Mailbox>(change.key,
                        Write{event.cents == 0 ? "" : text_of(event.cents) + std::to_string(change.after.cents)});
    to.execute<Mailbox>("bank", Write{string{change.key}});
  }
  static void react(const Withdrawn& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.call("sms", Sms{string{change.key}, event.cents});
  }

 private:
  static string text_of(int64_t cents) { return cents == 7 ? "unlucky " : "you have "; }
};

/// A letter a day after the last deposit; a withdrawal of 1 cancels it, and one of 2 sends an SMS at once.
struct Remind {
  static constexpr auto name = "remind";
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void react(const Deposited& event, const es::Change<Account>& change, es::Outgoing& to) {
    to.at(change.metadata.created_at + 24h, change.key)
        .execute<Mailbox>(change.key, Write{(event.cents == 7 ? "unlucky " : "still ") + std::to_string(event.cents)});
  }
  static void react(const Withdrawn& event, const es::Change<Account>& change, es::Outgoing& to) {
    if (event.cents == 1) to.cancel(change.key);
    if (event.cents == 2)
      to.at(change.metadata.created_at - 1h, "sms").call("sms", Sms{string{change.key}, event.cents});
  }
};

inline const es::AggregateTypes& mail_aggregates() {
  static const es::AggregateTypes types{{es::aggregate<Account>(), es::aggregate<Mailbox>()}};
  return types;
}

/// All that happened, in order, without the times at which it was written.
inline std::vector<string> history_of(const es::EventLog& log) {
  const es::SchemaReader schemas{log};
  std::vector<string> lines;
  const auto page = log.read_all({.limit = es::no_limit});
  if (!page) FAIL(page.error().message());
  for (const auto& event : page->events) {
    string json;
    if (!schemas.data_to_json(event, json)) FAIL("no JSON");
    lines.push_back(std::to_string(event.position.value) + ' ' + string{event.stream} + ' ' + string{event.type} + ' ' +
                    json + ' ' + event.id.to_string());
  }
  return lines;
}

inline std::vector<string> letters_in(const es::EventLog& log, const string& mailbox) {
  const es::SchemaReader schemas{log};
  std::vector<string> texts;
  const auto page = log.read_stream(*es::StreamId::of("mailbox", mailbox), {.limit = es::no_limit});
  if (!page) FAIL(page.error().message());
  for (const auto& event : page->events) texts.push_back(es::decode<LetterWritten>(event.data)->text);
  return texts;
}

/// A bank in memory, with files for the checkpoints and a telephone.
struct MailBank : Bank {
  es::SimulatedDisk files;
  std::vector<string> sent;  // over the telephone: whom, how much, and the key
  int telephone_failures = 0;
  es::Errc telephone_error = es::Errc::io_failed;

  es::ReactionHost host(es::EventLog* other_log = nullptr) {
    return {other_log == nullptr ? log : *other_log,
            clock,
            mail_aggregates(),
            files,
            "reactions",
            nullptr,
            {{"sms", [this](const es::OutsideCall& call) { return telephone(call); }}}};
  }
  es::Result<void> telephone(const es::OutsideCall& call) {
    if (telephone_failures > 0) {
      --telephone_failures;
      return es::failure(telephone_error, "call", "sms", "nobody answers");
    }
    const auto sms = *call.argument<Sms>();
    sent.push_back(sms.to + ' ' + std::to_string(sms.cents) + ' ' + call.idempotency_key.to_string());
    return {};
  }
  template <class R>
  es::ReactionWorker worker(es::From from = es::From::beginning(), es::EventLog* other_log = nullptr) {
    auto opened = es::ReactionWorker::open(host(other_log), es::reaction<R>(), {.from = from, .seed = 1});
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
  void open_account(const string& key) { run(key, Open{key}); }
};

inline es::ReactionReport run(es::ReactionWorker& worker) {
  auto report = worker.run();
  if (!report) FAIL(report.error().message());
  return *report;
}

/// Runs, over failures and over the times at which something is tried again, until nothing is left to do.
inline void finish(es::ReactionWorker& worker, es::ManualClock& clock, es::Timestamp until) {
  for (int round = 0; round < 1000; ++round) {
    const auto report = worker.run();
    if (!report) continue;
    if (!report->next || *report->next > until) return;
    clock.set(std::max(clock.now(), *report->next));
  }
  FAIL("the reaction does not come to an end");
}

}  // namespace bank
