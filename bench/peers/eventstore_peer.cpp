#include <bench/peers/eventstore_peer.hpp>

#include <eventstore/file_log/file_log.hpp>
#include <stdexcept>

namespace bench {
namespace {

namespace es = eventstore;

template <class T> T value_of(es::Result<T> result) {
  if (!result) throw std::runtime_error{result.error().message()};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Seen seen_of(const es::RecordedEvent& event) {
  return {event.stream, event.version.value, event.position.value, event.type, event.metadata, event.data};
}

// A commit whose memory is used again: streams are assigned over, so that their names are copied, not allocated.
class CommitBuffer {
 public:
  es::Commit of(const Batch& batch, Sync sync) {
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
      const auto& event = batch.events[i];
      if (i == events_.size()) events_.push_back(es::NewEvent{.stream = *event.stream, .organization = "default"});
      auto& to = events_[i];
      to.stream = *event.stream;
      to.id = es::EventId{event.id};
      to.type = event.type;
      to.created_at = es::Timestamp{event.created_at};
      to.metadata = event.metadata;
      to.data = event.data;
    }
    for (std::size_t i = 0; i < batch.expected.size(); ++i) {
      const auto& expected = batch.expected[i];
      const auto version = es::ExpectedVersion::exactly(es::Version{expected.before});
      if (i == expectations_.size()) expectations_.push_back({*expected.stream, version});
      expectations_[i].stream = *expected.stream;
      expectations_[i].version = version;
    }
    return {.events = std::span{events_}.first(batch.events.size()),
            .expectations = std::span{expectations_}.first(batch.expected.size()),
            .durability = sync == Sync::every_append ? es::Durability::every_commit : es::Durability::on_close};
  }

 private:
  std::vector<es::NewEvent> events_;
  std::vector<es::Expectation> expectations_;
};

// A visitor of ours that hands each event to the benchmark.
auto handing_to(Visit visit) {
  return [visit](const es::RecordedEvent& event) {
    visit(seen_of(event));
    return true;
  };
}

}  // namespace

struct EventstorePeer::Store {
  es::PosixFileSystem files;
  es::SystemClock clock;
  std::unique_ptr<es::FileLog> log;
};

EventstorePeer::EventstorePeer(const std::filesystem::path& directory, Appends) : store_{std::make_unique<Store>()} {
  store_->log = value_of(es::FileLog::open(store_->files, store_->clock, directory.string()));
}

EventstorePeer::~EventstorePeer() = default;

bool EventstorePeer::append(const Batch& batch, Sync sync) {
  thread_local CommitBuffer buffer;
  auto receipt = store_->log->append(buffer.of(batch, sync));
  if (!receipt && receipt.error().code == es::Errc::wrong_version) return false;
  return !value_of(std::move(receipt)).already_there;
}

void EventstorePeer::sync() {
  value_of(store_->log->sync());
  value_of(store_->log->settle());  // the index files count as written too
}

void EventstorePeer::settle() { value_of(store_->log->close()); }

void EventstorePeer::Reader::read_stream(const StreamId& stream, Visit visit) const {
  value_of(peer_.store_->log->visit_stream(stream, {.limit = es::no_limit}, handing_to(visit)));
}

void EventstorePeer::Reader::scan(Visit visit) const {
  value_of(peer_.store_->log->visit_all({.limit = es::no_limit}, handing_to(visit)));
}

void EventstorePeer::Reader::scan_filtered(std::string_view type, Visit visit) const {
  value_of(
      peer_.store_->log->visit_all({.limit = es::no_limit, .filter = {.type = std::string{type}}}, handing_to(visit)));
}

}  // namespace bench
