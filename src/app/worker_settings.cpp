#include <eventstore/app/worker_settings.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

namespace eventstore::app {
namespace {

struct Setting {
  std::string name;
  std::uint64_t least;
  std::uint64_t most;
};

const Setting batch_size{"DB_LOG_BATCH_SIZE", 1, 1'000'000};
const Setting retries{"DB_MAX_RETRIES", 0, 1000};
const Setting retry_delay{"DB_RETRY_DELAY", 1, 3'600'000};

constexpr bool is_small(char letter) { return letter >= 'a' && letter <= 'z'; }

Result<std::uint64_t> number_of(const Setting& setting, std::uint64_t otherwise,
                                FunctionRef<const char*(const char* name)> variable) {
  const auto* const given = variable(setting.name.c_str());
  const std::string_view text{given == nullptr ? "" : given};
  if (text.empty()) return otherwise;
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc{} && end == text.data() + text.size() && number >= setting.least && number <= setting.most)
    return number;
  return failure(Errc::invalid_argument, "read settings", setting.name,
                 fmt::format("\"{}\" is no whole number from {} to {}", text, setting.least, setting.most));
}

Result<void> read_days(std::span<const ProjectionType> projections, FunctionRef<const char*(const char* name)> variable,
                       ExpiryOptions& expiry) {
  constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
  for (const auto& projection : projections) {
    Setting days{"EVENTSTORE_KEEP_", 0, 36'500};
    for (const char letter : projection.name()) days.name += is_small(letter) ? static_cast<char>(letter - 32) : letter;
    EVENTSTORE_TRY_ASSIGN(const auto number, number_of(days, none, variable));
    if (number != none) expiry.days.insert_or_assign(projection.name(), static_cast<std::uint32_t>(number));
  }
  return {};
}

}  // namespace

Result<WorkerOptions> worker_settings(FunctionRef<const char*(const char* name)> variable,
                                      std::span<const ProjectionType> projections) {
  WorkerOptions options{};
  EVENTSTORE_TRY_ASSIGN(options.live_batch_documents, number_of(batch_size, options.live_batch_documents, variable));
  EVENTSTORE_TRY_ASSIGN(options.retry.retries_max, number_of(retries, options.retry.retries_max, variable));
  const auto delay = static_cast<std::uint64_t>(options.retry.delay.count());
  EVENTSTORE_TRY_ASSIGN(const auto millis, number_of(retry_delay, delay, variable));
  options.retry.delay = std::chrono::milliseconds{millis};
  EVENTSTORE_TRY(read_days(projections, variable, options.expiry));
  return options;
}

Result<WorkerOptions> environment_settings(std::span<const ProjectionType> projections) {
  return worker_settings([](const char* name) -> const char* { return std::getenv(name); }, projections);
}

}  // namespace eventstore::app
