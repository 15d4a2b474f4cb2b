#pragma once
// Described structs to bytes and back, to JSON and back.
#include <eventstore/schema/detail/describe.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore {
inline namespace v1 {

/// Appends the bytes of `object` to `out`.
template <Described T> void encode(const T& object, Bytes& out) {
  BytesOut archive{out};
  archive(object);
}

template <Described T> Bytes encode(const T& object) {
  Bytes bytes;
  encode(object, bytes);
  return bytes;
}

namespace detail {

// Loads `object` from `bytes`, out of line: exceptions are caught in one place. Errors: as decode_into.
Result<void> decode_with(std::string_view name, BytesView bytes, void* object,
                         void (*load)(BytesIn& from, void* object)) noexcept;

}  // namespace detail

/// Reads a whole `T` from `bytes`, using the memory that `object` owns again.
/// Errors: corrupt_record (too short, too long, impossible value), out_of_memory; `object` is then some value of T.
template <Described T> Result<void> decode_into(BytesView bytes, T& object) noexcept {
  return detail::decode_with(detail::stored_name<T>(), bytes, &object, &detail::load_member<T>);
}

template <Described T> Result<T> decode(BytesView bytes) {
  T object{};
  EVENTSTORE_TRY(decode_into(bytes, object));
  return object;
}

/// The JSON of `object`; empty optionals are left out.
template <Described T> std::string to_json(const T& object) {
  std::string text;
  // The bytes come from the struct itself, so they cannot fail to be a value of its type.
  (void)bytes_to_json(schema_of<T>().type, encode(object), text);
  return text;
}

/// Reads `object` from JSON. Errors: as json_to_bytes.
template <Described T> Result<T> from_json(std::string_view json) {
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, json_to_bytes(schema_of<T>().type, json));
  return decode<T>(bytes);
}

}  // namespace v1
}  // namespace eventstore
