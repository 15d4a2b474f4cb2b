#include <aggregates/chatbot/chatbot.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {

void Chatbot::measure(const ChatbotExecuted& event, const State&, const State& after, Measurements& to) {
  const auto channel = to_string(after.channel);
  to.add("chatbots_executed", 1, {}, {{"channel", channel}});
  if (event.duration_ms)
    to.add("chatbot_duration_ms", static_cast<double>(*event.duration_ms), {}, {{"channel", channel}});
}

}  // namespace domain
