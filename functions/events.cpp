// store_event, get_aggregate_events, get_events_by_type.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/named_stream.hpp>
#include <functions/record.hpp>

#include <eventstore/schema/event_line.hpp>

#include <algorithm>

namespace domain {

namespace es = eventstore;

namespace {

// Gathers the newest `limit` lines of the organization; a further line shows that there are more.
class NewestLines {
 public:
  NewestLines(const es::AskContext& context, int64_t limit)
      : context_{context}, limit_{static_cast<std::size_t>(limit)} {}

  /// False once the page is full and something was left over.
  es::Result<bool> take(const es::Page& page, bool by_version) {
    for (const auto& event : page.events) {
      if (event.organization != context_.organization) continue;
      const auto place = by_version ? event.version.value : event.position.value;
      if (page_.documents.size() == limit_) {
        page_.next_cursor = std::to_string(last_);
        return false;
      }
      EVENTSTORE_TRY(es::append_event_line(event, context_.schemas, page_.documents.emplace_back()));
      last_ = place;
    }
    return true;
  }
  Documents oldest_first() && {
    std::reverse(page_.documents.begin(), page_.documents.end());
    return std::move(page_);
  }

 private:
  const es::AskContext& context_;
  std::size_t limit_;
  std::uint64_t last_ = 0;
  Documents page_{};
};

// The place before the cursor's, from which to read backward; 0, the end, without a cursor.
es::Result<std::uint64_t> place_before(const optional<string>& cursor) {
  if (!cursor) return 0;
  EVENTSTORE_TRY_ASSIGN(const int64_t place, number_in(*cursor));
  return static_cast<std::uint64_t>(place - 1);
}

}  // namespace

es::Result<StoredEvent> OrganizationFunctions::store_event(const StoreEvent& parameters) const {
  const auto* const schema = context_.event_types.find(parameters.aggregate_type, parameters.event_type);
  if (schema == nullptr)
    return es::failure(es::Errc::unknown_event_type, "store_event", parameters.event_type,
                       "this build does not know it; " + context_.event_types.known_types(parameters.aggregate_type));
  EVENTSTORE_TRY_ASSIGN(es::Bytes data, es::json_to_bytes(schema->type, parameters.event_data.text));
  const auto append = has_named_streams(parameters.aggregate_type) ? append_named_facts : append_facts;
  EVENTSTORE_TRY_ASSIGN(const Fact fact, append(context_, parameters.aggregate_type, parameters.aggregate_id,
                                                {{schema, std::move(data)}}, context_.metadata));
  StoredEvent stored{fact.id.to_string(), {}};
  if (!fact.duplicates.empty()) stored.duplicates = fact.duplicates;
  return stored;
}

es::Result<Documents> OrganizationQuestions::get_aggregate_events(const GetAggregateEvents& parameters) const {
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  const auto& category = parameters.aggregate_type;
  const auto& key = parameters.aggregate_id;
  EVENTSTORE_TRY_ASSIGN(const es::StreamId stream,
                        has_named_streams(category) ? own_named_stream(asking_.log, category, key, asking_.organization)
                                                    : es::StreamId::of(category, key));
  EVENTSTORE_TRY_ASSIGN(const std::uint64_t from, place_before(parameters.cursor));
  NewestLines lines{asking_, parameters.limit};
  es::ReadStream options{es::Version{from}, es::Direction::backward};
  for (bool more = !parameters.cursor || from != 0; more;) {
    const auto page = asking_.log.read_stream(stream, options);
    if (!page && page.error().code == es::Errc::expired) break;  // what is left was read
    if (!page) return tl::make_unexpected(page.error());
    EVENTSTORE_TRY_ASSIGN(more, lines.take(*page, true));
    more = more && !page->at_end;
    options.from = es::Version{page->next};
  }
  return std::move(lines).oldest_first();
}

es::Result<Documents> OrganizationQuestions::get_events_by_type(const GetEventsByType& parameters) const {
  EVENTSTORE_TRY(check_limit(parameters.limit));
  if (parameters.limit == 0) return Documents{};
  EVENTSTORE_TRY_ASSIGN(const std::uint64_t from, place_before(parameters.cursor));
  NewestLines lines{asking_, parameters.limit};
  es::ReadAll options{
      es::Position{from}, es::Direction::backward, 1024, {"", parameters.event_type, asking_.organization}};
  for (bool more = !parameters.cursor || from != 0; more;) {
    const auto page = asking_.log.read_all(options);
    if (!page && page.error().code == es::Errc::expired) break;  // what is left was read
    if (!page) return tl::make_unexpected(page.error());
    EVENTSTORE_TRY_ASSIGN(more, lines.take(*page, false));
    more = more && !page->at_end;
    options.from = es::Position{page->next};
  }
  return std::move(lines).oldest_first();
}

}  // namespace domain
