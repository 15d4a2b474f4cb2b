#include <eventstore/app/claims.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_claims(Call& call, const app::MakeClaims& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(parameters.check ? Access::read : Access::write));
  const auto on_finding = [&](const app::ClaimFinding& each) { return call.print(each); };
  EVENTSTORE_TRY_ASSIGN(const auto made, app::make_claims(*store, parameters, on_finding, call.bar("claims", "streams"),
                                                          Call::interruption()));
  EVENTSTORE_TRY(store->close());
  if (made.made + made.released != 0) call.changed("the claims were made");
  const auto findings = made.duplicates + made.missing + made.stale;
  if (findings != 0) call.fail();
  EVENTSTORE_TRY(call.flush());
  EVENTSTORE_TRY(call.print(made));
  EVENTSTORE_TRY(call.flush());
  if (made.duplicates != 0)
    call.note(fmt::format("{} unique {} that two streams have: change the value of one of them by a command",
                          made.duplicates, made.duplicates == 1 ? "value" : "values"));
  if (made.missing + made.stale != 0) call.note("`claims` without --check mends the missing and stale claims");
  return {};
}

}  // namespace

void add_claims(CommandGroup& commands) {
  commands.add("claims", "Claim the unique values that nobody has claimed yet, and list duplicates", run_claims);
}

}  // namespace eventstore::cli
