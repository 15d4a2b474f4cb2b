#include "seal_files.hpp"

#include <charconv>

#include "../files/whole_file.hpp"

namespace eventstore::engine {
namespace {

Result<void> check_place(const Seal& seal, std::uint32_t number, const Uuid& store_id, const std::string& path) {
  if (seal.header.store_id == store_id && seal.header.number == number) return {};
  return failure(Errc::corrupt_record, "seal", path, "offset 0: the seal of another store or place");
}

}  // namespace

std::string SealFiles::path(std::uint32_t number) const { return store_.seal_path(number); }

Result<std::vector<std::uint32_t>> SealFiles::numbers() const {
  constexpr std::size_t digits = 16;
  EVENTSTORE_TRY_ASSIGN(const auto names, store_.files().list(store_.path("segments")));
  std::vector<std::uint32_t> numbers;
  for (const auto& name : names) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number, 16);
    if (error == std::errc{} && end == name.data() + digits && name.substr(digits) == ".seal")
      numbers.push_back(number);
  }
  return numbers;
}

Result<Seal> SealFiles::read(std::uint32_t number, const Uuid& store_id) const {
  EVENTSTORE_TRY_ASSIGN(const auto file, store_.files().open(path(number), OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, size));
  EVENTSTORE_TRY_ASSIGN(auto seal, decode_seal(bytes, path(number)));
  EVENTSTORE_TRY(check_place(seal, number, store_id, path(number)));
  return seal;
}

Result<Seal> SealFiles::read_header(std::uint32_t number, const Uuid& store_id) const {
  EVENTSTORE_TRY_ASSIGN(const auto file, store_.files().open(path(number), OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, sizeof(format::SealHeader)));
  EVENTSTORE_TRY_ASSIGN(auto seal, decode_seal_header(bytes, path(number)));
  EVENTSTORE_TRY(check_place(seal, number, store_id, path(number)));
  return seal;
}

Result<void> SealFiles::write(const Seal& seal) const {
  const auto number = static_cast<std::uint32_t>(seal.header.number);
  const auto bytes = encode(seal);
  auto written = write_new_file(store_.files(), path(number), bytes, OpenMode::create);
  if (written || written.error().code != Errc::not_found) return written;
  // Another process renamed the file that both wrote.
  EVENTSTORE_TRY_ASSIGN(const auto there, read(number, seal.header.store_id));
  return there.header.digest == seal.header.digest ? Result<void>{} : written;
}

}  // namespace eventstore::engine
