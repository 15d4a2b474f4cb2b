#pragma once
// What a projection does to a document that is read first.
#include <eventstore/collections/document_write.hpp>
#include <eventstore/schema/codec.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class D> struct DocumentSteps final : DocumentUpdate {
  struct Step {
    std::optional<D> initial;  // the document where there is none; without it, nothing is done then
    std::function<void(D&)> how;
  };

  Result<bool> apply(std::optional<BytesView> existing, Bytes& out) const override {
    std::optional<D> document;
    if (existing) {
      EVENTSTORE_TRY(decode_into(*existing, document.emplace()));
    }
    for (const auto& step : steps) {
      if (!document) document = step.initial;
      if (document) step.how(*document);
    }
    if (document) encode(*document, out);
    return document.has_value();
  }

  std::vector<Step> steps{};
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
