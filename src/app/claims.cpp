#include <eventstore/aggregate/claims.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/app/claims.hpp>

#include <algorithm>
#include <set>

namespace eventstore::app {
namespace {

constexpr std::size_t page_streams = 500;  // are one commit, at most
constexpr unsigned rivals_max = 8;         // writers that may be faster, one after another

using OnFinding = FunctionRef<Result<void>(const ClaimFinding&)>;

// Calls `use` with all streams of the category, page by page.
template <class Use> Result<void> each_page(const EventLog& log, std::string_view category, Use use) {
  for (std::string after;;) {
    EVENTSTORE_TRY_ASSIGN(const auto page, log.streams(category, after, page_streams));
    EVENTSTORE_TRY(use(page));
    if (page.size() < page_streams) return {};
    after = page.back().stream;
  }
}

// "email" of "claim-agents.email:3f…".
std::string field_of(std::string_view claim) {
  const auto end = claim.rfind(':');
  const auto begin = claim.rfind('.', end) + 1;
  return std::string{claim.substr(begin, end - begin)};
}

class ClaimsInStep {
 public:
  ClaimsInStep(Store& store, bool only_looks, OnFinding on_finding, const OnProgress& on_progress,
               const std::stop_token& stop)
      : store_{store}, only_looks_{only_looks}, on_finding_{on_finding}, on_progress_{on_progress}, stop_{stop} {}

  // Of these owners, or of all where there are none.
  Result<void> release(std::span<const StreamId> owners) {
    return each_page(store_.log(), ClaimRecord::category, [&](const std::vector<StreamInfo>& page) {
      return in_one_commit(page,
                           [&](const StreamInfo& claim, Try& attempt) { return release(claim, owners, attempt); });
    });
  }

  Result<void> take() {
    for (const auto& type : store_.model().aggregates) {
      if (type.unique.empty()) continue;
      EVENTSTORE_TRY(take(type, type.category));
      for (const auto& former : type.former_categories) EVENTSTORE_TRY(take(type, former));
    }
    return {};
  }

  ClaimsMade made;

 private:
  // What one commit will hold.
  struct Try {
    explicit Try(const Store& store) : claims{store.log(), store.schemas()} {}

    Claims claims;
    EventWriter writer;
    std::vector<std::string> organizations{};  // of claims.events()
    std::set<std::string> expected{};          // streams on whose states the claims rest
    ClaimsMade made;
    std::vector<ClaimFinding> findings{};
  };

  [[nodiscard]] Result<std::unique_ptr<AnyState>> load(const AggregateType& type, const StreamId& stream) const {
    auto state = load_state(store_.log(), store_.schemas(), type, stream, no_version_limit, store_.snapshots());
    if (!state || (*state)->passed_over.events == 0 || type.unknown_events == UnknownEvents::pass_over) return state;
    return failure(Error{Errc::unknown_event_type, "claims", stream.text(),
                         "this build does not know " + (*state)->passed_over.to_string() +
                             ", so it cannot say what the stream has: use the build that wrote it",
                         (*state)->passed_over.first});
  }

  Result<void> take(const AggregateType& type, std::string_view category) {
    return each_page(store_.log(), category, [&](const std::vector<StreamInfo>& page) {
      return in_one_commit(page, [&](const StreamInfo& info, Try& attempt) { return take(type, info, attempt); });
    });
  }

  // Again from the beginning, where another writer was faster.
  template <class Use> Result<void> in_one_commit(const std::vector<StreamInfo>& page, Use use) {
    for (unsigned rivals = 0;; ++rivals) {
      Try attempt{store_};
      for (const auto& info : page) {
        if (stop_.stop_requested())
          return failure(Errc::stopped, "claims", {}, "interrupted; what was made before holds");
        EVENTSTORE_TRY(use(info, attempt));
        const auto& events = attempt.claims.events();
        attempt.organizations.resize(events.size(), info.organization);
      }
      auto appended = append(attempt);
      if (appended) return count(attempt);
      if (appended.error().code != Errc::wrong_version || rivals == rivals_max) return appended;
    }
  }

