#include "editor.hpp"

#include <eventstore/log/metadata.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> refuse(Errc code, const StreamId& stream, std::string detail) {
  return failure(code, "edit history", stream.text(), std::move(detail));
}

bool is_insert(const StreamEdit& edit) { return edit.kind == StreamEdit::Kind::insert; }

}  // namespace

Result<void> EditedStream::Editor::edit(std::vector<StreamEdit> edits, Version last) {
  EVENTSTORE_TRY_ASSIGN(const StreamInfo info, log_.info(edition_.stream));
  edition_.organization = info.organization;
  edition_.recorded_head = std::min(info.version, last);
  EVENTSTORE_TRY_ASSIGN(const auto kept, log_.kept_state(edition_.stream));
  if (kept) {
    edition_.before_first = edition_.edited_head = last_recorded_ = kept->version;
    next_ = kept->version.next();
  }
  std::ranges::stable_sort(edits, {}, [](const StreamEdit& each) { return std::pair{each.at, !is_insert(each)}; });
  EVENTSTORE_TRY(check(edits));
  for (const auto& each : edits) EVENTSTORE_TRY(add(each));
  EVENTSTORE_TRY(add_recorded(next_, edition_.recorded_head));
  return finish();
}

Result<void> EditedStream::Editor::check(const std::vector<StreamEdit>& edits) const {
  const auto head = edition_.recorded_head;
  for (const auto& each : edits) {
    if (each.at == Version{0}) return refuse(Errc::invalid_argument, edition_.stream, "versions begin at 1");
    if (each.at <= edition_.before_first)
      return refuse(Errc::expired, edition_.stream,
                    fmt::format("retention dropped the versions up to {}: history can be another one only behind them",
                                edition_.before_first.value));
    if (each.at > (is_insert(each) ? head.next() : head))
      return refuse(Errc::not_found, edition_.stream,
                    fmt::format("the stream ends at version {}{}", head.value,
                                is_insert(each) ? fmt::format(": insert at {} at most", head.value + 1) : ""));
  }
  const auto is_twice = [](const StreamEdit& one, const StreamEdit& other) {
    return one.at == other.at && !is_insert(one) && !is_insert(other);
  };
  if (const auto found = std::ranges::adjacent_find(edits, is_twice); found != edits.end())
    return refuse(Errc::invalid_argument, edition_.stream,
                  fmt::format("version {} is left out or replaced twice", found->at.value));
  return {};
}

Result<void> EditedStream::Editor::add(const StreamEdit& edit) {
  EVENTSTORE_TRY(add_recorded(next_, Version{edit.at.value - 1}));
  next_ = std::max(next_, edit.at);
  if (is_insert(edit)) return insert(edit);
  next_ = edit.at.next();
  EVENTSTORE_TRY_ASSIGN(const Page page, recorded_at(edit.at));
  const auto& recorded = page.events.front();
  if (edit.kind == StreamEdit::Kind::replace) return replace(edit, recorded);
  edition_.places.push_back({edit.kind, edit.at, edition_.edited_head.next(), std::string{recorded.type}});
  return {};
}

Result<Page> EditedStream::Editor::recorded_at(Version version) const {
  EVENTSTORE_TRY_ASSIGN(Page page, log_.read_stream(edition_.stream, {.from = version, .limit = 1}));
  if (page.events.empty() || page.events.front().version != version)
    return refuse(Errc::not_found, edition_.stream, fmt::format("it has no version {} any more", version.value));
  return page;
}

// From which an inserted event has its metadata.
Result<Page> EditedStream::Editor::neighbour_of(Version version) const {
  const Version before{version.value - 1};
  return recorded_at(before > edition_.before_first ? before : version);
}

void EditedStream::Editor::add_run(Version recorded_first, std::uint64_t events, std::uint64_t shift,
                                   const OwnEvent* own) {
  const auto first = edition_.edited_head.next();
  edition_.edited_head = edition_.edited_head.plus(events);
  edition_.runs.push_back({first, edition_.edited_head, recorded_first, shift, own});
}

Result<void> EditedStream::Editor::add_recorded(Version first, Version last) {
  if (first > last) return {};
  if (previous_) return add_moved(first, last);
  add_run(first, last.value - first.value + 1, 0, nullptr);
  last_recorded_ = last;
  next_ = last.next();
  return {};
}

