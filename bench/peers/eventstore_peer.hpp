#pragma once
// Ourselves.
#include <bench/peer.hpp>

#include <memory>

namespace bench {

class EventstorePeer {
 public:
  static constexpr std::string_view name = "eventstore";
  static constexpr bool checks_versions = true;
  static constexpr bool has_queue = false;

  class Reader {
   public:
    void read_stream(const StreamId& stream, Visit visit) const;
    void scan(Visit visit) const;
    void scan_filtered(std::string_view type, Visit visit) const;

   private:
    friend EventstorePeer;
    explicit Reader(const EventstorePeer& peer) : peer_{peer} {}
    const EventstorePeer& peer_;
  };

  EventstorePeer(const std::filesystem::path& directory, Appends appends);
  ~EventstorePeer();
  bool append(const Batch& batch, Sync sync);
  void sync();
  /// Closes, which covers the tail by index files.
  void settle();
  [[nodiscard]] Reader reader() const { return Reader{*this}; }

 private:
  struct Store;
  std::unique_ptr<Store> store_;
};

}  // namespace bench
