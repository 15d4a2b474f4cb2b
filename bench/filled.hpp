#pragma once
// The store that the reading workloads read: filled once an engine, then used again.
#include <bench/options.hpp>
#include <bench/reference_check.hpp>

namespace bench {

inline constexpr std::size_t import_batch = 1000;

/// The history that `import` writes and the reads expect, made at first use.
History& imported_history();

/// What a whole read of it must give.
const Digest& imported_digest();
const Digest& imported_digest_of_type();
inline constexpr std::size_t filtered_type = 7;

namespace detail {
std::filesystem::path filled_directory(std::string_view engine);
bool is_filled(const std::filesystem::path& directory);
void mark_filled(const std::filesystem::path& directory);
}  // namespace detail

/// Removes what filled() made, unless it is to be kept.
void remove_filled();

/// The directory of P's filled store, not open.
template <Peer P> std::filesystem::path filled() {
  const auto directory = detail::filled_directory(P::name);
  if (detail::is_filled(directory)) return directory;
  check_against_reference<P>(Appends::by_engine);
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  auto& history = imported_history();
  {
    P peer{directory, Appends::by_engine};
    Batch batch;
    for (std::size_t i = 0; i < history.size(); i += import_batch) {
      history.fill(batch, i, import_batch);
      require(peer.append(batch, Sync::later), "an append was refused");
    }
    peer.sync();
    peer.settle();
  }
  detail::mark_filled(directory);
  return directory;
}

}  // namespace bench
