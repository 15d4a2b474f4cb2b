#pragma once
// A store of a bank in a folder of its own, and event lines for it.
#include <eventstore/app/line_source.hpp>
#include <eventstore/app/store.hpp>

#include <fstream>

#include "bank_store.hpp"

namespace bank {

namespace app = es::app;
using es::Errc;

struct Branch {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  const es::Model model{{es::aggregate<Account>("1")}};

  [[nodiscard]] es::Store open() const {
    es::StoreOptions options{};
    options.clock = &clock;
    return must(es::Store::open(folder.file("store"), model, options));
  }
  /// Writes the file; lines of it.
  [[nodiscard]] app::LineSource source(const std::string& text) const {
    std::ofstream{folder.file("lines"), std::ios::binary} << text;
    return must(app::LineSource::open(folder.file("lines")));
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file{folder.file(name), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
};

/// AccountOpened or MoneyDeposited of account-`key`, with its line end; version 0 claims none.
inline std::string line(const std::string& key, int version, const std::string& type = "MoneyDeposited",
                        const std::string& data = R"({"cents":5})") {
  return R"({"aggregate_type":"account","aggregate_id":")" + key + R"(","event_type":")" + type + R"(","event_data":)" +
         data + (version == 0 ? "" : R"(,"version":)" + std::to_string(version)) +
         R"(,"created_at":"2026-01-27T10:30:00Z"})" + "\n";
}
inline std::string opened(const std::string& key) { return line(key, 1, "AccountOpened", R"({"owner":"ada"})"); }

}  // namespace bank
