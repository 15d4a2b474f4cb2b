#pragma once
// RocksDB as one would tune it for a log: each event under its position and under its stream, heads beside them.
#include <bench/peer.hpp>

#include <memory>

namespace bench {

class RocksdbPeer {
 public:
  static constexpr std::string_view name = "rocksdb";
  static constexpr bool checks_versions = true;
  static constexpr bool has_queue = true;

  class Reader {
   public:
    void read_stream(const StreamId& stream, Visit visit) const;
    void scan(Visit visit) const;
    void scan_filtered(std::string_view type, Visit visit) const;

   private:
    friend RocksdbPeer;
    explicit Reader(const RocksdbPeer& peer) : peer_{peer} {}
    const RocksdbPeer& peer_;
  };

  RocksdbPeer(const std::filesystem::path& directory, Appends appends);
  ~RocksdbPeer();
  bool append(const Batch& batch, Sync sync);
  void sync();
  void settle();
  [[nodiscard]] Reader reader() const { return Reader{*this}; }

 private:
  struct Store;
  std::unique_ptr<Store> store_;
};

}  // namespace bench
