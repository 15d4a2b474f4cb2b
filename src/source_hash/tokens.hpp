#pragma once
// The tokens of a source file, on which its meaning depends.
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// `source` without its comments, and without the white space that no two tokens need between them; the same for the
/// same source in another layout. A preprocessor's line keeps its end. Literals stay as they are. Text that is not C++
/// gives some text that still depends on all of it.
std::string tokens_of(std::string_view source);

}  // namespace v1
}  // namespace eventstore
