// The commands of `keys`: the keys of personal data, and the master key that protects them.
#include <eventstore/app/keys.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> key_status(Call& call) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto found, app::keys_status(*store, call.bar("status", "events"), stop));
  return call.print(found);
}

Result<void> missing(Call& call) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto print = [&](const app::MissingKey& key) {
    call.fail();
    return call.print(key);
  };
  return app::list_missing_keys(*store, print, call.bar("missing", "events"), stop);
}

Result<void> rotate(Call& call, const app::RotateKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write_existing));
  EVENTSTORE_TRY_ASSIGN(const auto done, app::rotate_keys(*store, parameters));
  call.changed("the keys were protected anew");
  EVENTSTORE_TRY(call.print(done));
  call.note(
      parameters.to.empty()
          ? "the master key is a new one: copy it to where the copy of the old one is, and keep the old one as long "
            "as backups of the key store that need it"
          : "from now on the store opens by the new master key: name it by EVENTSTORE_MASTER_KEY_FILE; backups of "
            "the key store from before need the old one");
  return {};
}

Result<void> back_up(Call& call, const app::BackUpKeys& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto done, app::back_up_keys(*store, parameters));
  return call.print(done);
}

}  // namespace

void add_keys(CommandGroup& commands) {
  auto keys = commands.group("keys", "Look after the keys of personal data");
  keys.add("status", "Show where the keys and their master key are", key_status);
  keys.add("missing", "List the keys that the key store has lost, and whose they were", missing);
  keys.add("rotate", "Protect the keys by another master key", rotate);
  keys.add("backup", "Copy the key store to a file", back_up, {.arguments = {"file"}});
}

}  // namespace eventstore::cli
