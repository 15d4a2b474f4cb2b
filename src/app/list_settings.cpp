#include <eventstore/app/known_settings.hpp>
#include <eventstore/app/list_settings.hpp>

namespace eventstore::app {
namespace {

SettingRow row_of_setting(const Settings& settings, const KnownSetting& known, std::string name, std::string preset) {
  SettingRow row{};
  row.name = std::move(name);
  row.meaning = known.meaning;
  const auto* const set = settings.find(row.name);
  const bool counts = set != nullptr && !set->value.empty();
  row.from = to_string(counts ? set->origin : SettingOrigin::preset);
  if (counts)
    row.value = known.is_secret ? "set" : set->value;
  else if (!preset.empty())
    row.value = std::move(preset);
  if (!known.comes_with.empty()) row.comes_with = std::string{known.comes_with};
  if (counts && known.most != 0)
    if (const auto number = number_of_setting(known, row.name, set->value); !number)
      row.problem = number.error().detail;
  return row;
}

}  // namespace

Result<void> list_settings(const Settings& settings, std::span<const ProjectionType> projections,
                           FunctionRef<Result<void>(const SettingRow&)> on_setting) {
  for (const auto& known : known_settings()) {
    const auto prefix = prefix_of(known);
    if (prefix.empty()) {
      EVENTSTORE_TRY(on_setting(row_of_setting(settings, known, std::string{known.name}, std::string{known.preset})));
    } else if (prefix == keep_setting_of("")) {
      for (const auto& projection : projections)
        EVENTSTORE_TRY(on_setting(row_of_setting(settings, known, keep_setting_of(projection.name()),
                                                 std::to_string(projection.shape.keep_days))));
    } else {
      for (const auto& [name, set] : settings.all())
        if (find_known_setting(name) == &known)
          EVENTSTORE_TRY(on_setting(row_of_setting(settings, known, name, std::string{known.preset})));
    }
  }
  return {};
}

}  // namespace eventstore::app
