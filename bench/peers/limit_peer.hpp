#pragma once
// The bare physical work: a file that is appended to, and a map of it. As many bytes and syncs as eventstore, but no
// version check, no checksum, no index on the disk, no recovery.
#include <bench/peer.hpp>

#include <memory>

namespace bench {

class LimitPeer {
 public:
  static constexpr std::string_view name = "limit";
  static constexpr bool checks_versions = false;
  static constexpr bool has_queue = false;  // always queued
  struct File;

  class Reader {
   public:
    void read_stream(const StreamId& stream, Visit visit) const;
    void scan(Visit visit) const;
    void scan_filtered(std::string_view type, Visit visit) const;

   private:
    friend LimitPeer;
    struct Streams;
    Reader(const File& file, std::shared_ptr<const Streams> streams) : file_{file}, streams_{std::move(streams)} {}
    const File& file_;
    std::shared_ptr<const Streams> streams_;  // as they were when the reader was made
  };

  LimitPeer(const std::filesystem::path& directory, Appends appends);
  ~LimitPeer();
  bool append(const Batch& batch, Sync sync);
  void sync();
  void settle() {}
  /// Finds where the streams' records are, once, outside of what is measured.
  [[nodiscard]] Reader reader() const;

 private:
  std::unique_ptr<File> file_;
};

}  // namespace bench
