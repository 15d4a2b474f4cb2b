#pragma once
// Private to the command line: the object with which a command runs (command.hpp tells how to use it).
#include <eventstore/app/progress.hpp>
#include <eventstore/app/settings.hpp>
#include <eventstore/app/zoned_clock.hpp>
#include <eventstore/schema/codec.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>
#include "../terminal/progress_bar.hpp"
#include "output.hpp"
#include "store.hpp"

namespace eventstore::cli {

/// The options that every command has.
struct GlobalOptions {
  EVENTSTORE_FIELDS(GlobalOptions,
                    (std::string, store, "./eventstore-data",
                     help("Directory of the store; the variable EVENTSTORE_DIR names another default")),
                    (bool, no_snapshots, false, help("Replay from the first event; neither use nor take snapshots")),
                    (std::vector<std::string>, inline_projections, std::vector<std::string>{},
                     help("Projection whose documents are made before an append returns")),
                    (bool, json, false, help("Print JSON lines on a terminal too")),
                    (bool, table, false, help("Print tables in a pipe too")));
};

/// One run of a command. Threads: one at a time.
class Call {
 public:
  Call(const Model& model, GlobalOptions options, app::Settings settings, std::vector<std::string> words,
       bool lines_only);
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  [[nodiscard]] const Model& model() const { return model_; }
  /// The store's directory.
  [[nodiscard]] const std::string& directory() const { return options_.store; }
  /// Those of the command line, the environment and `.env`.
  [[nodiscard]] const app::Settings& settings() const { return settings_; }
  /// Words that are no options of the command; only if its Layout has a footer.
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

  /// Opens the store, and reports the bytes that recovery dropped. Errors: as Store::open; invalid_argument, where a
  /// setting gives no time zone.
  Result<std::unique_ptr<Store>> open(Access access, Durability durability = Durability::every_commit);

  /// Prints a described result. Errors: stopped, once the reader has closed the pipe; io_failed.
  template <Described Row> Result<void> print(const Row& row) { return print_line(to_json(row)); }
  /// Prints an event as a line (docs/reference/command-line.md). Errors: as append_event_line too.
  Result<void> print_event(const RecordedEvent& event, const SchemaReader& schemas);
  /// Prints a JSON object that exists already, like a document of a collection.
  Result<void> print_line(std::string object) { return output_.write(std::move(object)); }
  /// Whether the result is for a person: a picture or a table, and not JSON lines.
  [[nodiscard]] bool is_for_people() const { return output_.is_for_people(); }
  /// Prints a line that is laid out for a person. Errors: as print_line.
  Result<void> print_text(std::string_view line) { return output_.write_text(line); }
  /// Writes all results so far.
  Result<void> flush();

  /// Tells a person something that is no result, on standard error.
  void note(std::string_view sentence);
  /// The store was changed (`what`: "the events were appended"), and only printing is left: the exit code stays 0 if
  /// that fails, and a note says so.
  void changed(std::string what) { changed_ = std::move(what); }
  /// Ends the command with exit code 1 although it returns no error.
  void fail() { failed_ = true; }

  /// A bar on standard error that shows the progress of "import", in "events". Lifetime: the call's; one at a time.
  app::OnProgress bar(std::string what, std::string unit);
  /// Ctrl-C as a stop token.
  static std::stop_token interruption();

  /// Prints the rest of the results, and the error; gives the exit code. For the command line alone.
  [[nodiscard]] ExitCode finish(const Result<void>& result);

 private:
  const Model& model_;
  GlobalOptions options_;
  app::Settings settings_;
  std::vector<std::string> words_;
  SystemClock system_clock_{};
  std::optional<app::ZonedClock> clock_{};  // of the store
  Output output_;
  std::optional<terminal::ProgressBar> bar_;
  bool failed_ = false;
  std::string changed_;  // empty: nothing was
};

}  // namespace eventstore::cli
