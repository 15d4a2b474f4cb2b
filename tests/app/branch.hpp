#pragma once
// A bank's branch: a store whose events stand in several small segments, one second between them.
#include <eventstore/app/store.hpp>
#include <eventstore/os/file_system.hpp>

#include "bank_store.hpp"

namespace bank {

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {c.after.cents}); }
};

struct Owners : Balances {
  static constexpr auto name = "owners";
};

class SmallBranch {
 public:
  [[nodiscard]] static es::Model model() {
    return {{es::aggregate<Account>("1")}, {es::projection<Balances>(), es::projection<Owners>()}};
  }
  [[nodiscard]] es::Store open(es::FileLogOptions::Mode mode = es::FileLogOptions::Mode::read_write) {
    es::StoreOptions options{};
    options.clock = &clock;
    options.snapshots = false;
    options.log.mode = mode;
    options.log.segment_bytes_max = 4096;
    options.log.prepared_bytes = 0;
    options.log.background_work = false;
    return must(es::Store::open(directory, model(), options));
  }
  /// Opens an account and pays into it; so many events in all.
  void fill(es::Store& store, int events, const std::string& owner = "ada") {
    REQUIRE(store.execute<Account>(owner, Open{owner}));
    for (int i = 1; i < events; ++i) {
      clock.advance_seconds(1);
      REQUIRE(store.execute<Account>(owner, Deposit{1}));
    }
  }
  void fill(int events) {
    auto store = open();
    fill(store, events);
    REQUIRE(store.close());
  }
  [[nodiscard]] std::string file(const std::string& name) const { return folder.file(name); }

  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  es::PosixFileSystem files{};
  const std::string directory = folder.file("store");
};

/// A callback that keeps every row that it is given.
template <class Row> struct Rows {
  std::vector<Row> all{};
  es::Result<void> operator()(const Row& row) {
    all.push_back(row);
    return {};
  }
};

/// A callback that takes no row.
inline constexpr auto full = [](const auto&) -> es::Result<void> {
  return es::failure(es::Errc::out_of_space, "write", "rows");
};

}  // namespace bank
