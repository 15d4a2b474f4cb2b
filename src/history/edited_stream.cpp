#include <eventstore/history/edited_stream.hpp>

#include <algorithm>

#include "edition.hpp"
#include "editor.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t page_events = 1024;

// What the events of a page point into.
using Pins = std::vector<std::shared_ptr<const void>>;

}  // namespace

std::string_view to_string(StreamEdit::Kind kind) {
  switch (kind) {
    case StreamEdit::Kind::without: return "without";
    case StreamEdit::Kind::replace: return "replace";
    case StreamEdit::Kind::insert: return "insert";
  }
  return {};
}

Result<std::unique_ptr<EditedStream>> EditedStream::make(const EventLog& log, const SchemaReader& schemas,
                                                         const AggregateType& type, const StreamId& stream,
                                                         std::vector<StreamEdit> edits, Version last) {
  auto edition = std::make_shared<Edition>(Edition{stream, {}});
  EVENTSTORE_TRY((Editor{log, schemas, type, *edition}.edit(std::move(edits), last)));
  return std::unique_ptr<EditedStream>{new EditedStream{log, std::move(edition)}};
}

EditedStream::EditedStream(const EventLog& log, std::shared_ptr<const Edition> edition)
    : LogView{log}, edition_{std::move(edition)} {}
EditedStream::~EditedStream() = default;

const StreamId& EditedStream::stream() const { return edition_->stream; }
const std::vector<EditedPlace>& EditedStream::places() const { return edition_->places; }
Version EditedStream::recorded_head() const { return edition_->recorded_head; }
Version EditedStream::edited_head() const { return edition_->edited_head; }

Result<Page> EditedStream::range(Version first, Version last) const {
  Page made;
  const auto pins = std::make_shared<Pins>(Pins{edition_});
  made.pin = pins;
  const auto& runs = edition_->runs;
  auto run = std::ranges::lower_bound(runs, first, {}, &Edition::Run::last);
  while (first <= last && run != runs.end()) {
    if (run->own != nullptr) {
      made.events.push_back(run->own->event);
      first = first.next();
    } else {
      const auto events = std::min(run->last, last).value - first.value + 1;
      const ReadStream part{run->recorded_first.plus(first.value - run->first.value), Direction::forward, events};
      EVENTSTORE_TRY_ASSIGN(const Page page, log().read_stream(edition_->stream, part));
      if (page.events.empty()) break;
      pins->push_back(page.pin);
      for (auto event : page.events) {
        event.version = first;
        event.position = event.position.plus(run->shift);
        made.events.push_back(event);
        first = first.next();
      }
    }
    if (first > run->last) ++run;
  }
  return made;
}

Result<Page> EditedStream::read_stream(const StreamId& stream, const ReadStream& options) const {
  const auto head = edition_->edited_head;
  if (stream != edition_->stream || head == edition_->before_first || options.limit == 0) return Page{};
  const bool is_forward = options.direction == Direction::forward;
  const auto from = options.from == Version{0} ? (is_forward ? Version{1} : head) : options.from;
  const auto steps = std::min<std::uint64_t>(options.limit, head.value) - 1;
  if (is_forward) {
    if (from > head) return Page{};
    if (from <= edition_->before_first)
      return failure(Errc::expired, "read stream", stream.text(),
                     "retention dropped the versions up to " + std::to_string(edition_->before_first.value));
    const auto last = Version{from.value + std::min(steps, head.value - from.value)};
    EVENTSTORE_TRY_ASSIGN(Page page, range(from, last));
    page.next = last.value + 1;
    page.at_end = last == head;
    return page;
  }
  const auto last = std::min(from, head);
  const auto first = Version{last.value - std::min(steps, last.value - edition_->before_first.value - 1)};
  EVENTSTORE_TRY_ASSIGN(Page page, range(first, last));
  std::ranges::reverse(page.events);
  page.next = first.value - 1;
  page.at_end = first == edition_->before_first.next();
  return page;
}

Result<Visited> EditedStream::visit_stream(const StreamId& stream, const ReadStream& options, Visitor visitor) const {
  auto next = options;
  auto left = options.limit;
  while (left != 0) {
    next.limit = std::min(left, page_events);
    EVENTSTORE_TRY_ASSIGN(const Page page, read_stream(stream, next));
    for (const auto& event : page.events)
      if (!visitor(event)) {
        const bool is_forward = options.direction == Direction::forward;
        const bool is_last = page.at_end && event.version == page.events.back().version;
        return Visited{is_forward ? event.version.value + 1 : event.version.value - 1, is_last};
      }
    if (page.at_end) return Visited{page.next, true};
    left -= left == no_limit ? 0 : page.events.size();
    next.from = Version{page.next};
  }
  return Visited{next.from.value, false};
}

