#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/bisect_category.hpp>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t page_streams = 128;
constexpr std::uint64_t pages_ahead_max = 64;  // of the page that is given next: results wait in memory
constexpr std::size_t found_max = 1024;        // of a page, before its turn comes
constexpr unsigned threads_max = 64;

// A part of the category's streams, and what was found in them since it was last given.
struct SearchPage {
  std::uint64_t number = 0;
  bool is_whole = true;  // otherwise more of it follows
  std::vector<StreamInfo> streams{};
  std::vector<FoundStep> found{};
  CategoryFound counts{};
  Result<void> done{};
};

// The names of the category, in the order of the streams that begin with them.
std::vector<std::string> names_of(const AggregateType& type) {
  auto names = type.former_categories;
  names.push_back(type.category);
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a + "-" < b + "-"; });
  return names;
}

// Pages are taken in the order of names, by any thread, and given in that order by one.
class Search {
 public:
  Search(const EventLog& log, const SchemaReader& schemas, const AggregateType& type, const CategorySearch& search)
      : log_{log}, schemas_{schemas}, type_{type}, search_{search}, categories_{names_of(type)} {}

  // Of a thread: works until nothing is left to be taken. Allocates only where running out of memory is an error.
  void work(PredicateCheck& check) {
    while (auto page = take()) {
      auto done = detail::guarded("bisect", type_.category, [&] { return search(*page, check); });
      if (!done) page->done = std::move(done);
      std::unique_lock lock{mutex_};
      if (!page->done) no_more_ = true;
      auto& place = place_of(page->number);
      changed_.wait(lock, [&] { return ended_ || !place; });  // a part of the page may stand there
      place = std::move(page);
      changed_.notify_all();
    }
    const std::lock_guard lock{mutex_};
    --workers_;
    changed_.notify_all();
  }
  // A thread is about to work; or it could not be started.
  void expect_worker() {
    const std::lock_guard lock{mutex_};
    ++workers_;
  }
  void lose_worker() {
    const std::lock_guard lock{mutex_};
    --workers_;
  }
  void end() {
    const std::lock_guard lock{mutex_};
    no_more_ = true;
    ended_ = true;
    changed_.notify_all();
  }

  Result<CategoryFound> give(FunctionRef<Result<void>(const FoundStep&)> on_found) {
    CategoryFound all;
    while (auto page = next_finished()) {
      all.streams += page->counts.streams;
      all.versions += page->counts.versions;
      all.expired += page->counts.expired;
      all.found += page->counts.found;
      for (const auto& one : page->found) EVENTSTORE_TRY(on_found(one));
      EVENTSTORE_TRY(std::move(page->done));
      if (search_.on_progress) search_.on_progress(all.streams);
    }
    return all;
  }

 private:
  // The next streams; none where all were taken.
  std::optional<SearchPage> take() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return no_more_ || taken_ < given_ + pages_ahead_max; });
    if (no_more_) return std::nullopt;
    SearchPage page{.number = taken_++};
    page.done = detail::guarded("bisect", type_.category, [&] { return read(page.streams); });
    if (!page.done) no_more_ = true;
    return page;
  }
  Result<void> read(std::vector<StreamInfo>& streams) {
    EVENTSTORE_TRY_ASSIGN(streams, log_.streams(categories_[category_], after_, page_streams));
    if (streams.size() == page_streams) {
      after_ = streams.back().stream;
    } else {
      after_.clear();
      no_more_ = ++category_ == categories_.size();
    }
    return {};
  }

  // The page whose turn it is, or the next part of it; none at the end.
  std::optional<SearchPage> next_finished() {
    std::unique_lock lock{mutex_};
    auto& place = place_of(given_);
    changed_.wait(lock, [&] { return place.has_value() || workers_ == 0; });
    if (!place) return std::nullopt;
    auto page = std::move(place);
    place.reset();
    if (page->is_whole) ++given_;
    changed_.notify_all();
    return page;
  }

  // Waits until it is the page's turn, and gives what was found so far. False where nobody takes it any more.
  bool give_part(SearchPage& page) {
    std::unique_lock lock{mutex_};
    auto& place = place_of(page.number);
    changed_.wait(lock, [&] { return ended_ || (given_ == page.number && !place); });
    if (ended_) return false;
    place = SearchPage{.number = page.number, .is_whole = false, .found = std::exchange(page.found, {})};
    changed_.notify_all();
    return true;
  }

  std::optional<SearchPage>& place_of(std::uint64_t number) { return finished_[number % pages_ahead_max]; }

  Result<void> search(SearchPage& page, PredicateCheck& check) {
    for (const auto& info : page.streams) {
      if (!search_.organization.empty() && info.organization != search_.organization) continue;
      EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(info.stream));
      ++page.counts.streams;
      bool holds = false;
      const auto keep = [&](const Step& step) {
        if (page.found.size() == found_max && !give_part(page)) return false;
        page.found.push_back(found_step(step));
        holds = true;
        return search_.all_versions;
      };
      auto asked = bisect(log_, schemas_, type_, stream, check, keep, search_.stop);
      if (holds) ++page.counts.found;
      if (asked)
        page.counts.versions += *asked;
      else if (asked.error().code == Errc::expired)
        ++page.counts.expired;
      else
        return failure_of(asked);
    }
    return {};
  }

  const EventLog& log_;
  const SchemaReader& schemas_;
  const AggregateType& type_;
  const CategorySearch& search_;
  const std::vector<std::string> categories_;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  // Guarded by mutex_:
  std::size_t category_ = 0;  // of the next page, whose streams follow after_
  std::string after_{};
  bool no_more_ = false;
  bool ended_ = false;  // nobody takes pages any more
  unsigned workers_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t given_ = 0;
  std::array<std::optional<SearchPage>, pages_ahead_max> finished_{};
};

// Threads that end with it, whatever ends first.
class Workers {
 public:
  Workers(Search& search, unsigned count, const Predicate& predicate, const SchemaReader& schemas) : search_{search} {
    threads_.reserve(count);
    for (unsigned i = 0; i < count; ++i) checks_.emplace_back(predicate, schemas);
    for (auto& check : checks_) {
      search_.expect_worker();
      try {
        threads_.emplace_back([this, &check] { search_.work(check); });
      } catch (const std::system_error&) {
        search_.lose_worker();
        if (threads_.empty()) throw;
        break;  // with the threads that there are
      }
    }
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() { search_.end(); }

 private:
  Search& search_;
  std::vector<PredicateCheck> checks_{};
  std::vector<std::jthread> threads_{};
};

unsigned threads_of(const CategorySearch& search) {
  const auto wanted = search.threads == 0 ? std::thread::hardware_concurrency() : search.threads;
  return std::clamp(wanted, 1U, threads_max);
}

}  // namespace

Result<CategoryFound> bisect_category(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                      const Predicate& predicate, const CategorySearch& search,
                                      FunctionRef<Result<void>(const FoundStep&)> on_found) {
  return detail::guarded("bisect", type.category, [&]() -> Result<CategoryFound> {
    Search shared{log, schemas, type, search};
    const Workers workers{shared, threads_of(search), predicate, schemas};
    return shared.give(on_found);
  });
}

}  // namespace v1
}  // namespace eventstore
