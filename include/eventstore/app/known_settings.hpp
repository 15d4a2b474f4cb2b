#pragma once
// The settings that programs of this library know: the table that warnings, `settings` and the documents go by.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <span>
#include <string>
#include <string_view>

namespace eventstore::app {

struct KnownSetting {
  std::string_view name;        ///< one for many names ends in <COLLECTION> or <ORGANIZATION>
  std::string_view preset;      ///< what counts where nothing is set; empty: nothing
  std::string_view meaning;     ///< a sentence without its point
  std::string_view comes_with;  ///< what will read it; empty: it has effect now
  bool is_secret;               ///< its value is never shown
  std::uint64_t least;          ///< of a whole number
  std::uint64_t most;           ///< 0: it is no number
};

/// In the order in which people are shown them. Lifetime: the program's.
std::span<const KnownSetting> known_settings();

/// The beginning that the names of such a setting have in common: "EVENTSTORE_KEEP_"; empty where it is one name.
std::string_view prefix_of(const KnownSetting& setting);

/// The setting that `name` sets; null where it is none. Lifetime: the program's.
const KnownSetting* find_known_setting(std::string_view name);

/// EVENTSTORE_KEEP_MESSAGE_LOGS of message_logs.
std::string keep_setting_of(std::string_view collection);

/// The number that `text` sets. Errors: invalid_argument, naming `name`, its value and what it may be.
Result<std::uint64_t> number_of_setting(const KnownSetting& setting, std::string_view name, std::string_view text);

}  // namespace eventstore::app
