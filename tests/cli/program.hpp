#pragma once
// Runs a real program as its users do: words, standard input, pipes or a terminal, signals, exit code.
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::cli_test {

using Words = std::vector<std::string>;

/// How a program ended. A signal shows as 128 and its number, as in a shell.
struct Outcome {
  int exit_code = -1;
  std::string out{};
  std::string err{};
};

enum class End : std::uint8_t {
  pipe,
  terminal,
  full,  ///< a device that takes nothing
};

/// A program that runs. The destructor kills one that still does.
class Program {
 public:
  Program(const std::string& path, const Words& words, End out = End::pipe, End err = End::pipe);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// The next line of standard output; nothing at its end.
  std::optional<std::string> line();
  /// As much standard input as the program takes.
  void write(std::string_view text);
  void close_input();
  /// As the reader of `| head` does.
  void close_output();
  void signal(int number) const;
  /// Gives it `input`, waits for its end; what line() did not take.
  Outcome finish(std::string_view input = {});

 private:
  void exchange(std::string_view input);

  pid_t process_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  Outcome outcome_;
};

/// Runs it to its end.
Outcome run(const std::string& path, const Words& words, std::string_view input = {});

}  // namespace eventstore::cli_test
