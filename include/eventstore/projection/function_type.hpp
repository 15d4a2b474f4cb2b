#pragma once
// Named functions of a domain, each bound to one organization: questions to the collections, and facts to record.
#include <eventstore/collections/sqlite_collections.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/schema/catalog.hpp>
#include <functional>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// What a function may use. Lifetime: everything is borrowed. Threads: one at a time.
struct FunctionContext {
  EventLog& log;
  const SchemaReader& schemas;
  const EventCatalog& catalog;
  const Clock& clock;
  SqliteCollections* collections;  ///< null where none were made yet
  std::string organization;
  Metadata metadata{};  ///< of the events that a function records: user, address, agent
};

/// What a function answers.
struct Answer {
  std::vector<std::string> documents;  ///< JSON, one each
  std::string next_cursor{};           ///< where a list goes on; empty at its end
  bool is_list = true;
};

/// A function without its types. Threads: immutable.
struct FunctionType {
  std::string name;
  bool records = false;      ///< appends to the log; otherwise it reads collections
  const Schema* parameters;  ///< in the order in which they may be given without their names
  std::function<Result<Answer>(const FunctionContext& context, BytesView parameters)> run;
};

/// A function from its typed form: `es::function<GetDailyStats>("get_daily_stats", false, &get_daily_stats)`, where
/// `struct GetDailyStats { EVENTSTORE_FIELDS(GetDailyStats, (string, metric_type), (int64_t, days, 30)); };`
template <Described Parameters>
FunctionType function(std::string name, bool records,
                      Result<Answer> (*run)(const FunctionContext&, const Parameters&)) {
  return FunctionType{std::move(name), records, &schema_of<Parameters>(),
                      [run](const FunctionContext& context, BytesView bytes) -> Result<Answer> {
                        EVENTSTORE_TRY_ASSIGN(const auto parameters, decode<Parameters>(bytes));
                        return run(context, parameters);
                      }};
}

}  // namespace v1
}  // namespace eventstore
