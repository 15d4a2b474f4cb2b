#pragma once
// Where the personal fields and the secrets of a value lie in its bytes.
#include <eventstore/schema/schema.hpp>
#include <string>
#include <vector>

namespace eventstore::security {

/// A value that is encrypted as a whole. Lifetime: `type` and `blank` are the schema's.
struct EncryptedPlace {
  std::size_t offset = 0;  ///< of its bytes in the data
  std::size_t size = 0;
  const Type* type = nullptr;
  const Bytes* blank = nullptr;  ///< the field's default; null where it has none
  std::string path{};            ///< "address", "turns[2].message", "names[\"a\"]"
  std::string subject{};         ///< as the record itself names the person; empty where it names nobody
};

/// The places in `data`, a value of `schema`, in the order of its bytes. Errors: corrupt_record, where it is no such
/// value.
Result<std::vector<EncryptedPlace>> encrypted_places(const Schema& schema, BytesView data);

/// Whether the value at `place` in `data` is what stands there when it is encrypted: it says nothing.
bool is_blank(const EncryptedPlace& place, BytesView data);

/// Appends what stands in the data at `place` when its value is encrypted or erased.
void append_blank(const EncryptedPlace& place, Bytes& out);

}  // namespace eventstore::security
