#include "importer.hpp"

#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/security/encrypted_line.hpp>

#include "known_line.hpp"

namespace eventstore::app {
namespace {

// Whether an error comes from the line, and not from the log.
bool concerns_line(Errc code) {
  switch (code) {
    case Errc::wrong_version:
    case Errc::id_conflict:
    case Errc::wrong_organization:
    case Errc::too_large:
    case Errc::refused:
    case Errc::missing_key:
    case Errc::invalid_argument: return true;
    default: return false;
  }
}

ExpectedVersion expectation_of(const EventLine& line, const LineStates& states) {
  if (line.version) return ExpectedVersion::exactly(Version{line.version->value - 1});
  const auto read_at = states.read_at(line.stream);
  return read_at ? ExpectedVersion::exactly(*read_at) : ExpectedVersion::any();
}

}  // namespace

Importer::Importer(EventLog& log, std::span<const AggregateType> aggregates, FormerIds former_ids, ImportCounts& counts,
                   OnRefused on_refused, OnAppended on_appended, OnDuplicate on_duplicate)
    : log_{log},
      states_{log_, schemas_, aggregates},
      former_ids_{former_ids},
      counts_{counts},
      on_refused_{std::move(on_refused)},
      on_appended_{std::move(on_appended)},
      on_duplicate_{std::move(on_duplicate)} {}

// A line joins the batch if it means the same there as in a commit of its own: its claim continues its stream's line
// before, and its id is not in the batch yet.
bool Importer::fits(const EventLine& line) const {
  if (batch_.size() >= batch_lines_max || batch_bytes_ + line.data.size() > batch_bytes_max) return false;
  if (batch_ids_.contains(line.metadata.event_id)) return false;
  const auto head = batch_heads_.find(line.stream.text());
  if (head == batch_heads_.end()) return true;
  if (!line.version) return !head->second;
  return head->second && head->second->next() == *line.version;
}

Result<void> Importer::add(NumberedLine line) {
  if (auto taken = take_encrypted_values(line.line, value_cipher_of(log_)); !taken) {
    if (!concerns_line(taken.error().code)) return taken;
    EVENTSTORE_TRY(flush());  // the lines before go in first
    return on_refused_(line, taken.error());
  }
  if (!has_coded_id(line.line)) EVENTSTORE_TRY(take_known_form(log_, line.line));
  if (!fits(line.line)) EVENTSTORE_TRY(flush());
  if (!line.line.version && unclaimed_.insert(line.line.stream.text()).second) ++counts_.unclaimed;
  batch_bytes_ += line.line.data.size() + line.line.tagged.size();
  batch_heads_.insert_or_assign(line.line.stream.text(), line.line.version);
  batch_ids_.insert(line.line.metadata.event_id);
  batch_.push_back(std::move(line));
  return {};
}

Result<void> Importer::flush() {
  auto batch = std::exchange(batch_, {});
  batch_bytes_ = 0;
  batch_heads_.clear();
  batch_ids_.clear();
  if (batch.empty()) return {};
  const auto receipt = append(batch);
  if (receipt) {
    counts_.read += batch.size();
    (receipt->already_there ? counts_.already_there : counts_.appended) += batch.size();
    on_appended_(batch.back().number, receipt->events.back().position);
    return {};
  }
  if (!concerns_line(receipt.error().code)) return tl::unexpected<Error>{receipt.error()};
  // One line spoils the batch, or some of it was there before: each line alone shows which.
  for (auto& line : batch) EVENTSTORE_TRY(append_one(line));
  return {};
}

Result<void> Importer::append_one(NumberedLine& line) {
  const auto receipt = append({&line, 1});
  if (receipt) {
    ++counts_.read;
    ++(receipt->already_there ? counts_.already_there : counts_.appended);
    on_appended_(line.number, receipt->events.back().position);
    return {};
  }
  if (!concerns_line(receipt.error().code)) return tl::unexpected<Error>{receipt.error()};
  return on_refused_(line, explain_refusal(log_, line.line, receipt.error()));
}

Result<Receipt> Importer::append(std::span<NumberedLine> lines) {
  auto receipt = try_append(lines);
  for (unsigned retries = 0; !receipt && states_.was_overtaken(receipt.error()) && retries < line_retries_max;
       ++retries)
    receipt = try_append(lines);
  if (!receipt) return receipt;
  if (receipt->projected) counts_.projected = receipt->projected;
  if (!duplicates_.empty()) counts_.duplicates = counts_.duplicates.value_or(0) + duplicates_.size();
  for (const auto& duplicate : duplicates_)
    if (on_duplicate_) on_duplicate_(duplicate);
  return receipt;
}

Result<Receipt> Importer::try_append(std::span<NumberedLine> lines) {
  EventWriter writer;
  writer.reserve(lines.size());
  std::unordered_set<std::string_view> streams;
  duplicates_.clear();
  std::vector<EventLine*> read;
  read.reserve(lines.size());
  for (auto& each : lines) read.push_back(&each.line);
  EVENTSTORE_TRY_ASSIGN(const auto steps, take_steps(log_, read, states_, former_ids_));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& line = *read[i];
    if (line.clear_id != EventId{}) EVENTSTORE_TRY(take_known_form(log_, line));
    writer.add(line, steps[i].subject);
    if (streams.insert(line.stream.text()).second) writer.expect(line.stream, expectation_of(line, states_));
    for (const auto& duplicate : steps[i].duplicates)
      duplicates_.push_back({lines[i].number, duplicate.field->name, line.stream.text()});
  }
  EVENTSTORE_TRY(states_.add_claims_to(writer));
  auto receipt = writer.append_to(log_);
  if (receipt) receipt->events.resize(lines.size());  // without the claims
  return receipt;
}

}  // namespace eventstore::app
