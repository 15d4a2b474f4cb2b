#include <aggregates/conversation/told.hpp>

#include <eventstore/schema/json_document.hpp>

namespace domain {

std::optional<eventstore::Json> member_of(const std::optional<eventstore::Json>& told, std::string_view name) {
  // A text without the name has no such member: most statuses are not parsed.
  if (!told || told->text.find(name) == std::string::npos) return std::nullopt;
  eventstore::JsonDocument document;
  const auto root = document.parse(told->text);
  if (!root || root->kind() != eventstore::JsonKind::object) return std::nullopt;
  const auto found = root->find(name);
  if (!found || found->kind() == eventstore::JsonKind::null) return std::nullopt;
  eventstore::Json member{};
  found->write(member.text);
  return member;
}

}  // namespace domain
