// Writers, readers, index files that are made, merged, deleted and made again: all at once.
#include <random>
#include <thread>

#include "log/store_on_disk.hpp"

namespace mixed_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t streams = 8;
constexpr std::size_t segment_bytes = std::size_t{64} * 1024;

std::string stream_name(std::uint64_t number) { return "delivery-" + std::to_string(number); }

// Appends to each stream in turn, waiting and not, until the log holds enough.
std::uint64_t write(FileLog& log, std::uint64_t writer, std::uint64_t events_wanted) {
  const std::string data(300, 'x');
  std::vector<std::future<Result<Receipt>>> later;
  std::uint64_t written = 0;
  for (std::uint64_t i = 0; i < events_wanted; ++i) {
    const auto name = stream_name((writer + i) % streams);
    auto made = event(name, writer * 1'000'000 + i, data);
    made.type = i % 7 == 0 ? "Rare" : "Happened";
    const std::vector events{made};
    const Commit commit{.events = events, .durability = static_cast<Durability>(i % 3)};
    if (i % 4 == 0)
      later.push_back(log.append_later(commit));
    else if (log.append(commit))
      ++written;
  }
  for (auto& receipt : later)
    if (receipt.get()) ++written;
  return written;
}

// Visits all, by streams and by a filter: nothing is missing, doubled or out of order.
bool sees_whole_log(const FileLog& log, std::uint64_t seed) {
  std::uint64_t next = 1;
  const auto all = log.visit_all(
      {.limit = no_limit}, [&](const RecordedEvent& event) { return event.position.value == next && ++next > 0; });
  if (!all || !all->at_end || all->next != next) return false;
  const auto name = stream_name(seed % streams);
  std::uint64_t version = 1;
  const auto stream = log.visit_stream(stream_named(name), {.limit = no_limit}, [&](const RecordedEvent& event) {
    return event.stream == name && event.version.value == version && ++version > 0;
  });
  if (!stream || !stream->at_end || stream->next != version) return false;
  std::uint64_t before = ~std::uint64_t{0};
  bool is_right = true;
  const auto rare = log.visit_all({.direction = Direction::backward, .limit = 100, .filter = {.type = "Rare"}},
                                  [&](const RecordedEvent& event) {
                                    is_right = is_right && event.type == "Rare" && event.position.value < before;
                                    before = event.position.value;
                                    return is_right;
                                  });
  return rare && is_right;
}

void delete_some_indexes(const StoreOnDisk& store, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  std::error_code ignored;
  for (const auto* const folder : {"segments", "tables"})
    for (const auto& entry : std::filesystem::directory_iterator{store.file(folder), ignored}) {
      const auto extension = entry.path().extension();
      if ((extension == ".idx" || extension == ".tbl") && random() % 3 == 0)
        std::filesystem::remove(entry.path(), ignored);
    }
}

}  // namespace

TEST_CASE("writers and readers go on while index files are made, merged, deleted and made again") {
  constexpr std::uint64_t writers = 8;
  constexpr std::uint64_t events_each = 250;
  StoreOnDisk store;
  std::uint64_t expected = 0;
  for (std::uint64_t round = 0; round < 2; ++round) {
    auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = segment_bytes});
    std::atomic<bool> is_done{false};
    std::atomic<bool> is_right{true};
    std::atomic<std::uint64_t> written{0};
    {
      std::vector<std::jthread> readers;
      for (std::uint64_t reader = 0; reader < 8; ++reader)
        readers.emplace_back([&, reader] {
          for (auto seed = reader; !is_done && is_right; ++seed)
            if (!sees_whole_log(*log, seed)) is_right = false;
        });
      readers.emplace_back([&] {
        for (std::uint64_t seed = 0; !is_done; ++seed) {
          delete_some_indexes(store, seed);
          std::this_thread::yield();
        }
      });
      {
        std::vector<std::jthread> threads;
        for (std::uint64_t writer = 0; writer < writers; ++writer)
          threads.emplace_back([&, writer] { written += write(*log, round * writers + writer + 1, events_each); });
      }
      is_done = true;
    }
    CHECK(is_right);
    CHECK(written == writers * events_each);
    expected += writers * events_each;
    (void)log->settle();  // tells of the files that went away while they were used
    CHECK(*log->head() == Position{expected});
    CHECK(sees_whole_log(*log, round));
  }
  auto log = store.open();
  REQUIRE(log->settle());
  CHECK(sees_whole_log(*log, 1));
  CHECK(*log->head() == Position{expected});
}

}  // namespace mixed_test
