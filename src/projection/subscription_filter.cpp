#include <eventstore/projection/subscription_filter.hpp>

#include <xxhash.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

bool is_one_of(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

// In an order of their own, each with its length before it, so that no two lists give one text.
std::string text_of(std::vector<std::string> names) {
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string text = std::to_string(names.size()) + ';';
  for (const auto& name : names) text += std::to_string(name.size()) + ':' + name;
  return text;
}

}  // namespace

std::uint64_t Partition::number_of(std::string_view stream) { return XXH3_64bits(stream.data(), stream.size()); }

bool SubscriptionFilter::admits(const RecordedEvent& event) const {
  return (stream.empty() || event.stream == stream) && (organization.empty() || event.organization == organization) &&
         is_one_of(types, event.type) && is_one_of(categories, event.stream.substr(0, event.stream.find('-'))) &&
         partition.has(event.stream);
}

Uuid SubscriptionFilter::digest() const {
  return Uuid::v5(eventstore_namespace, "filter\n" + text_of(categories) + text_of(types) + text_of({organization}) +
                                            text_of({stream}) + std::to_string(partition.index) + '/' +
                                            std::to_string(partition.count));
}

}  // namespace v1
}  // namespace eventstore
