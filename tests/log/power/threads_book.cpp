#include "threads_book.hpp"

#include <algorithm>

#include "power_check.hpp"

namespace eventstore::power {
namespace {

std::string named(const ThreadsBook::Entry& entry) {
  return (entry.events == 0 ? "outcome " : "event ") + std::to_string(entry.first_number) + " of " + entry.stream;
}

}  // namespace

EventId ThreadsBook::id_of(std::uint64_t number) { return EventId{Uuid::v7(Timestamp{}, number, number)}; }
Uuid ThreadsBook::command_of(const Entry& entry) { return Uuid::v7(Timestamp{}, ~entry.first_number, 7); }
std::string ThreadsBook::data_of(std::uint64_t number) {
  std::string data = "event " + std::to_string(number) + " ";
  data.resize(40 + number * 97 % 700, static_cast<char>('a' + number % 26));
  return data;
}

ThreadsBook::Entry& ThreadsBook::begin(Entry entry) {
  entry.first_number = next_number_;
  next_number_ += std::max<std::size_t>(entry.events, 1);
  auto& kept = *entries_.emplace_back(std::make_unique<Entry>(std::move(entry)));
  for (std::size_t i = 0; i < kept.events; ++i) by_id_[id_of(kept.first_number + i)] = {&kept, kept.first_number + i};
  return kept;
}

void ThreadsBook::take_answer(Entry& entry, const Result<Receipt>& answer) {
  if (!answer) {
    entry.answer = answer.error().code == Errc::outcome_unknown ? Answer::unknown : Answer::refused;
    return;
  }
  entry.answer = Answer::acknowledged;
  require(!answer->already_there, named(entry) + " is taken for a repeat");
  require(answer->events.size() == entry.events, named(entry) + " has a receipt of another size");
  entry.is_lasting = entry.is_lasting || answer->durability == Durability::every_commit;
  if (entry.events == 0) return;
  entry.first = answer->events.front().position;
  acknowledged_ = std::max(acknowledged_, answer->events.back().position);
}

std::vector<ThreadsBook::Entry*> ThreadsBook::acknowledged_by(const FileLog& log) {
  std::vector<Entry*> found;
  for (const auto& entry : entries_)
    if (entry->log == &log && entry->answer == Answer::acknowledged) found.push_back(entry.get());
  return found;
}

void ThreadsBook::make_lasting(const std::vector<Entry*>& entries) {
  for (auto* const entry : entries) entry->is_lasting = true;
}

void ThreadsBook::lose_power() {
  acknowledged_ = Position{0};
  for (const auto& entry : entries_) {
    if (entry->answer != Answer::acknowledged) continue;
    if (!entry->is_lasting) entry->answer = Answer::unknown;
    if (entry->is_lasting && entry->events > 0)
      acknowledged_ = std::max(acknowledged_, Position{entry->first.value + entry->events - 1});
  }
}

void ThreadsBook::check_events(const std::vector<RecordedEvent>& events) const {
  std::map<std::string, std::uint64_t> versions;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& event = events[i];
    const auto where = "position " + std::to_string(event.position.value);
    require(event.position.value == i + 1, where + " follows " + std::to_string(i));
    require(event.version.value == ++versions[std::string{event.stream}], where + " has another version");
    const auto found = by_id_.find(event.id);
    require(found != by_id_.end(), where + " was never written");
    const auto& [entry, number] = found->second;
    require(as_text(event.data) == data_of(number), where + " has other data");
    require(event.stream == entry->stream, where + " is in another stream");
    require(entry->answer != Answer::refused, where + " was refused");
    const auto place = number - entry->first_number;
    const bool begins_here = i >= place && events[i - place].id == id_of(entry->first_number);
    require(begins_here, where + " is there without the rest of its commit");
    require(i - place + entry->events <= events.size(), where + ": half a commit is there");
    require(entry->answer != Answer::acknowledged || entry->first.value + place == event.position.value,
            where + " was acknowledged in another place");
  }
}

void ThreadsBook::check_seen(const std::vector<RecordedEvent>& events) {
  check_events(events);
  const auto common = std::min(events.size(), seen_.size());
  for (std::size_t i = 0; i < common; ++i)
    require(events[i].id == seen_[i], "a reader saw another event at position " + std::to_string(i + 1));
  auto lasting = events.size();
  while (lasting > 0 && by_id_.at(events[lasting - 1].id).first->durability != Durability::every_commit) --lasting;
  for (auto i = seen_.size(); i < lasting; ++i) seen_.push_back(events[i].id);
}

std::vector<std::uint64_t> ThreadsBook::unanswered(const std::vector<RecordedEvent>& events) const {
  std::vector<std::uint64_t> numbers;
  for (const auto& event : events) {
    const auto& [entry, number] = by_id_.at(event.id);
    if (entry->answer == Answer::none && entry->durability == Durability::every_commit) numbers.push_back(number);
  }
  return numbers;
}

void ThreadsBook::check_end(const FileLog& log) {
  const auto page = needed(log.read_all({.limit = 100'000}), "reading all");
  check_events(page.events);
  const auto at = [&](std::size_t index) { return page.events[index].id; };
  for (const auto& entry : entries_) {
    if (entry->answer != Answer::acknowledged && entry->events > 0) continue;
    const bool must_last = entry->answer == Answer::acknowledged;
    if (entry->events > 0) {
      if (must_last)
        require(entry->first.value + entry->events - 1 <= page.events.size() &&
                    at(entry->first.value - 1) == id_of(entry->first_number),
                named(*entry) + " was acknowledged, and is gone");
      continue;
    }
    const auto found = log.find_outcome(StreamId::trusted(entry->stream), command_of(*entry));
    if (must_last) (void)needed(found, named(*entry));
    if (entry->answer == Answer::refused) require(!found, named(*entry) + " was refused, and is there");
  }
  require(seen_.size() <= page.events.size(), "what a reader saw is gone: position " + std::to_string(seen_.size()));
  for (std::size_t i = 0; i < seen_.size(); ++i)
    require(at(i) == seen_[i], "what a reader saw has changed at position " + std::to_string(i + 1));
}

}  // namespace eventstore::power
