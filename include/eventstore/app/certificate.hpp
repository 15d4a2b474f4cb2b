#pragma once
// The certificate of a collection of a store: what it was made of, and whether its documents are as its workers left
// them.
#include <eventstore/collections/collections.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <string>
#include <vector>

namespace eventstore::app {

struct TypeFolded {
  EVENTSTORE_FIELDS(TypeFolded, (std::string, category), (std::string, event_type), (std::uint64_t, events));
};

/// `digest` is that of the documents as they are now, absent where their place cannot list them. `events` and `types`
/// are absent where a build without certificates has folded a part. Counts of 0 are left out, but for `events`.
struct ProjectionCertificate {
  EVENTSTORE_FIELDS(ProjectionCertificate, (std::uint64_t, first), (std::uint64_t, last),
                    (std::optional<std::uint64_t>, events), (std::optional<std::string>, digest),
                    (std::optional<std::vector<TypeFolded>>, types), (std::optional<std::uint64_t>, missed),
                    (std::optional<std::uint64_t>, passed_over), (std::optional<std::uint64_t>, set_aside),
                    (std::optional<std::uint64_t>, dropped), (std::optional<std::string>, note));
};

/// The certificate of the collection `shape.name`, whose digest is made anew. Where another one was kept, `note` says
/// so. Errors: as Collections::certificate and compute_digest. Threads: no other one uses `collections` meanwhile.
/// Cost: reads the collection once.
Result<ProjectionCertificate> certificate_of(Collections& collections, const CollectionShape& shape);

}  // namespace eventstore::app
