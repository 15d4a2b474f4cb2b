#include <eventstore/history/data_condition.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

namespace eventstore {
inline namespace v1 {

Result<DataCondition> parse_data_condition(std::string_view text) {
  EVENTSTORE_TRY_ASSIGN(auto parsed, parse_data_path(text));
  if (parsed.bytes == text.size())
    return failure(Errc::invalid_argument, "read a condition", std::string{text},
                   "expected '=' and a value after the path, like status=failed");
  const auto value = text.substr(parsed.bytes + 1);
  DataCondition condition{std::move(parsed.path), {}, {}};
  JsonDocument document;
  if (const auto json = document.parse(value)) {
    json->write_canonical(condition.json);
    if (json->kind() == JsonKind::text) condition.text = std::string{json->text()};
  } else {
    append_json_string(condition.json, value);
    condition.text = std::string{value};
  }
  return condition;
}

}  // namespace v1
}  // namespace eventstore