Result<Visited> EditedStream::visit_all(const ReadAll& options, Visitor visitor) const {
  const bool is_forward = options.direction == Direction::forward;
  const ReadStream all{is_forward ? edition_->before_first.next() : Version{0}, options.direction, no_limit};
  auto left = options.limit;
  bool goes_on = left != 0;
  Position next = options.from;
  const auto pass = [&](const RecordedEvent& event) {
    const bool is_before =
        is_forward ? event.position < options.from : options.from != Position{0} && event.position > options.from;
    if (is_before) return true;
    next = Position{is_forward ? event.position.value + 1 : event.position.value - 1};
    if (!options.filter.admits(event)) return true;
    goes_on = visitor(event) && --left != 0;
    return goes_on;
  };
  if (!goes_on) return Visited{next.value, false};
  EVENTSTORE_TRY_ASSIGN(const Visited visited, visit_stream(edition_->stream, all, pass));
  return Visited{next.value, visited.at_end};
}

Result<Page> EditedStream::read_all(const ReadAll& options) const {
  std::vector<Version> wanted;
  const auto note = [&](const RecordedEvent& event) {
    wanted.push_back(event.version);
    return true;
  };
  EVENTSTORE_TRY_ASSIGN(const Visited visited, visit_all(options, note));
  Page page;
  if (!wanted.empty()) {
    const auto [first, last] = std::ranges::minmax(wanted);
    EVENTSTORE_TRY_ASSIGN(page, range(first, last));
    std::erase_if(page.events, [&](const auto& event) { return !options.filter.admits(event); });
    if (options.direction == Direction::backward) std::ranges::reverse(page.events);
  }
  page.next = visited.next;
  page.at_end = visited.at_end;
  return page;
}

Result<Page> EditedStream::find(const StreamId& stream, const EventId& id) const {
  Version found{};
  const auto look_at = [&](const RecordedEvent& event) {
    if (event.id == id) found = event.version;
    return found == Version{0};
  };
  const ReadStream all{edition_->before_first.next(), Direction::forward, no_limit};
  EVENTSTORE_TRY(visit_stream(stream, all, look_at));
  if (found == Version{0}) return failure(Errc::not_found, "find event", stream.text(), "there is no event of that id");
  return range(found, found);
}

Result<Version> EditedStream::head(const StreamId& stream) const {
  return stream == edition_->stream ? edition_->edited_head : Version{0};
}

Result<Position> EditedStream::head() const { return edition_->last; }

Result<StreamInfo> EditedStream::info(const StreamId& stream) const {
  if (stream != edition_->stream || edition_->edited_head == Version{0})
    return failure(Errc::not_found, "read stream", stream.text(), "there is no such stream in this history");
  return StreamInfo{stream.text(), edition_->organization, edition_->edited_head, edition_->first, edition_->last};
}

Result<std::vector<StreamInfo>> EditedStream::streams(std::string_view category, std::string_view after,
                                                      std::size_t limit) const {
  const auto& stream = edition_->stream;
  const bool is_asked = (category.empty() || category == stream.category()) && after < stream.text() && limit != 0;
  if (!is_asked || edition_->edited_head == Version{0}) return std::vector<StreamInfo>{};
  EVENTSTORE_TRY_ASSIGN(auto its, info(stream));
  return std::vector<StreamInfo>{std::move(its)};
}

Result<BytesView> EditedStream::schema(const SchemaId& id) const {
  for (const auto* const added : edition_->added_schemas)
    if (added->id == id) return as_bytes(added->descriptor);
  return log().schema(id);
}

Result<std::vector<SchemaRecord>> EditedStream::schemas() const {
  EVENTSTORE_TRY_ASSIGN(auto all, log().schemas());
  for (const auto* const added : edition_->added_schemas)
    if (std::ranges::none_of(all, [&](const SchemaRecord& each) { return each.id == added->id; }))
      all.push_back(added->record());
  return all;
}

Result<std::optional<KeptState>> EditedStream::kept_state(const StreamId& stream) const {
  return stream == edition_->stream ? log().kept_state(stream) : std::optional<KeptState>{};
}

}  // namespace v1
}  // namespace eventstore
