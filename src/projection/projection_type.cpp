#include <eventstore/projection/projection_type.hpp>

#include <algorithm>
#include <map>

namespace eventstore {
inline namespace v1 {
namespace {

std::string digest(std::string_view text) { return Uuid::v5(eventstore_namespace, text).to_string(); }

std::string code_of(const AggregateType& aggregate) {
  return (aggregate.state_schema == nullptr ? "" : aggregate.state_schema->descriptor) + '\n' + aggregate.source_hash;
}

}  // namespace

bool ProjectionType::reads(std::string_view category) const {
  const auto is_category = [&](const std::string& name) { return name == category; };
  return reads_everything() || std::ranges::any_of(categories, is_category) ||
         std::ranges::any_of(former_categories, is_category);
}

namespace {

// The names, besides its own, that an engine and a worker give to tables of the projection's collection.
std::vector<std::string> names_beside(const ProjectionType& projection) {
  const auto& shape = projection.shape;
  const auto has = [&](Index::Kind kind) {
    return std::ranges::any_of(shape.indexes, [&](const Index& index) { return index.kind == kind; });
  };
  const auto is_map = [](const Column& column) { return column.type.kind == Kind::map; };
  std::vector<std::string> names{projection.name() + "__rebuild", projection.name() + "__dropped",
                                 projection.name() + "__part"};
  if (std::ranges::any_of(shape.columns, is_map))
    for (const auto* const end : {"_rows", "_parts"}) names.push_back(projection.name() + end);
  if (has(Index::Kind::full_text)) names.push_back(projection.name() + "_text");
  if (has(Index::Kind::location)) names.push_back(projection.name() + "_location");
  if (has(Index::Kind::elements)) names.push_back(projection.name() + "_elements");
  return names;
}

}  // namespace

Result<void> check_projections(std::span<const ProjectionType* const> projections) {
  std::map<std::string_view, const ProjectionType*> owners;
  for (const auto* const projection : projections)
    if (const auto [owner, is_free] = owners.emplace(projection->name(), projection);
        !is_free && owner->second != projection)
      return failure(Errc::invalid_argument, "register projections", projection->name(),
                     "two projections have this name, and both would write to one collection: list a projection once, "
                     "and give another one a name of its own");
  for (const auto* const projection : projections)
    if (projection->on_failure == OnFailure::set_aside && !projection->writes_whole_documents)
      return failure(Errc::invalid_argument, "register projections", projection->name(),
                     "its handlers may patch and increment, so documents of later events would be wrong without an "
                     "event that is set aside: declare `static constexpr auto on_failure = es::OnFailure::set_aside;` "
                     "in its struct, or set es::OnFailure::set_aside_although_incomplete");
  for (const auto* const projection : projections)
    for (const auto& name : names_beside(*projection))
      if (owners.contains(name))
        return failure(Errc::invalid_argument, "register projections", name,
                       "the documents of " + projection->name() +
                           " have a table of this name beside them: give this projection another name");
  return {};
}

std::string ProjectionType::fingerprint(std::span<const AggregateType> aggregates) const {
  std::string read;
  for (const auto* const schema : events) read += schema->descriptor + "\n";
  for (const auto& former : former_categories) read += "was " + former + "\n";
  std::string ignored;
  for (const auto& type : ignored_events) ignored += type + "\n";
  auto text = "shape:" + digest(shape.fingerprint()) + " events:" + (events.empty() ? "everything" : digest(read)) +
              (reads_everything() ? "" : " ignores:" + digest(ignored)) +
              (source_hash.empty() ? "" : " code:" + source_hash);
  for (const auto& aggregate : aggregates)
    if (reads(aggregate.category)) text += " aggregate-" + aggregate.category + ':' + digest(code_of(aggregate));
  return text;
}

}  // namespace v1
}  // namespace eventstore
