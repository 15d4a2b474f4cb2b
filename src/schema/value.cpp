#include <eventstore/schema/detail/value_table.hpp>
#include <eventstore/schema/secret.hpp>
#include <eventstore/schema/value.hpp>

namespace eventstore {
inline namespace v1 {

using detail::object_at;

Kind Value::kind() const { return table_->kind; }

bool Value::boolean() const { return object_at<bool>(object_); }

std::int64_t Value::integer() const {
  switch (kind()) {
    case Kind::int8: return object_at<std::int8_t>(object_);
    case Kind::int16: return object_at<std::int16_t>(object_);
    case Kind::int32: return object_at<std::int32_t>(object_);
    case Kind::int64: return object_at<std::int64_t>(object_);
    default: return table_->count(object_);
  }
}

std::uint64_t Value::natural() const {
  switch (kind()) {
    case Kind::uint8: return object_at<std::uint8_t>(object_);
    case Kind::uint16: return object_at<std::uint16_t>(object_);
    case Kind::uint32: return object_at<std::uint32_t>(object_);
    default: return object_at<std::uint64_t>(object_);
  }
}

double Value::number() const {
  return kind() == Kind::float32 ? static_cast<double>(object_at<float>(object_)) : object_at<double>(object_);
}

std::string_view Value::text() const {
  switch (kind()) {
    case Kind::enumeration: return table_->name(object_);
    case Kind::bytes: return as_text(object_at<Bytes>(object_));
    case Kind::secret_text: return shown_secret;
    case Kind::json: return object_at<Json>(object_).text;
    default: return object_at<std::string>(object_);
  }
}

Timestamp Value::time() const { return object_at<Timestamp>(object_); }
Uuid Value::uuid() const { return object_at<Uuid>(object_); }

Value Value::content() const { return table_->at(object_, 0); }
Value Value::field(std::size_t index) const {
  const auto& field = table_->fields[index];
  return {field.address(object_), *field.table};
}
std::size_t Value::alternative() const { return table_->size(object_); }
Value Value::held() const { return table_->at(object_, 0); }
std::size_t Value::size() const { return table_->size(object_); }
Value Value::at(std::size_t index) const { return table_->at(object_, index); }
Value Value::find(std::string_view key) const { return table_->find(object_, key); }
bool Value::each(OnElement visit) const { return table_->each(object_, visit); }

}  // namespace v1
}  // namespace eventstore
