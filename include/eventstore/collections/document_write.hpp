#pragma once
// The change that a batch makes to one document.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A document that becomes bytes when it is written: the engine encodes one after the other, and what replaced it
/// before was never encoded. Columns are numbered as in the collection's shape. Threads: one at a time, not always the
/// one that made it; once its batch is taken it does not change. Its functions may throw what the document's fields
/// throw.
class HeldDocument {
 public:
  using Columns = std::vector<std::size_t>;
  /// An entry of a map; without a value, one that is gone. Lifetime: the call's.
  using FoundEntry = FunctionRef<void(std::string_view key, std::optional<BytesView> value)>;

  virtual ~HeldDocument() = default;

  /// Appends the document's bytes to `out`, with empty maps in the columns `without`.
  virtual void encode_to(Bytes& out, const Columns& without) const = 0;

  /// The columns of maps that have more than `entries_max` entries, in their order.
  [[nodiscard]] virtual Columns large_maps(std::size_t entries_max) const = 0;

  /// How many entries the map in `column` has.
  [[nodiscard]] virtual std::size_t entries(std::size_t column) const = 0;

  /// Calls `found`, in the order of keys, for each entry of the map in `column` that is not the same in `before`; for
  /// all of them where `before` is null. `before` is a document of the same collection. Cost: what differs, where one
  /// es::Map came from the other; otherwise the entries of both.
  virtual void each_difference(std::size_t column, const HeldDocument* before, FoundEntry found) const = 0;
};

/// What becomes of a document that the engine reads before it writes it. Threads: as HeldDocument.
class DocumentUpdate {
 public:
  virtual ~DocumentUpdate() = default;

  /// Appends to `out` the bytes of the document after the change; `existing` has those before it, and is missing where
  /// there is no such document. False: there is none afterwards either. Errors: corrupt_record. It may throw what the
  /// projection throws.
  virtual Result<bool> apply(std::optional<BytesView> existing, Bytes& out) const = 0;
};

/// One change of one document. Fields are numbered as in the shape's columns.
struct DocumentWrite {
  enum class Kind : std::uint8_t {
    put,        ///< the document as a whole
    patch,      ///< the `fields` named; if there is no such document, of the one that the write has, or of none. A
                ///< document of another organization stays as it is
    increment,  ///< adds numbers; if the document does not exist, writes it, and adds the further ones
    change,     ///< writes what `change` makes of the document. One of another organization stays as it is
    remove,
  };
  struct FieldValue {
    std::size_t column;
    Bytes value;  ///< by the field's type, with its optional if it has one
  };

  Kind kind = Kind::put;
  std::string key;
  std::string organization;
  Bytes document{};  ///< of a put, an increment or a patch, without `held`
  /// Of a patch: the values. Of an increment: the columns of int64 and double to whose numbers the document's are
  /// added.
  std::vector<FieldValue> fields{};
  std::shared_ptr<HeldDocument> held{};
  /// Of an increment: numbers that are added after the document's, in their order, eight bytes each: one for each of
  /// `fields`, and again. A floating-point sum is the same in however many batches it was added up.
  Bytes further{};

  std::shared_ptr<DocumentUpdate> change{};

  [[nodiscard]] bool has_document() const { return held != nullptr || !document.empty(); }

  /// The bytes of the document: `document`, or those of `held`, for which `memory` is used. Lifetime: until either
  /// changes.
  [[nodiscard]] BytesView document_bytes(Bytes& memory) const {
    if (!held) return document;
    memory.clear();
    held->encode_to(memory, {});
    return memory;
  }
};

}  // namespace v1
}  // namespace eventstore
