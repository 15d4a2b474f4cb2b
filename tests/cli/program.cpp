#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace eventstore::cli_test {
namespace {

struct Ends {
  int ours = -1;
  int theirs = -1;
};

Ends output_ends(End end) {
  Ends ends;
  if (end == End::full) {
    ends = {::open("/dev/null", O_RDONLY), ::open("/dev/full", O_WRONLY)};
  } else if (end == End::terminal) {
    const winsize size{40, 100, 0, 0};
    if (::openpty(&ends.ours, &ends.theirs, nullptr, nullptr, &size) != 0) throw std::runtime_error{"openpty"};
  } else {
    std::array<int, 2> both{};
    if (::pipe(both.data()) != 0) throw std::runtime_error{"pipe"};
    ends = {both[0], both[1]};
  }
  ::fcntl(ends.ours, F_SETFD, FD_CLOEXEC);
  return ends;
}

Ends input_ends() {
  const auto ends = output_ends(End::pipe);
  ::fcntl(ends.theirs, F_SETFD, FD_CLOEXEC);
  ::fcntl(ends.ours, F_SETFD, 0);
  return {ends.theirs, ends.ours};
}

void close_end(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

// Appends what is there; closes the end once nothing more will come. A terminal ends with EIO.
void drain(int& descriptor, std::string& text) {
  std::array<char, 65536> block;
  const auto count = ::read(descriptor, block.data(), block.size());
  if (count > 0)
    text.append(block.data(), static_cast<std::size_t>(count));
  else if (count == 0 || errno != EINTR)
    close_end(descriptor);
}

}  // namespace

Program::Program(const std::string& path, const Words& words, End out, End err) {
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<char*> arguments{const_cast<char*>(path.c_str())};
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  auto in = input_ends();
  auto output = output_ends(out);
  auto errors = output_ends(err);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in.theirs, STDIN_FILENO);
    ::dup2(output.theirs, STDOUT_FILENO);
    ::dup2(errors.theirs, STDERR_FILENO);
    for (const int extra : {in.theirs, output.theirs, errors.theirs})
      if (extra > STDERR_FILENO) ::close(extra);
    std::signal(SIGPIPE, SIG_DFL);
    // Settings of the tests, which the program would take for misspelt ones of its own.
    for (const auto* const name :
         {"EVENTSTORE_KILLS", "EVENTSTORE_REAL_DATA", "EVENTSTORE_STRESS_SECONDS", "EVENTSTORE_WRITE_PAGES"})
      ::unsetenv(name);
    ::execv(path.c_str(), arguments.data());
    ::_exit(127);
  }
  for (int theirs : {in.theirs, output.theirs, errors.theirs}) ::close(theirs);
  in_ = in.ours;
  out_ = output.ours;
  err_ = errors.ours;
  ::fcntl(in_, F_SETFL, O_NONBLOCK);
}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  for (auto* const end : {&in_, &out_, &err_}) close_end(*end);
}

std::optional<std::string> Program::line() {
  auto end = outcome_.out.find('\n');
  while (end == std::string::npos && out_ >= 0) {
    drain(out_, outcome_.out);
    end = outcome_.out.find('\n');
  }
  if (end == std::string::npos) return std::nullopt;
  auto text = outcome_.out.substr(0, end);
  outcome_.out.erase(0, end + 1);
  return text;
}

void Program::write(std::string_view text) {
  while (!text.empty()) {
    pollfd ready{in_, POLLOUT, 0};
    ::poll(&ready, 1, -1);
    const auto count = ::write(in_, text.data(), text.size());
    if (count < 0 && errno != EINTR && errno != EAGAIN) return;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Program::close_input() { close_end(in_); }
void Program::close_output() { close_end(out_); }
void Program::signal(int number) const { ::kill(process_, number); }

// Feeds and listens at once, so that neither side waits for the other for ever.
void Program::exchange(std::string_view input) {
  while (out_ >= 0 || err_ >= 0) {
    if (input.empty()) close_end(in_);
    std::array<pollfd, 3> ready{{{in_, POLLOUT, 0}, {out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    ::poll(ready.data(), ready.size(), -1);
    if (ready[0].revents != 0) {
      const auto count = ::write(in_, input.data(), input.size());
      if (count > 0) input.remove_prefix(static_cast<std::size_t>(count));
      if (count < 0 && errno != EINTR && errno != EAGAIN) input = {};  // it does not want more
    }
    if (ready[1].revents != 0) drain(out_, outcome_.out);
    if (ready[2].revents != 0) drain(err_, outcome_.err);
  }
  close_end(in_);
}

Outcome Program::finish(std::string_view input) {
  exchange(input);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  outcome_.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return outcome_;
}

Outcome run(const std::string& path, const Words& words, std::string_view input) {
  return Program{path, words}.finish(input);
}

}  // namespace eventstore::cli_test
