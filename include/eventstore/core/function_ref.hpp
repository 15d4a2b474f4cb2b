#pragma once
// A borrowed function, like a std::function that neither owns nor allocates.
#include <memory>
#include <type_traits>
#include <utility>

namespace eventstore {
inline namespace v1 {

template <class Signature> class FunctionRef;

/// Lifetime: refers to the callable that it was made from, which must outlive it; meant for parameters.
template <class R, class... Arguments> class FunctionRef<R(Arguments...)> {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>)
      FunctionRef(F&& function)  // NOLINT: implicit, for lambdas in the call
      : function_{const_cast<void*>(static_cast<const void*>(std::addressof(function)))},
        call_{[](void* callable, Arguments... arguments) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(callable))(std::forward<Arguments>(arguments)...);
        }} {}

  R operator()(Arguments... arguments) const { return call_(function_, std::forward<Arguments>(arguments)...); }

 private:
  void* function_;
  R (*call_)(void*, Arguments...);
};

}  // namespace v1
}  // namespace eventstore
