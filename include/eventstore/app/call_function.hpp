#pragma once
// The named functions of a domain: a question to its collections, or a fact to be recorded.
#include <eventstore/app/caller.hpp>
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct CallFunction {
  EVENTSTORE_FIELDS(CallFunction, (std::string, name, , help("Name of the function")),
                    (std::optional<Timestamp>, now, ,
                     help("Present time for the function, in RFC 3339; a day is its start in UTC")),
                    (std::optional<Uuid>, command_id, ,
                     help("UUID of the call: a second `record` with the same UUID appends nothing, and has the same "
                          "result")),
                    (Caller, caller, , flattened));
};

/// The last row of a list with a further page: the cursor of that page.
struct NextPage {
  EVENTSTORE_FIELDS(NextPage, (std::string, next_cursor));
};

/// The function of that name that records, or that asks. Errors: not_found, naming those of the model, or the command
/// that runs it where it is of the other kind. Lifetime: the model's.
Result<const Function*> find_function(const Model& model, std::string_view name, bool recording);

/// Runs the function for the caller's organization; `arguments` are the bytes of the function's parameters. A function
/// that records needs a store that is open for writing, and `projected` is that of its last append. Errors: those of
/// the function; of the collections' file; invalid_argument for the id of a call that asks.
Result<Answer> call_function(Store& store, const Function& function, const CallFunction& parameters,
                             BytesView arguments);

}  // namespace eventstore::app
