#include <eventstore/aggregate/detail/stream_of.hpp>

#include <map>

namespace eventstore {
inline namespace v1 {
namespace {

std::vector<std::string_view> names_of(const AggregateType& type) {
  std::vector<std::string_view> names{type.category};
  for (const auto& former : type.former_categories) names.emplace_back(former);
  return names;
}

}  // namespace

Result<StreamId> stream_of(const EventLog& log, const AggregateType& type, std::string_view key) {
  EVENTSTORE_TRY_ASSIGN(StreamId found, StreamId::of(type.category, key));
  if (type.former_categories.empty()) return found;
  bool exists = false;
  for (const auto name : names_of(type)) {
    EVENTSTORE_TRY_ASSIGN(StreamId stream, StreamId::of(name, key));
    EVENTSTORE_TRY_ASSIGN(const Version head, log.head(stream));
    if (head == Version{0}) continue;
    if (exists)
      return failure(Errc::id_conflict, "find stream", found.text(),
                     stream.text() +
                         " has events too, and both names are this aggregate's: a program that knows only one name "
                         "opened the second stream; print each of them with `read`");
    found = std::move(stream);
    exists = true;
  }
  return found;
}

Result<std::vector<Expectation>> no_stream_of_another_name(const AggregateType& type, const StreamId& stream) {
  std::vector<Expectation> expectations;
  if (type.former_categories.empty()) return expectations;
  for (const auto name : names_of(type)) {
    if (name == stream.category()) continue;
    EVENTSTORE_TRY_ASSIGN(StreamId other, StreamId::of(name, stream.key()));
    expectations.push_back({std::move(other), ExpectedVersion::no_stream()});
  }
  return expectations;
}

Result<void> check_categories(std::span<const AggregateType> types) {
  std::map<std::string_view, const AggregateType*> owners;
  for (const auto& type : types)
    for (const auto name : names_of(type))
      if (const auto [owner, is_free] = owners.emplace(name, &type); !is_free)
        return failure(Errc::invalid_argument, "register aggregates", std::string{name},
                       "both " + owner->second->category + " and " + type.category +
                           " are, or were, this category: its events can belong to one aggregate only; list an "
                           "aggregate once, and give another one a category of its own");
  return {};
}

}  // namespace v1
}  // namespace eventstore
