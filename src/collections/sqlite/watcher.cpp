#include "watcher.hpp"

#include <algorithm>

namespace eventstore::engine::sqlite {
namespace {

constexpr int steps_a_look = 2000;          // of SQLite's machine: some ten thousand of them are a millisecond
constexpr double steps_a_row_indexed = 20;  // about: a loop that reads and sorts, and one that writes

}  // namespace

void Watcher::watch(sqlite3* connection, WorkWatch watch) {
  watch_ = std::move(watch);
  const bool is_needed = watch_.is_stopped || watch_.on_indexes;
  sqlite3_progress_handler(connection, is_needed ? steps_a_look : 0, is_needed ? &Watcher::look : nullptr, this);
}

int Watcher::look(void* watcher) {
  auto& self = *static_cast<Watcher*>(watcher);
  ++self.looks_;
  self.tell();
  return self.watch_.is_stopped && self.watch_.is_stopped() ? 1 : 0;
}

void Watcher::begin(std::size_t count) {
  indexes_ = count;
  made_ = 0;
  looks_expected_ = 0;
}

void Watcher::next(std::uint64_t rows) {
  if (looks_expected_ != 0) ++made_;
  looks_ = 0;
  looks_expected_ = 1 + static_cast<double>(rows) * steps_a_row_indexed / steps_a_look;
  tell();
}

void Watcher::end() {
  made_ = indexes_;
  looks_ = 0;
  tell();
  indexes_ = 0;
}

void Watcher::tell() const {
  if (!watch_.on_indexes || indexes_ == 0) return;
  const double part = looks_expected_ == 0 ? 0 : std::min(looks_ / looks_expected_, 1.0);
  watch_.on_indexes(std::min((static_cast<double>(made_) + part) / static_cast<double>(indexes_), 1.0));
}

}  // namespace eventstore::engine::sqlite
