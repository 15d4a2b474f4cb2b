#pragma once
// A day of one of the source systems, as a user of the command line lives it: the store of one organization.
#include "shell.hpp"

namespace eventstore::cli_test {

class Scenario {
 public:
  /// `now` is the present time of the functions.
  explicit Scenario(std::string now) : now_{std::move(now)} {}

  /// For the organization org-1.
  [[nodiscard]] Outcome run(Words words) const {
    words.insert(words.end(), {"--org", "org-1"});
    if (words.front() == "record" || words.front() == "query") words.insert(words.end(), {"--now", now_});
    return shell.run(words);
  }
  /// What a command prints that must succeed without a word on standard error.
  [[nodiscard]] std::string must(const Words& words) const {
    const auto outcome = run(words);
    INFO(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    CHECK(outcome.err.empty());
    return outcome.out;
  }
  /// The types of the events to which a command of the domain leads.
  [[nodiscard]] std::vector<std::string> execute(const std::string& stream, const std::string& command,
                                                 const std::string& data = "{}") const {
    const auto outcome = run({"execute", stream, command, data});
    INFO(stream << ' ' << command << ": " << outcome.err);
    REQUIRE(outcome.exit_code == 0);
    return values(outcome.out, "event_type");
  }
  [[nodiscard]] std::string record(Words words) const {
    words.insert(words.begin(), "record");
    return must(words);
  }
  [[nodiscard]] std::string query(Words words) const {
    words.insert(words.begin(), "query");
    return must(words);
  }
  void project() const { CHECK(shell.run({"project", "run"}).exit_code == 0); }
  [[nodiscard]] std::vector<std::string> types(const std::string& stream) const {
    return values(shell.result({"read", stream}), "event_type");
  }

  Shell shell{};

 private:
  std::string now_;
};

}  // namespace eventstore::cli_test
