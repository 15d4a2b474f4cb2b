#include "interrupt.hpp"

#include <csignal>

namespace eventstore::cli {
namespace {

std::stop_source& source() {
  static std::stop_source stop;
  return stop;
}

void on_signal(int number) {
  std::signal(number, SIG_DFL);
  source().request_stop();
}

}  // namespace

std::stop_token interruption() {
  const auto token = source().get_token();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  return token;
}

}  // namespace eventstore::cli
