#pragma once
#include <eventstore/core/detail/guarded.hpp>

namespace eventstore::engine {

using detail::guarded;
using detail::out_of_memory;

}  // namespace eventstore::engine
