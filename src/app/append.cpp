#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/app/append.hpp>
#include <eventstore/security/encrypted_line.hpp>

#include <fmt/format.h>

#include <charconv>

#include "known_line.hpp"
#include "line_steps.hpp"
#include "zone.hpp"

namespace eventstore::app {
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

Result<std::vector<EventLine>> read_lines(EventLineReader& reader, LineSource& source, const StreamId& stream) {
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
    return failure(Errc::invalid_argument, "append", stream.text(), source.name() + " holds no event lines");
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
      return failure(Errc::invalid_argument, "append", stream.text(),
                     fmt::format("line {} claims version {}, which does not continue the lines before or --expect",
                                 i + 1, lines[i].version->value));
  }
  return expected;
}

// Where the stream may have any version, it must keep the one on which the claims rest.
ExpectedVersion expectation_of(const AppendPlan& plan, const LineStates& states) {
  const auto read_at = states.read_at(plan.stream);
  const bool is_vague = plan.expected == ExpectedVersion::any() ||
                        (plan.expected == ExpectedVersion::stream_exists() && read_at != Version{0});
  return is_vague && read_at ? ExpectedVersion::exactly(*read_at) : plan.expected;
}

Result<Receipt> try_append(EventLog& log, AppendPlan& plan, LineStates& states,
                           std::vector<DuplicateInLine>& duplicates) {
  EventWriter writer;
  duplicates.clear();
  std::vector<EventLine*> read;
  for (auto& line : plan.lines) read.push_back(&line);
  EVENTSTORE_TRY_ASSIGN(const auto steps, take_steps(log, read, states, FormerIds::derive));
  for (std::size_t i = 0; i < plan.lines.size(); ++i) {
    auto& line = plan.lines[i];
    EVENTSTORE_TRY(take_known_form(log, line));
    writer.add(line, steps[i].subject);
    for (const auto& duplicate : steps[i].duplicates)
      duplicates.push_back({i + 1, duplicate.field->name, plan.stream.text()});
  }
  writer.expect(plan.stream, expectation_of(plan, states));
  EVENTSTORE_TRY(states.add_claims_to(writer));
  return writer.append_to(log);
}

}  // namespace

Result<AppendPlan> plan_append(const Model& model, const Append& parameters, LineSource& source, Timestamp now) {
  EVENTSTORE_TRY_ASSIGN(StreamId stream, parse_stream(model, parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const ExpectedVersion asked, read_expectation(parameters.expect));
  EVENTSTORE_TRY_ASSIGN(auto zone, zone_of(parameters.zone));
  EVENTSTORE_TRY_ASSIGN(auto metadata, parameters.caller.metadata());
  const auto event_types = event_types_of(model);
  EventLineReader reader{event_types,
                         parameters.raw ? UnknownTypes::keep_as_json : UnknownTypes::refuse,
                         {stream, now, std::move(zone), std::move(metadata)}};
  EVENTSTORE_TRY_ASSIGN(auto lines, read_lines(reader, source, stream));
  EVENTSTORE_TRY_ASSIGN(const ExpectedVersion expected, combine(asked, stream, lines));
  return AppendPlan{std::move(stream), expected, std::move(lines)};
}

Result<Appended> append(EventLog& log, const Model& model, AppendPlan plan, const OnDuplicate& on_duplicate) {
  for (auto& line : plan.lines) EVENTSTORE_TRY(take_encrypted_values(line, value_cipher_of(log)));
  const SchemaReader schemas{log};
  LineStates states{log, schemas, model.aggregates};
  std::vector<DuplicateInLine> duplicates;
  auto receipt = try_append(log, plan, states, duplicates);
  for (unsigned retries = 0; !receipt && states.was_overtaken(receipt.error()) && retries < line_retries_max; ++retries)
    receipt = try_append(log, plan, states, duplicates);
  if (!receipt) return failure(explain_refusal(log, plan.lines, receipt.error()));
  for (const auto& duplicate : duplicates)
    if (on_duplicate) on_duplicate(duplicate);
  const auto& last = receipt->events[plan.lines.size() - 1];
  Appended appended{plan.stream.text(),  plan.lines.size(),      last.version.value,
                    last.position.value, receipt->already_there, receipt->projected};
  if (!duplicates.empty()) appended.duplicates = duplicates.size();
  return appended;
}

}  // namespace eventstore::app
