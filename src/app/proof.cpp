#include <eventstore/app/proof.hpp>

#include "proof_form.hpp"

namespace eventstore::app {
namespace {

constexpr auto proven_statement = "the event is part of the history that the kept digest stands for";
constexpr auto agrees_statement =
    "the proof agrees with itself, and proves nothing until its chain_head is found equal to a digest kept elsewhere: "
    "give the kept digest with --chain-head";

ProvenEventSummary summary_of(const RecordedEvent& event) {
  return {std::string{event.stream},       event.version.value, std::string{event.type}, event.id.uuid,
          std::string{event.organization}, event.created_at,    event.recorded_at};
}

}  // namespace

Result<Proof> prove(FileSystem& files, const std::string& directory, const Prove& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto proof,
                        eventstore::prove(files, directory, Position{parameters.position}, !parameters.digest_only));
  return described(proof);
}

Result<ProofVerdict> check_proof(const CheckProof& parameters) {
  std::optional<Digest> kept_head;
  if (!parameters.chain_head.empty()) {
    EVENTSTORE_TRY_ASSIGN(kept_head, Digest::parse(parameters.chain_head));
  }
  if (parameters.proof.size() > proof_bytes_max)
    return failure(Errc::invalid_argument, "read proof", {}, "the text is longer than any proof of an event");
  EVENTSTORE_TRY_ASSIGN(const auto proof, parse_proof(parameters.proof));
  EVENTSTORE_TRY_ASSIGN(const auto check, eventstore::check_proof(proof, kept_head));
  ProofVerdict verdict{kept_head.has_value(),
                       proof.position.value,
                       proof.store_id,
                       proof.leaf.to_string(),
                       check.kept.digest.to_string(),
                       {},
                       kept_head ? proven_statement : agrees_statement};
  if (proof.event) {
    EVENTSTORE_TRY_ASSIGN(const auto event, event_of(proof));
    verdict.event = summary_of(event);
  }
  return verdict;
}

}  // namespace eventstore::app
