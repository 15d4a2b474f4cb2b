#include <eventstore/history/compare_folds.hpp>

#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/os/detail/threads.hpp>

#include <algorithm>

#include "fold_race.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// The streams of a category under all of its names, some at a time, and what was found of them. Threads: any.
class Races {
 public:
  Races(const EventLog& log, const detail::FoldPair& folds, const CompareFoldsOptions& options)
      : log_{log}, folds_{folds}, options_{options} {
    for (const auto* const type : {&folds.older, &folds.newer}) {
      add_category(type->category);
      for (const auto& former : type->former_categories) add_category(former);
    }
  }

  // Until there are no more streams, or another thread has met an error.
  void run() {
    FoldRace race{log_, schemas_, folds_};
    for (;;) {
      const auto some = next();
      if (some.empty()) return;
      for (const auto& each : some) {
        if (options_.stop.stop_requested()) return end(true);
        auto outcome = race.run(StreamId::trusted(each.stream));
        if (!outcome) return end(std::move(outcome.error()));
        add(std::move(*outcome));
      }
      tell();
    }
  }
  void end(Error error) {
    const std::lock_guard lock{mutex_};
    if (!error_) error_ = std::move(error);
    has_ended_ = true;
  }
  Result<FoldComparison> take() && {
    if (error_) return failure(std::move(*error_));
    return std::move(found_);
  }

 private:
  void add_category(const std::string& name) {
    if (std::ranges::find(categories_, name) == categories_.end()) categories_.push_back(name);
  }
  void end(bool stopped) {
    const std::lock_guard lock{mutex_};
    found_.stopped = stopped;
    has_ended_ = true;
  }
  std::vector<StreamInfo> next() {
    constexpr std::size_t streams_at_once = 32;
    const std::lock_guard lock{mutex_};
    while (!has_ended_ && category_ < categories_.size()) {
      auto some = log_.streams(categories_[category_], after_, streams_at_once);
      if (!some) {
        error_ = std::move(some.error());
        has_ended_ = true;
        break;
      }
      if (!some->empty()) {
        after_ = some->back().stream;
        return std::move(*some);
      }
      ++category_;
      after_.clear();
    }
    return {};
  }
  void add(FoldRace::Outcome outcome) {
    const std::lock_guard lock{mutex_};
    ++found_.streams;
    found_.events += outcome.events;
    if (outcome.left_out && ++found_.left_out == 1) found_.left_out_reason = std::move(outcome.left_out);
    if (!outcome.difference) return;
    ++found_.differing;
    auto& examples = found_.examples;
    const auto place = std::ranges::lower_bound(examples, outcome.difference->stream, {}, &FoldDifference::stream);
    examples.insert(place, std::move(*outcome.difference));
    if (examples.size() > options_.examples_max) examples.pop_back();
  }
  void tell() {
    const std::lock_guard lock{mutex_};
    if (options_.on_progress) options_.on_progress({found_.streams, found_.events});
  }

  const EventLog& log_;
  const detail::FoldPair& folds_;
  const CompareFoldsOptions& options_;
  const SchemaReader schemas_{log_};
  std::vector<std::string> categories_{};
  Mutex mutex_;  // guards everything below
  std::size_t category_ = 0;
  std::string after_{};
  FoldComparison found_{};
  std::optional<Error> error_{};
  bool has_ended_ = false;
};

}  // namespace

Result<FoldComparison> detail::compare_folds(const EventLog& log, const FoldPair& folds,
                                             const CompareFoldsOptions& options) {
  return guarded("compare folds", folds.older.category, [&]() -> Result<FoldComparison> {
    Races races{log, folds, options};
    const auto work = [&races, &folds] {
      const auto done = guarded("compare folds", folds.older.category, [&]() -> Result<void> {
        races.run();
        return {};
      });
      if (!done) races.end(done.error());
    };
    {
      std::vector<Thread> threads;
      for (unsigned others = (options.threads == 0 ? hardware_threads() : options.threads); others > 1; --others)
        threads.emplace_back(work);
      work();
    }
    return std::move(races).take();
  });
}

}  // namespace v1
}  // namespace eventstore
