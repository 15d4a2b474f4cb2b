#pragma once
// The measurements that an event adds to analytics, declared in the aggregate's own folder:
//
//   static void measure(const DeliveryCompleted&, const State& before, const State& after, es::Measurements& to) {
//     to.add("deliveries_completed", 1, {{"agent_id", after.agent_id}}, {{"priority", to_string(after.priority)}});
//   }
//
// One overload for each event that counts; the others need none. Categories without state leave before and after out.
#include <concepts>
#include <cstdint>
#include <eventstore/schema/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One measurement. `tags` and `metadata` are JSON objects, members sorted by name.
struct Measurement {
  std::string metric_type;
  double value = 0;
  std::string tags{"{}"};
  std::string metadata{"{}"};
  std::int64_t count = 1;  ///< how many measurements it stands for; `value` is their sum
};

/// A name and its value; an empty value is left out.
struct Label {
  std::string_view name;
  std::string value;

  // A template, because a std::string would be as good a string_view as an optional.
  template <std::convertible_to<std::string_view> Text>
  Label(std::string_view its_name, const Text& its_value) : name{its_name}, value{std::string_view{its_value}} {}
  Label(std::string_view its_name, const std::optional<std::string>& its_value)
      : name{its_name}, value{its_value.value_or("")} {}
};

/// Collects the measurements of one event.
class Measurements {
 public:
  void add(std::string_view metric_type, double value, std::initializer_list<Label> tags = {},
           std::initializer_list<Label> metadata = {}, std::int64_t count = 1);
  /// Labels as free data: JSON objects as given (absent: none).
  void add_free(std::string_view metric_type, double value, const std::optional<Json>& tags,
                const std::optional<Json>& metadata);

  [[nodiscard]] const std::vector<Measurement>& all() const { return all_; }
  void clear() { all_.clear(); }

 private:
  std::vector<Measurement> all_;
};

using Metrics [[deprecated("write es::Measurements")]] = Measurements;  ///< the earlier name, for one release

}  // namespace v1
}  // namespace eventstore
