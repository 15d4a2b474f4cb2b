#include <functions/calls.hpp>
#include <functions/documents.hpp>
#include <functions/snippet.hpp>

#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

es::Result<es::PageOf<FoundTranscript>> search_transcripts(const es::AskContext& context,
                                                           const SearchTranscripts& parameters) {
  using D = TranscriptDocument;
  if (parameters.limit < 0 || parameters.limit > 1'000)
    return es::failure(es::Errc::invalid_argument, "search_transcripts", "limit", "expected 0 to 1000");
  static const es::ProjectionType type = transcripts_projection();
  EVENTSTORE_TRY_ASSIGN(const auto transcripts, documents_of<D>(context, type));
  es::PageOf<FoundTranscript> answer{};
  if (parameters.limit == 0) return answer;
  EVENTSTORE_TRY_ASSIGN(auto page, (transcripts.where_words<&D::text>(parameters.query)
                                        .newest<&D::createdAt>(static_cast<std::size_t>(parameters.limit),
                                                               parameters.cursor.value_or(""))));
  for (auto& document : page.documents) {
    auto snippet = snippet_of(document.text, parameters.query);
    answer.documents.push_back(
        {std::move(document.call_id), std::move(document.text), std::move(snippet), document.createdAt});
  }
  answer.next_cursor = std::move(page.next_cursor);
  return answer;
}

}  // namespace domain
