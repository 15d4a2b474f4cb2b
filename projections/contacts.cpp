// `contacts`: one document a contact, also once it is deleted.
#include <aggregates/contact/contact.hpp>
#include <projections/common/contact_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/contacts.hpp>

namespace domain {
namespace {

struct Contacts : ShownDocuments<Contact, ContactDocument> {
  static constexpr auto name = "contacts";
  // Not unique: a duplicate in an imported history must not stop the projection.
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"phone"})}; }
};

}  // namespace

eventstore::ProjectionType contacts_projection() { return eventstore::projection<Contacts>(source_hash::contacts); }

}  // namespace domain
