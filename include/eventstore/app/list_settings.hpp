#pragma once
// The settings of a program as a person reads them.
#include <eventstore/app/settings.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace eventstore::app {

/// `value` is "set" of a secret, and absent where nothing counts. `from` is the place of the value; `comes_with` says
/// what will read the setting, where nothing does yet; `problem` says why a value is refused.
struct SettingRow {
  EVENTSTORE_FIELDS(SettingRow, (std::string, name), (std::optional<std::string>, value), (std::string, from),
                    (std::string, meaning), (std::optional<std::string>, comes_with),
                    (std::optional<std::string>, problem));
};

/// Every setting that is known, and each collection's days. Errors: those of `on_setting`, which end the list.
Result<void> list_settings(const Settings& settings, std::span<const ProjectionType> projections,
                           FunctionRef<Result<void>(const SettingRow&)> on_setting);

/// What a person should know of the settings, one sentence each: a name that begins with EVENTSTORE_ and is none, with
/// the name that is nearest to it; and a `.env` with a secret that others may read. No value is in them.
std::vector<std::string> setting_warnings(const Settings& settings, std::span<const ProjectionType> projections);

}  // namespace eventstore::app
