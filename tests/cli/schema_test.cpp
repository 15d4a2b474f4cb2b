#include <eventstore/schema/lock_file.hpp>

#include "shell.hpp"

namespace schema_test {

using namespace eventstore::cli_test;

namespace {

namespace es = eventstore;

// A lock file of deliveries with one schema more than there should be.
std::string lock_with(const std::string& lock, const std::string& name, const std::string& record) {
  auto entries = *es::parse_lock(lock);
  entries.push_back({entries.size() + 1, *es::Schema::parse(name + record)});
  return es::write_lock("delivery", entries);
}

std::string line_with(const std::string& text, const std::string& part) {
  for (const auto& line : lines_of(text))
    if (line.find(part) != std::string::npos) return line;
  return "";
}

// A folder of lock files, made by the program itself.
struct Locks {
  Shell shell;
  std::string folder = shell.file("locks");

  Locks() { std::filesystem::create_directories(folder + "/delivery"); }
  [[nodiscard]] std::string lock() const { return shell.result({"schema", "lock", "--locks", folder}); }
  [[nodiscard]] std::string file() const { return folder + "/delivery/schemas.lock"; }
  [[nodiscard]] std::string content() const { return shell.read("locks/delivery/schemas.lock"); }
  void write(std::string_view text) const { (void)shell.write("locks/delivery/schemas.lock", text); }
};

}  // namespace

TEST_CASE("schema lock writes a file for each aggregate, and says what is new once", "[schema]") {
  const Locks locks;
  const auto first = locks.lock();
  CHECK(count_lines(first) == 17);
  CHECK_THAT(line_with(first, "\"delivery\""), Catch::Contains("DeliveryScheduled is new"));
  CHECK_THAT(locks.content(), Catch::Contains("{1, \"DeliveryScheduled\", "));
  const auto content = locks.content();
  CHECK_THAT(line_with(locks.lock(), "\"delivery\""), Catch::Contains("\"changes\":[]"));
  CHECK(locks.content() == content);
}

TEST_CASE("schema lock adds what changed to what was locked, in words", "[schema]") {
  const Locks locks;
  locks.write(es::write_lock("delivery", {{1, *es::Schema::parse("DeliveryAssigned{gone:bool,agent_id:text}")}}));
  const auto told = line_with(locks.lock(), "\"delivery\"");
  CHECK_THAT(told, Catch::Contains("DeliveryAssigned: `notes` is added and optional"));
  CHECK_THAT(told, Catch::Contains("DeliveryAssigned: `gone` is removed"));
  CHECK_THAT(locks.content(), Catch::Contains("{1, \"DeliveryAssigned\", "));
  CHECK_THAT(locks.content(), Catch::Contains("{5, \"DeliveryAssigned\", "));
}

TEST_CASE("schema lock leaves a file alone that holds what cannot be read any more", "[schema]") {
  const Locks locks;
  (void)locks.lock();
  const auto broken = lock_with(locks.content(), "DeliveryAssigned", "{agent_id:int64}");
  locks.write(broken);
  const auto refused = locks.shell.run({"schema", "lock", "--locks", locks.folder});
  require_complaint(refused, 1, {"unreadable_schema", "schema lock"});
  CHECK_THAT(
      line_with(refused.out, "\"delivery\""),
      Catch::Contains("DeliveryAssigned as of number 13: stored under another schema: `agent_id` was int64 and is "
                      "text: give `agent_id` its type back"));
  CHECK(locks.content() == broken);
  locks.write("nonsense\n");
  require_complaint(locks.shell.run({"schema", "lock", "--locks", locks.folder}), 1,
                    {"corrupt_record", "delivery/schemas.lock: line 1"});
  require_complaint(locks.shell.run({"schema", "lock", "--locks", locks.folder + "/nowhere"}), 4,
                    {"not_found", "nowhere", "--locks"});
}

TEST_CASE("schema check says how each schema is read: same, resolved, unknown, breaking", "[schema]") {
  const Locks locks;
  const auto check = [&] { return locks.shell.run({"schema", "check", "--locks", locks.folder}); };
  // Neither locks nor store: what the program has itself.
  const auto bare = check();
  CHECK(bare.exit_code == 0);
  CHECK(values(bare.out, "verdict") == std::vector<std::string>(count_lines(bare.out), "same"));
  CHECK_THAT(bare.out, !Catch::Contains("schema lock"));

  (void)locks.lock();
  (void)locks.shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto good = check();
  CHECK(good.exit_code == 0);
  CHECK_THAT(line_with(good.out, "\"DeliveryCompleted\""),
             Catch::Contains(R"("verdict":"same","locked":7,"events":1)"));

  locks.write(lock_with(locks.content(), "DeliveryAssigned", "{agent_id:text}"));
  const auto resolved = check();
  CHECK(resolved.exit_code == 0);
  CHECK_THAT(line_with(resolved.out, "\"resolved\""), Catch::Contains("`notes` is added and optional"));

  locks.write(lock_with(locks.content(), "DeliveryBurnt", "{}"));
  const auto unknown = check();
  require_complaint(unknown, 1, {"unreadable_schema", "schema check"});
  CHECK_THAT(line_with(unknown.out, "DeliveryBurnt"), Catch::Contains("\"unknown\""));
  CHECK_THAT(line_with(unknown.out, "DeliveryBurnt"), Catch::Contains("no struct has its name: add the event"));

  locks.write(lock_with(locks.content(), "DeliveryAssigned", "{agent_id:int64,notes:text?}"));
  CHECK_THAT(line_with(check().out, "`agent_id`"),
             Catch::Contains("`agent_id` was int64 and is text: give `agent_id`"));
}

TEST_CASE("schema check tells which schemas of today are not locked yet", "[schema]") {
  const Locks locks;
  locks.write(es::write_lock("delivery", {{1, *es::Schema::parse("DeliveryRetried{scheduled_time:timestamp,"
                                                                 "retry_count:int64}")}}));
  const auto checked = locks.shell.result({"schema", "check", "--locks", locks.folder});
  CHECK_THAT(line_with(checked, "DeliveryFailed"), Catch::Contains("run `schema lock`"));
  CHECK_THAT(line_with(checked, "DeliveryRetried"), !Catch::Contains("run `schema lock`"));
}

TEST_CASE("schema list and show have what the code and the log know", "[schema]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto listed = shell.result({"schema", "list"});
  CHECK(count_lines(listed) == 123);
  CHECK(value(line_with(listed, "\"DeliveryAssigned\""), "events") == "1");
  CHECK(value(line_with(listed, "\"DeliveryFailed\""), "events") == "0");

  const auto shown = shell.result({"schema", "show", "DeliveryAssigned"});
  CHECK(value(shown, "agent_id") == "text");
  CHECK(value(shown, "notes") == "text?");
  CHECK(value(shown, "descriptor") == "DeliveryAssigned{agent_id:text,notes@personal:text?}");
  CHECK(shell.result({"schema", "show", "delivery.DeliveryAssigned"}) == shown);
  CHECK(shell.result({"schema", "show", value(shown, "schema")}) == shown);
  require_complaint(shell.run({"schema", "show", "Nothing"}), 4, {"Nothing", "schema list"});
  require_complaint(shell.run({"schema"}), 2, {"schema needs a command", "list, show, check, lock, sample"});
}

TEST_CASE("a program that knows none of the domain reads it raw", "[schema]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto foreign = [&](const Words& words) {
    Words all{"--store", shell.store()};
    all.insert(all.end(), words.begin(), words.end());
    return run(EVENTSTORE_ACCOUNT_EXAMPLE, all);
  };
  for (const auto& words : {Words{"all"}, Words{"export"}, Words{"read", "delivery-d-1"}}) {
    CAPTURE(words);
    CHECK(foreign(words).out == shell.result(words));
  }
  CHECK_THAT(line_with(foreign({"schema", "list"}).out, "DeliveryAssigned"), Catch::Contains(R"("read":"not ours")"));
  CHECK(foreign({"schema", "check"}).exit_code == 0);
  CHECK_THAT(foreign({"schema", "show", "DeliveryAssigned"}).out, Catch::Contains(R"("agent_id":"text")"));
}

}  // namespace schema_test
