#pragma once
// Private to aggregate: whom the sentence of a refusal may quote.
#include <string>
#include <vector>

#include "drafts.hpp"

namespace eventstore {
inline namespace v1 {

/// Whom the states that a command was decided on are about, and whom its own personal values are about, each once.
std::vector<std::string> quoted_persons(Drafts& drafts, const CommandType& command, BytesView data);

}  // namespace v1
}  // namespace eventstore
