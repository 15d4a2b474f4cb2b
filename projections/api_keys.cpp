// `api_keys`: one document a key that was issued, without its hash.
#include <aggregates/api_key/api_key.hpp>
#include <projections/common/api_key_document.hpp>
#include <projections/projections.hpp>
#include <source_hash/api_keys.hpp>

namespace domain {
namespace {

struct ApiKeys : ShownDocuments<ApiKey, ApiKeyDocument> {
  static constexpr auto name = "api_keys";
  static std::vector<eventstore::Index> indexes() {
    return {eventstore::index_on({"key_prefix"}), eventstore::index_on({"is_active"})};
  }
};

}  // namespace

eventstore::ProjectionType api_keys_projection() { return eventstore::projection<ApiKeys>(source_hash::api_keys); }

}  // namespace domain
