#include "commands.hpp"
#include "importer.hpp"
#include "line_source.hpp"
#include "output.hpp"
#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace eventstore::inline v1::cli {
namespace {

// What happens to a line that is not taken.
class RefusedLines {
 public:
  static Result<RefusedLines> open(const std::string& on_error) {
    RefusedLines lines{on_error == "stop"};
    if (on_error != "stop" && on_error != "skip") {
      lines.file_.open(on_error, std::ios::binary | std::ios::trunc);
      if (!lines.file_) return failure(Errc::io_failed, "open", on_error, "refused lines cannot be written there");
    }
    return lines;
  }

  /// The error itself where the import stops at it.
  Result<void> refuse(std::uint64_t number, std::string_view text, Error error) {
    error.where =
        error.where.empty() ? fmt::format("line {}", number) : fmt::format("line {}, {}", number, error.where);
    if (stops_) return failure(std::move(error));
    fmt::print(stderr, "eventstore: refused: {}\n", error.message());
    if (keeps_text()) file_ << text << '\n';
    return {};
  }
  [[nodiscard]] bool keeps_text() const { return file_.is_open(); }

 private:
  explicit RefusedLines(bool stops) : stops_{stops} {}
  bool stops_;
  std::ofstream file_;  // open where refused lines are kept
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

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
    Progress progress{"import", "events"};
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
  auto refused = RefusedLines::open(options.on_error);
  if (!refused) return report(refused.error());
  auto store = Store::open(setup, Access::write, options.durability);
  if (!store) return report(store.error());
  Output output{setup.json};
  Import import{setup, options, (*store)->log(), *source, *refused, output};
  auto done = import.run();
  const auto closed = (*store)->close();
  auto told = output.write(import.counts().to_json());
  if (told) told = output.flush();
  if (!done) return report(done.error());
  return output.finish(closed ? told : closed);
}

}  // namespace eventstore::inline v1::cli
