#include "server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace eventstore::test {
namespace {

constexpr auto place = EVENTSTORE_MONGO_SERVER;

// Runs in the child, where only calls that are safe after a fork may be made.
[[noreturn]] void become_server(int input, int output, const std::string& classes) {
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  ::execlp("java", "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-cp", classes.c_str(),
           "ServerForTests", static_cast<char*>(nullptr));
  ::_exit(127);
}

std::string first_line(int from) {
  std::string line;
  for (char letter = 0; ::read(from, &letter, 1) == 1 && letter != '\n';) line += letter;
  return line;
}

}  // namespace

std::optional<Server> Server::start() {
  Server server;
  if (const char* const named = std::getenv("MONGODB_URI"); named != nullptr && *named != '\0') {
    server.base_ = named;
    return server;
  }
  if (!std::filesystem::exists(std::string{place} + "/complete")) {
    std::cout << "skipped: no MongoDB: scripts/fetch-mongo-server has not fetched it, and MONGODB_URI names none\n";
    return std::nullopt;
  }
  const auto classes = std::string{place} + ":" + place + "/*";
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  REQUIRE(::pipe2(input.data(), O_CLOEXEC) == 0);
  REQUIRE(::pipe2(output.data(), O_CLOEXEC) == 0);
  server.process_ = ::fork();
  REQUIRE(server.process_ >= 0);
  if (server.process_ == 0) become_server(input[0], output[1], classes);
  ::close(input[0]);
  ::close(output[1]);
  server.input_ = input[1];
  const auto port = first_line(output[0]);
  ::close(output[0]);
  INFO("the server of the tests of MongoDB printed no port: look at `java -cp '" << classes << "' ServerForTests`");
  REQUIRE(!port.empty());
  server.base_ = "mongodb://127.0.0.1:" + port;
  return server;
}

Server::Server(Server&& other) noexcept
    : process_{std::exchange(other.process_, 0)},
      input_{std::exchange(other.input_, -1)},
      base_{std::move(other.base_)} {}

Server::~Server() {
  if (process_ <= 0) return;
  ::close(input_);
  ::waitpid(process_, nullptr, 0);
}

std::string Server::address(const std::string& database) const { return is_own() ? base_ + "/" + database : base_; }

}  // namespace eventstore::test
