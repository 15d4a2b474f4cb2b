#pragma once
// Before an engine is measured it must give the right answers.
#include <bench/digest.hpp>
#include <bench/store_directory.hpp>

#include <functional>
#include <stdexcept>

namespace bench {

/// Throws unless `is_right`.
inline void require(bool is_right, const char* wrong) {
  if (!is_right) throw std::runtime_error{std::string{"wrong answer: "} + wrong};
}

namespace detail {
/// An engine without its type, for the check below.
struct Checked {
  std::function<bool(const Batch&, Sync)> append;
  std::function<void(const StreamId&, Visit)> read_stream;
  std::function<void(Visit)> scan;
  std::function<void(std::string_view, Visit)> scan_filtered;
};
void check_appends(History& history, bool checks_versions, const Checked& engine);
void check_reads(const History& history, const Checked& engine);

template <Peer P> Checked checked(P& peer) {
  return {[&peer](const Batch& batch, Sync sync) { return peer.append(batch, sync); },
          [&peer](const StreamId& stream, Visit visit) { peer.reader().read_stream(stream, visit); },
          [&peer](Visit visit) { peer.reader().scan(visit); },
          [&peer](std::string_view type, Visit visit) { peer.reader().scan_filtered(type, visit); }};
}
}  // namespace detail

/// Appends a small history, tries stale versions, reads it back in every way, and again after reopening. Throws where
/// an answer is wrong.
template <Peer P> void check_against_reference(Appends appends) {
  const FreshDirectory directory;
  History history{300, 0xc0de};
  {
    P peer{directory.path(), appends};
    detail::check_appends(history, P::checks_versions, detail::checked(peer));
    detail::check_reads(history, detail::checked(peer));
    peer.sync();
  }
  P peer{directory.path(), appends};
  detail::check_reads(history, detail::checked(peer));
}

}  // namespace bench
