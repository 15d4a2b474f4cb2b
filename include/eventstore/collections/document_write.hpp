#pragma once
// The change that a batch makes to one document.
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
    patch,      ///< the `fields` named; does nothing if the document does not exist
    increment,  ///< adds the numbers in `fields`; if the document does not exist, writes `document`
    remove,
  };
  struct FieldValue {
    std::size_t column;
    Bytes value;  ///< by the field's type, with its optional if it has one
  };

  Kind kind = Kind::put;
  std::string key;
  std::string organization;
  Bytes document{};
  std::vector<FieldValue> fields{};
};

}  // namespace v1
}  // namespace eventstore
