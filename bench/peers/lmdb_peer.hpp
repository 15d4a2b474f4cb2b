#pragma once
// LMDB as one would tune it for a log: events by position, positions by stream; reads straight from the map.
#include <bench/peer.hpp>

#include <memory>

namespace bench {

class LmdbPeer {
 public:
  static constexpr std::string_view name = "lmdb";
  static constexpr bool checks_versions = true;
  static constexpr bool has_queue = true;
  struct Store;

  class Reader {
   public:
    explicit Reader(const Store& store);
    Reader(Reader&&) noexcept;
    ~Reader();
    void read_stream(const StreamId& stream, Visit visit);
    void scan(Visit visit);
    void scan_filtered(std::string_view type, Visit visit);

   private:
    struct Snapshot;
    std::unique_ptr<Snapshot> snapshot_;
  };

  LmdbPeer(const std::filesystem::path& directory, Appends appends);
  ~LmdbPeer();
  bool append(const Batch& batch, Sync sync);
  void sync();
  void settle() {}
  [[nodiscard]] Reader reader() const { return Reader{*store_}; }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace bench
