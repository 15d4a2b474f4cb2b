#pragma once
// Documents whose keys no other document has, as one block of memory.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/uuid.hpp>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Documents in the order in which they were added, with their keys, the ids of these (document_id) and
/// organizations. Cost: one block of memory for all of them. Threads: as a standard container.
class AppendedDocuments {
 public:
  /// Lifetime: until the next change of the container.
  struct Document {
    Uuid id;
    std::string_view key;
    std::string_view organization;
    BytesView document;
  };

  /// Adds a document whose bytes `encode(Bytes& out)` appends to `out`. It takes the place of the last one if that has
  /// the same id.
  template <class Encode> void add(const Uuid& id, std::string_view key, std::string_view organization, Encode encode) {
    begin(id, key, organization);
    encode(memory_);
    end();
  }
  /// The same with bytes that exist already. Lifetime: they are copied.
  void add(const Uuid& id, std::string_view key, std::string_view organization, BytesView document);

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] bool empty() const { return places_.empty(); }
  /// `index` is below size().
  [[nodiscard]] Document operator[](std::size_t index) const;
  /// Of keys, organizations and documents together.
  [[nodiscard]] std::size_t bytes() const { return memory_.size(); }
  /// Removes all documents; the memory stays.
  void clear();
  /// Takes room for as many documents and bytes as `other` has.
  void reserve_as(const AppendedDocuments& other);

 private:
  struct Place {
    Uuid id;
    std::size_t begin;
    std::uint32_t key;
    std::uint32_t organization;
    std::size_t document;
  };

  void begin(const Uuid& id, std::string_view key, std::string_view organization);
  void end() { places_.back().document = memory_.size() - document_begin(places_.back()); }
  static std::size_t document_begin(const Place& place) { return place.begin + place.key + place.organization; }

  Bytes memory_;
  std::vector<Place> places_;
};

}  // namespace v1
}  // namespace eventstore
