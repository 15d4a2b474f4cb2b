// Lets a run be stopped, also within a batch or an index, and told of.
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

void ProjectionWorker::tell(const Progress& progress, double part) const {
  if (options_.on_progress) options_.on_progress({progress.done, progress.total, part});
}

// Lets the collections' work end early, and what the caller's function throws within it leave after it.
Result<void> ProjectionWorker::supervised(const std::stop_token& stop, const std::function<void(double)>& on_indexes,
                                          FunctionRef<Result<void>()> work) {
  // A batch that is nearly written may end: some hundred looks are some hundredths of a second.
  constexpr int looks_of_patience = 250;
  struct EndWatch {
    ~EndWatch() { collections.watch({}); }
    Collections& collections;
  };
  std::exception_ptr thrown;
  Result<void> done{};
  {
    const EndWatch end{collections_};
    collections_.watch({[&, looks = on_indexes ? looks_of_patience : 0]() mutable {
                          return thrown != nullptr || (stop.stop_requested() && ++looks > looks_of_patience);
                        },
                        [&](double part) {
                          try {
                            if (on_indexes) on_indexes(part);
                          } catch (...) {
                            thrown = std::current_exception();
                          }
                        }});
    done = work();
  }
  if (thrown) std::rethrow_exception(thrown);
  return done;
}

Result<void> ProjectionWorker::make_indexes(Progress& progress, std::size_t collections, const std::stop_token& stop,
                                            FunctionRef<Result<void>(std::size_t)> make) {
  std::size_t made = 0;
  const auto on_indexes = [&](double part) {
    tell(progress, progress.part((static_cast<double>(made) + part) / static_cast<double>(collections)));
  };
  for (; made < collections; ++made) {
    auto done = supervised(stop, on_indexes, [&] { return make(made); });
    if (done) continue;
    if (done.error().code != Errc::stopped) return done;
    progress.report.stopped = true;
    return {};
  }
  return {};
}

}  // namespace v1
}  // namespace eventstore
