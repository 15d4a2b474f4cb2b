#include "proof_form.hpp"

#include <eventstore/schema/codec.hpp>

#include <fmt/format.h>

#include "hexadecimal.hpp"

namespace eventstore::app {
namespace {

constexpr std::string_view form = "eventstore inclusion 1";

tl::unexpected<Error> wrong(std::string_view field, std::string why) {
  return failure(Errc::invalid_argument, "read proof", std::string{field}, std::move(why));
}

ProofLink described(const SealLink& link) {
  return {link.segment, link.first.value, link.count, link.root.to_string()};
}

Result<Digest> digest_of(std::string_view field, std::string_view text) {
  auto digest = Digest::parse(text);
  if (!digest) digest.error().where = field;
  return digest;
}

Result<SealLink> link_of(std::string_view field, const ProofLink& link) {
  EVENTSTORE_TRY_ASSIGN(const auto root, digest_of(field, link.root));
  return SealLink{link.segment, Position{link.first_position}, link.count, root};
}

Result<Proof> read(std::string_view json) {
  JsonDocument document;
  EVENTSTORE_TRY_ASSIGN(const auto root, document.parse(json));
  if (root.kind() != JsonKind::object) return wrong("proof", "not a JSON object");
  const auto stated = root.find("proof");
  if (!stated) return wrong("proof", "the field is missing");
  if (stated->kind() != JsonKind::text || stated->text() != form)
    return wrong("proof", fmt::format("not a proof of the form \"{}\"", form));
  Bytes bytes;
  // A later version may have more members; a missing member of this version is an error.
  if (auto taken = json_to_bytes(schema_of<Proof>().type, root, bytes, stored_json); !taken) {
    taken.error().during = "read proof";
    return failure_of(taken);
  }
  return decode<Proof>(bytes);
}

}  // namespace

Proof described(const InclusionProof& proof) {
  Proof shown{};
  shown.proof = form;
  shown.store_id = proof.store_id;
  shown.position = proof.position.value;
  shown.leaf = proof.leaf.to_string();
  if (proof.event) shown.event = {proof.event->recorded_at.micros, hexadecimal(proof.event->record)};
  for (const auto& step : proof.path) shown.path.push_back(step.to_string());
  shown.sealed_in = described(proof.sealed_in);
  shown.previous = proof.previous.to_string();
  for (const auto& link : proof.later) shown.later.push_back(described(link));
  return shown;
}

Result<InclusionProof> parse_proof(std::string_view json) {
  EVENTSTORE_TRY_ASSIGN(const Proof shown, read(json));
  InclusionProof proof;
  proof.store_id = shown.store_id;
  proof.position = Position{shown.position};
  EVENTSTORE_TRY_ASSIGN(proof.leaf, digest_of("leaf", shown.leaf));
  if (shown.event) {
    auto record = parse_hexadecimal(shown.event->record);
    if (!record) return wrong("event.record", "not hexadecimal digits");
    proof.event = ProvenEvent{Timestamp{shown.event->recorded_at_micros}, std::move(*record)};
  }
  for (const auto& text : shown.path) {
    EVENTSTORE_TRY_ASSIGN(const auto step, digest_of("path", text));
    proof.path.push_back(step);
  }
  EVENTSTORE_TRY_ASSIGN(proof.sealed_in, link_of("sealed_in.root", shown.sealed_in));
  EVENTSTORE_TRY_ASSIGN(proof.previous, digest_of("previous", shown.previous));
  for (const auto& each : shown.later) {
    EVENTSTORE_TRY_ASSIGN(const auto link, link_of("later.root", each));
    proof.later.push_back(link);
  }
  return proof;
}

}  // namespace eventstore::app
