#pragma once
// A delivery: scheduled -> assigned -> in_transit -> completed; failed from assigned or in_transit; assigned ->
// assigned is a new agent; cancelled from scheduled, assigned, in_transit or failed; failed -> scheduled by retry while
// retries are left.
//
// Rules that the requirements leave open:
// - it is rescheduled before it departs; its priority changes and it is tracked until it is completed or cancelled;
// - a call is linked at any time, because calls come before and after; feedback needs a completed delivery, and
//   new feedback replaces the old;
// - a command that names the present priority, agent, time or call changes nothing;
// - coordinates are the address's; where a step took place stands in its tracking event;
// - tracking_events begins with the first change of status: being scheduled is where a delivery starts, and a new
//   agent for an assigned one is no new status;
// - what comes before the schedule takes effect at once, and the schedule takes nothing of it back; of the steps of a
//   delivery that is not scheduled, and of its ends, the newest 100 are kept;
// - a delivery whose receipts came first is scheduled by the same command as one without a stream;
// - it is not assigned to an agent that is not active: the commit holds only if the agent is still as it was read. An
//   agent without a stream is taken for active, because many ids come from elsewhere; and history, which an import
//   brings, is fact: it is not asked.
#include <aggregates/agent/agent.hpp>
#include <aggregates/delivery/commands.hpp>
#include <aggregates/delivery/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/others.hpp>

namespace domain {

struct Delivery
    : eventstore::DeciderOf<
          "delivery", DeliveryState,
          eventstore::Events<DeliveryScheduled, DeliveryRescheduled, DeliveryPriorityChanged, DeliveryAssigned,
                             DeliveryDeparted, DeliveryTracked, DeliveryCompleted, DeliveryFailed, DeliveryRetried,
                             DeliveryCancelled, DeliveryCallLinked, DeliveryFeedbackReceived>,
          eventstore::Commands<ScheduleDelivery, RescheduleDelivery, ChangeDeliveryPriority, AssignDelivery,
                               DepartDelivery, TrackDelivery, CompleteDelivery, FailDelivery, RetryDelivery,
                               CancelDelivery, LinkDeliveryCall, GiveDeliveryFeedback>> {
  static void evolve(State& state, const DeliveryScheduled& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryRescheduled& event);
  static void evolve(State& state, const DeliveryPriorityChanged& event);
  static void evolve(State& state, const DeliveryAssigned& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryDeparted& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryTracked& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryCompleted& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryFailed& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryRetried& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryCancelled& event, const Metadata& metadata);
  static void evolve(State& state, const DeliveryCallLinked& event);
  static void evolve(State& state, const DeliveryFeedbackReceived& event);

  static Decision decide(const State* state, const ScheduleDelivery& command);
  static Decision decide(const State& state, const RescheduleDelivery& command);
  static Decision decide(const State& state, const ChangeDeliveryPriority& command);
  static std::string keys(const AssignDelivery& command) { return command.agent_id; }
  static Decision decide(const State& state, const AssignDelivery& command, const eventstore::Others<Agent>& others);
  static Decision decide(const State& state, const DepartDelivery& command);
  static Decision decide(const State& state, const TrackDelivery& command);
  static Decision decide(const State& state, const CompleteDelivery& command, const Context& context);
  static Decision decide(const State& state, const FailDelivery& command);
  static Decision decide(const State& state, const RetryDelivery& command);
  static Decision decide(const State& state, const CancelDelivery& command);
  static Decision decide(const State& state, const LinkDeliveryCall& command);
  static Decision decide(const State& state, const GiveDeliveryFeedback& command);

  static void measure(const DeliveryScheduled& event, const State& before, const State& after, Measurements& to);
  static void measure(const DeliveryCompleted& event, const State& before, const State& after, Measurements& to);
  static void measure(const DeliveryFailed& event, const State& before, const State& after, Measurements& to);
  static void measure(const DeliveryCancelled& event, const State& before, const State& after, Measurements& to);

  /// The customer; empty, which leaves it to the stream's key, before the schedule names one.
  static std::string subject(const State& state) { return state.customer_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
