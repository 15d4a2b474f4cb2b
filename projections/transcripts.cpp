// `transcripts`: one document a call with a transcript, for the search of what was said.
#include <aggregates/call/call.hpp>
#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/transcripts.hpp>

namespace domain {
namespace {

namespace es = eventstore;

struct Transcripts {
  static constexpr auto name = "transcripts";
  static constexpr int keep_days = 365;
  static constexpr auto keep_since = &TranscriptDocument::createdAt;
  using Document = TranscriptDocument;
  using reads = es::Reads<Call>;
  static constexpr bool passes_over_unknown = true;
  static constexpr auto keyed_by = es::KeyedBy::stream;
  // The key of a document is that of its call, so call_id is unique in every history.
  static std::vector<es::Index> indexes() { return {es::unique_index_on({"call_id"}), es::full_text_on("text")}; }

  static void project(const es::Change<Call>& change, es::Operations<Document>& to) {
    const auto& state = change.after;
    if (!state.transcript || !state.transcription) return;
    to.put(change.key, {.call_id = std::string{change.key},
                        .campaign_id = state.campaign_id,
                        .delivery_id = state.delivery_id,
                        .text = *state.transcription,
                        .turns = state.transcript->turns,
                        .language = state.transcript->language,
                        .confidence = state.transcript->confidence,
                        .sentiment = state.ai_analysis ? state.ai_analysis->sentiment : std::nullopt,
                        .createdAt = state.transcript->transcribed_at});
  }
};

}  // namespace

es::ProjectionType transcripts_projection() { return es::projection<Transcripts>(source_hash::transcripts); }

}  // namespace domain
