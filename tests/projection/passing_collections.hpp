#pragma once
// Collections that pass every call on to others: tests override what they watch or break.
#include <eventstore/collections/collections.hpp>

namespace es = eventstore;

namespace bank {

class PassingCollections : public es::Collections {
 public:
  explicit PassingCollections(es::Collections& collections) : collections_{collections} {}

  void watch(es::WorkWatch watch) override { collections_.watch(std::move(watch)); }
  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    return collections_.commit(batches);
  }
  es::Result<std::optional<es::Checkpoint>> checkpoint(std::string_view name) override {
    return collections_.checkpoint(name);
  }
  es::Result<std::vector<std::string>> names() override { return collections_.names(); }
  es::Result<void> create(const es::CollectionShape& shape, std::string_view name,
                          const es::Checkpoint& start) override {
    return collections_.create(shape, name, start);
  }
  es::Result<void> finish(const es::CollectionShape& shape, std::string_view name, es::Position at) override {
    return collections_.finish(shape, name, at);
  }
  es::Result<void> roll_back(std::string_view name) override { return collections_.roll_back(name); }
  es::Result<es::ScannedPage> scan(const es::CollectionShape& shape, std::string_view name, std::string_view after,
                                   std::size_t limit) override {
    return collections_.scan(shape, name, after, limit);
  }
  es::Result<std::optional<es::DifferingDocuments>> differing(const es::CollectionShape& shape, std::string_view before,
                                                              std::string_view after,
                                                              std::size_t documents_max) override {
    return collections_.differing(shape, before, after, documents_max);
  }
  es::Result<void> order_by_id(const es::CollectionShape& shape, std::string_view name, es::Position at) override {
    return collections_.order_by_id(shape, name, at);
  }
  es::Result<void> hold_snapshot() override { return collections_.hold_snapshot(); }
  void release_snapshot() override { collections_.release_snapshot(); }
  es::Result<es::RoomNeeded> room_for_rebuild(std::string_view name) override {
    return collections_.room_for_rebuild(name);
  }
  es::Result<void> replace(const es::CollectionShape& shape, std::string_view name) override {
    return collections_.replace(shape, name);
  }
  es::Result<void> copy(const es::CollectionShape& shape, std::string_view from, std::string_view name,
                        const es::Checkpoint& start) override {
    return collections_.copy(shape, from, name, start);
  }
  es::Result<void> drop(std::string_view name) override { return collections_.drop(name); }
  es::Result<void> note_trouble(std::string_view name, const std::optional<es::Trouble>& trouble) override {
    return collections_.note_trouble(name, trouble);
  }
  es::Result<std::optional<es::Trouble>> trouble(std::string_view name) override { return collections_.trouble(name); }
  es::Result<std::vector<es::SetAsideEvent>> set_aside(std::string_view name) override {
    return collections_.set_aside(name);
  }
  es::Result<es::Certificate> certificate(std::string_view name) override { return collections_.certificate(name); }
  es::Result<es::Digest128> compute_digest(const es::CollectionShape& shape, std::string_view name) override {
    return collections_.compute_digest(shape, name);
  }
  es::Result<es::Digest128> keep_digest(const es::CollectionShape& shape, std::string_view name) override {
    return collections_.keep_digest(shape, name);
  }
  es::Result<std::optional<es::Pace>> pace(std::string_view name) override { return collections_.pace(name); }
  es::Result<void> sync() override { return collections_.sync(); }
  es::Result<void> purge() override { return collections_.purge(); }
  es::Result<std::uint64_t> count(std::string_view name) override { return collections_.count(name); }
  es::Result<es::CollectionSize> size(std::string_view name) override { return collections_.size(name); }
  es::Result<std::uint64_t> expire(const es::CollectionShape& shape, std::string_view name, es::Timestamp moment,
                                   std::size_t documents_max) override {
    return collections_.expire(shape, name, moment, documents_max);
  }
  es::Result<std::optional<es::Timestamp>> expired_before(std::string_view name) override {
    return collections_.expired_before(name);
  }
  es::Result<es::DocumentPage> find(const es::CollectionShape& shape, std::string_view organization,
                                    const es::DocumentQuery& query) override {
    return collections_.find(shape, organization, query);
  }
  es::Result<std::uint64_t> count(const es::CollectionShape& shape, std::string_view organization,
                                  const es::Conditions& where) override {
    return collections_.count(shape, organization, where);
  }
  es::Result<std::vector<es::Group>> group(const es::CollectionShape& shape, std::string_view organization,
                                           const es::GroupQuery& query) override {
    return collections_.group(shape, organization, query);
  }
  es::Result<std::vector<es::NearDocument>> near(const es::CollectionShape& shape, std::string_view organization,
                                                 const es::NearQuery& query) override {
    return collections_.near(shape, organization, query);
  }

 private:
  es::Collections& collections_;
};

}  // namespace bank
