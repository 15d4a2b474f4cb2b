#pragma once
// What a projection does to a document that is read first.
#include <eventstore/collections/document_write.hpp>
#include <eventstore/schema/codec.hpp>
#include <functional>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class D> struct DocumentSteps final : DocumentUpdate {
  explicit DocumentSteps(D begin) : initial{std::move(begin)} {}

  Result<void> apply(std::optional<BytesView> existing, Bytes& out) const override {
    auto document = initial;
    if (existing) EVENTSTORE_TRY(decode_into(*existing, document));
    for (const auto& step : steps) step(document);
    encode(document, out);
    return {};
  }

  D initial;  // where there is no document
  std::vector<std::function<void(D&)>> steps{};
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
