#include <functions/named_stream.hpp>

#include <aggregates/activity/activity.hpp>
#include <aggregates/metric/metric.hpp>

#include <string>

namespace domain {

namespace es = eventstore;

bool has_named_streams(std::string_view category) {
  return category == Activity::category || category == Metric::category;
}

es::Result<es::StreamId> named_stream(std::string_view category, std::string_view name, std::string_view organization,
                                      std::size_t number) {
  if (number == 0) return es::StreamId::of(category, name);
  if (number == 1)
    if (auto readable = es::StreamId::of(category, std::string{name} + '@' + std::string{organization}))
      return readable;
  const auto text = std::string{organization} + '\n' + std::string{name} + '\n' + std::to_string(number);
  return es::StreamId::of(category, es::Uuid::v5(es::eventstore_namespace, text).to_string());
}

es::Result<es::StreamId> own_named_stream(const es::EventLog& log, std::string_view category, std::string_view name,
                                          std::string_view organization) {
  for (std::size_t number = 0;; ++number) {
    EVENTSTORE_TRY_ASSIGN(auto stream, named_stream(category, name, organization, number));
    const auto info = log.info(stream);
    if (!info && info.error().code != es::Errc::not_found) return tl::make_unexpected(info.error());
    if (!info || info->organization == organization) return stream;
  }
}

}  // namespace domain
