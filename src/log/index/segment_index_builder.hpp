#pragma once
// Makes the index of a segment from its events.
#include "../containers/hashing.hpp"
#include "../containers/name_table.hpp"
#include "segment_index.hpp"

namespace eventstore::engine {

/// Lifetime: the texts of the events added are read until finish(). Throws bad_alloc.
class SegmentIndexBuilder {
 public:
  explicit SegmentIndexBuilder(const Hashing& hashing)
      : categories_{hashing}, types_{hashing}, organizations_{hashing} {}

  /// Adds the event at the next position, whose record begins at `offset`.
  void add(const RecordedEvent& event, std::uint32_t offset);
  /// Passes over positions that were lost to damage.
  void skip(std::uint64_t count);
  void add_schema(const SchemaId& id, std::uint32_t offset);

  [[nodiscard]] std::uint64_t count() const { return offsets_.size(); }
  /// The file: the same bytes for the same calls, on any machine. Errors: too_large (more than 2^32 - 1 positions).
  [[nodiscard]] Result<Bytes> finish(const IndexIdentity& identity, const SegmentExtent& extent) const;

 private:
  // The ordinals by the names of one kind.
  class Names {
   public:
    explicit Names(const Hashing& hashing) : hashing_{hashing} {}
    void add(std::string_view name, std::uint32_t ordinal);
    [[nodiscard]] std::vector<std::uint32_t> in_order() const;
    struct Name {
      std::string_view text;
      std::uint64_t hash = 0;
      std::vector<std::uint32_t> ordinals;
    };
    [[nodiscard]] const std::vector<Name>& all() const { return names_; }

   private:
    const Hashing hashing_;
    std::vector<Name> names_;
    NameTable numbers_;
    std::uint32_t last_ = 0;  // often the next one too
  };

  std::vector<std::uint32_t> offsets_;
  std::vector<Matches::Range> lost_;
  std::vector<format::SchemaPlace> schemas_;
  Names categories_;
  Names types_;
  Names organizations_;
};

}  // namespace eventstore::engine
