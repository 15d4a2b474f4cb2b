#include <eventstore/projection/projection_type.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

std::string digest(std::string_view text) { return Uuid::v5(eventstore_namespace, text).to_string(); }

}  // namespace

bool ProjectionType::reads(std::string_view category) const {
  const auto is_category = [&](const std::string& name) { return name == category; };
  return reads_everything() || std::ranges::any_of(categories, is_category) ||
         std::ranges::any_of(former_categories, is_category);
}

std::string ProjectionType::fingerprint() const {
  std::string read;
  for (const auto* const schema : events) read += schema->descriptor + "\n";
  for (const auto& former : former_categories) read += "was " + former + "\n";
  return "shape:" + digest(shape.fingerprint()) + " events:" + (events.empty() ? "everything" : digest(read)) +
         (source_hash.empty() ? "" : " code:" + source_hash);
}

}  // namespace v1
}  // namespace eventstore
