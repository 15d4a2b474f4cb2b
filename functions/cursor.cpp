#include <functions/cursor.hpp>

#include <eventstore/projection/status.hpp>
#include <eventstore/schema/json_document.hpp>

#include <fmt/format.h>

#include <charconv>

namespace domain {

namespace es = eventstore;

namespace {

constexpr std::int64_t limit_max = 10'000;
constexpr std::int64_t period_max = 100'000;  // days: 273 years

tl::unexpected<es::Error> not_a_cursor(const std::string& cursor) {
  return es::failure(es::Errc::invalid_argument, "read cursor", cursor, "not a cursor that an earlier page gave");
}

// "<created_at> <position>" of the document after which the page begins.
es::Result<std::pair<std::string, std::int64_t>> split(const std::string& cursor) {
  const auto space = cursor.find(' ');
  if (space == std::string::npos) return not_a_cursor(cursor);
  const auto moment = es::Timestamp::parse(cursor.substr(0, space));
  if (!moment) return not_a_cursor(cursor);
  EVENTSTORE_TRY_ASSIGN(const std::int64_t position, number_in(cursor.substr(space + 1)));
  return std::pair{moment->to_sortable_string(), position};
}

es::Result<std::string> cursor_at(const std::string& document) {
  es::JsonDocument parser;
  EVENTSTORE_TRY_ASSIGN(const es::JsonNode root, parser.parse(document));
  return fmt::format("{} {}", root.find("created_at").value_or(es::JsonNode{}).text(),
                     root.find("position").value_or(es::JsonNode{}).integer());
}

}  // namespace

es::Result<std::int64_t> number_in(const std::string& cursor) {
  std::int64_t number = 0;
  const auto* const end = cursor.data() + cursor.size();
  const auto read = std::from_chars(cursor.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1) return not_a_cursor(cursor);
  return number;
}

es::Result<void> check_limit(std::int64_t limit) {
  if (limit < 1 || limit > limit_max)
    return es::failure(es::Errc::invalid_argument, "read list", "limit", fmt::format("expected 1 to {}", limit_max));
  return {};
}

es::Result<void> check_period(const char* name, std::int64_t count) {
  if (count < 1 || count > period_max)
    return es::failure(es::Errc::invalid_argument, "read period", name, fmt::format("expected 1 to {}", period_max));
  return {};
}

es::Result<es::SqliteCollections*> collections_of(const es::FunctionContext& context,
                                                  const es::ProjectionType& projection) {
  if (context.collections == nullptr)
    return es::failure(es::Errc::not_found, "read collections", "", "there are none yet: run `project run` first");
  EVENTSTORE_TRY(es::check_live(context.log, projection, *context.collections));
  return context.collections;
}

es::Result<es::Answer> newest_first(const es::FunctionContext& context, const es::ProjectionType& projection,
                                    const TimePage& page) {
  EVENTSTORE_TRY(check_limit(page.limit));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, collections_of(context, projection));
  auto values = page.values;
  auto clauses = page.where;
  if (page.cursor) {
    EVENTSTORE_TRY_ASSIGN(const auto place, split(*page.cursor));
    clauses += fmt::format(" AND (created_at, position) < (?{}, ?{})", values.size() + 2, values.size() + 3);
    values.emplace_back(place.first);
    values.emplace_back(place.second);
  }
  // One more than the page holds tells whether there is a next one.
  clauses += fmt::format(" ORDER BY created_at DESC, position DESC LIMIT {}", page.limit + 1);
  es::Answer answer{};
  EVENTSTORE_TRY_ASSIGN(answer.documents,
                        collections->documents(projection.shape, context.organization, clauses, values));
  if (answer.documents.size() > static_cast<std::size_t>(page.limit)) {
    answer.documents.pop_back();
    EVENTSTORE_TRY_ASSIGN(answer.next_cursor, cursor_at(answer.documents.back()));
  }
  return answer;
}

}  // namespace domain
