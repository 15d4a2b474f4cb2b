#include "pager.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::terminal {
namespace {

std::string_view variable(const char* name) {
  const auto* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

bool is_on_path(const std::string& program) {
  if (program.find('/') != std::string::npos) return ::access(program.c_str(), X_OK) == 0;
  for (auto rest = variable("PATH"); !rest.empty();) {
    const auto end = std::min(rest.find(':'), rest.size());
    if (::access((std::string{rest.substr(0, end)} + '/' + program).c_str(), X_OK) == 0) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

// The shell command of the pager; empty for none.
std::string pager_command() {
  const auto terminal = variable("TERM");
  if (isatty(STDOUT_FILENO) != 1 || terminal.empty() || terminal == "dumb") return {};
  const std::string command{std::getenv("PAGER") == nullptr ? "less" : variable("PAGER")};
  if (command == "cat") return {};
  const auto word = command.substr(0, command.find(' '));
  // A word like LESS=x or "my pager" is the shell's to understand.
  const bool is_plain = word.find_first_of("='\"\\$") == std::string::npos;
  return is_plain && !is_on_path(word) ? std::string{} : command;
}

// The environment, in which `less` shows colours, and leaves at once what fits on a screen.
std::vector<char*> environment() {
  static std::string less = "LESS=FRX";
  std::vector<char*> variables;
  for (auto** each = environ; *each != nullptr; ++each) variables.push_back(*each);
  if (std::getenv("LESS") == nullptr) variables.push_back(less.data());
  variables.push_back(nullptr);
  return variables;
}

// A shell that runs `command` on what comes from `input`; -1 where it cannot be started.
pid_t start(std::string command, int input) {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  sigset_t as_usual{};
  sigemptyset(&as_usual);
  sigaddset(&as_usual, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &as_usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh";
  std::string option = "-c";
  std::array<char*, 4> words{shell.data(), option.data(), command.data(), nullptr};
  pid_t process = -1;
  const auto failed = posix_spawn(&process, "/bin/sh", &files, &attributes, words.data(), environment().data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return failed == 0 ? process : -1;
}

}  // namespace

Pager::Pager() {
  auto command = pager_command();
  std::array<int, 2> ends{};
  if (command.empty() || ::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  terminal_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  if (terminal_ != -1) process_ = start(std::move(command), ends[0]);
  if (process_ != -1) {
    interrupted_ = std::signal(SIGINT, SIG_IGN);
    ::dup2(ends[1], STDOUT_FILENO);
  }
  ::close(ends[0]);
  ::close(ends[1]);
}

Pager::~Pager() {
  if (process_ != -1) ::dup2(terminal_, STDOUT_FILENO);
  if (terminal_ != -1) ::close(terminal_);
  if (process_ == -1) return;
  while (::waitpid(process_, nullptr, 0) == -1 && errno == EINTR) {
  }
  std::signal(SIGINT, interrupted_);
}

}  // namespace eventstore::terminal
