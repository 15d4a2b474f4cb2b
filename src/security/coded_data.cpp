#include "coded_data.hpp"

#include <eventstore/schema/detail/canonical_data.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::security {
namespace {

// Keeps these codes apart from those of nonces.
constexpr std::string_view line_value_form{"eventstore line value 1\0", 24};

std::string json_of(const Code& code) {
  std::string json{'"'};
  for (const auto byte : code) json += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return json + '"';
}

}  // namespace

Result<DataCoding> DataCoding::of(const ClearEvent& event) {
  DataCoding coding{event};
  if (event.schema == nullptr) return coding;
  EVENTSTORE_TRY_ASSIGN(const auto places, encrypted_places(*event.schema, event.event->data));
  for (const auto& place : places) {
    if (is_blank(place, event.event->data)) continue;
    const auto subject = coding.subject_of(place.subject.empty() ? event.subject : std::string_view{place.subject});
    coding.places_.push_back({place.offset, subject});
  }
  return coding;
}

std::size_t DataCoding::subject_of(std::string_view id) {
  const auto known = std::find(subjects_.begin(), subjects_.end(), id);
  const auto at = static_cast<std::size_t>(known - subjects_.begin());
  if (known == subjects_.end()) subjects_.emplace_back(id);
  return at;
}

void DataCoding::add_subjects(std::vector<Subject>& to) const {
  for (const auto& id : subjects_) to.push_back({std::string{event_.event->organization}, id});
}

CodedData DataCoding::run(std::span<const SubjectCipher> held) const {
  CodedData coded;
  coded.is_of_erased = std::ranges::any_of(held, [](const auto& each) { return each.cipher == nullptr; });
  if (coded.is_of_erased || event_.schema == nullptr) return coded;
  const auto stand_in = [&](std::size_t offset, std::string_view text) {
    const auto place = std::ranges::lower_bound(places_, offset, {}, &Place::offset);
    if (place == places_.end() || place->offset != offset) return std::string{};
    return json_of(held[place->subject].cipher->code({as_bytes(line_value_form), as_bytes(text)}));
  };
  write_canonical_data(event_.schema->type, event_.event->data, coded.text, stand_in);
  return coded;
}

}  // namespace eventstore::security
