// On random histories of all aggregates, an edited history is what a plain list of events says.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/history/what_if.hpp>
#include <eventstore/projection/document_changes.hpp>
#include <eventstore/projection/stream_documents.hpp>
#include <eventstore/projection/worker.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <projections/projections.hpp>

#include <set>

#include "history/made_up_log.hpp"

namespace past {
namespace {

using Kind = es::StreamEdit::Kind;

// The recorded events of a stream as a list, edited by hand.
class NaiveHistory {
 public:
  NaiveHistory(const MadeUpLog& made_up, const es::StreamId& stream) : type_{made_up.type_of(stream)} {
    for (const auto& each : made_up.events())
      if (each.stream == stream.text()) events_.push_back(each);
    recorded_ = events_;
  }

  [[nodiscard]] std::size_t size() const { return recorded_.size(); }
  [[nodiscard]] const OwnedEvent& recorded(std::uint64_t version) const { return recorded_[version - 1]; }

  // `edits` have at most one that leaves out or replaces each version.
  void edit(const std::vector<es::StreamEdit>& edits) {
    events_.clear();
    for (std::uint64_t version = 1; version <= size() + 1; ++version) {
      for (const auto& edit : edits)
        if (edit.kind == Kind::insert && edit.at.value == version) insert(edit, version);
      if (version > size()) break;
      const auto its = std::find_if(edits.begin(), edits.end(), [&](const es::StreamEdit& edit) {
        return edit.kind != Kind::insert && edit.at.value == version;
      });
      if (its == edits.end()) events_.push_back(recorded(version));
      if (its != edits.end() && its->kind == Kind::replace) events_.push_back(with_data(recorded(version), its->data));
    }
    for (std::size_t i = 0; i < events_.size(); ++i) events_[i].event.version = es::Version{i + 1};
  }
  [[nodiscard]] std::unique_ptr<es::AnyState> fold(const es::SchemaReader& schemas, bool edited = true) const {
    auto state = type_.new_state();
    for (const auto& each : edited ? events_ : recorded_)
      must(state->apply(each.view(), must(es::metadata_of(each.view())), schemas));
    return state;
  }
  [[nodiscard]] const std::vector<OwnedEvent>& events() const { return events_; }

 private:
  const es::Schema& schema_of(const std::string& type) const {
    return **std::find_if(type_.events.begin(), type_.events.end(),
                          [&](const auto* each) { return each->name == type; });
  }
  OwnedEvent with_data(OwnedEvent event, const std::string& json) {
    const auto& schema = schema_of(event.type);
    event.data = must(es::json_to_bytes(schema.type, json));
    event.event.schema = schema.id;
    ++own_;
    return event;
  }
  void insert(const es::StreamEdit& edit, std::uint64_t version) {
    auto event = recorded(version == 1 ? 1 : version - 1);
    event.type = edit.type;
    auto inserted = with_data(std::move(event), edit.data);
    inserted.event.id = es::EventId{es::Uuid::v5(inserted.event.id.uuid, "inserted " + std::to_string(own_))};
    events_.push_back(std::move(inserted));
  }

