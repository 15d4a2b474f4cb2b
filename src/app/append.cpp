#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/app/append.hpp>
#include <eventstore/security/encrypted_line.hpp>

#include <fmt/format.h>

#include <charconv>

#include "known_line.hpp"
#include "line_ids.hpp"
#include "line_subjects.hpp"
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

Result<Appended> append(EventLog& log, const Model& model, AppendPlan plan) {
  auto& lines = plan.lines;
  const SchemaReader schemas{log};
  LineSubjects subjects{log, schemas, model.aggregates};
  EventWriter writer;
  std::vector<LineOfSubject> found;
  for (auto& line : lines) {
    EVENTSTORE_TRY(take_encrypted_values(line, value_cipher_of(log)));
    EVENTSTORE_TRY_ASSIGN(auto subject, subjects.next(line));
    found.push_back({&line, std::move(subject)});
  }
  EVENTSTORE_TRY(derive_coded_ids(log, found, FormerIds::derive));
  for (const auto& [line, subject] : found) {
    EVENTSTORE_TRY(take_known_form(log, *line));
    writer.add(*line, subject);
  }
  writer.expect(plan.stream, plan.expected);
  const auto receipt = writer.append_to(log);
  if (!receipt) return failure(explain_refusal(log, lines, receipt.error()));
  const auto& last = receipt->events.back();
  return Appended{plan.stream.text(),  lines.size(),           last.version.value,
                  last.position.value, receipt->already_there, receipt->projected};
}

}  // namespace eventstore::app
