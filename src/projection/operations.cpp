#include <eventstore/projection/operations.hpp>

#include <algorithm>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

// About how many bytes a write holds: each sixteenth document is encoded to know it, without its large maps, which
// states and other documents share.
std::size_t mean_bytes(const std::vector<DocumentWrite>& writes) {
  constexpr std::size_t step = 16;
  constexpr std::size_t entries_max = 256;
  Bytes memory;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < writes.size(); i += step) {
    memory.clear();
    if (const auto& held = writes[i].held) held->encode_to(memory, held->large_maps(entries_max));
    bytes += sizeof(DocumentWrite) + writes[i].document.size() + memory.size();
  }
  return bytes / ((writes.size() + step - 1) / step);
}

}  // namespace

DocumentWrite* PendingDocuments::last_of(std::string_view key) {
  const auto place = last_.find(writes_, key);
  return place == detail::KeyPlaces::none ? nullptr : &writes_[place];
}

DocumentWrite& PendingDocuments::add(DocumentWrite::Kind kind, std::string_view key) {
  auto& write = writes_.emplace_back(DocumentWrite{kind, std::string{key}, organization_});
  last_.set(writes_, writes_.size() - 1);
  return write;
}

DocumentWrite& PendingDocuments::replace(DocumentWrite::Kind kind, std::string_view key) {
  auto* const write = last_of(key);
  if (write == nullptr) return add(kind, key);
  write->kind = kind;
  write->organization = organization_;
  write->fields.clear();
  write->further.clear();
  write->change.reset();
  return *write;
}

void PendingDocuments::patch(std::string_view key, std::vector<DocumentWrite::FieldValue> fields) {
  auto* const write = last_of(key);
  if (write == nullptr || write->kind != DocumentWrite::Kind::patch || write->organization != organization_) {
    add(DocumentWrite::Kind::patch, key).fields = std::move(fields);
    return;
  }
  for (auto& field : fields) {
    const auto same = std::find_if(write->fields.begin(), write->fields.end(),
                                   [&](const auto& known) { return known.column == field.column; });
    if (same == write->fields.end())
      write->fields.push_back(std::move(field));
    else
      same->value = std::move(field.value);
  }
}

PendingDocuments::Taken PendingDocuments::take(AppendedDocuments written) {
  last_.clear();
  if (!writes_.empty()) write_bytes_ = mean_bytes(writes_);
  written.clear();
  Taken taken{std::exchange(writes_, {}), std::exchange(appended_, std::move(written))};
  appended_.reserve_as(taken.appended);
  return taken;
}

}  // namespace v1
}  // namespace eventstore
