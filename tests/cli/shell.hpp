#pragma once
// A folder of its own with a store in it, the program `eventstore` on that store, and event lines to feed it.
#include <catch2/catch.hpp>
#include <filesystem>

#include "program.hpp"

namespace eventstore::cli_test {

class Shell {
 public:
  explicit Shell(std::string program = EVENTSTORE_PROGRAM);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  /// Runs `eventstore --store STORE WORDS…`.
  [[nodiscard]] Outcome run(const Words& words, std::string_view input = {}) const;
  /// Standard output of a command that must succeed and have nothing to say on standard error.
  [[nodiscard]] std::string result(const Words& words, std::string_view input = {}) const;
  /// Starts it and does not wait.
  [[nodiscard]] std::unique_ptr<Program> start(const Words& words, End out = End::pipe, End err = End::pipe) const;

  [[nodiscard]] std::string store() const { return file("store"); }
  [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }
  /// Writes the file; its path.
  [[nodiscard]] std::string write(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  [[nodiscard]] Words with_store(const Words& words) const;

  std::string program_;
  std::filesystem::path folder_;
};

/// Makes up events of the categories whose values nobody claims: an import appends just these.
Words without_claims(const std::string& events, const std::string& seed = "1");

std::vector<std::string> lines_of(const std::string& text);
std::size_t count_lines(const std::string& text);
/// The number, or the text without its quotes, of `name` where it first stands in a JSON line; "" where it does not.
std::string value(const std::string& json, const std::string& name);
/// Event lines without their ids: an id that derives from personal values is another one in each store.
std::string without_ids(const std::string& text);
/// The `name` of each line.
std::vector<std::string> values(const std::string& text, const std::string& name);

/// The names of all files of the store with their bytes: the same as long as nothing writes to it.
std::string store_bytes(const Shell& shell);

std::string gzip(std::string_view text);
/// The rows of a statement on the store's collections, columns joined with `|`, as `sqlite3` prints them.
std::vector<std::string> sql(const Shell& shell, const std::string& statement);

/// What a line of a delivery may leave out or have wrong.
struct Line {
  std::string key = "d-1";
  std::string type = "DeliveryAssigned";
  std::string data = R"({"agent_id":"agent-1"})";
  int version = 0;  ///< 0: claims none
  std::string organization = "org-1";
  std::string category = "delivery";
  std::string created_at = "2026-01-27T10:30:00Z";
};
/// With its line end.
std::string to_line(const Line& line);
/// DeliveryScheduled, version 1.
std::string scheduled(const std::string& key, const std::string& organization = "org-1");
/// DeliveryAssigned to `agent`.
std::string assigned(const std::string& key, int version, const std::string& agent = "agent-1");
/// A delivery of four events, from scheduled to completed.
std::string completed_delivery(const std::string& key, const std::string& organization = "org-1");

/// One line, from the program, with all of `parts` in it.
void require_complaint(const Outcome& outcome, int exit_code, const std::vector<std::string>& parts);

}  // namespace eventstore::cli_test