// Behind an event of its own, until a recorded event stands behind it by itself.
Result<void> EditedStream::Editor::add_moved(Version first, Version last) {
  auto run = first;
  std::uint64_t shift = 0;
  const auto end_run = [&](Version end) {
    if (run < end) add_run(run, end.value - run.value, shift, nullptr);
    run = end;
  };
  bool goes_on = true;
  const auto look_at = [&](const RecordedEvent& event) {
    const auto needed = *previous_ < event.position ? 0 : previous_->value + 1 - event.position.value;
    goes_on = event.version <= last && needed != 0;
    if (!goes_on) return false;
    if (needed != shift) end_run(event.version);
    shift = needed;
    previous_ = Position{event.position.value + needed};
    next_ = event.version.next();
    last_recorded_ = event.version;
    return true;
  };
  next_ = first;
  while (goes_on && next_ <= last) {
    EVENTSTORE_TRY_ASSIGN(const Visited visited,
                          log_.visit_stream(edition_.stream, {next_, Direction::forward, no_limit}, look_at));
    goes_on = goes_on && !visited.at_end;
  }
  end_run(next_);
  if (next_ > last) return {};
  previous_.reset();
  return add_recorded(next_, last);
}

Result<Position> EditedStream::Editor::previous_position() {
  if (previous_) return *previous_;
  if (last_recorded_ > edition_.before_first) {
    EVENTSTORE_TRY_ASSIGN(const Page page, recorded_at(last_recorded_));
    return page.events.front().position;
  }
  EVENTSTORE_TRY_ASSIGN(const auto kept, log_.kept_state(edition_.stream));
  return kept ? kept->position : Position{0};
}

Result<void> EditedStream::Editor::insert(const StreamEdit& edit) {
  auto& own = edition_.own.emplace_back();
  EVENTSTORE_TRY_ASSIGN(const Page page, neighbour_of(edit.at));
  const auto& neighbour = page.events.front();
  own.type = edit.type;
  own.event.created_at = neighbour.created_at;
  own.event.recorded_at = neighbour.recorded_at;
  own.event.id = EventId{Uuid::v5(neighbour.id.uuid, "inserted " + std::to_string(edition_.own.size()))};
  own.metadata.assign(neighbour.metadata.begin(), neighbour.metadata.end());
  if (edit.created_at) own.event.created_at = *edit.created_at;
  if (edit.user_id) {
    EVENTSTORE_TRY_ASSIGN(auto metadata, metadata_of(neighbour));
    metadata.user_id = *edit.user_id;
    own.metadata.clear();
    encode_tagged(metadata, own.metadata);
  }
  EVENTSTORE_TRY_ASSIGN(const Position previous, previous_position());
  return add_own(edit, nullptr, own, previous.next());
}

Result<void> EditedStream::Editor::replace(const StreamEdit& edit, const RecordedEvent& recorded) {
  auto& own = edition_.own.emplace_back();
  own.type = recorded.type;
  own.event.created_at = recorded.created_at;
  own.event.recorded_at = recorded.recorded_at;
  own.event.id = recorded.id;
  own.metadata.assign(recorded.metadata.begin(), recorded.metadata.end());
  last_recorded_ = edit.at;
  const auto position = previous_ ? std::max(recorded.position, previous_->next()) : recorded.position;
  return add_own(edit, &recorded, own, position);
}

Result<void> EditedStream::Editor::add_own(const StreamEdit& edit, const RecordedEvent* recorded, OwnEvent& own,
                                           Position position) {
  EVENTSTORE_TRY_ASSIGN(const auto* const added, read_edited_data(type_, schemas_, edit, recorded, own));
  if (added != nullptr) edition_.added_schemas.push_back(added);
  own.organization = edition_.organization;
  add_run(edit.at, 1, 0, &own);
  auto& event = own.event;
  event.stream = edition_.stream.text();
  event.version = edition_.edited_head;
  event.position = position;
  event.type = own.type;
  event.organization = own.organization;
  event.metadata = own.metadata;
  event.data = own.data;
  previous_ = position;
  edition_.places.push_back({edit.kind, edit.at, event.version, own.type});
  return {};
}

// Where the first and the last event stand.
Result<void> EditedStream::Editor::finish() {
  if (edition_.runs.empty()) return {};
  const auto position = [&](const Edition::Run& run, Version version) -> Result<Position> {
    if (run.own != nullptr) return run.own->event.position;
    EVENTSTORE_TRY_ASSIGN(const Page page, recorded_at(run.recorded_first.plus(version.value - run.first.value)));
    return page.events.front().position.plus(run.shift);
  };
  const auto& front = edition_.runs.front();
  const auto& back = edition_.runs.back();
  EVENTSTORE_TRY_ASSIGN(edition_.first, position(front, front.first));
  EVENTSTORE_TRY_ASSIGN(edition_.last, position(back, back.last));
  return {};
}

}  // namespace v1
}  // namespace eventstore
