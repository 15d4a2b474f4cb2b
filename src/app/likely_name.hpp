#pragma once
// Private to the use cases: the name that was meant by a word that is none.
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::app {

/// "did you mean DeliveryFailed?", where one of `names` is spelled nearly like `word`; empty where none is.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

}  // namespace eventstore::app
