#pragma once
// Private to the command line: the bar of a command that copies bytes.
#include "call.hpp"

namespace eventstore::cli {

/// Shows bytes as MiB.
inline app::OnProgress copy_bar(Call& call, std::string what) {
  return [bar = call.bar(std::move(what), "MiB")](const app::Progress& now) { bar({now.done >> 20, now.part}); };
}

}  // namespace eventstore::cli
