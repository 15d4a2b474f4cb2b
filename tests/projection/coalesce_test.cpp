// A batch's operations come to what the same operations come to one by one.
#include <rapidcheck.h>

#include "projection/bank_worker.hpp"

namespace coalesce_test {

using namespace bank;

namespace {

struct Tally {
  EVENTSTORE_FIELDS(Tally, (string, text), (int64_t, whole), (std::optional<string>, note), (double, real));
};

const es::CollectionShape& tallies() {
  static const auto shape = es::CollectionShape::of("tallies", es::schema_of<Tally>(), {}, 0);
  return shape;
}

struct Operation {
  enum Kind {
    put,
    remove,
    patch_text,
    patch_note_and_real,
    add_whole,
    add_real,
    add_both,
    upsert,
    change,
    change_existing,
    kinds
  };
  int kind;
  string key;
  Tally tally;

  void to(es::Operations<Tally>& operations) const {
    switch (kind) {
      case put: return operations.put(key, tally);
      case remove: return operations.remove(key);
      case patch_text: return operations.patch<&Tally::text>(key, tally.text);
      case patch_note_and_real: return operations.patch<&Tally::note, &Tally::real>(key, tally.note, tally.real);
      case add_whole: return operations.increment<&Tally::whole>(key, tally);
      case add_real: return operations.increment<&Tally::real>(key, tally);
      case upsert: return operations.upsert<&Tally::text, &Tally::note>(key, tally);
      case change:
        return operations.change(key, Tally{"none", 1, {}, 0.5},
                                 [other = tally](Tally& document) { document = changed(std::move(document), other); });
      case change_existing:
        return operations.change(key, std::nullopt,
                                 [other = tally](Tally& document) { document = changed(std::move(document), other); });
      default: return operations.increment<&Tally::whole, &Tally::real>(key, tally);
    }
  }

  // No sum, and another one in another order.
  static Tally changed(Tally document, const Tally& by) {
    document.text = by.text + document.text.substr(0, 3);
    document.whole = document.whole * 3 % 1000 + by.whole;
    document.note = by.note;
    return document;
  }

  // The same on a plain map.
  void to(std::map<string, Tally>& model) const {
    const auto found = model.find(key);
    if (kind == put) {
      model[key] = tally;
    } else if (kind == remove) {
      model.erase(key);
    } else if (kind == change) {
      model[key] = changed(found == model.end() ? Tally{"none", 1, {}, 0.5} : found->second, tally);
    } else if (kind == change_existing) {
      if (found != model.end()) found->second = changed(found->second, tally);
    } else if (found == model.end()) {
      if (kind >= add_whole) model[key] = tally;
    } else if (kind == patch_text) {
      found->second.text = tally.text;
    } else if (kind == patch_note_and_real) {
      found->second.note = tally.note;
      found->second.real = tally.real;
    } else if (kind == upsert) {
      found->second.text = tally.text;
      found->second.note = tally.note;
    } else {
      if (kind != add_real) found->second.whole += tally.whole;
      if (kind != add_whole) found->second.real += tally.real;
    }
  }
};

Operation any_operation() {
  static const std::vector<double> reals{0.1, 0.2, 0.3, 1e16, -1e16, 1, 7, -0.1};
  Operation made{*rc::gen::inRange(0, static_cast<int>(Operation::kinds)),
                 *rc::gen::elementOf(std::vector<string>{"a", "b", "c"}),
                 {*rc::gen::elementOf(std::vector<string>{"", "x", "longer text"}), *rc::gen::inRange<int64_t>(-9, 9),
                  std::nullopt, *rc::gen::elementOf(reals)}};
  if (*rc::gen::arbitrary<bool>()) made.tally.note = "n";
  return made;
}

// Commits operations to a collection in memory, in batches.
struct Tallier {
  std::unique_ptr<es::SqliteCollections> collections = open_collections();
  es::PendingDocuments pending{tallies()};
  es::Position position{};

  Tallier() { REQUIRE(collections->create(tallies(), "tallies", {})); }

