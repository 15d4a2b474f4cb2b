#pragma once
// What a batch does to one document.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One change of one document. Fields are numbered as in the shape's columns.
struct DocumentWrite {
  enum class Kind : std::uint8_t {
    put,        ///< `document` as a whole
    patch,      ///< the `fields` named; nothing where the document is not there
    increment,  ///< adds the numbers in `fields`; where the document is not there, `document`, which has them added
    remove,
  };
  struct FieldValue {
    std::size_t column;
    Bytes value;  ///< by the field's type, with its optional where it has one
  };

  Kind kind = Kind::put;
  std::string key;
  std::string organization;
  Bytes document{};
  std::vector<FieldValue> fields{};
};

}  // namespace v1
}  // namespace eventstore
