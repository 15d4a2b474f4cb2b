#include <eventstore/app/seal.hpp>
#include <eventstore/file_log/seals.hpp>

namespace eventstore::app {

Result<Sealed> seal(FileSystem& files, const std::string& directory, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto made, make_missing_seals(files, directory, stop));
  Sealed sealed{made.made, made.head.segment, made.head.covered_to.value, {}};
  if (made.head.segment > 0) sealed.chain_head = made.head.digest.to_string();
  return sealed;
}

}  // namespace eventstore::app