  void add(const Operation& operation) {
    pending.set_organization("org-1");
    es::Operations<Tally> operations{pending};
    operation.to(operations);
  }
  void commit() {
    const es::CollectionBatch batch{&tallies(), "tallies", pending.take().writes, position, {position.next()}};
    const auto committed = collections->commit({&batch, 1});
    if (!committed) throw std::runtime_error{committed.error().message()};
    position = position.next();
  }
  [[nodiscard]] std::vector<es::SqlRow> found() const {
    return rows(*collections, "SELECT _id, text, whole, note, real FROM tallies ORDER BY _id");
  }
};

std::vector<es::SqlRow> rows_of(const std::map<string, Tally>& model) {
  std::map<string, es::SqlRow> sorted;
  for (const auto& [key, tally] : model) {
    const auto id = es::document_id("tallies", key).to_string();
    sorted[id] = {id, tally.text, tally.whole, tally.note ? es::SqlValue{*tally.note} : es::SqlValue{nullptr},
                  tally.real};
  }
  std::vector<es::SqlRow> all;
  for (auto& [id, row] : sorted) all.push_back(std::move(row));
  return all;
}

Operation on_a(int kind, int64_t whole, double real = 0) { return {kind, "a", {"t", whole, "n", real}}; }

std::size_t writes_of(const std::vector<Operation>& operations) {
  Tallier tallier;
  for (const auto& operation : operations) tallier.add(operation);
  return tallier.pending.size();
}

}  // namespace

TEST_CASE("any operations in any batches come to what they come to one by one", "[projection][coalesce]") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 40);
    const auto batch = *rc::gen::inRange<std::size_t>(1, 20);
    Tallier tallier;
    std::map<string, Tally> model;
    for (std::size_t n = 0; n < size; ++n) {
      const auto operation = any_operation();
      tallier.add(operation);
      operation.to(model);
      if (n % batch == batch - 1) tallier.commit();
    }
    tallier.commit();
    RC_ASSERT(tallier.found() == rows_of(model));
  }));
}

TEST_CASE("operations on one document become one write", "[projection][coalesce]") {
  const auto put = on_a(Operation::put, 1);
  const auto text = on_a(Operation::patch_text, 1);
  const auto note = on_a(Operation::patch_note_and_real, 1);
  const auto add = on_a(Operation::add_whole, 1);
  const auto remove = on_a(Operation::remove, 1);
  CHECK(writes_of({put, put}) == 1);
  CHECK(writes_of({put, text, note, add, on_a(Operation::add_both, 2, 0.1)}) == 1);
  CHECK(writes_of({text, note, text}) == 1);
  CHECK(writes_of({add, add, add}) == 1);
  CHECK(writes_of({text, put}) == 1);
  CHECK(writes_of({add, remove}) == 1);
  CHECK(writes_of({text, remove, text}) == 1);
  CHECK(writes_of({remove, add, text, put}) == 1);
}

TEST_CASE("operations that cannot become one stay in order", "[projection][coalesce]") {
  CHECK(writes_of({on_a(Operation::add_whole, 1), on_a(Operation::patch_text, 1), on_a(Operation::add_whole, 1)}) == 3);
  CHECK(writes_of({on_a(Operation::add_whole, 1), on_a(Operation::add_both, 1)}) == 2);
}

TEST_CASE("floating-point sums are added one by one, because their order counts", "[projection][coalesce]") {
  const std::vector<double> amounts{1e16, 1, 1, -1e16};
  Tallier together;
  Tallier apart;
  for (auto* const tallier : {&together, &apart}) {
    tallier->add(on_a(Operation::add_real, 0, 0.1));
    tallier->commit();
  }
  for (const double amount : amounts) {
    together.add(on_a(Operation::add_real, 0, amount));
    apart.add(on_a(Operation::add_real, 0, amount));
    apart.commit();
  }
  together.commit();
  CHECK(together.found() == apart.found());
}

TEST_CASE("what was taken is no longer pending", "[projection][coalesce]") {
  Tallier tallier;
  tallier.add(on_a(Operation::add_whole, 1));
  CHECK(tallier.pending.take().writes.size() == 1);
  CHECK(tallier.pending.size() == 0);
  tallier.add(on_a(Operation::add_whole, 5));
  tallier.commit();
  CHECK(rows(*tallier.collections, "SELECT whole FROM tallies") == std::vector<es::SqlRow>{{int64_t{5}}});
}

}  // namespace coalesce_test
