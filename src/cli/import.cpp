#include "importer.hpp"
#include "line_source.hpp"
#include "old_commands.hpp"
#include "output.hpp"
#include "progress_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace eventstore::cli {
namespace {

// What happens to a line that is not taken.
class RefusedLines {
 public:
  /// `on_error` is "stop", "skip" or a file, whose earlier content goes when the first line is refused.
  /// Errors: invalid_argument, where that file is the one that is read; io_failed.
  static Result<RefusedLines> open(const std::string& on_error, const LineSource& source) {
    if (on_error == "stop" || on_error == "skip") return RefusedLines{on_error == "stop", ""};
    if (source.is(on_error))
      return failure(Errc::invalid_argument, "import", on_error, "refused lines cannot go into the file that is read");
    // Appending changes nothing: what an earlier import left there goes only when there is something in its place.
    if (!std::ofstream{on_error, std::ios::binary | std::ios::app})
      return failure(Errc::io_failed, "open", on_error, "refused lines cannot be written there");
    return RefusedLines{false, on_error};
  }

  /// The error itself where the import stops at it. Errors: also io_failed, where the line cannot be kept.
  Result<void> refuse(std::uint64_t number, std::string_view text, Error error) {
    error.where =
        error.where.empty() ? fmt::format("line {}", number) : fmt::format("line {}, {}", number, error.where);
    if (stops_) return failure(std::move(error));
    fmt::print(stderr, "eventstore: refused: {}\n", error.message());
    return keeps_text() ? keep(text) : Result<void>{};
  }
  [[nodiscard]] bool keeps_text() const { return !path_.empty(); }

 private:
  RefusedLines(bool stops, std::string path) : stops_{stops}, path_{std::move(path)} {}

  // Flushed line by line: what was said to be kept is kept.
  Result<void> keep(std::string_view text) {
    if (!file_.is_open()) file_.open(path_, std::ios::binary | std::ios::trunc);
    file_ << text << '\n' << std::flush;
    if (!file_) return failure(Errc::io_failed, "import", path_, "a refused line cannot be written there");
    return {};
  }

  bool stops_;
  std::string path_;  // of the file for refused lines; empty where there is none
  std::ofstream file_;
};

class Import {
 public:
  Import(const Setup& setup, const ImportOptions& options, EventLog& log, LineSource& source, RefusedLines& refused,
         Output& output)
      : catalog_{catalog_of(setup.program)},
        reader_{catalog_, options.raw ? UnknownTypes::keep_as_json : UnknownTypes::refuse},
        source_{source},
        refused_{refused},
        importer_{log, counts_,
                  [this](const NumberedLine& line, const Error& error) {
                    ++counts_.read;
                    ++counts_.refused;
                    return refused_.refuse(line.number, line.text, error);
                  },
                  [&output, report = options.report](std::uint64_t number, Position position) {
                    if (!report) return;
                    (void)output.write(fmt::format(R"({{"line":{},"position":{}}})", number, position.value));
                    (void)output.flush();
                  }} {}

  Result<void> run() {
    auto taken = take_all();
    // Whatever ended it, the lines before are kept.
    auto flushed = importer_.flush();
    return taken ? std::move(flushed) : std::move(taken);
  }
  [[nodiscard]] const ImportCounts& counts() const { return counts_; }

 private:
  Result<void> take_all() {
    ProgressBar progress{"import", "events"};
    while (true) {
      EVENTSTORE_TRY_ASSIGN(const auto text, source_.next());
      if (!text) return {};
      if (is_blank(*text)) continue;
      EVENTSTORE_TRY(take(*text));
      progress.show(counts_.read, source_.part_read());
    }
  }

  Result<void> take(std::string_view text) {
    auto line = reader_.read(text);
    if (line)
      return importer_.add({source_.line_number(), refused_.keeps_text() ? std::string{text} : "", std::move(*line)});
    // The lines before go in first, so that counts and messages come in the order of the file.
    EVENTSTORE_TRY(importer_.flush());
    ++counts_.read;
    ++counts_.refused;
    return refused_.refuse(source_.line_number(), text, std::move(line.error()));
  }

  EventCatalog catalog_;
  EventLineReader reader_;
  LineSource& source_;
  RefusedLines& refused_;
  ImportCounts counts_;
  Importer importer_;
};

}  // namespace

ExitCode import(const Setup& setup, const ImportOptions& options) {
  auto source = LineSource::open(options.file);
  if (!source) return report(source.error());
  auto refused = RefusedLines::open(options.on_error, *source);
  if (!refused) return report(refused.error());
  auto store = open_store(setup, Access::write, options.durability);
  if (!store) return report(store.error());
  Output output{setup.form};
  Import import{setup, options, (*store)->log(), *source, *refused, output};
  auto done = import.run();
  const auto closed = (*store)->close();
  auto told = output.write(import.counts().to_json());
  if (told) told = output.flush();
  if (!done) return report(done.error());
  return output.finish(closed ? told : closed);
}

}  // namespace eventstore::cli
