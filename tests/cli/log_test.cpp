#include "stories.hpp"

namespace log_test {

using namespace eventstore::cli_test;

namespace {

// Runs it on a terminal in an environment.
std::string on_terminal(const Shell& shell, const Words& variables, const Words& words, int exit_code = 0) {
  Words all = variables;
  for (const auto& word : {std::string{EVENTSTORE_PROGRAM}, std::string{"--store"}, shell.store()}) all.push_back(word);
  all.insert(all.end(), words.begin(), words.end());
  const auto outcome = Program{"/usr/bin/env", all, End::terminal}.finish();
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == exit_code);
  return outcome.out;
}

const Words plain{"-u", "NO_COLOR", "TERM=xterm", "PAGER=cat"};

}  // namespace

TEST_CASE("log tells a person in one line what each event of each aggregate changed", "[log]") {
  const Stories stories;
  CHECK(stories.result({"--table", "log", "campaign-spring"}) ==
        "   1  2026-03-01 08:00:00Z  CampaignCreated  campaign_id: spring; name: Spring; channel: whatsapp; "
        "content: Hello; status: draft; contacts_count: 0\n"
        "   2  2026-03-02 08:00:00Z  CampaignContactsAdded  contacts.c-2: + null; contacts.c/1: + null; "
        "contacts_count: 0 → 2\n"
        "   3  2026-03-03 08:00:00Z  CampaignContactsRemoved  contacts.c-2: - null; contacts_count: 2 → 1\n"
        "   4  2026-03-04 08:00:00Z  CampaignExecuted  status: draft → executing; "
        "executed_at: null → 2026-03-04 08:00:00Z\n"
        "   5  2026-03-05 08:00:00Z  CampaignContactReached  contacts.c/1: null → answered; "
        "counts.answered: null → 1\n");
  CHECK_THAT(
      stories.result({"--table", "log", "conversation-talk", "--from", "3"}),
      Catch::Equals("   3  2026-03-01 09:05:00Z  MessageDelivered  messages.m.1: sent → delivered; "
                    "counts.delivered: null → 1; counts.sent: 1 → null\n"
                    "   4  2026-03-01 09:04:00Z (the clock ran backwards)  MessageRead  messages.m.1: delivered → "
                    "read; counts.delivered: 1 → null; counts.read: null → 1\n"));
  CHECK_THAT(stories.result({"--table", "log", "delivery-d-1", "--from", "3", "--to", "3"}),
             Catch::Equals("   3  2026-01-27 10:30:00Z  DeliveryDeparted  status: assigned → in_transit; "
                           R"(tracking_events[1]: + {"status":"in_transit","timestamp":"2026-01-27 10:30:00Z"})"
                           "\n"));
}

TEST_CASE("log prints JSON lines in a pipe", "[log]") {
  const Stories stories;
  const auto row = stories.result({"log", "conversation-talk", "--from", "4"});
  CHECK(value(row, "version") == "4");
  CHECK(value(row, "position") == "9");
  CHECK(value(row, "event_type") == "MessageRead");
  CHECK(value(row, "created_at") == "2026-03-01T09:04:00.000000Z");
  CHECK(value(row, "clock_ran_back") == "true");
  CHECK_THAT(row, Catch::EndsWith(R"("changes":{"before":{"messages":{"m.1":"delivered"},"counts":{"delivered":1,)"
                                  R"("read":null}},"after":{"messages":{"m.1":"read"},"counts":{"delivered":null,)"
                                  R"("read":1}}}})"
                                  "\n"));
}

TEST_CASE("log prints a part of a stream in either direction", "[log]") {
  const Stories stories;
  const auto versions = [&](Words words) {
    words.insert(words.begin(), {"log", "campaign-spring"});
    return values(stories.result(words), "version");
  };
  using Texts = std::vector<std::string>;
  CHECK(versions({}) == Texts{"1", "2", "3", "4", "5"});
  CHECK(versions({"--backward"}) == Texts{"5", "4", "3", "2", "1"});
  CHECK(versions({"--limit", "2"}) == Texts{"1", "2"});
  CHECK(versions({"--limit", "2", "--backward"}) == Texts{"5", "4"});
  CHECK(versions({"--from", "2", "--to", "4"}) == Texts{"2", "3", "4"});
  CHECK(versions({"--from", "4", "--to", "2", "--backward"}) == Texts{"4", "3", "2"});
  CHECK(versions({"--from", "4", "--backward", "--limit", "1"}) == Texts{"4"});
  CHECK(versions({"--to", "99"}) == Texts{"1", "2", "3", "4", "5"});
  CHECK(versions({"--from", "99"}).empty());
  CHECK(versions({"--from", "3", "--to", "2"}).empty());
  CHECK(versions({"--limit", "0"}).empty());
  CHECK(versions({"--from", "5", "--limit", "18446744073709551615"}) == Texts{"5"});
}

