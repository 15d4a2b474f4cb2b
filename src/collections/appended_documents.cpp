#include <eventstore/collections/appended_documents.hpp>

namespace eventstore {
inline namespace v1 {

void AppendedDocuments::begin(const Uuid& id, std::string_view key, std::string_view organization) {
  if (!places_.empty() && places_.back().id == id) {
    memory_.resize(places_.back().begin);
    places_.pop_back();
  }
  places_.push_back(
      {id, memory_.size(), static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(organization.size()), 0});
  for (const auto part : {as_bytes(key), as_bytes(organization)})
    memory_.insert(memory_.end(), part.begin(), part.end());
}

void AppendedDocuments::add(const Uuid& id, std::string_view key, std::string_view organization, BytesView document) {
  add(id, key, organization, [document](Bytes& out) { out.insert(out.end(), document.begin(), document.end()); });
}

AppendedDocuments::Document AppendedDocuments::operator[](std::size_t index) const {
  const auto& place = places_[index];
  const BytesView all{memory_};
  return {place.id, as_text(all.subspan(place.begin, place.key)),
          as_text(all.subspan(place.begin + place.key, place.organization)),
          all.subspan(document_begin(place), place.document)};
}

void AppendedDocuments::clear() {
  memory_.clear();
  places_.clear();
}

void AppendedDocuments::reserve_as(const AppendedDocuments& other) {
  memory_.reserve(other.memory_.size());
  places_.reserve(other.places_.size());
}

}  // namespace v1
}  // namespace eventstore
