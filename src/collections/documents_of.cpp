#include <eventstore/collections/documents_of.hpp>
#include <eventstore/schema/detail/json_text.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {
namespace {

struct Namer {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    std::string text;
    append_json_number(text, value);
    return text;
  }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(Timestamp value) const { return value.to_string(); }
};

}  // namespace

Order default_order(const CollectionShape& shape, bool descending) {
  const auto has = [&](std::string_view name) { return shape.column(name) < shape.columns.size(); };
  Order order{{has("created_at") ? "created_at" : "timestamp"}, descending};
  if (has("position")) order.by.emplace_back("position");
  return order;
}

std::string name_of(const QueryValue& value) { return std::visit(Namer{}, value); }

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
