#pragma once
// A campaign: draft -> scheduled -> executing <-> paused -> completed; draft -> executing directly; cancelled from any
// but completed. Active means executing or paused.
//
// Where the transitions leave it open:
// - the content changes until the campaign is executed; contacts are added until then, and removed (people opt out)
//   until it is over;
// - contacts are reached in every status, because receipts come late, and before the execution that they are about;
//   until the execution an outcome of a contact that is not listed makes it one of the campaign's contacts;
// - a call that came to the same outcome again is news by the number of its try, or by its talk;
// - what came of a contact is recorded in every status, too, of listed contacts and others; a contact that converted
//   stays so, and one that a removal took from the list takes its tries and its result out of the sums;
// - a campaign whose executions or outcomes came first is created by the same command as one without a stream;
// - an active campaign is completed, paused or not; a scheduled one may be scheduled again;
// - a deleted campaign takes no command at all.
#include <aggregates/campaign/commands.hpp>
#include <aggregates/campaign/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Campaign
    : eventstore::DeciderOf<
          "campaign", CampaignState,
          eventstore::Events<CampaignCreated, CampaignContentChanged, CampaignContactsAdded, CampaignContactsRemoved,
                             CampaignScheduled, CampaignExecuted, CampaignContactReached, CampaignPaused,
                             CampaignResumed, CampaignCompleted, CampaignCancelled, CampaignDeleted,
                             CampaignContactResultRecorded>,
          eventstore::Commands<CreateCampaign, ChangeCampaignContent, AddCampaignContacts, RemoveCampaignContacts,
                               ScheduleCampaign, ExecuteCampaign, ReachCampaignContact, PauseCampaign, ResumeCampaign,
                               CompleteCampaign, CancelCampaign, DeleteCampaign, RecordContactResult>> {
  static void evolve(State& state, const CampaignCreated& event);
  static void evolve(State& state, const CampaignContentChanged& event);
  static void evolve(State& state, const CampaignContactsAdded& event);
  static void evolve(State& state, const CampaignContactsRemoved& event);
  static void evolve(State& state, const CampaignScheduled& event);
  static void evolve(State& state, const CampaignExecuted& event, const Metadata& metadata);
  static void evolve(State& state, const CampaignContactReached& event);
  static void evolve(State& state, const CampaignContactResultRecorded& event);
  static void evolve(State& state, const CampaignPaused& event);
  static void evolve(State& state, const CampaignResumed& event);
  static void evolve(State& state, const CampaignCompleted& event, const Metadata& metadata);
  static void evolve(State& state, const CampaignCancelled& event);
  static void evolve(State& state, const CampaignDeleted& event, const Metadata& metadata);

  static Decision decide(const State* state, const CreateCampaign& command, const Context& context);
  static Decision decide(const State& state, const ChangeCampaignContent& command);
  static Decision decide(const State& state, const AddCampaignContacts& command);
  static Decision decide(const State& state, const RemoveCampaignContacts& command);
  static Decision decide(const State& state, const ScheduleCampaign& command);
  static Decision decide(const State& state, const ExecuteCampaign& command, const Context& context);
  static Decision decide(const State& state, const ReachCampaignContact& command);
  static Decision decide(const State& state, const RecordContactResult& command);
  static Decision decide(const State& state, const PauseCampaign& command);
  static Decision decide(const State& state, const ResumeCampaign& command);
  static Decision decide(const State& state, const CompleteCampaign& command);
  static Decision decide(const State& state, const CancelCampaign& command);
  static Decision decide(const State& state, const DeleteCampaign& command);

  static void measure(const CampaignCreated& event, const State& before, const State& after, Measurements& to);
  static void measure(const CampaignExecuted& event, const State& before, const State& after, Measurements& to);
  /// Counts only where the contact's outcome, tries or talk changed, and once the campaign is known.
  static void measure(const CampaignContactReached& event, const State& before, const State& after, Measurements& to);
  static void measure(const CampaignContactResultRecorded& event, const State& before, const State& after,
                      Measurements& to);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