TEST_CASE("log shows the data of events that the program does not fold", "[log]") {
  const Shell shell;
  const auto line = [](int version, const std::string& type, const std::string& time) {
    return to_line(
        {.key = "7", .type = type, .data = R"({"n":1})", .version = version, .category = "parcel", .created_at = time});
  };
  (void)shell.result({"import", "-", "--raw"},
                     line(1, "ParcelSent", "2026-01-02T00:00:00Z") + line(2, "ParcelLost", "2026-01-01T00:00:00Z"));
  CHECK(shell.result({"--table", "log", "parcel-7"}) ==
        "   1  2026-01-02 00:00:00Z  ParcelSent  {\"n\":1}\n"
        "   2  2026-01-01 00:00:00Z (the clock ran backwards)  ParcelLost  {\"n\":1}\n");
  CHECK_THAT(shell.result({"log", "parcel-7", "--from", "2"}),
             Catch::Contains(R"("clock_ran_back":true,"data":{"n":1}})"));
  CHECK(values(shell.result({"log", "parcel-7", "--backward"}), "version") == std::vector<std::string>{"2", "1"});

  (void)shell.result({"import", "-", "--raw"},
                     scheduled("d-1") + to_line({.key = "d-1", .type = "DeliveryPainted", .data = R"({"n":2})"}));
  CHECK_THAT(shell.result({"--table", "log", "delivery-d-1", "--from", "2"}),
             Catch::EndsWith("DeliveryPainted  {\"n\":2}\n"));
}

TEST_CASE("log refuses what it cannot tell about", "[log]") {
  const Stories stories;
  require_complaint(stories.run({"log", "delivery-d-9"}), 4, {"delivery-d-9", "no such stream"});
  require_complaint(stories.run({"log", "parcel-1"}), 4, {"parcel-1", "no such stream"});
  require_complaint(stories.run({"log", "nothing"}), 2, {"nothing"});
  require_complaint(stories.run({"log", "delivery-d-1", "--limit", "few"}), 2, {"few"});
}

TEST_CASE("log is coloured on a terminal that takes colours", "[log][terminal]") {
  const Stories stories;
  const auto coloured = on_terminal(stories, plain, {"log", "conversation-talk"});
  CHECK_THAT(coloured,
             Catch::Contains("\x1b[33m   4\x1b[0m") && Catch::Contains("\x1b[31m (the clock ran backwards)\x1b[0m"));
  CHECK(on_terminal(stories, {"NO_COLOR=1", "TERM=xterm", "PAGER=cat"}, {"log", "conversation-talk"}).find('\x1b') ==
        std::string::npos);
}

TEST_CASE("log breaks long lines between changes where the terminal ends", "[log][terminal]") {
  const Stories stories;
  const auto text = on_terminal(stories, {"NO_COLOR=1", "TERM=xterm", "PAGER=cat"}, {"log", "campaign-spring"});
  CHECK_THAT(text, Catch::Contains("CampaignCreated  campaign_id: spring; name: Spring;") &&
                       Catch::Contains(";\r\n      content: Hello;"));
  for (const auto& line : lines_of(text)) CHECK(line.size() <= 103);  // the terminal's 100, an arrow, the line's end
}

TEST_CASE("log goes through the pager on a terminal alone", "[log][terminal]") {
  const Stories stories;
  const auto through = [&](const std::string& pager, const std::string& terminal = "xterm") {
    return on_terminal(stories, {"NO_COLOR=1", "TERM=" + terminal, "PAGER=" + pager}, {"log", "campaign-spring"});
  };
  CHECK_THAT(through("sed s/^/paged:/"), Catch::StartsWith("paged:   1") && Catch::Contains("paged:   5"));
  CHECK_THAT(through("sed s/^/paged:/", "dumb"), Catch::StartsWith("   1"));
  CHECK_THAT(through(""), Catch::StartsWith("   1"));
  CHECK_THAT(through("/nowhere/pager"), Catch::StartsWith("   1") && Catch::Contains("   5"));
  CHECK_THAT(through("X=1 sed s/^/paged:/"), Catch::StartsWith("paged:   1"));
  CHECK(stories.run({"--table", "log", "campaign-spring"}).out.find("paged") == std::string::npos);
}

TEST_CASE("a pager that is left early ends log without a complaint", "[log][terminal]") {
  const Shell shell;
  std::string lines = scheduled("d-1");
  for (int version = 2; version <= 3'000; ++version)
    lines += assigned("d-1", version, "agent-" + std::to_string(version));
  (void)shell.result({"import", "-"}, lines);
  CHECK(count_lines(on_terminal(shell, {"NO_COLOR=1", "TERM=xterm", "PAGER=head -n 2"}, {"log", "delivery-d-1"})) == 2);
  CHECK(on_terminal(shell, {"NO_COLOR=1", "TERM=xterm", "PAGER=true"}, {"log", "delivery-d-1"}).empty());
}

}  // namespace log_test
