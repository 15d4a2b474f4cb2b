#include <eventstore/core/must.hpp>

#include <cstdio>
#include <cstdlib>

namespace eventstore {
inline namespace v1 {
namespace detail {

void end_program(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message().c_str());
  std::exit(1);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
