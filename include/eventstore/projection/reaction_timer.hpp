#pragma once
// What a timer of a reaction keeps, for whoever reads it: kept_json says in which form.
#include <eventstore/projection/reaction_record.hpp>
#include <eventstore/security/encrypted_texts.hpp>

namespace eventstore {
inline namespace v1 {

/// The place of the timer's data, for opened_json. `notes` is the stream of the reaction.
TextPlace place_of_timer(const StreamId& notes, const ReactionTimer& timer);

}  // namespace v1
}  // namespace eventstore
