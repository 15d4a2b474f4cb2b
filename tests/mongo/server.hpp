#pragma once
// The MongoDB that a test talks to: the one of MONGODB_URI, else a server of its own, in memory, that ends with it.
#include <sys/types.h>
#include <optional>
#include <string>

namespace eventstore::test {

class Server {
 public:
  /// Absent where there is no server: then a line was printed by which ctest counts the test as skipped.
  static std::optional<Server> start();
  ~Server();
  Server(Server&& other) noexcept;
  Server& operator=(Server&&) = delete;

  /// With the path `database`, or for MONGODB_URI as it is set.
  [[nodiscard]] std::string address(const std::string& database) const;
  /// Whether it was started here, so that its port and what it holds are known.
  [[nodiscard]] bool is_own() const { return process_ > 0; }

 private:
  Server() = default;
  pid_t process_ = 0;
  int input_ = -1;    // the server ends when this is closed
  std::string base_;  // without a path where the server is our own
};

}  // namespace eventstore::test
