#pragma once
// What an engine must offer to be measured. Engines throw std::exception where they fail.
#include <bench/data.hpp>

#include <concepts>
#include <filesystem>

namespace bench {

/// When an append may report success.
enum class Sync { every_append, later };

/// Whether concurrent appends share syncs: as the engine does it by itself, or through our CommitQueue before it.
enum class Appends { by_engine, queued };

/// An event as an engine gives it back. Lifetime: during the visit.
struct Seen {
  std::string_view stream{};
  std::uint64_t version = 0;
  std::uint64_t position = 0;
  std::string_view type{};
  BytesView metadata{};
  BytesView data{};
};

/// A borrowed function of a Seen: the same cost for every engine.
class Visit {
 public:
  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, Visit>)
      Visit(F&& function)  // NOLINT: implicit, for lambdas in the call
      : function_{const_cast<void*>(static_cast<const void*>(&function))}, call_{[](void* f, const Seen& seen) {
          (*static_cast<std::remove_reference_t<F>*>(f))(seen);
        }} {}
  void operator()(const Seen& seen) const { call_(function_, seen); }

 private:
  void* function_;
  void (*call_)(void*, const Seen&);
};

/// Opening makes the store when it is missing; closing is the destructor. Appends and sync() come from any thread; each
/// reading thread has a reader of its own. `append` answers false, and writes nothing, where an expectation fails.
template <class P>
concept Peer = std::constructible_from<P, const std::filesystem::path&, Appends> &&
    requires(P peer, typename P::Reader reader, const Batch& batch, const StreamId& stream, Sync sync,
             std::string_view type, Visit visit) {
  { P::name } -> std::convertible_to<std::string_view>;
  { P::checks_versions } -> std::convertible_to<bool>;
  { P::has_queue } -> std::convertible_to<bool>;  // whether Appends::queued is another way for it
  { peer.append(batch, sync) } -> std::same_as<bool>;
  peer.sync();
  peer.settle();  // does now what the engine would do in the background
  { peer.reader() } -> std::same_as<typename P::Reader>;
  reader.read_stream(stream, visit);
  reader.scan(visit);
  reader.scan_filtered(type, visit);
};

}  // namespace bench
