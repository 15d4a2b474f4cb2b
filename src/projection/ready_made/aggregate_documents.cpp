#include <eventstore/projection/ready_made/aggregate_documents.hpp>
#include <source_hash/ready_made_documents.hpp>

namespace eventstore {
inline namespace v1 {

std::string_view detail::aggregate_documents_hash() { return source_hash::ready_made_documents; }

}  // namespace v1
}  // namespace eventstore
