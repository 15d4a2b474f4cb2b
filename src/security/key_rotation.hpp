#pragma once
// Private to the layer: what is done with a whole key store. Contracts: SqliteKeyStore.
#include "opened_keys.hpp"

namespace eventstore::security {

Result<void> rotate(OpenedKeys& keys, const MasterKey& to);
Result<void> rotate_beside(OpenedKeys& keys);
Result<void> back_up(OpenedKeys& keys, const std::string& path);

}  // namespace eventstore::security
