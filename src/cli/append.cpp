#include "line_source.hpp"
#include "old_commands.hpp"
#include "output.hpp"

#include <eventstore/aggregate/bind.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/aggregate/stream_of.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

#include <charconv>

namespace eventstore::cli {
namespace {

Result<ExpectedVersion> read_expectation(const std::string& text) {
  if (text == "any") return ExpectedVersion::any();
  if (text == "none") return ExpectedVersion::no_stream();
  if (text == "exists") return ExpectedVersion::stream_exists();
  std::uint64_t version = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, version);
  if (read.ec != std::errc{} || read.ptr != end)
    return failure(Errc::invalid_argument, "append", "--expect " + text, "expected any, none, exists or a version");
  return ExpectedVersion::exactly(Version{version});
}

Result<std::vector<EventLine>> read_lines(const Setup& setup, const AppendOptions& options, const StreamId& stream,
                                          const Clock& clock, const EventCatalog& catalog) {
  EventLineReader reader{catalog,
                         options.raw ? UnknownTypes::keep_as_json : UnknownTypes::refuse,
                         {stream, clock.now(), options.caller.metadata()}};
  EVENTSTORE_TRY_ASSIGN(LineSource source, LineSource::open("-"));
  std::vector<EventLine> lines;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const auto text, source.next());
    if (!text) break;
    if (is_blank(*text)) continue;
    auto line = reader.read(*text);
    if (!line) {
      line.error().where =
          fmt::format("line {}{}{}", source.line_number(), line.error().where.empty() ? "" : ", ", line.error().where);
      return failure_of(line);
    }
    lines.push_back(std::move(*line));
  }
  if (lines.empty())
    return failure(Errc::invalid_argument, "append", stream.text(), "standard input holds no event lines");
  (void)setup;
  return lines;
}

// Claims within the commit must go on from one another; the first is an expectation unless --expect gave one.
Result<ExpectedVersion> combine(ExpectedVersion expected, const StreamId& stream, const std::vector<EventLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].version) continue;
    if (lines[i].version->value <= i)
      return failure(Errc::invalid_argument, "append", stream.text(),
                     fmt::format("line {} claims version {}", i + 1, lines[i].version->value));
    const auto claimed = ExpectedVersion::exactly(Version{lines[i].version->value - 1 - i});
    // A claim says more than "any", and more than "exists" where something is to be there.
    const bool vague = expected == ExpectedVersion::any() ||
                       (expected == ExpectedVersion::stream_exists() && claimed != ExpectedVersion::no_stream());
    if (vague) expected = claimed;
    if (expected != claimed)
      return failure(
          Errc::invalid_argument, "append", stream.text(),
          fmt::format("line {} claims version {}, which does not follow from the lines before or from --expect", i + 1,
                      lines[i].version->value));
  }
  return expected;
}

Result<std::string> append_lines(const Setup& setup, const AppendOptions& options) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(options.stream));
  EVENTSTORE_TRY_ASSIGN(ExpectedVersion expected, read_expectation(options.expect));
  const auto catalog = catalog_of(setup.program);
  EVENTSTORE_TRY_ASSIGN(const auto lines, read_lines(setup, options, stream, SystemClock{}, catalog));
  EVENTSTORE_TRY_ASSIGN(expected, combine(expected, stream, lines));
  EventWriter writer;
  for (const auto& line : lines) writer.add(line);
  writer.expect(stream, expected);
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::write));
  EVENTSTORE_TRY_ASSIGN(const Receipt receipt, writer.append_to(store->log()));
  EVENTSTORE_TRY(store->close());
  std::string summary{"{\"stream\":"};
  append_json_string(summary, stream.text());
  return summary + fmt::format(R"(,"events":{},"version":{},"position":{},"already_there":{}}})", lines.size(),
                               receipt.events.back().version.value, receipt.events.back().position.value,
                               receipt.already_there);
}

Result<void> execute_command(const Setup& setup, const ExecuteOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(options.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(setup.program, stream.category()));
  const auto* const command = type->command(options.command);
  if (command == nullptr) {
    std::string known;
    for (const auto& each : type->commands) known += (known.empty() ? "" : ", ") + each.name;
    return failure(Errc::not_found, "execute", options.command,
                   fmt::format("{} has no such command; it has {}", type->category, known.empty() ? "none" : known));
  }
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, json_to_bytes(command->schema->type, options.json));
  CommandOptions command_options{options.caller.metadata()};
  if (!options.caller.command_id.empty()) {
    EVENTSTORE_TRY_ASSIGN(command_options.command_id, Uuid::parse(options.caller.command_id));
  }
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::write));
  EVENTSTORE_TRY(check_readable(store->log(), store->schemas(), *type, setup.program.aggregates));
  EVENTSTORE_TRY_ASSIGN(
      const Executed executed,
      execute(
          store->log(), store->schemas(), store->clock(), *type, stream, command->opens,
          [&](const AnyState* state, const Context& context) { return command->decide(state, bytes, context); },
          command_options, store->snapshots()));
  for (const auto& event : executed.events) {
    EVENTSTORE_TRY_ASSIGN(const StreamId own, stream_of(store->log(), *type, stream.key()));
    EVENTSTORE_TRY_ASSIGN(const Page page, store->log().find(own, event.id));
    std::string line;
    EVENTSTORE_TRY(append_event_line(page.events.front(), store->schemas(), line));
    EVENTSTORE_TRY(output.write(std::move(line)));
  }
  return store->close();
}

}  // namespace

Metadata Caller::metadata() const {
  Metadata metadata{};
  metadata.tenant = organization;
  metadata.user_id = user;
  metadata.ip_address = ip_address;
  return metadata;
}

ExitCode append(const Setup& setup, const AppendOptions& options) {
  auto summary = append_lines(setup, options);
  if (!summary) return report(summary.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*summary)));
}

ExitCode execute(const Setup& setup, const ExecuteOptions& options) {
  Output output{setup.form};
  return output.finish(execute_command(setup, options, output));
}

}  // namespace eventstore::cli
