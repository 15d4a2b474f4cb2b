// Made-up actions of a few users. A user's stream has no end.
#include <aggregates/activity/activity.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;

constexpr std::uint64_t users = 3;

// A resource that was made up before or, where there is none, a report.
struct Resource {
  std::string type = "report";
  std::string id = "r-1";
};

Resource resource(Random& random) {
  const std::string category{random.pick<std::string_view>({"campaign", "delivery", "contact", "appointment"})};
  if (auto key = random.key_of(category)) return {category, *key};
  return {};
}

}  // namespace

// A user of this name may be in every organization, and a stream is one organization's.
std::optional<std::string> Activity::make_up_key(Random& random) {
  return "user-" + std::to_string(random.below(users) + 1) + '@' + random.organization();
}

eventstore::Decision<Activity::events> Activity::make_up(Random& random) {
  const auto [type, id] = resource(random);
  if (random.chance(40)) return ResourceViewed{type, id};
  const auto action = random.pick({Action::create, Action::update, Action::update, Action::delete_, Action::execute});
  ActionRecorded event{action, type, id, {}};
  if (action == Action::update)
    event.changes = ActionChanges{eventstore::Json{R"({"state":"draft"})"}, eventstore::Json{R"({"state":"ready"})"}};
  return event;
}

}  // namespace domain
