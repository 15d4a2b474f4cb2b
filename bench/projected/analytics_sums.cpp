#include <bench/projected/analytics_sums.hpp>
#include <bench/projected/row_writer.hpp>
#include <eventstore/projection/ready_made/analytics.hpp>

#include <algorithm>
#include <vector>

namespace bench {

void AnalyticsSums::add(std::string_view organization, const eventstore::Measurement& measurement,
                        eventstore::Timestamp at) {
  const auto hour = at.start_of_hour();
  key_.assign(organization).append(1, '\n').append(measurement.metric_type).append(1, '\n');
  key_.append(reinterpret_cast<const char*>(&hour.micros), sizeof hour.micros);
  key_.append(measurement.tags).append(1, '\n').append(measurement.metadata);
  const auto known = sums_.find(key_);
  if (known == sums_.end()) {
    sums_.emplace(key_, Sum{std::string{organization}, measurement, hour});
    return;
  }
  known->second.measurement.value += measurement.value;
  known->second.measurement.count += measurement.count;
}

void AnalyticsSums::write(CollectionsFile& file) const {
  std::vector<std::pair<IdText, const Sum*>> rows;
  rows.reserve(sums_.size());
  for (const auto& [key, sum] : sums_)
    rows.emplace_back(IdText{"analytics", eventstore::Analytics::key(sum.organization, sum.measurement, sum.hour)},
                      &sum);
  std::ranges::sort(rows, {}, [](const auto& row) { return row.first.text(); });
  RowWriter to{file, "analytics"};
  for (const auto& [id, sum] : rows) {
    const auto date = sum->hour.date();
    to.add(id.text());
    to.add(sum->organization);
    to.add(sum->measurement.metric_type);
    to.add(sum->measurement.value);
    to.add(sum->measurement.count);
    to.add(sum->measurement.tags);
    to.add(sum->measurement.metadata);
    to.add(date);
    to.add(sum->hour.hour());
    to.add(sum->hour);
    to.write();
  }
}

}  // namespace bench
