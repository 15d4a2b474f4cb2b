#pragma once
// What a change says of a chatbot. What is absent keeps its value.
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string>

namespace domain {

/// definition is free data: what the chatbot answers to what.
struct ChatbotDetails {
  EVENTSTORE_FIELDS(ChatbotDetails, (std::optional<std::string>, name), (std::optional<eventstore::Json>, definition),
                    (std::optional<bool>, active));
};

}  // namespace domain
