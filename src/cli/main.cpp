#include <eventstore/cli/main.hpp>

#include <csignal>

#include "command_line.hpp"

namespace eventstore::cli {

int main(int argc, char** argv, Model program) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of write(), not the end of the process
  name_program(argc, argv);
  try {
    if (auto checked = check_model(program); !checked) return static_cast<int>(report(checked.error()));
    return CommandLine{program}.run(argc, argv);
  } catch (const std::bad_alloc&) {
    return static_cast<int>(report({Errc::out_of_memory, "run command"}));
  } catch (const std::exception& thrown) {
    return static_cast<int>(report({Errc::user_exception, "run command", "", thrown.what()}));
  }
}

}  // namespace eventstore::cli
