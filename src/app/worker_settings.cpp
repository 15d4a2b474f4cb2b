#include <eventstore/app/known_settings.hpp>
#include <eventstore/app/worker_settings.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore::app {
namespace {

using Variable = FunctionRef<const char*(const char* name)>;

// Absent where the variable is missing or empty.
Result<std::optional<std::uint64_t>> number_in(const std::string& name, Variable variable) {
  const auto* const given = variable(name.c_str());
  const auto* const setting = find_known_setting(name);
  if (given == nullptr || *given == '\0' || setting == nullptr) return std::optional<std::uint64_t>{};
  EVENTSTORE_TRY_ASSIGN(const auto number, number_of_setting(*setting, name, given));
  return std::optional{number};
}

Result<void> read_days(std::span<const ProjectionType> projections, Variable variable, ExpiryOptions& expiry) {
  for (const auto& projection : projections) {
    EVENTSTORE_TRY_ASSIGN(const auto days, number_in(keep_setting_of(projection.name()), variable));
    if (days) expiry.days.insert_or_assign(projection.name(), static_cast<std::uint32_t>(*days));
  }
  return {};
}

}  // namespace

Result<WorkerOptions> worker_settings(FunctionRef<const char*(const char* name)> variable,
                                      std::span<const ProjectionType> projections) {
  WorkerOptions options{};
  EVENTSTORE_TRY_ASSIGN(const auto batch_size, number_in("DB_LOG_BATCH_SIZE", variable));
  EVENTSTORE_TRY_ASSIGN(const auto retries, number_in("DB_MAX_RETRIES", variable));
  EVENTSTORE_TRY_ASSIGN(const auto delay, number_in("DB_RETRY_DELAY", variable));
  if (batch_size) options.live_batch_documents = *batch_size;
  if (retries) options.retry.retries_max = *retries;
  if (delay) options.retry.delay = std::chrono::milliseconds{*delay};
  EVENTSTORE_TRY(read_days(projections, variable, options.expiry));
  return options;
}

Result<WorkerOptions> worker_settings(const Settings& settings, std::span<const ProjectionType> projections) {
  return worker_settings(
      [&](const char* name) -> const char* {
        const auto* const found = settings.find(name);
        return found == nullptr ? nullptr : found->value.c_str();
      },
      projections);
}

Result<WorkerOptions> environment_settings(std::span<const ProjectionType> projections) {
  return worker_settings([](const char* name) -> const char* { return std::getenv(name); }, projections);
}

}  // namespace eventstore::app
