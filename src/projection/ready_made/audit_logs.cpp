#include <eventstore/projection/ready_made/audit_logs.hpp>
#include <source_hash/ready_made_audit_logs.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

std::optional<std::string> known(const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; }

}  // namespace

std::vector<Index> AuditLogs::indexes() {
  return {index_on({"created_at"}), index_on({"user_id", "created_at"}), index_on({"action"}),
          index_on({"resource_id", "created_at"})};
}

void AuditLogs::project(const AnyChange& change, Operations<Document>& to) {
  auto line = change.audit_line();
  const auto& metadata = change.metadata();
  to.append(change, {.user_id = std::move(line.user_id),
                     .action = std::move(line.action),
                     .resource_type = std::move(line.resource_type),
                     .resource_id = std::move(line.resource_id),
                     .changes = std::move(line.changes),
                     .ip_address = known(metadata.ip_address),
                     .user_agent = known(metadata.user_agent),
                     .created_at = change.event().created_at,
                     .position = static_cast<std::int64_t>(change.event().position.value)});
}

std::string_view AuditLogs::library_hash() { return source_hash::ready_made_audit_logs; }

ProjectionType audit_logs() { return projection<AuditLogs>(); }

}  // namespace v1
}  // namespace eventstore
