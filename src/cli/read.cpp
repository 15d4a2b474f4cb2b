#include "interrupt.hpp"
#include "old_commands.hpp"
#include "output.hpp"

#include <eventstore/log/subscription.hpp>
#include <eventstore/schema/event_line.hpp>

namespace eventstore::cli {
namespace {

Direction direction_of(const ReadOptions& options) {
  return options.backward ? Direction::backward : Direction::forward;
}

// Prints events until one is past `to` or `limit` are out.
class Printer {
 public:
  Printer(const ReadOptions& options, const SchemaReader& schemas, Output& output)
      : options_{options}, schemas_{schemas}, output_{output} {}

  /// Whether nothing more is wanted.
  [[nodiscard]] bool is_full() const { return options_.limit != 0 && printed_ >= options_.limit; }

  /// False once enough is printed.
  Result<bool> print(const Page& page) {
    for (const auto& event : page.events) {
      const auto place = options_.stream.empty() ? event.position.value : event.version.value;
      const bool past = options_.to != 0 && (options_.backward ? place < options_.to : place > options_.to);
      if (past || is_full()) return false;
      std::string line;
      EVENTSTORE_TRY(append_event_line(event, schemas_, line));
      EVENTSTORE_TRY(output_.write(std::move(line)));
      ++printed_;
      if (is_full() || (options_.to != 0 && place == options_.to)) return false;
    }
    return true;
  }

 private:
  const ReadOptions& options_;
  const SchemaReader& schemas_;
  Output& output_;
  std::uint64_t printed_ = 0;
};

Result<void> read_stream(Store& store, const ReadOptions& options, Printer& printer) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(options.stream));
  EVENTSTORE_TRY_ASSIGN(const Version head, store.log().head(stream));
  if (head == Version{0}) return failure(Errc::not_found, "read", stream.text(), "no such stream");
  ReadStream from{Version{options.from}, direction_of(options)};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_stream(stream, from));
    EVENTSTORE_TRY_ASSIGN(const bool more, printer.print(page));
    if (!more || page.at_end) return {};
    from.from = Version{page.next};
  }
}

Result<void> read_all(Store& store, const ReadOptions& options, Printer& printer) {
  ReadAll from{Position{options.from}, direction_of(options), 1024, {options.category, options.type, options.tenant}};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().read_all(from));
    EVENTSTORE_TRY_ASSIGN(const bool more, printer.print(page));
    if (!more || page.at_end) return {};
    from.from = Position{page.next};
  }
}

// What is there and what comes are one loop, so that nothing is given twice or missed between them.
Result<void> follow(Store& store, const ReadOptions& options, Printer& printer, Output& output) {
  if (options.backward)
    return failure(Errc::invalid_argument, "read", "--follow --backward", "new events come at the other end");
  const Position seen{options.from == 0 ? 0 : options.from - 1};
  Subscription subscription{store.log(), seen, {options.category, options.type, options.tenant}};
  while (true) {
    EVENTSTORE_TRY(output.flush());
    auto page = subscription.next(interruption());
    if (!page && page.error().code == Errc::stopped) return {};
    if (!page) return failure_of(page);
    EVENTSTORE_TRY_ASSIGN(const bool more, printer.print(*page));
    if (!more || (options.to != 0 && subscription.seen().value >= options.to)) return {};
  }
}

Result<void> read_into(const Setup& setup, const ReadOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::read));
  Printer printer{options, store->schemas(), output};
  if (!options.stream.empty())
    EVENTSTORE_TRY(read_stream(*store, options, printer));
  else
    EVENTSTORE_TRY(options.follow ? follow(*store, options, printer, output) : read_all(*store, options, printer));
  return output.flush();
}

}  // namespace

ExitCode read(const Setup& setup, const ReadOptions& options) {
  Output output{setup.form};
  return output.finish(read_into(setup, options, output));
}

}  // namespace eventstore::cli
