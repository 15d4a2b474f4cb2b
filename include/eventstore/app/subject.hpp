#pragma once
// A person: everything that is stored about them, and their erasure.
#include <eventstore/app/caller.hpp>
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <stop_token>

namespace eventstore::app {

struct EraseSubject {
  EVENTSTORE_FIELDS(EraseSubject, (std::string, subject, , help("Id of the person, as the domain has it")),
                    (Caller, caller, , flattened));
};

/// An event with values about the person that an older build wrote in clear: no key protects them.
struct ClearEventFound {
  EVENTSTORE_FIELDS(ClearEventFound, (std::string, stream), (std::uint64_t, version), (std::uint64_t, position),
                    (std::string, event_type), (std::vector<std::string>, fields));
};

/// `lost_keys` of the person were missing in the key store: what they encrypt was given up. `left` names collections
/// that may still have values of the person, and what to do; the erasure is not finished then.
struct ErasedSubject {
  EVENTSTORE_FIELDS(ErasedSubject, (std::string, subject), (std::string, organization_id), (Timestamp, erased_at),
                    (bool, already_erased), (std::uint64_t, streams), (std::uint64_t, events),
                    (std::uint64_t, clear_events), (std::uint64_t, lost_keys), (std::optional<std::string>, left));
};

/// Erases the person: destroys their key, records that, and makes everything again that was made of their data. A
/// person whose key is missing is given up likewise: from then on their values read as erased. The steps are durable
/// one by one; a process that ends in between is followed by the next opening of the store, which goes on. A second
/// call finds what is left to do. `on_clear` gets each event whose values stay readable, because an older build wrote
/// them in clear: they go only with their segments. Errors: not_found, where nothing is stored about the person;
/// read_only; stopped, before anything was changed; those of the log, the key store and the collections, after which
/// the store's next opening, or another call, goes on. Cost: reads the log twice; writes the collections anew. Threads:
/// no other thread may use the store's collections during the call.
Result<ErasedSubject> erase_subject(Store& store, const EraseSubject& parameters,
                                    FunctionRef<Result<void>(const ClearEventFound&)> on_clear,
                                    const OnProgress& on_progress = {}, const std::stop_token& stop = {});

/// Does what began before and did not end: destroys keys again that a copy of the key store brought back, and those
/// that an erasure had still to destroy, records erasures whose key was destroyed, and makes again what was made of
/// erased data; what the collections do not allow now, as while another process works on them, is left to the next
/// call. Gives a sentence that says what is left and what to do; empty: nothing. Store::open calls it for a store that
/// is open for writing. Errors: those of the log and of the key store. Cost: one look, where there is nothing to do;
/// otherwise as erase_subject.
Result<std::string> finish_erasures(Store& store);

/// The same for a store that is open for reading, as far as it goes: removes snapshots, and makes documents again. An
/// erasure that needs more, as the release of claims, stays unfinished until an opening for writing. Errors: those of
/// the log. Cost: as above.
Result<std::string> finish_documents(Store& store);

struct ExportSubject {
  EVENTSTORE_FIELDS(ExportSubject, (std::string, subject, , help("Id of the person, as the domain has it")),
                    (std::string, organization_id, "default", help("Organization that the person belongs to")));
};

/// Calls `on_line` with everything that is stored about the person, as JSON: first the events with values about them,
/// in the order of the log and in the line format, then the states of the streams that are about them. Secrets are
/// "sealed". Errors: not_found, where nothing is stored about the person; stopped; those of the log and of `on_line`.
/// Cost: reads the log once.
Result<void> export_subject(const Store& store, const ExportSubject& parameters,
                            FunctionRef<Result<void>(std::string_view json)> on_line,
                            const OnProgress& on_progress = {}, const std::stop_token& stop = {});

}  // namespace eventstore::app
