// `recordings`: one document a recording that was stored, also once its audio is deleted.
#include <aggregates/recording/recording.hpp>
#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/recordings.hpp>

namespace domain {
namespace {

namespace es = eventstore;

struct Recordings : ShownDocuments<Recording, RecordingDocument> {
  static constexpr auto name = "recordings";
  static constexpr int keep_days = 365;
  static constexpr auto keep_since = &RecordingDocument::createdAt;
  // The key of a recording is its call's, so call_log_id is unique in every history.
  static std::vector<es::Index> indexes() {
    return {es::unique_index_on({"call_log_id"}), es::index_on({"delivery_id"}), es::index_on({"processing_status"}),
            es::index_on({"transcription.confidence"}), es::index_on({"createdAt"})};
  }
};

}  // namespace

es::ProjectionType recordings_projection() { return es::projection<Recordings>(source_hash::recordings); }

}  // namespace domain
