#pragma once
// SQLite as one would tune it for a log: WAL, synchronous=FULL, prepared statements, a connection for each reader.
#include <bench/peer.hpp>

#include <memory>

namespace bench {

class SqlitePeer {
 public:
  static constexpr std::string_view name = "sqlite";
  static constexpr bool checks_versions = true;
  static constexpr bool has_queue = true;

  class Reader {
   public:
    explicit Reader(const std::filesystem::path& directory);
    Reader(Reader&&) noexcept;
    ~Reader();
    void read_stream(const StreamId& stream, Visit visit);
    void scan(Visit visit);
    void scan_filtered(std::string_view type, Visit visit);

   private:
    struct Statements;
    std::unique_ptr<Statements> statements_;
  };

  SqlitePeer(const std::filesystem::path& directory, Appends appends);
  ~SqlitePeer();
  bool append(const Batch& batch, Sync sync);
  void sync();
  void settle() {}
  [[nodiscard]] Reader reader() const { return Reader{directory_}; }

 private:
  struct Writer;
  std::filesystem::path directory_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace bench
