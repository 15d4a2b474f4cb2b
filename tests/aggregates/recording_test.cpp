#include "support.hpp"

#include <aggregates/recording/recording.hpp>
#include <catch2/catch.hpp>

#include <limits>

namespace recording_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

const std::string url = "https://audio.example.org/1.mp3";
// given() has the stream `recording-given`.
const RecordingStored stored{"given", "d-1", url, 43, 688'000, "mp3"};
const StoreRecording store{"given", "d-1", url, 43, 688'000, "mp3"};
const RecordingTranscribed transcribed{"Leave it there.", 0.9, "en", 1.5};
const TranscribeRecording transcribe{"Leave it there.", 0.9, "en", 1.5};

const auto when_stored = given<Recording>(stored);
const auto when_processing = given<Recording>(stored, RecordingProcessingStarted{1});
const auto when_failed = given<Recording>(stored, RecordingProcessingStarted{1}, RecordingProcessingFailed{"no audio"});
const auto when_completed = given<Recording>(stored, RecordingProcessingStarted{1}, RecordingProcessingCompleted{});
const auto when_deleted = given<Recording>(stored, RecordingDeleted{});

// A history that goes on.
template <class History> History from(const History& history) { return history; }

}  // namespace

TEST_CASE("a recording is stored once under the key of its call", "[recording]") {
  CHECK(given<Recording>().when(store).is(stored));
  CHECK(when_stored.when(store).is_refused_with("already_exists"));
  const auto refused = [](auto change) {
    auto command = store;
    change(command);
    return given<Recording>().when(command);
  };
  CHECK(refused([](auto& c) { c.call_log_id = "2"; }).is_refused_with("wrong_key"));
  CHECK(refused([](auto& c) { c.call_log_id.reset(); }).is(stored));
  CHECK(refused([](auto& c) { c.audio_url.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.format.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.duration = -1; }).is_refused_with("bad_duration"));
  CHECK(refused([](auto& c) { c.file_size = -1; }).is_refused_with("bad_size"));
}

TEST_CASE("processing begins and ends and begins again after a failure", "[recording]") {
  CHECK(when_stored.when(StartRecordingProcessing{}).is(RecordingProcessingStarted{1}));
  CHECK(when_processing.when(StartRecordingProcessing{}).is_nothing());
  CHECK(when_processing.when(CompleteRecordingProcessing{}).is(RecordingProcessingCompleted{}));
  CHECK(when_processing.when(FailRecordingProcessing{"no audio"}).is(RecordingProcessingFailed{"no audio"}));
  CHECK(when_failed.state().error_message == "no audio");
  CHECK(when_failed.when(StartRecordingProcessing{}).is(RecordingProcessingStarted{2}));
  const auto again = when_failed.when(StartRecordingProcessing{}).state();
  CHECK(again.processing_attempts == 2);
  CHECK(!again.error_message);
  CHECK(when_completed.when(StartRecordingProcessing{}).is_refused_with("wrong_status"));
  CHECK(when_completed.when(CompleteRecordingProcessing{}).is_nothing());
  CHECK(when_failed.when(FailRecordingProcessing{"no audio"}).is_nothing());
  CHECK(when_stored.when(CompleteRecordingProcessing{}).is_refused_with("wrong_status"));
  CHECK(when_completed.when(FailRecordingProcessing{"late"}).is_refused_with("wrong_status"));
  CHECK(when_processing.when(FailRecordingProcessing{""}).is_refused_with("empty_text"));
}

TEST_CASE("a recording is transcribed and analyzed while it is processed", "[recording]") {
  CHECK(when_processing.when(transcribe).is(transcribed));
  CHECK(from(when_processing).and_then(transcribed).when(transcribe).is_nothing());
  CHECK(when_stored.when(transcribe).is_refused_with("wrong_status"));
  const auto refused = [](auto change) {
    auto command = transcribe;
    change(command);
    return when_processing.when(command);
  };
  CHECK(refused([](auto& c) { c.text.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.confidence = 1.5; }).is_refused_with("bad_confidence"));
  CHECK(refused([](auto& c) {
          c.confidence = std::numeric_limits<double>::quiet_NaN();
        }).is_refused_with("bad_confidence"));
  CHECK(refused([](auto& c) { c.processing_time = -1; }).is_refused_with("bad_duration"));

  AnalyzeRecording analysis{};
  CHECK(when_processing.when(analysis).is_refused_with("nothing_to_record"));
  analysis.sentiment = Sentiment::positive;
  analysis.entities = std::vector<RecordedEntity>{{"person", "Ana", 0.5}};
  CHECK(when_processing.when(analysis).state().ai_analysis->entities->size() == 1);
  CHECK(when_stored.when(analysis).is_refused_with("wrong_status"));
  RecordingAnalyzed found{};
  found.sentiment = analysis.sentiment;
  found.entities = analysis.entities;
  CHECK(from(when_processing).and_then(found).when(analysis).is_nothing());
}

TEST_CASE("each access is counted", "[recording]") {
  const auto once = from(when_stored).at(second(9)).when(AccessRecording{});
  CHECK(once.is(RecordingAccessed{}));
  CHECK(once.state().access_count == 1);
  CHECK(once.state().last_accessed_at == second(9));
  CHECK(from(when_stored).and_then(RecordingAccessed{}).when(AccessRecording{}).state().access_count == 2);
}

TEST_CASE("a deleted recording has no audio and takes no command", "[recording]") {
  CHECK(when_stored.when(DeleteRecording{"old"}).is(RecordingDeleted{"old"}));
  CHECK(when_deleted.state().audio_url.empty());
  CHECK(when_deleted.when(DeleteRecording{}).is_nothing());
  CHECK(when_deleted.when(AccessRecording{}).is_refused_with("wrong_status"));
  CHECK(when_deleted.when(StartRecordingProcessing{}).is_refused_with("wrong_status"));
  CHECK(given<Recording>(stored, RecordingProcessingStarted{1}, RecordingDeleted{})
            .when(transcribe)
            .is_refused_with("wrong_status"));
}

TEST_CASE("history of a recording may begin with anything", "[recording]") {
  const auto early = history<Recording>(RecordingProcessingStarted{1}, transcribed, RecordingAccessed{}, stored);
  CHECK(is_stored(early));
  CHECK(early.processing_status == ProcessingStatus::processing);
  CHECK(early.transcription->text == "Leave it there.");
  CHECK(early.access_count == 1);
  auto again = stored;
  again.audio_url = "https://other.example.org";
  CHECK(history<Recording>(stored, again).audio_url == url);
  CHECK(history<Recording>(RecordingDeleted{}, stored).audio_url.empty());
  CHECK_FALSE(is_stored(history<Recording>(RecordingAccessed{})));
}

}  // namespace recording_test
