#pragma once
// A typed document that waits until it is written.
#include <algorithm>
#include <eventstore/collections/document_write.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/same_value.hpp>
#include <type_traits>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> struct IsTextMap : std::false_type {};
template <class V> struct IsTextMap<PersistentMap<std::string, V>> : std::true_type {};
template <class V> struct IsTextMap<std::map<std::string, V>> : std::true_type {};

// Calls visit(column, member) for each column of `document`, as CollectionShape numbers them; `column` is the first
// one's number. The result is the next number.
template <class D, class Visit> std::size_t each_column(const D& document, Visit& visit, std::size_t column = 0) {
  static constexpr auto facts = D::eventstore_facts();
  with_fields(document, [&](const auto&... fields) {
    [[maybe_unused]] std::size_t index = 0;
    [[maybe_unused]] const auto one = [&]<class M>(const M& member) {
      const bool is_flattened = facts[index++].attributes.has(flattened);
      if constexpr (Described<M>)
        if (is_flattened) {
          column = each_column(member, visit, column);
          return;
        }
      visit(column++, member);
    };
    (one(fields), ...);
  });
  return column;
}

template <class D> struct Held final : HeldDocument {
  explicit Held(D held) : document{std::move(held)} {}

  void encode_to(Bytes& out, const Columns& without) const override {
    if (without.empty()) return encode(document, out);
    BytesOut archive{out};
    const auto one = [&]<class M>(std::size_t column, const M& member) {
      if constexpr (IsTextMap<M>::value)
        if (std::ranges::find(without, column) != without.end()) return void(archive(M{}));
      archive(member);
    };
    each_column(document, one);
  }

  [[nodiscard]] Columns large_maps(std::size_t entries_max) const override {
    Columns large;
    const auto one = [&]<class M>(std::size_t column, const M& member) {
      if constexpr (IsTextMap<M>::value)
        if (member.size() > entries_max) large.push_back(column);
    };
    each_column(document, one);
    return large;
  }

  [[nodiscard]] std::size_t entries(std::size_t wanted) const override {
    std::size_t entries = 0;
    const auto one = [&]<class M>(std::size_t column, const M& member) {
      if constexpr (IsTextMap<M>::value)
        if (column == wanted) entries = member.size();
    };
    each_column(document, one);
    return entries;
  }

  void each_difference(std::size_t wanted, const HeldDocument* before, FoundEntry found) const override {
    Bytes bytes;
    const auto one = [&]<class M>(std::size_t column, const M& member) {
      if constexpr (IsTextMap<M>::value) {
        if (column != wanted) return;
        using V = typename M::mapped_type;
        const auto entry = [&](const std::string& key, const V*, const V* value) {
          if (value == nullptr) return found(key, std::nullopt);
          bytes.clear();
          BytesOut archive{bytes};
          archive(*value);
          found(key, BytesView{bytes});
        };
        static const M none{};
        const auto* const was = before == nullptr ? &none : static_cast<const Held*>(before)->template map<M>(wanted);
        for_each_difference(*was, member, entry, is_same_value);
      }
    };
    each_column(document, one);
  }

  D document;

 private:
  // The map in the column, which is one of type M.
  template <class M> [[nodiscard]] const M* map(std::size_t wanted) const {
    const M* found = nullptr;
    const auto one = [&]<class Member>(std::size_t column, const Member& member) {
      if constexpr (std::is_same_v<Member, M>)
        if (column == wanted) found = &member;
    };
    each_column(document, one);
    return found;
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