  Result<void> release(const StreamInfo& info, std::span<const StreamId> owners, Try& attempt) {
    const auto claim = StreamId::trusted(info.stream);
    EVENTSTORE_TRY_ASSIGN(const auto found, load_state(store_.log(), store_.schemas(), claim_records(), claim));
    const auto& owner_name = found->as<ClaimState>()->owner;
    if (owner_name.empty()) return {};
    const auto owner = StreamId::trusted(owner_name);
    if (!owners.empty() && std::ranges::find(owners, owner) == owners.end()) return {};
    ++attempt.made.claims;
    const auto type = find_aggregate(store_.model(), owner.category());
    if (!type) return {};  // of another program
    EVENTSTORE_TRY_ASSIGN(const auto state, load(**type, owner));
    const StateChange change{**type, owner, info.organization, nullptr, state.get()};
    EVENTSTORE_TRY_ASSIGN(const bool is_stale, attempt.claims.release_stale(claim, change));
    if (!is_stale) return {};
    --attempt.made.claims;
    ++(only_looks_ ? attempt.made.stale : attempt.made.released);
    if (only_looks_) attempt.findings.push_back({ClaimProblem::stale, owner_name, field_of(info.stream), std::nullopt});
    if (attempt.expected.insert(owner_name).second)
      attempt.writer.expect(owner, ExpectedVersion::exactly(state->version));
    return {};
  }

  Result<void> take(const AggregateType& type, const StreamInfo& info, Try& attempt) {
    const auto stream = StreamId::trusted(info.stream);
    EVENTSTORE_TRY_ASSIGN(const auto state, load(type, stream));
    const auto before = attempt.claims.events().size();
    EVENTSTORE_TRY_ASSIGN(const auto duplicates,
                          attempt.claims.take({type, stream, info.organization, nullptr, state.get()}));
    ++attempt.made.streams;
    attempt.made.duplicates += duplicates.size();
    for (const auto& each : duplicates)
      attempt.findings.push_back({ClaimProblem::duplicate, info.stream, each.field->name, each.owner.text()});
    const auto& events = attempt.claims.events();
    if (events.size() == before) return {};
    (only_looks_ ? attempt.made.missing : attempt.made.made) += events.size() - before;
    for (auto i = before; only_looks_ && i < events.size(); ++i)
      attempt.findings.push_back({ClaimProblem::missing, info.stream, field_of(events[i].stream.text()), std::nullopt});
    attempt.writer.expect(stream, ExpectedVersion::exactly(state->version));
    return {};
  }

  Result<void> append(Try& attempt) {
    const auto& events = attempt.claims.events();
    if (only_looks_ || events.empty()) return {};
    const auto ids = EventIdRule::fresh(store_.clock());
    for (std::size_t i = 0; i < events.size(); ++i) {
      Metadata metadata;
      metadata.organization = attempt.organizations[i];
      metadata.created_at = store_.clock().now();
      EVENTSTORE_TRY(attempt.writer.add(events[i].stream, {&events[i].event, 1}, metadata, ids));
    }
    attempt.claims.expect_in(attempt.writer);
    const auto receipt = attempt.writer.append_to(store_.event_log());
    return receipt ? Result<void>{} : failure(receipt.error());
  }

  Result<void> count(const Try& attempt) {
    const auto& more = attempt.made;
    made.streams += more.streams;
    made.claims += more.claims + more.made;
    made.made += more.made;
    made.released += more.released;
    made.duplicates += more.duplicates;
    made.missing += more.missing;
    made.stale += more.stale;
    for (const auto& finding : attempt.findings) EVENTSTORE_TRY(on_finding_(finding));
    if (on_progress_) on_progress_({made.streams});
    return {};
  }

  Store& store_;
  const bool only_looks_;
  const OnFinding on_finding_;
  const OnProgress on_progress_;
  const std::stop_token stop_;
};

}  // namespace

Result<ClaimsMade> make_claims(Store& store, const MakeClaims& parameters, OnFinding on_finding,
                               const OnProgress& on_progress, const std::stop_token& stop) {
  ClaimsInStep claims{store, parameters.check, on_finding, on_progress, stop};
  EVENTSTORE_TRY(claims.release({}));
  EVENTSTORE_TRY(claims.take());
  return claims.made;
}

namespace {

Result<ClaimsMade> claims_of(Store& store, std::span<const StreamId> owners, bool only_looks) {
  if (owners.empty()) return ClaimsMade{};
  const auto pass_over = [](const ClaimFinding&) { return Result<void>{}; };
  ClaimsInStep claims{store, only_looks, pass_over, {}, {}};
  EVENTSTORE_TRY(claims.release(owners));
  return claims.made;
}

}  // namespace

Result<std::uint64_t> release_claims(Store& store, std::span<const StreamId> owners) {
  EVENTSTORE_TRY_ASSIGN(const auto made, claims_of(store, owners, false));
  return made.released;
}

Result<std::uint64_t> stale_claims(Store& store, std::span<const StreamId> owners) {
  EVENTSTORE_TRY_ASSIGN(const auto made, claims_of(store, owners, true));
  return made.stale;
}

}  // namespace eventstore::app