  const es::AggregateType& type_;
  std::vector<OwnedEvent> recorded_;
  std::vector<OwnedEvent> events_;
  std::size_t own_ = 0;  // events that were never recorded, so far
};

// Edits with data of other events of the same aggregate.
std::vector<es::StreamEdit> some_edits(MadeUpLog& made_up, const NaiveHistory& history,
                                       const std::vector<OwnedEvent>& all, std::string_view category) {
  std::vector<es::StreamEdit> edits;
  std::set<std::uint64_t> taken;
  auto& random = made_up.random;
  const auto json_of = [&](const OwnedEvent& event) {
    std::string json;
    must(made_up.schemas.data_to_json(event.view(), json));
    return json;
  };
  const auto donor = [&](const std::string& type) -> const OwnedEvent* {
    std::vector<const OwnedEvent*> fitting;
    for (const auto& each : all)
      if (each.stream.starts_with(std::string{category} + "-") && (type.empty() || each.type == type))
        fitting.push_back(&each);
    return fitting.empty() ? nullptr : random.pick(fitting);
  };
  for (auto left = random.between(1, 4); left > 0; --left) {
    const auto kind = random.pick({Kind::without, Kind::replace, Kind::insert});
    const auto version = 1 + random.below(history.size() + (kind == Kind::insert ? 1 : 0));
    if (kind != Kind::insert && !taken.insert(version).second) continue;
    es::StreamEdit edit{kind, es::Version{version}};
    if (kind == Kind::replace) edit.data = json_of(*donor(history.recorded(version).type));
    if (kind == Kind::insert) {
      const auto* const from = donor("");
      edit.type = from->type;
      edit.data = json_of(*from);
    }
    edits.push_back(std::move(edit));
  }
  return edits;
}

void check_events(const es::EditedStream& edited, const NaiveHistory& history) {
  std::size_t index = 0;
  es::Position before{};
  const auto look_at = [&](const es::RecordedEvent& event) {
    const auto& wanted = history.events().at(index);
    REQUIRE(event.version == es::Version{++index});
    REQUIRE(event.position > before);
    REQUIRE(event.id == wanted.event.id);
    REQUIRE(event.type == wanted.type);
    REQUIRE(event.organization == wanted.organization);
    REQUIRE(event.created_at == wanted.event.created_at);
    REQUIRE(std::ranges::equal(event.metadata, wanted.metadata));
    REQUIRE(std::ranges::equal(event.data, wanted.data));
    before = event.position;
    return true;
  };
  (void)must(edited.visit_stream(edited.stream(), {.limit = es::no_limit}, look_at));
  REQUIRE(index == history.events().size());
  REQUIRE(must(edited.head()) == before);
}

// Any page is a piece of the whole.
void check_page(const es::EditedStream& edited, es::Random& random) {
  const auto head = edited.edited_head().value;
  const bool is_forward = random.chance(50);
  const es::ReadStream options{es::Version{random.below(head + 3)},
                               is_forward ? es::Direction::forward : es::Direction::backward,
                               1 + random.below(head + 2)};
  const auto page = must(edited.read_stream(edited.stream(), options));
  std::vector<std::uint64_t> wanted;
  const auto from = options.from.value == 0 ? (is_forward ? 1 : head) : options.from.value;
  for (auto version = is_forward ? from : std::min(from, head);
       version >= 1 && version <= head && wanted.size() < options.limit; version += is_forward ? 1 : ~std::uint64_t{0})
    wanted.push_back(version);
  REQUIRE(page.events.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) REQUIRE(page.events[i].version.value == wanted[i]);
  REQUIRE(page.at_end == (wanted.empty() || wanted.back() == (is_forward ? head : 1)));
  if (!page.at_end) REQUIRE(page.next == wanted.back() + (is_forward ? 1 : ~std::uint64_t{0}));
}

// The documents of one stream are those of a log that has no other.
void check_documents(const MadeUpLog& made_up, const es::EditedStream& edited) {
  es::ManualClock clock{noon};
  es::MemoryLog filled{clock};
  (void)must(edited.visit_all({.limit = es::no_limit}, [&](const es::RecordedEvent& event) {
    MadeUpLog::copy(event, edited, filled);
    return true;
  }));
  for (const auto& projection : domain::all_projections()) {
    if (!projection.reads(edited.stream().category())) continue;
    es::MemoryCollections wanted;
    es::MemoryCollections found;
    es::ProjectionWorker worker{filled, made_up.types, wanted};
    REQUIRE(must(worker.run({&projection})).left.empty());
    must(es::make_stream_documents(edited, made_up.types, projection, edited.stream(), found));
    const auto on_change = [&](const es::DocumentChange& change) -> es::Result<void> {
      const bool is_position =
          change.fields.before.starts_with(R"({"position":)") && change.fields.before.find(',') == std::string::npos;
      if (!is_position) FAIL_CHECK(projection.name() + " " + change.id + ": " + change.fields.to_json());
      return {};
    };
    const auto counts = must(es::each_document_change(wanted, found, projection.shape, on_change));
    REQUIRE(counts.added + counts.removed == 0);
  }
}

}  // namespace

TEST_CASE("what would be is what a plain list of events folds to", "[what-if][property]") {
  int diverged = 0;
  int cases = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    MadeUpLog made_up{seed};
    made_up.grow(60);
    const auto all = made_up.events();
    for (int round = 0; round < 60; ++round) {
      CAPTURE(seed, round);
      const auto stream = made_up.some_stream();
      if (must(made_up.log.head(stream)) == es::Version{0}) continue;
      NaiveHistory history{made_up, stream};
      const auto edits = some_edits(made_up, history, all, stream.category());
      if (edits.empty()) continue;
      const auto& type = made_up.type_of(stream);
      const auto edited = must(es::EditedStream::make(made_up.log, made_up.schemas, type, stream, edits));
      history.edit(edits);
      check_events(*edited, history);
      check_page(*edited, made_up.random);
      if (round % 10 == 0) check_documents(made_up, *edited);
      const auto found = must(es::what_if(made_up.log, made_up.schemas, type, *edited));
      const auto was = history.fold(made_up.schemas, false);
      const auto would_be = history.fold(made_up.schemas);
      REQUIRE(found.same == (bytes_of(*was) == bytes_of(*would_be)));
      REQUIRE(found.changes.to_json() == would_be->changes_since(*was).to_json());
      diverged += found.diverges ? 1 : 0;
      ++cases;
    }
    REQUIRE(must(made_up.log.head()).value == all.size());
  }
  CHECK(cases > 2000);
  CHECK(diverged > cases / 4);
}

}  // namespace past
